//! A full pool queues and then says so; it never fails at random, deadlocks or starves anybody.

use std::time::{Duration, Instant};

use stele_engine::{Failure, Lease};

use crate::support::{amount, engine, key, number, rule};

#[tokio::test]
async fn a_warm_evaluator_is_used_again() {
    let engine = engine(|_| {});
    let rule = rule(&engine, "faults");
    let key = key(&rule, "acme", 0);
    for call in 1..=5 {
        let mut lease = engine.lease(&rule, &key, &number(0)).await.unwrap();
        assert_eq!(amount(&lease.evaluate(&number(0), false).unwrap().outcome), call);
    }
    let statistics = engine.statistics();
    assert_eq!((statistics.cold_leases, statistics.warm_leases), (1, 4));
    assert_eq!((statistics.idle, statistics.leased), (1, 0));
}

#[tokio::test]
async fn a_full_pool_says_so_after_a_bounded_wait_and_harms_nobody() {
    let engine = engine(|_| {});
    let rule = rule(&engine, "honest");
    let key = key(&rule, "acme", 0);
    let mut leases = Vec::new();
    for _ in 0..4 {
        leases.push(engine.lease(&rule, &key, &number(0)).await.unwrap());
    }
    let started = Instant::now();
    let failure = engine.lease(&rule, &key, &number(0)).await.err().unwrap();
    let wait = engine.settings().queue_wait;
    assert_eq!(failure, Failure::Saturated { retry_after: wait });
    assert!(started.elapsed() >= wait);
    for lease in &mut leases {
        assert_eq!(amount(&lease.evaluate(&number(8), false).unwrap().outcome), 8);
    }
    assert_eq!(engine.statistics().waiting, 0);
    drop(leases);
    assert!(engine.lease(&rule, &key, &number(0)).await.is_ok());
}

#[tokio::test]
async fn a_full_queue_says_so_at_once() {
    let engine = engine(|settings| {
        settings.queue_length = 0;
        settings.queue_wait = Duration::from_secs(20);
    });
    let rule = rule(&engine, "honest");
    let mut leases = Vec::new();
    for _ in 0..4 {
        leases.push(engine.fresh(&rule, &number(0)).await.unwrap());
    }
    let started = Instant::now();
    let failure = engine.fresh(&rule, &number(0)).await.err().unwrap();
    assert!(matches!(failure, Failure::Saturated { .. }));
    assert!(started.elapsed() < engine.settings().queue_wait, "without waiting");
    assert_eq!(engine.statistics().waiting, 0);
}

#[tokio::test]
async fn who_waits_gets_the_room_that_comes_free() {
    let engine = engine(|settings| settings.queue_wait = Duration::from_secs(60));
    let rule = rule(&engine, "honest");
    let mut leases: Vec<Lease> = Vec::new();
    for _ in 0..4 {
        leases.push(engine.fresh(&rule, &number(0)).await.unwrap());
    }
    let waiter = tokio::spawn({
        let (engine, rule) = (engine.clone(), rule.clone());
        async move { engine.fresh(&rule, &number(0)).await.map(drop) }
    });
    while engine.statistics().waiting == 0 {
        tokio::task::yield_now().await;
    }
    leases.pop();
    waiter.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_caller_who_stops_waiting_leaves_no_trace() {
    let engine = engine(|settings| settings.queue_wait = Duration::from_secs(60));
    let rule = rule(&engine, "honest");
    let mut leases = Vec::new();
    for _ in 0..4 {
        leases.push(engine.fresh(&rule, &number(0)).await.unwrap());
    }
    let parameters = number(0);
    let given_up =
        tokio::time::timeout(Duration::from_millis(20), engine.fresh(&rule, &parameters)).await;
    assert!(given_up.is_err());
    assert_eq!(engine.statistics().waiting, 0);
    drop(leases);
    let statistics = engine.statistics();
    assert_eq!((statistics.leased, statistics.idle), (0, 0));
    // All four rooms are there again.
    let mut leases = Vec::new();
    for _ in 0..4 {
        leases.push(engine.fresh(&rule, &number(0)).await.unwrap());
    }
}

/// Idle evaluators of one key never keep another key out, and the one that was idle longest goes.
#[tokio::test]
async fn an_idle_evaluator_makes_room_for_another_key() {
    let engine = engine(|_| {});
    let rule = rule(&engine, "honest");
    for bonus in 0..20 {
        let key = key(&rule, "acme", bonus);
        let mut lease = engine.lease(&rule, &key, &number(bonus)).await.unwrap();
        assert_eq!(amount(&lease.evaluate(&number(0), false).unwrap().outcome), bonus);
    }
    let statistics = engine.statistics();
    assert_eq!((statistics.idle, statistics.evictions), (4, 16));

    // The last four are still warm, the one before them is not.
    for (bonus, warm) in [(19, 1), (16, 2), (15, 2)] {
        let key = key(&rule, "acme", bonus);
        drop(engine.lease(&rule, &key, &number(bonus)).await.unwrap());
        assert_eq!(engine.statistics().warm_leases, warm, "bonus {bonus}");
    }
}

#[tokio::test]
async fn a_pool_of_one_serves_every_key_in_turn() {
    let engine = engine(|settings| settings.evaluators = 1.try_into().unwrap());
    let rule = rule(&engine, "honest");
    for round in 0..50 {
        let bonus = round % 3;
        let key = key(&rule, "acme", bonus);
        let mut lease = engine.lease(&rule, &key, &number(bonus)).await.unwrap();
        assert_eq!(amount(&lease.evaluate(&number(1), false).unwrap().outcome), 1 + bonus);
    }
}

#[tokio::test]
async fn an_evaluator_that_nobody_uses_is_dropped_with_what_it_remembers() {
    let engine = engine(|settings| settings.idle = Duration::from_millis(10));
    let rule = rule(&engine, "honest");
    drop(engine.lease(&rule, &key(&rule, "acme", 0), &number(0)).await.unwrap());
    let started = Instant::now();
    while engine.statistics().idle > 0 {
        assert!(started.elapsed() < Duration::from_secs(30), "it is dropped in the end");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_holder_that_is_gone_leaves_nothing() {
    let engine = engine(|_| {});
    let rule = rule(&engine, "honest");
    for holder in ["acme", "other"] {
        drop(engine.lease(&rule, &key(&rule, holder, 0), &number(0)).await.unwrap());
    }
    engine.forget("acme");
    assert_eq!(engine.statistics().idle, 1);
    drop(engine.lease(&rule, &key(&rule, "other", 0), &number(0)).await.unwrap());
    assert_eq!(engine.statistics().warm_leases, 1);
}

/// Idle evaluators belong to the engine; if they held it, neither would ever go.
#[tokio::test]
async fn an_engine_with_idle_evaluators_ends_with_its_owner() {
    let engine = engine(|_| {});
    let rule = rule(&engine, "honest");
    let key = key(&rule, "acme", 0);
    drop(engine.lease(&rule, &key, &number(0)).await.unwrap());
    assert_eq!(engine.statistics().idle, 1);
    // The pool's own copy of the key is what is left of the engine.
    let holder = std::sync::Arc::downgrade(&key.holder);
    drop((engine, rule, key));
    let started = Instant::now();
    while holder.strong_count() > 0 {
        assert!(started.elapsed() < Duration::from_secs(30), "the evaluator goes with the engine");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
