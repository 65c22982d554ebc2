//! One run: rounds of a few committers at once, each with what may go wrong in it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    thread,
};

use jiff::Timestamp;
use parking_lot::Mutex;
use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use stele_store::{Bounds, Clock, CommitError, Ledger, ReadOnlyCause, StoreError};

use crate::{
    model::{Model, remembered_at},
    work::{EMPLOYEES, KEYS, Order, TENANTS, Work},
    world::{Fault, Moment, Trouble, World},
};

const ROUNDS: u32 = 16;
/// Microseconds: 2026-01-01T00:00:00Z.
const BEGIN: i64 = 1_767_225_600_000_000;
const DAY: i64 = 86_400_000_000;

struct HandClock(AtomicI64);

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

type Outcome = Result<Option<Timestamp>, CommitError>;

pub struct Run<'a> {
    random: StdRng,
    clock: Arc<HandClock>,
    world: World,
    store: Ledger<World>,
    model: Model,
    orders: u32,
    /// What was done, for whoever looks into a failure.
    steps: &'a Mutex<Vec<String>>,
}

/// Releases whoever is held up.
struct Released<'a>(&'a World);

impl Drop for Released<'_> {
    fn drop(&mut self) {
        self.0.release();
    }
}

/// Each employee of an import is a slice of its own.
fn open(world: &World, clock: &Arc<HandClock>) -> Result<Ledger<World>, StoreError> {
    let bounds = Bounds { slice: 1, ..Bounds::default() };
    Ledger::start_within(world.clone(), clock.clone(), bounds)
}

/// Runs a seed to its end; panics at what must not be.
pub fn run(seed: u64, steps: &Mutex<Vec<String>>) {
    let clock = Arc::new(HandClock(AtomicI64::new(BEGIN)));
    let world = World::default();
    let store = open(&world, &clock).unwrap();
    let random = StdRng::seed_from_u64(seed);
    let mut run = Run { random, clock, world, store, model: Model::default(), orders: 0, steps };
    run.store.observe(Arc::new(run.world.clone()));
    for _ in 0..ROUNDS {
        run.round();
    }
    run.restart();
}

