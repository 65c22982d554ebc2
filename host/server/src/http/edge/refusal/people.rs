//! No change of an employee, and no erasure.

use axum::http::header;
use stele_runtime::{EmployeeError, EraseError};

use super::store::of_store;
use super::words::{field, sentence};
use crate::http::edge::etag;
use crate::http::edge::problem::{Kind, Problem};

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
                    .with_header(header::ETAG, etag::tag(revision))
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
