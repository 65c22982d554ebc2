//! The threads, and where a job enters and leaves.

use std::fmt;
use std::future::Future;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use async_task::{Builder, Runnable};
use parking_lot::{Condvar, Mutex};
use tokio::runtime::Handle;

use crate::contained::{Contained, Panicked};
use crate::error::{ComputeError, Room};
use crate::niceness::lower_priority;
use crate::settings::Settings;
use crate::statistics::{Counters, Statistics, count};
use crate::turn::{self, Turn};
use crate::turns::Turns;

/// The pool. Cheap to clone; its threads end with the last clone, and with them the jobs that are
/// left.
#[derive(Clone)]
pub struct Compute(Arc<Owner>);

/// A patient caller asks again in such a part of the time that another is told to wait: it has been
/// waiting already.
const PARTS: u32 = 10;

/// What the clones share; the threads do not hold it.
struct Owner {
    shared: Arc<Shared>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

/// What the threads and the jobs share.
struct Shared {
    settings: Settings,
    state: Mutex<State>,
    /// Rung once for every job that may run and every room that came free.
    wake: Condvar,
    counters: Counters,
}

struct State {
    turns: Turns<Runnable<Ticket>>,
    is_stopped: bool,
}

/// What a job has with it on its way through the pool.
struct Ticket {
    admission: Arc<Admission>,
    /// Where the job was asked for: it may wait for whatever is driven there.
    tokio: Option<Handle>,
}

/// Whose job it is, and whether it ever had a turn.
struct Admission {
    holder: Arc<str>,
    begun: AtomicBool,
}

/// A job's room, given back with the job, however it ends.
struct Admitted {
    shared: Arc<Shared>,
    admission: Arc<Admission>,
    /// Whether it came to its end, be it an answer or a panic.
    has_ended: bool,
}

impl Compute {
    /// Starts the threads.
    pub fn new(settings: Settings) -> io::Result<Self> {
        let threads = settings.threads.get();
        let shared = Arc::new(Shared {
            state: Mutex::new(State { turns: Turns::new(&settings), is_stopped: false }),
            wake: Condvar::new(),
            counters: Counters::default(),
            settings,
        });
        // Ends those that were started if one can not be.
        let owner = Owner { shared, threads: Mutex::default() };
        for number in 0..threads {
            let shared = owner.shared.clone();
            let builder = thread::Builder::new().name(format!("stele-compute-{number}"));
            let thread = builder.spawn(move || {
                lower_priority(shared.settings.niceness);
                shared.work();
            })?;
            owner.threads.lock().push(thread);
        }
        Ok(Self(Arc::new(owner)))
    }

    /// What it was started with.
    pub fn settings(&self) -> &Settings {
        &self.0.shared.settings
    }

    /// Runs a job for a holder, in its turn. Dropping this future ends the job where it next gives
    /// its thread away.
    ///
    /// The job should start no threads, which would inherit the low priority, and not wait for
    /// another job of the pool, which may only be begun when this one has ended.
    ///
    /// # Errors
    /// [`ComputeError::Saturated`] at once, where the job is not taken; the others after it was
    /// begun.
    pub async fn run<T, F>(
        &self,
        holder: &Arc<str>,
        job: impl FnOnce(Turn) -> F + Send + 'static,
    ) -> Result<T, ComputeError>
    where
        T: Send + 'static,
        F: Future<Output = T> + Send + 'static,
    {
        self.admitted(self.0.shared.admit(holder)?, job).await
    }

    /// The same for a part of something long that nobody wants to begin anew: where there is no
    /// room it asks again, for so long.
    ///
    /// # Errors
    /// As [`Compute::run`].
    pub async fn run_patiently<T, F>(
        &self,
        holder: &Arc<str>,
        patience: Duration,
        job: impl FnOnce(Turn) -> F + Send + 'static,
    ) -> Result<T, ComputeError>
    where
        T: Send + 'static,
        F: Future<Output = T> + Send + 'static,
    {
        let begun = Instant::now();
        loop {
            match self.0.shared.admit(holder) {
                Err(ComputeError::Saturated { retry_after, .. }) if begun.elapsed() < patience => {
                    tokio::time::sleep(retry_after / PARTS).await;
                }
                admitted => return self.admitted(admitted?, job).await,
            }
        }
    }

