//! The trait: what the runtime asks of whatever keeps its state.

use std::{io, sync::Arc};

use jiff::{SignedDuration, Timestamp};
use stele_digest::Digest;
use uuid::Uuid;

use crate::{
    commit::{Commit, CommitError, Committed, Observer, ResponseKey},
    error::{LogDamage, ReadOnlyCause, StoreError},
    names::{EmployeeId, TenantId},
    records::{
        ActivationRecord, AuditEntry, EmployeeRevision, ErasureRecord, ImpactReportRecord,
        ListedResult, Log, PolicyRecord, ProposalRecord, ResponseRecord, ResultId, ResultRecord,
        TenantRecord, TokenRecord, VersionRecord,
    },
};

/// How long answers are remembered: two days, so that a client that tries again the next day still
/// finds its own.
pub const RESPONSES_KEPT: SignedDuration = SignedDuration::from_hours(48);

/// Keeps the state. Every implementation passes [`crate::conformance`].
///
/// Reads see what is durable and nothing else. Recorded time is given by the store, because only
/// it knows the order of commits: strictly increasing, whatever the clock does, and such that no
/// later commit is ever recorded at or before [`Store::horizon`]. So a question asked "as known at"
/// a time up to the horizon has the same answer for ever.
pub trait Store: TrustStore {
    /// Writes all of the commit or nothing; durable when it returns. Commits that are made at the
    /// same time may share one flush.
    fn commit(&self, commit: Commit) -> Result<Arc<Committed>, CommitError>;

    /// Remembers an answer that belongs to no change. Replaces what was remembered under the key
    /// for the same request.
    fn remember(
        &self,
        key: &ResponseKey,
        request: Digest,
        status: u16,
        body: String,
    ) -> Result<(), CommitError>;

    /// Tells the observer of every commit from now on.
    fn observe(&self, observer: Arc<dyn Observer>);

    /// Recorded time of the latest durable commit; the epoch before the first.
    fn horizon(&self) -> Timestamp;

    /// All tenants, by identifier.
    fn tenants(&self) -> Result<Vec<TenantRecord>, StoreError>;

    /// All credentials, revoked ones too, by identifier.
    fn tokens(&self) -> Result<Vec<TokenRecord>, StoreError>;

    /// One credential.
    fn token(&self, id: Uuid) -> Result<Option<TokenRecord>, StoreError>;

    /// All versions of all rulesets, without their content.
    fn versions(&self) -> Result<Vec<VersionRecord>, StoreError>;

    /// Content by its SHA-256, which is checked.
    fn object(&self, digest: &Digest) -> Result<Option<Vec<u8>>, StoreError>;

    /// All activations of all tenants; each tenant's in order.
    fn activations(&self) -> Result<Vec<ActivationRecord>, StoreError>;

    /// A tenant's activations from a sequence on, at most `limit`.
    fn activations_of(
        &self,
        tenant: &TenantId,
        from: u64,
        limit: usize,
    ) -> Result<Vec<ActivationRecord>, StoreError>;

    /// The employee's latest revision recorded at or before `known_at`; it may be a deletion.
    fn employee(
        &self,
        tenant: &TenantId,
        employee: &EmployeeId,
        known_at: Timestamp,
    ) -> Result<Option<EmployeeRevision>, StoreError>;

    /// Employees in the order of their identifiers, after `after`, as known at `known_at`, without
    /// deleted ones, at most `limit`.
    fn employees(
        &self,
        tenant: &TenantId,
        after: Option<&EmployeeId>,
        limit: usize,
        known_at: Timestamp,
    ) -> Result<Vec<EmployeeRevision>, StoreError>;

    /// Entries of a log from a position on, at most `limit`. Of a damaged log those before the
    /// damage; from there on [`StoreError::DamagedLog`].
    fn audit(&self, log: &Log, from: u64, limit: usize) -> Result<Vec<AuditEntry>, StoreError>;

    /// The same entries as the JSON that was hashed, byte for byte.
    fn audit_json(&self, log: &Log, from: u64, limit: usize) -> Result<Vec<Vec<u8>>, StoreError>;

    /// Number of entries of a log; of a damaged one, of those before the damage.
    fn audit_length(&self, log: &Log) -> Result<u64, StoreError>;

    /// Root of the log's Merkle tree over its first `size` entries, as in RFC 6962.
    /// [`StoreError::BeyondLog`] if there are not so many, [`StoreError::DamagedLog`] if there were
    /// and they can not be believed; so too of the proofs.
    fn tree_root(&self, log: &Log, size: u64) -> Result<Digest, StoreError>;

    /// Proof that `entry` is among the first `size`, for [`crate::merkle::check_inclusion`].
    fn inclusion(&self, log: &Log, entry: u64, size: u64) -> Result<Vec<Digest>, StoreError>;

    /// Proof that the first `from` entries are the beginning of the first `to`, for
    /// [`crate::merkle::check_consistency`].
    fn consistency(&self, log: &Log, from: u64, to: u64) -> Result<Vec<Digest>, StoreError>;

