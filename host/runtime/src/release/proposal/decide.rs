//! Which step is legal in which state, and by whom. Nothing here reads or writes: the same record,
//! policy and person always give the same answer.

use std::collections::BTreeSet;

use stele_digest::Digest;
use stele_store::{ProposalRecord, ProposalState};
use uuid::Uuid;

use super::{
    ProposalError,
    view::{ProposalStateView, approvers},
};

/// What an approval leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Approval {
    /// More are needed.
    Counted,
    /// This was the last one that was needed.
    Sufficient,
}

fn open(record: &ProposalRecord, wanted: &'static str) -> Result<(), ProposalError> {
    match record.state {
        ProposalState::Proposed => Ok(()),
        state => Err(ProposalError::Decided { wanted, state: ProposalStateView::settled(state) }),
    }
}

fn other(record: &ProposalRecord, person: Uuid, step: &'static str) -> Result<(), ProposalError> {
    if record.proposed_by.subject == person {
        Err(ProposalError::OwnProposal { step })
    } else {
        Ok(())
    }
}

fn proposer(
    record: &ProposalRecord,
    person: Uuid,
    step: &'static str,
) -> Result<(), ProposalError> {
    if record.proposed_by.subject == person {
        Ok(())
    } else {
        Err(ProposalError::NotTheProposer { step })
    }
}

fn shown_is_current(record: &ProposalRecord, shown: Digest) -> Result<(), ProposalError> {
    let binding = record.proposal.binding;
    if shown == binding {
        Ok(())
    } else {
        Err(ProposalError::Changed { changes: Vec::new(), binding })
    }
}

fn count(people: &BTreeSet<Uuid>) -> u32 {
    u32::try_from(people.len()).unwrap_or(u32::MAX)
}

/// Another person agrees to exactly what is proposed now. Own proposals are refused first: who may
/// not approve learns nothing about what would have happened.
pub(super) fn approve(
    record: &ProposalRecord,
    person: Uuid,
    shown: Digest,
    needed: u32,
) -> Result<Approval, ProposalError> {
    other(record, person, "approve")?;
    open(record, "approved")?;
    shown_is_current(record, shown)?;
    let mut approvers = approvers(record);
    if !approvers.insert(person) {
        return Err(ProposalError::AlreadyApproved { given: count(&approvers), needed });
    }
    Ok(if count(&approvers) >= needed { Approval::Sufficient } else { Approval::Counted })
}

/// Somebody, the proposer too, puts in force what enough others have approved since the policy asks
/// for fewer.
pub(super) fn put_in_force(
    record: &ProposalRecord,
    shown: Digest,
    needed: u32,
) -> Result<Approval, ProposalError> {
    open(record, "put in force")?;
    shown_is_current(record, shown)?;
    let given = count(&approvers(record));
    if given < needed {
        return Err(ProposalError::ApprovalsMissing { given, needed });
    }
    Ok(Approval::Sufficient)
}

/// Another person says no.
pub(super) fn reject(record: &ProposalRecord, person: Uuid) -> Result<(), ProposalError> {
    other(record, person, "reject")?;
    open(record, "rejected")
}

/// Who proposed it takes it back.
pub(super) fn withdraw(record: &ProposalRecord, person: Uuid) -> Result<(), ProposalError> {
    proposer(record, person, "withdraw")?;
    open(record, "withdrawn")
}

/// Who proposed it changes what is proposed.
pub(super) fn amend(record: &ProposalRecord, person: Uuid) -> Result<(), ProposalError> {
    proposer(record, person, "change")?;
    open(record, "changed")
}

/// Another person agrees to what was put in force in an emergency.
pub(super) fn confirm(record: &ProposalRecord, person: Uuid) -> Result<Uuid, ProposalError> {
    other(record, person, "confirm")?;
    match record.state {
        ProposalState::Unconfirmed { activation } => Ok(activation),
        state => Err(ProposalError::Decided {
            wanted: "confirmed",
            state: ProposalStateView::settled(state),
        }),
    }
}
