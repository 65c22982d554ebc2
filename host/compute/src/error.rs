//! Why a job has no answer.

use std::time::Duration;

/// Whose room is full.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Room {
    /// The holder's own: it has as many jobs as one may have.
    Holder,
    /// That of all together.
    All,
}

/// Why a job has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ComputeError {
    /// Too many jobs wait already. This one was not begun.
    #[error("too many jobs wait for a processor; try again in {} ms", retry_after.as_millis())]
    Saturated {
        /// Whose room is full.
        room: Room,
        /// When to try again.
        retry_after: Duration,
    },
    /// The job panicked: a mistake of whoever wrote it. Others are not touched.
    #[error("the job panicked")]
    Panicked,
    /// The pool has ended before the job did.
    #[error("the pool was stopped before the job ended")]
    Stopped,
}
