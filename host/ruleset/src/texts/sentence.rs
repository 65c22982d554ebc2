//! Sentences with placeholders: `Daily hours {actual} on {on} exceed {limit}.`

use std::collections::BTreeSet;

/// A sentence, cut at its placeholders. Braces have no other use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Placeholder(String),
}

impl Sentence {
    /// Cuts a text. The error says what is wrong with its braces.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) =
                after.split_once('}').ok_or("an opening brace without a closing one")?;
            let fits = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
            if name.is_empty() || !name.bytes().all(fits) {
                return Err("braces around something that is no name");
            }
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            parts.push(Part::Placeholder(name.to_owned()));
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        let stray = |part: &Part| matches!(part, Part::Text(text) if text.contains('}'));
        if parts.iter().any(stray) {
            return Err("a closing brace without an opening one");
        }
        Ok(Self { parts })
    }

    /// A text without placeholders, whatever is written in it.
    pub(crate) fn plain(text: &str) -> Self {
        Self { parts: vec![Part::Text(text.to_owned())] }
    }

    /// The names of its placeholders.
    pub fn placeholders(&self) -> BTreeSet<&str> {
        self.parts
            .iter()
            .filter_map(|part| match part {
                Part::Placeholder(name) => Some(name.as_str()),
                Part::Text(_) => None,
            })
            .collect()
    }

    /// The sentence with every placeholder replaced.
    pub fn fill(&self, value: impl Fn(&str) -> String) -> String {
        let mut filled = String::new();
        for part in &self.parts {
            match part {
                Part::Text(text) => filled.push_str(text),
                Part::Placeholder(name) => filled.push_str(&value(name)),
            }
        }
        filled
    }
}

/// The sentence as it was written, with its placeholders.
impl std::fmt::Display for Sentence {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for part in &self.parts {
            match part {
                Part::Text(text) => formatter.write_str(text)?,
                Part::Placeholder(name) => write!(formatter, "{{{name}}}")?,
            }
        }
        Ok(())
    }
}
