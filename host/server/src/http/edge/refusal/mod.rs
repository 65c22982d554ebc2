//! What the runtime refuses, as problem documents: one function for each of its errors.

use axum::http::{HeaderValue, header};
use serde_json::Value;
use stele_compute::ComputeError;
use stele_engine::{CheckError, Failure};
use stele_fields::escape;
use stele_ruleset::{
    AnswerTooLong, CalculationError, CheckFailure, FaultReport, LARGEST_ANSWER, OpenError,
    PackageError, Refused,
};
use stele_runtime::{
    ActivateError, CalculateError, CeilingReached, ChangeError, EmployeeError, EraseError,
    ImpactError, LoadError, LogDamage, PolicyError, ProposalError, PublishError, ReadOnlyCause,
    RecallResultError, ReplayError, ResultError, StoreError, evidence::EvidenceError,
    explanation::ExplainError,
};

use super::problem::{FieldError, Kind, Problem};

/// Seconds after which a request may be repeated that the store had no room for.
const STORE_RETRY: u64 = 60;

/// Seconds after which one of the impact reports that are being made will usually have ended.
const IMPACT_RETRY: u64 = 5;

/// Seconds after which a component may be sent again that the host could not compile.
const COMPILER_RETRY: u64 = 10;

/// No calculation.
pub(crate) fn of_calculation(error: CalculateError) -> Problem {
    let sentence = sentence(&error);
    match error {
        CalculateError::UnknownTenant(_) => Problem::new(Kind::NotFound, sentence),
        CalculateError::UnknownSlot { slot } => Problem::new(Kind::NothingInForce, sentence)
            .with_errors(vec![FieldError::new(
                "/slot",
                "a slot in which something was activated",
                &format!("\"{slot}\""),
            )]),
        CalculateError::NothingInForce { date, .. } => Problem::new(Kind::NothingInForce, sentence)
            .with_errors(vec![FieldError::new(
                "/date",
                "a date on which a version is in force",
                &date.to_string(),
            )]),
        CalculateError::UnknownEmployee { employee, .. } => {
            Problem::new(Kind::InvalidBody, sentence).with_errors(vec![FieldError::new(
                "/employee",
                "an employee of this tenant",
                &format!("\"{employee}\""),
            )])
        }
        CalculateError::Calculation(error) => of_evaluation(error),
        CalculateError::Load(error) => of_load(&error),
        CalculateError::Store(error) => of_store(&error),
    }
}

fn of_evaluation(error: CalculationError) -> Problem {
    let sentence = sentence(&error);
    match error {
        CalculationError::OutsideHorizon { date, horizon, citation, .. } => {
            let error =
                FieldError::new("/date", &format!("a date from {horizon}"), &date.to_string());
            Problem::new(Kind::OutsideHorizon, sentence).with_errors(vec![error]).citing(citation)
        }
        CalculationError::InvalidFacts(errors) => {
            let errors: Vec<_> = errors.into_iter().map(|error| field(error, "/facts")).collect();
            let detail = match errors.as_slice() {
                [one] => format!("{}: {}.", one.pointer, one.message),
                many => format!("{} facts are wrong; `errors` names each.", many.len()),
            };
            Problem::new(Kind::InvalidFacts, detail).with_errors(errors)
        }
        CalculationError::Fault(fault) => of_fault(fault),
        CalculationError::Failure(failure) => of_failure(&failure),
    }
}

fn of_fault(fault: FaultReport) -> Problem {
    let mut problem = Problem::new(Kind::RuleFault, sentence(&fault));
    if let Some(pointer) = fault.pointer {
        let error = FieldError::saying(format!("/facts{pointer}"), fault.message);
        problem = problem.with_errors(vec![error]);
    }
    if let Some(parameter) = fault.parameter {
        problem = problem.with_member("parameter", parameter.into());
    }
    problem.citing(fault.citation)
}

fn of_failure(failure: &Failure) -> Problem {
    match failure {
        Failure::Saturated { retry_after } => {
            Problem::saturated(retry_after.as_secs() + 1, sentence(failure))
        }
        Failure::Internal(_) => Problem::internal(failure),
        Failure::InputTooLarge { .. } => Problem::new(Kind::InvalidFacts, sentence(failure)),
        other => {
            tracing::warn!(cause = other.cause(), "an evaluation failed");
            Problem::new(Kind::EvaluationFailed, sentence(other))
                .with_member("cause", other.cause().into())
        }
    }
}

