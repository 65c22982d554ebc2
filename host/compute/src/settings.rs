//! What an operator may set, each with the reason for its default.

use std::num::NonZeroUsize;
use std::thread;
use std::time::Duration;

/// The limits of the pool. [`Settings::default`] suits the machine that it is made on.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Threads. Twice the cores: a slice can not be interrupted by us, and one call of a rule may
    /// take its whole fuel, some 50 ms. With threads left over the kernel divides the cores between
    /// such calls of different holders.
    pub threads: NonZeroUsize,
    /// Threads that one holder may have at once: as many as there are cores, so that one alone has
    /// the whole machine, and never all of `threads`, so that the next one who comes finds one free.
    pub threads_per_holder: NonZeroUsize,
    /// How long a job may go on before it is another's turn. A millisecond is a thousand payslips,
    /// beside which changing jobs costs nothing, and far less than anybody notices.
    pub slice: Duration,
    /// Jobs of one holder that wait or run. A tenant's batches bring a few for each core.
    pub jobs_per_holder: usize,
    /// Jobs of all holders that wait or run. Each is some KiB with what it works on.
    pub jobs: usize,
    /// Jobs of one holder that have been begun and not ended. A begun job may hold something scarce
    /// over its turns, such as a rule's instance. Four times its threads, so that its reports leave
    /// turns to its batches, and some can wait for something else.
    pub begun_per_holder: usize,
    /// Jobs of all holders that have been begun and not ended. Less than there are instances of
    /// rules, so that a calculation in place always finds one.
    pub begun: usize,
    /// How far below the serving threads, as Unix counts niceness, 0 to 19. At 10 a serving thread
    /// that wants the core has nine tenths of it, and a machine with nothing else to do notices no
    /// difference.
    pub niceness: u8,
    /// What a refused caller is told to wait: some hundred slices a thread later there is room.
    pub retry_after: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        let cores = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        Self {
            threads: cores.saturating_mul(TWICE),
            threads_per_holder: cores,
            slice: Duration::from_millis(1),
            jobs_per_holder: 256,
            jobs: 4096,
            begun_per_holder: cores.get().saturating_mul(4),
            begun: 192,
            niceness: 10,
            retry_after: Duration::from_secs(1),
        }
    }
}

const TWICE: NonZeroUsize = NonZeroUsize::MIN.saturating_add(1);

impl Settings {
    /// Threads of one holder: never all of them, where there is more than one.
    pub(crate) fn threads_of_a_holder(&self) -> usize {
        let most = self.threads.get().saturating_sub(1).max(1);
        self.threads_per_holder.get().min(most)
    }
}
