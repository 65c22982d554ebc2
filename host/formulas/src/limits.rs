//! How large a text of formulas may be.

/// Longest formula in bytes: the longest of a shipped rule has less than 1,000.
pub const LONGEST_FORMULA: usize = 65_536;

/// Longest document in bytes: 10,000 formulas of 400 bytes.
pub const LONGEST_DOCUMENT: usize = 4 * 1_024 * 1_024;

/// Most figures, lines, functions, findings and refusals of a document.
pub const MOST_FORMULAS: usize = 10_000;

/// Most facts and parameters of a document: ten times those of the largest shipped rule.
pub const MOST_FIELDS: usize = 2_000;

/// Most columns of a table, for the same reason.
pub const MOST_COLUMNS: usize = 200;

/// How deeply expressions may nest. The parser and the check call themselves as deeply.
pub const DEEPEST: u16 = 64;

/// Most types that a type may consist of: a context of as many entries, a list within a list so often.
pub const LARGEST_TYPE: usize = 500;

/// Most errors that are reported at once: who has more reads the first ones.
pub const MOST_ERRORS: usize = 100;
