//! What a command shows: tables for people, JSON for programs, progress only in a terminal.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::time::Duration;

use comfy_table::presets::UTF8_BORDERS_ONLY;
use comfy_table::{Attribute, Cell, ContentArrangement, Table};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::Value;

use crate::failure::Failure;

/// Where results go.
#[derive(Debug)]
pub struct Output {
    json: bool,
}

impl Output {
    /// Tables, or JSON.
    pub fn new(json: bool) -> Output {
        Output { json }
    }

    /// Shows a result: the JSON, or what `text` makes of it.
    pub(crate) fn show(&self, value: &Value, text: impl FnOnce(&Value) -> String) {
        if self.json {
            self.write(&serde_json::to_string_pretty(value).unwrap_or_default());
        } else {
            self.write(&text(value));
        }
    }

    /// Whether programs read it.
    pub(crate) fn is_json(&self) -> bool {
        self.json
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
                self.write(&serde_json::to_string_pretty(&failure.document()).unwrap_or_default());
            }
        } else {
            let _ = writeln!(std::io::stderr(), "stele: {failure}");
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

/// A table with these headings.
pub(crate) fn table(headings: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_preset(UTF8_BORDERS_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    if headings.is_empty() {
        return table;
    }
    table.set_header(
        headings.iter().map(|heading| Cell::new(heading).add_attribute(Attribute::Bold)),
    );
    table
}

/// A member as text: a string without quotes, nothing for null.
pub(crate) fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
