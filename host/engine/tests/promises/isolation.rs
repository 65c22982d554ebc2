//! A trap costs one employee's result and the instance; nobody sees what another one left.

use stele_engine::contract::Place;
use stele_engine::{Failure, TrapCause};

use crate::support::{amount, engine, evaluate, key, number, rule};

#[tokio::test]
async fn a_trap_costs_one_employee_not_the_batch() {
    let engine = engine(|_| {});
    let rule = rule(&engine, "traps_on_the_third");
    let mut lease = engine.lease(&rule, &key(&rule, "acme", 0), &number(0)).await.unwrap();
    let answers: Vec<_> = (0..6)
        .map(|_| lease.evaluate(&number(0), false).map(|done| amount(&done.outcome)))
        .collect();
    let trap = Err(Failure::Trap { cause: TrapCause::Unreachable });
    assert_eq!(answers, [Ok(1), Ok(2), trap.clone(), Ok(1), Ok(2), trap]);
    drop(lease);
    let statistics = engine.statistics();
    assert_eq!((statistics.evaluations, statistics.instances_created), (6, 2));
    assert_eq!((statistics.instances_dropped, statistics.idle), (2, 0));
}

#[tokio::test]
async fn an_instance_that_trapped_is_never_used_again() {
    let engine = engine(|_| {});
    let rule = rule(&engine, "traps_on_the_third");
    let key = key(&rule, "acme", 0);
    for _ in 0..3 {
        // Ends on a trap: nothing goes back to the pool.
        let mut lease = engine.lease(&rule, &key, &number(0)).await.unwrap();
        for _ in 0..3 {
            let _ = lease.evaluate(&number(0), false);
        }
    }
    let statistics = engine.statistics();
    assert_eq!((statistics.cold_leases, statistics.warm_leases), (3, 0));
}

#[tokio::test]
async fn a_fault_is_an_answer_and_keeps_the_instance() {
    let engine = engine(|_| {});
    let rule = rule(&engine, "faults");
    let mut lease = engine.lease(&rule, &key(&rule, "acme", 0), &number(0)).await.unwrap();
    assert_eq!(amount(&lease.evaluate(&number(0), false).unwrap().outcome), 1);
    let Failure::Fault(fault) = lease.evaluate(&number(1), false).unwrap_err() else {
        panic!("a fault is expected");
    };
    assert!(matches!(fault.place, Place::Fact(cell) if cell.field == 0));
    assert_eq!(amount(&lease.evaluate(&number(0), false).unwrap().outcome), 3);
    assert_eq!(engine.statistics().instances_created, 1);
}

/// What a publication does to find such a rule: the same case fresh, and after another one.
#[tokio::test]
async fn a_rule_that_remembers_the_last_employee_can_be_found_out() {
    let engine = engine(|_| {});
    let remembers = rule(&engine, "remembers");
    assert_eq!(amount(&evaluate(&engine, &remembers, 500).await.unwrap()), 0);
    assert_eq!(amount(&evaluate(&engine, &remembers, 700).await.unwrap()), 0, "fresh is fresh");

    let mut lease = engine.fresh(&remembers, &number(0)).await.unwrap();
    lease.evaluate(&number(500), false).unwrap();
    let second = lease.evaluate(&number(700), false).unwrap();
    assert_eq!(amount(&second.outcome), 500, "on one evaluator it shows");
}

#[tokio::test]
async fn a_fresh_instance_never_comes_from_the_pool_nor_goes_there() {
    let engine = engine(|_| {});
    let rule = rule(&engine, "remembers");
    let mut pooled = engine.lease(&rule, &key(&rule, "acme", 0), &number(0)).await.unwrap();
    pooled.evaluate(&number(500), false).unwrap();
    drop(pooled);
    assert_eq!(engine.statistics().idle, 1);
    assert_eq!(amount(&evaluate(&engine, &rule, 1).await.unwrap()), 0);
    assert_eq!(engine.statistics().idle, 1, "the pooled one is still there, alone");
}

