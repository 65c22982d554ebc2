//! What the pool promises, on real threads.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use stele_compute::{Compute, ComputeError, Room, Settings};
use tokio::sync::oneshot;

/// Longer than anything here takes on a crowded machine: only a defect reaches it.
const LONG: Duration = Duration::from_secs(60);

fn pool(threads: usize) -> Compute {
    let threads = NonZeroUsize::new(threads).unwrap();
    Compute::new(Settings { threads, ..Settings::default() }).unwrap()
}

fn holder(name: &str) -> Arc<str> {
    Arc::from(name)
}

/// Waits until something holds.
async fn until(holds: impl Fn() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < LONG, "it never came to hold");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

#[tokio::test]
async fn a_job_runs_on_a_thread_of_the_pool_and_answers() {
    let pool = pool(1);
    let here = thread::current().id();
    let answer = pool.run(&holder("acme"), |_| async { (thread::current().id(), 42) }).await;
    let (there, answer) = answer.unwrap();
    assert_eq!(answer, 42);
    assert_ne!(there, here);
    until(|| pool.statistics().begun == 0).await;
    assert_eq!(pool.statistics().finished, 1);
}

/// One thread. A job that only ends when another one has run gives its thread away.
#[tokio::test]
async fn a_job_that_goes_on_for_long_gives_its_thread_away() {
    let pool = pool(1);
    let has_run = Arc::new(AtomicBool::new(false));
    let seen = has_run.clone();
    let acme = holder("acme");
    let long = pool.run(&acme, move |turn| async move {
        let begun = Instant::now();
        while !seen.load(SeqCst) {
            assert!(begun.elapsed() < LONG);
            turn.pass().await;
        }
    });
    let other = holder("other");
    let short = pool.run(&other, move |_| async move { has_run.store(true, SeqCst) });
    let (long, short) = tokio::join!(long, short);
    assert_eq!((long, short), (Ok(()), Ok(())));
}

/// Two threads, both wanted by calls that can not be interrupted.
#[tokio::test]
async fn one_holder_never_has_all_threads() {
    let pool = pool(2);
    let (release, wait) = mpsc::channel::<()>();
    let wait = Arc::new(std::sync::Mutex::new(wait));
    let mut burning = Vec::new();
    for _ in 0..10 {
        let (pool, wait) = (pool.clone(), wait.clone());
        burning.push(tokio::spawn(async move {
            let burn = move |_| async move {
                let _ = wait.lock().unwrap().recv();
            };
            pool.run(&holder("acme"), burn).await
        }));
    }
    until(|| pool.statistics().running == 1 && pool.statistics().queued >= 1).await;
    let other = tokio::time::timeout(LONG, pool.run(&holder("other"), |_| async { 1 })).await;
    assert_eq!(other.unwrap(), Ok(1));
    drop(release);
    for burning in burning {
        assert_eq!(burning.await.unwrap(), Ok(()));
    }
}

#[tokio::test]
async fn work_whose_caller_has_gone_is_not_done() {
    let pool = pool(1);
    let rounds = Arc::new(AtomicUsize::new(0));
    let counted = rounds.clone();
    let endless = {
        let pool = pool.clone();
        tokio::spawn(async move {
            let job = move |turn: stele_compute::Turn| async move {
                loop {
                    counted.fetch_add(1, SeqCst);
                    turn.pass().await;
                }
            };
            pool.run::<(), _>(&holder("acme"), job).await
        })
    };
    until(|| rounds.load(SeqCst) > 0).await;
    // One that waits behind it for its first turn, one that waits for something else.
    let (_never, nothing) = oneshot::channel::<()>();
    let waits = {
        let pool = pool.clone();
        tokio::spawn(
            async move { pool.run(&holder("other"), |_| async { nothing.await.ok() }).await },
        )
    };
    until(|| pool.statistics().begun == 2).await;
    endless.abort();
    waits.abort();
    until(|| pool.statistics().dropped == 2).await;
    let statistics = pool.statistics();
    assert_eq!((statistics.holders, statistics.queued, statistics.begun), (0, 0, 0));
    assert_eq!(pool.run(&holder("acme"), |_| async { 1 }).await, Ok(1));
}

