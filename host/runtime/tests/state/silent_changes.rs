//! No change of a person is without effect in silence: what nobody's calculation would read, an
//! employment that nobody began, and a required fact that would be missing are refused, by whichever
//! way they come.

use std::sync::Arc;

use serde_json::{Value, json};
use stele_runtime::{
    EmployeeError, EmployeeFile, EmployeePatch, ImportOptions, Precondition, Runtime,
};

use crate::employments::{draft, organize, paid, put, ready};
use crate::support::{acme, employee, of, somebody};
use crate::typed::{csv, import_with, merge};

/// Everybody in one of two employments; a slot whose population is named, for each country.
pub(crate) async fn organized() -> Arc<Runtime> {
    let runtime = ready().await;
    let named = |country: &str| json!([{ "from": "2020-01-01", "countries": [country] }]);
    organize(
        &runtime,
        json!({
            "legal_entities": {
                "acme-de": { "name": "Acme GmbH", "country": "DE" },
                "acme-us": { "name": "Acme Inc.", "country": "US" },
            },
            "slots": { "pay/cn": named("CN"), "pay/de": named("DE"), "pay/us": named("US") },
        }),
    )
    .await;
    runtime
}

/// Somebody whose employment `main` has a number of its own.
pub(crate) async fn with_main() -> Arc<Runtime> {
    let runtime = organized().await;
    merge(
        &runtime,
        csv("id,from,legal_entity@main,status@main,number@main\n\
             e1,2020-01-01,acme-de,active,1\n"),
    )
    .await;
    runtime
}

/// What is wrong with a file, as line, pointer and sentence.
pub(crate) async fn refused(runtime: &Runtime, file: EmployeeFile) -> Vec<(u64, String, String)> {
    let before = runtime.employee(&acme(), &employee("e1"), None).await.unwrap();
    let report = import_with(runtime, file, ImportOptions::default()).await;
    assert!(!report.is_imported(), "{report:?}");
    assert_eq!(before, runtime.employee(&acme(), &employee("e1"), None).await.unwrap());
    let errors = report.errors.into_iter();
    errors.map(|error| (error.line, error.field.pointer, error.field.message)).collect()
}

/// What is wrong with a patch, as pointer and sentence.
pub(crate) async fn patch(
    runtime: &Runtime,
    document: Value,
) -> Result<Value, Vec<(String, String)>> {
    let Value::Object(document) = document else { unreachable!() };
    let patch = EmployeePatch::read(document).unwrap();
    let id = employee("e1");
    match runtime.patch_employee(&somebody(), &acme(), &id, patch, Precondition::None).await {
        Ok(patched) => Ok(serde_json::to_value(patched).unwrap()),
        Err(EmployeeError::Invalid(errors)) => {
            Err(errors.into_iter().map(|error| (error.pointer, error.message)).collect())
        }
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn a_raise_that_no_calculation_would_read_is_refused_with_the_name_that_is_read() {
    let runtime = with_main().await;
    let found = refused(&runtime, csv("id,from,number\ne1,2020-07-01,5\n")).await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].0, found[0].1.as_str()), (2, "/number"));
    assert!(found[0].2.contains("number@main"), "{found:?}");
    assert!(found[0].2.contains("take it back"), "{found:?}");
    // That it ends is no less in vain.
    refused(&runtime, csv("id,from,number\ne1,2020-07-01,\\end\n")).await;
    let line =
        json!({ "id": "e1", "attributes": { "number": [{ "from": "2020-07-01", "value": 5 }] } });
    let found = refused(&runtime, EmployeeFile::ndjson(line.to_string())).await;
    assert_eq!(found[0].1, "/attributes/number/0");

    let raise = json!({ "attributes": { "number": { "2020-07-01": 5 } } });
    let found = patch(&runtime, raise).await.unwrap_err();
    assert_eq!((found.len(), found[0].0.as_str()), (1, "/attributes/number/2020-07-01"));
    assert!(found[0].1.contains("number@main"), "{found:?}");

    let since = |value: Value| json!([["2020-01-01", value]]);
    let record = draft(
        &json!({ "number": [["2020-07-01", 5]] }),
        &json!({ "main": {
            "legal_entity": since(json!("acme-de")),
            "status": since(json!("active")),
            "number": since(json!(1)),
        } }),
    );
    let found = put(&runtime, "e1", record).await.unwrap_err();
    assert!(found[0].starts_with("/attributes/number/0: "), "{found:?}");

    // The name that is read is what the sentence says.
    merge(&runtime, csv("id,from,number@main\ne1,2020-07-01,5\n")).await;
    let asked = of("e1", jiff::civil::date(2020, 8, 1), None);
    assert_eq!(paid(&runtime, "DE", asked).await.unwrap(), "25");
}

