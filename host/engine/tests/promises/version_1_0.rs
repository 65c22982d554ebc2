//! Rules that were made for version 1.0 of the contract are served as they were.

use stele_engine::contract::{Scalar, Value, Version};
use stele_engine::{Engine, Exactness, Failure, Rule};

use crate::support::{self, amount, description, engine, from_text_of, hostile_text, number};

fn rule(engine: &Engine, body: &str) -> Rule {
    let bytes = from_text_of(Version::V1_0, body, &description());
    support::check(engine, &bytes, Exactness::Exact).unwrap()
}

#[tokio::test]
async fn a_rule_of_version_1_0_is_described_and_answers_like_one_of_the_newest() {
    let engine = engine(|_| {});
    let old = rule(&engine, &hostile_text("honest"));
    let new = support::rule(&engine, "honest");
    assert_eq!((old.contract(), new.contract()), (Version::V1_0, Version::V1_1));
    assert_eq!(old.description(), new.description());
    assert_eq!(old.is_restorable(), new.is_restorable());
    let mut fuel = Vec::new();
    for rule in [&old, &new] {
        let mut lease = engine.fresh(rule, &number(10)).await.unwrap();
        let evaluation = lease.evaluate(&number(7), true).unwrap();
        assert_eq!(amount(&evaluation.outcome), 17);
        fuel.push(evaluation.fuel);
    }
    assert_eq!(fuel[0], fuel[1]);
}

/// A step of 20 bytes with a list of scalars, as version 1.0 has them.
const STEP: &str = r#"
(func $evaluate (param $self i32) (param $facts i32) (param $count i32) (param $explain i32)
  (result i32)
  (drop (call $line (i32.const 0) (i64.const 1)))
  (i32.store (i32.const 1044) (i32.const 1240))
  (i32.store (i32.const 1048) (i32.const 1))
  (i32.store8 (i32.const 1244) (i32.const 1))
  (i32.store (i32.const 1252) (i32.const 1304))
  (i32.store (i32.const 1256) (i32.const 1))
  (i32.store8 (i32.const 1304) (i32.const 2))
  (i64.store (i32.const 1312) (call $number (local.get $facts)))
  (i32.const 1024))
"#;

#[tokio::test]
async fn steps_of_version_1_0_are_read_as_steps_without_a_result() {
    let engine = engine(|_| {});
    let rule = rule(&engine, STEP);
    let mut lease = engine.fresh(&rule, &number(0)).await.unwrap();
    let outcome = lease.evaluate(&number(7), true).unwrap().outcome;
    let [step] = outcome.steps.as_slice() else { panic!("{outcome:?}") };
    assert_eq!((step.kind, step.line), (0, Some(0)));
    assert_eq!(step.values, [Value::Scalar(Scalar::Integer(7))]);
    assert_eq!(step.result, None);
}

#[tokio::test]
async fn faults_and_traps_of_version_1_0_are_what_they_were() {
    let engine = engine(|_| {});
    for (name, cause) in [("faults", "fault"), ("traps", "trap"), ("loops", "out_of_fuel")] {
        let rule = rule(&engine, &hostile_text(name));
        let causes: Vec<&str> = {
            let mut causes = Vec::new();
            for fact in 0..3 {
                let failed = support::evaluate(&engine, &rule, fact).await.err();
                causes.extend(failed.as_ref().map(Failure::cause));
            }
            causes
        };
        assert!(causes.contains(&cause), "{name}: {causes:?}");
    }
}

#[test]
fn the_types_of_another_version_under_its_name_are_refused() {
    let text = hostile_text("honest");
    for (named, made_for) in [(Version::V1_0, Version::V1_1), (Version::V1_1, Version::V1_0)] {
        let bytes = support::renamed(made_for, named, &text);
        let rejection =
            support::check(&engine(|_| {}), &bytes, Exactness::Exact).expect_err("another shape");
        assert_eq!(rejection.check(), "world", "{rejection}");
        assert!(rejection.reason().contains("another shape"), "{rejection}");
    }
}