/// No publication.
pub(crate) fn of_publication(error: PublishError) -> Problem {
    let sentence = sentence(&error);
    match error {
        PublishError::Package(PackageError::ArchiveTooLarge { .. }) => {
            Problem::new(Kind::TooLarge, sentence)
        }
        PublishError::Package(PackageError::Manifest(defects)) => {
            let errors: Vec<_> = defects.iter().map(defect).collect();
            Problem::new(Kind::PackageRefused, sentence)
                .with_member("check", "manifest".into())
                .with_errors(errors)
        }
        PublishError::Package(PackageError::Signatures(_)) => {
            Problem::new(Kind::PackageRefused, sentence).with_member("check", "signature".into())
        }
        PublishError::PolicyChanged => Problem::new(Kind::Conflict, sentence),
        PublishError::Untrusted(error) => {
            let (expected, found) = error.expectation();
            let pointer = format!("/{}", escape(stele_ruleset::SIGNATURES_FILE));
            Problem::new(Kind::PackageRefused, sentence)
                .with_member("check", "signature".into())
                .with_errors(vec![FieldError::new(pointer, &expected, &found)])
        }
        PublishError::Package(_) => {
            Problem::new(Kind::PackageRefused, sentence).with_member("check", "package".into())
        }
        PublishError::Check(CheckFailure::Refused(refused)) => of_refused(&refused),
        PublishError::Check(CheckFailure::Engine(error)) => of_engine(&error),
        PublishError::Check(CheckFailure::NotRun(error)) => match error {
            ComputeError::Saturated { retry_after, .. } => Problem::saturated(
                retry_after.as_secs().max(1),
                "The checks of the package had no turn at a processor; nothing was stored.",
            ),
            ComputeError::Panicked | ComputeError::Stopped => Problem::internal(&error),
        },
        PublishError::Conflict { published, offered, .. } => Problem::new(Kind::Conflict, sentence)
            .with_member("published", published.to_string().into())
            .with_member("offered", offered.to_string().into()),
        PublishError::NameTaken { suggestion, .. } => {
            Problem::new(Kind::Conflict, sentence).with_member("suggestion", suggestion.into())
        }
        PublishError::Ceiling(error) => of_ceiling(error),
        PublishError::UnknownTenant(_) => Problem::new(Kind::NotFound, sentence),
        PublishError::Load(error) => of_load(&error),
        PublishError::Store(error) => of_store(&error),
        PublishError::Stopped => Problem::internal(&sentence),
    }
}

/// The engine could not look at a component now. Later it can, so nothing is said of it.
fn of_engine(error: &CheckError) -> Problem {
    let retry_after = match error {
        CheckError::Busy { retry_after } => retry_after.as_secs().max(1),
        CheckError::Host(detail) => {
            tracing::error!(detail, "a component can not be compiled");
            COMPILER_RETRY
        }
        CheckError::Rejected(_) => return Problem::internal(error),
    };
    let detail = "The engine has no room to compile a component at the moment; nothing was stored.";
    Problem::saturated(retry_after, detail.to_owned())
}

fn of_refused(refused: &Refused) -> Problem {
    let report = &refused.report;
    let failed = report.failed();
    let errors: Vec<_> =
        failed.map(|check| check.errors.iter().map(defect).collect()).unwrap_or_default();
    let (name, detail) =
        failed.map_or(("unknown", ""), |check| (check.check.name(), check.detail.as_str()));
    Problem::new(
        Kind::PackageRefused,
        format!("The check {name} failed: {detail} Nothing was stored."),
    )
    .with_errors(errors)
    .with_member("check", name.into())
    .with_member("report", serde_json::to_value(report).unwrap_or(Value::Null))
}

/// A defect of a package: the pointer is the file and the key in it.
fn defect(defect: &stele_ruleset::Defect) -> FieldError {
    let pointer = match defect.key.is_empty() {
        true => format!("/{}", escape(&defect.file)),
        false => format!("/{}/{}", escape(&defect.file), escape(&defect.key)),
    };
    FieldError::new(pointer, &defect.expected, &defect.found)
}