impl Run<'_> {
    fn say(&self, step: String) {
        self.steps.lock().push(step);
    }

    fn pass_time(&mut self) {
        let by = match self.random.random_range(0..20) {
            0 => -2_000_000,
            1 => 3 * DAY,
            2..10 => self.random.random_range(0..90_000_000),
            _ => 0,
        };
        self.clock.0.fetch_add(by, Ordering::SeqCst);
        self.say(format!("the clock moves by {by} us"));
    }

    fn order(&mut self, may_erase: bool, may_import: bool) -> Order {
        self.orders += 1;
        let random = &mut self.random;
        let tenant = TENANTS.choose(random).unwrap();
        let employee = EMPLOYEES.choose(random).unwrap();
        let work = match random.random_range(0..14) {
            0 => Work::Found,
            1..5 => {
                let latest = self.model.latest(tenant, employee);
                let expected = random.random_bool(0.5).then_some(latest);
                Work::Put { employee, deletes: random.random_bool(0.2), expected }
            }
            5..7 => Work::Activate,
            7..9 => {
                let count = random.random_range(1..4);
                let employees = (0..count).map(|_| *EMPLOYEES.choose(random).unwrap()).collect();
                // Some lie in several pieces.
                let length = if random.random_bool(0.2) { 5000 } else { 50 };
                Work::Record { employees, length }
            }
            9 if may_erase => {
                let mut results = self.model.results(tenant, employee);
                results.retain(|_| random.random_bool(0.7));
                Work::Erase { employee, results }
            }
            10 => Work::Remember,
            11..14 if may_import => {
                let count = random.random_range(1..=EMPLOYEES.len());
                let employees = EMPLOYEES.choose_multiple(random, count).copied().collect();
                Work::Import { employees }
            }
            _ => Work::Activate,
        };
        let is_keyed = !matches!(work, Work::Remember) && random.random_bool(0.3);
        let key = is_keyed.then(|| random.random_range(0..KEYS));
        Order { number: self.orders, tenant, work, key }
    }

    fn fault(&mut self) -> Option<Fault> {
        let random = &mut self.random;
        let moment =
            *[Moment::Write, Moment::Write, Moment::Flush, Moment::Acknowledge, Moment::Observe]
                .choose(random)?;
        let trouble = match (moment, random.random_range(0..4)) {
            (_, 0) => Trouble::Panic,
            (Moment::Write | Moment::Flush, 1) => Trouble::Failure,
            (Moment::Write, 2) => Trouble::Contention,
            _ => Trouble::Kill,
        };
        let skip = random.random_range(0..if moment == Moment::Write { 6 } else { 2 });
        let fault = Fault { moment, trouble, skip, is_done: random.random() };
        random.random_bool(0.5).then_some(fault)
    }

    fn round(&mut self) {
        self.pass_time();
        let count = *[1, 1, 2, 3, 4].choose(&mut self.random).unwrap();
        // Only the first and the last may erase: one that is overtaken comes last.
        let mut orders: Vec<_> = (0..count)
            .map(|place| self.order(place == 0 || place + 1 == count, place == 0))
            .collect();
        let first = orders[0].clone();
        let is_import = matches!(first.work, Work::Import { .. });
        if is_import {
            // Of those that wait for its end nobody knows who is next.
            let waiting = orders.iter_mut().filter(|order| order.touches(first.tenant)).skip(1);
            waiting.for_each(|order| order.work = Work::Activate);
        }
        let fault = self.fault();
        let fills_after = self.random.random_bool(0.1).then(|| self.random.random_range(0..3));
        self.say(format!("{orders:?} while {fault:?}, full after {fills_after:?}"));
        self.world.arm(fault);
        self.world.fill_after(fills_after);
        let outcomes = match is_import {
            true => self.submit_beside(&first, &orders[1..]),
            false => orders.iter().cloned().zip(self.submit_all(&orders)).collect(),
        };
        self.say(format!("{outcomes:?}, {:?}", self.world.struck()));
        self.world.disarm();
        let is_disk_full = self.world.is_full();
        for (order, outcome) in outcomes {
            self.note(order, outcome, is_disk_full);
        }
        self.look_after(is_disk_full);
    }

    /// All at once, in a known order: the first is held up while it is written or flushed, and the
    /// others queue behind it.
    fn submit_all(&mut self, orders: &[Order]) -> Vec<Outcome> {
        let store = &self.store;
        let [first, others @ ..] = orders else { return Vec::new() };
        if others.is_empty() {
            return vec![first.submit(store)];
        }
        let moment = *[Moment::Write, Moment::Flush].choose(&mut self.random).unwrap();
        self.world.hold(moment, 0);
        thread::scope(|scope| {
            let mut committers = vec![scope.spawn(|| first.submit(store))];
            while !self.world.is_held() && !committers.iter().all(|one| one.is_finished()) {
                thread::yield_now();
            }
            // Also after a panic: who is held up would be waited for.
            let released = Released(&self.world);
            if self.world.is_held() {
                // What is written and not durable is seen by nobody.
                self.model.compare(store, self.clock.now(), Some(first));
                for (others_before, order) in (0..).zip(others) {
                    let committer = scope.spawn(|| order.submit(store));
                    while store.statistics().waiting == others_before && !committer.is_finished() {
                        thread::yield_now();
                    }
                    committers.push(committer);
                }
                drop(released);
                return committers.into_iter().map(|one| one.join().unwrap()).collect();
            }
            // It was refused before it was written.
            drop(released);
            let refused = committers.into_iter().map(|one| one.join().unwrap());
            refused.chain(others.iter().map(|order| order.submit(store))).collect()
        })
    }

    /// An import that is held up at one of its slices, and the others meanwhile; in the order in
    /// which they are made.
    fn submit_beside(&mut self, import: &Order, others: &[Order]) -> Vec<(Order, Outcome)> {
        let Work::Import { employees } = &import.work else { return Vec::new() };
        // The first write opens it.
        let slice = self.random.random_range(1..=employees.len());
        self.world.hold(Moment::Write, slice as u32);
        let (store, submit) =
            (&self.store, |order: &Order| (order.clone(), order.submit(&self.store)));
        thread::scope(|scope| {
            let importing = scope.spawn(|| submit(import));
            while !self.world.is_held() && !importing.is_finished() {
                thread::yield_now();
            }
            // Also after a panic: who is held up would be waited for.
            let released = Released(&self.world);
            if !self.world.is_held() {
                // It was refused before.
                drop(released);
                let import = importing.join().unwrap();
                return std::iter::once(import).chain(others.iter().map(submit)).collect();
            }
            self.model.compare(store, self.clock.now(), None);
            let (waiting, passing): (Vec<_>, Vec<_>) =
                others.iter().partition(|order| order.touches(import.tenant));
            let mut made: Vec<_> = passing.into_iter().map(submit).collect();
            let waiting: Vec<_> =
                waiting.into_iter().map(|order| scope.spawn(move || submit(order))).collect();
            drop(released);
            made.push(importing.join().unwrap());
            made.extend(waiting.into_iter().map(|one| one.join().unwrap()));
            made
        })
    }

    /// Judges an outcome, and notes what it makes certain.
    fn note(&mut self, order: Order, outcome: Outcome, is_disk_full: bool) {
        let now = self.clock.now();
        // Nobody hears of what a dead process answers.
        if self.world.is_dead() {
            let mut was_refused = matches!(outcome, Err(CommitError::Unmet(_)));
            was_refused |= matches!(outcome, Err(CommitError::Store(StoreError::Answered)));
            let list =
                if was_refused { &mut self.model.refused } else { &mut self.model.uncertain };
            return list.push(order);
        }
        match outcome {
            Ok(at) => {
                assert!(self.model.admits(&order, now), "{order:?} was made");
                let at = at.or_else(|| remembered_at(&self.store, &order));
                let at = at.expect("what was acknowledged is there");
                if order.log().is_some() {
                    assert!(self.world.was_told(at), "{order:?}: acknowledged and nobody was told");
                }
                self.model.make(order, at);
            }
            Err(CommitError::Unmet(_) | CommitError::Store(StoreError::Answered)) => {
                // What is uncertain was written before it.
                let is_certain = self.model.uncertain.is_empty();
                assert!(!is_certain || !self.model.admits(&order, now), "{order:?} was refused");
                self.model.refused.push(order);
            }
            Err(CommitError::Store(error)) => {
                let struck = self.world.struck();
                match error {
                    StoreError::Full { .. } if is_disk_full => self.model.refused.push(order),
                    StoreError::Contended if struck == Some(Trouble::Contention) => {
                        self.model.refused.push(order);
                    }
                    StoreError::ReadOnly { cause: ReadOnlyCause::WriteFailed(_) }
                        if struck == Some(Trouble::Failure) =>
                    {
                        self.model.refused.push(order);
                    }
                    StoreError::Io { .. } if struck == Some(Trouble::Failure) => {
                        self.model.uncertain.push(order);
                    }
                    StoreError::ReadOnly { cause: ReadOnlyCause::WriterEnded }
                        if struck == Some(Trouble::Panic) =>
                    {
                        self.model.uncertain.push(order);
                    }
                    error => panic!("{order:?}: {error}"),
                }
            }
        }
    }

    /// What the store is like after the round, and a restart if it needs one, or by chance.
    fn look_after(&mut self, is_disk_full: bool) {
        if self.world.is_dead() {
            return self.restart();
        }
        if matches!(self.world.struck(), Some(Trouble::Failure | Trouble::Panic)) {
            assert!(self.store.read_only().is_some(), "it works on");
            self.world.fill_after(None);
            let order = self.order(false, true);
            let refused = order.submit(&self.store);
            let Err(CommitError::Store(StoreError::ReadOnly { .. })) = refused else {
                panic!("{order:?}: {refused:?}")
            };
            self.model.refused.push(order);
            return self.restart();
        }
        if is_disk_full {
            let cause = self.store.read_only();
            assert!(matches!(cause, Some(ReadOnlyCause::Full { .. })), "{cause:?}");
            self.world.fill_after(None);
            // There is room again.
            let order = Order { work: Work::Activate, key: None, ..self.order(false, false) };
            let outcome = order.submit(&self.store);
            self.note(order, outcome, false);
        }
        self.world.fill_after(None);
        assert_eq!(self.store.read_only(), None);
        self.model.compare(&self.store, self.clock.now(), None);
        if self.random.random_bool(0.1) {
            self.restart();
        }
    }

    /// The process ends, wherever it was, and the store is opened over what the disk has.
    fn restart(&mut self) {
        let kept = self.random.random_range(0..=self.world.unflushed());
        self.say(format!("a restart; of {} {kept} are kept", self.world.unflushed()));
        self.world = self.world.after_crash(kept);
        self.store = loop {
            // It may end again while it puts in order what is left.
            let (moment, trouble) = (Moment::Write, Trouble::Kill);
            let (skip, is_done) = (self.random.random_range(0..3), self.random.random());
            let fault = Fault { moment, trouble, skip, is_done };
            self.world.arm(self.random.random_bool(0.3).then_some(fault));
            match open(&self.world, &self.clock) {
                Ok(store) => break store,
                Err(error) => assert!(self.world.is_dead(), "{error}"),
            }
            let kept = self.random.random_range(0..=self.world.unflushed());
            self.say(format!("another, at {skip}; {kept} are kept"));
            self.world = self.world.after_crash(kept);
        };
        self.world.arm(None);
        self.store.observe(Arc::new(self.world.clone()));
        assert_eq!(self.store.read_only(), None);
        self.model.settle(&self.store);
        self.model.compare(&self.store, self.clock.now(), None);
        self.store.verify().unwrap();
    }
}
