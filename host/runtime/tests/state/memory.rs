//! What is kept in memory has a bound, and what is beyond it is made again when it is needed.

use std::sync::Arc;

use jiff::civil::date;
use stele_runtime::{
    ActivateError, ActivationDraft, CalculateError, CalculationRequest, CeilingReached, Ceilings,
    ChangeError, LoadError, OrganizationError, Precondition, PublishError, ReadyRulesets, Runtime,
    Scope, Settings, TenantId, TokenDraft, TokenScope,
};
use stele_store::{Door, MemoryStore};

use crate::support::{
    NAME, acme, activate, bonus, calculated, draft, furnish, furnished, request, settings, slot,
    somebody, tenant, without_approvals,
};

/// So many ready rulesets.
fn ready(most: usize) -> ReadyRulesets {
    ReadyRulesets { most, ..ReadyRulesets::default() }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rulesets_used_longest_ago_are_dropped_and_made_ready_again() {
    let settings = Settings { ready_rulesets: ready(2), ..settings() };
    let store = Arc::new(Door::new(MemoryStore::new().unwrap()).unwrap());
    let runtime = Runtime::with_store(store, settings).await.unwrap();
    furnish(&runtime).await;
    for number in 3..=6 {
        let package = bonus(&format!("{number}.0.0"), number * 10);
        runtime.publish(&somebody(), Scope::Everyone, package).await.unwrap();
        assert_eq!(runtime.statistics().ready_rulesets, 2);
    }
    for number in 1..=6 {
        let draft = ActivationDraft {
            slot: format!("s{number}"),
            ruleset: NAME.to_owned(),
            version: format!("{number}.0.0"),
            valid_from: date(2020, 1, 1),
        };
        runtime.activate(&somebody(), &acme(), draft).await.unwrap();
    }
    for round in 0..3 {
        for number in 1..=6_i64 {
            let asked = CalculationRequest { slot: slot(&format!("s{number}")), ..request() };
            let answer = calculated(&runtime, asked).await.unwrap();
            assert_eq!(answer, (1 + number * 10).to_string(), "in round {round}");
            assert_eq!(runtime.statistics().ready_rulesets, 2);
        }
    }
}

/// An attack: a tenant asks for many versions that are not ready, each of which has to be compiled.
#[tokio::test]
async fn many_versions_that_one_tenant_has_made_ready_keep_no_other_tenant_waiting() {
    let ready_rulesets = ReadyRulesets { most: 1, openings_of_a_tenant: 2 };
    let settings = Settings { ready_rulesets, ..settings() };
    let runtime =
        Runtime::with_store(Arc::new(Door::new(MemoryStore::new().unwrap()).unwrap()), settings)
            .await
            .unwrap();
    furnish(&runtime).await;
    runtime.create_tenant(&somebody(), tenant("other"), "Other").await.unwrap();
    without_approvals(&runtime, &tenant("other")).await;
    let put_in_force = async |owner: &TenantId, slot: &str, version: &str| {
        let draft = ActivationDraft {
            slot: slot.to_owned(),
            ruleset: NAME.to_owned(),
            version: version.to_owned(),
            valid_from: date(2020, 1, 1),
        };
        runtime.activate(&somebody(), owner, draft).await.unwrap();
    };
    for number in 3..=9 {
        let package = bonus(&format!("{number}.0.0"), number * 10);
        runtime.publish(&somebody(), Scope::Everyone, package).await.unwrap();
        put_in_force(&acme(), &format!("s{number}"), &format!("{number}.0.0")).await;
    }
    put_in_force(&tenant("other"), "s", "1.0.0").await;

    // The last one is ready still; of the six others two have a turn.
    let ask = |owner: TenantId, name: String| {
        let runtime = runtime.clone();
        let request = CalculationRequest { slot: slot(&name), ..request() };
        tokio::spawn(async move { runtime.calculate(&owner, request).await.map(drop) })
    };
    let asked: Vec<_> = (3..=9).map(|number| ask(acme(), format!("s{number}"))).collect();
    let of_another = ask(tenant("other"), "s".to_owned()).await.unwrap();
    let mut answers = Vec::new();
    for asked in asked {
        answers.push(asked.await.unwrap());
    }
    let refused = answers.iter().filter(|answer| {
        matches!(answer, Err(CalculateError::Load(LoadError::Busy(busy))) if busy.most == 2)
    });
    assert_eq!(refused.count(), 4, "{answers:?}");
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 3, "{answers:?}");
    assert!(of_another.is_ok(), "{of_another:?}");
    // Whoever comes again is served.
    let again = CalculationRequest { slot: slot("s3"), ..request() };
    assert_eq!(calculated(&runtime, again).await.unwrap(), "31");
}

