//! The same request twice.

use std::sync::Arc;

use jiff::civil::date;
use stele_runtime::{
    Activation, Digest, IdempotencyError, Idempotent, Reservation, Runtime, StoredResponse,
};

use crate::support::{acme, draft, empty, furnish, furnished, on_disk, somebody};

fn ask(runtime: &Arc<Runtime>, key: &str, body: &str) -> Result<Idempotent, IdempotencyError> {
    runtime.idempotent(Some(&acme()), somebody().subject, key, Digest::of(body.as_bytes()))
}

fn first(runtime: &Arc<Runtime>, key: &str, body: &str) -> Reservation {
    match ask(runtime, key, body).unwrap() {
        Idempotent::First(reservation) => reservation,
        Idempotent::Repeated(answer) => panic!("{answer:?}"),
    }
}

fn repeated(runtime: &Arc<Runtime>, key: &str, body: &str) -> StoredResponse {
    match ask(runtime, key, body).unwrap() {
        Idempotent::Repeated(answer) => answer,
        Idempotent::First(_) => panic!("it is not remembered"),
    }
}

#[tokio::test]
async fn a_repeated_request_gets_the_first_answer() {
    let runtime = empty();
    let reservation = first(&runtime, "k1", "body");
    let while_busy = ask(&runtime, "k1", "body");
    assert!(matches!(while_busy, Err(IdempotencyError::InProgress)), "{while_busy:?}");
    reservation.complete(202, "answer".to_owned()).await.unwrap();
    let answer = repeated(&runtime, "k1", "body");
    assert_eq!((answer.status, answer.body.as_str()), (202, "answer"));
    let other_body = ask(&runtime, "k1", "other body");
    assert!(matches!(other_body, Err(IdempotencyError::Conflict)), "{other_body:?}");
    // Keys of another holder are other keys.
    let operators = runtime.idempotent(None, somebody().subject, "k1", Digest::of(b"other body"));
    assert!(matches!(operators, Ok(Idempotent::First(_))), "{operators:?}");
}

#[tokio::test]
async fn a_request_that_was_given_up_may_be_tried_again() {
    let runtime = empty();
    drop(first(&runtime, "k1", "body"));
    drop(first(&runtime, "k1", "other body"));
}

#[tokio::test]
async fn a_key_that_is_none_is_refused() {
    let runtime = empty();
    for key in ["", "with space", "ключ", &"k".repeat(256)] {
        let refused = ask(&runtime, key, "body");
        assert!(matches!(refused, Err(IdempotencyError::Invalid { .. })), "{refused:?}");
    }
}

#[tokio::test]
async fn the_answer_is_written_with_the_change_itself() {
    let folder = tempfile::tempdir().unwrap();
    let made = {
        let runtime = on_disk(folder.path());
        furnish(&runtime).await;
        let reservation = first(&runtime, "k1", "activate");
        let actor = somebody().remembered_as(reservation.key().clone());
        let made = runtime.activate(&actor, &acme(), draft("1.0.0", date(2020, 1, 1))).await;
        // The process ends here, before anybody could have completed the reservation.
        made.unwrap()
    };
    let runtime = on_disk(folder.path());
    let answer = repeated(&runtime, "k1", "activate");
    assert_eq!(answer.status, 201);
    assert_eq!(serde_json::from_str::<Activation>(&answer.body).unwrap(), made);
    assert_eq!(runtime.activations(&acme(), None, 10, None).unwrap().activations.len(), 1);
}

#[tokio::test]
async fn a_refused_change_remembers_nothing() {
    let runtime = furnished().await;
    let reservation = first(&runtime, "k1", "activate");
    let actor = somebody().remembered_as(reservation.key().clone());
    let refused = runtime.activate(&actor, &acme(), draft("9.0.0", date(2020, 1, 1))).await;
    assert!(refused.is_err());
    drop(reservation);
    drop(first(&runtime, "k1", "activate"));
}
