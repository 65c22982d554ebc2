//! JSON objects in which every name occurs once.
//!
//! `serde_json` keeps the last of two members with the same name and says nothing: a request with
//! `"gross"` twice would be paid by the second. [`DistinctObject`] refuses it. Numbers keep their
//! text (`arbitrary_precision`), and nesting is bounded by `serde_json` itself.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};
use serde_json::{Map, Number, Value};

/// The member under which `serde_json` hands over a number's text when numbers keep it.
const NUMBER_TEXT: &str = "$serde_json::private::Number";

/// A JSON object, all the way down without a name that occurs twice in the same object. To be
/// read with `serde_json` only.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DistinctObject(pub Map<String, Value>);

impl<'de> Deserialize<'de> for DistinctObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match DistinctValue::deserialize(deserializer)?.0 {
            Value::Object(map) => Ok(Self(map)),
            _ => Err(D::Error::custom("expected an object")),
        }
    }
}

/// A JSON value of any kind, likewise.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DistinctValue(pub Value);

impl<'de> Deserialize<'de> for DistinctValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DistinctVisitor).map(Self)
    }
}

struct DistinctVisitor;

/// The text of a number. `serde_json` hands it over as a text that it owns; the same member written
/// by a caller comes as a text that is borrowed from what is read, and is refused: written out
/// and read again it would have become a number on the way.
struct NumberText(String);

impl<'de> Deserialize<'de> for NumberText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberTextVisitor).map(Self)
    }
}

struct NumberTextVisitor;

impl Visitor<'_> for NumberTextVisitor {
    type Value = String;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "no member with the name {NUMBER_TEXT}")
    }

    fn visit_string<E: Error>(self, value: String) -> Result<String, E> {
        Ok(value)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<String, E> {
        Err(E::invalid_type(Unexpected::Str(value), &self))
    }
}

impl<'de> Visitor<'de> for DistinctVisitor {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        while let Some(DistinctValue(item)) = items.next_element()? {
            array.push(item);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            if name == NUMBER_TEXT {
                let NumberText(text) = members.next_value()?;
                let number: Number = text.parse().map_err(A::Error::custom)?;
                return Ok(Value::Number(number));
            }
            if object.contains_key(&name) {
                return Err(A::Error::custom(format_args!(
                    "the name {} occurs twice in one object",
                    super::defect::quote(&name)
                )));
            }
            let DistinctValue(value) = members.next_value()?;
            object.insert(name, value);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<DistinctObject, serde_json::Error> {
        serde_json::from_str(text)
    }

    #[test]
    fn a_number_is_what_is_written_as_one() {
        let DistinctObject(read_members) = read("{\"a\": 1.250, \"b\": [1e400]}").unwrap();
        assert_eq!(read_members["a"].to_string(), "1.250");
        assert_eq!(read_members["b"][0].to_string(), "1e+400");
    }

    #[test]
    fn a_member_named_like_the_inside_of_a_number_is_no_number() {
        for member in [NUMBER_TEXT.to_owned(), NUMBER_TEXT.replace('$', "\\u0024")] {
            for value in ["\"30000\"", "\"\\u0033\"", "30000", "{}", "null"] {
                let error = read(&format!("{{\"gross\": {{\"{member}\": {value}}}}}")).unwrap_err();
                assert!(error.to_string().contains("no member with the name"), "{error}");
            }
        }
    }
}
