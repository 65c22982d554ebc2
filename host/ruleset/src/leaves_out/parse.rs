//! TOML to what a version leaves out, checked for its form. Whether its facts and choices exist is
//! for the rule to say, when there is one.

use super::{Condition, LeftOut};
use crate::defect::{Defect, quote};
use crate::length::too_long;
use crate::manifest::MANIFEST_FILE;
use crate::scalar::Written;
use crate::unseen::unseen_character;

/// Most that a version leaves out: whoever is paid reads what it touches.
const MOST_LEFT_OUT: usize = 100;

/// Most conditions of one, and most choices of a condition: more than there are states of the
/// United States.
const MOST_CONDITIONS: usize = 64;

/// Longest name, in bytes.
const LONGEST_NAME: usize = 80;

/// Reads the value of `leaves_out`; everything that is wrong is added to `defects`.
pub(crate) fn parse(written: Option<&toml::Value>, defects: &mut Vec<Defect>) -> Vec<LeftOut> {
    let mut parser = Parser { defects };
    match written {
        None => Vec::new(),
        Some(toml::Value::Array(list)) if list.len() <= MOST_LEFT_OUT => parser.list(list),
        Some(toml::Value::Array(list)) => {
            let most = format!("at most {MOST_LEFT_OUT} entries");
            parser.wrong("leaves_out", most, list.len().to_string());
            Vec::new()
        }
        Some(other) => {
            parser.wrong("leaves_out", "entries, [[leaves_out]]", Written::from(other).shown());
            Vec::new()
        }
    }
}

struct Parser<'a> {
    defects: &'a mut Vec<Defect>,
}

impl Parser<'_> {
    fn wrong(&mut self, key: &str, expected: impl Into<String>, found: impl Into<String>) {
        self.defects.push(Defect::new(MANIFEST_FILE, key, expected, found));
    }

    fn list(&mut self, list: &[toml::Value]) -> Vec<LeftOut> {
        let mut read: Vec<LeftOut> = Vec::new();
        for (index, entry) in list.iter().enumerate() {
            let at = format!("leaves_out[{index}]");
            let Some(table) = self.table(&at, entry, &["name", "what", "when"]) else { continue };
            let name = self.name(&format!("{at}.name"), table.get("name"));
            let what = self.sentence(&format!("{at}.what"), table.get("what"));
            let when = self.when(&format!("{at}.when"), table.get("when"));
            if let Some(name) = &name
                && read.iter().any(|other| other.name == *name)
            {
                self.wrong(&format!("{at}.name"), "each name once", quote(name));
            }
            if let (Some(name), Some(what)) = (name, what) {
                read.push(LeftOut { name, what, when });
            }
        }
        read
    }

    fn table<'a>(
        &mut self,
        at: &str,
        value: &'a toml::Value,
        known: &[&str],
    ) -> Option<&'a toml::Table> {
        let Some(table) = value.as_table() else {
            self.wrong(at, "a table", Written::from(value).shown());
            return None;
        };
        for name in table.keys().filter(|name| !known.contains(&name.as_str())) {
            self.wrong(&format!("{at}.{name}"), known.join(", "), "an unknown key");
        }
        Some(table)
    }

    fn name(&mut self, key: &str, value: Option<&toml::Value>) -> Option<String> {
        let expected = "a name of a-z, 0-9 and _, such as tips";
        let is_name = |text: &str| {
            (1..=LONGEST_NAME).contains(&text.len())
                && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
        };
        let text = self.text(key, value, expected)?;
        if !is_name(&text) {
            self.wrong(key, expected, quote(&text));
            return None;
        }
        Some(text)
    }

    fn sentence(&mut self, key: &str, value: Option<&toml::Value>) -> Option<String> {
        let text = self.text(key, value, "a sentence that says what is not covered")?;
        if let Some((expected, found)) = too_long(&text) {
            self.wrong(key, expected, found);
            return None;
        }
        if unseen_character(&text).is_some() {
            let expected = "one line, without control characters and without marks that change the \
                            direction of writing";
            self.wrong(key, expected, quote(&text));
            return None;
        }
        Some(text)
    }

    /// One condition, or a list of them.
    fn when(&mut self, key: &str, value: Option<&toml::Value>) -> Vec<Condition> {
        match value {
            None => Vec::new(),
            Some(toml::Value::Array(list)) if (1..=MOST_CONDITIONS).contains(&list.len()) => {
                let conditions = list.iter().enumerate();
                conditions
                    .filter_map(|(index, value)| self.condition(&format!("{key}[{index}]"), value))
                    .collect()
            }
            Some(toml::Value::Array(list)) => {
                let expected = format!("1 to {MOST_CONDITIONS} conditions, or no such key");
                self.wrong(key, expected, list.len().to_string());
                Vec::new()
            }
            Some(value) => self.condition(key, value).into_iter().collect(),
        }
    }

    fn condition(&mut self, at: &str, value: &toml::Value) -> Option<Condition> {
        let table = self.table(at, value, &["fact", "choices"])?;
        let fact = self.text(&format!("{at}.fact"), table.get("fact"), "the name of a fact");
        let choices = match table.get("choices") {
            None => Vec::new(),
            Some(toml::Value::Array(list)) if (1..=MOST_CONDITIONS).contains(&list.len()) => {
                let choice = |(index, value)| {
                    self.text(&format!("{at}.choices[{index}]"), Some(value), "a choice")
                };
                list.iter().enumerate().filter_map(choice).collect()
            }
            Some(toml::Value::Array(list)) => {
                let expected = format!("1 to {MOST_CONDITIONS} choices, or no such key");
                self.wrong(&format!("{at}.choices"), expected, list.len().to_string());
                Vec::new()
            }
            Some(other) => {
                let found = Written::from(other).shown();
                self.wrong(&format!("{at}.choices"), "a list of choices", found);
                Vec::new()
            }
        };
        Some(Condition { fact: fact?, choices })
    }

    fn text(&mut self, key: &str, value: Option<&toml::Value>, expected: &str) -> Option<String> {
        let found = match value {
            None => "nothing".to_owned(),
            Some(toml::Value::String(text)) if !text.trim().is_empty() => {
                return Some(text.clone());
            }
            Some(other) => Written::from(other).shown(),
        };
        self.wrong(key, expected, found);
        None
    }
}
