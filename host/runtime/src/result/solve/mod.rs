//! The value of one fact for which a rule gives a wanted amount: the gross for a net.
//!
//! The rule is asked again and again, and what it answers is all that is known of it: a search brackets
//! the wanted amount and narrows until it is met exactly or lies between the amounts of two
//! neighbouring values. Start reading at `request`; `search` knows numbers only.
//!
//! What may not enter here: the law of any country, recording. What is solved is a question; whoever
//! pays the answer calculates it like any other.

mod request;
mod search;

pub use request::{SolveError, SolveRequest, Solved};
pub use search::{MOST_EVALUATIONS, Solution, Trial};
