//! What became of a commit, for whoever made it and for whoever observes.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::expectation::Expectation;
use crate::{
    error::StoreError,
    names::TenantId,
    records::{
        ActivationRecord, EmployeeRevision, ErasureRecord, ImpactReportRecord, Log,
        OrganizationRecord, PolicyRecord, ProposalRecord, TenantRecord, TokenRecord, VersionRecord,
    },
};

/// What a commit wrote.
#[derive(Debug, Serialize, Deserialize)]
pub struct Committed {
    /// Its recorded time: greater than that of every commit before.
    pub recorded_at: Timestamp,
    /// The log that its audit entry went to.
    pub log: Log,
    /// Position of the audit entry in that log.
    pub audit_sequence: u64,
    /// One for each change, in order.
    pub effects: Vec<Effect>,
}

/// What a change became.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Effect {
    /// A tenant was made.
    Tenant(TenantRecord),
    /// A credential was made or revoked.
    Token(TokenRecord),
    /// A version was published.
    Version(VersionRecord),
    /// An activation was made.
    Activation(ActivationRecord),
    /// An employee got a revision.
    Employee {
        /// Whose.
        tenant: TenantId,
        /// The revision.
        revision: EmployeeRevision,
    },
    /// Many employees got a revision.
    Imported {
        /// Whose.
        tenant: TenantId,
        /// How many are new.
        created: u64,
        /// How many were there before; deleted ones that come back, too.
        updated: u64,
    },
    /// A tenant's organization got a revision.
    Organization(OrganizationRecord),
    /// A policy got a revision.
    Policy(PolicyRecord),
    /// A proposal got a revision.
    Proposal(Box<ProposalRecord>),
    /// An impact report got a revision.
    ImpactReport(Box<ImpactReportRecord>),
    /// Results were recorded.
    Results {
        /// Whose.
        tenant: TenantId,
        /// The batch.
        batch: Uuid,
        /// How many.
        count: u32,
    },
    /// Contents of an employee were erased.
    Erased(ErasureRecord),
}

/// Why a commit was not made. Nothing of it was written.
#[derive(Debug, Clone, thiserror::Error)]
pub enum CommitError {
    /// An expectation did not hold.
    #[error("the state is not as expected: {0:?}")]
    Unmet(Unmet),
    /// The store could not write.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The expectation that did not hold, and what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmet {
    /// What was expected.
    pub expectation: Expectation,
    /// Where a revision was expected: the latest one, none if there is none (of an employee: or it
    /// was deleted).
    pub found: Option<u64>,
}

/// Told of every durable commit, in the order of recorded time, before anyone is told that it
/// was made. What it holds in memory is therefore never behind an acknowledgement.
pub trait Observer: Send + Sync {
    /// These commits are durable. Must not call back into `commit`.
    fn committed(&self, commits: &[Arc<Committed>]);
}
