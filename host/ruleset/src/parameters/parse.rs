//! TOML to typed, dated entries. Nothing stops at the first problem.

use std::cmp::Ordering;

use jiff::civil::Date;
use stele_engine::contract::{Column, Description, Field, Scalar, Shape, TableShape};

use super::selection::{Selector, compare};
use super::{Content, Entry, Series};
use crate::defect::{Defect, quote, shorten};
use crate::length::too_long;
use crate::manifest::{civil_date, position};
use crate::nearest::with_nearest;
use crate::package::PARAMETERS_FILE;
use crate::scalar::{Written, expectation, plain_text, read};

/// Most problems that are reported; a file with more has one cause.
const MOST_DEFECTS: usize = 200;

/// What an entry may say beside its value.
const ENTRY_KEYS: [&str; 5] = ["from", "until", "source", "unconfirmed", "note"];

pub(super) fn parse(text: &str, description: &Description) -> Result<Vec<Series>, Vec<Defect>> {
    let written: toml::Table = toml::from_str(text).map_err(|error| {
        vec![Defect::new(
            PARAMETERS_FILE,
            position(text, error.span()),
            "TOML",
            shorten(error.message()),
        )]
    })?;
    let mut parser = Parser { defects: Vec::new() };
    for name in written.keys() {
        if !description.parameters.iter().any(|field| field.name == *name) {
            let known = description.parameters.iter().map(|field| &*field.name);
            let found = with_nearest("an unknown name", parser.defects.len(), name, known);
            parser.wrong(name, "a parameter that the rule declares", found);
        }
    }
    let series = description
        .parameters
        .iter()
        .map(|field| parser.series(field, written.get(&*field.name)))
        .collect();
    if parser.defects.is_empty() { Ok(series) } else { Err(parser.defects) }
}

struct Parser {
    defects: Vec<Defect>,
}

impl Parser {
    fn wrong(&mut self, key: &str, expected: impl Into<String>, found: impl Into<String>) {
        if self.defects.len() < MOST_DEFECTS {
            self.defects.push(Defect::new(PARAMETERS_FILE, key, expected, found));
        }
    }

    fn series(&mut self, field: &Field, written: Option<&toml::Value>) -> Series {
        let columns: &[Column] = match &field.shape {
            Shape::Scalar(_) => &[],
            Shape::Table(table) => &table.columns,
        };
        let key: Vec<usize> =
            (0..columns.len()).filter(|position| columns[*position].key).collect();
        let mut numbered = Vec::new();
        match written {
            None => {}
            Some(toml::Value::Array(entries)) => {
                for (index, entry) in entries.iter().enumerate() {
                    let at = format!("{}[{index}]", field.name);
                    match entry.as_table() {
                        Some(table) => {
                            if let Some(entry) = self.entry(&at, field, !key.is_empty(), table) {
                                numbered.push((index, entry));
                            }
                        }
                        None => self.wrong(&at, "a table", Written::from(entry).shown()),
                    }
                }
            }
            Some(other) => self.wrong(
                &field.name,
                format!("dated entries, [[{}]]", field.name),
                Written::from(other).shown(),
            ),
        }
        numbered.sort_by(|(_, a), (_, b)| by_key(&key, a, b).then(a.from.cmp(&b.from)));
        for pair in numbered.windows(2) {
            let ((first, a), (second, b)) = (&pair[0], &pair[1]);
            if a.from == b.from && by_key(&key, a, b) == Ordering::Equal {
                self.wrong(
                    &format!("{}[{second}].from", field.name),
                    format!("one entry from a day{}", key_text(columns, &key, b)),
                    format!("{}, as in {}[{first}]", b.from, field.name),
                );
            }
        }
        let (written, entries): (Vec<usize>, Vec<Entry>) = numbered.into_iter().unzip();
        let mut groups: Vec<std::ops::Range<usize>> = Vec::new();
        for index in 0..entries.len() {
            match groups.last_mut() {
                Some(group)
                    if by_key(&key, &entries[group.start], &entries[index]) == Ordering::Equal =>
                {
                    group.end = index + 1;
                }
                _ => groups.push(index..index + 1),
            }
        }
        if let Shape::Table(table) = &field.shape
            && !key.is_empty()
            && groups.len() > table.maximum_rows as usize
        {
            let most = format!("at most {} keys", table.maximum_rows);
            self.wrong(&field.name, most, groups.len().to_string());
        }
        let selectors = Selector::all(columns);
        Series { entries, written, groups, key, selectors }
    }

