//! No result: calculated, recorded, run again, explained or proven.

use serde_json::Value;
use stele_engine::Failure;
use stele_ruleset::{AnswerTooLong, CalculationError, FaultReport, LARGEST_ANSWER};
use stele_runtime::{
    CalculateError, RecallResultError, ReplayError, ResultError, SolveError, WhichEmployment,
    evidence::EvidenceError, explanation::ExplainError,
};

use super::store::{of_load, of_store};
use super::words::{field, sentence};
use crate::http::edge::problem::{FieldError, Kind, Problem};

/// What a date must be for wages.
const RUNNING: &str = "a date in a month in which the employment runs, or `outside_employment` where \
                       something is paid before it begins or after it has ended";

/// Where a calculation stands in a request that is about one.
const CALCULATION: &str = "/calculation";

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
        CalculateError::WhichEmployment(which) => {
            let (pointer, expected, found) = match which {
                WhichEmployment::Unknown { asked, .. } => {
                    ("/employment", "an employment of the employee", format!("\"{asked}\""))
                }
                WhichEmployment::Outside { placement, .. } => {
                    ("/slot", "a slot that is for the employment", placement)
                }
                WhichEmployment::Several { employments, .. } => {
                    ("/employment", "one of the employments", employments.join(", "))
                }
                WhichEmployment::NotRunning { date, found } => {
                    ("/date", RUNNING, format!("{date}; {found}"))
                }
            };
            let error = FieldError::new(pointer, expected, &found);
            Problem::new(Kind::InvalidBody, sentence).with_errors(vec![error])
        }
        CalculateError::EmploymentOfNobody(_) => {
            let error =
                FieldError::new("/employee", "the employee whose employment it is", "nothing");
            Problem::new(Kind::InvalidBody, sentence).with_errors(vec![error])
        }
        CalculateError::Calculation(error) => of_evaluation(error),
        CalculateError::Load(error) => of_load(&error),
        CalculateError::Store(error) => of_store(&error),
    }
}

/// No value of a fact that was looked for.
pub(crate) fn of_solving(error: SolveError) -> Problem {
    match error {
        SolveError::Fields(wrong) => wrong.into(),
        SolveError::Refused { fact, value, error } => of_evaluation(*error)
            .within(CALCULATION)
            .with_member("vary", fact.into())
            .with_member("value", value.into()),
        SolveError::TooLarge => Problem::new(Kind::EvaluationFailed, sentence(&error)),
        SolveError::Calculate(error) => of_calculation(error).within(CALCULATION),
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
        CalculationError::Disagreement(disagreement) => {
            tracing::warn!(step = disagreement.step(), "an explanation does not add up");
            Problem::new(Kind::EvaluationFailed, sentence)
                .with_member("cause", "explanation".into())
                .with_member("step", disagreement.step().into())
        }
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

/// No evidence.
pub(crate) fn of_evidence(error: EvidenceError) -> Problem {
    match error {
        EvidenceError::Result(error) => of_result(error),
        EvidenceError::Store(error) => of_store(&error),
        other => Problem::internal(&other),
    }
}
