//! Who is next: the whole policy, without threads and without a clock.
//!
//! - Between holders: whoever has used the processor least is next. A slice is charged when it
//!   begins, with the length that it should have, and put right when it ends, so a call that takes
//!   fifty times its slice costs its holder fifty turns. Slices of the same length make this a round.
//! - Time in which nobody asked is not saved up: who comes back stands where the others are.
//! - Within a holder: first come, first served; a job that gave its thread away stands last.
//! - A holder has a bounded number of threads, of begun jobs and of jobs, and so have all together.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use crate::error::Room;
use crate::settings::Settings;
use crate::statistics::Statistics;

/// The queues of all holders.
pub(crate) struct Turns<J> {
    bounds: Bounds,
    /// Those that have jobs, and those that have none but used more than the others have by now.
    holders: HashMap<Arc<str>, Line<J>>,
    /// What the holder whose turn was last had used by then: where a newcomer stands.
    reached: Duration,
    /// The number of the next place in a queue.
    place: u64,
    jobs: usize,
    begun: usize,
    running: usize,
}

/// How many, and for how long.
#[derive(Debug, Clone, Copy)]
struct Bounds {
    threads_per_holder: usize,
    slice: Duration,
    jobs_per_holder: usize,
    jobs: usize,
    begun_per_holder: usize,
    begun: usize,
}

/// The queue of one holder. A job stands in one of the two, or has a thread, or waits for something
/// that is not ours.
struct Line<J> {
    /// Jobs that have not been begun, with their places.
    new: VecDeque<(u64, J)>,
    /// Jobs that have, and could go on.
    ready: VecDeque<(u64, J)>,
    /// Time on the processor, counted from where it came in.
    used: Duration,
    jobs: usize,
    begun: usize,
    running: usize,
}

/// Which of the two queues of a holder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Queue {
    New,
    Ready,
}

impl<J> Turns<J> {
    pub(crate) fn new(settings: &Settings) -> Self {
        Self {
            bounds: Bounds {
                threads_per_holder: settings.threads_of_a_holder(),
                slice: settings.slice,
                jobs_per_holder: settings.jobs_per_holder,
                jobs: settings.jobs,
                // Without one nothing would ever be done.
                begun_per_holder: settings.begun_per_holder.max(1),
                begun: settings.begun.max(1),
            },
            holders: HashMap::new(),
            reached: Duration::ZERO,
            place: 0,
            jobs: 0,
            begun: 0,
            running: 0,
        }
    }

    /// Room for one more job of this holder, until [`Turns::leave`].
    pub(crate) fn enter(&mut self, holder: &Arc<str>) -> Result<(), Room> {
        let own = self.holders.get(holder).map_or(0, |line| line.jobs);
        if own >= self.bounds.jobs_per_holder {
            return Err(Room::Holder);
        }
        if self.jobs >= self.bounds.jobs {
            return Err(Room::All);
        }
        self.holders.entry(holder.clone()).or_insert_with(Line::new).jobs += 1;
        self.jobs += 1;
        Ok(())
    }

    /// A job that has entered stands in for its first slice.
    pub(crate) fn push_new(&mut self, holder: &Arc<str>, job: J) {
        self.push(holder, job, Queue::New);
    }

    /// A job that has been begun stands in for another slice.
    pub(crate) fn push_ready(&mut self, holder: &Arc<str>, job: J) {
        self.push(holder, job, Queue::Ready);
    }

    fn push(&mut self, holder: &Arc<str>, job: J, queue: Queue) {
        let (place, reached) = (self.place, self.reached);
        // Nobody pushes who has not entered; if so, the job has a turn nevertheless.
        let line = self.holders.entry(holder.clone()).or_insert_with(Line::new);
        if !line.is_busy() {
            line.used = line.used.max(reached);
        }
        match queue {
            Queue::New => line.new.push_back((place, job)),
            Queue::Ready => line.ready.push_back((place, job)),
        }
        self.place += 1;
    }

