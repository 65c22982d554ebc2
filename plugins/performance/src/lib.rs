//! Performance: a score of weighted criteria, a grade, and the bonus that follows from it.
//!
//! What is measured, on which scale, with which weight, what caps a grade and what a grade is
//! worth is all data of the ruleset, so a sales plan and a probation review are two sets of
//! parameters for this one rule. A review passes through in one direction:
//!
//! ratings → scores on a common scale (`scale`) → weighted total (`score`) → grade, with gates
//! (`grade`) → minimums (`threshold`) → bonus, prorated, with the share that points decide
//! (`bonus`).
//!
//! A scheme that contradicts itself (weights that do not add to 100 %, a gate for a criterion that
//! nobody rates) is refused by [`Rule::check`], when the ruleset is published; a review that does
//! not fit the scheme is a fault that names the row and the column.

mod bonus;
mod check;
mod facts;
mod grade;
mod outcome;
mod parameters;
mod rating;
mod rounding;
mod scale;
mod score;
mod threshold;

pub use facts::{Rating, Review};
pub use outcome::{Finding, Item};
pub use parameters::{
    Band, Beyond, Criterion, Gate, ScalePoint, Scheme, Severity, TOTAL_SCORE, Threshold,
};
pub use rounding::Rounding;
use stele_sdk::prelude::*;

/// The outcome of a review.
pub type ReviewOutcome = Outcome<Item, Finding, Step>;

stele_sdk::provisions! {
    /// How the lines of a review came about.
    pub enum Step = {
        score::{converted, capped, contribution, added, limited},
        grade::{award, gated},
        bonus::{proration, too_short, by_grade, split},
    };
}

/// The rule: a review in, scores, grade and bonus out.
pub struct Performance;

impl Rule for Performance {
    const NAME: &'static str = "performance";
    const MEANING: &'static str = "Weighted criteria on scales with caps, gates and grade bands; \
        minimums that raise findings; a bonus by grade, prorated over the days employed, part of \
        which points may decide.";

    type Facts = Review;
    type Parameters = Scheme;
    type Item = Item;
    type Figure = Nothing;
    type Finding = Finding;
    type Step = Step;

    fn check(scheme: &Scheme) -> Result<(), Fault> {
        check::scheme(scheme)
    }

    fn evaluate(scheme: &Scheme, review: &Review, out: &mut ReviewOutcome) -> Result<(), Fault> {
        let employment = bonus::Employment::of(review)?;
        let share = bonus::PointsShare::of(review)?;
        let measured = rating::measurements(scheme, review)?;
        let scores = score::by_criterion(scheme, &measured, out);
        let total = score::total(scheme, &scores, out);
        let grade = grade::award(scheme, &scores, total, out)?;
        threshold::compare(scheme, &measured, total, out);
        bonus::pay(scheme, review, grade, &employment, share.as_ref(), out);
        Ok(())
    }
}

stele_sdk::export!(Performance);
