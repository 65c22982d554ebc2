//! A version as somebody reviews it who reads no code: what it holds for and leaves out, each formula
//! beside its citation with labels in the place of names, the values of the law in force on a day with
//! their sources, what is found and refused, and the cases with what comes out of them.
//!
//! | file | idea |
//! |---|---|
//! | `document` | what a review consists of |
//! | `labels` | a piece of a formula with labels in the place of names |
//! | `formulas` | what is computed, found and refused, in the order of the law |
//! | `values` | what must be known, and the values in force on a day |
//! | `cases` | the cases, calculated |
//!
//! A rule that is made of formulas is shown by them; of another what its component declares. What may not
//! enter: markup.

mod cases;
mod document;
mod formulas;
mod labels;
mod values;

use std::sync::Arc;

use jiff::civil::Date;
use stele_engine::Engine;
use stele_words::Message;

use crate::defect::Defect;
use crate::manifest::Horizon;
use crate::package::Package;
use crate::render::Wording;
use crate::version::Ruleset;
pub use document::{
    Review, ReviewedCase, ReviewedFact, ReviewedFinding, ReviewedFormula, ReviewedGap,
    ReviewedRefusal, ReviewedSource, ReviewedValue,
};
use labels::Labels;

/// Why there is no review of a version.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ReviewError {
    /// The version does not hold on the day.
    #[error(
        "the version holds from {} to {} and not on {date}: give another date",
        horizon.from,
        horizon.until
    )]
    OutsideHorizon {
        /// The day.
        date: Date,
        /// The days on which it holds.
        horizon: Horizon,
    },
    /// A case can not be read; everything that is wrong with it.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Case(Vec<Defect>),
}

/// A version that is reviewed, and for whom.
struct Reviewer<'a> {
    ruleset: &'a Ruleset,
    package: &'a Package,
    wording: Wording<'a>,
    labels: Labels,
}

impl Review {
    /// Reviews a version by the law of a day; `ruleset` is that of the package. The cases are calculated.
    pub async fn of(
        engine: &Engine,
        ruleset: &Arc<Ruleset>,
        package: &Package,
        date: Date,
        wording: Wording<'_>,
    ) -> Result<Self, ReviewError> {
        let (manifest, description) = (ruleset.manifest(), ruleset.description());
        let horizon = manifest.validity;
        let Some(in_force) = ruleset.parameters().on(description, date) else {
            return Err(ReviewError::OutsideHorizon { date, horizon });
        };
        let (language, words) = (wording.labels(), wording.words());
        let labels = Labels::of(description, language);
        let reviewer = Reviewer { ruleset, package, wording, labels };
        let (cases, more_cases) = reviewer.cases(engine).await?;
        Ok(Self {
            ruleset: manifest.name.to_string(),
            version: manifest.version.to_string(),
            digest: ruleset.digest(),
            title: language.title().to_owned(),
            meaning: description.meaning.clone(),
            kind: manifest.kind.clone(),
            currency: manifest.currency.clone(),
            language: language.tag().to_owned(),
            words: words.tag(),
            date,
            validity: words
                .say(Message::InForceFromUntil { from: horizon.from, until: horizon.until }),
            validity_source: manifest.validity_source.clone(),
            leaves_out: reviewer.gaps(),
            facts: reviewer.facts(),
            formulas: reviewer.formulas(),
            functions: reviewer.functions(),
            findings: reviewer.findings(),
            refusals: reviewer.refusals(),
            values: reviewer.values(in_force),
            cases,
            more_cases,
        })
    }
}
