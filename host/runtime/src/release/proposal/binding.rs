//! What an approval is bound to: digest, slot, date, reason and the impact report that the approver
//! was shown. The binding is a digest over these, which the approver sends back: whoever approves
//! proves that what they saw is what is there.

use serde::Serialize;
use stele_digest::Digest;
use stele_store::{Proposal, ProposalRecord};

/// The binding of a proposal.
pub(super) fn of(proposal: &Proposal) -> Digest {
    let report = proposal.impact_digest.map(|digest| digest.to_string()).unwrap_or_default();
    Digest::of_texts(&[
        "stele approval 2",
        &proposal.digest.to_string(),
        proposal.slot.as_str(),
        &proposal.valid_from.to_string(),
        &report,
        proposal.reason.as_deref().unwrap_or_default(),
    ])
}

/// A part of a proposal that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangedField {
    /// Name of the field.
    pub field: &'static str,
    /// What it was when the approver looked.
    pub then: String,
    /// What it is.
    pub now: String,
}

/// What changed since the proposal had that binding. None: it never had it.
pub(super) fn changes(
    revisions: &[ProposalRecord],
    seen: Digest,
    now: &Proposal,
) -> Option<Vec<ChangedField>> {
    let then = &revisions.iter().rev().find(|record| record.proposal.binding == seen)?.proposal;
    let report = |proposal: &Proposal| {
        proposal.impact_report.map_or_else(|| "none".to_owned(), |report| report.to_string())
    };
    let reason = |proposal: &Proposal| proposal.reason.clone().unwrap_or_else(|| "none".to_owned());
    let fields = [
        ("slot", then.slot.to_string(), now.slot.to_string()),
        ("ruleset", then.ruleset.clone(), now.ruleset.clone()),
        ("version", then.version.clone(), now.version.clone()),
        ("digest", then.digest.to_string(), now.digest.to_string()),
        ("valid_from", then.valid_from.to_string(), now.valid_from.to_string()),
        ("impact_report", report(then), report(now)),
        ("reason", reason(then), reason(now)),
    ];
    let changed = fields.into_iter().filter(|(_, then, now)| then != now);
    Some(changed.map(|(field, then, now)| ChangedField { field, then, now }).collect())
}
