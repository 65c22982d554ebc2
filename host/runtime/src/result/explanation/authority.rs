//! Who proposed, approved and activated the version that was run.

use stele_store::{ActivationRecord, ProposalRecord, ProposalState, Verdict};

use super::{
    document::{Authority, AuthorityDecision},
    words::{Words, fill, moment},
};
use crate::result::calculation::Receipt;

/// In sentences, as far as the records say.
pub(super) fn authority(
    receipt: &Receipt,
    title: &str,
    activation: Option<&ActivationRecord>,
    proposal: Option<&ProposalRecord>,
    words: &'static Words,
) -> Authority {
    let decisions = decisions(activation, proposal);
    let mut sentences = Vec::new();
    if let Some(activation) = activation {
        sentences.push(fill(
            words.in_force,
            &[
                ("ruleset", title),
                ("version", &activation.version),
                ("slot", activation.slot.as_str()),
                ("valid_from", &activation.valid_from.to_string()),
            ],
        ));
    }
    for decision in &decisions {
        let template = match decision.what {
            "proposed" => words.proposed,
            "approved" => words.approved,
            "amended" => words.amended,
            "confirmed" => words.confirmed,
            _ => words.activated,
        };
        let when = moment(decision.recorded_at);
        sentences.push(fill(template, &[("who", &decision.who), ("when", &when)]));
        if let Some(reason) = &decision.reason {
            sentences.push(fill(words.reason, &[("reason", reason)]));
        }
    }
    match proposal.map(|proposal| proposal.state) {
        None if activation.is_some() => sentences.push(words.unapproved.to_owned()),
        Some(ProposalState::Unconfirmed { .. }) => sentences.push(words.emergency.to_owned()),
        _ => {}
    }
    Authority {
        ruleset: receipt.ruleset.clone(),
        version: receipt.version.clone(),
        digest: activation.map_or(receipt.digest, |activation| activation.digest),
        activation: receipt.activation,
        valid_from: activation.map(|activation| activation.valid_from),
        decisions,
        sentences,
    }
}

/// In the order in which they were recorded.
fn decisions(
    activation: Option<&ActivationRecord>,
    proposal: Option<&ProposalRecord>,
) -> Vec<AuthorityDecision> {
    let mut decisions = Vec::new();
    if let Some(proposal) = proposal {
        decisions.push(AuthorityDecision {
            what: "proposed",
            who: proposal.proposed_by.name.clone(),
            recorded_at: proposal.proposed_at,
            reason: proposal.proposal.reason.clone(),
        });
        for decision in &proposal.decisions {
            let what = match decision.verdict {
                Verdict::Approved => "approved",
                Verdict::Amended => "amended",
                Verdict::Confirmed => "confirmed",
                // A proposal that was rejected or withdrawn has put nothing in force; who put it in
                // force made the activation, which is named below.
                Verdict::Rejected | Verdict::Withdrawn | Verdict::PutInForce => continue,
            };
            decisions.push(AuthorityDecision {
                what,
                who: decision.actor.name.clone(),
                recorded_at: decision.recorded_at,
                reason: decision.reason.clone(),
            });
        }
    }
    if let Some(activation) = activation {
        decisions.push(AuthorityDecision {
            what: "activated",
            who: activation.actor.name.clone(),
            recorded_at: activation.recorded_at,
            reason: None,
        });
    }
    // Stable: an approval and the activation that it made are of the same moment, in this order.
    decisions.sort_by_key(|decision| decision.recorded_at);
    decisions
}
