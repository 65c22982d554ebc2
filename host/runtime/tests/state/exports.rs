//! All employees in the form of an import.

use std::{collections::BTreeMap, sync::Arc};

use futures::TryStreamExt as _;
use jiff::{Timestamp, civil::date};
use proptest::prelude::*;
use serde_json::{Value, json};
use stele_runtime::{
    Attributes, DatedValue, DecimalMark, EmployeeFile, ExportForm, ImportOptions, Runtime, TenantId,
};

use crate::support::{acme, furnished, put, somebody, tenant};
use crate::typed::{csv, merge, ready};

async fn exported(
    runtime: &Arc<Runtime>,
    whose: &TenantId,
    form: ExportForm,
    known_at: Option<Timestamp>,
) -> String {
    let export = runtime.begin_employee_export(&somebody(), whose, form, known_at).await.unwrap();
    let pieces: Vec<Vec<u8>> =
        Arc::clone(runtime).employee_export(export).try_collect().await.unwrap();
    String::from_utf8(pieces.concat()).unwrap()
}

async fn all(runtime: &Runtime, whose: &TenantId) -> BTreeMap<String, Attributes> {
    let page = runtime.employees(whose, None, 10_000, None).await.unwrap();
    assert!(page.next.is_none());
    page.employees.into_iter().map(|one| (one.id.to_string(), one.attributes)).collect()
}

fn file(form: ExportForm, text: String) -> EmployeeFile {
    match form {
        ExportForm::Ndjson => EmployeeFile::ndjson(text),
        ExportForm::Csv => EmployeeFile::csv(text, DecimalMark::Point),
    }
}

#[tokio::test]
async fn an_export_has_the_form_of_an_import() {
    let runtime = ready().await;
    merge(
        &runtime,
        csv("id,from,number,married,city,days,shoe:json\n\
             e2,2020-01-01,5,true,\"Ulm, \"\"alt\"\"\",,\n\
             e1,2020-01-01,1,,,\"[{\"\"day\"\":\"\"2020-01-01\"\"}]\",7\n\
             e1,2020-07-01,2,\\end,,,\n\
             e3,,,,,,\n"),
    )
    .await;
    let as_csv = exported(&runtime, &acme(), ExportForm::Csv, None).await;
    assert_eq!(
        as_csv,
        "id,from,city,days:json,married:boolean,number,shoe:json\n\
         e1,2020-01-01,,\"[{\"\"day\"\":\"\"2020-01-01\"\"}]\",,1,7\n\
         e1,2020-07-01,,,\\end,2,\n\
         e2,2020-01-01,\"Ulm, \"\"alt\"\"\",,true,5,\n\
         e3,,,,,,\n"
    );
    let lines = exported(&runtime, &acme(), ExportForm::Ndjson, None).await;
    let first: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(first["attributes"]["number"][1], json!({ "from": "2020-07-01", "value": "2" }));
    assert_eq!(lines.lines().last().unwrap(), r#"{"id":"e3","attributes":{}}"#);
    let entries = runtime.audit(Some(&acme()), 0, 100).await.unwrap();
    assert_eq!(entries.last().unwrap().action, "employees.exported");
}

#[tokio::test]
async fn an_export_is_of_one_moment_and_without_who_was_deleted() {
    let runtime = ready().await;
    for number in 0..100 {
        put(&runtime, &format!("e{number:02}"), &[(date(2020, 1, 1), number)]).await;
    }
    let then = put(&runtime, "e07", &[(date(2020, 1, 1), 1000)]).await.employee.recorded_at;
    for number in 0..100 {
        put(&runtime, &format!("e{number:02}"), &[(date(2020, 1, 1), -1)]).await;
    }
    let gone = crate::support::employee("e50");
    runtime.delete_employee(&somebody(), &acme(), &gone, None).await.unwrap();
    let lines = exported(&runtime, &acme(), ExportForm::Ndjson, Some(then)).await;
    assert_eq!(lines.lines().count(), 100);
    assert!(!lines.contains("-1") && lines.contains("1000") && lines.contains("e50"), "{lines}");
    let lines = exported(&runtime, &acme(), ExportForm::Csv, None).await;
    assert_eq!(lines.lines().count(), 100);
    assert!(!lines.contains("e50"));
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        2 => Just(Value::Null),
        3 => any::<bool>().prop_map(Value::Bool),
        3 => any::<i64>().prop_map(|number| json!(number)),
        3 => (0..10_000u32).prop_map(|number| json!(format!("{}.{:02}", number / 100, number % 100))),
        6 => "[ a-zü\\\\\"\n\r\t,;:\u{a0}\u{feff}]{0,8}".prop_map(Value::String),
        1 => Just(json!("\\drop")),
        1 => Just(json!("true")),
        1 => Just(json!({ "a": [1, { "b": null }], "c": "1.50" })),
    ]
}

fn any_attributes() -> impl Strategy<Value = Attributes> {
    let dated = proptest::collection::btree_map(0..400i64, any_value(), 1..4);
    let name = prop_oneof![
        Just("a".to_owned()),
        Just("b_2".to_owned()),
        Just("id".to_owned()),
        Just("from".to_owned()),
        "[a-z_]{1,12}".prop_map(String::from),
    ];
    proptest::collection::btree_map(name, dated, 0..5).prop_map(|attributes| {
        let values = |dated: BTreeMap<i64, Value>| {
            dated
                .into_iter()
                .map(|(day, value)| DatedValue {
                    from: date(2025, 1, 1).saturating_add(jiff::Span::new().days(day)),
                    value,
                })
                .collect()
        };
        attributes.into_iter().map(|(name, dated)| (name, values(dated))).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    /// Whatever the employees are, what is exported imports to the same.
    #[test]
    fn what_is_exported_imports_to_the_same(
        employees in proptest::collection::btree_map("[A-Za-z0-9._:@-]{1,8}x", any_attributes(), 1..80)
    ) {
        let waiting = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        waiting.block_on(async {
            let runtime = furnished().await;
            let lines: String = employees
                .iter()
                .map(|(id, attributes)| format!("{}\n", json!({ "id": id, "attributes": attributes })))
                .collect();
            merge(&runtime, EmployeeFile::ndjson(lines)).await;
            assert_eq!(&all(&runtime, &acme()).await, &employees);
            for (form, name) in [(ExportForm::Ndjson, "ndjson"), (ExportForm::Csv, "csv")] {
                let text = exported(&runtime, &acme(), form, None).await;
                let other = tenant(name);
                runtime.create_tenant(&somebody(), other.clone(), name).await.unwrap();
                let options = ImportOptions::default();
                let report = runtime
                    .import_employees(&somebody(), &other, file(form, text.clone()), options)
                    .await
                    .unwrap();
                assert!(report.is_imported(), "{report:?} of {text}");
                assert_eq!(&all(&runtime, &other).await, &employees, "{text}");
                assert_eq!(exported(&runtime, &other, form, None).await, text);
            }
        });
    }
}
