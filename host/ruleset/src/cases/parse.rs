//! TOML to a case.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json};
use stele_engine::contract::Description;

use super::{Case, Expected, ExpectedFinding};
use crate::defect::{Defect, quote, shorten};
use crate::manifest::{civil_date, position};
use crate::nearest::with_nearest;
use crate::number::decimal_from_text;
use crate::scalar::Written;
use crate::texts::UNWRITTEN;

/// Most findings that a case may list. They are matched pair by pair.
const MOST_FINDINGS: usize = 200;

pub(super) fn parse(
    file: &str,
    text: &str,
    description: &Description,
) -> Result<Case, Vec<Defect>> {
    let table: toml::Table = toml::from_str(text).map_err(|error| {
        let key = position(text, error.span());
        vec![Defect::new(file, key, "TOML", shorten(error.message()))]
    })?;
    let mut parser = Parser { file, description, defects: Vec::new() };
    let case = parser.case(&table);
    match case {
        Some(case) if parser.defects.is_empty() => Ok(case),
        _ => Err(parser.defects),
    }
}

struct Parser<'a> {
    file: &'a str,
    description: &'a Description,
    defects: Vec<Defect>,
}

impl Parser<'_> {
    fn wrong(&mut self, key: &str, expected: impl Into<String>, found: impl Into<String>) {
        self.defects.push(Defect::new(self.file, key, expected, found));
    }

    fn keys(&mut self, at: &str, table: &toml::Table, known: &[&str]) {
        for name in table.keys().filter(|name| !known.contains(&name.as_str())) {
            let key = if at.is_empty() { name.clone() } else { format!("{at}.{name}") };
            let found =
                with_nearest("an unknown key", self.defects.len(), name, known.iter().copied());
            self.wrong(&key, known.join(", "), found);
        }
    }

    fn case(&mut self, table: &toml::Table) -> Option<Case> {
        self.keys("", table, &["title", "source", "date", "facts", "expect"]);
        let title = self.text("title", table.get("title"));
        if title.is_none() && !table.contains_key("title") {
            self.wrong("title", "what the case shows", "nothing");
        }
        let source = self.text("source", table.get("source"));
        let date = self.date("date", table.get("date"));
        if date.is_none() && !table.contains_key("date") {
            self.wrong("date", "the date of the calculation", "nothing");
        }
        let facts = match table.get("facts") {
            None => Map::new(),
            Some(toml::Value::Table(facts)) => {
                let mut object = Map::new();
                for (name, value) in facts {
                    let value = self.fact(&format!("facts.{name}"), value);
                    object.insert(name.clone(), value);
                }
                object
            }
            Some(other) => {
                self.wrong("facts", "a table", Written::from(other).shown());
                Map::new()
            }
        };
        let expected = match table.get("expect") {
            Some(toml::Value::Table(expect)) => self.expected(expect),
            Some(other) => {
                self.wrong("expect", "a table", Written::from(other).shown());
                None
            }
            None => {
                self.wrong("expect", "what must come out", "nothing");
                None
            }
        };
        Some(Case {
            file: self.file.to_owned(),
            title: title?,
            source,
            date: date?,
            facts,
            expected: expected?,
        })
    }

    /// A fact as it would be sent in JSON.
    fn fact(&mut self, key: &str, value: &toml::Value) -> Json {
        match value {
            toml::Value::String(text) => Json::String(text.clone()),
            toml::Value::Integer(number) => Json::Number((*number).into()),
            toml::Value::Boolean(value) => Json::Bool(*value),
            toml::Value::Datetime(moment) => Json::String(moment.to_string()),
            toml::Value::Float(_) => {
                self.wrong(
                    key,
                    "a decimal in quotes, so that it stays exact",
                    "a number with a point",
                );
                Json::Null
            }
            toml::Value::Array(items) => Json::Array(
                (items.iter().enumerate())
                    .map(|(index, item)| self.fact(&format!("{key}[{index}]"), item))
                    .collect(),
            ),
            toml::Value::Table(table) => Json::Object(
                (table.iter())
                    .map(|(name, value)| (name.clone(), self.fact(&format!("{key}.{name}"), value)))
                    .collect(),
            ),
        }
    }

    fn expected(&mut self, expect: &toml::Table) -> Option<Expected> {
        if let Some(fault) = expect.get("fault") {
            self.keys("expect", expect, &["fault"]);
            let Some(fault) = fault.as_table() else {
                self.wrong("expect.fault", "a table", Written::from(fault).shown());
                return None;
            };
            self.keys("expect.fault", fault, &["pointer", "contains"]);
            let pointer = self.text("expect.fault.pointer", fault.get("pointer"));
            let contains = self.text("expect.fault.contains", fault.get("contains"));
            if pointer.is_none() && contains.is_none() {
                self.wrong("expect.fault", "pointer or contains", "neither");
            }
            return Some(Expected::Fault { pointer, contains });
        }
        self.keys("expect", expect, &["complete", "lines", "findings"]);
        let complete = match expect.get("complete") {
            None => false,
            Some(toml::Value::Boolean(value)) => *value,
            Some(other) => {
                self.wrong("expect.complete", "true or false", Written::from(other).shown());
                false
            }
        };
        let mut lines = BTreeMap::new();
        match expect.get("lines") {
            None => {}
            Some(toml::Value::Table(table)) => {
                for (name, amount) in table {
                    let key = format!("expect.lines.{name}");
                    let (item, subject) = match name.split_once('/') {
                        Some((item, subject)) => (item, Some(subject.to_owned())),
                        None => (name.as_str(), None),
                    };
                    if !self.description.items.iter().any(|declared| declared.name == item) {
                        let known = self.description.items.iter().map(|declared| &*declared.name);
                        let before = self.defects.len();
                        let found = with_nearest(&quote(item), before, item, known);
                        self.wrong(&key, "an item that the rule declares", found);
                    }
                    if let Some(amount) = self.decimal(&key, Some(amount)) {
                        lines.insert((item.to_owned(), subject), amount);
                    }
                }
            }
            Some(other) => self.wrong("expect.lines", "a table", Written::from(other).shown()),
        }
        let mut findings = Vec::new();
        match expect.get("findings") {
            None => {}
            Some(toml::Value::Array(list)) if list.len() <= MOST_FINDINGS => {
                for (index, finding) in list.iter().enumerate() {
                    let at = format!("expect.findings[{index}]");
                    match finding.as_table() {
                        Some(table) => findings.extend(self.finding(&at, table)),
                        None => self.wrong(&at, "a table", Written::from(finding).shown()),
                    }
                }
            }
            Some(toml::Value::Array(list)) => {
                let most = format!("at most {MOST_FINDINGS} findings");
                self.wrong("expect.findings", most, list.len().to_string());
            }
            Some(other) => {
                self.wrong("expect.findings", "a list of tables", Written::from(other).shown());
            }
        }
        Some(Expected::Outcome { complete, lines, findings })
    }

    fn finding(&mut self, at: &str, table: &toml::Table) -> Option<ExpectedFinding> {
        self.keys(at, table, &["finding", "subject", "on", "limit", "actual"]);
        let key = format!("{at}.finding");
        let name = self.text(&key, table.get("finding"));
        match &name {
            Some(name) if self.description.findings.iter().any(|kind| kind.name == *name) => {}
            Some(name) => {
                let known = self.description.findings.iter().map(|declared| &*declared.name);
                let found = with_nearest(&quote(name), self.defects.len(), name, known);
                self.wrong(&key, "a finding that the rule declares", found);
            }
            None => self.wrong(&key, "the name of a finding", "nothing"),
        }
        Some(ExpectedFinding {
            finding: name?,
            subject: self.text(&format!("{at}.subject"), table.get("subject")),
            on: self.date(&format!("{at}.on"), table.get("on")),
            limit: self.decimal(&format!("{at}.limit"), table.get("limit")),
            actual: self.decimal(&format!("{at}.actual"), table.get("actual")),
        })
    }

    fn text(&mut self, key: &str, value: Option<&toml::Value>) -> Option<String> {
        match value {
            None => None,
            Some(toml::Value::String(text)) => {
                if text.contains(UNWRITTEN) {
                    self.wrong(key, "a text", format!("one that is still {UNWRITTEN}"));
                }
                Some(text.clone())
            }
            Some(other) => {
                self.wrong(key, "a text", Written::from(other).shown());
                None
            }
        }
    }

    fn date(&mut self, key: &str, value: Option<&toml::Value>) -> Option<Date> {
        let found = match value {
            None => return None,
            Some(toml::Value::Datetime(written)) => match civil_date(written) {
                Some(date) => return Some(date),
                None => written.to_string(),
            },
            Some(other) => Written::from(other).shown(),
        };
        self.wrong(key, "a date such as 2026-01-31, unquoted", found);
        None
    }

    fn decimal(&mut self, key: &str, value: Option<&toml::Value>) -> Option<Decimal> {
        let written = Written::from(value?);
        let decimal = match &written {
            Written::Number(text) | Written::Text(text) => decimal_from_text(text).ok(),
            _ => None,
        };
        if decimal.is_none() {
            self.wrong(key, "a decimal in quotes", written.shown());
        }
        decimal
    }
}
