//! Bounded time, memory and answers; every call, whatever the rule does.

use std::time::{Duration, Instant};

use stele_engine::{Failure, Rule, Settings, Start, TrapCause};

use crate::support::{self, amount, engine, evaluate, key, number, rule};

#[tokio::test]
async fn a_loop_ends_with_its_fuel() {
    let engine = engine(|settings| settings.fuel = 1_000_000);
    let rule = rule(&engine, "loops");
    assert_eq!(evaluate(&engine, &rule, 1).await.unwrap_err(), Failure::OutOfFuel);
}

#[tokio::test]
async fn a_loop_with_all_the_fuel_ends_at_the_deadline() {
    let deadline = Duration::from_millis(100);
    let engine = engine(|settings| {
        settings.fuel = u64::MAX;
        settings.deadline = deadline;
    });
    let rule = rule(&engine, "loops");
    let started = Instant::now();
    assert_eq!(evaluate(&engine, &rule, 1).await.unwrap_err(), Failure::Deadline);
    let took = started.elapsed();
    assert!(took >= deadline, "it has its time: {took:?}");
    assert!(took < deadline * 20, "and not much more: {took:?}");
}

#[tokio::test]
async fn every_evaluation_on_one_instance_has_the_whole_budget() {
    let engine = engine(|settings| settings.fuel = 2_000);
    let rule = rule(&engine, "honest");
    let mut lease = engine.fresh(&rule, &number(0)).await.unwrap();
    for _ in 0..1_000 {
        let fuel = lease.evaluate(&number(1), false).unwrap().fuel;
        assert!(fuel > 0 && fuel < 2_000);
    }
}

