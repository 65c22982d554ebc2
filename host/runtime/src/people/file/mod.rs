//! A file of employees, read row by row and never as a whole: what it holds stays bytes until it is
//! its turn, and can be read again.
//!
//! | file | form |
//! |---|---|
//! | `ndjson` | an object a line |
//! | `csv`, `cell` | a header, and a row for each employee and date; what a cell of it says |
//! | `quoting` | whether the quotes of a CSV file mean something |
//! | `place` | lines, counted as an editor does |

pub(super) mod cell;
pub(super) mod csv;
mod ndjson;
mod place;
mod quoting;

use std::{fmt, sync::Arc};

use stele_ruleset::FieldError;

pub use self::cell::DecimalMark;
use self::cell::Reading;
use super::{name::shorten, statement::Statements};

/// A file of employees. A clone is the same bytes.
#[derive(Debug, Clone)]
pub struct EmployeeFile {
    bytes: Bytes,
    form: Form,
    mark: DecimalMark,
}

/// How employees are written in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// An object a line.
    Ndjson,
    /// A row for each employee and date.
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

/// The pointer to a column.
pub(super) fn column(name: &str) -> String {
    format!("/{}", shorten(name).replace('~', "~0").replace('/', "~1"))
}

/// What a file says of one employee.
pub(super) struct Row {
    pub(super) form: Form,
    /// The line that it stands on, from 1; of several, the first.
    pub(super) line: u64,
    /// Bytes that it was read from, about.
    pub(super) bytes: usize,
    /// Its identifier as written.
    pub(super) employee: String,
    /// What is said of it.
    pub(super) statements: Statements,
    /// What was found wrong while it was read, each with its line.
    pub(super) errors: Vec<(u64, FieldError)>,
}

impl Row {
    fn new(form: Form, line: u64) -> Self {
        Self {
            form,
            line,
            bytes: 0,
            employee: String::new(),
            statements: Statements::new(),
            errors: Vec::new(),
        }
    }

    fn refuse(&mut self, line: u64, error: FieldError) {
        self.errors.push((line, error));
    }
}

impl EmployeeFile {
    /// NDJSON: a line each, `{"id": "e1", "attributes": {"gross": [{"from": "2026-01-01", "value":
    /// "30000"}]}}`. Empty lines are skipped. `"value": null`: from then on there is none. `"drop":
    /// true` in place of a value: what was stated for that date is taken back. `"gross": null`: all
    /// that was stated of it is taken back. What is an employment's stands in `"employments":
    /// {"shanghai": {"attributes": {…}}}`.
    pub fn ndjson(bytes: impl AsRef<[u8]> + Send + Sync + 'static) -> Self {
        Self { bytes: Bytes(Arc::new(bytes)), form: Form::Ndjson, mark: DecimalMark::Point }
    }

    /// CSV: the header `id,from,<attribute>…`, a row for each employee and date; an empty cell says
    /// nothing. Rows of the same employee need not stand together. Cells stand between commas,
    /// semicolons or tabs, as the header has them. They are read as their attribute is declared:
    /// numbers with this decimal mark, true and false, tables as JSON, all else as text; or as the
    /// header says after a colon, `<attribute>:json`. A column `gross@shanghai` is an employment's. `\end`: from then on there is no value;
    /// `\drop`: what was stated for that date is taken back.
    pub fn csv(bytes: impl AsRef<[u8]> + Send + Sync + 'static, mark: DecimalMark) -> Self {
        Self { bytes: Bytes(Arc::new(bytes)), form: Form::Csv, mark }
    }

    /// Finds out where its employees stand. Blocks as long as reading it once takes, if that is not
    /// known beforehand. Of more employees than `most`, only the first one too many is read. Cells
    /// of an attribute are read as `reading` says; none: nobody declares it.
    pub(super) fn open(&self, most: u64, reading: &dyn Fn(&str) -> Option<Reading>) -> Opened {
        let bytes = self.bytes.clone();
        if place::is_utf_16(bytes.as_ref()) {
            let found = "one in UTF-16; a spreadsheet writes it as \"CSV UTF-8\"".to_owned();
            return Opened(Rows::Wrong(Unreadable::new(1, "", "a file in UTF-8", found)));
        }
        Opened(match self.form {
            Form::Ndjson => Rows::Ndjson(bytes),
            Form::Csv => csv::Table::open(bytes, most, self.mark, reading)
                .map_or_else(Rows::Wrong, Rows::Csv),
        })
    }
}

/// A file of which is known where its employees stand.
pub(super) struct Opened(Rows);

enum Rows {
    Ndjson(Bytes),
    Csv(csv::Table),
    /// It can not be read row by row.
    Wrong(Unreadable),
}

/// What is wrong with a file as a whole, each with its line.
#[derive(Default)]
struct Unreadable(Vec<(u64, FieldError)>);

impl Unreadable {
    fn new(line: u64, pointer: &str, expected: &str, found: String) -> Self {
        Self(vec![(line, FieldError::new(pointer, expected, found))])
    }

    fn add(&mut self, line: u64, error: FieldError) {
        self.0.push((line, error));
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Opened {
    /// Its employees in the order in which they first occur, from the beginning.
    pub(super) fn rows(&self) -> Box<dyn Iterator<Item = Row> + Send> {
        match &self.0 {
            Rows::Ndjson(bytes) => Box::new(ndjson::Rows::new(bytes.clone())),
            Rows::Csv(table) => Box::new(table.rows()),
            Rows::Wrong(Unreadable(errors)) => {
                let mut row = Row::new(Form::Csv, 1);
                errors.iter().for_each(|(line, error)| row.refuse(*line, error.clone()));
                Box::new(std::iter::once(row))
            }
        }
    }
}
