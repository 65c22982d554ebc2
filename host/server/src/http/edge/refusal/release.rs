//! No publication, activation, step of a proposal, policy or impact report.

use axum::http::header;
use serde_json::Value;
use stele_compute::ComputeError;
use stele_fields::escape;
use stele_ruleset::{CheckFailure, PackageError, Refused};
use stele_runtime::{
    ActivateError, AffectedPeople, EmployingEntity, FieldInUse, ImpactError, OrganizationDefect,
    OrganizationError, PolicyError, ProposalError, PublishError,
};

use super::store::{of_ceiling, of_engine, of_load, of_store};
use super::words::{field, sentence};
use crate::http::edge::etag;
use crate::http::edge::problem::{FieldError, Kind, Problem};

/// Seconds after which one of the impact reports that are being made will usually have ended.
const IMPACT_RETRY: u64 = 5;

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

fn of_refused(refused: &Refused) -> Problem {
    let report = &refused.report;
    let failed = report.failed();
    let errors: Vec<_> =
        failed.map(|check| check.errors.iter().map(defect).collect()).unwrap_or_default();
    let (name, detail) =
        failed.map_or(("unknown", ""), |check| (check.check.name(), check.detail.as_str()));
    Problem::new(
        Kind::PackageRefused,
        format!("The check {name} failed: {}. Nothing was stored.", detail.trim_end_matches('.')),
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
            .with_header(header::ETAG, etag::tag(found))
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
            .with_header(header::ETAG, etag::tag(found))
            .with_member("revision", found.into()),
        PolicyError::UnknownTenant(_) => Problem::new(Kind::NotFound, sentence),
        PolicyError::Store(error) => of_store(&error),
    }
}

/// No organization.
pub(crate) fn of_organization(error: OrganizationError, names_people: bool) -> Problem {
    let sentence = sentence(&error);
    match error {
        OrganizationError::Invalid(defects) => {
            let errors = defects.iter().map(|OrganizationDefect { pointer, expected, found }| {
                FieldError::new(format!("/organization{pointer}"), expected, found)
            });
            Problem::new(Kind::InvalidBody, sentence).with_errors(errors.collect::<Vec<_>>())
        }
        OrganizationError::Employing(entities) => {
            let errors = entities.iter().map(|entity| employing(entity, names_people));
            Problem::new(Kind::InvalidBody, sentence).with_errors(errors.collect::<Vec<_>>())
        }
        OrganizationError::FieldsInUse(fields) => {
            let errors = fields.iter().map(|field| in_use(field, names_people));
            Problem::new(Kind::InvalidBody, sentence).with_errors(errors.collect::<Vec<_>>())
        }
        OrganizationError::Unreadable { pointer, reason } => {
            let error = FieldError::saying(format!("/organization{pointer}"), reason);
            Problem::new(Kind::InvalidBody, sentence).with_errors(vec![error])
        }
        OrganizationError::Precondition { found } => {
            Problem::new(Kind::PreconditionFailed, sentence)
                .with_header(header::ETAG, etag::tag(found))
                .with_member("revision", found.into())
        }
        OrganizationError::Ceiling(error) => of_ceiling(error),
        OrganizationError::UnknownTenant(_) => Problem::new(Kind::NotFound, sentence),
        OrganizationError::Store(error) => of_store(&error),
    }
}

/// That a legal entity stays, and whom that concerns.
fn employing(entity: &EmployingEntity, names_people: bool) -> FieldError {
    let EmployingEntity { legal_entity, people } = entity;
    let expected =
        "an entity that nobody is or was employed by; transfer those who are, or leave it";
    let pointer = format!("/organization/legal_entities/{legal_entity}");
    FieldError::new(pointer, expected, &named(people, names_people))
}

/// That a field keeps its type, and whom that concerns.
fn in_use(FieldInUse { field, people }: &FieldInUse, names_people: bool) -> FieldError {
    let expected = "a field whose values all stay what it takes; declare another one for values of \
                    another type, or take them back first";
    let found = format!("values that it would not take, of {}", named(people, names_people));
    FieldError::new(format!("/organization/custom_fields/{field}"), expected, &found)
}

/// How many people there are, and the first of them for who may know.
fn named(AffectedPeople { employees, first }: &AffectedPeople, names_people: bool) -> String {
    let counted = format!("{employees} {}", if *employees == 1 { "employee" } else { "employees" });
    if !names_people {
        return counted;
    }
    let named = first.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let further = if *employees > first.len() as u64 { ", …" } else { "" };
    format!("{counted}: {named}{further}")
}

/// No impact report.
pub(crate) fn of_impact(error: ImpactError) -> Problem {
    let sentence = sentence(&error);
    match error {
        ImpactError::Invalid(errors) => {
            Problem::invalid_body(errors.into_iter().map(|error| field(error, "")))
        }
        ImpactError::UnknownTenant(_) => Problem::new(Kind::NotFound, sentence),
        ImpactError::ShareUsed { most } => {
            Problem::share_used(IMPACT_RETRY, "impact_reports_per_tenant", most, sentence)
        }
        ImpactError::Saturated { most } => {
            Problem::full(IMPACT_RETRY, "impact_reports", most, sentence)
        }
        ImpactError::Store(error) => of_store(&error),
    }
}
