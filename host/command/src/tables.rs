//! Tables for people: as wide as the terminal, with identifiers that can be copied whole.

use std::ffi::OsString;

use comfy_table::presets::UTF8_BORDERS_ONLY;
use comfy_table::{Attribute, Cell, CellAlignment, ColumnConstraint, ContentArrangement, Table};
use serde_json::Value;

use crate::output::text;

/// Letters of a digest that are shown where there is no room for all of them: enough to tell the
/// versions of a ruleset apart, and to find the whole one.
const SHORT_DIGEST: usize = 12;

/// How tables are laid out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tables {
    /// How wide they may be; none: each row is one line, however long.
    width: Option<u16>,
    /// Whether headings can be bold.
    terminal: bool,
}

impl Tables {
    /// As wide as the terminal that they are shown in. Anywhere else `COLUMNS` states a width; without
    /// it, and where it is asked for, each row is one line: nothing is broken or shortened.
    pub(crate) fn new(wide: bool) -> Tables {
        // A terminal that nobody has given a size says that it has none.
        let terminal = Table::new().width().filter(|width| *width > 0);
        let width = terminal.or_else(|| stated_width(std::env::var_os("COLUMNS")));
        Tables { width: width.filter(|_| !wide), terminal: terminal.is_some() }
    }

    /// A table with these headings.
    pub(crate) fn table(self, headings: &[&str]) -> Table {
        let mut table = Table::new();
        table.load_preset(UTF8_BORDERS_ONLY);
        if !self.terminal {
            table.force_no_tty();
        }
        if let Some(width) = self.width {
            table.set_width(width).set_content_arrangement(ContentArrangement::Dynamic);
        }
        if !headings.is_empty() {
            let bold = |heading| Cell::new(heading).add_attribute(Attribute::Bold);
            table.set_header(headings.iter().map(bold));
        }
        table
    }

    /// Whether rows may be as long as they are.
    pub(crate) fn is_wide(self) -> bool {
        self.width.is_none()
    }

    /// A digest: whole where rows may be as long as they are, else its beginning.
    pub(crate) fn digest(self, digest: &Value) -> String {
        let whole = text(digest);
        match whole.get(..SHORT_DIGEST) {
            Some(beginning) if !self.is_wide() => format!("{beginning}…"),
            _ => whole,
        }
    }
}

/// A column whose cells are never broken: an identifier that is to be copied.
pub(crate) fn keep_whole(table: &mut Table, column: usize) {
    if let Some(column) = table.column_mut(column) {
        column.set_constraint(ColumnConstraint::ContentWidth);
    }
}

/// A column of numbers.
pub(crate) fn align_right(table: &mut Table, column: usize) {
    if let Some(column) = table.column_mut(column) {
        column.set_cell_alignment(CellAlignment::Right);
    }
}

/// What is known of one thing, a line each: nothing is broken, so that everything can be copied.
pub(crate) fn lines(known: &[(&str, String)]) -> String {
    let widest = known.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    let lines = known
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name:widest$}  {value}"));
    lines.collect::<Vec<_>>().join("\n")
}

fn stated_width(columns: Option<OsString>) -> Option<u16> {
    columns?.to_str()?.parse().ok().filter(|width| *width > 0)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const IDENTIFIER: &str = "01990e7c-8d4a-7bb4-a51e-3f6e1d9c0a11";

    fn shown(tables: Tables) -> String {
        let mut table = tables.table(&["Proposal", "Reason", "Digest"]);
        keep_whole(&mut table, 0);
        let reason = "new bases of social insurance in six cities ".repeat(4);
        table.add_row([IDENTIFIER.to_owned(), reason, tables.digest(&json!("ab".repeat(32)))]);
        table.to_string()
    }

    #[test]
    fn a_table_fits_and_its_identifiers_stay_whole() {
        let narrow = shown(Tables { width: Some(80), terminal: false });
        assert!(narrow.lines().all(|line| line.chars().count() <= 80), "{narrow}");
        assert!(narrow.contains(IDENTIFIER) && narrow.contains("abababababab…"), "{narrow}");
    }

    #[test]
    fn a_wide_table_has_a_line_a_row_with_everything_in_it() {
        let wide = shown(Tables { width: None, terminal: false });
        assert!(wide.contains(&"ab".repeat(32)) && wide.contains(IDENTIFIER), "{wide}");
        assert_eq!(wide.lines().filter(|line| line.contains("six cities")).count(), 1);
    }
}
