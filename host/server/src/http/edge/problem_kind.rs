//! The kinds of problems: one for each thing that a caller does next.

use axum::http::StatusCode;

/// What went wrong, as a program needs it: one kind for each thing that a caller does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The request can not be read: JSON, query or header.
    Malformed,
    /// No token, or one that is not known or was revoked.
    Unauthorized,
    /// The token does not carry the scope that this needs.
    MissingScope,
    /// Another person must do it, or agree to it.
    FourEyes,
    /// Nothing under this path that the token may see.
    NotFound,
    /// It was here and its content was erased, because it concerned somebody who asked for that.
    Erased,
    /// The path exists, not for this method.
    MethodNotAllowed,
    /// It would contradict what is there.
    Conflict,
    /// `If-Match` or `If-None-Match` does not hold.
    PreconditionFailed,
    /// The body, or a line of it, is longer than the limit.
    TooLarge,
    /// The body's content type is not one that this path takes.
    UnsupportedMediaType,
    /// The body has wrong, missing or unknown fields.
    InvalidBody,
    /// Facts are missing, unknown, of the wrong type or out of bounds.
    InvalidFacts,
    /// What comes out is longer than an answer may be.
    AnswerTooLarge,
    /// The date lies where the law is not known to the ruleset.
    OutsideHorizon,
    /// No version is in force in the slot on the date, as known at the time.
    NothingInForce,
    /// The rule refused the facts and says why.
    RuleFault,
    /// A check at publication failed; the report says which.
    PackageRefused,
    /// The import has lines that can not be taken; nothing was imported.
    ImportRefused,
    /// As many of it are there as the server is set to take.
    CeilingReached,
    /// An idempotency key came back with another body.
    IdempotencyKeyReused,
    /// The rule trapped, ran out of fuel, time or memory, or gave a wrong outcome.
    EvaluationFailed,
    /// The client took too long to send its request.
    RequestTimeout,
    /// The store takes no changes until the operator has mended it; reading goes on.
    ReadOnly,
    /// The audit log is damaged at or before the entry that was asked for.
    DamagedLog,
    /// The tenant, the token or the address uses all that it may at the same time; others do not.
    ShareUsed,
    /// Too much is going on; the same request succeeds later.
    Saturated,
    /// It took longer than the server allows.
    Timeout,
    /// The server's own defect or its disk.
    Internal,
}

impl Kind {
    /// Every kind, for the documentation and its test.
    pub(crate) const ALL: [Kind; 29] = [
        Kind::Malformed,
        Kind::Unauthorized,
        Kind::MissingScope,
        Kind::FourEyes,
        Kind::NotFound,
        Kind::Erased,
        Kind::MethodNotAllowed,
        Kind::Conflict,
        Kind::PreconditionFailed,
        Kind::TooLarge,
        Kind::UnsupportedMediaType,
        Kind::InvalidBody,
        Kind::InvalidFacts,
        Kind::AnswerTooLarge,
        Kind::OutsideHorizon,
        Kind::NothingInForce,
        Kind::RuleFault,
        Kind::PackageRefused,
        Kind::ImportRefused,
        Kind::CeilingReached,
        Kind::IdempotencyKeyReused,
        Kind::EvaluationFailed,
        Kind::RequestTimeout,
        Kind::ReadOnly,
        Kind::DamagedLog,
        Kind::ShareUsed,
        Kind::Saturated,
        Kind::Timeout,
        Kind::Internal,
    ];

