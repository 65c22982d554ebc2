//! Calculations.

use std::sync::Arc;

use jiff::{Timestamp, civil::date};
use serde_json::{Map, json};
use stele_ruleset::CalculationError;
use stele_runtime::{CalculateError, CalculationRequest, ReadyRulesets, Runtime, Settings};

use crate::support::{
    acme, activate, answer, calculated, facts, furnish, furnished, of, put, ready, request,
    settings, slot, somebody, tenant,
};

#[tokio::test]
async fn inline_facts_override_attributes() {
    let runtime = ready().await;
    put(&runtime, "e1", &[(date(2020, 1, 1), 5)]).await;
    let day = date(2020, 6, 30);
    assert_eq!(calculated(&runtime, of("e1", day, None)).await.unwrap(), "15");
    let overridden = CalculationRequest { facts: facts(json!("7")), ..of("e1", day, None) };
    assert_eq!(calculated(&runtime, overridden).await.unwrap(), "17");
}

#[tokio::test]
async fn an_attribute_holds_from_its_date_on() {
    let runtime = ready().await;
    let values = [(date(2020, 7, 1), 6), (date(2020, 1, 1), 5)];
    put(&runtime, "e1", &values).await;
    assert_eq!(calculated(&runtime, of("e1", date(2020, 6, 30), None)).await.unwrap(), "15");
    assert_eq!(calculated(&runtime, of("e1", date(2020, 7, 1), None)).await.unwrap(), "16");
    put(&runtime, "e2", &[(date(2020, 7, 1), 6)]).await;
    let before = calculated(&runtime, of("e2", date(2020, 6, 30), None)).await;
    let Err(CalculateError::Calculation(CalculationError::InvalidFacts(errors))) = before else {
        panic!("{before:?}")
    };
    assert_eq!(errors[0].pointer, "/number");
}

#[tokio::test]
async fn each_reason_for_no_result_is_told_apart() {
    let runtime = furnished().await;
    activate(&runtime, "1.0.0", date(2020, 3, 1)).await;
    let unknown_slot = CalculationRequest { slot: slot("other"), ..request() };
    let too_early = CalculationRequest { date: date(2020, 2, 29), ..request() };
    let too_late = CalculationRequest { date: date(2022, 1, 1), ..request() };
    let nobody = of("nobody", date(2020, 6, 30), None);
    let wrong = CalculationRequest { facts: Map::new(), ..request() };
    let result = calculated(&runtime, unknown_slot).await;
    assert!(matches!(result, Err(CalculateError::UnknownSlot { .. })), "{result:?}");
    let result = calculated(&runtime, too_early).await;
    assert!(matches!(result, Err(CalculateError::NothingInForce { .. })), "{result:?}");
    let result = calculated(&runtime, nobody).await;
    assert!(matches!(result, Err(CalculateError::UnknownEmployee { .. })), "{result:?}");
    for (request, outside) in [(too_late, true), (wrong, false)] {
        match calculated(&runtime, request).await {
            Err(CalculateError::Calculation(CalculationError::OutsideHorizon { .. })) => {
                assert!(outside);
            }
            Err(CalculateError::Calculation(CalculationError::InvalidFacts(_))) => {
                assert!(!outside);
            }
            other => panic!("{other:?}"),
        }
    }
    let result = runtime.calculate(&tenant("other"), request()).await;
    assert!(matches!(result, Err(CalculateError::UnknownTenant(_))), "{result:?}");
}

