//! What of FEEL lies outside of the language of formulas, by group, with its reason.

use anyhow::Context;
use rust_decimal::Decimal;
use serde::Deserialize;
use std::path::Path;

/// The file that says it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Language {
    /// File name of the kit, JSON lines.
    pub(crate) source: String,
    /// Share of all rows that must give the kit's result, as a decimal.
    least: String,
    /// What lies outside.
    pub(crate) outside: Vec<Outside>,
}

/// A part of FEEL that is left out.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Outside {
    /// Why.
    pub(crate) reason: String,
    /// Groups of the kit whose rows it explains.
    #[serde(default)]
    groups: Vec<String>,
    /// Pieces of expressions that it explains.
    #[serde(default)]
    containing: Vec<String>,
    /// Also where an expression has a value: the kit compares something else.
    #[serde(default)]
    whatever: bool,
}

impl Language {
    pub(crate) fn read(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
        let language: Self = toml::from_str(&text).with_context(|| path.display().to_string())?;
        Decimal::from_str_exact(&language.least).context("least")?;
        Ok(language)
    }

    /// Whether so many of all rows are enough.
    pub(crate) fn enough(&self, same: usize, rows: usize) -> bool {
        Decimal::from_str_exact(&self.least)
            .is_ok_and(|least| Decimal::from(same) >= least * Decimal::from(rows))
    }

    /// The position of the first reason why a row has no value, or another one.
    pub(crate) fn reason(&self, id: &str, expression: &str, has_value: bool) -> Option<usize> {
        let group = id.split('/').next().unwrap_or_default();
        self.outside.iter().position(|outside| {
            (outside.whatever || !has_value)
                && (outside.groups.iter().any(|other| other == group)
                    || outside.containing.iter().any(|piece| expression.contains(piece)))
        })
    }
}
