//! Four eyes: nothing is in force before as many other people have agreed as the policy asks for.

use std::sync::Arc;

use jiff::civil::date;
use serde_json::{Value, json};
use stele_runtime::{
    ActivateError, Actor, Precondition, ProposalDraft, ProposalError, ProposalFilter,
    ProposalStateView, ProposalView, RollbackDraft, Runtime,
};
use uuid::Uuid;

use crate::support::{NAME, SLOT, acme, answer, bonus, draft, empty, request, somebody, tenant};

pub(crate) fn person(number: u128) -> Actor {
    Actor::new(Uuid::from_u128(number), format!("Person {number}"))
}

/// Two versions published, nothing in force, and the policy that holds where none was written.
pub(crate) async fn published() -> Arc<Runtime> {
    let runtime = empty().await;
    runtime.create_tenant(&somebody(), acme(), "Acme").await.unwrap();
    for (version, amount) in [("1.0.0", 10), ("2.0.0", 20)] {
        let package = bonus(version, amount);
        let scope = stele_runtime::Scope::Everyone;
        runtime.publish(&somebody(), scope, package).await.unwrap();
    }
    runtime
}

pub(crate) fn proposal(version: &str) -> ProposalDraft {
    ProposalDraft {
        slot: SLOT.to_owned(),
        ruleset: NAME.to_owned(),
        version: version.to_owned(),
        valid_from: date(2020, 1, 1),
        impact_report: None,
        reason: None,
    }
}

async fn policy(runtime: &Runtime, approvals: u32, impact_report: &str) {
    let rule = json!({ "slots": "*", "approvals": approvals, "impact_report": impact_report });
    write_policy(runtime, rule).await;
}

pub(crate) async fn write_policy(runtime: &Runtime, rule: Value) {
    let content = json!({ "approvals": [rule] });
    let none = Precondition::None;
    runtime.put_policy(&somebody(), Some(&acme()), none, content).await.unwrap();
}

pub(crate) async fn propose(runtime: &Runtime, who: u128, version: &str) -> ProposalView {
    runtime.propose(&person(who), &acme(), proposal(version)).await.unwrap()
}

pub(crate) async fn approve(
    runtime: &Runtime,
    who: u128,
    shown: &ProposalView,
) -> Result<ProposalView, ProposalError> {
    runtime.approve(&person(who), &acme(), shown.id, &shown.binding.to_string()).await
}

/// The answer of what is in force, if anything is.
pub(crate) async fn in_force(runtime: &Runtime) -> Option<String> {
    runtime.calculate(&acme(), request()).await.ok().map(|result| answer(&result))
}

pub(crate) async fn actions(runtime: &Runtime) -> Vec<String> {
    let entries = runtime.audit(Some(&acme()), 0, 1000).await.unwrap();
    entries.into_iter().map(|entry| entry.action).collect()
}

#[tokio::test]
async fn nothing_is_in_force_before_another_person_has_agreed() {
    let runtime = published().await;
    let refused = runtime.activate(&person(1), &acme(), draft("1.0.0", date(2020, 1, 1))).await;
    assert!(matches!(refused, Err(ActivateError::ApprovalNeeded { needed: 1, .. })), "{refused:?}");

    let proposed = propose(&runtime, 1, "1.0.0").await;
    assert_eq!((proposed.state, proposed.approvals.needed), (ProposalStateView::Proposed, 1));
    assert_eq!(in_force(&runtime).await, None);
    let approved = approve(&runtime, 2, &proposed).await.unwrap();
    assert_eq!(approved.state, ProposalStateView::InForce);
    assert_eq!(in_force(&runtime).await.as_deref(), Some("11"));

    // Both people are on record, and the activation names the proposal.
    assert_eq!(approved.proposed_by.subject, Uuid::from_u128(1));
    assert_eq!(approved.decisions[0].actor.subject, Uuid::from_u128(2));
    let activation = &runtime.activations(&acme(), None, 10, None).await.unwrap().activations[0];
    assert_eq!(activation.proposal, Some(proposed.id));
    assert_eq!(Some(activation.id), approved.activation);
    assert_eq!(actions(&runtime).await, ["proposal.made", "proposal.approved_and_activated"]);
}

