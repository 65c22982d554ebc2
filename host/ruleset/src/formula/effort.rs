//! How much may be compared for one explanation.

use std::cell::Cell;

use super::disagreement::NotWorkable;

/// Most rows of tables that are looked at for one explanation: some milliseconds, and ten times those
/// of a month in which every entry is explained by a table.
pub(super) const MOST_ROWS: usize = 1_000_000;

/// What is left of the rows that may be looked at for one explanation. A rule could else have its host
/// search a large table as often as it has steps, and pay nothing for it.
#[derive(Debug)]
pub(crate) struct Effort(Cell<usize>);

impl Effort {
    pub(crate) fn new() -> Self {
        Self(Cell::new(MOST_ROWS))
    }

    /// Before so many rows are looked at.
    pub(super) fn spend(&self, rows: usize) -> Result<(), NotWorkable> {
        let left = self.0.get().checked_sub(rows).ok_or(NotWorkable::TooMuch)?;
        self.0.set(left);
        Ok(())
    }
}
