//! The way back goes through the same door as the way forward.

use jiff::civil::date;
use stele_runtime::{ProposalError, ProposalFilter, ProposalStateView, RollbackDraft};

use crate::{
    proposals::{actions, approve, in_force, person, propose, published},
    support::{SLOT, acme},
};

#[tokio::test]
async fn a_rollback_goes_through_the_same_door() {
    let runtime = published().await;
    for version in ["1.0.0", "2.0.0"] {
        let proposed = propose(&runtime, 1, version).await;
        approve(&runtime, 2, &proposed).await.unwrap();
    }
    let draft = |emergency| RollbackDraft {
        slot: SLOT.to_owned(),
        activation: None,
        valid_from: None,
        impact_report: None,
        reason: "2.0.0 pays too much".to_owned(),
        emergency,
    };
    let proposed = runtime.roll_back(&person(1), &acme(), draft(false)).await.unwrap();
    assert_eq!((proposed.version.as_str(), proposed.valid_from), ("1.0.0", date(2020, 1, 1)));
    assert_eq!(in_force(&runtime).await.as_deref(), Some("21"), "not before it is approved");
    approve(&runtime, 2, &proposed).await.unwrap();
    assert_eq!(in_force(&runtime).await.as_deref(), Some("11"));

    // Back to 2.0.0, on one person's word.
    let emergency = runtime.roll_back(&person(1), &acme(), draft(true)).await.unwrap();
    assert!(emergency.unconfirmed);
    assert_eq!(in_force(&runtime).await.as_deref(), Some("21"));
    let flagged = ProposalFilter { unconfirmed: true, ..ProposalFilter::default() };
    let marked =
        async || runtime.proposals(&acme(), None, 10, &flagged).await.unwrap().proposals.len();
    assert_eq!(marked().await, 1);
    let own = runtime.confirm(&person(1), &acme(), emergency.id).await;
    assert!(matches!(own, Err(ProposalError::OwnProposal { .. })), "{own:?}");
    let confirmed = runtime.confirm(&person(2), &acme(), emergency.id).await.unwrap();
    assert!(!confirmed.unconfirmed);
    assert_eq!((marked().await, confirmed.state), (0, ProposalStateView::InForce));
    let actions = actions(&runtime).await;
    let tail: Vec<_> = actions.iter().skip(4).map(String::as_str).collect();
    let expected = [
        "rollback.proposed",
        "proposal.approved_and_activated",
        "rollback.emergency",
        "proposal.emergency_confirmed",
    ];
    assert_eq!(tail, expected);

    let unexplained = RollbackDraft { reason: "  ".to_owned(), ..draft(true) };
    let refused = runtime.roll_back(&person(1), &acme(), unexplained).await;
    assert!(matches!(refused, Err(ProposalError::Reason { found: 0, .. })), "{refused:?}");
}

#[tokio::test]
async fn there_is_nothing_to_go_back_to_before_the_first() {
    let runtime = published().await;
    let draft = RollbackDraft {
        slot: SLOT.to_owned(),
        activation: None,
        valid_from: None,
        impact_report: None,
        reason: "why not".to_owned(),
        emergency: false,
    };
    let refused = runtime.roll_back(&person(1), &acme(), draft.clone()).await;
    assert!(matches!(refused, Err(ProposalError::NothingToRollBack { .. })), "{refused:?}");
    let proposed = propose(&runtime, 1, "1.0.0").await;
    approve(&runtime, 2, &proposed).await.unwrap();
    let refused = runtime.roll_back(&person(1), &acme(), draft).await;
    assert!(matches!(refused, Err(ProposalError::NothingToRollBack { .. })), "{refused:?}");
}