#[tokio::test]
async fn nobody_approves_their_own_proposal_under_whatever_name() {
    let runtime = published().await;
    let proposed = propose(&runtime, 1, "1.0.0").await;
    let renamed = Actor::new(Uuid::from_u128(1), "Somebody else");
    let binding = proposed.binding.to_string();
    let refused = runtime.approve(&renamed, &acme(), proposed.id, &binding).await;
    assert!(matches!(refused, Err(ProposalError::OwnProposal { .. })), "{refused:?}");
    let refused = runtime.reject(&renamed, &acme(), proposed.id, "no").await;
    assert!(matches!(refused, Err(ProposalError::OwnProposal { .. })), "{refused:?}");
    let refused = runtime.withdraw(&person(2), &acme(), proposed.id).await;
    assert!(matches!(refused, Err(ProposalError::NotTheProposer { .. })), "{refused:?}");
    assert_eq!(actions(&runtime).await, ["proposal.made"], "a refusal changes nothing");
}

#[tokio::test]
async fn an_approval_holds_for_exactly_what_was_shown() {
    let runtime = published().await;
    policy(&runtime, 2, "optional").await;
    let shown = propose(&runtime, 1, "1.0.0").await;
    let once = approve(&runtime, 2, &shown).await.unwrap();
    assert_eq!((once.approvals.given, once.state), (1, ProposalStateView::Proposed));
    let twice = approve(&runtime, 2, &shown).await;
    assert!(
        matches!(twice, Err(ProposalError::AlreadyApproved { given: 1, needed: 2 })),
        "{twice:?}"
    );

    let none = Precondition::None;
    let changed = runtime
        .amend_proposal(&person(1), &acme(), shown.id, none, proposal("2.0.0"))
        .await
        .unwrap();
    assert_eq!(changed.approvals.given, 0, "the change voids what was approved before");
    assert!(!changed.decisions[0].current);
    match approve(&runtime, 3, &shown).await {
        Err(ProposalError::Changed { changes, binding }) => {
            assert_eq!(binding, changed.binding);
            let fields: Vec<_> = changes.iter().map(|change| change.field).collect();
            assert_eq!(fields, ["version", "digest"]);
            assert_eq!((changes[0].then.as_str(), changes[0].now.as_str()), ("1.0.0", "2.0.0"));
        }
        other => panic!("{other:?}"),
    }
    let unknown = runtime.approve(&person(3), &acme(), shown.id, "nonsense").await;
    assert!(matches!(unknown, Err(ProposalError::Changed { changes, .. }) if changes.is_empty()));
    approve(&runtime, 2, &changed).await.unwrap();
    assert_eq!(in_force(&runtime).await, None);
    approve(&runtime, 3, &changed).await.unwrap();
    assert_eq!(in_force(&runtime).await.as_deref(), Some("21"));
}

#[tokio::test]
async fn an_approval_holds_for_the_reason_that_was_given() {
    let runtime = published().await;
    let reasoned =
        |reason: &str| ProposalDraft { reason: Some(reason.to_owned()), ..proposal("1.0.0") };
    let shown = runtime.propose(&person(1), &acme(), reasoned("a new rate")).await.unwrap();
    let none = Precondition::None;
    let other = reasoned("asked for by the works council");
    let changed = runtime.amend_proposal(&person(1), &acme(), shown.id, none, other).await.unwrap();
    match approve(&runtime, 2, &shown).await {
        Err(ProposalError::Changed { changes, binding }) => {
            assert_eq!(binding, changed.binding);
            let fields: Vec<_> = changes.iter().map(|change| change.field).collect();
            assert_eq!(fields, ["reason"]);
            assert_eq!(changes[0].then, "a new rate");
        }
        other => panic!("{other:?}"),
    }
    approve(&runtime, 2, &changed).await.unwrap();
}