    async fn admitted<T, F>(
        &self,
        mut admitted: Admitted,
        job: impl FnOnce(Turn) -> F + Send + 'static,
    ) -> Result<T, ComputeError>
    where
        T: Send + 'static,
        F: Future<Output = T> + Send + 'static,
    {
        let ticket =
            Ticket { admission: admitted.admission.clone(), tokio: Handle::try_current().ok() };
        let future = async move {
            let answer = Contained::new(async move { job(Turn::new()).await }).await;
            admitted.end(answer.is_err());
            answer.map_err(|Panicked| ComputeError::Panicked)
        };
        let shared = self.0.shared.clone();
        let schedule = move |runnable| shared.push(runnable);
        let (runnable, task) = Builder::new().metadata(ticket).spawn(|_| future, schedule);
        runnable.schedule();
        task.fallible().await.unwrap_or(Err(ComputeError::Stopped))
    }

    /// Ends the pool: whoever waits for a job is told so, and when this returns no job runs. Blocks
    /// as long as the longest slice that runs; must not be called by a job.
    pub fn stop(&self) {
        self.0.shared.stop();
        for thread in self.0.threads.lock().drain(..) {
            if thread.join().is_err() {
                tracing::error!("a thread that computes ended by a defect");
            }
        }
    }

    /// What it has done so far and how it is now.
    pub fn statistics(&self) -> Statistics {
        let shared = &self.0.shared;
        let mut statistics = shared.counters.snapshot();
        statistics.threads = shared.settings.threads.get();
        shared.state.lock().turns.gauges(&mut statistics);
        statistics
    }
}

impl fmt::Debug for Compute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Compute").field("threads", &self.settings().threads).finish_non_exhaustive()
    }
}

impl Shared {
    /// Begins no slice any more, and drops the jobs that wait for one.
    fn stop(&self) {
        let mut state = self.state.lock();
        state.is_stopped = true;
        let left = state.turns.drain();
        drop(state);
        self.wake.notify_all();
        // Each gives its room back, for which it needs the lock.
        drop(left);
    }

    fn admit(self: &Arc<Self>, holder: &Arc<str>) -> Result<Admitted, ComputeError> {
        if let Err(room) = self.state.lock().turns.enter(holder) {
            count(match room {
                Room::Holder => &self.counters.refused_for_holder,
                Room::All => &self.counters.refused_for_all,
            });
            return Err(ComputeError::Saturated { room, retry_after: self.settings.retry_after });
        }
        let admission =
            Arc::new(Admission { holder: holder.clone(), begun: AtomicBool::new(false) });
        Ok(Admitted { shared: self.clone(), admission, has_ended: false })
    }

    fn push(&self, runnable: Runnable<Ticket>) {
        let admission = runnable.metadata().admission.clone();
        let mut state = self.state.lock();
        if state.is_stopped {
            drop(state);
            // Which ends the job and tells its caller.
            drop(runnable);
            return;
        }
        match admission.begun.load(Relaxed) {
            false => state.turns.push_new(&admission.holder, runnable),
            true => state.turns.push_ready(&admission.holder, runnable),
        }
        drop(state);
        self.wake.notify_one();
    }

    /// What a thread does until the pool ends.
    fn work(&self) {
        let mut state = self.state.lock();
        while !state.is_stopped {
            let Some((runnable, is_first)) = state.turns.next() else {
                self.wake.wait(&mut state);
                continue;
            };
            let admission = runnable.metadata().admission.clone();
            if is_first {
                admission.begun.store(true, Relaxed);
            }
            drop(state);
            let began = Instant::now();
            self.slice(runnable, began);
            let took = began.elapsed();
            self.counters.slice(took);
            state = self.state.lock();
            state.turns.end(&admission.holder, took);
        }
    }

    /// One slice of a job, or the end of one whose caller has gone.
    fn slice(&self, runnable: Runnable<Ticket>, began: Instant) {
        let tokio = runnable.metadata().tokio.clone();
        let _entered = tokio.as_ref().map(Handle::enter);
        turn::slice(began.checked_add(self.settings.slice), || {
            runnable.run();
        });
    }
}

impl Admitted {
    /// The job came to its end.
    fn end(&mut self, panicked: bool) {
        self.has_ended = true;
        let counters = &self.shared.counters;
        count(if panicked { &counters.panicked } else { &counters.finished });
    }
}

impl Drop for Admitted {
    fn drop(&mut self) {
        if !self.has_ended {
            count(&self.shared.counters.dropped);
        }
        let begun = self.admission.begun.load(Relaxed);
        self.shared.state.lock().turns.leave(&self.admission.holder, begun);
        // Somebody else's first turn may have waited for this room.
        self.shared.wake.notify_one();
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        // Without waiting: the last one may go in a job, on one of the threads.
        self.shared.stop();
    }
}
