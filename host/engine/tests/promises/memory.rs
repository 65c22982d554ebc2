//! A rule that remembers pays one employee by another's facts: an evaluation from the pristine start
//! finds nothing of any other, by whatever way it was kept.

use stele_engine::{Engine, Exactness, Rule, Start};

use crate::support::{self, amount, engine, hostile_text, in_memory, key, number};

/// A rule of which all that changes is its memory, unless its text has more.
fn rule(engine: &Engine, name: &str) -> Rule {
    support::check(engine, &in_memory(&hostile_text(name)), Exactness::Exact).unwrap()
}

/// The amounts of a hundred evaluations on one lease, and between them some that are not pristine.
async fn hundred(engine: &Engine, rule: &Rule) -> Vec<i64> {
    let mut lease = engine.lease(rule, &key(rule, "acme", 0), &number(0)).await.unwrap();
    let mut amounts = Vec::new();
    for round in 1..=100 {
        let outcome = lease.evaluate_from(Start::Pristine, &number(round), false).unwrap().outcome;
        amounts.push(amount(&outcome));
        if round % 7 == 0 {
            // Whatever comes of it.
            let _ = lease.evaluate(&number(round), false);
        }
    }
    amounts
}

#[tokio::test]
async fn whatever_a_rule_remembers_by_the_hundredth_call_is_as_the_first() {
    let engine = engine(|_| {});
    for (name, restorable) in [
        ("remembers_in_memory", true),
        ("remembers_by_growing", true),
        ("remembers_in_a_table", false),
        ("remembers_in_the_stack_pointer", false),
        ("remembers_in_a_segment", false),
        ("remembers", false),
        ("remembers_by_handles", true),
    ] {
        let rule = rule(&engine, name);
        assert_eq!(rule.is_restorable(), restorable, "{name}");
        assert_eq!(hundred(&engine, &rule).await, [0; 100], "{name}");
    }
}

#[tokio::test]
async fn without_the_pristine_start_each_of_them_remembers() {
    let engine = engine(|_| {});
    for name in [
        "remembers_in_memory",
        "remembers_by_growing",
        "remembers_in_a_table",
        "remembers_in_the_stack_pointer",
        "remembers",
        "remembers_by_handles",
    ] {
        let rule = rule(&engine, name);
        let mut lease = engine.fresh(&rule, &number(0)).await.unwrap();
        lease.evaluate(&number(5), false).unwrap();
        let second = lease.evaluate(&number(6), false).unwrap();
        assert_ne!(amount(&second.outcome), 0, "{name}");
    }
}

#[tokio::test]
async fn an_evaluator_that_somebody_used_warm_is_not_taken_for_pristine() {
    let engine = engine(|_| {});
    for name in ["remembers_in_memory", "remembers"] {
        let rule = rule(&engine, name);
        let key = key(&rule, "acme", 0);
        let mut lease = engine.lease(&rule, &key, &number(0)).await.unwrap();
        lease.evaluate(&number(500), false).unwrap();
        drop(lease);
        let mut lease = engine.lease(&rule, &key, &number(0)).await.unwrap();
        let outcome = lease.evaluate_from(Start::Pristine, &number(1), false).unwrap().outcome;
        assert_eq!(amount(&outcome), 0, "{name}");
    }
    assert_eq!(engine.statistics().warm_leases, 2, "they were the same evaluators");
}

#[tokio::test]
async fn a_restorable_rule_keeps_its_instance_its_parameters_and_its_stack() {
    let engine = engine(|_| {});
    let honest = rule(&engine, "honest");
    let mut lease = engine.fresh(&honest, &number(40)).await.unwrap();
    for fact in 0..1_000 {
        let outcome = lease.evaluate_from(Start::Pristine, &number(fact), false).unwrap().outcome;
        assert_eq!(amount(&outcome), 40 + fact);
    }
    let stack = rule(&engine, "uses_a_stack");
    assert!(stack.is_restorable(), "it gives back what it takes");
    let mut lease = engine.fresh(&stack, &number(0)).await.unwrap();
    for fact in 0..50 {
        let outcome = lease.evaluate_from(Start::Pristine, &number(fact), false).unwrap().outcome;
        assert_eq!(amount(&outcome), fact);
    }
    assert_eq!(engine.statistics().instances_created, 2);
}

