//! The door: what the runtime asks of whatever keeps its state.
//!
//! Whoever writes another implementation, such as one on a database that several nodes share, finds
//! here all that the runtime rests on; [`crate::conformance`] tries it. Each method is asynchronous
//! and may take its time: the runtime calls it on threads that serve requests, so it must never
//! block one. A future that is dropped ends a read; a commit that was begun is carried out.
//!
//! **Time.** Recorded time is given by the store, because only it knows the order of commits. It is
//! strictly increasing over all nodes, whatever their clocks do, has whole microseconds, and no
//! commit is ever recorded at or before a time that was once the [`Store::horizon`]. So a question
//! asked "as known at" a time up to the horizon has the same answer for ever, and a read that takes
//! `known_at` is a snapshot at that time. Every read sees what is durable and recorded up to the
//! horizon, and nothing else.
//!
//! **Commits.** One commit is one transaction: its expectations are checked against everything that
//! was committed before, its changes, its audit entry and the answer to remember are written
//! together. What a commit takes from the state is the head of one log (number of entries, hash of
//! the last, the right edge of the Merkle tree), the next sequence of a tenant's activations, the
//! next revision of what it changes, and the time of the commit before. Each lies in the database
//! and is advanced by a write that is made only if it is still as it was read; nothing of it may be
//! one process's memory alone. Who comes too late reads again and tries again: everything in a
//! [`Commit`] can be used a second time, the body of an answer too, which is made from what the
//! attempt came to. Only who tries in vain many times reports [`StoreError::Contended`], which says
//! that nothing was written. Expectations that fail are [`CommitError::Unmet`], with what was found,
//! and are not tried again.
//!
//! **Observers** hear of every commit of every node, in the order of recorded time, once, after the
//! horizon has passed it, so that they never know of more than can be read, and before its committer
//! is told. What the runtime holds in memory (tokens,
//! tenants, versions, activations) therefore is never behind an answer of its own node; how far it
//! may be behind another node's is the implementation's to say, and so is a revocation's delay.
//!
//! **Logs.** Entries are kept as the JSON that was hashed, byte for byte. A log that is found to be
//! damaged stops its own changes and no others, and is read up to the damage.
//!
//! **Costs.** Reads are by page or by list, so that no caller needs the whole of anything; none may
//! return more than `limit`. Encoding, hashing and compressing belong before whatever is held
//! against others. What waits is bounded ([`StoreError::Busy`]).

use std::{io, sync::Arc};

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use stele_digest::Digest;
use uuid::Uuid;

use crate::{
    commit::{Commit, CommitError, Committed, Observer, ResponseKey},
    error::{LogDamage, ReadOnlyCause, StoreError},
    names::{EmployeeId, TenantId},
    records::{
        ActivationRecord, AuditEntry, EmployeeDigests, EmployeeRevision, ErasureRecord,
        ImpactReportRecord, ListedResult, Log, OrganizationRecord, PolicyRecord, ProposalRecord,
        ResponseRecord, ResultId, ResultRecord, TenantRecord, TokenRecord, VersionRecord,
    },
};

/// How long answers are remembered: two days, so that a client that tries again the next day still
/// finds its own.
pub const RESPONSES_KEPT: SignedDuration = SignedDuration::from_hours(48);

/// Keeps the state. What an implementation promises beyond the words of each method stands at the
/// head of this file.
#[async_trait]
pub trait Store: TrustStore {
    /// Writes all of the commit or nothing; durable when it returns. Commits that are made at the
    /// same time may share one flush. Once it is polled it is carried out, whoever stops waiting.
    async fn commit(&self, commit: Commit) -> Result<Arc<Committed>, CommitError>;

