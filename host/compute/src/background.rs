//! One long piece of work that reads and writes as well as it computes, such as an import: on a
//! thread of its own below those that serve. It has no turns, because it can not give its thread
//! away while it waits for a disk; whoever begins one sees to it that there are few.

use std::thread;

use tokio::sync::oneshot;

use crate::niceness::lower_priority;

/// How far below the serving threads, as Unix counts niceness: as far as the threads of the pool
/// stand, so that neither keeps the other from the processor.
const NICENESS: u8 = 10;

/// Why work in the background has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BackgroundError {
    /// The system gave no thread for it. It was not begun.
    #[error("there is no thread for it: {0}")]
    NoThread(String),
    /// It panicked: a mistake of whoever wrote it.
    #[error("it panicked")]
    Panicked,
}

/// Runs work on a thread of that name. It may block, and it goes on although nobody waits for it any
/// more.
///
/// A thread that it starts would inherit the low priority, and threads that others wait for would
/// then be late: it should have none started.
pub async fn in_background<T: Send + 'static>(
    name: &str,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, BackgroundError> {
    let (answering, answer) = oneshot::channel();
    let builder = thread::Builder::new().name(name.to_owned());
    let started = builder.spawn(move || {
        lower_priority(NICENESS);
        // Nobody may wait any more.
        let _ = answering.send(work());
    });
    started.map_err(|error| BackgroundError::NoThread(error.to_string()))?;
    // Without an answer it has ended by a panic, which the thread has reported.
    answer.await.map_err(|_| BackgroundError::Panicked)
}
