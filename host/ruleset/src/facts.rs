//! JSON facts by name to typed values by position: everything that is wrong at once, each with
//! its JSON pointer.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use stele_engine::contract::{
    self, Description, Field, Origin, Scalar, ScalarKind, Shape, TableShape, Value,
};

use super::defect::quote;
use super::nearest::with_nearest;
use super::scalar::{Written, expectation, read as read_scalar};

/// Most errors that one set of facts is answered with; one cause may spoil every row of a table.
const MOST_ERRORS: usize = 100;

/// One wrong fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = FactError)]
pub struct FieldError {
    /// JSON pointer (RFC 6901) inside the facts: `/entries/3/start`.
    pub pointer: String,
    /// What would have been right.
    pub expected: String,
    /// What was there, shortened; `nothing` where it is missing.
    pub found: String,
    /// What the number counts, where it is one.
    pub unit: Option<String>,
    /// What the rule says that the fact is, with the provision where one decides it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meaning: Option<String>,
    /// What was expected and found, as one sentence.
    pub message: String,
}

impl FieldError {
    /// A wrong field that the rule did not declare, or that is wrong before its type matters.
    pub fn new(
        pointer: impl Into<String>,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> Self {
        let (pointer, expected, found) = (pointer.into(), expected.into(), found.into());
        let message = format!("expected {expected}, found {found}");
        Self { pointer, expected, found, unit: None, meaning: None, message }
    }

    fn of_declared(
        declared: Declared<'_>,
        pointer: String,
        expected: String,
        found: String,
    ) -> Self {
        let unit = declared.unit.map(str::to_owned);
        let in_unit = declared.unit.map(|unit| format!(" in {unit}")).unwrap_or_default();
        let message = format!("expected {expected}{in_unit}, found {found}");
        let meaning = Some(declared.meaning.to_owned());
        Self { pointer, expected, found, unit, meaning, message }
    }
}

impl std::fmt::Display for FieldError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}: {}", self.pointer, self.message)
    }
}

/// Reads the facts that the rule declares, in its order. The date fills the facts that the rule
/// takes from the host.
pub(crate) fn read(
    description: &Description,
    facts: &Map<String, Json>,
    date: Date,
) -> Result<Vec<Value>, Vec<FieldError>> {
    read_with(description, facts, |_| None, date)
}

/// Reads the facts that are given, and for each other one that the caller may give what `known`
/// says: so that what is known of an employee need not be copied for each calculation.
pub fn read_with<'a>(
    description: &Description,
    facts: &'a Map<String, Json>,
    known: impl Fn(&str) -> Option<&'a Json>,
    date: Date,
) -> Result<Vec<Value>, Vec<FieldError>> {
    let mut reader = Reader { errors: Vec::new() };
    let mut values = Vec::with_capacity(description.facts.len());
    let mut declared = 0;
    for field in &description.facts {
        let given = facts.get(&*field.name);
        declared += usize::from(given.is_some());
        values.push(match field.origin {
            Origin::Caller => reader.fact(field, given.or_else(|| known(&field.name))),
            Origin::CalculationDate => {
                if let Some(given) = given {
                    reader.wrong(
                        pointer(&[&field.name]),
                        "nothing: it is the date of the calculation".to_owned(),
                        Written::from(given).shown(),
                    );
                }
                match contract::Date::try_from(date) {
                    Ok(date) => Value::Scalar(Scalar::Date(date)),
                    // No horizon lies outside of the years 1 to 9999.
                    Err(_) => Value::Scalar(Scalar::None),
                }
            }
        });
    }
    if declared < facts.len() {
        let is_declared = |name: &str| description.facts.iter().any(|field| field.name == name);
        for name in facts.keys().filter(|name| !is_declared(name)) {
            let before = reader.errors.len();
            reader.wrong(
                pointer(&[name]),
                "a fact that the rule declares".to_owned(),
                with_nearest(
                    &format!("the unknown name {}", quote(name)),
                    before,
                    name,
                    description.facts.iter().map(|field| &*field.name),
                ),
            );
        }
    }
    if reader.errors.is_empty() { Ok(values) } else { Err(reader.errors) }
}

/// Checks one fact alone, such as an attribute of an employee that will be a fact later. The
/// pointers begin at the fact's own name. A fact that the host fills in is refused.
pub fn check_one(field: &Field, given: &Json) -> Vec<FieldError> {
    let mut reader = Reader { errors: Vec::new() };
    match field.origin {
        Origin::Caller => {
            reader.fact(field, Some(given));
        }
        Origin::CalculationDate => reader.wrong(
            pointer(&[&field.name]),
            "nothing: it is the date of the calculation".to_owned(),
            Written::from(given).shown(),
        ),
    }
    reader.errors
}