    /// Remembers an answer that belongs to no change. Replaces what was remembered under the key
    /// for the same request.
    async fn remember(
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

    /// Tenants by identifier, after `after`, at most `limit`.
    async fn tenants(
        &self,
        after: Option<&TenantId>,
        limit: usize,
    ) -> Result<Vec<TenantRecord>, StoreError>;

    /// Credentials, revoked ones too, by identifier, after `after`, at most `limit`.
    async fn tokens(
        &self,
        after: Option<Uuid>,
        limit: usize,
    ) -> Result<Vec<TokenRecord>, StoreError>;

    /// One credential.
    async fn token(&self, id: Uuid) -> Result<Option<TokenRecord>, StoreError>;

    /// Versions of all rulesets without their content, in an order of the store's, after the last
    /// one of the page before, at most `limit`.
    async fn versions(
        &self,
        after: Option<&VersionRecord>,
        limit: usize,
    ) -> Result<Vec<VersionRecord>, StoreError>;

    /// Content by its SHA-256, which is checked.
    async fn object(&self, digest: &Digest) -> Result<Option<Vec<u8>>, StoreError>;

    /// A tenant's activations from a sequence on, at most `limit`.
    async fn activations_of(
        &self,
        tenant: &TenantId,
        from: u64,
        limit: usize,
    ) -> Result<Vec<ActivationRecord>, StoreError>;

    /// The employee's latest revision recorded at or before `known_at`; it may be a deletion.
    async fn employee(
        &self,
        tenant: &TenantId,
        employee: &EmployeeId,
        known_at: Timestamp,
    ) -> Result<Option<EmployeeRevision>, StoreError>;

    /// The same of each of the employees, in the order in which they are asked for.
    async fn employees_by_ids(
        &self,
        tenant: &TenantId,
        employees: &[EmployeeId],
        known_at: Timestamp,
    ) -> Result<Vec<Option<EmployeeRevision>>, StoreError>;

    /// The same on the thread that asks, which may block: for who reads many in a row below the
    /// threads that serve, and would have each of them read above.
    fn employees_by_ids_here(
        &self,
        tenant: &TenantId,
        employees: &[EmployeeId],
        known_at: Timestamp,
    ) -> Result<Vec<Option<EmployeeRevision>>, StoreError>;

    /// Employees in the order of their identifiers, after `after`, as known at `known_at`, without
    /// deleted ones, at most `limit`.
    async fn employees(
        &self,
        tenant: &TenantId,
        after: Option<&EmployeeId>,
        limit: usize,
        known_at: Timestamp,
    ) -> Result<Vec<EmployeeRevision>, StoreError>;

    /// Entries of a log from a position on, at most `limit`. Of a damaged log those before the
    /// damage; from there on [`StoreError::DamagedLog`].
    async fn audit(
        &self,
        log: &Log,
        from: u64,
        limit: usize,
    ) -> Result<Vec<AuditEntry>, StoreError>;

    /// The same entries as the JSON that was hashed, byte for byte.
    async fn audit_json(
        &self,
        log: &Log,
        from: u64,
        limit: usize,
    ) -> Result<Vec<Vec<u8>>, StoreError>;

    /// Number of entries of a log; of a damaged one, of those before the damage.
    async fn audit_length(&self, log: &Log) -> Result<u64, StoreError>;

    /// Root of the log's Merkle tree over its first `size` entries, as in RFC 6962.
    /// [`StoreError::BeyondLog`] if there are not so many, [`StoreError::DamagedLog`] if there were
    /// and they can not be believed; so too of the proofs.
    async fn tree_root(&self, log: &Log, size: u64) -> Result<Digest, StoreError>;

    /// Proof that `entry` is among the first `size`, for [`crate::merkle::check_inclusion`].
    async fn inclusion(&self, log: &Log, entry: u64, size: u64) -> Result<Vec<Digest>, StoreError>;

    /// Proof that the first `from` entries are the beginning of the first `to`, for
    /// [`crate::merkle::check_consistency`].
    async fn consistency(&self, log: &Log, from: u64, to: u64) -> Result<Vec<Digest>, StoreError>;

    /// What this process knows to be damaged of a log.
    fn log_damage(&self, log: &Log) -> Option<LogDamage>;

    /// Why changes are not taken; none while all are. A damaged log stops those that would be
    /// written to it and no others; a full disk those that come before there is room again.
    async fn read_only(&self) -> Option<ReadOnlyCause>;

    /// A store that holds many entries is opened before all are examined. Examines up to so many of
    /// those that are left, takes no more changes of a log that is found to be damaged, and says
    /// whether none are left.
    async fn examine_logs(&self, entries: u64) -> Result<bool, StoreError>;

    /// What is remembered under a key of the last [`RESPONSES_KEPT`].
    async fn response(&self, key: &ResponseKey) -> Result<Option<ResponseRecord>, StoreError>;

    /// The same of each of the keys, in the order in which they are asked for.
    async fn responses(
        &self,
        keys: &[ResponseKey],
    ) -> Result<Vec<Option<ResponseRecord>>, StoreError>;

    /// Writes everything as of one moment, while commits go on.
    async fn backup(&self, writer: Box<dyn io::Write + Send>) -> Result<BackupSummary, StoreError>;

    /// Reads every value, every log's chain and its tree. The first damage found is the error; that
    /// of a log names it and the entry.
    async fn verify(&self) -> Result<Verification, StoreError>;

    /// Counts since the start.
    fn statistics(&self) -> Statistics;
}

/// The part of a store that shows why a version was put in force and what it paid whom: policies,
/// proposals, impact reports, results, erasures. Apart from [`Store`] only so that each can be read
/// in one go.
#[async_trait]
pub trait TrustStore: Send + Sync {
    /// The policy of a tenant, or the operator's.
    async fn policy(&self, holder: Option<&TenantId>) -> Result<Option<PolicyRecord>, StoreError>;