#[tokio::test]
async fn a_name_for_all_rulesets_below_one_of_the_ruleset_is_refused() {
    let runtime = with_main().await;
    merge(&runtime, csv("id,from,test/bonus-de/number@main\ne1,2020-03-01,3\n")).await;
    let found = refused(&runtime, csv("id,from,number@main\ne1,2020-07-01,5\n")).await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].2.contains("test/bonus-de/number@main"), "{found:?}");
    // Before that one begins it is read.
    merge(&runtime, csv("id,from,number@main\ne1,2020-02-01,5\n")).await;
    // Taken back, it shadows nothing.
    merge(
        &runtime,
        csv("id,from,number@main,test/bonus-de/number@main\ne1,2020-07-01,6,\n\
             e1,2020-03-01,,\\drop\n"),
    )
    .await;
}

#[tokio::test]
async fn what_only_some_employments_read_is_kept_and_named() {
    let runtime = with_main().await;
    merge(
        &runtime,
        csv("id,from,legal_entity@second,status@second\ne1,2020-01-01,acme-us,active\n"),
    )
    .await;
    let report = merge(&runtime, csv("id,from,number\ne1,2020-07-01,5\n")).await;
    let report = serde_json::to_value(&report).unwrap();
    let shadowed = report["shadowed"].as_array().unwrap();
    assert_eq!(shadowed.len(), 1, "{report}");
    assert_eq!(
        shadowed[0],
        json!({
            "id": "e1", "attribute": "number", "from": "2020-07-01",
            "read": ["number@main"], "employments": ["main"],
        })
    );
    let raise = json!({ "attributes": { "number": { "2020-08-01": 6 } } });
    let patched = patch(&runtime, raise).await.unwrap();
    assert_eq!(patched["shadowed"][0]["read"], json!(["number@main"]));
    // Who has left reads nothing any more.
    merge(&runtime, csv("id,from,status@second\ne1,2020-09-01,ended\n")).await;
    let found = refused(&runtime, csv("id,from,number\ne1,2020-10-01,7\n")).await;
    assert!(found[0].2.contains("number@main"), "{found:?}");
}

#[tokio::test]
async fn a_record_with_what_is_not_read_comes_back_and_says_so() {
    let runtime = organized().await;
    let whole = "id,from,legal_entity@main,status@main,number@main,number\n\
                 e1,2020-01-01,acme-de,active,1,\ne1,2020-07-01,,,,5\n";
    let report = serde_json::to_value(merge(&runtime, csv(whole)).await).unwrap();
    assert_eq!(report["shadowed"][0]["attribute"], "number");
    // The same again says nothing new.
    assert_eq!(merge(&runtime, csv(whole)).await.unchanged, 1);
}