/// No activation.
pub(crate) fn of_activation(error: ActivateError) -> Problem {
    let sentence = sentence(&error);
    let wrong = |pointer: &str, expected: &str, found: String| {
        Problem::new(Kind::InvalidBody, sentence.clone())
            .with_errors(vec![FieldError::new(pointer, expected, &found)])
    };
    match error {
        ActivateError::InvalidSlot(name) => wrong("/slot", name.expected, name.found),
        ActivateError::UnknownVersion { ruleset, ruleset_exists: false, .. } => {
            wrong("/ruleset", "a ruleset that this tenant sees", ruleset)
        }
        ActivateError::UnknownVersion { version, .. } => {
            wrong("/version", "a published version of the ruleset", version)
        }
        ActivateError::OutsideHorizon { valid_from, horizon, .. } => {
            let mut problem = Problem::new(Kind::OutsideHorizon, sentence);
            let expected = format!("a date from {horizon}");
            let error = FieldError::new("/valid_from", &expected, &valid_from.to_string());
            problem = problem.with_errors(vec![error]);
            problem
        }
        ActivateError::NotExact { ruleset, .. } => wrong("/ruleset", "an exact ruleset", ruleset),
        ActivateError::ApprovalNeeded { needed, .. } => {
            Problem::new(Kind::FourEyes, sentence).with_member("needed", needed.into())
        }
        ActivateError::Ceiling(error) => of_ceiling(error),
        ActivateError::PolicyChanged => Problem::new(Kind::Conflict, sentence),
        ActivateError::UnknownTenant(_) => Problem::new(Kind::NotFound, sentence),
        ActivateError::Store(error) => of_store(&error),
    }
}

/// No step of a proposal.
pub(crate) fn of_proposal(error: ProposalError) -> Problem {
    let sentence = sentence(&error);
    let wrong = |pointer: &str, expected: &str, found: String| {
        Problem::new(Kind::InvalidBody, sentence.clone())
            .with_errors(vec![FieldError::new(pointer, expected, &found)])
    };
    match error {
        ProposalError::Activate(error) => of_activation(error),
        ProposalError::UnknownProposal(_) | ProposalError::UnknownTenant(_) => {
            Problem::new(Kind::NotFound, sentence)
        }
        ProposalError::OwnProposal { .. } | ProposalError::NotTheProposer { .. } => {
            Problem::new(Kind::FourEyes, sentence)
        }
        ProposalError::Decided { state, .. } => {
            Problem::new(Kind::Conflict, sentence).with_member("state", state.name().into())
        }
        ProposalError::AlreadyApproved { given, needed }
        | ProposalError::ApprovalsMissing { given, needed } => {
            Problem::new(Kind::Conflict, sentence)
                .with_member("given", given.into())
                .with_member("needed", needed.into())
        }
        ProposalError::EmergencyUnconfirmed { proposal, .. } => {
            Problem::new(Kind::FourEyes, sentence)
                .with_member("proposal", proposal.to_string().into())
        }
        ProposalError::Changed { changes, binding } => {
            let changes = serde_json::to_value(changes).unwrap_or(Value::Null);
            Problem::new(Kind::Conflict, sentence)
                .with_member("changes", changes)
                .with_member("binding", binding.to_string().into())
        }
        ProposalError::ImpactReportRequired { .. } => {
            wrong("/impact_report", "the identifier of a finished impact report", "nothing".into())
        }
        ProposalError::ImpactReportUnfit { expected, found, .. } => {
            wrong("/impact_report", &expected, found)
        }
        ProposalError::ImpactReportOutdated { .. } => Problem::new(Kind::Conflict, sentence),
        ProposalError::Reason { most, found } => {
            wrong("/reason", &format!("1 to {most} characters"), format!("{found} characters"))
        }
        ProposalError::NothingToRollBack { .. } => Problem::new(Kind::Conflict, sentence),
        ProposalError::Precondition { found } => Problem::new(Kind::PreconditionFailed, sentence)
            .with_header(header::ETAG, super::etag::tag(found))
            .with_member("revision", found.into()),
        ProposalError::Store(error) => of_store(&error),
    }
}

