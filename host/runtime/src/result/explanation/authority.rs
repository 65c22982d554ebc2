//! Who proposed, approved and activated the version that was run.

use stele_store::{ActivationRecord, ProposalRecord, ProposalState, Verdict};
use stele_words::{Message, Phrase, Words};

use super::document::{Authority, AuthorityDecision};
use crate::result::calculation::Receipt;

/// In sentences, as far as the records say.
pub(super) fn authority(
    receipt: &Receipt,
    title: &str,
    activation: Option<&ActivationRecord>,
    proposal: Option<&ProposalRecord>,
    words: &Words,
) -> Authority {
    let decisions = decisions(activation, proposal);
    let mut sentences = Vec::new();
    if let Some(activation) = activation {
        sentences.push(words.say(Message::InForce {
            ruleset: title,
            version: &activation.version,
            slot: activation.slot.as_str(),
            valid_from: activation.valid_from,
        }));
    }
    for decision in &decisions {
        let (who, when) = (decision.who.as_str(), decision.recorded_at);
        sentences.push(words.say(match decision.what {
            "proposed" => Message::Proposed { who, when },
            "approved" => Message::Approved { who, when },
            "amended" => Message::Amended { who, when },
            "confirmed" => Message::Confirmed { who, when },
            _ => Message::Activated { who, when },
        }));
        if let Some(reason) = &decision.reason {
            sentences.push(words.say(Message::Reason { reason }));
        }
    }
    match proposal.map(|proposal| proposal.state) {
        None if activation.is_some() => sentences.push(words.phrase(Phrase::Unapproved).into()),
        Some(ProposalState::Unconfirmed { .. }) => {
            sentences.push(words.phrase(Phrase::Emergency).into())
        }
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