#[tokio::test]
async fn a_job_that_waits_holds_no_thread() {
    let pool = pool(1);
    let (tell, told) = oneshot::channel();
    let acme = holder("acme");
    let waits = pool.run(&acme, |_| async {
        tokio::time::sleep(Duration::from_millis(1)).await;
        told.await
    });
    let tells = pool.run(&acme, |_| async { tell.send(7) });
    let (waits, tells) = tokio::join!(waits, tells);
    assert_eq!((waits, tells), (Ok(Ok(7)), Ok(Ok(()))));
}

#[tokio::test]
async fn a_panic_costs_the_job_and_not_the_thread() {
    let pool = pool(1);
    for _ in 0..3 {
        let panics = pool.run(&holder("acme"), |_| async { panic!("a mistake") }).await;
        assert_eq!(panics.map(|(): ()| ()), Err(ComputeError::Panicked));
    }
    struct PanicsWhenDropped;
    impl Drop for PanicsWhenDropped {
        fn drop(&mut self) {
            panic!("another");
        }
    }
    let acme = holder("acme");
    let mut endless = Box::pin(pool.run::<(), _>(&acme, |_| async {
        let _it = PanicsWhenDropped;
        std::future::pending().await
    }));
    assert!(futures::poll!(&mut endless).is_pending());
    until(|| pool.statistics().begun == 1 && pool.statistics().running == 0).await;
    drop(endless);
    until(|| pool.statistics().dropped == 1).await;
    assert_eq!(pool.statistics().panicked, 3);
    assert_eq!(pool.run(&holder("acme"), |_| async { 1 }).await, Ok(1));
}

#[tokio::test]
async fn too_many_jobs_are_told_when_to_come_again() {
    let settings = Settings { jobs_per_holder: 2, jobs: 3, ..Settings::default() };
    let pool = Compute::new(settings.clone()).unwrap();
    let endless = |name: &str| {
        let (pool, holder) = (pool.clone(), holder(name));
        tokio::spawn(async move { pool.run::<(), _>(&holder, |_| std::future::pending()).await })
    };
    let running = [endless("acme"), endless("acme"), endless("other")];
    until(|| pool.statistics().begun == 3).await;
    let refused = |room| ComputeError::Saturated { room, retry_after: settings.retry_after };
    let own = pool.run(&holder("acme"), |_| async {}).await;
    assert_eq!(own, Err(refused(Room::Holder)));
    let all = pool.run(&holder("third"), |_| async {}).await;
    assert_eq!(all, Err(refused(Room::All)));
    let statistics = pool.statistics();
    assert_eq!((statistics.refused_for_holder, statistics.refused_for_all), (1, 1));
    for running in running {
        running.abort();
    }
    until(|| pool.statistics().holders == 0).await;
    assert_eq!(pool.run(&holder("third"), |_| async {}).await, Ok(()));
}

#[tokio::test]
async fn a_pool_that_is_stopped_runs_nothing_more_and_says_so() {
    let pool = pool(1);
    let rounds = Arc::new(AtomicUsize::new(0));
    let (counted, owned) = (rounds.clone(), pool.clone());
    let runs = tokio::spawn(async move {
        let job = move |turn: stele_compute::Turn| async move {
            loop {
                counted.fetch_add(1, SeqCst);
                turn.pass().await;
            }
        };
        owned.run::<(), _>(&holder("acme"), job).await
    });
    let owned = pool.clone();
    let waits = tokio::spawn(async move {
        owned.run::<(), _>(&holder("other"), |_| std::future::pending()).await
    });
    until(|| pool.statistics().begun == 2 && rounds.load(SeqCst) > 0).await;
    pool.stop();
    let reached = rounds.load(SeqCst);
    assert_eq!(runs.await.unwrap(), Err(ComputeError::Stopped));
    assert_eq!(pool.run(&holder("acme"), |_| async {}).await, Err(ComputeError::Stopped));
    assert_eq!(rounds.load(SeqCst), reached);
    // What waits for something else is told when that comes, or goes with its caller.
    waits.abort();
    until(|| pool.statistics().holders == 0).await;
}

/// The serving threads keep the priority that they have.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn the_threads_stand_below_those_that_serve() {
    let nice = || rustix::process::getpriority_process(None).unwrap();
    let before = nice();
    let pool = pool(1);
    let there = pool.run(&holder("acme"), move |_| async move { nice() }).await.unwrap();
    assert_eq!(there, i32::from(pool.settings().niceness));
    assert_eq!(nice(), before);
}