/// Ways to leave the stack's end elsewhere than it was.
#[test]
fn a_stack_that_is_not_given_back_on_every_way_out_is_seen() {
    let engine = engine(|_| {});
    let global = "(global $stack (mut i32) (i32.const 60000))";
    let take = "(global.set $stack (i32.sub (global.get $stack) (i32.const 16)))";
    let give = "(global.set $stack (i32.add (global.get $stack) (i32.const 16)))";
    let restorable = |body: &str| {
        let text = format!("{global} (func $probe (param $p i32) (local $l i32) {body})");
        let bytes = in_memory(&text);
        support::check(&engine, &bytes, Exactness::Exact).unwrap().is_restorable()
    };
    let (branch, again) = ("(br_if 0 (local.get $p))", "(br_if 1 (local.get $p))");
    for (body, kept) in [
        (format!("{take} {give}"), true),
        (take.to_owned(), false),
        (format!("{take} (if (local.get $p) (then (return))) {give}"), false),
        (format!("{take} (if (local.get $p) (then {give} (return))) {give}"), true),
        (format!("{take} (if (local.get $p) (then {give}) (else {give}))"), true),
        (format!("{take} (if (local.get $p) (then {give}))"), false),
        (format!("(block {take} {branch} {give})"), false),
        (format!("(block {take} {give} {branch})"), true),
        (format!("(loop {take} {branch} {give})"), false),
        (format!("(loop {take} {give} {branch})"), true),
        (format!("(block (loop {take} {give} {again}))"), true),
        (format!("(block (loop {take} {again} {give}))"), false),
        // By a local variable that is assigned once more on the way round.
        (
            format!(
                "(local.set $l (global.get $stack)) {take}
                 (loop (global.set $stack (local.get $l)) (local.set $l (i32.const 7)) {branch})"
            ),
            false,
        ),
        (
            format!("(local.set $l (global.get $stack)) {take} (global.set $stack (local.get $l))"),
            true,
        ),
        // As much as a parameter says.
        (
            "(local.set $l (global.get $stack))
             (global.set $stack (i32.sub (local.get $l) (local.get $p)))
             (global.set $stack (local.get $l))"
                .to_owned(),
            true,
        ),
        ("(global.set $stack (i32.add (global.get $stack) (local.get $p)))".to_owned(), false),
        (
            format!(
                "{take} (block (block (block (br_table 0 1 2 (local.get $p))) {give} (return))
                 {give} (return)) {give}"
            ),
            true,
        ),
        (
            format!(
                "{take} (block (block (block (br_table 0 1 2 (local.get $p))) {give} (return))
                 (return)) {give}"
            ),
            false,
        ),
        (format!("{take} (unreachable)"), true),
    ] {
        assert_eq!(restorable(&body), kept, "{body}");
    }
}

#[test]
fn what_else_could_be_kept_makes_a_rule_not_restorable() {
    let engine = engine(|_| {});
    let restorable = |body: &str| {
        support::check(&engine, &in_memory(body), Exactness::Exact).unwrap().is_restorable()
    };
    assert!(restorable(""));
    assert!(restorable("(global $fixed i32 (i32.const 7))"));
    for body in [
        "(global $one (mut i32) (i32.const 0)) (global $other (mut i32) (i32.const 0))",
        "(global $shown (mut i32) (i32.const 0)) (export \"shown\" (global $shown))",
        "(func $f (table.set $functions (i32.const 0) (ref.null func)))",
        "(func $f (table.fill $functions (i32.const 0) (ref.null func) (i32.const 1)))",
        "(func $f (table.copy (i32.const 0) (i32.const 0) (i32.const 1)))",
        "(elem $e func) (func $f (table.init $e (i32.const 0) (i32.const 0) (i32.const 0)))",
        "(elem $e func) (func $f (elem.drop $e))",
        "(data $d \"x\") (func $f (data.drop $d))",
    ] {
        assert!(!restorable(body), "{body}");
    }
}

#[test]
fn the_rules_of_the_repository_are_restorable() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/rules");
    let Ok(files) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: no rules are built, run `cargo xtask rules`");
        return;
    };
    let engine = engine(|_| {});
    for file in files {
        let path = file.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let rule = support::check(&engine, &bytes, Exactness::Exact).unwrap();
        assert!(rule.is_restorable(), "{}", path.display());
    }
}

#[tokio::test]
async fn a_pristine_evaluation_takes_the_same_fuel_whatever_was_before() {
    let engine = engine(|_| {});
    let rule = rule(&engine, "honest");
    let mut lease = engine.fresh(&rule, &number(0)).await.unwrap();
    let first = lease.evaluate_from(Start::Pristine, &number(7), false).unwrap().fuel;
    for _ in 0..10 {
        lease.evaluate(&number(9), true).unwrap();
        let again = lease.evaluate_from(Start::Pristine, &number(7), false).unwrap().fuel;
        assert_eq!(again, first);
    }
}

#[tokio::test]
async fn a_short_evaluation_gives_what_a_long_one_gives() {
    let engine = engine(|_| {});
    let rule = rule(&engine, "uses_a_stack");
    let key = key(&rule, "acme", 0);
    let mut lease = engine.lease(&rule, &key, &number(0)).await.unwrap();
    let full = lease.evaluate_from(Start::Pristine, &number(20), false).unwrap();
    drop(lease);
    for start in [Start::Pristine, Start::Warm] {
        let facts = number(20);
        let brief = engine.evaluate_briefly(&rule, &key, &number(0), (start, &facts), false);
        assert_eq!(brief.unwrap().as_ref(), Ok(&full), "{start:?}");
    }
}

#[tokio::test]
async fn a_short_evaluation_that_is_cut_off_is_no_failure_and_the_long_one_follows() {
    let full = {
        let engine = engine(|_| {});
        let rule = rule(&engine, "uses_a_stack");
        let mut lease = engine.fresh(&rule, &number(0)).await.unwrap();
        lease.evaluate_from(Start::Pristine, &number(20), false).unwrap()
    };
    for short in [0, 1, full.fuel / 2, full.fuel - 1, full.fuel] {
        let engine = engine(|settings| settings.short_fuel = short);
        let rule = rule(&engine, "uses_a_stack");
        let key = key(&rule, "acme", 0);
        drop(engine.lease(&rule, &key, &number(0)).await.unwrap());
        let facts = number(20);
        let brief = (Start::Pristine, &*facts);
        assert_eq!(engine.evaluate_briefly(&rule, &key, &number(0), brief, false), None, "{short}");
        let mut lease = engine.lease(&rule, &key, &number(0)).await.unwrap();
        let again = lease.evaluate_from(Start::Pristine, &number(20), false).unwrap();
        assert_eq!(again, full, "fuel and all");
        drop(lease);
        assert!(engine.statistics().failures.iter().all(|(_, count)| *count == 0));
    }
}