    /// All revisions of a tenant's organization, the first one first.
    async fn organizations(&self, tenant: &TenantId)
    -> Result<Vec<OrganizationRecord>, StoreError>;

    /// The latest revision of a proposal.
    async fn proposal(
        &self,
        tenant: &TenantId,
        id: Uuid,
    ) -> Result<Option<ProposalRecord>, StoreError>;

    /// All revisions of a proposal, in order.
    async fn proposal_revisions(
        &self,
        tenant: &TenantId,
        id: Uuid,
    ) -> Result<Vec<ProposalRecord>, StoreError>;

    /// The latest revision of each proposal whose identifier is less than `before`, the greatest
    /// first, at most `limit`. Identifiers are ordered by time.
    async fn proposals(
        &self,
        tenant: &TenantId,
        before: Option<Uuid>,
        limit: usize,
    ) -> Result<Vec<ProposalRecord>, StoreError>;

    /// The latest revision of an impact report.
    async fn impact_report(
        &self,
        tenant: &TenantId,
        id: Uuid,
    ) -> Result<Option<ImpactReportRecord>, StoreError>;

    /// Impact reports as [`TrustStore::proposals`] gives proposals.
    async fn impact_reports(
        &self,
        tenant: &TenantId,
        before: Option<Uuid>,
        limit: usize,
    ) -> Result<Vec<ImpactReportRecord>, StoreError>;

    /// The content of an impact report.
    async fn impact_content(
        &self,
        tenant: &TenantId,
        id: Uuid,
    ) -> Result<Option<Vec<u8>>, StoreError>;

    /// A result, with its content unless that is erased; the content is checked against its digest.
    async fn result(
        &self,
        tenant: &TenantId,
        id: ResultId,
    ) -> Result<Option<ResultRecord>, StoreError>;

    /// Whole batches of results whose identifier is greater than `after`, in order, until there
    /// are at least `limit` results.
    async fn results(
        &self,
        tenant: &TenantId,
        after: Option<Uuid>,
        limit: usize,
    ) -> Result<Vec<ResultRecord>, StoreError>;

    /// Results of an employee after `after`, in order, without erased ones, at most `limit`. Reads
    /// no contents, and does not name the versions.
    async fn results_of(
        &self,
        tenant: &TenantId,
        employee: &EmployeeId,
        after: Option<ResultId>,
        limit: usize,
    ) -> Result<Vec<ListedResult>, StoreError>;

    /// Results of all employees, and of none, after `after`, in the order in which they were
    /// recorded, without erased ones, at most `limit`. Reads no contents.
    async fn result_list(
        &self,
        tenant: &TenantId,
        after: Option<ResultId>,
        limit: usize,
    ) -> Result<Vec<ListedResult>, StoreError>;

    /// Results by identifier, in the order in which they are asked for, as [`TrustStore::result`]
    /// gives one. Each batch is read once.
    async fn results_by_ids(
        &self,
        tenant: &TenantId,
        ids: &[ResultId],
    ) -> Result<Vec<Option<ResultRecord>>, StoreError>;

    /// What stands for an employee in entries of the tenant's log; none: no entry has such a digest, or
    /// the employee's erasure was completed since.
    async fn employee_digests(
        &self,
        tenant: &TenantId,
        employee: &EmployeeId,
    ) -> Result<Option<EmployeeDigests>, StoreError>;

    /// How far the erasure of an employee has come, if one was asked for.
    async fn erasure(
        &self,
        tenant: &TenantId,
        employee: &EmployeeId,
    ) -> Result<Option<ErasureRecord>, StoreError>;

    /// Erasures of all tenants, in an order of the store's, after the last one of the page before,
    /// at most `limit`.
    async fn erasures(
        &self,
        after: Option<&ErasureRecord>,
        limit: usize,
    ) -> Result<Vec<ErasureRecord>, StoreError>;
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
