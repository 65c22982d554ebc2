//! Refused changes in the operator's log: what is wrong once, then once a minute with their number,
//! however many try.

use std::time::{Duration, Instant};

use parking_lot::Mutex;

use crate::error::StoreError;

/// Between two lines.
const PAUSE: Duration = Duration::from_secs(60);

/// Refusals since the last line.
#[derive(Default)]
pub(super) struct Refusals(Mutex<State>);

#[derive(Default)]
struct State {
    said: Option<Instant>,
    unsaid: u64,
}

impl Refusals {
    /// Counts a refusal, and says how many there were if nothing was said for a while.
    pub(super) fn note(&self, error: &StoreError) {
        let refused = {
            let mut state = self.0.lock();
            state.unsaid += 1;
            if state.said.is_some_and(|said| said.elapsed() < PAUSE) {
                return;
            }
            state.said = Some(Instant::now());
            std::mem::take(&mut state.unsaid)
        };
        tracing::error!(%error, refused, "changes are refused");
    }
}
