//! What must last: tenants, credentials, published versions, policies, proposals, activations,
//! employees, impact reports, results, audit logs and remembered answers, behind one door, the
//! asynchronous trait [`Store`]. Every change of state is one [`Commit`]: written together with its
//! audit entry or not at all, and durable before it returns. Whoever adds an implementation starts
//! reading at the head of `store.rs`; [`conformance`] is the suite that every one passes.
//!
//! | room | idea |
//! |---|---|
//! | `store`, `commit`, `records`, `names`, `error` | what the door takes and gives |
//! | `door` | a [`Store`] over a ledger: what blocks is done on threads that may |
//! | `ledger` | the domain on ordered maps: one writer, many readers, group commit; it blocks |
//! | `merkle` | trees over audit logs, and their proofs |
//! | `backend`, `sled_store`, `memory`, `layout`, `envelope` | the maps: [`SledStore`] keeps them in a folder, [`MemoryStore`] in memory |
//! | `folder`, `rewrite`, `mark`, `room` | a folder opened, settled, restored, forgotten; how full its disk may be |
//! What the records mean, who may do what and when two
//! facts contradict each other is the runtime's to decide: nothing here knows a rule or a request.

mod audit;
mod backend;
mod bounds;
mod clock;
mod commit;
pub mod conformance;
mod door;
mod envelope;
mod error;
mod folder;
mod layout;
mod ledger;
mod mark;
mod memory;
pub mod merkle;
mod names;
mod records;
mod rewrite;
mod room;
mod sled_store;
mod store;

pub use backend::{Backend, Guard, Pair, Purpose, Scan, Write};
pub use bounds::Bounds;
pub use clock::{Clock, SystemClock};
pub use commit::{
    About, ActivationDraft, AnswerDraft, AuditDraft, Change, Commit, CommitError, Committed,
    Effect, EmployeeDraft, EmployeeToImport, Employees, EraseDraft, Expectation, ImpactReportDraft,
    ImportDraft, Observer, OrganizationDraft, PolicyDraft, ProposalDraft, ResponseDraft,
    ResponseKey, ResultDraft, ResultHeadDraft, ResultsDraft, Seed, TokenDraft, Unmet, VersionDraft,
};
pub use door::Door;
pub use error::{LogDamage, ReadOnlyCause, StoreError};
pub use folder::SledStore;
pub use layout::Tree;
pub use ledger::Ledger;
pub use memory::{Memory, MemoryStore};
pub use names::{EmployeeId, EmploymentId, InvalidName, Slot, TenantId};
pub use records::{
    ActivationRecord, Actor, Attributes, AuditEntry, DatedValue, Decision, EmployeeDigest,
    EmployeeDigests, EmployeeRevision, ErasureRecord, ImpactReportRecord, ImpactState,
    ListedResult, Log, OrganizationRecord, PolicyRecord, Proposal, ProposalRecord, ProposalState,
    Provenance, ResponseRecord, ResultHead, ResultId, ResultRecord, RulesetVersion, Scope,
    TenantRecord, TokenRecord, Verdict, VersionRecord, digest_of_batch,
};
pub use sled_store::Database;
pub use stele_digest::{Digest, InvalidDigest};
pub use store::{BackupSummary, RESPONSES_KEPT, Statistics, Store, TrustStore, Verification};
