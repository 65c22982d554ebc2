//! Many who propose and decide at the same time leave a history that one by one would allow.

use stele_runtime::{Precondition, ProposalFilter, ProposalStateView};

use crate::{
    proposals::{approve, person, proposal, published},
    support::{acme, request},
};

/// Sixteen clients of two people propose, change, approve, reject and withdraw at the same time.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whatever_happens_at_the_same_time_could_have_happened_one_after_the_other() {
    let runtime = published().await;
    let mut clients = Vec::new();
    for client in 0..16_u128 {
        let runtime = runtime.clone();
        clients.push(tokio::spawn(async move {
            let who = client % 2 + 1;
            let mut done = 0;
            for round in 0..12_u128 {
                let page =
                    runtime.proposals(&acme(), None, 4, &ProposalFilter::default()).await.unwrap();
                let wanted = usize::try_from((client + round) % 4).unwrap();
                let target = page.proposals.get(wanted).cloned();
                let version = if round % 2 == 0 { "1.0.0" } else { "2.0.0" };
                let result = match (target, (client * 7 + round * 5) % 6) {
                    (None, _) | (_, 0) => {
                        runtime.propose(&person(who), &acme(), proposal(version)).await
                    }
                    (Some(target), 1) => {
                        runtime.reject(&person(who), &acme(), target.id, "no").await
                    }
                    (Some(target), 2) => runtime.withdraw(&person(who), &acme(), target.id).await,
                    (Some(target), 3) => {
                        let revision = Precondition::Revision(target.revision);
                        let draft = proposal(version);
                        let actor = person(who);
                        runtime.amend_proposal(&actor, &acme(), target.id, revision, draft).await
                    }
                    (Some(target), _) => approve(&runtime, who, &target).await,
                };
                done += usize::from(result.is_ok());
            }
            done
        }));
    }
    let mut done = 0;
    for client in clients {
        done += client.await.unwrap();
    }
    assert!(done > 16, "something happened");

    // Every step that was acknowledged has its entry, and nothing else has.
    let entries = runtime.audit(Some(&acme()), 0, 1000).await.unwrap();
    assert_eq!(entries.len(), done);
    // The revisions of all proposals in recorded order are a history that one by one would allow.
    let all = runtime.proposals(&acme(), None, 1000, &ProposalFilter::default()).await.unwrap();
    let mut activated = Vec::new();
    let mut steps = 0;
    for proposal in &all.proposals {
        steps += 1 + proposal.decisions.len();
        let mut open = true;
        let mut last = proposal.proposed_at;
        for said in &proposal.decisions {
            assert!(open, "something was said about a decided proposal: {proposal:?}");
            assert!(said.recorded_at > last);
            last = said.recorded_at;
            let own = said.actor.subject == proposal.proposed_by.subject;
            let verdict = serde_json::to_value(said.verdict).unwrap();
            let (by_proposer, ends) = match verdict.as_str().unwrap() {
                "approved" | "rejected" => (false, true),
                "withdrawn" => (true, true),
                "amended" => (true, false),
                other => panic!("{other}"),
            };
            assert_eq!(own, by_proposer, "{said:?}");
            open = !ends;
            if verdict == "approved" {
                assert!(said.current, "what was approved is what is there");
                activated.push((last, proposal.activation.unwrap(), proposal.digest));
            }
        }
        assert_eq!(open, proposal.state == ProposalStateView::Proposed);
    }
    assert_eq!(steps, done);
    activated.sort();
    let activations = runtime.activations(&acme(), None, 1000, None).await.unwrap().activations;
    let recorded: Vec<_> = activations.iter().map(|found| (found.recorded_at, found.id)).collect();
    let expected: Vec<_> = activated.iter().map(|(at, id, _)| (*at, *id)).collect();
    assert_eq!(recorded, expected);
    // What is in force is what the last approval put in force.
    if let Some((_, _, digest)) = activated.last() {
        let result = runtime.calculate(&acme(), request()).await.unwrap();
        assert_eq!(result.receipt.digest.to_string(), digest.to_string());
    }
}
