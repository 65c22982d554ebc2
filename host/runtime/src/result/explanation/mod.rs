//! A recorded result for the one whom it concerns: how each line was computed, in sentences with
//! the numbers in them; which values of the law were used, since when and from which publication;
//! which facts, and where they came from; which version, put in force and approved by whom; and how
//! to have it checked. The logic that was actually applied, in words that need no programmer (GDPR
//! art. 15(1)(h)).
//!
//! | file | idea |
//! |---|---|
//! | `document` | what an explanation consists of |
//! | `assemble` | a result to an [`Explanation`] |
//! | `values` | facts and values of the law with their labels |
//! | `authority` | who proposed, approved and activated the version |
//!
//! Labels and steps are in the ruleset's languages, the sentences around them in the host's
//! (`stele-words`); where the reader's language is spoken by one of the two only, each speaks the best
//! that it can.
//!
//! What may not enter here: markup, HTTP.

mod assemble;
mod authority;
mod document;
mod values;

pub use assemble::ExplainError;
pub use document::{
    Authority, AuthorityDecision, ExplainedFact, ExplainedFinding, ExplainedLine,
    ExplainedParameter, ExplainedResult, ExplainedStep, Explanation,
};
