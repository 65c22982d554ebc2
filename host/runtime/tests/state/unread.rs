//! What is said of days on which nobody works, or for which no version is in force: it is kept, and
//! the answer says that no calculation reads it.

use jiff::civil::date;
use serde_json::{Value, json};
use stele_runtime::ImportReport;

use crate::employments::{organize, paid};
use crate::silent_changes::{organized, patch, refused, with_main};
use crate::support::of;
use crate::typed::{csv, merge};

fn unread(report: &ImportReport) -> Value {
    assert_eq!(report.unread.len() as u64, report.unread_count);
    serde_json::to_value(&report.unread).unwrap()
}

#[tokio::test]
async fn a_raise_from_before_the_employment_is_named() {
    let runtime = organized().await;
    merge(
        &runtime,
        csv("id,from,legal_entity@main,status@main,number@main\n\
             e1,2020-03-01,acme-de,active,1\n"),
    )
    .await;
    let report = merge(&runtime, csv("id,from,number@main\ne1,2010-07-01,5\n")).await;
    assert_eq!(
        unread(&report),
        json!([{
            "id": "e1", "attribute": "number", "employment": "main", "from": "2010-07-01",
            "until": "2020-02-29", "because": "not_begun",
        }])
    );
    let april = of("e1", date(2020, 4, 15), None);
    assert_eq!(paid(&runtime, "DE", april).await.unwrap(), "21");
    // Who states it again says nothing new, and one that is read is not named.
    assert_eq!(
        unread(&merge(&runtime, csv("id,from,number@main\ne1,2010-07-01,5\n")).await),
        json!([])
    );
    assert_eq!(
        unread(&merge(&runtime, csv("id,from,number@main\ne1,2020-07-01,6\n")).await),
        json!([])
    );
    let raise = json!({ "employments": { "main": { "attributes": {
        "number": { "2011-07-01": 5 },
    } } } });
    let patched = patch(&runtime, raise).await.unwrap();
    assert_eq!(patched["unread"][0]["because"], "not_begun", "{patched}");
}

#[tokio::test]
async fn a_raise_for_whoever_has_left_is_named_unless_it_is_for_the_last_month() {
    let runtime = with_main().await;
    merge(&runtime, csv("id,from,status@main\ne1,2020-06-10,ended\n")).await;
    let report = merge(&runtime, csv("id,from,number@main\ne1,2020-06-20,5\n")).await;
    assert_eq!(unread(&report), json!([]));
    assert_eq!(paid(&runtime, "DE", of("e1", date(2020, 6, 30), None)).await.unwrap(), "25");
    let report = merge(&runtime, csv("id,from,number@main\ne1,2020-07-01,6\n")).await;
    assert_eq!(unread(&report)[0]["because"], "ended");
    // Of two employments one reads what is the person's.
    merge(
        &runtime,
        csv("id,from,legal_entity@second,status@second\ne1,2020-01-01,acme-us,active\n"),
    )
    .await;
    assert_eq!(unread(&merge(&runtime, csv("id,from,number\ne1,2020-09-01,7\n")).await), json!([]));
}

#[tokio::test]
async fn a_raise_for_days_on_which_the_slot_is_for_others_is_named() {
    let runtime = with_main().await;
    organize(
        &runtime,
        json!({
            "legal_entities": {
                "acme-de": { "name": "Acme GmbH", "country": "DE" },
                "acme-us": { "name": "Acme Inc.", "country": "US" },
            },
            "slots": { "pay/de": [
                { "from": "2020-01-01", "countries": ["DE"] },
                { "from": "2020-07-01", "countries": ["FR"] },
            ] },
        }),
    )
    .await;
    let report = merge(&runtime, csv("id,from,number@main\ne1,2020-08-01,5\n")).await;
    assert_eq!(unread(&report)[0]["because"], "no_slot");
    // Before a version is in force, too.
    let report = merge(&runtime, csv("id,from,number@main\ne1,2020-06-01,4\n")).await;
    assert_eq!(unread(&report), json!([]));
}

