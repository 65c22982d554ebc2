//! A disk and a process over it that go wrong at a chosen moment.
//!
//! It promises what sled does: a transaction is one entry of a log that is written in order. A crash
//! leaves what was flushed and of the rest the first so many transactions, each whole; one that is
//! torn is not recovered, and nothing behind it.

use std::{ops::Bound, panic::resume_unwind, sync::Arc};

use parking_lot::{Condvar, Mutex};
use stele_store::{
    Backend, Committed, Guard, Memory, Observer, Purpose, Scan, StoreError, Tree, Write,
};

/// Where something can go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    Write,
    Flush,
    Acknowledge,
    Observe,
}

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The process ends.
    Kill,
    /// The system returns an error.
    Failure,
    /// The program panics.
    Panic,
    /// Somebody else was quicker.
    Contention,
}

#[derive(Debug, Clone, Copy)]
pub struct Fault {
    pub moment: Moment,
    pub trouble: Trouble,
    /// So many such moments pass before it.
    pub skip: u32,
    /// Whether what was asked for is done nevertheless.
    pub is_done: bool,
}

#[derive(Default)]
struct Disk {
    /// What the process sees.
    live: Memory,
    flushed: Memory,
    /// Transactions since the last flush, in order.
    unflushed: Vec<Vec<Write>>,
    fault: Option<Fault>,
    struck: Option<Trouble>,
    is_dead: bool,
    /// Full after so many more questions for room.
    fills_after: Option<u32>,
    /// Recorded times that the observer was told.
    told: Vec<jiff::Timestamp>,
}

#[derive(Default)]
struct Gate {
    /// So many such moments pass before it.
    holds_at: Option<(Moment, u32)>,
    is_held: bool,
}

#[derive(Clone, Default)]
pub struct World {
    disk: Arc<Mutex<Disk>>,
    gate: Arc<(Mutex<Gate>, Condvar)>,
}

fn copied(memory: &Memory) -> Memory {
    let copy = Memory::default();
    let writes = Tree::ALL.iter().flat_map(|tree| {
        let pairs = memory.scan(*tree, Bound::Unbounded, Bound::Unbounded);
        pairs.map(|pair| {
            let (key, value) = pair.unwrap();
            Write { tree: *tree, key, value: Some(value) }
        })
    });
    copy.write(writes.collect()).unwrap();
    copy
}

fn broken() -> StoreError {
    StoreError::Io { action: "writing", detail: "the disk is broken".to_owned() }
}

impl World {
    /// Does what is asked, unless this is the moment at which something goes wrong. None: somebody
    /// else was quicker.
    fn meet<T>(
        &self,
        moment: Moment,
        effect: impl FnOnce(&mut Disk) -> T,
    ) -> Result<Option<T>, StoreError> {
        self.pass(moment);
        let mut disk = self.disk.lock();
        if disk.is_dead {
            return Err(broken());
        }
        let Some(fault) = disk.fault.as_mut().filter(|fault| fault.moment == moment) else {
            return Ok(Some(effect(&mut disk)));
        };
        if let Some(left) = fault.skip.checked_sub(1) {
            fault.skip = left;
            return Ok(Some(effect(&mut disk)));
        }
        let Fault { trouble, is_done, .. } = *fault;
        disk.fault = None;
        disk.struck = Some(trouble);
        if is_done && trouble != Trouble::Contention {
            effect(&mut disk);
        }
        match trouble {
            Trouble::Contention => Ok(None),
            Trouble::Failure => Err(broken()),
            Trouble::Kill => {
                disk.is_dead = true;
                Err(broken())
            }
            Trouble::Panic => {
                drop(disk);
                resume_unwind(Box::new("a panic that was asked for"))
            }
        }
    }

    /// Waits here while it is held up.
    fn pass(&self, moment: Moment) {
        let (gate, opened) = &*self.gate;
        let mut gate = gate.lock();
        let Some((_, left)) = gate.holds_at.as_mut().filter(|(at, _)| *at == moment) else {
            return;
        };
        if let Some(less) = left.checked_sub(1) {
            *left = less;
        } else {
            gate.holds_at = None;
            gate.is_held = true;
            while gate.is_held {
                opened.wait(&mut gate);
            }
        }
    }

