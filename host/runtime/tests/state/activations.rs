//! Activations.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use jiff::civil::date;
use stele_runtime::{ActivateError, ActivationDraft, CalculateError, CalculationRequest, Scope};
use tokio::sync::Barrier;

use crate::support::{
    NAME, SLOT, acme, activate, answer, bonus_named, calculated, draft, furnished, ready, request,
    slot, somebody, tenant,
};

#[tokio::test]
async fn the_latest_activation_that_has_begun_is_in_force() {
    let runtime = furnished().await;
    activate(&runtime, "1.0.0", date(2020, 1, 1)).await;
    activate(&runtime, "2.0.0", date(2020, 7, 1)).await;
    let on = |date| calculated(&runtime, CalculationRequest { date, ..request() });
    assert_eq!(on(date(2020, 6, 30)).await.unwrap(), "11");
    assert_eq!(on(date(2020, 7, 1)).await.unwrap(), "21");
    // A rollback is a new activation from the same day.
    activate(&runtime, "1.0.0", date(2020, 7, 1)).await;
    assert_eq!(on(date(2020, 7, 1)).await.unwrap(), "11");
}

#[tokio::test]
async fn what_was_known_earlier_stays_as_it_was() {
    let runtime = furnished().await;
    let first = activate(&runtime, "1.0.0", date(2020, 1, 1)).await;
    // Retroactive: recorded later, valid earlier than the day that is asked for.
    let second = activate(&runtime, "2.0.0", date(2020, 2, 1)).await;
    let at = |known_at| calculated(&runtime, CalculationRequest { known_at, ..request() });
    assert_eq!(at(Some(first.recorded_at)).await.unwrap(), "11");
    assert_eq!(at(Some(second.recorded_at)).await.unwrap(), "21");
    assert_eq!(at(None).await.unwrap(), "21");
    let before = first.recorded_at - Duration::from_secs(1);
    let unknown = at(Some(before)).await;
    assert!(matches!(unknown, Err(CalculateError::UnknownSlot { .. })), "{unknown:?}");
}

#[tokio::test]
async fn what_can_not_be_activated_is_refused_with_the_reason() {
    let runtime = furnished().await;
    async fn refused(runtime: &stele_runtime::Runtime, draft: ActivationDraft) -> ActivateError {
        runtime.activate(&somebody(), &acme(), draft).await.unwrap_err()
    }
    let start = date(2020, 1, 1);
    let error = refused(&runtime, draft("9.0.0", start)).await;
    assert!(matches!(error, ActivateError::UnknownVersion { ruleset_exists: true, .. }), "{error}");
    let unknown = ActivationDraft { ruleset: "no/such".to_owned(), ..draft("1.0.0", start) };
    let error = refused(&runtime, unknown).await;
    assert!(matches!(error, ActivateError::UnknownVersion { ruleset_exists: false, .. }));
    for outside in [date(2019, 12, 31), date(2022, 1, 1)] {
        let error = refused(&runtime, draft("1.0.0", outside)).await;
        assert!(matches!(error, ActivateError::OutsideHorizon { .. }), "{error}");
    }
    for name in ["", "Bonus", "a//b", "/a", "a/", "a b", "-a", "ä"] {
        let named = ActivationDraft { slot: name.to_owned(), ..draft("1.0.0", start) };
        let error = refused(&runtime, named).await;
        assert!(matches!(error, ActivateError::InvalidSlot(_)), "{name:?}: {error}");
    }
    let other = runtime.activate(&somebody(), &tenant("other"), draft("1.0.0", start)).await;
    assert!(matches!(other, Err(ActivateError::UnknownTenant(_))), "{other:?}");
    assert!(runtime.activations(&acme(), None, 10, None).await.unwrap().activations.is_empty());
}

#[tokio::test]
async fn a_version_of_another_tenant_can_not_be_activated() {
    let runtime = furnished().await;
    let other = tenant("other");
    runtime.create_tenant(&somebody(), other.clone(), "Other").await.unwrap();
    let package = bonus_named("other/bonus", "1.0.0", 1);
    runtime.publish(&somebody(), Scope::Tenant(other), package).await.unwrap();
    let foreign =
        ActivationDraft { ruleset: "other/bonus".to_owned(), ..draft("1.0.0", date(2020, 1, 1)) };
    let refused = runtime.activate(&somebody(), &acme(), foreign).await;
    assert!(matches!(refused, Err(ActivateError::UnknownVersion { .. })), "{refused:?}");
}

#[tokio::test]
async fn the_history_is_read_in_pages_and_by_slot() {
    let runtime = furnished().await;
    for number in 0..10 {
        let name = if number % 3 == 0 { "other" } else { SLOT };
        let named = ActivationDraft { slot: name.to_owned(), ..draft("1.0.0", date(2020, 1, 1)) };
        runtime.activate(&somebody(), &acme(), named).await.unwrap();
    }
    for limit in [1, 2, 3, 10, 50] {
        let mut found = Vec::new();
        let mut after = None;
        loop {
            let wanted = slot(SLOT);
            let page = runtime.activations(&acme(), after, limit, Some(&wanted)).await.unwrap();
            assert!(page.activations.len() <= limit);
            found.extend(page.activations.iter().map(|activation| activation.sequence));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(found, [1, 2, 4, 5, 7, 8], "pages of {limit}");
    }
    let all = runtime.activations(&acme(), None, 50, None).await.unwrap();
    assert_eq!(all.activations.len(), 10);
    assert_eq!(all.activations[0].ruleset, NAME);
    assert_eq!(all.activations[0].actor.name, "Somebody");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_swap_under_load_mixes_nothing_and_shows_at_once() {
    const READERS: usize = 3;
    let runtime = ready().await;
    // Counts the swaps that were acknowledged: even is 1.0.0, odd is 2.0.0.
    let acknowledged = Arc::new(AtomicU64::new(0));
    let swaps = 60;
    // No swap before everybody reads.
    let reading = Arc::new(Barrier::new(READERS + 1));
    let readers: Vec<_> = (0..READERS)
        .map(|_| {
            let (runtime, acknowledged) = (runtime.clone(), acknowledged.clone());
            let reading = reading.clone();
            tokio::spawn(async move {
                let mut calculator = runtime.calculator(&acme());
                calculator.calculate(request()).await.unwrap();
                reading.wait().await;
                loop {
                    let before = acknowledged.load(Ordering::SeqCst);
                    calculator.look_up([&request()]).await.unwrap();
                    let result = calculator.calculate(request()).await.unwrap();
                    let after = acknowledged.load(Ordering::SeqCst);
                    let expected = match result.receipt.version.as_str() {
                        "1.0.0" => ("11", 0),
                        _ => ("21", 1),
                    };
                    assert_eq!(answer(&result), expected.0, "an answer mixes two versions");
                    assert_eq!(result.receipt.digest, result.ruleset.digest());
                    // If no swap came between or was under way, it must be the acknowledged one.
                    if before == after && after == swaps {
                        assert_eq!(after % 2, expected.1, "answered by the old version");
                        return;
                    }
                }
            })
        })
        .collect();
    reading.wait().await;
    for swap in 1..=swaps {
        let version = if swap % 2 == 0 { "1.0.0" } else { "2.0.0" };
        activate(&runtime, version, date(2020, 1, 1)).await;
        // Right after the acknowledgement, from the same caller.
        let result = runtime.calculate(&acme(), request()).await.unwrap();
        assert_eq!(result.receipt.version, version);
        acknowledged.store(swap, Ordering::SeqCst);
    }
    for reader in readers {
        reader.await.unwrap();
    }
}
