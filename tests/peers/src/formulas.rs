//! The formulas of the comparison, as `tests/bench/peers.toml` has them.

use serde::Deserialize;

/// A payslip's facts and formulas.
#[derive(Deserialize)]
pub(crate) struct Formulas {
    #[serde(rename = "fact")]
    pub(crate) facts: Vec<Fact>,
    #[serde(rename = "formula")]
    pub(crate) formulas: Vec<Formula>,
}

/// An amount that is given.
#[derive(Deserialize)]
pub(crate) struct Fact {
    pub(crate) name: String,
    pub(crate) value: String,
}

/// A formula, which may use facts and those before it.
#[derive(Deserialize)]
pub(crate) struct Formula {
    pub(crate) name: String,
    /// In the language of DMN.
    pub(crate) feel: String,
    /// In that of zen; none where both write it alike.
    pub(crate) zen: Option<String>,
}
