//! What a rule does not promise, and why. An exception that no case needs any more fails the suite.

/// The exceptions of a rule with one of its rulesets.
#[derive(Debug, Clone, Default)]
pub struct Exceptions {
    nothing: Vec<Exception>,
    taken_away: Vec<Exception>,
    columns_without_text: Option<&'static str>,
}

/// A step, and why it says an amount otherwise than by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Exception {
    pub(crate) step: &'static str,
    pub(crate) why: &'static str,
}

impl Exceptions {
    /// A rule that promises all.
    pub fn none() -> Self {
        Self::default()
    }

    /// A step that says in words that a line is nothing.
    pub fn nothing_in_words(mut self, step: &'static str, why: &'static str) -> Self {
        self.nothing.push(Exception { step, why });
        self
    }

    /// A step that says how much is taken away, without a sign.
    pub fn taken_away(mut self, step: &'static str, why: &'static str) -> Self {
        self.taken_away.push(Exception { step, why });
        self
    }

    /// Columns of the parameters' tables are shown by their declared names.
    pub fn columns_without_text(mut self, why: &'static str) -> Self {
        self.columns_without_text = Some(why);
        self
    }

    pub(crate) fn of_nothing(&self, step: &str) -> Option<Exception> {
        self.nothing.iter().find(|exception| exception.step == step).copied()
    }

    pub(crate) fn of_taken_away(&self, step: &str) -> Option<Exception> {
        self.taken_away.iter().find(|exception| exception.step == step).copied()
    }

    pub(crate) fn of_steps(&self) -> impl Iterator<Item = &Exception> {
        self.nothing.iter().chain(&self.taken_away)
    }

    pub(crate) fn of_columns(&self) -> Option<&'static str> {
        self.columns_without_text
    }
}
