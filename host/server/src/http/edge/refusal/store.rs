//! What is behind everything: the store, the compiler, and how much there may be.

use axum::http::{HeaderValue, header};
use stele_engine::CheckError;
use stele_ruleset::OpenError;
use stele_runtime::{CeilingReached, ChangeError, LoadError, LogDamage, ReadOnlyCause, StoreError};

use super::words::sentence;
use crate::http::edge::problem::{FieldError, Kind, Problem};

/// Seconds after which a request may be repeated that the store had no room for.
const STORE_RETRY: u64 = 60;

/// Seconds after which what waits to be written has usually been: far more is written in a second
/// than may wait.
const BUSY_RETRY: u64 = 1;

/// Seconds after which a component may be sent again that the host could not compile.
const COMPILER_RETRY: u64 = 10;

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

/// There may be no more of something.
pub(super) fn of_ceiling(error: CeilingReached) -> Problem {
    Problem::new(Kind::CeilingReached, sentence(&error))
        .with_member("what", error.what.into())
        .with_member("limit", error.most.into())
}

/// The engine could not look at a component now. Later it can, so nothing is said of it.
pub(super) fn of_engine(error: &CheckError) -> Problem {
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

/// A version that can not be read back.
pub(crate) fn of_load(error: &LoadError) -> Problem {
    match error {
        LoadError::Store(error) => of_store(error),
        LoadError::Open(OpenError::Engine { error, .. }) => of_engine(error),
        LoadError::Busy(busy) => {
            let (retry, limit) = (busy.retry_after.as_secs(), "openings_of_a_tenant");
            Problem::share_used(retry, limit, busy.most, sentence(busy))
        }
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
        StoreError::Busy { waiting } => {
            let detail = format!(
                "{waiting} changes wait to be written, the most that may; nothing was changed. Try \
                 again."
            );
            Problem::full(BUSY_RETRY, "waiting_commits", *waiting, detail)
        }
        StoreError::Contended => Problem::saturated(
            BUSY_RETRY,
            "Another server changed the same at the same moment; nothing was changed. Try again.",
        ),
        // The store itself says so in the log, once for many.
        StoreError::Full { .. } | StoreError::ReadOnly { cause: ReadOnlyCause::Full { .. } } => {
            Problem::new(
                Kind::ReadOnly,
                "The disk of the server is too full for changes; nothing was changed. Changes are taken \
                 again as soon as its operator has made room; reading and calculating go on.",
            )
            .with_header(header::RETRY_AFTER, HeaderValue::from(STORE_RETRY))
        }
        StoreError::ReadOnly { .. } => Problem::new(
            Kind::ReadOnly,
            "The server takes no changes at the moment; nothing was changed.",
        )
        .with_header(header::RETRY_AFTER, HeaderValue::from(STORE_RETRY)),
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use stele_runtime::TooManyOpenings;

    use super::*;

    /// How it is answered: the status, when to come again, and the document.
    fn answered(error: &StoreError) -> (u16, String, serde_json::Value) {
        let problem = of_store(error);
        let response = problem.finish("/", "r-1");
        let retry = response.headers().get(header::RETRY_AFTER).cloned();
        let retry = retry.map(|retry| retry.to_str().unwrap().to_owned()).unwrap_or_default();
        let document = serde_json::from_slice(&problem.written(None, None, None)).unwrap();
        (response.status().as_u16(), retry, document)
    }

    #[test]
    fn who_finds_the_queue_full_is_told_how_many_wait_and_when_to_come_again() {
        let (status, retry, document) = answered(&StoreError::Busy { waiting: 4096 });
        assert_eq!((status, retry.as_str()), (503, "1"));
        assert_eq!(document["type"], "urn:stele:problem:saturated");
        assert_eq!(
            (&document["limit"], &document["most"]),
            (&"waiting_commits".into(), &4096.into())
        );
        assert!(
            document["detail"].as_str().unwrap().starts_with("4096 changes wait"),
            "{document}"
        );
    }

    #[test]
    fn who_meets_another_writer_is_told_to_come_again() {
        let (status, retry, document) = answered(&StoreError::Contended);
        assert_eq!((status, retry.as_str()), (503, "1"));
        assert_eq!(document["type"], "urn:stele:problem:saturated");
    }

    #[test]
    fn who_has_too_many_rulesets_made_ready_uses_a_share_and_nobody_elses() {
        let busy = TooManyOpenings { most: 64, retry_after: Duration::from_secs(1) };
        let problem = of_load(&LoadError::Busy(busy));
        assert_eq!(problem.kind(), Kind::ShareUsed);
        let document = serde_json::from_slice(&problem.written(None, None, None));
        let document: serde_json::Value = document.unwrap();
        assert_eq!(document["limit"], "openings_of_a_tenant");
        assert_eq!(document["most"], 64);
    }

    /// What only the operator can mend is another kind: a program that tries again soon is no help.
    #[test]
    fn a_full_disk_is_no_full_queue() {
        let (status, retry, document) = answered(&StoreError::Full { available: 1, needed: 2 });
        assert_eq!((status, retry.as_str()), (503, "60"));
        assert_eq!(document["type"], "urn:stele:problem:read-only");
    }
}
