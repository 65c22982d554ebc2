//! What is in force and what is known, at any date as known at any time, compared with a model
//! that looks through everything.

use std::sync::Arc;

use jiff::{
    SignedDuration, Timestamp, ToSpan,
    civil::{Date, date},
};
use proptest::prelude::*;
use stele_ruleset::CalculationError;
use stele_runtime::{
    CalculateError, CalculationRequest, EmployeeDraft, EmployeeError, Precondition, Runtime,
};
use stele_store::{
    ActivationDraft, AuditDraft, Change, Commit, Digest, Door, Effect, Log, MemoryStore, Store,
};
use uuid::Uuid;

use crate::support::{
    NAME, SLOT, acme, activate, answer, attributes, employee, furnish, furnished, of, request,
    settings, slot, somebody,
};

/// What happens.
#[derive(Debug, Clone)]
enum Event {
    Activate { version: u8, month: i8 },
    Put { number: i64, later: Option<(i8, i64)> },
    Delete,
}

fn event() -> impl Strategy<Value = Event> {
    let month = 1_i8..=12;
    prop_oneof![
        (1_u8..=2, month.clone()).prop_map(|(version, month)| Event::Activate { version, month }),
        (0_i64..100, proptest::option::of((month, 0_i64..100)))
            .prop_map(|(number, later)| Event::Put { number, later }),
        Just(Event::Delete),
    ]
}

/// A version in force from a date, and when that was recorded.
type Activated = (Timestamp, Date, u8);
/// An employee's number from dates on, and when that was recorded; none: deleted.
type Known = (Timestamp, Option<Vec<(Date, i64)>>);

#[derive(Default)]
struct Model {
    activations: Vec<Activated>,
    revisions: Vec<Known>,
}

impl Model {
    fn in_force(&self, on: Date, at: Timestamp) -> Option<u8> {
        let mut best: Option<(Date, u8)> = None;
        for (recorded_at, valid_from, version) in &self.activations {
            let known = *recorded_at <= at && *valid_from <= on;
            if known && best.is_none_or(|(from, _)| *valid_from >= from) {
                best = Some((*valid_from, *version));
            }
        }
        best.map(|(_, version)| version)
    }

    fn number(&self, on: Date, at: Timestamp) -> Option<Option<i64>> {
        let latest = self.revisions.iter().rfind(|(recorded_at, _)| *recorded_at <= at)?;
        let values = latest.1.as_ref()?;
        Some(values.iter().filter(|(from, _)| *from <= on).max().map(|(_, number)| *number))
    }

    /// Whether something is known of earlier days than these values begin with.
    fn begins_before(&self, values: &[(Date, i64)]) -> bool {
        let known = self.revisions.last().and_then(|(_, values)| values.as_ref());
        let first = |values: &[(Date, i64)]| values.iter().map(|(from, _)| *from).min();
        known.and_then(|known| first(known)).is_some_and(|known| Some(known) < first(values))
    }

    fn answer(&self, on: Date, at: Timestamp) -> String {
        if !self.activations.iter().any(|(recorded_at, ..)| *recorded_at <= at) {
            return "unknown slot".to_owned();
        }
        match (self.in_force(on, at), self.number(on, at)) {
            (None, _) => "nothing in force".to_owned(),
            (_, None) => "unknown employee".to_owned(),
            (_, Some(None)) => "number is missing".to_owned(),
            (Some(version), Some(Some(number))) => (number + i64::from(version) * 10).to_string(),
        }
    }
}

async fn happen(runtime: &Runtime, model: &mut Model, event: &Event) {
    match event {
        Event::Activate { version, month } => {
            let from = date(2020, *month, 1);
            let made = activate(runtime, &format!("{version}.0.0"), from).await;
            model.activations.push((made.recorded_at, from, *version));
        }
        Event::Put { number, later } => {
            let mut values = vec![(date(2020, 3, 1), *number)];
            values.extend(later.map(|(month, number)| (date(2020, month, 15), number)));
            let attributes = attributes(&values);
            let draft = EmployeeDraft { attributes, ..EmployeeDraft::default() };
            let (actor, tenant, id) = (somebody(), acme(), employee("e1"));
            match runtime.put_employee(&actor, &tenant, &id, draft, Precondition::None).await {
                Ok(written) => {
                    model.revisions.push((written.employee.recorded_at, Some(values)));
                }
                // A version requires the number, on days on which it would not be known any more.
                Err(EmployeeError::Invalid(_)) => assert!(model.begins_before(&values)),
                Err(error) => panic!("{error}"),
            }
        }
        Event::Delete => {
            let id = employee("e1");
            let deleted = runtime.delete_employee(&somebody(), &acme(), &id, None).await;
            if deleted.is_ok() {
                let log = runtime.audit(Some(&acme()), 0, usize::MAX).await.unwrap();
                model.revisions.push((log.last().unwrap().recorded_at, None));
            }
        }
    }
}