    /// The problem type, the status and the title.
    pub(crate) const fn parts(self) -> (&'static str, StatusCode, &'static str) {
        match self {
            Kind::Malformed => (
                "urn:stele:problem:malformed-request",
                StatusCode::BAD_REQUEST,
                "Malformed request",
            ),
            Kind::Unauthorized => {
                ("urn:stele:problem:unauthorized", StatusCode::UNAUTHORIZED, "No valid token")
            }
            Kind::MissingScope => {
                ("urn:stele:problem:missing-scope", StatusCode::FORBIDDEN, "Missing scope")
            }
            Kind::FourEyes => {
                ("urn:stele:problem:four-eyes", StatusCode::FORBIDDEN, "Another person is needed")
            }
            Kind::NotFound => ("urn:stele:problem:not-found", StatusCode::NOT_FOUND, "Not found"),
            Kind::Erased => ("urn:stele:problem:erased", StatusCode::GONE, "Erased"),
            Kind::MethodNotAllowed => (
                "urn:stele:problem:method-not-allowed",
                StatusCode::METHOD_NOT_ALLOWED,
                "Method not allowed",
            ),
            Kind::Conflict => ("urn:stele:problem:conflict", StatusCode::CONFLICT, "Conflict"),
            Kind::PreconditionFailed => (
                "urn:stele:problem:precondition-failed",
                StatusCode::PRECONDITION_FAILED,
                "Precondition failed",
            ),
            Kind::TooLarge => {
                ("urn:stele:problem:too-large", StatusCode::PAYLOAD_TOO_LARGE, "Too large")
            }
            Kind::UnsupportedMediaType => (
                "urn:stele:problem:unsupported-media-type",
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "Unsupported media type",
            ),
            Kind::InvalidBody => {
                ("urn:stele:problem:invalid-body", StatusCode::UNPROCESSABLE_ENTITY, "Invalid body")
            }
            Kind::InvalidFacts => (
                "urn:stele:problem:invalid-facts",
                StatusCode::UNPROCESSABLE_ENTITY,
                "Invalid facts",
            ),
            Kind::AnswerTooLarge => (
                "urn:stele:problem:answer-too-large",
                StatusCode::UNPROCESSABLE_ENTITY,
                "The answer is too large",
            ),
            Kind::OutsideHorizon => (
                "urn:stele:problem:outside-horizon",
                StatusCode::UNPROCESSABLE_ENTITY,
                "Outside the ruleset's horizon",
            ),
            Kind::NothingInForce => (
                "urn:stele:problem:nothing-in-force",
                StatusCode::UNPROCESSABLE_ENTITY,
                "Nothing in force",
            ),
            Kind::RuleFault => (
                "urn:stele:problem:rule-fault",
                StatusCode::UNPROCESSABLE_ENTITY,
                "The rule can not answer",
            ),
            Kind::PackageRefused => (
                "urn:stele:problem:package-refused",
                StatusCode::UNPROCESSABLE_ENTITY,
                "Package refused",
            ),
            Kind::ImportRefused => (
                "urn:stele:problem:import-refused",
                StatusCode::UNPROCESSABLE_ENTITY,
                "Import refused",
            ),
            Kind::CeilingReached => (
                "urn:stele:problem:ceiling-reached",
                StatusCode::UNPROCESSABLE_ENTITY,
                "As many as there may be",
            ),
            Kind::IdempotencyKeyReused => (
                "urn:stele:problem:idempotency-key-reused",
                StatusCode::UNPROCESSABLE_ENTITY,
                "Idempotency key used for another request",
            ),
            Kind::EvaluationFailed => (
                "urn:stele:problem:evaluation-failed",
                StatusCode::INTERNAL_SERVER_ERROR,
                "The evaluation failed",
            ),
            Kind::RequestTimeout => (
                "urn:stele:problem:request-timeout",
                StatusCode::REQUEST_TIMEOUT,
                "The request took too long to arrive",
            ),
            Kind::ReadOnly => {
                ("urn:stele:problem:read-only", StatusCode::SERVICE_UNAVAILABLE, "No changes taken")
            }
            Kind::DamagedLog => (
                "urn:stele:problem:damaged-log",
                StatusCode::INTERNAL_SERVER_ERROR,
                "The audit log is damaged",
            ),
            Kind::ShareUsed => (
                "urn:stele:problem:share-used",
                StatusCode::TOO_MANY_REQUESTS,
                "Your share is used",
            ),
            Kind::Saturated => {
                ("urn:stele:problem:saturated", StatusCode::SERVICE_UNAVAILABLE, "Saturated")
            }
            Kind::Timeout => {
                ("urn:stele:problem:timeout", StatusCode::SERVICE_UNAVAILABLE, "Timed out")
            }
            Kind::Internal => {
                ("urn:stele:problem:internal", StatusCode::INTERNAL_SERVER_ERROR, "Internal error")
            }
        }
    }

    /// The kind that stands for a bare status, for responses not made by a handler.
    pub(crate) fn of_status(status: StatusCode) -> Kind {
        match status {
            StatusCode::UNAUTHORIZED => Kind::Unauthorized,
            StatusCode::FORBIDDEN => Kind::MissingScope,
            StatusCode::NOT_FOUND => Kind::NotFound,
            StatusCode::GONE => Kind::Erased,
            StatusCode::METHOD_NOT_ALLOWED => Kind::MethodNotAllowed,
            StatusCode::CONFLICT => Kind::Conflict,
            StatusCode::PRECONDITION_FAILED => Kind::PreconditionFailed,
            StatusCode::PAYLOAD_TOO_LARGE => Kind::TooLarge,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Kind::UnsupportedMediaType,
            StatusCode::UNPROCESSABLE_ENTITY => Kind::InvalidBody,
            StatusCode::REQUEST_TIMEOUT => Kind::RequestTimeout,
            StatusCode::TOO_MANY_REQUESTS => Kind::ShareUsed,
            StatusCode::SERVICE_UNAVAILABLE => Kind::Saturated,
            status if status.is_client_error() => Kind::Malformed,
            _ => Kind::Internal,
        }
    }
}
