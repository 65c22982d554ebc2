//! An amount is read in the unit in which it was stated, and for one employment at a time.

use std::sync::Arc;

use jiff::civil::date;
use serde_json::json;
use stele_runtime::{EmployeeFile, ImportOptions, Runtime};

use crate::employments::{draft, organize, package_in, paid, put, ready_with};
use crate::support::of;
use crate::typed::{csv, import_with, merge};

/// A slot for each country, whose version takes the number in its own currency.
async fn organized() -> Arc<Runtime> {
    let runtime = ready_with(|country, bonus| {
        let unit = match country {
            "CN" => "CNY/month",
            "DE" => "EUR/month",
            _ => "USD/month",
        };
        package_in(country, "1.0.0", bonus, Some(unit))
    })
    .await;
    organize(
        &runtime,
        json!({ "legal_entities": {
            "acme-de": { "name": "Acme GmbH", "country": "DE" },
            "acme-de2": { "name": "Acme zwei GmbH", "country": "DE" },
            "acme-us": { "name": "Acme Inc.", "country": "US" },
        } }),
    )
    .await;
    runtime
}

/// What is wrong with a file, as line, pointer and sentence.
async fn refused(runtime: &Runtime, file: EmployeeFile) -> Vec<(u64, String, String)> {
    let report = import_with(runtime, file, ImportOptions::default()).await;
    assert!(!report.is_imported(), "{report:?}");
    let errors = report.errors.into_iter();
    errors.map(|error| (error.line, error.field.pointer, error.field.message)).collect()
}

#[tokio::test]
async fn who_moves_to_rules_in_another_unit_is_paid_by_what_is_stated_anew() {
    let runtime = organized().await;
    merge(
        &runtime,
        csv("id,from,legal_entity@main,status@main,number@main\n\
             e1,2020-01-01,acme-de,active,3000\n"),
    )
    .await;
    let found = refused(&runtime, csv("id,from,legal_entity@main\ne1,2020-07-01,acme-us\n")).await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].0, found[0].1.as_str()), (2, "/legal_entity@main"));
    for part in ["number@main", "USD/month", "EUR/month", "2020-07-01", "test/bonus-us 1.0.0"] {
        assert!(found[0].2.contains(part), "{part}: {found:?}");
    }
    // As if it had never been otherwise: what was stated in euros was not stated in dollars.
    refused(&runtime, csv("id,from,legal_entity@main\ne1,2020-01-01,acme-us\n")).await;
    // A raise for later was stated in euros, too.
    merge(&runtime, csv("id,from,number@main\ne1,2020-09-01,3300\n")).await;
    let moved = "id,from,legal_entity@main,number@main\ne1,2020-07-01,acme-us,4000\n";
    let found = refused(&runtime, csv(moved)).await;
    assert!(found[0].2.contains("number@main from 2020-09-01"), "{found:?}");
    merge(&runtime, csv(&format!("{moved}e1,2020-09-01,,4400\n"))).await;
    let on = |month| of("e1", date(2020, month, 15), None);
    assert_eq!(paid(&runtime, "DE", on(6)).await.unwrap(), "3020");
    assert_eq!(paid(&runtime, "US", on(8)).await.unwrap(), "4030");
    // Within one country, and for one ruleset, nothing is taken over otherwise.
    merge(
        &runtime,
        csv("id,from,legal_entity@main,test/bonus-de/number@main,test/bonus-us/number@main\n\
             e2,2020-01-01,acme-de,3000,4000\n"),
    )
    .await;
    merge(
        &runtime,
        csv("id,from,legal_entity@main\ne2,2020-03-01,acme-de2\ne2,2020-07-01,acme-us\n"),
    )
    .await;
}

#[tokio::test]
async fn a_second_employment_has_an_amount_of_its_own() {
    let runtime = organized().await;
    let whole = "id,from,legal_entity@main,status@main,number\n\
                 e1,2020-01-01,acme-de,active,3000\n";
    merge(&runtime, csv(whole)).await;
    let second = |entity: &str, own: &str| {
        let column = if own.is_empty() { "" } else { ",number@second" };
        let value = if own.is_empty() { String::new() } else { format!(",{own}") };
        csv(&format!(
            "id,from,legal_entity@second,status@second{column}\n\
             e1,2020-07-01,{entity},active{value}\n"
        ))
    };
    let found = refused(&runtime, second("acme-de2", "")).await;
    assert_eq!(found.len(), 1, "{found:?}");
    for part in ["employment second", "2020-07-01", "number@second", "employment main", "twice"] {
        assert!(found[0].2.contains(part), "{part}: {found:?}");
    }
    let found = refused(&runtime, second("acme-us", "")).await;
    assert_eq!(found.len(), 1, "{found:?}");
    for part in ["employment second", "number@second", "USD/month", "EUR/month"] {
        assert!(found[0].2.contains(part), "{part}: {found:?}");
    }
    // With one of its own; or one after the other.
    merge(&runtime, second("acme-us", "500")).await;
    merge(&runtime, csv(&whole.replace("e1", "e2"))).await;
    merge(
        &runtime,
        csv("id,from,status@main,legal_entity@next,status@next\n\
             e2,2020-07-01,ended,acme-de2,active\n"),
    )
    .await;
    let next = of("e2", date(2020, 8, 15), None);
    assert_eq!(paid(&runtime, "DE", next).await.unwrap(), "3020");
    // A whole record is held to the same.
    let since = |value: &str| json!({ "legal_entity": [["2020-01-01", value]] });
    let both = json!({ "de": since("acme-de"), "us": since("acme-us") });
    let record = draft(&json!({ "number": [["2020-01-01", 3000]] }), &both);
    let found = put(&runtime, "e3", record).await.unwrap_err();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("/attributes/number/0: "), "{found:?}");
}
