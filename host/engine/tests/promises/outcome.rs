//! An answer that breaks the contract is an error of that evaluation, never a wrong payslip.

use stele_engine::{Failure, TrapCause};

use crate::support::{engine, evaluate, rule};

#[tokio::test]
async fn a_good_answer_passes() {
    let engine = engine(|_| {});
    let outcome = evaluate(&engine, &rule(&engine, "misshapen"), 0).await.unwrap();
    assert_eq!((outcome.lines.len(), outcome.findings.len(), outcome.steps.len()), (1, 1, 1));
}

#[tokio::test]
async fn an_answer_of_the_wrong_shape_is_refused_and_says_why() {
    let engine = engine(|_| {});
    let rule = rule(&engine, "misshapen");
    for (way, part) in [
        (1, "line 0: it names position 2 of 2 items"),
        (2, "line 0: not a decimal"),
        (3, "line 0: not a decimal"),
        (4, "finding 0: it names position 1 of 1 findings"),
        (5, "finding 0: not a date"),
        (6, "step 0: it names position 1 of 1 steps"),
        (7, "step 0: it names position 1 of 1 lines"),
        (8, "step 0: expected 1 values, found 0"),
        (9, "step 0: value 0: a choice without declared choices"),
        (10, "two lines name item 0 with the same subject"),
        (11, "line 0: a text of 5000 bytes, at most 4096"),
        (12, "utf-8"),
        (13, "discriminant"),
        (14, "out of bounds"),
        (15, "align"),
        (16, "it names position 7 of 1 facts"),
        (17, "a cell of something that is not a table"),
        (18, "step 0: value 0: expected a single value, found rows"),
        (19, "step 0: it has a result, but no formula"),
        (20, "discriminant"),
    ] {
        match evaluate(&engine, &rule, way).await {
            Err(Failure::InvalidOutcome(reason)) => {
                assert!(reason.contains(part), "{way}: {reason}");
            }
            Err(Failure::Trap { cause: TrapCause::Interface })
                if (12..=15).contains(&way) || way == 20 => {}
            other => panic!("{way}: {other:?}"),
        }
    }
    let statistics = engine.statistics();
    assert_eq!(statistics.instances_created, statistics.instances_dropped);
}

#[tokio::test]
async fn steps_that_nobody_asked_for_are_refused() {
    let engine = engine(|_| {});
    let rule = rule(&engine, "gives_steps_unasked");
    let mut lease = engine.fresh(&rule, &crate::support::number(0)).await.unwrap();
    assert!(lease.evaluate(&crate::support::number(0), true).is_ok());
    let failure = lease.evaluate(&crate::support::number(0), false).unwrap_err();
    assert!(matches!(failure, Failure::InvalidOutcome(_)), "{failure:?}");
}

#[tokio::test]
async fn an_answer_with_too_many_lines_findings_or_steps_is_refused() {
    for limit in ["lines", "findings", "steps"] {
        let engine = engine(|settings| match limit {
            "lines" => settings.lines = 0,
            "findings" => settings.findings = 0,
            _ => settings.steps = 0,
        });
        let failure = evaluate(&engine, &rule(&engine, "misshapen"), 0).await.unwrap_err();
        let expected = Failure::InvalidOutcome(format!("1 {limit}, at most 0"));
        assert_eq!(failure, expected);
    }
}
