//! Something that is wrong with a change, and whose value it is.

use jiff::civil::Date;
use stele_ruleset::FieldError;
use stele_store::Attributes;

use super::name::AttributeName;

/// Something that is wrong with a change.
pub(super) struct Wrong {
    /// The attribute, as it is kept; none: it concerns them all.
    pub(super) attribute: Option<String>,
    /// The date whose value it is, if it is one.
    pub(super) from: Option<Date>,
    /// The rest of the pointer: inside the value, or `/from`.
    pub(super) inside: String,
    pub(super) error: FieldError,
}

impl Wrong {
    /// What is wrong with a statement of an attribute, or with the attribute as a whole.
    pub(super) fn with(
        attribute: &str,
        from: Option<Date>,
        expected: impl Into<String>,
        found: &str,
    ) -> Self {
        let error = FieldError::new("", expected, found);
        Self { attribute: Some(attribute.to_owned()), from, inside: String::new(), error }
    }

    /// Finds the attribute and the date that a pointer `…/attributes/<name>/<position>…` names.
    pub(super) fn locate(error: FieldError, attributes: &Attributes) -> Self {
        let found = attributes.iter().find_map(|(kept, values)| {
            let rest = error.pointer.strip_prefix(&AttributeName::of(kept).pointer())?;
            (rest.is_empty() || rest.starts_with('/')).then_some((kept, values, rest))
        });
        let Some((kept, values, rest)) = found else {
            return Self { attribute: None, from: None, inside: String::new(), error };
        };
        let mut parts = rest.splitn(3, '/').skip(1);
        let position = parts.next().and_then(|part| part.parse::<usize>().ok());
        let value = position.and_then(|position| values.get(position));
        let inside = parts.next().map(|inside| format!("/{inside}")).unwrap_or_default();
        let attribute = Some(kept.clone());
        Self { attribute, from: value.map(|value| value.from), inside, error }
    }

    /// The same without what a value is that the change does not state: who may write employees may not
    /// read them by what a refusal says.
    pub(super) fn without_what_is_known(mut self, before: &Attributes, after: &Attributes) -> Self {
        let value = |of: &Attributes| {
            let mut values = of.get(self.attribute.as_ref()?)?.iter();
            values.find(|value| Some(value.from) == self.from).cloned()
        };
        if value(before).is_some_and(|known| value(after) == Some(known)) {
            let said = format!(", found {}", self.error.found);
            "another value".clone_into(&mut self.error.found);
            self.error.message = self.error.message.replace(&said, ", found another value");
        }
        self
    }

    /// The same with the pointer into a record in which its values stand as they were given.
    pub(super) fn within(self, record: &Attributes) -> FieldError {
        let Self { attribute, from, inside, error } = self;
        let Some(attribute) = attribute else { return error };
        let values = record.get(&attribute).map(Vec::as_slice).unwrap_or_default();
        let position = from.and_then(|from| values.iter().position(|value| value.from == from));
        let position = position.map(|position| format!("/{position}{inside}")).unwrap_or_default();
        let pointer = format!("{}{position}", AttributeName::of(&attribute).pointer());
        FieldError { pointer, ..error }
    }
}
