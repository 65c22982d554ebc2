//! What must last: tenants, credentials, published versions, policies, proposals, activations,
//! employees, impact reports, results, audit logs and remembered answers, behind one trait, [`Store`]. Every change of state is one [`Commit`]:
//! written together with its audit entry or not at all, and durable before it returns.
//!
//! [`SledStore`] keeps it in a folder, [`MemoryStore`] in memory for tests; [`conformance`] is the
//! suite that every implementation passes. What the records mean, who may do what and when two
//! facts contradict each other is the runtime's to decide: nothing here knows a rule or a request.

mod audit;
mod backend;
mod bounds;
mod clock;
mod commit;
pub mod conformance;
mod envelope;
mod error;
mod folder;
mod import;
mod layout;
mod ledger;
mod mark;
mod memory;
pub mod merkle;
mod names;
mod records;
mod rewrite;
mod sled_store;
mod store;

pub use backend::{Backend, Guard, Pair, Scan, Write};
pub use bounds::Bounds;
pub use clock::{Clock, SystemClock};
pub use commit::{
    ActivationDraft, AuditDraft, Change, Commit, CommitError, Committed, Effect, EmployeeDraft,
    EraseDraft, Expectation, ImpactReportDraft, Observer, PolicyDraft, ProposalDraft,
    ResponseDraft, ResponseKey, ResultDraft, ResultHeadDraft, ResultsDraft, TokenDraft, Unmet,
    VersionDraft,
};
pub use error::{LogDamage, ReadOnlyCause, StoreError};
pub use folder::SledStore;
pub use import::{Employees, ImportDraft};
pub use layout::Tree;
pub use ledger::Ledger;
pub use memory::{Memory, MemoryStore};
pub use names::{EmployeeId, InvalidName, Slot, TenantId};
pub use records::{
    ActivationRecord, Actor, Attributes, AuditEntry, DatedValue, Decision, EmployeeRevision,
    ErasureRecord, ImpactReportRecord, ImpactState, ListedResult, Log, PolicyRecord, Proposal,
    ProposalRecord, ProposalState, ResponseRecord, ResultHead, ResultId, ResultRecord, Scope,
    TenantRecord, TokenRecord, Verdict, VersionRecord, digest_of_batch,
};
pub use sled_store::Database;
pub use stele_digest::{Digest, InvalidDigest};
pub use store::{BackupSummary, RESPONSES_KEPT, Statistics, Store, TrustStore, Verification};
