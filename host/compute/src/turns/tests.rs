//! The policy on a clock that only we move: some threads, jobs of known lengths, and what must hold
//! whatever they are.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use proptest::prelude::*;

use super::*;

/// A job: when it comes, and how long each of its slices takes, in microseconds.
#[derive(Debug, Clone)]
struct Planned {
    holder: usize,
    comes: u64,
    slices: Vec<u64>,
}

/// A slice that was run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Ran {
    job: usize,
    holder: usize,
    from: u64,
    to: u64,
}

/// How it went: all slices in the order in which they began, and when each job was refused.
struct Day {
    ran: Vec<Ran>,
    refused: Vec<(usize, Room)>,
}

fn settings(threads: usize, threads_per_holder: usize) -> Settings {
    let number = |number| NonZeroUsize::new(number).unwrap();
    Settings {
        threads: number(threads),
        threads_per_holder: number(threads_per_holder),
        slice: Duration::from_micros(SLICE),
        ..Settings::default()
    }
}

const SLICE: u64 = 1000;

fn name(holder: usize) -> Arc<str> {
    Arc::from(format!("holder {holder}"))
}

/// Runs the jobs on as many threads as the settings say.
fn run(settings: &Settings, jobs: &[Planned]) -> Day {
    let mut turns: Turns<usize> = Turns::new(settings);
    let mut coming: Vec<usize> = (0..jobs.len()).collect();
    coming.sort_by_key(|job| jobs[*job].comes);
    let mut coming = coming.into_iter().peekable();
    let mut threads: Vec<Option<Ran>> = vec![None; settings.threads.get()];
    let mut done = vec![0; jobs.len()];
    let mut begun = vec![false; jobs.len()];
    let mut day = Day { ran: Vec::new(), refused: Vec::new() };
    let mut now = 0;
    loop {
        while let Some(job) = coming.next_if(|job| jobs[*job].comes <= now) {
            let holder = name(jobs[job].holder);
            match turns.enter(&holder) {
                Ok(()) => turns.push_new(&holder, job),
                Err(room) => day.refused.push((job, room)),
            }
        }
        for thread in &mut threads {
            if thread.is_none() {
                let Some((job, is_first)) = turns.next() else { break };
                assert_ne!(is_first, begun[job], "a job is new once");
                begun[job] = true;
                let to = now + jobs[job].slices[done[job]];
                let ran = Ran { job, holder: jobs[job].holder, from: now, to };
                day.ran.push(ran);
                *thread = Some(ran);
            }
        }
        let ends = threads.iter().flatten().map(|ran| ran.to).min();
        let comes = coming.peek().map(|job| jobs[*job].comes);
        now = match (ends, comes) {
            (None, None) => break,
            (Some(ends), Some(comes)) => ends.min(comes),
            (ends, comes) => ends.or(comes).unwrap(),
        };
        for thread in &mut threads {
            if let Some(ran) = thread.take_if(|ran| ran.to <= now) {
                let holder = name(ran.holder);
                done[ran.job] += 1;
                // As a thread does it: what a slice causes, and then its end.
                match done[ran.job] < jobs[ran.job].slices.len() {
                    true => turns.push_ready(&holder, ran.job),
                    false => turns.leave(&holder, true),
                }
                turns.end(&holder, Duration::from_micros(ran.to - ran.from));
            }
        }
    }
    assert!(turns.holders.is_empty() && turns.jobs == 0 && turns.begun == 0 && turns.running == 0);
    day
}

/// Jobs of up to four holders; some yield in time, some burn fifty slices at once.
fn jobs() -> impl Strategy<Value = Vec<Planned>> {
    let length = prop_oneof![4 => 1..=SLICE, 1 => SLICE..=50 * SLICE];
    let job = (0..4_usize, 0..200 * SLICE, prop::collection::vec(length, 1..20))
        .prop_map(|(holder, comes, slices)| Planned { holder, comes, slices });
    prop::collection::vec(job, 1..40)
}