#[tokio::test]
async fn what_is_always_in_memory_has_a_ceiling() {
    let ceilings = Ceilings {
        tenants: 2,
        tokens_of_a_tenant: 1,
        versions_of_a_tenant: 2,
        organizations_of_a_tenant: 1,
        activations_of_a_tenant: 1,
    };
    let settings = Settings { ceilings, ..settings() };
    let runtime =
        Runtime::with_store(Arc::new(Door::new(MemoryStore::new().unwrap()).unwrap()), settings)
            .await
            .unwrap();
    furnish(&runtime).await;
    let reached = |what, most| CeilingReached { what, most };

    runtime.create_tenant(&somebody(), tenant("other"), "Other").await.unwrap();
    let third = runtime.create_tenant(&somebody(), tenant("third"), "Third").await;
    assert!(
        matches!(&third, Err(ChangeError::Ceiling(error)) if *error == reached("tenants", 2)),
        "{third:?}"
    );
    let token = async |holder: &str| {
        let draft = TokenDraft {
            tenant: Some(tenant(holder)),
            name: "t".to_owned(),
            scopes: vec![TokenScope::Calculate],
            subject: None,
        };
        runtime.create_token(&somebody(), draft).await
    };
    token("acme").await.unwrap();
    let second = token("acme").await;
    assert!(matches!(second, Err(ChangeError::Ceiling(_))), "{second:?}");
    token("other").await.unwrap();

    let published = runtime.publish(&somebody(), Scope::Everyone, bonus("3.0.0", 30)).await;
    assert!(matches!(published, Err(PublishError::Ceiling(_))), "{published:?}");
    let same = runtime.publish(&somebody(), Scope::Everyone, bonus("2.0.0", 20)).await.unwrap();
    assert!(same.already, "what is there already needs no room");

    let organize = async || {
        let (who, whose) = (somebody(), acme());
        runtime.put_organization(&who, &whose, Precondition::None, serde_json::json!({})).await
    };
    organize().await.unwrap();
    let again = organize().await;
    assert!(matches!(again, Err(OrganizationError::Ceiling(_))), "{again:?}");

    activate(&runtime, "1.0.0", date(2020, 1, 1)).await;
    let more = runtime.activate(&somebody(), &acme(), draft("2.0.0", date(2020, 1, 1))).await;
    assert!(matches!(more, Err(ActivateError::Ceiling(_))), "{more:?}");
    assert_eq!(calculated(&runtime, request()).await.unwrap(), "11");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_version_whose_publication_is_refused_does_not_stay() {
    let runtime = furnished().await;
    assert_eq!(runtime.statistics().ready_rulesets, 2);
    // Two contents of one version, checked at the same time: one of them comes too late.
    let publish =
        async |amount| runtime.publish(&somebody(), Scope::Everyone, bonus("3.0.0", amount)).await;
    let (one, other) = tokio::join!(publish(30), publish(31));
    let refused = [one, other].into_iter().filter_map(Result::err).collect::<Vec<_>>();
    assert!(matches!(&refused[..], [PublishError::Conflict { .. }]), "{refused:?}");
    assert_eq!(runtime.statistics().ready_rulesets, 3);
}
