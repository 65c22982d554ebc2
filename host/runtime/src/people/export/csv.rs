//! An export as CSV: which columns it has, and its rows.
//!
//! A column says how its cells are read wherever an import would not read them as what they are by
//! what is declared.

use std::collections::{BTreeMap, BTreeSet};

use ::csv::Writer;
use jiff::civil::Date;
use serde_json::Value;
use stele_ruleset::decimal_from_text;
use stele_store::{Attributes, EmployeeId, StoreError};

use super::failed;
use crate::people::{
    declared::Declarations,
    file::{
        cell::{END, Reading, is_word},
        csv::MOST_CELLS,
    },
    reading::reading,
};

/// What the values of all employees are, by attribute.
pub(super) struct Survey {
    declared: Declarations,
    kinds: BTreeMap<String, Kind>,
}

/// What all values of an attribute are. Null is of every kind.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Null, as far as was seen.
    Unknown,
    /// Numbers that are texts, as numbers of which every decimal counts are written.
    Number,
    /// Texts that stay the same as a cell.
    Text,
    Boolean,
    /// Anything else, or some of each.
    Other,
}

impl Kind {
    fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Unknown,
            Value::Bool(_) => Self::Boolean,
            Value::String(text) if decimal_from_text(text).is_ok() => Self::Number,
            Value::String(text) if is_cell(text) => Self::Text,
            _ => Self::Other,
        }
    }

    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unknown, kind) | (kind, Self::Unknown) => kind,
            (one, other) if one == other => one,
            (Self::Number, Self::Text) | (Self::Text, Self::Number) => Self::Text,
            _ => Self::Other,
        }
    }
}

/// Whether a text is the same after it was a cell.
fn is_cell(text: &str) -> bool {
    !text.is_empty() && text.trim() == text && !is_word(text)
}

impl Survey {
    /// Most attributes: beside them stand `id` and `from`.
    pub(super) const MOST: usize = MOST_CELLS - 2;

    pub(super) fn new(declared: Declarations) -> Self {
        Self { declared, kinds: BTreeMap::new() }
    }

    pub(super) fn add(&mut self, attributes: &Attributes) {
        for (name, values) in attributes {
            let kinds = values.iter().map(|value| Kind::of(&value.value));
            let kind = kinds.fold(Kind::Unknown, Kind::and);
            match self.kinds.get_mut(name) {
                Some(known) => *known = known.and(kind),
                None => drop(self.kinds.insert(name.clone(), kind)),
            }
        }
    }

    pub(super) fn is_too_wide(&self) -> bool {
        self.kinds.len() > Self::MOST
    }

    pub(super) fn columns(self) -> Columns {
        let Self { declared, kinds } = self;
        let columns = kinds.into_iter().map(|(attribute, kind)| {
            let declared = reading(&declared, &attribute).unwrap_or(Reading::Text);
            let is_plain = match kind {
                Kind::Unknown => true,
                Kind::Number => matches!(declared, Reading::Text | Reading::Number),
                Kind::Text => declared == Reading::Text,
                Kind::Boolean | Kind::Other => false,
            };
            let reading = match kind {
                Kind::Unknown | Kind::Number | Kind::Text => Reading::Text,
                Kind::Boolean => Reading::Boolean,
                Kind::Other => Reading::Json,
            };
            let is_plain = is_plain && !matches!(attribute.as_str(), "id" | "from");
            Column { attribute, reading, is_plain }
        });
        Columns(columns.collect())
    }
}

/// The columns after `id` and `from`.
#[derive(Debug)]
pub(super) struct Columns(Vec<Column>);

#[derive(Debug)]
struct Column {
    attribute: String,
    reading: Reading,
    /// Whether it needs not say how its cells are read.
    is_plain: bool,
}

impl Columns {
    /// The first row.
    pub(super) fn header(&self) -> Result<Vec<u8>, StoreError> {
        let names = self.0.iter().map(|Column { attribute, reading, is_plain }| match is_plain {
            true => attribute.clone(),
            false => format!("{attribute}:{}", reading.name()),
        });
        let mut writer = Writer::from_writer(Vec::new());
        let header = ["id", "from"].into_iter().map(str::to_owned).chain(names);
        writer.write_record(header).map_err(|error| failed(&error))?;
        writer.into_inner().map_err(|error| failed(&error))
    }

    /// The rows of an employee: one for each date that something is stated for.
    pub(super) fn write(
        &self,
        id: &EmployeeId,
        attributes: &Attributes,
        written: &mut Vec<u8>,
    ) -> Result<(), StoreError> {
        let mut writer = Writer::from_writer(written);
        let dates: BTreeSet<Date> = attributes.values().flatten().map(|value| value.from).collect();
        if dates.is_empty() {
            let nothing = self.0.iter().map(|_| String::new());
            let row = [id.to_string(), String::new()].into_iter().chain(nothing);
            writer.write_record(row).map_err(|error| failed(&error))?;
        }
        for date in dates {
            let cells = self.0.iter().map(|column| column.cell(attributes, date));
            let row = [id.to_string(), date.to_string()].into_iter().chain(cells);
            writer.write_record(row).map_err(|error| failed(&error))?;
        }
        writer.flush().map_err(|error| failed(&error))
    }
}

impl Column {
    fn cell(&self, attributes: &Attributes, date: Date) -> String {
        let values = attributes.get(&self.attribute).map(Vec::as_slice).unwrap_or_default();
        let stated = values.binary_search_by_key(&date, |value| value.from).ok();
        match stated.and_then(|position| values.get(position)).map(|value| &value.value) {
            None => String::new(),
            Some(Value::Null) => END.to_owned(),
            Some(Value::String(text)) if self.reading == Reading::Text => text.clone(),
            Some(other) => other.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::people::{file::DecimalMark, statement::Said};

    fn any_value() -> impl Strategy<Value = Value> {
        prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::Bool),
            any::<i64>().prop_map(|number| json!(number)),
            "[ a-z\\\\\"\n\r,;\u{a0}]{0,6}".prop_map(Value::String),
            Just(json!([{ "a": "b" }, 1])),
            Just(json!("\\end")),
        ]
    }

    proptest! {
        /// Whatever the values of a column are, its cells are read as them.
        #[test]
        fn a_cell_is_read_as_the_value_that_it_was_written_of(
            values in proptest::collection::vec(any_value(), 1..4)
        ) {
            let from = jiff::civil::date(2026, 1, 1);
            let mut survey = Survey::new(Declarations { versions: Vec::new(), organization: None });
            let attributes = |value: &Value| {
                let dated = stele_store::DatedValue { from, value: value.clone() };
                Attributes::from([("a".to_owned(), vec![dated])])
            };
            values.iter().for_each(|value| survey.add(&attributes(value)));
            let columns = survey.columns();
            for value in &values {
                let cell = columns.0[0].cell(&attributes(value), from);
                prop_assert_eq!(cell.trim(), cell.as_str());
                match columns.0[0].reading.read(&cell, DecimalMark::Point) {
                    Ok(Said::Value(read)) => prop_assert_eq!(&read, value),
                    other => prop_assert!(false, "{:?} of {:?}", other, value),
                }
            }
        }
    }
}