    fn entry(
        &mut self,
        at: &str,
        field: &Field,
        keyed: bool,
        table: &toml::Table,
    ) -> Option<Entry> {
        let content_key = match &field.shape {
            Shape::Scalar(_) => "value",
            Shape::Table(_) if keyed => "row",
            Shape::Table(_) => "rows",
        };
        for name in table.keys() {
            if !ENTRY_KEYS.contains(&&**name) && name != content_key {
                let known = ENTRY_KEYS.into_iter().chain([content_key]);
                let found = with_nearest("an unknown key", self.defects.len(), name, known);
                self.wrong(
                    &format!("{at}.{name}"),
                    format!("from, until, {content_key}, source, unconfirmed or note"),
                    found,
                );
            }
        }
        let from = self.date(at, "from", table, true);
        let until = self.date(at, "until", table, false);
        if let (Some(from), Some(until)) = (from, until)
            && until < from
        {
            let expected = format!("a date on or after {from}");
            self.wrong(&format!("{at}.until"), expected, until.to_string());
        }
        let source = self.text(at, "source", table);
        if source.as_deref().is_none_or(|source| source.trim().is_empty())
            && !matches!(table.get("source"), Some(value) if !value.is_str())
        {
            self.wrong(&format!("{at}.source"), "law, article or publication", "nothing");
        }
        let note = self.text(at, "note", table);
        let unconfirmed = match table.get("unconfirmed") {
            None => false,
            Some(toml::Value::Boolean(value)) => *value,
            Some(other) => {
                let found = Written::from(other).shown();
                self.wrong(&format!("{at}.unconfirmed"), "true or false", found);
                false
            }
        };
        let place = format!("{at}.{content_key}");
        let Some(written) = table.get(content_key) else {
            self.wrong(&place, content_expected(field, keyed), "nothing");
            return None;
        };
        let content = match &field.shape {
            Shape::Scalar(kind) => match read(kind, &Written::from(written)) {
                Ok(scalar) => Some(Content::Scalar(scalar)),
                Err(expected) => {
                    let expected = with_unit(expected, field.unit.as_deref());
                    self.wrong(&place, expected, Written::from(written).shown());
                    None
                }
            },
            Shape::Table(shape) if keyed => {
                self.row(&place, shape, written).map(|row| Content::Rows(vec![row]))
            }
            Shape::Table(shape) => self.rows(&place, shape, written).map(Content::Rows),
        };
        Some(Entry { from: from?, until, source: source?, unconfirmed, note, content: content? })
    }

    fn rows(
        &mut self,
        at: &str,
        shape: &TableShape,
        written: &toml::Value,
    ) -> Option<Vec<Vec<Scalar>>> {
        let Some(rows) = written.as_array() else {
            self.wrong(at, "a list of rows", Written::from(written).shown());
            return None;
        };
        if rows.len() > shape.maximum_rows as usize {
            let most = format!("at most {} rows", shape.maximum_rows);
            self.wrong(at, most, rows.len().to_string());
            return None;
        }
        // Every row is read, so that the problems of all of them are reported.
        let read: Vec<Option<Vec<Scalar>>> = rows
            .iter()
            .enumerate()
            .map(|(index, row)| self.row(&format!("{at}[{index}]"), shape, row))
            .collect();
        read.into_iter().collect()
    }