/// The most of something that was at the same time, by key.
fn most_at_once<K: Ord>(spans: impl Iterator<Item = (K, u64, u64)>) -> BTreeMap<K, usize> {
    let mut changes: BTreeMap<K, Vec<(u64, isize)>> = BTreeMap::new();
    for (key, from, to) in spans {
        // At one moment the ends come first.
        changes.entry(key).or_default().extend([(from, 1), (to, -1)]);
    }
    let most = |mut changes: Vec<(u64, isize)>| {
        changes.sort_unstable();
        let mut now = 0_isize;
        changes
            .into_iter()
            .map(|(_, change)| {
                now += change;
                now
            })
            .max()
            .unwrap_or(0) as usize
    };
    changes.into_iter().map(|(key, changes)| (key, most(changes))).collect()
}

/// From the first slice of each job to its last.
fn spans(ran: &[Ran]) -> BTreeMap<usize, (usize, u64, u64)> {
    let mut spans = BTreeMap::new();
    for ran in ran {
        let span = spans.entry(ran.job).or_insert((ran.holder, ran.from, ran.to));
        span.2 = ran.to;
    }
    spans
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_job_gets_all_its_slices_one_after_the_other(
        jobs in jobs(), threads in 1..5_usize, per_holder in 1..5_usize,
    ) {
        let day = run(&settings(threads, per_holder), &jobs);
        for (number, job) in jobs.iter().enumerate() {
            let own: Vec<&Ran> = day.ran.iter().filter(|ran| ran.job == number).collect();
            let lengths: Vec<u64> = own.iter().map(|ran| ran.to - ran.from).collect();
            prop_assert_eq!(&lengths, &job.slices);
            prop_assert!(own.windows(2).all(|pair| pair[0].to <= pair[1].from));
            prop_assert!(own[0].from >= job.comes);
        }
    }

    #[test]
    fn no_holder_has_more_than_its_threads_and_begun_jobs(
        jobs in jobs(), threads in 1..5_usize, per_holder in 1..5_usize,
        begun_per_holder in 1..4_usize, begun in 1..6_usize,
    ) {
        let settings = Settings { begun_per_holder, begun, ..settings(threads, per_holder) };
        let day = run(&settings, &jobs);
        let most = most_at_once(day.ran.iter().map(|ran| (ran.holder, ran.from, ran.to)));
        let all = if threads == 1 { 1 } else { threads - 1 };
        prop_assert!(most.values().all(|most| *most <= per_holder.min(all)));
        let spans = spans(&day.ran);
        let most = most_at_once(spans.values().copied());
        prop_assert!(most.values().all(|most| *most <= begun_per_holder));
        let most = most_at_once(spans.values().map(|(_, from, to)| ((), *from, *to)));
        prop_assert!(most.values().all(|most| *most <= begun));
    }

    /// However long the slices of each are, and however many jobs: while all of them want the
    /// processor, none gets more than a slice more than another.
    #[test]
    fn who_waits_gets_as_much_as_every_other(
        holders in prop::collection::vec((1..=50 * SLICE, 1..6_usize), 2..5),
    ) {
        let jobs: Vec<Planned> = (holders.iter().enumerate())
            .flat_map(|(holder, (length, jobs))| {
                let slices = vec![*length; (2_000 * SLICE / length) as usize];
                vec![Planned { holder, comes: 0, slices }; *jobs]
            })
            .collect();
        let day = run(&settings(1, 1), &jobs);
        let longest = holders.iter().map(|(length, _)| *length).max().unwrap();
        let last = |holder| day.ran.iter().rposition(|ran| ran.holder == holder).unwrap();
        let all_want = (0..holders.len()).map(last).min().unwrap();
        let mut used = vec![0; holders.len()];
        for ran in &day.ran[..all_want] {
            used[ran.holder] += ran.to - ran.from;
            let (least, most) = (used.iter().min().unwrap(), used.iter().max().unwrap());
            prop_assert!(most - least <= longest, "{used:?} with slices of {longest}");
        }
    }

    /// A thread stands still only while nobody may have it.
    #[test]
    fn no_thread_is_idle_while_a_job_may_run(jobs in jobs(), threads in 2..4_usize) {
        let settings = settings(threads, threads);
        let day = run(&settings, &jobs);
        let spans = spans(&day.ran);
        for ran in &day.ran {
            // Whoever began later than he came found all threads, or all that he may have, in use.
            let came = jobs[ran.job].comes;
            let before = day.ran.iter().filter(|other| other.job == ran.job && other.to <= ran.from);
            let since = before.map(|other| other.to).max().unwrap_or(came);
            if since == ran.from || spans.len() > settings.begun_per_holder {
                continue;
            }
            let moment = since;
            let running: Vec<&Ran> =
                day.ran.iter().filter(|other| other.from <= moment && moment < other.to).collect();
            let own = running.iter().filter(|other| other.holder == ran.holder).count();
            prop_assert!(running.len() == threads || own == threads - 1, "{running:?} at {moment}");
        }
    }
}