/// No change of a policy.
pub(crate) fn of_policy(error: PolicyError) -> Problem {
    let sentence = sentence(&error);
    match error {
        PolicyError::Invalid { pointer, expected, found } => {
            let error = FieldError::new(format!("/policy{pointer}"), &expected, &found);
            Problem::new(Kind::InvalidBody, sentence).with_errors(vec![error])
        }
        PolicyError::Unreadable { pointer, reason } => {
            let error = FieldError::saying(format!("/policy{pointer}"), reason);
            Problem::new(Kind::InvalidBody, sentence).with_errors(vec![error])
        }
        PolicyError::Precondition { found } => Problem::new(Kind::PreconditionFailed, sentence)
            .with_header(header::ETAG, super::etag::tag(found))
            .with_member("revision", found.into()),
        PolicyError::UnknownTenant(_) => Problem::new(Kind::NotFound, sentence),
        PolicyError::Store(error) => of_store(&error),
    }
}

/// No impact report.
pub(crate) fn of_impact(error: ImpactError) -> Problem {
    let sentence = sentence(&error);
    match error {
        ImpactError::Invalid(errors) => {
            Problem::invalid_body(errors.into_iter().map(|error| field(error, "")))
        }
        ImpactError::UnknownTenant(_) => Problem::new(Kind::NotFound, sentence),
        ImpactError::Saturated => Problem::saturated(IMPACT_RETRY, sentence),
        ImpactError::Store(error) => of_store(&error),
    }
}

/// No change of an employee.
pub(crate) fn of_employee(error: EmployeeError) -> Problem {
    let sentence = sentence(&error);
    match error {
        EmployeeError::Invalid(errors) => {
            Problem::invalid_body(errors.into_iter().map(|error| field(error, "")))
        }
        EmployeeError::Precondition { found, .. } => {
            let problem = Problem::new(Kind::PreconditionFailed, sentence);
            match found {
                Some(revision) => problem
                    .with_header(header::ETAG, super::etag::tag(revision))
                    .with_member("revision", revision.into()),
                None => problem,
            }
        }
        EmployeeError::UnknownEmployee(_) | EmployeeError::UnknownTenant(_) => {
            Problem::new(Kind::NotFound, sentence)
        }
        EmployeeError::Store(error) => of_store(&error),
    }
}

/// No change of tenants or tokens.
pub(crate) fn of_change(error: ChangeError) -> Problem {
    let sentence = sentence(&error);
    let wrong = |pointer: &str| {
        Problem::new(Kind::InvalidBody, sentence.clone())
            .with_errors(vec![FieldError::saying(pointer, sentence.clone())])
    };
    match error {
        ChangeError::UnknownTenant(_) | ChangeError::UnknownToken(_) => {
            Problem::new(Kind::NotFound, sentence)
        }
        ChangeError::Ceiling(error) => of_ceiling(error),
        ChangeError::TenantExists(_) => Problem::new(Kind::Conflict, sentence),
        ChangeError::InvalidToken(_) => wrong("/scopes"),
        ChangeError::InvalidName { .. } => wrong("/name"),
        ChangeError::Store(error) => of_store(&error),
    }
}

/// No recorded result.
pub(crate) fn of_result(error: ResultError) -> Problem {
    let sentence = sentence(&error);
    match error {
        ResultError::Unknown(_) => Problem::new(Kind::NotFound, sentence),
        ResultError::Erased { erased_at, digest, .. } => Problem::new(Kind::Erased, sentence)
            .with_member("erased_at", erased_at.to_string().into())
            .with_member("digest", digest.to_string().into()),
        ResultError::Content(error) => Problem::internal(&error),
        ResultError::Load(error) => of_load(&error),
        ResultError::Store(error) => of_store(&error),
    }
}

/// No replay.
pub(crate) fn of_replay(error: ReplayError) -> Problem {
    match error {
        ReplayError::Result(error) => of_result(error),
        ReplayError::Saturated(failure) => of_failure(&failure),
        ReplayError::Store(error) => of_store(&error),
        ReplayError::Stopped => Problem::internal(&error),
    }
}

/// No explanation.
pub(crate) fn of_explanation(error: ExplainError) -> Problem {
    let sentence = sentence(&error);
    match error {
        ExplainError::Result(error) => of_result(error),
        ExplainError::Different(replay) => Problem::new(Kind::Conflict, sentence)
            .with_member("replay", serde_json::to_value(&replay).unwrap_or(Value::Null)),
        ExplainError::Saturated(failure) => of_failure(&failure),
        ExplainError::Store(error) => of_store(&error),
        ExplainError::Recall(_) => of_recall(),
        ExplainError::TooLong(error) => of_length(error),
        ExplainError::Stopped => Problem::internal(&sentence),
    }
}