#[tokio::test]
async fn an_employment_does_not_end_twice() {
    let runtime = with_main().await;
    merge(&runtime, csv("id,from,status@main\ne1,2020-05-31,ended\n")).await;
    let found = refused(&runtime, csv("id,from,status@main\ne1,2020-06-30,ended\n")).await;
    assert_eq!((found.len(), found[0].1.as_str()), (1, "/status@main"), "{found:?}");
    assert!(found[0].2.contains("ended since 2020-05-31"), "{found:?}");
    // Who means to move the end drops the one that there is.
    merge(&runtime, csv("id,from,status@main\ne1,2020-05-31,\\drop\ne1,2020-06-30,ended\n")).await;
    // To an earlier day, too: an end that stays behind it would be a second one.
    let found = refused(&runtime, csv("id,from,status@main\ne1,2020-04-30,ended\n")).await;
    assert!(found[0].2.contains("drop that one in the same change"), "{found:?}");
    merge(&runtime, csv("id,from,status@main\ne1,2020-06-30,\\drop\ne1,2020-04-30,ended\n")).await;
    assert!(paid(&runtime, "DE", of("e1", date(2020, 5, 15), None)).await.is_err());
}

#[tokio::test]
async fn nobody_begins_an_employment_on_leave() {
    let runtime = organized().await;
    let file = |first: &str| {
        csv(&format!(
            "id,from,legal_entity@main,status@main,number@main\ne1,2020-03-01,acme-de,{first},1\n"
        ))
    };
    for (first, said) in [("on_leave", "a leave without a beginning"), ("ended", "an end without")]
    {
        let found = refused(&runtime, file(first)).await;
        assert!(found.iter().any(|(_, _, message)| message.contains(said)), "{found:?}");
    }
    merge(&runtime, file("active")).await;
    merge(&runtime, csv("id,from,status@main\ne1,2020-05-01,on_leave\n")).await;
    // What is said of the person has begun: the employment goes on from there.
    merge(
        &runtime,
        csv("id,from,status,legal_entity@main,number@main\ne2,2020-01-01,active,acme-de,1\n"),
    )
    .await;
    merge(&runtime, csv("id,from,status@main\ne2,2020-05-01,on_leave\n")).await;
}

/// An attack: who goes before the planned return from a leave was paid again from that day.
#[tokio::test]
async fn nobody_who_has_left_comes_back_because_a_return_was_planned() {
    let runtime = with_main().await;
    let planned = "id,from,status@main\ne1,2020-06-01,on_leave\ne1,2020-09-01,active\n";
    merge(&runtime, csv(planned)).await;
    let left = "id,from,status@main\ne1,2020-07-31,ended\n";
    let found = refused(&runtime, csv(left)).await;
    assert_eq!((found.len(), found[0].1.as_str()), (1, "/status@main"), "{found:?}");
    assert!(found[0].2.contains("a rehire: drop that one"), "{found:?}");
    let patched = patch(
        &runtime,
        json!({ "employments": { "main": { "attributes": { "status": { "2020-07-31": "ended" } } } } }),
    );
    assert!(patched.await.is_err());
    merge(&runtime, csv(&format!("{left}e1,2020-09-01,\\drop\n"))).await;
    assert!(paid(&runtime, "DE", of("e1", date(2020, 9, 30), None)).await.is_err());

    // A leave does not bring anybody back, a rehire does, and moving the end before it leaves it.
    let leave = "id,from,status@main\ne1,2020-10-01,on_leave\n";
    let found = refused(&runtime, csv(leave)).await;
    assert!(found[0].2.contains("a rehire begins with it"), "{found:?}");
    merge(&runtime, csv("id,from,status@main\ne1,2020-11-01,active\n")).await;
    merge(&runtime, csv("id,from,status@main\ne1,2020-07-31,\\drop\ne1,2020-07-15,ended\n")).await;
    assert!(paid(&runtime, "DE", of("e1", date(2020, 11, 30), None)).await.is_ok());
}