#[tokio::test]
async fn a_receipt_is_enough_to_get_the_same_result_again() {
    let runtime = ready().await;
    put(&runtime, "e1", &[(date(2020, 1, 1), 5)]).await;
    let day = date(2020, 6, 30);
    let first = runtime.calculate(&acme(), of("e1", day, None)).await.unwrap().receipt;
    assert_eq!(first.employee_revision, Some(1));
    // Everything changes afterwards.
    put(&runtime, "e1", &[(date(2020, 1, 1), 6)]).await;
    activate(&runtime, "2.0.0", date(2020, 1, 1)).await;
    let now = runtime.calculate(&acme(), of("e1", day, None)).await.unwrap();
    assert_eq!(answer(&now), "26");
    assert_ne!(now.receipt.outcome_digest, first.outcome_digest);
    let then = runtime.calculate(&acme(), of("e1", day, Some(first.known_at))).await.unwrap();
    assert_eq!(answer(&then), "15");
    assert_eq!(then.receipt, first);
    // The receipt survives its own JSON.
    let text = serde_json::to_string(&first).unwrap();
    assert_eq!(serde_json::from_str::<stele_runtime::Receipt>(&text).unwrap(), first);
}

#[tokio::test]
async fn a_time_to_come_is_taken_for_now() {
    let runtime = ready().await;
    let future = CalculationRequest { known_at: Some(Timestamp::MAX), ..request() };
    let receipt = runtime.calculate(&acme(), future).await.unwrap().receipt;
    let now = runtime.calculate(&acme(), request()).await.unwrap().receipt;
    assert_eq!(receipt, now);
}

#[tokio::test]
async fn a_calculator_gives_what_single_calculations_give() {
    let runtime = ready().await;
    let mut calculator = runtime.calculator(&acme());
    for number in 0..20 {
        if number == 10 {
            activate(&runtime, "2.0.0", date(2020, 1, 1)).await;
        }
        if number % 5 == 0 {
            calculator.rest();
        }
        let request = || CalculationRequest { facts: facts(json!(number)), ..request() };
        let alone = runtime.calculate(&acme(), request()).await.unwrap();
        calculator.look_up([&request()]).await.unwrap();
        let in_a_row = calculator.calculate(request()).await.unwrap();
        assert_eq!(in_a_row.receipt, alone.receipt);
        let wrong = CalculationRequest { facts: facts(json!("x")), ..request() };
        assert!(calculator.calculate(wrong).await.is_err());
    }
}

#[tokio::test]
async fn a_deleted_employee_is_found_only_as_known_before() {
    let runtime = ready().await;
    let written = put(&runtime, "e1", &[(date(2020, 1, 1), 5)]).await;
    let id = written.employee.id;
    runtime.delete_employee(&somebody(), &acme(), &id, None).await.unwrap();
    let day = date(2020, 6, 30);
    let gone = calculated(&runtime, of("e1", day, None)).await;
    assert!(matches!(gone, Err(CalculateError::UnknownEmployee { .. })), "{gone:?}");
    let then = of("e1", day, Some(written.employee.recorded_at));
    assert_eq!(calculated(&runtime, then).await.unwrap(), "15");
}

/// Of so many versions that are ready, the one that was used longest ago makes room, and is made
/// ready again when somebody needs it.
#[tokio::test]
async fn a_version_that_was_not_used_for_longest_makes_room() {
    let settings = Settings {
        ready_rulesets: ReadyRulesets { most: 1, ..ReadyRulesets::default() },
        ..settings()
    };
    let store = Arc::new(stele_store::Door::new(stele_store::MemoryStore::new().unwrap()).unwrap());
    let runtime = Runtime::with_store(store, settings).await.unwrap();
    furnish(&runtime).await;
    activate(&runtime, "1.0.0", date(2020, 1, 1)).await;
    activate(&runtime, "2.0.0", date(2021, 1, 1)).await;
    let earlier = CalculationRequest { date: date(2020, 6, 30), ..request() };
    let later = CalculationRequest { date: date(2021, 6, 30), ..request() };
    let calculate = async |request: &CalculationRequest, expected: &str| {
        let result = runtime.calculate(&acme(), request.clone()).await.unwrap();
        assert_eq!(answer(&result), expected);
        Arc::downgrade(&result.ruleset)
    };
    for _ in 0..3 {
        let first = calculate(&earlier, "11").await;
        assert_eq!(first.strong_count(), 1, "it stays ready while nobody needs the room");
        let second = calculate(&later, "21").await;
        assert_eq!((first.strong_count(), second.strong_count()), (0, 1));
    }
}
