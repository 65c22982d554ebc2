//! The same request twice.

use std::{
    collections::BTreeSet,
    convert::Infallible,
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use jiff::civil::date;
use serde_json::json;
use stele_runtime::{
    ActivateError, Activation, Actor, CalculationRequest, DecimalMark, Digest, EmployeeError,
    EmployeeFile, IdempotencyError, Idempotent, ImportOptions, KeyedRequests, Recording, Runtime,
    Settings, StoreError, StoredAnswer, StoredResponse, Worked,
};
use stele_store::{Door, MemoryStore};
use uuid::Uuid;

use crate::support::{
    acme, draft, employee, empty, facts, furnish, furnished, on_disk, ready, request, settings,
    somebody, tenant,
};

/// Work whose answer is remembered beside no change.
fn answering(
    answer: &'static str,
) -> impl Future<Output = Result<Worked<&'static str>, Infallible>> {
    let remember = Some((202, answer.to_owned()));
    async move { Ok(Worked { answer, remember }) }
}

type Asked<T, E> = Result<Idempotent<Result<T, E>>, IdempotencyError>;

/// Asks for work that must not be needed.
async fn again(runtime: &Arc<Runtime>, key: &str, body: &str) -> Asked<(), Infallible> {
    let request = Digest::of(body.as_bytes());
    let work = |_| async { panic!("it is done twice") };
    runtime.once(&somebody(), Some(&acme()), key, request, work).await
}

async fn ask(runtime: &Arc<Runtime>, key: &str, body: &str) -> Asked<&'static str, Infallible> {
    let request = Digest::of(body.as_bytes());
    let work = |_| answering("answer");
    runtime.once(&somebody(), Some(&acme()), key, request, work).await
}

fn repeated<T: std::fmt::Debug, E: std::fmt::Debug>(asked: Asked<T, E>) -> StoredResponse {
    match asked.unwrap() {
        Idempotent::Repeated(answer) => answer,
        Idempotent::First(first) => panic!("it is not remembered: {first:?}"),
    }
}

fn body(answer: &StoredResponse) -> &str {
    match &answer.answer {
        StoredAnswer::Body(body) => body,
        StoredAnswer::Result { .. } => panic!("{answer:?}"),
    }
}

/// Like `settings`, with a short patience and little room.
fn impatient() -> Settings {
    let keyed_requests =
        KeyedRequests { most: 3, most_of_a_tenant: 2, patience: Duration::from_millis(20) };
    Settings { keyed_requests, ..settings() }
}

/// Waits for ever, unless it is dropped.
fn stuck() -> impl Future<Output = Result<Worked<()>, Infallible>> + Send {
    std::future::pending()
}

#[tokio::test]
async fn a_repeated_request_gets_the_first_answer() {
    let runtime = empty().await;
    let first = ask(&runtime, "k1", "body").await;
    assert!(matches!(first, Ok(Idempotent::First(Ok("answer")))), "{first:?}");
    let answer = repeated(again(&runtime, "k1", "body").await);
    assert_eq!((answer.status, body(&answer)), (202, "answer"));
    let other_body = again(&runtime, "k1", "other body").await;
    assert!(matches!(other_body, Err(IdempotencyError::Conflict)), "{other_body:?}");
}

#[tokio::test]
async fn a_key_is_its_persons_and_its_tenants() {
    let runtime = empty().await;
    ask(&runtime, "k1", "body").await.unwrap();
    let other = Actor::new(Uuid::from_u128(43), "Somebody else");
    for (actor, holder) in
        [(&other, Some(acme())), (&somebody(), None), (&somebody(), Some(tenant("other")))]
    {
        let request = Digest::of(b"whatever");
        let work = |_| answering("another answer");
        let asked = runtime.once(actor, holder.as_ref(), "k1", request, work).await;
        assert!(matches!(asked, Ok(Idempotent::First(Ok("another answer")))), "{asked:?}");
    }
}

