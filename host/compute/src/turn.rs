//! What a job sees of its turn.

use std::cell::Cell;
use std::future::poll_fn;
use std::task::Poll;
use std::time::Instant;

thread_local! {
    /// When the slice that this thread is running ends. None: the thread is no thread of a pool, or
    /// between two slices.
    static ENDS: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// A job's turn on the processor. A job that goes on for long asks it between two steps.
#[derive(Debug, Clone, Copy)]
pub struct Turn(());

impl Turn {
    pub(crate) const fn new() -> Self {
        Self(())
    }

    /// For a program that does one thing and has nobody to give the processor to: never over.
    pub const fn alone() -> Self {
        Self(())
    }

    /// Whether it is another's turn. Takes as long as reading the clock.
    pub fn is_over(&self) -> bool {
        ENDS.get().is_some_and(|ends| Instant::now() >= ends)
    }

    /// Goes on at once while the turn lasts, and else in the next one. If the caller has gone
    /// meanwhile there is no next one: the job ends here.
    pub async fn pass(&self) {
        if self.is_over() {
            let mut passed = false;
            poll_fn(|context| {
                if std::mem::replace(&mut passed, true) {
                    return Poll::Ready(());
                }
                context.waker().wake_by_ref();
                Poll::Pending
            })
            .await;
        }
    }
}

/// Runs one slice, which ends at that time.
pub(crate) fn slice(ends: Option<Instant>, run: impl FnOnce()) {
    ENDS.set(ends);
    run();
    ENDS.set(None);
}