async fn found(runtime: &Runtime, on: Date, at: Timestamp) -> String {
    match runtime.calculate(&acme(), of("e1", on, Some(at))).await {
        Ok(result) => answer(&result),
        Err(CalculateError::UnknownSlot { .. }) => "unknown slot".to_owned(),
        Err(CalculateError::NothingInForce { .. }) => "nothing in force".to_owned(),
        Err(CalculateError::UnknownEmployee { .. }) => "unknown employee".to_owned(),
        Err(CalculateError::Calculation(CalculationError::InvalidFacts(_))) => {
            "number is missing".to_owned()
        }
        Err(error) => panic!("{error}"),
    }
}

/// Each moment at which something was recorded, and the one before it.
fn moments(model: &Model) -> Vec<Timestamp> {
    let activations = model.activations.iter().map(|(at, ..)| *at);
    let recorded = activations.chain(model.revisions.iter().map(|(at, _)| *at));
    recorded.flat_map(|at| [at, at - SignedDuration::from_micros(1)]).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn every_question_is_answered_as_the_whole_history_says(
        events in proptest::collection::vec(event(), 1..16),
    ) {
        let executor = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        executor.block_on(async {
            let runtime = furnished().await;
            let mut model = Model::default();
            for event in &events {
                happen(&runtime, &mut model, event).await;
            }
            for at in moments(&model) {
                for month in 1..=12 {
                    for day in [1, 20] {
                        let on = date(2020, month, day);
                        let found = found(&runtime, on, at).await;
                        assert_eq!(found, model.answer(on, at), "on {on}, as known at {at}");
                    }
                }
            }
        });
    }
}

/// More activations than one block of memory holds, so that blocks are split and skipped.
#[tokio::test]
async fn thousands_of_activations_are_answered_for_as_few_are() {
    let store = Arc::new(Door::new(MemoryStore::new().unwrap()).unwrap());
    let runtime = Runtime::with_store(store.clone(), settings()).await.unwrap();
    furnish(&runtime).await;
    let digests: Vec<_> =
        runtime.versions(&acme(), NAME).unwrap().into_iter().rev().map(|v| v.digest).collect();
    let mut model = Model::default();
    let mut random = 88_172_645_463_325_252_u64;
    for _ in 0..3000 {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let version = (random >> 20) % 2;
        let valid_from = date(2020, 1, 1) + i64::try_from(random % 300).unwrap().days();
        let draft = ActivationDraft {
            tenant: acme(),
            id: Uuid::now_v7(),
            slot: slot(SLOT),
            ruleset: NAME.to_owned(),
            version: format!("{}.0.0", version + 1),
            digest: Digest::from_bytes(*digests[version as usize].as_bytes()),
            valid_from,
            proposal: None,
        };
        let committed = store
            .commit(Commit {
                actor: stele_store::Actor { subject: Uuid::nil(), name: String::new() },
                expect: Vec::new(),
                changes: vec![Change::Activate(Box::new(draft))],
                audit: AuditDraft {
                    log: Log::Tenant(acme()),
                    action: String::new(),
                    subject: String::new(),
                    digest: Digest::ZERO,
                    about: None,
                },
                response: None,
            })
            .await
            .unwrap();
        let [Effect::Activation(record)] = committed.effects.as_slice() else { panic!() };
        model.activations.push((record.recorded_at, valid_from, version as u8 + 1));
    }
    // The same after a restart, where they are read in another order.
    let again = Runtime::with_store(store, settings()).await.unwrap();
    for position in (0..3000).step_by(61) {
        let at = model.activations[position].0;
        for day in (0..310).step_by(7) {
            let on = date(2020, 1, 1) + i64::from(day).days();
            let expected = model.in_force(on, at).map(|version| format!("{version}.0.0"));
            for runtime in [&runtime, &again] {
                let asked = CalculationRequest { date: on, known_at: Some(at), ..request() };
                let found = runtime.calculate(&acme(), asked).await;
                let found = found.ok().map(|result| result.receipt.version);
                assert_eq!(found, expected, "on {on}, as known at {at}");
            }
        }
    }
}
