//! A runtime in memory with a tenant and a ruleset that adds a bonus to a number.

use std::{num::NonZeroUsize, path::Path, sync::Arc};

use jiff::{
    Timestamp,
    civil::{Date, date},
};
use serde_json::{Map, Value, json};
use stele_runtime::{
    Activation, ActivationDraft, Actor, Attributes, CalculateError, CalculationRequest,
    CalculationResult, DatedValue, EmployeeDraft, EmployeeId, EmployeeWritten, Policy,
    Precondition, Runtime, Scope, Settings, Slot, TenantId,
};
use stele_store::{Door, MemoryStore};

use crate::rulesets::{self, MANIFEST, case, with};

pub(crate) const NAME: &str = "test/bonus";
pub(crate) const SLOT: &str = "bonus";

/// A few instances: the tests run side by side, each with an engine of its own.
pub(crate) fn settings() -> Settings {
    let mut settings = Settings::default();
    settings.engine.evaluators = NonZeroUsize::new(12).unwrap();
    settings
}

pub(crate) async fn empty() -> Arc<Runtime> {
    Runtime::with_store(Arc::new(Door::new(MemoryStore::new().unwrap()).unwrap()), settings())
        .await
        .unwrap()
}

pub(crate) async fn on_disk(data: &Path) -> Arc<Runtime> {
    Runtime::open(data, settings()).await.unwrap()
}

pub(crate) fn somebody() -> Actor {
    Actor::new(uuid::Uuid::from_u128(42), "Somebody")
}

pub(crate) fn tenant(name: &str) -> TenantId {
    TenantId::new(name).unwrap()
}

pub(crate) fn acme() -> TenantId {
    tenant("acme")
}

pub(crate) fn employee(name: &str) -> EmployeeId {
    EmployeeId::new(name).unwrap()
}

pub(crate) fn slot(name: &str) -> Slot {
    Slot::new(name).unwrap()
}

/// A package whose bonus is the same on every day of its horizon, 2020 and 2021.
pub(crate) fn bonus_named(name: &str, version: &str, bonus: i64) -> Vec<u8> {
    let manifest = MANIFEST.replace(NAME, name).replace("1.0.0", version);
    let parameters =
        format!("[[bonus]]\nfrom = 2020-01-01\nvalue = {bonus}\nsource = \"Agreement\"\n");
    let files = with(rulesets::honest(), "ruleset.toml", &manifest);
    let files = with(files, "parameters.toml", &parameters);
    let files = with(files, "cases/one.toml", &case("1", &(1 + bonus).to_string()));
    let files = with(files, "cases/two.toml", &case("2", &(2 + bonus).to_string()));
    rulesets::package(files).write().unwrap()
}

pub(crate) fn bonus(version: &str, bonus: i64) -> Vec<u8> {
    bonus_named(NAME, version, bonus)
}

/// Lets one person activate.
pub(crate) async fn without_approvals(runtime: &Runtime, tenant: &TenantId) {
    let policy = serde_json::to_value(Policy::without_approvals()).unwrap();
    let written = runtime.put_policy(&somebody(), Some(tenant), Precondition::None, policy).await;
    assert_eq!(written.unwrap().revision, 1);
}

/// Makes the tenant `acme` and publishes the versions 1.0.0 with a bonus of 10 and 2.0.0 with 20
/// for everyone.
///
/// One person may activate in it: who must agree is the subject of other tests.
pub(crate) async fn furnish(runtime: &Runtime) {
    runtime.create_tenant(&somebody(), acme(), "Acme").await.unwrap();
    without_approvals(runtime, &acme()).await;
    for (version, amount) in [("1.0.0", 10), ("2.0.0", 20)] {
        let package = bonus(version, amount);
        runtime.publish(&somebody(), Scope::Everyone, package).await.unwrap();
    }
}

pub(crate) async fn furnished() -> Arc<Runtime> {
    let runtime = empty().await;
    furnish(&runtime).await;
    runtime
}

pub(crate) fn draft(version: &str, valid_from: Date) -> ActivationDraft {
    ActivationDraft {
        slot: SLOT.to_owned(),
        ruleset: NAME.to_owned(),
        version: version.to_owned(),
        valid_from,
    }
}

pub(crate) async fn activate(runtime: &Runtime, version: &str, valid_from: Date) -> Activation {
    runtime.activate(&somebody(), &acme(), draft(version, valid_from)).await.unwrap()
}

/// Furnished, with 1.0.0 in force from 2020 on.
pub(crate) async fn ready() -> Arc<Runtime> {
    let runtime = furnished().await;
    activate(&runtime, "1.0.0", date(2020, 1, 1)).await;
    runtime
}

pub(crate) fn facts(number: Value) -> Map<String, Value> {
    Map::from_iter([("number".to_owned(), number)])
}

/// The number 1, on a day of 2020.
pub(crate) fn request() -> CalculationRequest {
    CalculationRequest {
        employment: None,
        outside_employment: false,
        slot: slot(SLOT),
        date: date(2020, 6, 30),
        known_at: None,
        employee: None,
        facts: facts(json!(1)),
        explain: false,
        record: false,
    }
}

/// An employee, in place of inline facts.
pub(crate) fn of(name: &str, date: Date, known_at: Option<Timestamp>) -> CalculationRequest {
    let employee = Some(employee(name));
    CalculationRequest { employee, date, known_at, facts: Map::new(), ..request() }
}

/// The one amount of a result.
pub(crate) fn answer(result: &CalculationResult) -> String {
    let view = result.calculation.render(&result.ruleset, result.ruleset.wording(&["en"])).unwrap();
    serde_json::to_value(&view).unwrap()["lines"][0]["amount"].as_str().unwrap().to_owned()
}

pub(crate) async fn calculated(
    runtime: &Runtime,
    request: CalculationRequest,
) -> Result<String, CalculateError> {
    runtime.calculate(&acme(), request).await.map(|result| answer(&result))
}

pub(crate) fn attributes(values: &[(Date, i64)]) -> Attributes {
    let dated = values.iter().map(|(from, value)| DatedValue { from: *from, value: json!(value) });
    Attributes::from([("number".to_owned(), dated.collect())])
}

pub(crate) async fn put(runtime: &Runtime, name: &str, values: &[(Date, i64)]) -> EmployeeWritten {
    let draft = EmployeeDraft { attributes: attributes(values), ..EmployeeDraft::default() };
    let id = employee(name);
    runtime.put_employee(&somebody(), &acme(), &id, draft, Precondition::None).await.unwrap()
}
