//! Months in which somebody begins, leaves, moves or is rehired: every employment that ran in one is
//! paid for it, and none of them is passed over.

use std::sync::Arc;

use jiff::civil::{Date, date};
use serde_json::{Value, json};
use stele_ruleset::Standing;
use stele_runtime::{CalculateError, CalculationRequest, EmploymentId, Runtime, WhichEmployment};

use crate::employments::{draft, entities, organize, put, ready};
use crate::support::{acme, answer, of, slot};

async fn employing(employments: &Value) -> Arc<Runtime> {
    let runtime = ready().await;
    organize(&runtime, json!({ "legal_entities": entities() })).await;
    put(&runtime, "e1", draft(&json!({}), employments)).await.unwrap();
    runtime
}

/// An employment in Germany.
fn german(number: i64, status: &Value) -> Value {
    json!({
        "legal_entity": [["2020-01-01", "acme-de"]],
        "number": [["2020-01-01", number]],
        "status": status,
    })
}

/// What is paid in a country's slot, and how the employment stands.
async fn pay(
    runtime: &Runtime,
    (country, date): (&str, Date),
    employment: Option<&str>,
    outside_employment: bool,
) -> Result<(String, Option<Standing>), WhichEmployment> {
    let asked = CalculationRequest {
        slot: slot(&format!("pay/{country}")),
        employment: employment.map(|name| EmploymentId::new(name).unwrap()),
        outside_employment,
        ..of("e1", date, None)
    };
    match runtime.calculate(&acme(), asked).await {
        Ok(result) => Ok((answer(&result), result.receipt.standing)),
        Err(CalculateError::WhichEmployment(which)) => Err(which),
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn of_two_employments_that_ran_in_the_month_none_is_left_out_in_silence() {
    let june = ("de", date(2020, 6, 30));
    let left = json!([["2020-01-01", "active"], ["2020-06-15", "ended"]]);
    for (other, days) in [
        (json!([["2020-06-15", "active"]]), "zwei (from 2020-06-15)"),
        (json!([["2020-01-01", "active"]]), "zwei"),
        (
            json!([["2020-06-20", "active"], ["2020-06-25", "ended"]]),
            "zwei (from 2020-06-20 until 2020-06-24)",
        ),
    ] {
        let runtime =
            employing(&json!({ "main": german(1, &left), "zwei": german(2, &other) })).await;
        let which = pay(&runtime, june, None, false).await.unwrap_err().to_string();
        let each =
            format!("in the month of 2020-06-30: main (until 2020-06-14), {days}; say which");
        assert!(which.contains(&each), "{which}");
        let main = pay(&runtime, june, Some("main"), false).await.unwrap();
        let since = date(2020, 6, 15);
        assert_eq!(main, ("21".to_owned(), Some(Standing::Ended { since })));
        assert_eq!(pay(&runtime, june, Some("zwei"), false).await.unwrap().0, "22");
    }
    // In a month in which one of them runs nobody is asked.
    let next = json!([["2020-06-15", "active"]]);
    let runtime = employing(&json!({ "main": german(1, &left), "zwei": german(2, &next) })).await;
    let may = ("de", date(2020, 5, 31));
    assert_eq!(pay(&runtime, may, None, false).await.unwrap(), ("21".to_owned(), None));
    let july = ("de", date(2020, 7, 31));
    assert_eq!(pay(&runtime, july, None, false).await.unwrap(), ("22".to_owned(), None));
}

#[tokio::test]
async fn who_begins_later_in_the_month_belongs_and_is_paid_as_on_the_first_day() {
    let begins = date(2020, 5, 20);
    let main = json!({
        "legal_entity": [["2020-05-20", "acme-de"]],
        "number": [["2020-05-20", 1]],
        "status": [["2020-05-20", "active"]],
    });
    let runtime = employing(&json!({ "main": main })).await;
    let not_begun = ("21".to_owned(), Some(Standing::NotBegun { begins }));
    let early = ("de", date(2020, 5, 10));
    assert_eq!(pay(&runtime, early, None, false).await.unwrap(), not_begun);
    assert_eq!(pay(&runtime, early, None, true).await.unwrap(), not_begun);
    let elsewhere = pay(&runtime, ("us", date(2020, 5, 10)), None, true).await;
    assert!(matches!(elsewhere, Err(WhichEmployment::Outside { .. })), "{elsewhere:?}");
    let april = ("de", date(2020, 4, 30));
    let refused = pay(&runtime, april, None, false).await.unwrap_err().to_string();
    assert!(refused.contains("the employment main begins on 2020-05-20"), "{refused}");
}

#[tokio::test]
async fn what_is_paid_before_the_first_day_is_paid_where_the_employment_begins() {
    let main = json!({
        "legal_entity": [["2020-05-20", "acme-de"]],
        "number": [["2020-01-01", 1]],
        "status": [["2020-05-20", "active"]],
    });
    let runtime = employing(&json!({ "main": main })).await;
    let begins = date(2020, 5, 20);
    let april = ("de", date(2020, 4, 30));
    let paid = pay(&runtime, april, None, true).await.unwrap();
    assert_eq!(paid, ("21".to_owned(), Some(Standing::NotBegun { begins })));
}

#[tokio::test]
async fn who_moves_within_the_month_is_paid_for_the_days_before_where_they_belonged() {
    let main = json!({
        "legal_entity": [["2020-01-01", "acme-de"], ["2020-06-15", "acme-us"]],
        "number": [["2020-01-01", 1]],
        "status": [["2020-01-01", "active"]],
    });
    let runtime = employing(&json!({ "main": main.clone() })).await;
    let (june, since) = (date(2020, 6, 30), date(2020, 6, 15));
    assert_eq!(pay(&runtime, ("us", june), None, false).await.unwrap(), ("31".to_owned(), None));
    let refused = pay(&runtime, ("de", june), None, false).await.unwrap_err().to_string();
    let way_out = "The slot was for it before 2020-06-15: say `outside_employment`";
    assert!(refused.contains(way_out), "{refused}");
    let before = pay(&runtime, ("de", june), None, true).await.unwrap();
    assert_eq!(before, ("21".to_owned(), Some(Standing::Moved { since })));
    let never = pay(&runtime, ("cn", june), None, true).await.unwrap_err().to_string();
    assert!(!never.contains("outside_employment"), "{never}");
    // Beside one that stays it is asked which of them.
    let stays = german(2, &json!([["2020-01-01", "active"]]));
    let runtime = employing(&json!({ "main": main, "stays": stays })).await;
    let which = pay(&runtime, ("de", june), None, false).await.unwrap_err().to_string();
    assert!(which.contains("stays, main (until 2020-06-14); say which"), "{which}");
    assert_eq!(pay(&runtime, ("de", june), Some("stays"), false).await.unwrap().0, "22");
}
