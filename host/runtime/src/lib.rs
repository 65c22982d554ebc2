//! The runtime: tenants, credentials, employees, published rulesets, activations, calculations and
//! their receipts, the audit log. It knows the engine and the store, and puts the two together:
//! which version is in force for whom and when, what is known of an employee, and what may be
//! changed by a commit.
//!
//! What may not enter here: HTTP, the command line, the law of any country.
//!
//! | room | idea |
//! |---|---|
//! | `privacy` | how long what is known of people is kept, and erasure |
//! | `result` | calculated, recorded, run again, explained and proven |
//! | `release` | published, compared, proposed, approved and activated |
//! | `people` | employees |
//! | `audit` | the logs of all that: checkpoints, proofs, exports |
//! | `state` | opened and held together: store, engine, catalog, tenants and tokens |
//!
//! A room knows only rooms that stand below it in this table. What others may know of the runtime
//! is listed here; nothing inside the crate is imported through this list.

mod audit;
mod people;
mod privacy;
mod release;
mod result;
mod state;

pub use stele_compute::Turn;
pub use stele_digest::Digest;
pub use stele_store::{
    Attributes, AuditEntry, BackupSummary, DatedValue, EmployeeDigest, EmployeeDigests, EmployeeId,
    EmploymentId, InvalidName, Log, LogDamage, ReadOnlyCause, ResultId, Scope, Slot, StoreError,
    TenantId, Verification, merkle,
};

pub use audit::{
    AuditExport, AuditFilter, AuditPage, Checkpoint, CheckpointError, ConsistencyProof,
    EXPORT_FORMAT, ExportHeader, ExportReport, InclusionProof, SignedCheckpoint, Tampering,
    VerifyError, verify_export,
};
pub use people::{
    AffectedPeople, AttributeError, ChangeKind, ChangedValues, DecimalMark, DeclaredAttribute,
    Declarer, Employee, EmployeeDraft, EmployeeError, EmployeeExport, EmployeeFile,
    EmployeeHistory, EmployeePage, EmployeePatch, EmployeePatched, EmployeeWritten,
    EmployingEntity, EmploymentTerms, Employments, ExportError, ExportForm, HistoryChange,
    HistoryRevision, ImportError, ImportMode, ImportOptions, ImportReport, ImportedEmployee,
    ImportedShadow, OrganizationError, OrganizationView, RevisionState, ShadowedValue, ValueChange,
    WhichEmployment,
};
pub use privacy::{AttributesState, EraseError, Erasure, RetainedResult, Swept};
pub use release::{
    activation::{ActivateError, Activation, ActivationDraft, ActivationPage, SlotInForce},
    impact::{
        Bucket, Computed, Covered, Differences, FinishedImpact, ImpactChange, ImpactContent,
        ImpactDate, ImpactError, ImpactFailing, ImpactFailure, ImpactFailures, ImpactFinding,
        ImpactItem, ImpactLine, ImpactOccurrences, ImpactPage, ImpactPopulation, ImpactReason,
        ImpactReasons, ImpactReport, ImpactRequest, ImpactStage, ImpactTotals, ImpactVersion,
        InLanguages, PaidFilter, PaidHeading, PaidResult, PaidResults, PopulationKind,
    },
    policy::{
        Demand, LONGEST_RETENTION, Policy, PolicyError, PolicyView, Readings, Retention,
        RetentionError, SlotRule,
    },
    proposal::{
        Approvals, ChangedField, Collision, DecisionView, ProposalDraft, ProposalError,
        ProposalFilter, ProposalPage, ProposalStateView, ProposalView, RollbackDraft,
    },
    publication::{PublicationView, PublishError},
    published::{RulesetView, VersionDetail, VersionView},
};
pub use result::{
    CalculateError, CalculationRequest, CalculationResult, Calculator, ContentError, Difference,
    FactOrigin, LARGEST_RECORDING, MOST_EVALUATIONS, Ran, Reading, RecallResultError, Receipt,
    RecordedResult, Recording, Remembered, Replay, ReplayError, ReplayFilter, ReplaySummary,
    ResultContent, ResultError, ResultFilter, ResultHeading, ResultPage, RulesetFilter, Solution,
    SolveError, SolveRequest, Solved, Trial,
};
pub use result::{evidence, explanation};
pub use state::{
    actor::{Actor, IdempotencyKey},
    audit_key::{AuditKey, AuditKeyError, VerifierKey},
    backup::RestoreError,
    ceiling::{CeilingReached, Ceilings},
    credential::{Credential, TokenScope, UnknownScope},
    error::{ChangeError, OpenError},
    idempotency::{IdempotencyError, Idempotent, StoredAnswer, StoredResponse, Worked, check_key},
    openings::TooManyOpenings,
    organization::{
        Concurrency, Country, CustomField, CustomKind, LegalEntity, Organization,
        OrganizationDefect, SlotPopulation, Undeclared,
    },
    precondition::{Precondition, Revision},
    program::{ENGINE_VERSION, HOST_VERSION},
    running::ImpactProgress,
    runtime::{Runtime, Statistics},
    settings::{ImpactReports, KeyedRequests, ReadyRulesets, Settings},
    shelf::LoadError,
    tenant::TenantView,
    token::{Secret, TOKEN_PREFIX, TokenDraft, TokenView},
};