#[tokio::test]
async fn nobody_begins_an_employment_by_a_mistyped_name() {
    let runtime = with_main().await;
    for column in ["number@haupt", "status@haupt", "cost_centre@haupt"] {
        let value = if column.starts_with("status") { "on_leave" } else { "5" };
        let file = csv(&format!("id,from,{column}\ne1,2020-07-01,{value}\n"));
        let found = refused(&runtime, file).await;
        // Of a status it is said, too, that none begins with a leave.
        let one =
            found.iter().find(|(.., said)| said.contains("\"haupt\" (did you mean \"main\"?)"));
        let (line, column_of, said) = one.unwrap_or_else(|| panic!("{found:?}"));
        assert_eq!((*line, column_of.as_str()), (2, format!("/{column}").as_str()));
        assert!(said.contains("legal_entity"), "{found:?}");
    }
    let raise =
        json!({ "employments": { "mian": { "attributes": { "number": { "2020-07-01": 5 } } } } });
    let found = patch(&runtime, raise).await.unwrap_err();
    assert_eq!(found[0].0, "/employments/mian/attributes/number/2020-07-01");
    assert!(found[0].1.contains("did you mean \"main\"?"), "{found:?}");
    // Somebody new begins by what makes it an employment, too.
    let found = refused(&runtime, csv("id,from,number@haupt\ne2,2020-07-01,5\n")).await;
    assert!(found[0].2.contains("\"haupt\""), "{found:?}");
    merge(&runtime, csv("id,from,legal_entity@second,number@second\ne1,2020-07-01,acme-us,5\n"))
        .await;
}

#[tokio::test]
async fn whose_employments_say_where_they_belong_begins_none_by_a_status_alone() {
    let runtime = with_main().await;
    let file = || csv("id,from,status@mian,number@mian\ne1,2020-07-01,active,5\n");
    let found = refused(&runtime, file()).await;
    assert_eq!((found.len(), found[0].0), (1, 2), "{found:?}");
    assert!(found[0].2.contains("\"mian\" (did you mean \"main\"?)"), "{found:?}");
    assert!(found[0].2.contains("its own legal_entity or country, found"), "{found:?}");
    // Whose do not, as the person's is for all of them, may.
    merge(
        &runtime,
        csv("id,from,legal_entity,status@main,number@main\ne2,2020-01-01,acme-de,active,1\n"),
    )
    .await;
    merge(&runtime, csv("id,from,status@second,number@second\ne2,2020-07-01,active,5\n")).await;
}

#[tokio::test]
async fn a_known_employment_is_no_new_one_in_a_file_in_which_something_else_is_wrong() {
    let runtime = ready().await;
    // Nobody had said yet how the tenant is organized, so that any attribute told it apart.
    merge(&runtime, csv("id,from,number@haupt\ne1,2020-01-01,1\n")).await;
    organize(&runtime, json!({})).await;
    let found = refused(&runtime, csv("id,from,number@haupt\ne1,2020-13-01,5\n")).await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(!found[0].2.contains("haupt"), "{found:?}");
}

#[tokio::test]
async fn a_status_is_not_ended_as_if_that_were_the_end_of_the_employment() {
    let runtime = with_main().await;
    for column in ["status@main", "status"] {
        let file = csv(&format!("id,from,{column}\ne1,2020-07-01,\\end\n"));
        let found = refused(&runtime, file).await;
        assert_eq!((found[0].0, found[0].1.as_str()), (2, format!("/{column}").as_str()));
        assert!(found[0].2.contains("to end the employment, state `ended`"), "{found:?}");
    }
    let list = json!([
        { "from": "2020-01-01", "value": "active" }, { "from": "2020-07-01", "value": null },
    ]);
    let ended = json!({ "employments": { "main": { "attributes": { "status": list } } } });
    let found = patch(&runtime, ended).await.unwrap_err();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, "/employments/main/attributes/status/1/value");
    let record =
        draft(&json!({ "status": [["2020-01-01", "active"], ["2020-07-01", null]] }), &json!({}));
    let found = put(&runtime, "e2", record).await.unwrap_err();
    assert!(found[0].starts_with("/attributes/status/1/value: "), "{found:?}");
    // What is said ends it, and taken back it runs again.
    merge(&runtime, csv("id,from,status@main\ne1,2020-07-01,ended\n")).await;
    merge(&runtime, csv("id,from,status@main\ne1,2020-07-01,\\drop\n")).await;
}

