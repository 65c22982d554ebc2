//! What somebody asks for, read from a JSON object field by field, so that every wrong, missing and
//! unknown field is reported at once with its pointer, not only the first.
//!
//! A request derives [`FromFields`]; each of its fields is of a type that is [`FromField`]. What may
//! not enter here: HTTP, and what a request means.
//!
//! | file | idea |
//! |---|---|
//! | `fields` | an object that is being read, and parts of one; start reading here |
//! | `field` | what one field can hold |
//! | `text`, `time`, `names` | texts, dates and times, what the store checks or keeps |
//! | `error` | one wrong field, and all of an object |
//!
//! ```
//! use jiff::civil::Date;
//! use serde_json::{Value, json};
//! use stele_fields::{Fields, FromFields};
//!
//! #[derive(FromFields)]
//! struct Booking {
//!     /// Must be given.
//!     on: Date,
//!     /// May be left out or null.
//!     note: Option<String>,
//!     /// May be left out or null, and is false then.
//!     #[fields(default)]
//!     urgent: bool,
//! }
//!
//! let Value::Object(body) = json!({ "on": "02.03.2026", "note": 7 }) else { unreachable!() };
//! let errors = Fields::read::<Booking>(body).err().unwrap_or_default();
//! let pointers: Vec<&str> = errors.named().iter().map(|error| error.pointer.as_str()).collect();
//! assert_eq!(pointers, ["/on", "/note"]);
//! ```

mod error;
mod field;
mod fields;
mod names;
mod text;
mod time;

pub use error::{FieldError, WrongFields, escape, name_of};
pub use field::FromField;
pub use fields::{Fields, FromFields};
/// Makes a struct [`FromFields`]. Every field is taken by its name; one of type `Option` may be left
/// out or null, and so may one marked `#[fields(default)]`.
///
/// On the struct, `#[fields(refuse(name = "why"))]` refuses a field that callers might expect, with
/// its own sentence, and `#[fields(check = path)]` names a function that says what is wrong between
/// fields: `fn(&Self) -> Result<(), FieldError>`, with a pointer into the object.
pub use stele_fields_macros::FromFields;