#[tokio::test]
async fn the_same_request_meanwhile_waits_for_the_first_answer() {
    let runtime = empty().await;
    let (go, mut waiting) = tokio::sync::watch::channel(());
    let (begin, begun) = tokio::sync::oneshot::channel();
    let first = {
        let (runtime, request) = (runtime.clone(), Digest::of(b"body"));
        tokio::spawn(async move {
            let work = |_| async move {
                begin.send(()).unwrap();
                waiting.changed().await.unwrap();
                answering("late").await
            };
            runtime.once(&somebody(), Some(&acme()), "k1", request, work).await
        })
    };
    // Whoever hangs up changes nothing.
    begun.await.unwrap();
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    let other_body = again(&runtime, "k1", "other body").await;
    assert!(matches!(other_body, Err(IdempotencyError::Conflict)), "{other_body:?}");
    let second = again(&runtime, "k1", "body");
    let (answer, ()) = tokio::join!(second, async { go.send(()).unwrap() });
    assert_eq!(body(&repeated(answer)), "late");
}

#[tokio::test]
async fn who_has_waited_long_enough_is_told_to_come_again() {
    let store = Arc::new(Door::new(MemoryStore::new().unwrap()).unwrap());
    let runtime = Runtime::with_store(store, impatient()).await.unwrap();
    let begin = async |holder: Option<&str>, key: &str| {
        let (runtime, key) = (runtime.clone(), key.to_owned());
        let holder = holder.map(tenant);
        let begun = tokio::spawn(async move {
            runtime.once(&somebody(), holder.as_ref(), &key, Digest::of(b"body"), |_| stuck()).await
        });
        tokio::time::sleep(Duration::from_millis(5)).await;
        if begun.is_finished() { Some(begun.await.unwrap()) } else { None }
    };
    assert!(begin(Some("acme"), "k1").await.is_none());
    let meanwhile = again(&runtime, "k1", "body").await;
    assert!(matches!(meanwhile, Err(IdempotencyError::InProgress)), "{meanwhile:?}");
    // No tenant takes all the room, and all together take no more than there is.
    assert!(begin(Some("acme"), "k2").await.is_none());
    let third = begin(Some("acme"), "k3").await.unwrap();
    assert!(matches!(third, Err(IdempotencyError::Saturated)), "{third:?}");
    assert!(begin(Some("other"), "k1").await.is_none());
    let fourth = begin(None, "k1").await.unwrap();
    assert!(matches!(fourth, Err(IdempotencyError::Saturated)), "{fourth:?}");
}

#[tokio::test]
async fn a_request_that_failed_may_be_tried_again() {
    let runtime = empty().await;
    let request = Digest::of(b"body");
    let failing = |_| async { Err::<Worked<()>, _>("no") };
    let failed = runtime.once(&somebody(), Some(&acme()), "k1", request, failing).await;
    assert!(matches!(failed, Ok(Idempotent::First(Err("no")))), "{failed:?}");
    let panicking = |_| async { panic!("a mistake of ours") };
    let stopped: Asked<(), Infallible> =
        runtime.once(&somebody(), Some(&acme()), "k1", request, panicking).await;
    assert!(matches!(stopped, Err(IdempotencyError::Stopped)), "{stopped:?}");
    let done = ask(&runtime, "k1", "other body").await;
    assert!(matches!(done, Ok(Idempotent::First(Ok(_)))), "{done:?}");
}

#[tokio::test]
async fn a_key_that_is_none_is_refused() {
    let runtime = empty().await;
    for key in ["", "with space", "ключ", &"k".repeat(256)] {
        let refused = ask(&runtime, key, "body").await;
        assert!(matches!(refused, Err(IdempotencyError::Invalid { .. })), "{refused:?}");
    }
}