    /// What is known to be damaged of a log.
    fn log_damage(&self, log: &Log) -> Option<LogDamage>;

    /// Why changes are not taken; none while all are. A damaged log stops those that would be
    /// written to it and no others; a full disk those that come before there is room again.
    fn read_only(&self) -> Option<ReadOnlyCause>;

    /// A store that holds many entries is opened before all are examined. Examines up to so many of
    /// those that are left, takes no more changes of a log that is found to be damaged, and says
    /// whether none are left.
    fn examine_logs(&self, entries: u64) -> Result<bool, StoreError>;

    /// What is remembered under a key of the last [`RESPONSES_KEPT`].
    fn response(&self, key: &ResponseKey) -> Result<Option<ResponseRecord>, StoreError>;

    /// Writes everything as of one moment, while commits go on.
    fn backup(&self, writer: &mut dyn io::Write) -> Result<BackupSummary, StoreError>;

    /// Reads every value, every log's chain and its tree. The first damage found is the error; that
    /// of a log names it and the entry.
    fn verify(&self) -> Result<Verification, StoreError>;

    /// Counts since the start.
    fn statistics(&self) -> Statistics;
}

/// The part of a store that shows why a version was put in force and what it paid whom: policies,
/// proposals, impact reports, results, erasures. Apart from [`Store`] only so that each can be read
/// in one go.
pub trait TrustStore: Send + Sync {
    /// The policy of a tenant, or the operator's.
    fn policy(&self, holder: Option<&TenantId>) -> Result<Option<PolicyRecord>, StoreError>;

    /// The latest revision of a proposal.
    fn proposal(&self, tenant: &TenantId, id: Uuid) -> Result<Option<ProposalRecord>, StoreError>;

    /// All revisions of a proposal, in order.
    fn proposal_revisions(
        &self,
        tenant: &TenantId,
        id: Uuid,
    ) -> Result<Vec<ProposalRecord>, StoreError>;

    /// The latest revision of each proposal whose identifier is less than `before`, the greatest
    /// first, at most `limit`. Identifiers are ordered by time.
    fn proposals(
        &self,
        tenant: &TenantId,
        before: Option<Uuid>,
        limit: usize,
    ) -> Result<Vec<ProposalRecord>, StoreError>;

    /// The latest revision of an impact report.
    fn impact_report(
        &self,
        tenant: &TenantId,
        id: Uuid,
    ) -> Result<Option<ImpactReportRecord>, StoreError>;

    /// Impact reports as [`TrustStore::proposals`] gives proposals.
    fn impact_reports(
        &self,
        tenant: &TenantId,
        before: Option<Uuid>,
        limit: usize,
    ) -> Result<Vec<ImpactReportRecord>, StoreError>;

    /// The content of an impact report.
    fn impact_content(&self, tenant: &TenantId, id: Uuid) -> Result<Option<Vec<u8>>, StoreError>;

    /// A result, with its content unless that is erased; the content is checked against its digest.
    fn result(&self, tenant: &TenantId, id: ResultId) -> Result<Option<ResultRecord>, StoreError>;

    /// Whole batches of results whose identifier is greater than `after`, in order, until there
    /// are at least `limit` results.
    fn results(
        &self,
        tenant: &TenantId,
        after: Option<Uuid>,
        limit: usize,
    ) -> Result<Vec<ResultRecord>, StoreError>;

    /// Results of an employee after `after`, in order, without erased ones, at most `limit`. Reads
    /// no contents.
    fn results_of(
        &self,
        tenant: &TenantId,
        employee: &EmployeeId,
        after: Option<ResultId>,
        limit: usize,
    ) -> Result<Vec<ListedResult>, StoreError>;

    /// How far the erasure of an employee has come, if one was asked for.
    fn erasure(
        &self,
        tenant: &TenantId,
        employee: &EmployeeId,
    ) -> Result<Option<ErasureRecord>, StoreError>;

    /// All erasures of all tenants.
    fn erasures(&self) -> Result<Vec<ErasureRecord>, StoreError>;
}

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupSummary {
    /// Everything recorded up to here is in it.
    pub horizon: Timestamp,
    /// Number of values.
    pub values: u64,
    /// SHA-256 of the content before compression.
    pub digest: Digest,
}

/// What was read and found whole.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verification {
    /// Values read.
    pub values: u64,
    /// Audit entries whose place in their chain was proven.
    pub audit_entries: u64,
    /// Objects whose content has the digest that they are kept under.
    pub objects: u64,
    /// Results whose content has the digest that the audit log holds; erased ones too, which have
    /// only that.
    pub results: u64,
}

/// Counts since the start, and how many wait now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Statistics {
    /// Commits made.
    pub commits: u64,
    /// Commits refused, because of an expectation or of the disk.
    pub refused: u64,
    /// Flushes; fewer than commits where several shared one.
    pub flushes: u64,
    /// Commits that wait for their turn now.
    pub waiting: u64,
}
