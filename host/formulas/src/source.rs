//! Places in a text: spans of bytes, lines and columns.

use serde::Serialize;

/// A piece of a text, in bytes.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Span {
    /// Where it begins.
    pub start: u32,
    /// Where it ends, exclusive.
    pub end: u32,
}

impl Span {
    /// From the beginning of one to the end of another.
    #[must_use]
    pub fn to(self, end: Self) -> Self {
        Self { start: self.start, end: end.end.max(self.start) }
    }

    /// The piece of the text.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

/// A place as people count: from 1, columns in Unicode scalar values.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Debug)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

/// The lines of a text, to find places in it.
#[derive(Clone, Debug)]
pub struct Lines<'t> {
    text: &'t str,
    /// Where each line begins.
    starts: Vec<u32>,
}

impl<'t> Lines<'t> {
    /// The lines of a text.
    #[must_use]
    pub fn of(text: &'t str) -> Self {
        let breaks = text.bytes().zip(1_u32..).filter(|(byte, _)| *byte == b'\n');
        let starts = std::iter::once(0).chain(breaks.map(|(_, next)| next)).collect();
        Self { text, starts }
    }

    /// The place of a byte.
    #[must_use]
    pub fn position(&self, byte: u32) -> Position {
        let line = self.starts.partition_point(|start| *start <= byte).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        let before = Span { start, end: byte }.of(self.text);
        Position { line: count(line), column: count(before.chars().count()) }
    }

    /// A line, counted from 1, without its end.
    #[must_use]
    pub fn line(&self, line: u32) -> &'t str {
        let index = line.saturating_sub(1) as usize;
        let start = self.starts.get(index).map_or(self.text.len(), |start| *start as usize);
        let end = self.starts.get(index + 1).map_or(self.text.len(), |next| *next as usize);
        self.text.get(start..end).unwrap_or_default().trim_end_matches(['\r', '\n'])
    }
}

fn count(zero_based: usize) -> u32 {
    u32::try_from(zero_based + 1).unwrap_or(u32::MAX)
}
