//! What a command shows: tables for people, JSON for programs, progress only in a terminal.

use std::borrow::Cow;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::Value;
use stele_ruleset::{is_unseen, shown_as_written};

use crate::failure::Failure;
use crate::tables::Tables;

/// Where results go.
#[derive(Debug)]
pub struct Output {
    json: bool,
    tables: Tables,
}

impl Output {
    /// Tables, as wide as the terminal or as long as their rows are; or JSON.
    pub fn new(json: bool, wide: bool) -> Output {
        Output { json, tables: Tables::new(wide) }
    }

    /// Shows a result: the JSON, or what `text` makes of it.
    pub(crate) fn show(&self, value: &Value, text: impl FnOnce(&Value) -> String) {
        if self.json {
            self.write(&json(value));
        } else {
            self.write(&text(&plain_value(value)));
        }
    }

    /// Whether programs read it.
    pub(crate) fn is_json(&self) -> bool {
        self.json
    }

    /// How tables are laid out.
    pub(crate) fn tables(&self) -> Tables {
        self.tables
    }

    /// How results are coloured.
    pub(crate) fn paint(&self) -> Paint {
        Paint::of(std::io::stdout().is_terminal())
    }

    /// How notes are coloured.
    pub(crate) fn paint_of_notes(&self) -> Paint {
        Paint::of(std::io::stderr().is_terminal())
    }

    /// Says something that is not part of the result.
    pub(crate) fn note(&self, text: &str) {
        if !self.json {
            let _ = writeln!(std::io::stderr(), "{text}");
        }
    }

    /// Shows a failure and gives its exit code.
    pub fn fail(&self, failure: &Failure) -> ExitCode {
        if self.json {
            // A failed check has written its report already.
            if !matches!(failure, Failure::CheckFailed(_)) {
                self.write(&json(&failure.document()));
            }
        } else {
            let _ = writeln!(std::io::stderr(), "stele: {}", plain(&failure.to_string()));
        }
        ExitCode::from(failure.exit_code())
    }

    /// A line that moves while something without a known length is done.
    pub(crate) fn spinner(&self, text: &str) -> ProgressBar {
        if self.is_quiet() {
            return ProgressBar::hidden();
        }
        let spinner = ProgressBar::new_spinner().with_message(text.to_owned());
        spinner.enable_steady_tick(Duration::from_millis(100));
        spinner
    }

    /// A bar over so many bytes.
    pub(crate) fn bar(&self, text: &str, bytes: u64) -> ProgressBar {
        if self.is_quiet() {
            return ProgressBar::hidden();
        }
        let style = ProgressStyle::with_template(
            "{msg} {wide_bar} {bytes}/{total_bytes} {bytes_per_sec} {eta}",
        );
        let bar = ProgressBar::new(bytes).with_message(text.to_owned());
        match style {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        }
    }

    /// A bar over so many calculations.
    pub(crate) fn count(&self, text: &str) -> ProgressBar {
        if self.is_quiet() {
            return ProgressBar::hidden();
        }
        let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {per_sec} {eta}");
        let bar = ProgressBar::new(0).with_message(text.to_owned());
        match style {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        }
    }

    fn is_quiet(&self) -> bool {
        self.json || !std::io::stderr().is_terminal()
    }

    /// A reader that has gone (`| head`) is not an error.
    fn write(&self, text: &str) {
        let _ = writeln!(std::io::stdout(), "{}", text.trim_end_matches('\n'));
    }
}

/// Colours, where a terminal shows them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Paint(bool);

impl Paint {
    /// Colours for a terminal, unless `NO_COLOR` asks for none (<https://no-color.org>).
    fn of(terminal: bool) -> Paint {
        Paint(terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()))
    }

    /// What is not as it should be.
    pub(crate) fn red(self, text: &str) -> String {
        self.with("31", text)
    }

    /// What is.
    pub(crate) fn green(self, text: &str) -> String {
        self.with("32", text)
    }

    fn with(self, colour: &str, text: &str) -> String {
        if self.0 { format!("\u{1b}[{colour}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// A member as text: a string without quotes, nothing for null.
pub(crate) fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => plain(text).into_owned(),
        other => plain(&other.to_string()).into_owned(),
    }
}

/// A text in which nothing is left that a terminal obeys or that turns the direction of writing.
/// Lines stay lines. What was stored by another program may have such characters.
fn plain(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let lines: Vec<_> = text.split('\n').map(shown_as_written).collect();
    Cow::Owned(lines.join("\n"))
}

/// The same for every text in a value, and for the names of its members.
fn plain_value(value: &Value) -> Value {
    match value {
        Value::String(text) => plain(text).into(),
        Value::Array(elements) => elements.iter().map(plain_value).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| (plain(name).into_owned(), plain_value(value)))
            .collect(),
        other => other.clone(),
    }
}

/// JSON for programs, with the same characters written as JSON writes them: it is the same document.
fn json(value: &Value) -> String {
    let written = serde_json::to_string_pretty(value).unwrap_or_default();
    let mut shown = String::with_capacity(written.len());
    for character in written.chars() {
        match is_hidden(character) {
            true => shown.push_str(&format!("\\u{:04x}", u32::from(character))),
            false => shown.push(character),
        }
    }
    shown
}

fn is_hidden(character: char) -> bool {
    character != '\n' && is_unseen(character)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_name_can_not_move_the_cursor_or_turn_what_is_read() {
        let stored = json!({ "name\u{9b}": ["\u{1b}]0;x\u{7}", "ap\u{202e}orp\nsecond line"] });
        let shown = plain_value(&stored);
        assert_eq!(
            shown,
            json!({ "name\\u{9b}": ["\\u{1b}]0;x\\u{7}", "ap\\u{202e}orp\nsecond line"] })
        );
        let for_programs = super::json(&stored);
        assert!(!for_programs.chars().any(is_hidden), "{for_programs}");
        assert_eq!(serde_json::from_str::<Value>(&for_programs).unwrap(), stored);
    }
}