#[tokio::test]
async fn an_instance_serves_one_holder_and_one_set_of_parameters() {
    let engine = engine(|_| {});
    let rule = rule(&engine, "remembers");
    for (holder, bonus) in [("acme", 0), ("other", 0), ("acme", 1)] {
        let key = key(&rule, holder, bonus);
        let mut lease = engine.lease(&rule, &key, &number(bonus)).await.unwrap();
        let evaluation = lease.evaluate(&number(500), false).unwrap();
        assert_eq!(amount(&evaluation.outcome), 0, "{holder} sees nothing of the others");
    }
    assert_eq!(engine.statistics().warm_leases, 0);
    let mut again = engine.lease(&rule, &key(&rule, "acme", 0), &number(0)).await.unwrap();
    again.evaluate(&number(0), false).unwrap();
    assert_eq!(engine.statistics().warm_leases, 1);
}

/// One slot of the pool, used by one holder after the other.
#[tokio::test]
async fn the_memory_of_a_used_slot_is_clean() {
    let engine = engine(|settings| settings.evaluators = 1.try_into().unwrap());
    let rule = rule(&engine, "looks_around");
    for round in 0..20 {
        let key = key(&rule, if round % 2 == 0 { "acme" } else { "other" }, 0);
        let mut lease = engine.lease(&rule, &key, &number(0)).await.unwrap();
        assert_eq!(amount(&lease.evaluate(&number(30_000), false).unwrap().outcome), 0);
        assert_eq!(amount(&lease.evaluate(&number(0), false).unwrap().outcome), 30_000);
    }
    assert_eq!(engine.statistics().evictions, 19);
}

#[tokio::test]
async fn a_key_of_another_component_is_refused() {
    let engine = engine(|_| {});
    let one = rule(&engine, "honest");
    let other = rule(&engine, "remembers");
    let failure = engine.lease(&one, &key(&other, "acme", 0), &number(0)).await.err().unwrap();
    assert!(matches!(failure, Failure::Internal(_)));
}

#[tokio::test]
async fn an_instance_is_replaced_after_a_bounded_number_of_evaluations() {
    let engine = engine(|settings| settings.evaluations_per_instance = 3.try_into().unwrap());
    let rule = rule(&engine, "faults");
    let key = key(&rule, "acme", 0);
    let mut calls = Vec::new();
    let mut lease = engine.lease(&rule, &key, &number(0)).await.unwrap();
    for _ in 0..4 {
        calls.push(amount(&lease.evaluate(&number(0), false).unwrap().outcome));
    }
    drop(lease);
    for _ in 0..3 {
        let mut lease = engine.lease(&rule, &key, &number(0)).await.unwrap();
        calls.push(amount(&lease.evaluate(&number(0), false).unwrap().outcome));
    }
    assert_eq!(calls, [1, 2, 3, 1, 2, 3, 1]);
}

/// Eight threads, four holders with a bonus each, a pool of four: every answer is the holder's own.
#[test]
fn many_clients_at_once_never_get_each_others_answers() {
    let engine = engine(|settings| settings.queue_wait = std::time::Duration::from_secs(60));
    let honest = rule(&engine, "honest");
    let remembers = rule(&engine, "faults");
    std::thread::scope(|scope| {
        for thread in 0..8_i64 {
            let (engine, honest, faults) = (engine.clone(), honest.clone(), remembers.clone());
            scope.spawn(move || {
                let runtime =
                    tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
                runtime.block_on(async {
                    let bonus = (thread % 4) * 1_000_000;
                    let holder = format!("holder {bonus}");
                    let key_of_honest = key(&honest, &holder, bonus);
                    let key_of_faults = key(&faults, &holder, bonus);
                    for round in 0..200 {
                        let parameters = number(bonus);
                        let mut lease =
                            engine.lease(&honest, &key_of_honest, &parameters).await.unwrap();
                        for fact in 0..5 {
                            let evaluation = lease.evaluate(&number(fact), false).unwrap();
                            assert_eq!(amount(&evaluation.outcome), bonus + fact, "{round}");
                        }
                        drop(lease);
                        let mut lease =
                            engine.lease(&faults, &key_of_faults, &parameters).await.unwrap();
                        assert!(lease.evaluate(&number(1), false).is_err());
                    }
                });
            });
        }
    });
    let statistics = engine.statistics();
    assert_eq!(statistics.evaluations, 8 * 200 * 6);
    assert_eq!((statistics.leased, statistics.waiting), (0, 0));
    assert!(statistics.idle <= statistics.pool_size);
    let alive = statistics.instances_created - statistics.instances_dropped;
    assert_eq!(alive, statistics.idle as u64);
}
