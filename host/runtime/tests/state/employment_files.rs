//! Employments in files, exports and patches.

use std::sync::Arc;

use futures::TryStreamExt as _;
use serde_json::{Value, json};
use stele_runtime::{
    DecimalMark, EmployeeError, EmployeeFile, EmployeePatch, EmploymentId, ExportForm,
    ImportOptions, Precondition, Runtime,
};

use crate::employments::{organize, ready};
use crate::support::{acme, employee, somebody};
use crate::typed::{REPLACE, import_with, merge};

fn csv(text: &str) -> EmployeeFile {
    EmployeeFile::csv(text.to_owned(), DecimalMark::Point)
}

/// Somebody who works in two countries.
async fn with_somebody() -> Arc<Runtime> {
    let runtime = ready().await;
    organize(
        &runtime,
        json!({ "legal_entities": {
        "acme-cn": { "name": "Acme Shanghai", "country": "CN" },
        "acme-de": { "name": "Acme GmbH", "country": "DE" },
    } }),
    )
    .await;
    let line = json!({
        "id": "e1",
        "attributes": { "family_name": [{ "from": "2020-01-01", "value": "Li" }] },
        "employments": {
            "de": { "attributes": {
                "legal_entity": [{ "from": "2020-01-01", "value": "acme-de" }],
                "number": [{ "from": "2020-01-01", "value": 1 }],
            } },
            "cn": { "attributes": {
                "legal_entity": [{ "from": "2020-07-01", "value": "acme-cn" }],
                "number": [{ "from": "2020-07-01", "value": 2 }],
            } },
        },
    });
    let report = merge(&runtime, EmployeeFile::ndjson(line.to_string())).await;
    assert_eq!((report.created, report.values.added), (1, 5));
    runtime
}

async fn number(runtime: &Runtime, employment: &str) -> Vec<Value> {
    let found = runtime.employee(&acme(), &employee("e1"), None).await.unwrap().unwrap();
    let id = EmploymentId::new(employment).unwrap();
    let terms = found.employments.get(&id).cloned().unwrap_or_default();
    let values = terms.attributes.get("number").cloned().unwrap_or_default();
    values.into_iter().map(|value| value.value).collect()
}

#[tokio::test]
async fn a_file_changes_one_employment_and_leaves_the_others() {
    let runtime = with_somebody().await;
    let report = merge(&runtime, csv("id,from,number@de\ne1,2021-01-01,5\n")).await;
    let change = &report.employees[0].changes[0];
    assert_eq!((change.attribute.as_str(), change.employment.as_deref()), ("number", Some("de")));
    assert_eq!(number(&runtime, "de").await, [json!(1), json!("5")]);
    assert_eq!(number(&runtime, "cn").await, [json!(2)]);

    let wrong = csv("id,from,number@de,number@cn\ne1,2021-01-01,5,6\ne1,2021-07-01,x,\n");
    let report = import_with(&runtime, wrong, ImportOptions::default()).await;
    let error = &report.errors[0];
    assert_eq!((error.line, error.field.pointer.as_str()), (3, "/number@de"), "{report:?}");
    let line = json!({ "id": "e1", "employments": { "cn": { "attributes": {
        "number": [{ "from": "2021-01-01", "value": 3 }, { "from": "2021-07-01", "value": "x" }],
    } } } });
    let line = EmployeeFile::ndjson(line.to_string());
    let report = import_with(&runtime, line, ImportOptions::default()).await;
    assert_eq!(
        report.errors[0].field.pointer, "/employments/cn/attributes/number/1/value",
        "{report:?}"
    );
}

#[tokio::test]
async fn a_required_fact_is_missed_by_the_rules_of_its_employment_and_by_no_others() {
    let runtime = with_somebody().await;
    let refused = async |file: EmployeeFile, options| {
        let report = import_with(&runtime, file, options).await;
        let errors = report.errors.into_iter();
        errors.map(|error| (error.field.pointer, error.field.message)).collect::<Vec<_>>()
    };
    let found = refused(csv("id,from,number@cn\ne1,2021-01-01,\\end\n"), ImportOptions::default());
    let found = found.await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, "/number@cn");
    assert!(found[0].1.contains("test/bonus-cn 1.0.0"), "{found:?}");
    // What one employment has is not taken from the other.
    let only_cn = csv("id,from,legal_entity@de,legal_entity@cn,number@cn\n\
                       e1,2020-01-01,acme-de,,\ne1,2020-07-01,,acme-cn,2\n");
    let found = refused(only_cn, REPLACE).await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, "/number@de");
    assert!(found[0].1.contains("test/bonus-de 1.0.0"), "{found:?}");
    // Who has left is missed by nobody.
    let left =
        csv("id,from,status@cn,number@cn\ne1,2020-07-01,active,\ne1,2021-01-01,ended,\\end\n");
    merge(&runtime, left).await;
}

#[tokio::test]
async fn employments_are_exported_and_come_back() {
    let runtime = with_somebody().await;
    for form in [ExportForm::Ndjson, ExportForm::Csv] {
        let export = runtime.begin_employee_export(&somebody(), &acme(), form, None).await.unwrap();
        let pieces: Vec<Vec<u8>> =
            Arc::clone(&runtime).employee_export(export).try_collect().await.unwrap();
        let text = String::from_utf8(pieces.concat()).unwrap();
        let file = match form {
            ExportForm::Ndjson => {
                let line: Value = serde_json::from_str(text.trim()).unwrap();
                let terms = &line["employments"]["cn"]["attributes"];
                assert_eq!(terms["number"][0]["value"], 2);
                EmployeeFile::ndjson(text)
            }
            ExportForm::Csv => {
                assert!(text.starts_with("id,from,family_name,legal_entity@cn,"), "{text}");
                csv(&text)
            }
        };
        assert_eq!(merge(&runtime, file).await.unchanged, 1);
    }
}

#[tokio::test]
async fn a_patch_changes_one_employment_or_takes_it_back() {
    let runtime = with_somebody().await;
    let patch = async |document: Value| {
        let Value::Object(document) = document else { unreachable!() };
        let patch = EmployeePatch::read(document).unwrap();
        let id = employee("e1");
        runtime.patch_employee(&somebody(), &acme(), &id, patch, Precondition::None).await
    };
    let raise =
        json!({ "employments": { "de": { "attributes": { "number": { "2021-01-01": 7 } } } } });
    let done = patch(raise).await.unwrap();
    assert_eq!(done.changes[0].employment.as_deref(), Some("de"));
    assert_eq!(number(&runtime, "de").await, [json!(1), json!(7)]);

    let wrong =
        json!({ "employments": { "de": { "attributes": { "number": { "2021-01-01": "x" } } } } });
    match patch(wrong).await {
        Err(EmployeeError::Invalid(errors)) => {
            assert_eq!(errors[0].pointer, "/employments/de/attributes/number/2021-01-01");
        }
        other => panic!("{other:?}"),
    }
    let done = patch(json!({ "employments": { "cn": null } })).await.unwrap();
    assert_eq!((done.employments.len(), done.changes.len()), (1, 2));

    for wrong in [
        json!({ "employments": { "a b": {} } }),
        json!({ "employments": { "de": { "number": 1 } } }),
        json!({ "attributes": { "number@de": null } }),
        json!({ "name": 1 }),
        json!({ "attributes": null }),
    ] {
        let Value::Object(document) = wrong else { unreachable!() };
        assert_eq!(EmployeePatch::read(document).unwrap_err().len(), 1);
    }
}