    fn row(&mut self, at: &str, shape: &TableShape, written: &toml::Value) -> Option<Vec<Scalar>> {
        let Some(row) = written.as_table() else {
            self.wrong(at, "a row, { column = value, … }", Written::from(written).shown());
            return None;
        };
        let before = self.defects.len();
        for name in row.keys() {
            if !shape.columns.iter().any(|column| column.name == *name) {
                let known = shape.columns.iter().map(|column| &*column.name);
                let found = with_nearest("an unknown name", self.defects.len(), name, known);
                self.wrong(&format!("{at}.{name}"), "a declared column", found);
            }
        }
        let mut scalars = Vec::with_capacity(shape.columns.len());
        for column in &shape.columns {
            let place = format!("{at}.{}", column.name);
            match row.get(&*column.name) {
                None if !column.required => scalars.push(Scalar::None),
                None => {
                    let expected = with_unit(expectation(&column.kind), column.unit.as_deref());
                    self.wrong(&place, expected, "nothing");
                }
                Some(written) => match read(&column.kind, &Written::from(written)) {
                    Ok(scalar) => scalars.push(scalar),
                    Err(expected) => {
                        let expected = with_unit(expected, column.unit.as_deref());
                        self.wrong(&place, expected, Written::from(written).shown());
                    }
                },
            }
        }
        (self.defects.len() == before).then_some(scalars)
    }

    fn date(&mut self, at: &str, key: &str, table: &toml::Table, compulsory: bool) -> Option<Date> {
        let date = match table.get(key) {
            None if !compulsory => return None,
            None => Err("nothing".to_owned()),
            Some(toml::Value::Datetime(written)) => {
                civil_date(written).ok_or_else(|| written.to_string())
            }
            Some(other) => Err(Written::from(other).shown()),
        };
        match date {
            Ok(date) => Some(date),
            Err(found) => {
                self.wrong(&format!("{at}.{key}"), "a date such as 2026-01-01, unquoted", found);
                None
            }
        }
    }

    fn text(&mut self, at: &str, key: &str, table: &toml::Table) -> Option<String> {
        match table.get(key) {
            None => None,
            Some(toml::Value::String(text)) => {
                if let Some((expected, found)) = too_long(text) {
                    self.wrong(&format!("{at}.{key}"), expected, found);
                }
                Some(text.clone())
            }
            Some(other) => {
                self.wrong(&format!("{at}.{key}"), "a text", Written::from(other).shown());
                None
            }
        }
    }
}

fn content_expected(field: &Field, keyed: bool) -> String {
    match &field.shape {
        Shape::Scalar(kind) => with_unit(expectation(kind), field.unit.as_deref()),
        Shape::Table(_) if keyed => "the row of one key".to_owned(),
        Shape::Table(_) => "the rows of the table".to_owned(),
    }
}

fn with_unit(expected: String, unit: Option<&str>) -> String {
    match unit {
        Some(unit) => format!("{expected}, in {unit}"),
        None => expected,
    }
}

fn by_key(key: &[usize], a: &Entry, b: &Entry) -> Ordering {
    let (Content::Rows(a), Content::Rows(b)) = (&a.content, &b.content) else {
        return Ordering::Equal;
    };
    key.iter()
        .map(|column| match (a.first(), b.first()) {
            (Some(a), Some(b)) => compare(a.get(*column), b.get(*column)),
            _ => Ordering::Equal,
        })
        .find(|order| *order != Ordering::Equal)
        .unwrap_or(Ordering::Equal)
}

/// ` for city = beijing, branch = pension`, or nothing for a table without key.
fn key_text(columns: &[Column], key: &[usize], entry: &Entry) -> String {
    let Content::Rows(rows) = &entry.content else { return String::new() };
    let parts: Vec<String> = key
        .iter()
        .filter_map(|position| {
            let column = columns.get(*position)?;
            let scalar = rows.first()?.get(*position)?;
            Some(format!("{} = {}", column.name, quote(&plain_text(&column.kind, scalar))))
        })
        .collect();
    if parts.is_empty() { String::new() } else { format!(" for {}", parts.join(", ")) }
}
