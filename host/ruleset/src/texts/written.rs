//! Texts as they are written, in a file or in what the rule declares, before one completes the other.

use std::collections::BTreeMap;

use super::Sentence;

/// Texts by the names of what they are of.
pub(super) type Labels = BTreeMap<String, String>;

/// A file as written, not yet completed.
#[derive(Default)]
pub(super) struct Raw {
    pub(super) title: Option<String>,
    pub(super) facts: Labels,
    pub(super) items: Labels,
    pub(super) figures: Labels,
    pub(super) findings: Labels,
    pub(super) steps: Labels,
    pub(super) parameters: Labels,
    pub(super) choices: BTreeMap<String, Labels>,
    pub(super) subjects: Labels,
    pub(super) categories: Labels,
    pub(super) leaves_out: Labels,
    pub(super) units: Labels,
    pub(super) citations: Labels,
}

/// The sentences as the rule declares them, by name.
pub(super) struct Declared {
    pub(super) findings: BTreeMap<String, Sentence>,
    pub(super) steps: BTreeMap<String, Sentence>,
}