struct Reader {
    errors: Vec<FieldError>,
}

impl Reader {
    fn wrong(&mut self, pointer: String, expected: String, found: String) {
        self.push(FieldError::new(pointer, expected, found));
    }

    fn push(&mut self, error: FieldError) {
        if self.errors.len() < MOST_ERRORS {
            self.errors.push(error);
        }
    }

    fn fact(&mut self, field: &Field, given: Option<&Json>) -> Value {
        match &field.shape {
            Shape::Scalar(kind) => {
                let declared = Declared {
                    kind,
                    required: field.required,
                    unit: field.unit.as_deref(),
                    meaning: &field.meaning,
                };
                Value::Scalar(self.scalar(declared, given, || pointer(&[&field.name])))
            }
            Shape::Table(table) => match given {
                Some(Json::Array(rows)) => Value::Table(self.rows(field, table, rows)),
                None | Some(Json::Null) if !field.required => Value::Table(Vec::new()),
                other => {
                    let found = Written::from(other.unwrap_or(&Json::Null)).shown();
                    let expected = "a list of objects".to_owned();
                    self.wrong(pointer(&[&field.name]), expected, found);
                    Value::Table(Vec::new())
                }
            },
        }
    }

    fn rows(&mut self, field: &Field, table: &TableShape, rows: &[Json]) -> Vec<Vec<Scalar>> {
        if rows.len() > table.maximum_rows as usize {
            self.wrong(
                pointer(&[&field.name]),
                format!("at most {} rows", table.maximum_rows),
                format!("{} rows", rows.len()),
            );
            return Vec::new();
        }
        let mut read = Vec::with_capacity(rows.len());
        for (index, row) in rows.iter().enumerate() {
            let index = || index.to_string();
            let Json::Object(row) = row else {
                let found = Written::from(row).shown();
                let expected = "an object with the columns of the table".to_owned();
                self.wrong(pointer(&[&field.name, &index()]), expected, found);
                continue;
            };
            let mut scalars = Vec::with_capacity(table.columns.len());
            let mut known = 0;
            for column in &table.columns {
                let given = row.get(&*column.name);
                known += usize::from(given.is_some());
                let declared = Declared {
                    kind: &column.kind,
                    required: column.required,
                    unit: column.unit.as_deref(),
                    meaning: &column.meaning,
                };
                scalars.push(
                    self.scalar(declared, given, || {
                        pointer(&[&field.name, &index(), &column.name])
                    }),
                );
            }
            if known < row.len() {
                let is_declared =
                    |name: &str| table.columns.iter().any(|column| column.name == name);
                for name in row.keys().filter(|name| !is_declared(name)) {
                    let found = with_nearest(
                        &format!("the unknown name {}", quote(name)),
                        self.errors.len(),
                        name,
                        table.columns.iter().map(|column| &*column.name),
                    );
                    self.wrong(
                        pointer(&[&field.name, &index(), name]),
                        "a column that the rule declares".to_owned(),
                        found,
                    );
                }
            }
            read.push(scalars);
        }
        read
    }

    fn scalar(
        &mut self,
        declared: Declared<'_>,
        given: Option<&Json>,
        pointer: impl FnOnce() -> String,
    ) -> Scalar {
        match given {
            None | Some(Json::Null) => {
                if declared.required {
                    let (expected, found) = (expectation(declared.kind), "nothing".to_owned());
                    self.push(FieldError::of_declared(declared, pointer(), expected, found));
                }
                Scalar::None
            }
            Some(given) => {
                let written = Written::from(given);
                read_scalar(declared.kind, &written).unwrap_or_else(|expected| {
                    let found = written.shown();
                    self.push(FieldError::of_declared(declared, pointer(), expected, found));
                    Scalar::None
                })
            }
        }
    }
}

/// What a fact and a column have in common.
#[derive(Clone, Copy)]
struct Declared<'a> {
    kind: &'a ScalarKind,
    required: bool,
    unit: Option<&'a str>,
    meaning: &'a str,
}

/// A JSON pointer of these names. A name that came from outside is cut, so that a megabyte of a
/// name does not come back as a megabyte of error.
pub(crate) fn pointer(names: &[&str]) -> String {
    const MOST_CHARACTERS: usize = 100;
    let mut pointer = String::new();
    for name in names {
        pointer.push('/');
        for character in name.chars().take(MOST_CHARACTERS) {
            match character {
                '~' => pointer.push_str("~0"),
                '/' => pointer.push_str("~1"),
                other => pointer.push(other),
            }
        }
    }
    pointer
}
