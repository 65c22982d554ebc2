//! Nothing that is needed vanishes: neither an employment that runs nor what it is paid by, whichever
//! way the change comes.

use jiff::civil::date;
use serde_json::json;
use stele_runtime::{ImportMode, ImportOptions};

use crate::employments::{draft, paid, put};
use crate::silent_changes::{organized, patch, refused, with_main};
use crate::support::of;
use crate::typed::{csv, import_with, merge};

#[tokio::test]
async fn an_employment_that_runs_is_not_left_out() {
    let runtime = with_main().await;
    let found = put(&runtime, "e1", draft(&json!({}), &json!({}))).await.unwrap_err();
    assert!(found.iter().any(|said| said.contains("the employment main, which runs")), "{found:?}");
    // With another one in its place.
    let second = json!({ "second": {
        "legal_entity": [["2020-01-01", "acme-us"]],
        "status": [["2020-01-01", "active"]],
        "number": [["2020-01-01", 1]],
    } });
    let found = put(&runtime, "e1", draft(&json!({}), &second)).await.unwrap_err();
    assert!(found.iter().any(|said| said.contains("the employment main, which runs")), "{found:?}");
    let replace = ImportOptions { mode: ImportMode::Replace, dry_run: false };
    let file = csv("id,from,family_name\ne1,2020-01-01,Li\n");
    let report = import_with(&runtime, file, replace).await;
    assert!(!report.is_imported(), "{report:?}");
    // All of its values dropped, one by one.
    let file = "id,from,legal_entity@main,status@main,number@main\n\
                e1,2020-01-01,\\drop,\\drop,\\drop\n";
    let found = refused(&runtime, csv(file)).await;
    assert!(found.iter().any(|(_, _, said)| said.contains("which runs")), "{found:?}");
    // One that has ended may go, and one that was a mistake is taken back by its name.
    merge(
        &runtime,
        csv("id,from,legal_entity@mistake,status@mistake\ne1,2020-01-01,acme-us,active\n"),
    )
    .await;
    patch(&runtime, json!({ "employments": { "mistake": null } })).await.unwrap();
    merge(&runtime, csv("id,from,status@main\ne1,2020-07-01,ended\n")).await;
    put(&runtime, "e1", draft(&json!({}), &second)).await.unwrap();
}

#[tokio::test]
async fn an_employment_that_begins_earlier_brings_what_it_was_paid_by() {
    let runtime = organized().await;
    let begins = "id,from,legal_entity@main,status@main,number@main\n\
                  e1,2020-05-01,acme-de,active,1\n";
    merge(&runtime, csv(begins)).await;
    let earlier = "id,from,legal_entity@main,status@main\ne1,2020-03-01,acme-de,active\n";
    let found = refused(&runtime, csv(earlier)).await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].2.contains("the fact number from 2020-03-01 on"), "{found:?}");
    merge(
        &runtime,
        csv("id,from,legal_entity@main,status@main,number@main\n\
             e1,2020-03-01,acme-de,active,2\n"),
    )
    .await;
    assert_eq!(paid(&runtime, "DE", of("e1", date(2020, 4, 15), None)).await.unwrap(), "22");
    // Who is paid by what is given with each calculation goes on so.
    merge(
        &runtime,
        csv("id,from,legal_entity@main,status@main\ne2,2020-05-01,acme-de,active\n\
             e2,2020-03-01,acme-de,active\n"),
    )
    .await;
    merge(&runtime, csv("id,from,legal_entity@main,status@main\ne2,2020-02-01,acme-de,active\n"))
        .await;
}

#[tokio::test]
async fn what_the_last_payslip_is_made_of_stays_until_the_end_of_its_month() {
    let runtime = with_main().await;
    merge(&runtime, csv("id,from,status@main\ne1,2020-06-10,ended\n")).await;
    let found = refused(&runtime, csv("id,from,number@main\ne1,2020-06-11,\\end\n")).await;
    assert_eq!((found.len(), found[0].1.as_str()), (1, "/number@main"), "{found:?}");
    merge(&runtime, csv("id,from,number@main\ne1,2020-07-01,\\end\n")).await;
    assert_eq!(paid(&runtime, "DE", of("e1", date(2020, 6, 30), None)).await.unwrap(), "21");
}

#[tokio::test]
async fn an_employment_that_takes_the_place_of_one_that_ends_brings_what_is_required() {
    let runtime = with_main().await;
    let moved = "id,from,status@main,legal_entity@us,status@us\n\
                 e1,2020-07-01,ended,acme-us,active\n";
    let found = refused(&runtime, csv(moved)).await;
    assert_eq!(found.len(), 1, "{found:?}");
    for part in ["the fact number from 2020-07-01 on", "test/bonus-us 1.0.0", "employment us"] {
        assert!(found[0].2.contains(part), "{part}: {found:?}");
    }
    merge(
        &runtime,
        csv("id,from,status@main,legal_entity@us,status@us,number@us\n\
             e1,2020-07-01,ended,acme-us,active,3\n"),
    )
    .await;
    assert_eq!(paid(&runtime, "US", of("e1", date(2020, 8, 15), None)).await.unwrap(), "33");
}

#[tokio::test]
async fn a_refusal_says_nothing_of_values_that_the_write_does_not_state() {
    let runtime = organized().await;
    // Read by nobody, so that any text was taken.
    merge(
        &runtime,
        csv("id,from,legal_entity@main,status@main,number@main:text,test/bonus-de/number@main\n\
             e1,2020-01-01,acme-de,active,seventy,1\n"),
    )
    .await;
    let moved = "id,from,legal_entity@main\ne1,2020-07-01,acme-us\n";
    let found = refused(&runtime, csv(moved)).await;
    assert!(found.iter().any(|(_, _, said)| said.contains("found another value")), "{found:?}");
    assert!(!found.iter().any(|(_, _, said)| said.contains("seventy")), "{found:?}");
    // Who states it is told what it is.
    let moved = json!({ "employments": { "main": { "attributes": {
        "legal_entity": { "2020-07-01": "acme-us" }, "number": { "2020-01-01": "eighty" },
    } } } });
    let found = patch(&runtime, moved).await.unwrap_err();
    assert!(found.iter().any(|(_, said)| said.contains("found \"eighty\"")), "{found:?}");
}