#[tokio::test]
async fn what_is_approved_by_enough_under_a_lowered_policy_is_put_in_force_by_a_step_of_its_own() {
    let runtime = published().await;
    policy(&runtime, 2, "optional").await;
    let shown = propose(&runtime, 1, "1.0.0").await;
    let binding = shown.binding.to_string();
    let put = async |who, binding: &str| {
        runtime.put_in_force(&person(who), &acme(), shown.id, binding).await
    };
    approve(&runtime, 2, &shown).await.unwrap();
    let missing = put(1, &binding).await;
    assert!(
        matches!(missing, Err(ProposalError::ApprovalsMissing { given: 1, needed: 2 })),
        "{missing:?}"
    );
    assert!(missing.unwrap_err().to_string().contains("one more person must approve it first"));

    policy(&runtime, 1, "optional").await;
    assert_eq!(in_force(&runtime).await, None, "the policy alone puts nothing in force");
    let again = approve(&runtime, 2, &shown).await.unwrap_err();
    assert!(again.to_string().contains("enough by now: put it in force"), "{again}");
    let unseen = put(1, &"0".repeat(64)).await;
    assert!(matches!(unseen, Err(ProposalError::Changed { .. })), "{unseen:?}");
    let done = put(1, &binding).await.unwrap();
    assert_eq!(done.state, ProposalStateView::InForce);
    assert_eq!(in_force(&runtime).await.as_deref(), Some("11"));
    let verdicts: Vec<_> = done
        .decisions
        .iter()
        .map(|said| (serde_json::to_value(said.verdict).unwrap(), said.actor.subject.as_u128()))
        .collect();
    assert_eq!(verdicts, [(json!("approved"), 2), (json!("put_in_force"), 1)]);
    assert_eq!(actions(&runtime).await.last().map(String::as_str), Some("proposal.activated"));
    let twice = put(1, &binding).await;
    assert!(matches!(twice, Err(ProposalError::Decided { .. })), "{twice:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_person_acts_alone_once_until_another_has_confirmed_it() {
    let runtime = published().await;
    for version in ["1.0.0", "2.0.0"] {
        let proposed = propose(&runtime, 1, version).await;
        approve(&runtime, 2, &proposed).await.unwrap();
    }
    let back = |emergency| RollbackDraft {
        slot: SLOT.to_owned(),
        activation: None,
        valid_from: None,
        impact_report: None,
        reason: "it pays too much".to_owned(),
        emergency,
    };
    // Many at the same moment, some of whose callers hang up.
    let mut tries = tokio::task::JoinSet::new();
    for number in 0..16_u64 {
        let (runtime, draft) = (runtime.clone(), back(true));
        tries.spawn(async move {
            let actor = person(1);
            let tenant = acme();
            let rolling = runtime.roll_back(&actor, &tenant, draft);
            if number % 2 == 0 {
                let moment = std::time::Duration::from_micros(50 * number);
                return tokio::time::timeout(moment, rolling).await.ok();
            }
            Some(rolling.await)
        });
    }
    while let Some(tried) = tries.join_next().await {
        if let Some(Err(refused)) = tried.unwrap() {
            assert!(matches!(refused, ProposalError::EmergencyUnconfirmed { .. }), "{refused:?}");
        }
    }
    let alone = async |runtime: &Runtime| {
        actions(runtime).await.iter().filter(|action| *action == "rollback.emergency").count()
    };
    assert_eq!(alone(&runtime).await, 1);
    let flagged = ProposalFilter { unconfirmed: true, ..ProposalFilter::default() };
    let first = runtime.proposals(&acme(), None, 10, &flagged).await.unwrap().proposals.remove(0);
    match runtime.roll_back(&person(1), &acme(), back(true)).await {
        Err(refused @ ProposalError::EmergencyUnconfirmed { .. }) => {
            let sentence = refused.to_string();
            assert!(sentence.contains(&first.id.to_string()), "{sentence}");
            assert!(sentence.contains("another person must confirm"), "{sentence}");
        }
        other => panic!("{other:?}"),
    }
    // Through the door that others open, and for another person, the way is free.
    runtime.roll_back(&person(1), &acme(), back(false)).await.unwrap();
    runtime.confirm(&person(2), &acme(), first.id).await.unwrap();
    runtime.roll_back(&person(1), &acme(), back(true)).await.unwrap();
    runtime.roll_back(&person(3), &acme(), back(true)).await.unwrap();
    assert_eq!(alone(&runtime).await, 3);
}

#[tokio::test]
async fn what_is_decided_stays_decided() {
    let runtime = published().await;
    let rejected = propose(&runtime, 1, "1.0.0").await;
    runtime.reject(&person(2), &acme(), rejected.id, "not yet").await.unwrap();
    let withdrawn = propose(&runtime, 1, "1.0.0").await;
    runtime.withdraw(&person(1), &acme(), withdrawn.id).await.unwrap();
    let approved = propose(&runtime, 1, "2.0.0").await;
    approve(&runtime, 2, &approved).await.unwrap();
    for decided in [&rejected, &withdrawn, &approved] {
        let decided_already = |result: Result<ProposalView, ProposalError>| {
            assert!(matches!(result, Err(ProposalError::Decided { .. })), "{result:?}");
        };
        decided_already(approve(&runtime, 3, decided).await);
        decided_already(runtime.reject(&person(3), &acme(), decided.id, "no").await);
        decided_already(runtime.withdraw(&person(1), &acme(), decided.id).await);
        decided_already(runtime.confirm(&person(3), &acme(), decided.id).await);
        let none = Precondition::None;
        let draft = proposal("1.0.0");
        let changed = runtime.amend_proposal(&person(1), &acme(), decided.id, none, draft).await;
        decided_already(changed);
    }
    assert_eq!(in_force(&runtime).await.as_deref(), Some("21"));
    let states = async |state| {
        let filter = ProposalFilter { state: Some(state), ..ProposalFilter::default() };
        runtime.proposals(&acme(), None, 10, &filter).await.unwrap().proposals.len()
    };
    assert_eq!(states(ProposalStateView::Rejected).await, 1);
    assert_eq!(states(ProposalStateView::Withdrawn).await, 1);
    assert_eq!(states(ProposalStateView::InForce).await, 1);
    assert_eq!(states(ProposalStateView::Proposed).await, 0);
}

#[tokio::test]
async fn the_policy_of_the_moment_decides() {
    let runtime = published().await;
    let proposed = propose(&runtime, 1, "1.0.0").await;
    policy(&runtime, 2, "required").await;
    let refused = approve(&runtime, 2, &proposed).await;
    assert!(matches!(refused, Err(ProposalError::ImpactReportRequired { .. })), "{refused:?}");
    let refused = runtime.propose(&person(1), &acme(), proposal("1.0.0")).await;
    assert!(matches!(refused, Err(ProposalError::ImpactReportRequired { .. })), "{refused:?}");
    policy(&runtime, 0, "optional").await;
    let at_once = propose(&runtime, 1, "2.0.0").await;
    assert_eq!(at_once.state, ProposalStateView::InForce);

    let wrong: [(Value, &str); 7] = [
        (
            json!({ "approvals": [{ "slots": "*", "approvals": 1, "impact_share_percent": 0 }] }),
            "/approvals/0/impact_share_percent",
        ),
        (
            json!({ "approvals": [{ "slots": "*", "approvals": 1, "impact_computed_percent": 0 }] }),
            "/approvals/0/impact_computed_percent",
        ),
        (
            json!({ "approvals": [{ "slots": "*", "approvals": 1, "impact_share_percent": 101 }] }),
            "found 101",
        ),
        (json!({ "approvals": [{ "slots": "*", "approvals": 21 }] }), "/approvals/0/approvals"),
        (json!({ "approvals": [{ "slots": "Pay roll", "approvals": 1 }] }), "/approvals/0/slots"),
        (json!({ "approvals": [{ "slots": "*", "approvals": 1, "colour": 1 }] }), "colour"),
        (json!({ "approvals": [{ "slots": "*", "approvals": -1 }] }), "-1"),
    ];
    for (content, named) in wrong {
        let none = Precondition::None;
        let refused = runtime.put_policy(&somebody(), Some(&acme()), none, content).await;
        let sentence = refused.unwrap_err().to_string();
        assert!(sentence.contains(named), "{sentence}");
    }
    let late = Precondition::Revision(1);
    let open = json!({ "approvals": [] });
    assert!(runtime.put_policy(&somebody(), Some(&acme()), late, open).await.is_err());
}

#[tokio::test]
async fn a_tenant_does_not_see_the_proposals_of_another() {
    let runtime = published().await;
    let other = tenant("other");
    runtime.create_tenant(&somebody(), other.clone(), "Other").await.unwrap();
    let proposed = propose(&runtime, 1, "1.0.0").await;
    assert!(runtime.proposal(&other, proposed.id).await.is_err());
    let binding = proposed.binding.to_string();
    let refused = runtime.approve(&person(2), &other, proposed.id, &binding).await;
    assert!(matches!(refused, Err(ProposalError::UnknownProposal(_))), "{refused:?}");
    let page = runtime.proposals(&other, None, 10, &ProposalFilter::default()).await.unwrap();
    assert!(page.proposals.is_empty());
}
