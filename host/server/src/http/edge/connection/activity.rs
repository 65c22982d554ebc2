//! What one connection is doing: what its clock, and whoever needs its place, must know.

use std::num::NonZeroUsize;
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::Notify;
use tokio::time::{Duration, Instant};

/// What a connection is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Doing {
    /// Nothing was asked yet, since it was accepted.
    Silent(Instant),
    /// So many requests are being answered.
    Busy(NonZeroUsize),
    /// Everything that was asked is answered, since then.
    Idle(Instant),
}

/// The activity of a connection.
#[derive(Debug)]
pub(crate) struct Activity {
    doing: Mutex<Doing>,
    displaced: Notify,
}

impl Activity {
    /// Of a connection that was accepted just now.
    pub(crate) fn new() -> Activity {
        Activity { doing: Mutex::new(Doing::Silent(Instant::now())), displaced: Notify::new() }
    }

    /// What it is doing.
    pub(crate) fn doing(&self) -> Doing {
        *self.doing.lock()
    }

    /// Notes a request that has arrived, until its answer has been sent.
    pub(crate) fn begin(self: &Arc<Activity>) -> InFlight {
        let mut doing = self.doing.lock();
        *doing = match *doing {
            Doing::Busy(requests) => Doing::Busy(requests.saturating_add(1)),
            Doing::Silent(_) | Doing::Idle(_) => Doing::Busy(NonZeroUsize::MIN),
        };
        InFlight(self.clone())
    }

    /// Asks the connection to make room for another.
    pub(crate) fn displace(&self) {
        self.displaced.notify_one();
    }

    /// Until it has been silent or idle for too long, or must make room for another. Says why.
    pub(crate) async fn outstayed(&self, head: Duration, idle: Duration) -> &'static str {
        loop {
            let (until, cause) = match self.doing() {
                Doing::Silent(since) => (since + head, "silent"),
                Doing::Idle(since) => (since + idle, "idle"),
                // If it becomes idle at once, that is when it will have been idle for too long.
                Doing::Busy(_) => (Instant::now() + idle, "busy"),
            };
            if until <= Instant::now() {
                return cause;
            }
            tokio::select! {
                () = tokio::time::sleep_until(until) => {}
                () = self.displaced.notified() => return "displaced",
            }
        }
    }
}

/// A request whose answer has not been sent yet.
#[derive(Debug)]
pub(crate) struct InFlight(Arc<Activity>);

impl Drop for InFlight {
    fn drop(&mut self) {
        let mut doing = self.0.doing.lock();
        if let Doing::Busy(requests) = *doing {
            *doing = match NonZeroUsize::new(requests.get() - 1) {
                Some(others) => Doing::Busy(others),
                None => Doing::Idle(Instant::now()),
            };
        }
    }
}