async fn activate_under(
    runtime: &Arc<Runtime>,
    key: &str,
    version: &'static str,
) -> Asked<Activation, ActivateError> {
    let working = runtime.clone();
    let work = async move |actor: Actor| {
        let made = working.activate(&actor, &acme(), draft(version, date(2020, 1, 1))).await;
        made.map(|answer| Worked { answer, remember: None })
    };
    let request = Digest::of(version.as_bytes());
    runtime.once(&somebody(), Some(&acme()), key, request, work).await
}

#[tokio::test]
async fn the_answer_is_written_with_the_change_itself() {
    let folder = tempfile::tempdir().unwrap();
    let made = {
        let runtime = on_disk(folder.path()).await;
        furnish(&runtime).await;
        match activate_under(&runtime, "k1", "1.0.0").await {
            Ok(Idempotent::First(made)) => made.unwrap(),
            other => panic!("{other:?}"),
        }
    };
    let runtime = on_disk(folder.path()).await;
    let answer = repeated(again(&runtime, "k1", "1.0.0").await);
    assert_eq!(answer.status, 201);
    assert_eq!(serde_json::from_str::<Activation>(body(&answer)).unwrap(), made);
    assert_eq!(runtime.activations(&acme(), None, 10, None).await.unwrap().activations.len(), 1);
}

#[tokio::test]
async fn a_refused_change_remembers_nothing() {
    let runtime = furnished().await;
    let refused = activate_under(&runtime, "k1", "9.0.0").await;
    assert!(matches!(refused, Ok(Idempotent::First(Err(_)))), "{refused:?}");
    let accepted = activate_under(&runtime, "k1", "1.0.0").await;
    assert!(matches!(accepted, Ok(Idempotent::First(Ok(_)))), "{accepted:?}");
}

/// What no reservation of this process sees, such as another node, is refused by the commit.
#[tokio::test]
async fn a_second_change_under_a_key_is_not_made() {
    let runtime = furnished().await;
    let working = runtime.clone();
    let work = async move |actor: Actor| {
        let first = working.activate(&actor, &acme(), draft("1.0.0", date(2020, 1, 1))).await;
        let second = working.activate(&actor, &acme(), draft("2.0.0", date(2020, 1, 1))).await;
        assert!(matches!(second, Err(ActivateError::Store(StoreError::Answered))), "{second:?}");
        first.unwrap();
        second.map(|answer| Worked { answer, remember: None })
    };
    let request = Digest::of(b"body");
    let asked = runtime.once(&somebody(), Some(&acme()), "k1", request, work).await;
    let answer = repeated(asked);
    let made: Activation = serde_json::from_str(body(&answer)).unwrap();
    assert_eq!(made.version, "1.0.0");
    assert_eq!(runtime.activations(&acme(), None, 10, None).await.unwrap().activations.len(), 1);
}

/// What a client does about one request.
#[derive(Debug, Clone, Copy)]
enum Request {
    Record(u64),
    Import(u64),
}

impl Request {
    async fn carry_out(self, runtime: &Arc<Runtime>, actor: &Actor) -> Result<(), String> {
        match self {
            Self::Record(number) => {
                let request =
                    CalculationRequest { facts: facts(json!(number)), record: true, ..request() };
                let calculated = runtime.calculate(&acme(), request).await;
                // With so many at once the engine may be full.
                let mut result = calculated.map_err(|error| error.to_string())?;
                let mut recording = Recording::new(&acme());
                recording.add(&mut result).unwrap();
                let recorded = runtime.record(actor, recording, Some("en")).await;
                recorded.map(drop).map_err(|error| error.to_string())
            }
            Self::Import(number) => {
                let file = format!("id,from,number\ne{number},2020-01-01,1\n");
                let file = EmployeeFile::csv(file, DecimalMark::Point);
                let imported =
                    runtime.import_employees(actor, &acme(), file, ImportOptions::default()).await;
                imported.map(drop).map_err(|error: EmployeeError| error.to_string())
            }
        }
    }

