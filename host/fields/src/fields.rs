//! An object that is being read.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::error::{FieldError, WrongFields, escape, name_of};
use crate::field::FromField;

/// Longest name of an unknown field that is repeated, in bytes.
const LONGEST_NAME: usize = 200;

/// What can be read from a JSON object. Derived for structs.
pub trait FromFields: Sized {
    /// Takes the fields that this type knows; `None` where one of them was wrong. The reader has
    /// noted what.
    fn from_fields(fields: &mut Fields) -> Option<Self>;
}

/// A part that is read field by field as well.
impl<T: FromFields> FromField for T {
    fn expected() -> Cow<'static, str> {
        "an object".into()
    }

    fn read(value: Value, place: &str, errors: &mut WrongFields) -> Option<Self> {
        match value {
            Value::Object(members) => Fields::part(members, place, errors),
            other => Self::refuse(place, &name_of(&other), errors),
        }
    }
}

/// An object that is being read.
#[derive(Debug)]
pub struct Fields {
    place: String,
    members: Map<String, Value>,
    asked: Vec<&'static str>,
    errors: WrongFields,
}

impl Fields {
    /// Reads a whole object.
    ///
    /// # Errors
    /// Every wrong, missing and unknown field, of which the first are named.
    pub fn read<T: FromFields>(members: Map<String, Value>) -> Result<T, WrongFields> {
        let mut errors = WrongFields::default();
        let read = Fields::part(members, "", &mut errors);
        match read {
            Some(read) if errors.is_empty() => Ok(read),
            _ => Err(errors),
        }
    }

    /// Reads a part of an object that stands at `place`.
    pub(crate) fn part<T: FromFields>(
        members: Map<String, Value>,
        place: &str,
        errors: &mut WrongFields,
    ) -> Option<T> {
        let errors_of_part = WrongFields::default();
        let mut fields =
            Fields { place: place.to_owned(), members, asked: Vec::new(), errors: errors_of_part };
        let read = T::from_fields(&mut fields);
        fields.refuse_unknown();
        let read = read.filter(|_| fields.errors.is_empty());
        errors.note_all(fields.errors);
        read
    }

    /// The field of this name; `None` where it was wrong.
    pub fn take<T: FromField>(&mut self, name: &'static str) -> Option<T> {
        self.asked.push(name);
        let value = self.members.remove(name);
        let left_out = match &value {
            None => T::absent(),
            Some(Value::Null) => T::null(),
            Some(_) => None,
        };
        match value {
            _ if left_out.is_some() => left_out,
            None | Some(Value::Null) => {
                T::refuse(&self.pointer_to(name), "nothing", &mut self.errors)
            }
            Some(value) => T::read(value, &self.pointer_to(name), &mut self.errors),
        }
    }

    /// Notes something that is wrong between fields; the pointer is into this object.
    pub fn wrong(&mut self, mut error: FieldError) {
        error.pointer.insert_str(0, &self.place);
        self.errors.note(|| error);
    }

    /// Refuses a field if it is given, with a sentence.
    pub fn refuse(&mut self, name: &'static str, why: &str) {
        let given = self.members.remove(name);
        if given.is_some_and(|value| !value.is_null()) {
            let place = self.pointer_to(name);
            self.errors.note(|| FieldError::saying(place, why));
        }
    }

    fn pointer_to(&self, name: &str) -> String {
        format!("{}/{}", self.place, escape(name))
    }

    fn refuse_unknown(&mut self) {
        if self.members.is_empty() {
            return;
        }
        let expected = format!("no field but {}", self.asked.join(", "));
        for name in self.members.keys() {
            self.errors.note(|| {
                // A name that is not repeated whole would be a wrong pointer: that of the object is
                // not.
                let place = match name.len() {
                    ..=LONGEST_NAME => format!("{}/{}", self.place, escape(name)),
                    _ => self.place.clone(),
                };
                FieldError::new(place, &expected, "an unknown field")
            });
        }
    }
}
