//! A file of employees, read row by row and never as a whole: what it holds stays bytes until it is
//! its turn, and can be read again.
//!
//! | file | form |
//! |---|---|
//! | `ndjson` | an object a line |
//! | `csv` | a header, and a row for each employee and date |

mod csv;
mod ndjson;

use std::{fmt, sync::Arc};

use stele_ruleset::FieldError;
use stele_store::Attributes;

/// A file of employees. A clone is the same bytes.
#[derive(Debug, Clone)]
pub struct EmployeeFile {
    bytes: Bytes,
    form: Form,
}

#[derive(Debug, Clone, Copy)]
enum Form {
    Ndjson,
    Csv,
}

/// Bytes, wherever they are kept.
#[derive(Clone)]
struct Bytes(Arc<dyn AsRef<[u8]> + Send + Sync>);

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        (*self.0).as_ref()
    }
}

/// They hold personal data.
impl fmt::Debug for Bytes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Bytes").field(&self.as_ref().len()).finish()
    }
}

/// One employee of a file.
#[derive(Default)]
pub(super) struct Row {
    /// The line that it stands on, from 1; of several, the first.
    pub(super) line: u64,
    /// Its identifier as written.
    pub(super) employee: String,
    /// Its attributes.
    pub(super) attributes: Attributes,
    /// What was found wrong while the line was read.
    pub(super) errors: Vec<FieldError>,
}

impl Row {
    fn wrong(line: u64, expected: impl Into<String>, found: impl Into<String>) -> Self {
        let errors = vec![FieldError::new("", expected.into(), found.into())];
        Self { line, errors, ..Self::default() }
    }
}

impl EmployeeFile {
    /// NDJSON: a line each, `{"id": "e1", "attributes": {"gross": [{"from": "2026-01-01", "value":
    /// "30000"}]}}`. Empty lines are skipped.
    pub fn ndjson(bytes: impl AsRef<[u8]> + Send + Sync + 'static) -> Self {
        Self { bytes: Bytes(Arc::new(bytes)), form: Form::Ndjson }
    }

    /// CSV: the header `id,from,<attribute>…`, a row for each employee and date; an empty cell says
    /// nothing. Rows of the same employee need not stand together. Values are texts; a table can
    /// not be written in it.
    pub fn csv(bytes: impl AsRef<[u8]> + Send + Sync + 'static) -> Self {
        Self { bytes: Bytes(Arc::new(bytes)), form: Form::Csv }
    }

    /// Finds out where its employees stand. Blocks as long as reading it once takes, if that is not
    /// known beforehand. Of more employees than `most`, only the first one too many is read.
    pub(super) fn open(&self, most: u64) -> Opened {
        let bytes = self.bytes.clone();
        Opened(match self.form {
            Form::Ndjson => Rows::Ndjson(bytes),
            Form::Csv => csv::Table::open(bytes, most).map_or_else(Rows::Wrong, Rows::Csv),
        })
    }
}

/// A file of which is known where its employees stand.
pub(super) struct Opened(Rows);

enum Rows {
    Ndjson(Bytes),
    Csv(csv::Table),
    /// It has no header that could be understood.
    Wrong(WrongHeader),
}

/// What is wrong with the header.
struct WrongHeader {
    expected: &'static str,
    found: String,
}

impl Opened {
    /// Its employees in the order in which they first occur, from the beginning.
    pub(super) fn rows(&self) -> Box<dyn Iterator<Item = Row> + Send> {
        match &self.0 {
            Rows::Ndjson(bytes) => Box::new(ndjson::Rows::new(bytes.clone())),
            Rows::Csv(table) => Box::new(table.rows()),
            Rows::Wrong(WrongHeader { expected, found }) => {
                Box::new(std::iter::once(Row::wrong(1, *expected, found)))
            }
        }
    }
}
