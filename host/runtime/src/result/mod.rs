//! Results: calculated, recorded in batches, read, run again to the same cent, explained to the one
//! who was paid and proven to whom it may concern.
//!
//! | file | idea |
//! |---|---|
//! | `calculation` | facts of one employee on one date to an outcome and its receipt |
//! | `content` | what is kept of a result |
//! | `recording` | results into the store, in one commit |
//! | `remembered` | results that were the answers to requests under keys |
//! | `read` | results out of it, one, a batch's with its audit entry |
//! | `list` | what was paid to whom: results by slot, employee, dates and version |
//! | `paid` | results as an impact report compares with them |
//! | `reading` | who read a result, where the policy asks for it |
//! | `compare` | what a second run may differ in |
//! | `replay`, `replay_all` | one result run again, and all of them |
//! | `explanation` | for the one who was paid |
//! | `solve` | the fact for which an amount comes out: the gross for a net |
//! | `evidence` | in a file that proves itself |
//!
//! What may not enter here: languages, HTTP.

mod calculation;
mod compare;
mod content;
pub mod evidence;
pub mod explanation;
mod list;
mod paid;
mod read;
mod reading;
mod recording;
mod remembered;
mod replay;
mod replay_all;
mod solve;

pub use calculation::{CalculateError, CalculationRequest, CalculationResult, Calculator, Receipt};
pub use compare::{Difference, Ran, Replay};
pub use content::{ContentError, FactOrigin, ResultContent};
pub use list::{ResultFilter, ResultHeading, ResultPage, RulesetFilter};
pub use read::{RecallResultError, RecordedResult, ResultError};
pub use reading::Reading;
pub use recording::{LARGEST_RECORDING, Recording};
pub use remembered::Remembered;
pub use replay::ReplayError;
pub use replay_all::{ReplayFilter, ReplaySummary};
pub use solve::{MOST_EVALUATIONS, Solution, SolveError, SolveRequest, Solved, Trial};

pub(crate) use read::{RecordedBatch, batch};
pub(crate) use replay::run_again;