/// A result that can not be shown. The log gets no detail: it could quote a fact.
pub(crate) fn of_recall() -> Problem {
    Problem::internal(&"what is kept of a result does not fit the version that it names")
}

/// No result as it was calculated.
pub(crate) fn of_recalled_result(error: RecallResultError) -> Problem {
    match error {
        RecallResultError::Result(error) => of_result(error),
        RecallResultError::Recall(_) => of_recall(),
    }
}

/// An answer that is too long to be given.
pub(crate) fn of_length(error: AnswerTooLong) -> Problem {
    Problem::new(Kind::EvaluationFailed, sentence(&error))
        .with_member("limit_bytes", LARGEST_ANSWER.into())
}

/// There may be no more of something.
fn of_ceiling(error: CeilingReached) -> Problem {
    Problem::new(Kind::CeilingReached, sentence(&error))
        .with_member("what", error.what.into())
        .with_member("limit", error.most.into())
}

/// No evidence.
pub(crate) fn of_evidence(error: EvidenceError) -> Problem {
    match error {
        EvidenceError::Result(error) => of_result(error),
        EvidenceError::Store(error) => of_store(&error),
        other => Problem::internal(&other),
    }
}

/// No erasure.
pub(crate) fn of_erasure(error: EraseError) -> Problem {
    let sentence = sentence(&error);
    match error {
        EraseError::UnknownEmployee(_) | EraseError::UnknownTenant(_) => {
            Problem::new(Kind::NotFound, sentence)
        }
        EraseError::Retention(_) => Problem::new(
            Kind::Conflict,
            format!("{sentence} Nothing was erased; mend the tenant's policy first."),
        ),
        EraseError::Store(error) => of_store(&error),
        EraseError::Stopped => Problem::internal(&sentence),
    }
}

/// A version that can not be read back.
pub(crate) fn of_load(error: &LoadError) -> Problem {
    match error {
        LoadError::Store(error) => of_store(error),
        LoadError::Open(OpenError::Engine { error, .. }) => of_engine(error),
        other => Problem::internal(other),
    }
}

/// The store could not do it. What is wrong with the disk is the operator's business.
pub(crate) fn of_store(error: &StoreError) -> Problem {
    match error {
        StoreError::ReadOnly { cause: ReadOnlyCause::DamagedLog(damage) } => of_damage(damage),
        // Whoever carries the key is given the answer in its place.
        StoreError::Answered => {
            Problem::new(Kind::Conflict, "It was done already under this idempotency key.")
        }
        // The store itself says so in the log, once for many.
        StoreError::Full { .. } | StoreError::Busy { .. } | StoreError::ReadOnly { .. } => {
            Problem::new(
                Kind::ReadOnly,
                "The server takes no changes at the moment; nothing was changed.",
            )
            .with_header(header::RETRY_AFTER, HeaderValue::from(STORE_RETRY))
        }
        StoreError::DamagedLog(damage) => {
            tracing::error!(%error, "a damaged log was asked for");
            Problem::new(Kind::DamagedLog, sentence(damage))
                .with_member("log", damage.log.to_string().into())
                .with_member("entry", damage.entry.into())
        }
        other => Problem::internal(other),
    }
}

/// No change, because the log that it belongs in is damaged.
fn of_damage(damage: &LogDamage) -> Problem {
    let name = damage.log.to_string();
    let entry = damage.entry;
    let detail = format!(
        "The server takes no such changes: the audit log {name} can not be believed from entry {entry} \
         on. Nothing was changed; reading and calculating go on."
    );
    Problem::new(Kind::ReadOnly, detail)
        .with_member("log", name.into())
        .with_member("entry", entry.into())
}

/// A wrong field of the runtime's, inside `place` of the body.
pub(crate) fn field(error: stele_ruleset::FieldError, place: &str) -> FieldError {
    FieldError {
        pointer: format!("{place}{}", error.pointer),
        expected: Some(error.expected),
        found: Some(error.found),
        unit: error.unit,
        line: None,
        meaning: error.meaning,
        message: error.message,
    }
}

/// An error as a sentence.
fn sentence(error: &impl std::fmt::Display) -> String {
    let mut sentence = error.to_string();
    if !sentence.ends_with(['.', '!', '?']) {
        sentence.push('.');
    }
    sentence
}