#[tokio::test]
async fn the_deadline_is_counted_from_each_call() {
    let engine = engine(|settings| settings.deadline = Duration::from_millis(50));
    let rule = rule(&engine, "honest");
    let mut lease = engine.fresh(&rule, &number(0)).await.unwrap();
    for _ in 0..3 {
        lease.evaluate(&number(1), false).unwrap();
        std::thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(engine.statistics().instances_created, 1);
}

/// On a thread that serves others nothing long is tried twice, and nothing is made.
#[tokio::test]
async fn what_is_not_short_is_not_done_in_place() {
    let engine = engine(|settings| settings.short_fuel = 2_000);
    let [honest, loops] = ["honest", "loops"].map(|name| rule(&engine, name));
    let brief = |rule: &Rule, facts: i64| {
        let key = key(rule, "acme", 1);
        engine.evaluate_briefly(rule, &key, &number(1), (Start::Warm, &number(facts)), false)
    };
    assert_eq!(brief(&honest, 7), None, "there is no evaluator yet");
    assert_eq!(engine.statistics().instances_created, 0);

    for rule in [&honest, &loops] {
        // What is warm and has not been long is tried.
        drop(engine.lease(rule, &key(rule, "acme", 1), &number(1)).await.unwrap());
    }
    assert_eq!(amount(&brief(&honest, 7).unwrap().unwrap().outcome), 8);
    assert_eq!(brief(&loops, 1), None);
    let statistics = engine.statistics();
    assert_eq!((statistics.cut_short, statistics.idle, statistics.leased), (1, 1, 0));
    assert!(statistics.failures.iter().all(|(_, count)| *count == 0), "it is not known to fail");

    // Once it was cut off it is not tried again, also where there is an evaluator.
    drop(engine.lease(&loops, &key(&loops, "acme", 1), &number(1)).await.unwrap());
    assert_eq!(brief(&loops, 1), None);
    assert_eq!(engine.statistics().cut_short, 1);
}

/// A long evaluation by one holder, and what it costs that holder and no other.
#[tokio::test]
async fn one_holders_long_evaluation_is_not_anothers() {
    let engine = engine(|settings| settings.short_fuel = 100);
    let rule = rule(&engine, "honest");
    let [acme, other] = ["acme", "other"].map(|holder| key(&rule, holder, 1));
    // Every evaluation of it is longer than that.
    let mut lease = engine.lease(&rule, &acme, &number(1)).await.unwrap();
    assert!(lease.evaluate(&number(7), false).unwrap().fuel > 100);
    drop(lease);
    drop(engine.lease(&rule, &other, &number(1)).await.unwrap());
    let facts = number(7);
    let brief = |key| {
        let facts = (Start::Warm, &*facts);
        engine.evaluate_briefly(&rule, key, &number(1), facts, false)
    };
    assert_eq!(brief(&acme), None);
    assert_eq!(engine.statistics().cut_short, 0, "it was not even tried");
    assert_eq!(brief(&other), None);
    assert_eq!(engine.statistics().cut_short, 1, "another holder's is not known");
}

#[tokio::test]
async fn the_same_evaluation_takes_the_same_fuel() {
    let mut fuel = Vec::new();
    for _ in 0..3 {
        let engine = engine(|_| {});
        let rule = rule(&engine, "honest");
        let mut lease = engine.fresh(&rule, &number(0)).await.unwrap();
        fuel.push(lease.evaluate(&number(7), false).unwrap().fuel);
        fuel.push(lease.evaluate(&number(7), false).unwrap().fuel);
    }
    assert!(fuel.iter().all(|found| *found == fuel[0]), "{fuel:?}");
}

#[tokio::test]
async fn endless_allocation_ends_at_the_memory_limit() {
    let engine = engine(|_| {});
    let rule = rule(&engine, "allocates");
    assert_eq!(evaluate(&engine, &rule, 0).await.unwrap_err(), Failure::OutOfMemory);
}

#[tokio::test]
async fn an_endless_table_ends_at_the_table_limit() {
    let engine = engine(|_| {});
    let rule = rule(&engine, "grows_a_table");
    assert_eq!(evaluate(&engine, &rule, 0).await.unwrap_err(), Failure::OutOfMemory);
}

#[tokio::test]
async fn handles_are_bounded() {
    let engine = engine(|_| {});
    let rule = rule(&engine, "makes_handles");
    assert!(evaluate(&engine, &rule, 10).await.is_ok());
    assert_eq!(evaluate(&engine, &rule, 20).await.unwrap_err(), Failure::OutOfMemory);
}

#[tokio::test]
async fn endless_recursion_ends_in_a_trap() {
    let engine = engine(|_| {});
    let rule = rule(&engine, "recurses");
    let expected = Failure::Trap { cause: TrapCause::StackOverflow };
    assert_eq!(evaluate(&engine, &rule, 0).await.unwrap_err(), expected);
}

#[tokio::test]
async fn every_trap_has_its_cause_and_is_counted() {
    let engine = engine(|_| {});
    let rule = rule(&engine, "traps");
    let causes = [
        TrapCause::Unreachable,
        TrapCause::MemoryOutOfBounds,
        TrapCause::IndirectCall,
        TrapCause::IntegerOverflow,
        TrapCause::DivisionByZero,
    ];
    for (way, cause) in (0..).zip(causes) {
        let failure = evaluate(&engine, &rule, way).await.unwrap_err();
        assert_eq!(failure, Failure::Trap { cause });
    }
    let statistics = engine.statistics();
    assert!(statistics.failures.contains(&("trap", 5)), "{statistics:?}");
    for cause in causes {
        assert!(statistics.traps.contains(&(cause, 1)), "{statistics:?}");
    }
}

#[tokio::test]
async fn an_answer_of_100_mb_is_not_taken() {
    let engine = engine(|settings| settings.memory_bytes = 256 << 20);
    let rule = rule(&engine, "returns_100_mb");
    let before = peak_bytes();
    assert_eq!(evaluate(&engine, &rule, 0).await.unwrap_err(), Failure::OutputTooLarge);
    // The rule's own pages count too, but it has touched none of the 100 MB.
    let grown = peak_bytes() - before;
    assert!(grown < 64 << 20, "the host grew by {grown} bytes");
}

#[tokio::test]
async fn an_answer_that_repeats_itself_is_not_copied_without_end() {
    let engine = engine(|settings| settings.output_bytes = 8 << 20);
    let rule = rule(&engine, "returns_the_same_text_often");
    let before = peak_bytes();
    assert_eq!(evaluate(&engine, &rule, 0).await.unwrap_err(), Failure::OutputTooLarge);
    let grown = peak_bytes() - before;
    assert!(grown < 128 << 20, "the host grew by {grown} bytes");
}

#[tokio::test]
async fn facts_larger_than_a_rule_may_be_handed_are_refused_before_the_call() {
    let engine = engine(|settings| settings.input_bytes = 100);
    let rule = rule(&engine, "honest");
    let mut lease = engine.fresh(&rule, &number(0)).await.unwrap();
    let text = stele_engine::contract::Scalar::Text("x".repeat(200));
    let failure = lease.evaluate(&[stele_engine::contract::Value::Scalar(text)], false);
    assert_eq!(failure.unwrap_err(), Failure::InputTooLarge { found: 232, limit: 100 });
    assert_eq!(amount(&lease.evaluate(&number(3), false).unwrap().outcome), 3);
    assert_eq!(engine.statistics().instances_created, 1, "the instance was not touched");
}

#[tokio::test]
async fn one_value_is_demanded_for_each_fact_and_parameter() {
    let engine = engine(|_| {});
    let rule = rule(&engine, "honest");
    let expected = Failure::InvalidInput { expected: 1, found: 0 };
    assert_eq!(engine.fresh(&rule, &[]).await.err().unwrap(), expected);
    let mut lease = engine.fresh(&rule, &number(0)).await.unwrap();
    assert_eq!(lease.evaluate(&[], false).unwrap_err(), expected);
}

#[tokio::test]
async fn parameters_that_the_rule_refuses_are_its_fault_and_leave_nothing_behind() {
    let engine = engine(|settings| settings.preparation_fuel = 1_000_000);
    let faults = rule(&engine, "create_faults");
    let Failure::Fault(fault) = engine.fresh(&faults, &number(1)).await.err().unwrap() else {
        panic!("a fault is expected");
    };
    assert_eq!(fault.message, "a text");
    assert!(engine.fresh(&faults, &number(2)).await.is_ok());

    let traps = rule(&engine, "create_traps");
    let expected = Failure::Trap { cause: TrapCause::Unreachable };
    assert_eq!(engine.fresh(&traps, &number(1)).await.err().unwrap(), expected);
    let loops = rule(&engine, "create_loops");
    assert_eq!(engine.fresh(&loops, &number(1)).await.err().unwrap(), Failure::OutOfFuel);

    let statistics = engine.statistics();
    assert_eq!((statistics.leased, statistics.idle), (0, 0));
    assert_eq!(statistics.instances_created, statistics.instances_dropped);
}

/// A rule meets our limits, which name themselves, before it meets the allocator's, which do not.
#[test]
fn the_limits_of_an_instance_lie_within_those_of_the_pool() {
    // Every combination of small and large settings starts, fills its pool and answers.
    for (evaluators, memory_bytes) in [(1, 1 << 20), (3, 16 << 20), (64, 4 << 20)] {
        let settings = Settings {
            evaluators: evaluators.try_into().unwrap(),
            memory_bytes,
            ..Settings::default()
        };
        let engine = stele_engine::Engine::new(settings).unwrap();
        let rule = rule(&engine, "honest");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let mut leases = Vec::new();
            for _ in 0..evaluators {
                leases.push(engine.fresh(&rule, &number(0)).await.unwrap());
            }
            // And there is still room for a check.
            support::check(&engine, &support::hostile("honest"), rule.exactness()).unwrap();
            for lease in &mut leases {
                assert_eq!(amount(&lease.evaluate(&number(5), false).unwrap().outcome), 5);
            }
        });
    }
}

/// Most memory that this process ever had, in bytes; 0 where the system does not say.
fn peak_bytes() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<usize>().ok());
    kib.unwrap_or_default() * 1024
}
