//! The time, as something that a test can set.

use jiff::Timestamp;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now. It may stand still or go back; recorded time does not.
    fn now(&self) -> Timestamp;
}

/// The system's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}