#[tokio::test]
async fn a_value_below_which_others_are_hidden_names_them() {
    let runtime = organized().await;
    merge(
        &runtime,
        csv("id,from,legal_entity@main,status@main,number\n\
             e1,2020-01-01,acme-de,active,3000\ne1,2020-07-01,,,3300\n"),
    )
    .await;
    // What is said for later is hidden, what was said before is read until then.
    let file = || csv("id,from,number@main\ne1,2020-04-01,3100\n");
    let report = merge(&runtime, file()).await;
    let report = serde_json::to_value(&report).unwrap();
    let hidden = json!([{
        "id": "e1", "attribute": "number", "from": "2020-07-01",
        "read": ["number@main"], "employments": ["main"],
    }]);
    assert_eq!((&report["shadowed"], &report["shadowed_count"]), (&hidden, &json!(1)));
    // Who says it again hides nothing anew.
    let again = merge(&runtime, csv("id,from,number@main\ne1,2020-05-01,3150\n")).await;
    assert!(again.shadowed.is_empty(), "{again:?}");

    merge(&runtime, csv("id,from,number@main\ne1,2020-09-01,3400\n")).await;
    let scoped = json!({ "employments": { "main": { "attributes": {
        "test/bonus-de/number": { "2020-05-01": 3160 },
    } } } });
    let patched = patch(&runtime, scoped).await.unwrap();
    let hidden: Vec<&Value> =
        patched["shadowed"].as_array().unwrap().iter().map(|one| &one["from"]).collect();
    assert_eq!(hidden, ["2020-05-01", "2020-09-01"], "{patched}");
    assert_eq!(patched["shadowed"][0]["read"], json!(["test/bonus-de/number@main"]));
    assert_eq!(patched["shadowed"][0]["employment"], "main");
}

#[tokio::test]
async fn a_value_is_refused_only_by_those_who_would_read_it() {
    let runtime = organized().await;
    // Germany has its own, so that the text is nobody's to refuse.
    let since = |value: Value| json!([["2020-01-01", value]]);
    let record = draft(
        &json!({ "number": since(json!("berlin")) }),
        &json!({ "main": {
            "legal_entity": since(json!("acme-de")),
            "status": since(json!("active")),
            "test/bonus-de/number": since(json!(1)),
        } }),
    );
    put(&runtime, "e1", record).await.unwrap();
    // A second employment in a country whose rules would read it makes it theirs.
    let second = json!({ "employments": { "us": { "attributes": {
        "legal_entity": { "2020-07-01": "acme-us" }, "status": { "2020-07-01": "active" },
    } } } });
    let found = patch(&runtime, second.clone()).await.unwrap_err();
    assert!(found.iter().any(|(_, said)| said.contains("test/bonus-us 1.0.0")), "{found:?}");
    for own in ["number", "test/bonus-us/number"] {
        let mut with = second.clone();
        with["employments"]["us"]["attributes"][own] = json!({ "2020-07-01": 2 });
        patch(&runtime, with).await.unwrap();
        let us = of("e1", jiff::civil::date(2020, 8, 1), None);
        assert_eq!(paid(&runtime, "US", us).await.unwrap(), "32");
        // A day late it is read.
        let late = json!({ "employments": { "us": { "attributes": {
            own: { "2020-07-01": null, "2020-07-02": 2 },
        } } } });
        patch(&runtime, late).await.unwrap_err();
        patch(&runtime, json!({ "employments": { "us": null } })).await.unwrap();
    }
    // So with a transfer: what Germany reads is not the United States' to refuse.
    let moved = json!({ "employments": { "main": { "attributes": {
        "legal_entity": { "2020-07-01": "acme-us" },
        "test/bonus-us/number": { "2020-07-01": 2 },
    } } } });
    patch(&runtime, moved).await.unwrap();
}