    /// Asks until there is an answer, and hangs up after a few moments each time. Gives the number
    /// of tries.
    async fn insist(self, runtime: Arc<Runtime>, random: u64) -> usize {
        let (key, request) = (format!("{self:?}"), Digest::of(format!("{self:?}").as_bytes()));
        for tries in 1.. {
            // Of each hundred tries some end before the work has begun, some after it has ended.
            let moment = (random.wrapping_mul(tries as u64 + 1) >> 7) % 4000;
            let working = runtime.clone();
            let work = async move |actor: Actor| {
                self.carry_out(&working, &actor)
                    .await
                    .map(|answer| Worked { answer, remember: None })
            };
            let (actor, tenant) = (somebody(), acme());
            let asking = runtime.once(&actor, Some(&tenant), &key, request, work);
            match tokio::time::timeout(Duration::from_micros(moment), asking).await {
                Err(_) | Ok(Err(IdempotencyError::InProgress | IdempotencyError::Saturated)) => {}
                Ok(Ok(Idempotent::First(Err(_)))) => {}
                Ok(Ok(Idempotent::First(Ok(())) | Idempotent::Repeated(_))) => return tries,
                Ok(Err(error)) => panic!("{error:?}"),
            }
            // Who comes again at once keeps those from working who would answer.
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        unreachable!("it goes on for ever")
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_requests_whose_callers_hang_up_and_come_again_are_each_done_once() {
    let runtime = ready().await;
    let before = runtime.audit(Some(&acme()), 0, 10_000).await.unwrap().len();
    let repeated = Arc::new(AtomicUsize::new(0));
    let mut clients = tokio::task::JoinSet::new();
    for number in 0..1000_u64 {
        let request =
            if number % 2 == 0 { Request::Record(number) } else { Request::Import(number) };
        let (runtime, repeated) = (runtime.clone(), repeated.clone());
        let random = (number + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        clients.spawn(async move {
            let tries = request.insist(runtime, random).await;
            repeated.fetch_add(usize::from(tries > 1), Ordering::Relaxed);
        });
    }
    while let Some(ended) = clients.join_next().await {
        ended.unwrap();
    }
    assert_eq!(runtime.finish_requests(Duration::from_secs(60)).await, 0);
    assert!(repeated.load(Ordering::Relaxed) > 100, "clients have hung up");

    let entries = runtime.audit(Some(&acme()), 0, 10_000).await.unwrap();
    let count = |action: &str| entries.iter().filter(|entry| entry.action == action).count();
    assert_eq!((count("result.recorded"), count("employees.imported")), (500, 500));
    assert_eq!(entries.len() - before, 1000);
    let imported: BTreeSet<_> = (0..1000_u64)
        .filter(|number| number % 2 == 1)
        .map(|number| employee(&format!("e{number}")))
        .collect();
    for id in imported {
        let found = runtime.employee(&acme(), &id, None).await.unwrap().unwrap();
        assert_eq!(found.revision, 1, "{id} was imported twice");
    }
}

/// The end of the server is not put off by work that does not end.
#[tokio::test]
async fn a_stop_waits_for_work_only_so_long_and_says_what_is_left() {
    let runtime = empty().await;
    assert_eq!(runtime.finish_requests(Duration::ZERO).await, 0);
    let (asking, request) = (runtime.clone(), Digest::of(b"body"));
    let (begin, begun) = tokio::sync::oneshot::channel();
    let endless = tokio::spawn(async move {
        let work = |_| async move {
            begin.send(()).unwrap();
            std::future::pending::<Result<Worked<()>, Infallible>>().await
        };
        asking.once(&somebody(), Some(&acme()), "key", request, work).await
    });
    begun.await.unwrap();
    // Whoever asked has gone, and the work goes on.
    endless.abort();
    assert_eq!(runtime.finish_requests(Duration::from_millis(50)).await, 1);
}
