//! The runtime: tenants, credentials, employees, published rulesets, activations, calculations and
//! their receipts, the audit log. It knows the engine and the store, and puts the two together:
//! which version is in force for whom and when, what is known of an employee, and what may be
//! changed by a commit.
//!
//! What may not enter here: HTTP, the command line, the law of any country.
//!
//! | file | idea |
//! |---|---|
//! | `catalog`, `shelf` | what is in memory, and rulesets that are made ready when needed |
//! | `runtime`, `settings`, `error` | opened and held together |
//! | `tenant`, `credential`, `actor` | who may do something, and who did |
//! | `publication`, `activation`, `employee` | what can be changed |
//! | `policy`, `proposal` | who must agree before a version is put in force |
//! | `published` | what was published, to be read |
//! | `calculation` | what all of it is for |
//! | `impact` | what a version would change, before it is put in force |
//! | `result`, `evidence` | what is recorded of it, run again and proven |
//! | `explanation` | the same for the one who was paid |
//! | `privacy` | how long it is kept, and erasure |
//! | `idempotency`, `backup` | nothing twice, nothing lost |
//! | `audit`, `examination` | the logs of all that: checkpoints, proofs, exports; believed again after a start |

mod activation;
mod actor;
mod audit;
mod backup;
mod calculation;
mod catalog;
mod credential;
mod employee;
mod error;
pub mod evidence;
mod examination;
pub mod explanation;
mod idempotency;
mod impact;
mod policy;
mod privacy;
mod proposal;
mod publication;
mod published;
mod result;
mod runtime;
mod settings;
mod shelf;
mod tenant;

pub use stele_digest::Digest;
pub use stele_store::{
    Attributes, AuditEntry, BackupSummary, DatedValue, EmployeeId, InvalidName, Log, LogDamage,
    ReadOnlyCause, ResultId, Scope, Slot, StoreError, TenantId, Verification, merkle,
};

pub use activation::{ActivateError, Activation, ActivationDraft, ActivationPage, SlotInForce};
pub use actor::{Actor, IdempotencyKey};
pub use audit::{
    AuditExport, AuditFilter, AuditKey, AuditKeyError, AuditPage, Checkpoint, CheckpointError,
    ConsistencyProof, EXPORT_FORMAT, ExportHeader, ExportReport, InclusionProof, SignedCheckpoint,
    Tampering, VerifierKey, VerifyError, verify_export,
};
pub use backup::RestoreError;
pub use calculation::{CalculateError, CalculationRequest, CalculationResult, Calculator, Receipt};
pub use credential::{
    Credential, Secret, TOKEN_PREFIX, TokenDraft, TokenScope, TokenView, UnknownScope,
};
pub use employee::{
    AttributeError, Employee, EmployeeDraft, EmployeeError, EmployeePage, EmployeeWritten,
    ImportError, ImportReport, ImportRow, Precondition, Revision, parse_csv, parse_ndjson,
};
pub use error::{ChangeError, OpenError};
pub use idempotency::{IdempotencyError, Idempotent, Reservation, StoredResponse};
pub use impact::{
    Bucket, Differences, FinishedImpact, ImpactChange, ImpactContent, ImpactDate, ImpactError,
    ImpactFailure, ImpactFailures, ImpactFinding, ImpactItem, ImpactLine, ImpactOccurrences,
    ImpactPage, ImpactPopulation, ImpactProgress, ImpactReport, ImpactRequest, ImpactStage,
    ImpactTotals, ImpactVersion, InLanguages, PopulationKind,
};
pub use policy::{Demand, Policy, PolicyError, PolicyView, SlotRule};
pub use privacy::{
    AttributesState, EraseError, Erasure, LONGEST_RETENTION, RetainedResult, Retention,
    RetentionError, Swept,
};
pub use proposal::{
    Approvals, ChangedField, DecisionView, ProposalDraft, ProposalError, ProposalFilter,
    ProposalPage, ProposalStateView, ProposalView, RollbackDraft,
};
pub use publication::{PublicationView, PublishError};
pub use published::{RulesetView, VersionDetail, VersionView};
pub use result::{
    ContentError, Difference, FactOrigin, LARGEST_RECORDING, Ran, RecordedResult, Recording,
    Replay, ReplayError, ReplayFilter, ReplaySummary, ResultContent, ResultError, ResultHeading,
    ResultPage,
};
pub use runtime::{Runtime, Statistics};
pub use settings::Settings;
pub use shelf::LoadError;
pub use tenant::TenantView;

use idempotency::store_error;
use runtime::no_effect;

/// Version of this program.
pub const HOST_VERSION: &str = env!("CARGO_PKG_VERSION");
/// Version of the engine: wasmtime's, on which fuel depends.
pub const ENGINE_VERSION: &str = "wasmtime 48";
/// Version of the contract between host and rule.
pub const CONTRACT_VERSION: &str = "1.0.0";
