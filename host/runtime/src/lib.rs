//! The runtime: tenants, credentials, employees, published rulesets, activations, calculations and
//! their receipts, the audit log. It knows the engine and the store, and puts the two together:
//! which version is in force for whom and when, what is known of an employee, and what may be
//! changed by a commit.
//!
//! What may not enter here: HTTP, the command line, the law of any country.
//!
//! | file | idea |
//! |---|---|
//! | `ruleset` | one version, from the bytes of its package to a rendered calculation |
//! | `catalog`, `shelf` | what is in memory, and rulesets that are made ready when needed |
//! | `runtime`, `settings`, `error` | opened and held together |
//! | `tenant`, `credential`, `actor` | who may do something, and who did |
//! | `publication`, `activation`, `employee` | what can be changed |
//! | `calculation` | what all of it is for |
//! | `result`, `evidence` | what is recorded of it, run again and proven |
//! | `explanation` | the same for the one who was paid |
//! | `privacy` | how long it is kept, and erasure |
//! | `idempotency`, `backup` | nothing twice, nothing lost |

pub mod ruleset;

mod activation;
mod actor;
mod backup;
mod calculation;
mod catalog;
mod credential;
mod digests;
mod employee;
mod error;
pub mod evidence;
pub mod explanation;
mod idempotency;
mod privacy;
mod publication;
mod result;
mod runtime;
mod settings;
mod shelf;
mod tenant;

pub use stele_engine::Digest;
pub use stele_store::{
    Attributes, AuditEntry, BackupSummary, DatedValue, EmployeeId, InvalidName, ResultId, Scope,
    Slot, StoreError, TenantId, Verification,
};

pub use activation::{ActivateError, Activation, ActivationDraft, ActivationPage};
pub use actor::{Actor, IdempotencyKey};
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
pub use privacy::{
    AttributesState, EraseError, Erasure, LONGEST_RETENTION, RetainedResult, Retention,
    RetentionError, Swept,
};
pub use publication::{PublicationView, PublishError, RulesetView, VersionDetail, VersionView};
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
