//! A ruleset that declares facts of several kinds, of which it adds a bonus to the number.

use std::sync::Arc;

use jiff::civil::date;
use serde_json::Value;
use stele_engine::contract::{Field, ScalarKind, Shape, TableShape};
use stele_runtime::{
    ActivationDraft, Attributes, DecimalMark, EmployeeFile, ImportMode, ImportOptions,
    ImportReport, Runtime, Scope,
};

use crate::rulesets::{
    self, CHINESE, ENGLISH, MANIFEST, case, column, decimal, description, field, from_text, with,
};
use crate::support::{acme, employee, furnished, somebody};

pub(crate) const NAME: &str = "test/typed";

/// `number` is required; `married`, `rate`, `city` and `days` are not.
pub(crate) fn package() -> Vec<u8> {
    let files = with(files(), "ruleset.toml", &MANIFEST.replace("test/bonus", NAME));
    rulesets::package(files).write().unwrap()
}

/// The same as files.
pub(crate) fn files() -> rulesets::Files {
    let optional = |name: &str, shape: Shape| Field { required: false, ..field(name, shape) };
    let mut described = description();
    let days =
        TableShape { columns: vec![column("day", ScalarKind::Date, false)], maximum_rows: 31 };
    described.facts.extend([
        optional("married", Shape::Scalar(ScalarKind::Boolean)),
        optional("rate", Shape::Scalar(decimal(Some("0"), None, Some(2)))),
        optional("city", Shape::Scalar(ScalarKind::Text(10))),
        optional("days", Shape::Table(days)),
    ]);
    let labels = "number = \"Number\"\nmarried = \"Married\"\nrate = \"Rate\"\ncity = \"City\"\n\
                  days = \"Days\"\n\"days.day\" = \"Day\"";
    let honest = "(func $evaluate (param $self i32) (param $facts i32) (param $count i32)
                   (param $explain i32) (result i32)
                   (call $line (i32.const 0)
                     (i64.add (call $number (local.get $facts)) (global.get $bonus))))";
    let files = rulesets::files(from_text(honest, &described));
    let files = with(files, "texts/en.toml", &ENGLISH.replace("number = \"Number\"", labels));
    let files = with(files, "texts/zh.toml", &CHINESE.replace("number = \"数字\"", labels));
    with(files, "cases/one.toml", &case("1", "11"))
}

/// Furnished, with it in force from 2020 on.
pub(crate) async fn ready() -> Arc<Runtime> {
    let runtime = furnished().await;
    runtime.publish(&somebody(), Scope::Everyone, package()).await.unwrap();
    activate(&runtime).await;
    runtime
}

/// Puts it in force from 2020 on.
pub(crate) async fn activate(runtime: &Runtime) {
    let draft = ActivationDraft {
        slot: "typed".to_owned(),
        ruleset: NAME.to_owned(),
        version: "1.0.0".to_owned(),
        valid_from: date(2020, 1, 1),
    };
    runtime.activate(&somebody(), &acme(), draft).await.unwrap();
}

pub(crate) fn csv(text: &str) -> EmployeeFile {
    EmployeeFile::csv(text.to_owned(), DecimalMark::Point)
}

pub(crate) const REPLACE: ImportOptions =
    ImportOptions { mode: ImportMode::Replace, dry_run: false };

pub(crate) async fn import_with(
    runtime: &Runtime,
    file: EmployeeFile,
    options: ImportOptions,
) -> ImportReport {
    runtime.import_employees(&somebody(), &acme(), file, options).await.unwrap()
}

/// Merges a file in which nothing is wrong.
pub(crate) async fn merge(runtime: &Runtime, file: EmployeeFile) -> ImportReport {
    let report = import_with(runtime, file, ImportOptions::default()).await;
    assert!(report.is_imported(), "{report:?}");
    report
}

pub(crate) async fn known(runtime: &Runtime, name: &str) -> (u64, Attributes) {
    let found = runtime.employee(&acme(), &employee(name), None).await.unwrap().unwrap();
    (found.revision, found.attributes)
}

/// What is stated of an attribute, as dates and values.
pub(crate) async fn stated(runtime: &Runtime, name: &str, attribute: &str) -> Vec<(String, Value)> {
    let (_, attributes) = known(runtime, name).await;
    let values = attributes.get(attribute).cloned().unwrap_or_default();
    values.into_iter().map(|value| (value.from.to_string(), value.value)).collect()
}