    /// The job whose turn it is, and whether it is its first; it has a thread until [`Turns::end`].
    /// None: no job may run. Linear in the number of holders that have jobs, of which there are as
    /// many as `jobs` allows: some microseconds at the worst, beside a slice of a millisecond.
    pub(crate) fn next(&mut self) -> Option<(J, bool)> {
        let may_begin = self.begun < self.bounds.begun;
        let ready = self.holders.iter().filter_map(|(holder, line)| {
            let (place, queue) = line.first(&self.bounds, may_begin)?;
            Some((line.used, place, queue, holder))
        });
        let (_, _, queue, holder) = ready.min_by_key(|(used, place, ..)| (*used, *place))?;
        let holder = holder.clone();
        let line = self.holders.get_mut(&holder)?;
        let is_first = queue == Queue::New;
        let (_, job) = if is_first { line.new.pop_front() } else { line.ready.pop_front() }?;
        let used = line.used;
        line.used += self.bounds.slice;
        line.running += 1;
        self.running += 1;
        if is_first {
            line.begun += 1;
            self.begun += 1;
        }
        if used > self.reached {
            self.reached = used;
            // Those who are gone and have no longer used more than others.
            self.holders.retain(|_, line| line.jobs > 0 || line.running > 0 || line.used > used);
        }
        Some((job, is_first))
    }

    /// The slice of a job of this holder is over, after that time.
    pub(crate) fn end(&mut self, holder: &Arc<str>, took: Duration) {
        let slice = self.bounds.slice;
        if let Some(line) = self.holders.get_mut(holder) {
            line.used = line.used.saturating_sub(slice) + took;
            line.running = line.running.saturating_sub(1);
        }
        self.running = self.running.saturating_sub(1);
        self.forget_if_idle();
    }

    /// A job of this holder has ended, by whatever end; `begun` says whether it ever had a turn.
    pub(crate) fn leave(&mut self, holder: &Arc<str>, begun: bool) {
        let begun = usize::from(begun);
        if let Some(line) = self.holders.get_mut(holder) {
            line.jobs = line.jobs.saturating_sub(1);
            line.begun = line.begun.saturating_sub(begun);
        }
        self.jobs = self.jobs.saturating_sub(1);
        self.begun = self.begun.saturating_sub(begun);
        self.forget_if_idle();
    }

    /// Where nobody has a job nobody has used more than others.
    fn forget_if_idle(&mut self) {
        if self.jobs == 0 && self.running == 0 {
            self.holders.clear();
        }
    }

    /// All jobs that stand in a queue, taken out.
    pub(crate) fn drain(&mut self) -> Vec<J> {
        let lines = self.holders.values_mut();
        lines
            .flat_map(|line| line.new.drain(..).chain(line.ready.drain(..)).map(|(_, job)| job))
            .collect()
    }

    /// Fills in the gauges.
    pub(crate) fn gauges(&self, statistics: &mut Statistics) {
        statistics.holders = self.holders.values().filter(|line| line.jobs > 0).count();
        statistics.queued = self.jobs.saturating_sub(self.begun);
        statistics.begun = self.begun;
        statistics.running = self.running;
    }
}

impl<J> Line<J> {
    fn new() -> Self {
        Self {
            new: VecDeque::new(),
            ready: VecDeque::new(),
            used: Duration::ZERO,
            jobs: 0,
            begun: 0,
            running: 0,
        }
    }

    /// Whether it has or wants a thread.
    fn is_busy(&self) -> bool {
        self.running > 0 || !self.new.is_empty() || !self.ready.is_empty()
    }

    /// The place and the queue of the job that would be next, if one may run.
    fn first(&self, bounds: &Bounds, may_begin: bool) -> Option<(u64, Queue)> {
        if self.running >= bounds.threads_per_holder {
            return None;
        }
        let ready = self.ready.front().map(|(place, _)| (*place, Queue::Ready));
        let may_begin = may_begin && self.begun < bounds.begun_per_holder;
        let new = self.new.front().filter(|_| may_begin).map(|(place, _)| (*place, Queue::New));
        match (ready, new) {
            (Some(ready), Some(new)) => Some(if ready.0 < new.0 { ready } else { new }),
            (ready, new) => ready.or(new),
        }
    }
}

#[cfg(test)]
mod tests;
