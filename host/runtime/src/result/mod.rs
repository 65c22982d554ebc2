//! Recorded results: kept together in batches, read, and run again to the same cent.
//!
//! | file | idea |
//! |---|---|
//! | `content` | what is kept of a result |
//! | `recording` | results into the store, in one commit |
//! | `read` | results out of it, one, an employee's, a batch's with its audit entry |
//! | `compare` | what a second run may differ in |
//! | `replay`, `replay_all` | one result run again, and all of them |
//!
//! What may not enter here: languages, HTTP.

mod compare;
mod content;
mod read;
mod recording;
mod replay;
mod replay_all;

pub use compare::{Difference, Ran, Replay};
pub use content::{ContentError, FactOrigin, ResultContent};
pub use read::{RecordedResult, ResultError, ResultHeading, ResultPage};
pub use recording::{LARGEST_RECORDING, Recording};
pub use replay::ReplayError;
pub use replay_all::{ReplayFilter, ReplaySummary};

pub(crate) use read::{RecordedBatch, batch};
pub(crate) use replay::run_again;