#[tokio::test]
async fn a_required_fact_vanishes_by_no_other_name() {
    let runtime = organized().await;
    // The person's, ended for the employment, or for the ruleset.
    merge(&runtime, csv("id,from,legal_entity@main,number\ne1,2020-01-01,acme-de,1\n")).await;
    for (column, expected) in [
        ("number@main", "/number@main"),
        ("test/bonus-de/number@main", "/test~1bonus-de~1number@main"),
        ("test/bonus-de/number", "/test~1bonus-de~1number"),
    ] {
        let file = csv(&format!("id,from,{column}\ne1,2020-07-01,\\end\n"));
        let found = refused(&runtime, file).await;
        assert_eq!((found.len(), found[0].1.as_str()), (1, expected), "{found:?}");
        assert!(found[0].2.contains("test/bonus-de 1.0.0"), "{found:?}");
    }
    // For a ruleset that is not for the employment it is nobody's loss.
    merge(&runtime, csv("id,from,test/bonus-us/number@main\ne1,2020-07-01,\\end\n")).await;
}

#[tokio::test]
async fn an_employment_that_runs_does_not_lose_where_it_belongs() {
    let runtime = with_main().await;
    for said in ["\\end", "\\drop"] {
        let from = if said == "\\end" { "2020-07-01" } else { "2020-01-01" };
        let file = csv(&format!("id,from,legal_entity@main\ne1,{from},{said}\n"));
        let found = refused(&runtime, file).await;
        assert_eq!((found.len(), found[0].1.as_str()), (1, "/legal_entity@main"), "{found:?}");
        assert!(found[0].2.contains("legal entity"), "{found:?}");
    }
    // Who leaves may.
    merge(
        &runtime,
        csv("id,from,legal_entity@main,status@main,number@main\n\
             e1,2020-07-01,\\end,ended,\\end\n"),
    )
    .await;
    // Who comes back needs both again.
    let found = refused(&runtime, csv("id,from,status@main\ne1,2020-07-01,\\drop\n")).await;
    assert!(found.iter().any(|(_, _, said)| said.contains("legal entity")), "{found:?}");
    let found = refused(
        &runtime,
        csv("id,from,status@main,legal_entity@main\ne1,2020-09-01,active,acme-de\n"),
    )
    .await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].2.contains("number") && found[0].2.contains("2020-09-01"), "{found:?}");
    merge(
        &runtime,
        csv("id,from,status@main,legal_entity@main,number@main\n\
             e1,2020-09-01,active,acme-de,2\n"),
    )
    .await;
}

#[tokio::test]
async fn who_moves_to_another_country_brings_the_facts_that_its_rules_require() {
    let runtime = organized().await;
    merge(
        &runtime,
        csv("id,from,legal_entity@main,status@main,test/bonus-de/number@main\n\
             e1,2020-01-01,acme-de,active,1\n"),
    )
    .await;
    let moved = |further: Value| {
        let mut terms = json!({ "legal_entity": { "2020-07-01": "acme-us" } });
        terms.as_object_mut().unwrap().extend(further.as_object().unwrap().clone());
        json!({ "employments": { "main": { "attributes": terms } } })
    };
    let found = patch(&runtime, moved(json!({}))).await.unwrap_err();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, "/employments/main/attributes/legal_entity/2020-07-01");
    for part in ["number", "2020-07-01", "test/bonus-us 1.0.0", "employment main"] {
        assert!(found[0].1.contains(part), "{part}: {found:?}");
    }
    // A day late is not from the day on.
    let late = json!({ "test/bonus-us/number": { "2020-07-02": 2 } });
    patch(&runtime, moved(late)).await.unwrap_err();
    let file = csv("id,from,legal_entity@main\ne1,2020-07-01,acme-us\n");
    let found = refused(&runtime, file).await;
    assert_eq!((found[0].0, found[0].1.as_str()), (2, "/legal_entity@main"));
    let with = json!({ "test/bonus-us/number": { "2020-07-01": 2 } });
    patch(&runtime, moved(with)).await.unwrap();
    let asked = of("e1", jiff::civil::date(2020, 8, 1), None);
    assert_eq!(paid(&runtime, "US", asked).await.unwrap(), "32");
}