/// One thread, three tenants that burn whole calls; a fourth comes with little.
#[test]
fn a_newcomer_waits_for_the_call_that_runs_and_not_for_the_queue() {
    let burning = |holder| Planned { holder, comes: 0, slices: vec![50 * SLICE; 20] };
    let mut jobs: Vec<Planned> = (0..30).map(|number| burning(number % 3)).collect();
    jobs.push(Planned { holder: 3, comes: 1_000_100, slices: vec![100] });
    let day = run(&settings(1, 1), &jobs);
    let first = day.ran.iter().find(|ran| ran.holder == 3).unwrap();
    assert!(first.from - 1_000_100 <= 50 * SLICE, "{first:?}");
}

/// Two threads: one tenant's calls never have both.
#[test]
fn one_tenant_never_has_all_threads() {
    let jobs: Vec<Planned> =
        (0..10).map(|_| Planned { holder: 0, comes: 0, slices: vec![50 * SLICE] }).collect();
    let mut jobs = jobs;
    jobs.push(Planned { holder: 1, comes: 7, slices: vec![10] });
    let day = run(&settings(2, 2), &jobs);
    let other = day.ran.iter().find(|ran| ran.holder == 1).unwrap();
    assert_eq!(other.from, 7, "there was a free thread");
}

#[test]
fn a_holder_is_served_in_the_order_of_coming() {
    let jobs: Vec<Planned> =
        (0..20).map(|number| Planned { holder: 0, comes: number, slices: vec![SLICE] }).collect();
    let day = run(&settings(1, 1), &jobs);
    let order: Vec<usize> = day.ran.iter().map(|ran| ran.job).collect();
    assert_eq!(order, (0..20).collect::<Vec<_>>());
}

/// Two jobs of one holder share its turns.
#[test]
fn a_long_job_does_not_keep_another_of_its_holder_waiting() {
    let long = Planned { holder: 0, comes: 0, slices: vec![SLICE; 1000] };
    let short = Planned { holder: 0, comes: 10, slices: vec![SLICE] };
    let day = run(&settings(1, 1), &[long, short]);
    assert_eq!(day.ran.iter().position(|ran| ran.job == 1), Some(1));
}

/// Time in which nobody asked gives no right to keep others out.
#[test]
fn a_pause_is_not_saved_up() {
    let always = Planned { holder: 0, comes: 0, slices: vec![SLICE; 300] };
    let before = Planned { holder: 1, comes: 0, slices: vec![SLICE] };
    let after = Planned { holder: 1, comes: 100 * SLICE, slices: vec![SLICE; 100] };
    let day = run(&settings(1, 1), &[always, before, after]);
    let later: Vec<usize> = day
        .ran
        .iter()
        .filter(|ran| ran.from >= 101 * SLICE)
        .take(20)
        .map(|ran| ran.holder)
        .collect();
    assert_eq!(later.iter().filter(|holder| **holder == 1).count(), 10, "{later:?}");
}

#[test]
fn too_many_jobs_are_refused_and_it_is_said_whose_room_is_full() {
    let settings = Settings { jobs_per_holder: 3, jobs: 5, ..settings(1, 1) };
    let job = |holder| Planned { holder, comes: 0, slices: vec![SLICE] };
    let jobs: Vec<Planned> = [0, 0, 0, 0, 1, 1, 1, 2].into_iter().map(job).collect();
    let day = run(&settings, &jobs);
    assert_eq!(day.refused, [(3, Room::Holder), (6, Room::All), (7, Room::All)]);
    assert_eq!(day.ran.len(), 5, "whoever was taken is served");
}
