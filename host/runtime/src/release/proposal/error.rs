//! Why a step of a proposal was refused.

use jiff::Timestamp;
use stele_digest::Digest;
use stele_store::{Slot, StoreError, TenantId};
use uuid::Uuid;

use super::{binding::ChangedField, view::ProposalStateView};
use crate::release::activation::ActivateError;

/// Why a step of a proposal was refused. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum ProposalError {
    /// What is proposed could not be activated.
    #[error(transparent)]
    Activate(#[from] ActivateError),
    /// No such proposal.
    #[error("there is no proposal {0}")]
    UnknownProposal(Uuid),
    /// Who proposed it can not say this about it.
    #[error(
        "the person who proposed it can not {step} it: another person must (people are told apart by the subject of their token, not by its name)"
    )]
    OwnProposal {
        /// `approve`, `reject`, `confirm`.
        step: &'static str,
    },
    /// Only who proposed it can do this.
    #[error("only the person who proposed it can {step} it")]
    NotTheProposer {
        /// `withdraw`, `change`.
        step: &'static str,
    },
    /// It is decided already.
    #[error("the proposal can not be {wanted} any more: it is {state}")]
    Decided {
        /// `approved`, `rejected`, `withdrawn`, `changed`, `confirmed`.
        wanted: &'static str,
        /// Where it stands.
        state: ProposalStateView,
    },
    /// The same person has approved it already.
    #[error("this person has approved the proposal already; {}", step_after(*.given, *.needed))]
    AlreadyApproved {
        /// How many approvals there are.
        given: u32,
        /// How many approvals the policy asks for.
        needed: u32,
    },
    /// It can not be put in force yet.
    #[error(
        "the proposal has {given} of the {needed} approvals that the policy asks for: {} must approve it first",
        others(.needed.saturating_sub(*.given))
    )]
    ApprovalsMissing {
        /// How many approvals there are.
        given: u32,
        /// How many approvals the policy asks for.
        needed: u32,
    },
    /// It is not what the approver was shown.
    #[error("the proposal is not what was approved: {}", sentence(.changes))]
    Changed {
        /// What changed since; empty: it never was what the approver quoted.
        changes: Vec<ChangedField>,
        /// The binding that it has now.
        binding: Digest,
    },
    /// The slot's policy demands an impact report.
    #[error(
        "the policy of the slot {slot} demands an impact report: make one of this version, and name it in the proposal"
    )]
    ImpactReportRequired {
        /// The slot.
        slot: Slot,
    },
    /// The impact report can not be relied on.
    #[error(
        "the impact report {report} can not stand for this proposal: expected {expected}, found {found}"
    )]
    ImpactReportUnfit {
        /// The report.
        report: Uuid,
        /// What it should be.
        expected: String,
        /// What it is.
        found: String,
    },
    /// Something was activated in the slot after the impact report was made.
    #[error(
        "the impact report {report} compares with what was in force at {made}; the slot {slot} was changed at {changed}: make a new report"
    )]
    ImpactReportOutdated {
        /// The report.
        report: Uuid,
        /// The slot.
        slot: Slot,
        /// When the report was asked for.
        made: Timestamp,
        /// When the slot was changed.
        changed: Timestamp,
    },
    /// One person may act alone once, and not again before another has looked at it.
    #[error(
        "this person has put something in force in an emergency, in the slot {slot}, that nobody has confirmed: another person must confirm the proposal {proposal} first, or propose without emergency"
    )]
    EmergencyUnconfirmed {
        /// The proposal that waits for a confirmation.
        proposal: Uuid,
        /// Its slot.
        slot: Slot,
    },
    /// A reason is demanded.
    #[error("a reason has 1 to {most} characters, found {found}")]
    Reason {
        /// Most characters.
        most: usize,
        /// Number of characters found.
        found: usize,
    },
    /// There is nothing to go back to.
    #[error("nothing can be rolled back in the slot {slot}: {detail}")]
    NothingToRollBack {
        /// The slot.
        slot: Slot,
        /// Why.
        detail: String,
    },
    /// It is another revision than the caller knows.
    #[error("the proposal was changed meanwhile: its revision is {found}")]
    Precondition {
        /// Its revision.
        found: u64,
    },
    /// No such tenant.
    #[error("there is no tenant {0}")]
    UnknownTenant(TenantId),
    /// The store could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn step_after(given: u32, needed: u32) -> String {
    if given >= needed {
        "that is enough by now: put it in force".to_owned()
    } else {
        format!("{needed} different people are needed")
    }
}

fn others(missing: u32) -> String {
    match missing {
        1 => "one more person".to_owned(),
        more => format!("{more} more people"),
    }
}

fn sentence(changes: &[ChangedField]) -> String {
    if changes.is_empty() {
        return "the binding that was sent never was this proposal's".to_owned();
    }
    let parts = changes.iter().map(|change| {
        let ChangedField { field, then, now } = change;
        format!("{field} was {then} and is {now}")
    });
    parts.collect::<Vec<_>>().join(", ")
}