    /// After so many such moments the next one lasts until [`World::release`].
    pub fn hold(&self, moment: Moment, after: u32) {
        self.gate.0.lock().holds_at = Some((moment, after));
    }

    pub fn is_held(&self) -> bool {
        self.gate.0.lock().is_held
    }

    pub fn release(&self) {
        *self.gate.0.lock() = Gate::default();
        self.gate.1.notify_all();
    }

    pub fn arm(&self, fault: Option<Fault>) {
        let mut disk = self.disk.lock();
        disk.fault = fault;
        disk.struck = None;
    }

    /// What went wrong since it was armed.
    pub fn struck(&self) -> Option<Trouble> {
        self.disk.lock().struck
    }

    /// Nothing more goes wrong. What did is still known.
    pub fn disarm(&self) {
        self.disk.lock().fault = None;
    }

    pub fn is_dead(&self) -> bool {
        self.disk.lock().is_dead
    }

    pub fn fill_after(&self, questions: Option<u32>) {
        self.disk.lock().fills_after = questions;
    }

    pub fn is_full(&self) -> bool {
        self.disk.lock().fills_after == Some(0)
    }

    pub fn unflushed(&self) -> usize {
        self.disk.lock().unflushed.len()
    }

    pub fn was_told(&self, at: jiff::Timestamp) -> bool {
        self.disk.lock().told.contains(&at)
    }

    /// What a crash leaves: of what was not flushed the first `kept` transactions.
    pub fn after_crash(&self, kept: usize) -> Self {
        let disk = self.disk.lock();
        let flushed = copied(&disk.flushed);
        for writes in disk.unflushed.iter().take(kept) {
            flushed.write(writes.clone()).unwrap();
        }
        let live = copied(&flushed);
        let disk = Disk { live, flushed, ..Disk::default() };
        Self { disk: Arc::new(Mutex::new(disk)), gate: Arc::default() }
    }
}

impl Backend for World {
    fn get(&self, tree: Tree, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.disk.lock().live.get(tree, key)
    }

    fn scan(&self, tree: Tree, from: Bound<Vec<u8>>, to: Bound<Vec<u8>>) -> Scan<'_> {
        let live = self.disk.lock().live.clone();
        let pairs: Vec<_> = live.scan(tree, from, to).collect();
        Box::new(pairs.into_iter())
    }

    fn write(&self, writes: Vec<Write>) -> Result<(), StoreError> {
        self.write_if(Vec::new(), writes).map(|_| ())
    }

    fn write_if(&self, guards: Vec<Guard>, writes: Vec<Write>) -> Result<bool, StoreError> {
        let written = self.meet(Moment::Write, |disk| {
            let is_written = disk.live.write_if(guards, writes.clone())?;
            if is_written {
                disk.unflushed.push(writes);
            }
            Ok(is_written)
        })?;
        written.unwrap_or(Ok(false))
    }

    fn flush(&self) -> Result<(), StoreError> {
        let flushed = self.meet(Moment::Flush, |disk| {
            let unflushed = std::mem::take(&mut disk.unflushed);
            unflushed.into_iter().try_for_each(|writes| disk.flushed.write(writes))
        })?;
        flushed.unwrap_or(Ok(()))
    }

    fn acknowledged(&self, _: jiff::Timestamp) {
        // Nobody hears of an error here; a process that is dead acknowledges nothing.
        let _ = self.meet(Moment::Acknowledge, |_| ());
    }

    fn room(&self, bytes: u64, _: Purpose) -> Result<(), StoreError> {
        match &mut self.disk.lock().fills_after {
            None => Ok(()),
            Some(0) => Err(StoreError::Full { available: 0, needed: bytes }),
            Some(left) => {
                *left -= 1;
                Ok(())
            }
        }
    }
}

impl Observer for World {
    fn committed(&self, commits: &[Arc<Committed>]) {
        let _ = self.meet(Moment::Observe, |disk| {
            for committed in commits {
                let at = committed.recorded_at;
                assert!(disk.told.last().is_none_or(|last| *last < at), "told out of order");
                disk.told.push(at);
            }
        });
    }
}
