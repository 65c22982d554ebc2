//! The gross for a net, over the rules of China and Germany: to the cent, or that there is none.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

use rand::{Rng as _, SeedableRng as _, rngs::StdRng};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use stele_end_to_end::{Client, Server, repository};

/// Wanted amounts of each country.
const NETS: usize = 250;

async fn in_force(server: &Server, client: &Client, ruleset: &str) {
    let package = server.package(&repository().join("rulesets").join(ruleset)).unwrap();
    let media_type = "application/vnd.stele.package";
    let path = "/v1/rulesets";
    let published = server.operator().post_bytes(path, media_type, package).await.unwrap();
    let proposal = json!({
        "slot": ruleset, "ruleset": ruleset, "version": published.ok().unwrap()["version"],
        "valid_from": "2025-01-01", "reason": "Payroll of the country",
    });
    client.put_in_force(&proposal).await.unwrap();
}

fn decimal(value: &Value) -> Decimal {
    value.as_str().unwrap_or_else(|| panic!("{value}")).parse().unwrap()
}

fn china() -> Value {
    json!({
        "slot": "cn/payroll", "date": "2026-03-31",
        "facts": {
            "income_kind": "wages", "tax_residence": "resident", "months_employed": 3,
            "additional_deductions": "3000", "employee_contributions": "2100.50",
            "earlier_gross": "40000", "earlier_contributions": "4201",
            "earlier_additional_deductions": "6000", "earlier_tax_withheld": "593.97",
        },
    })
}

fn germany() -> Value {
    json!({
        "slot": "de/payroll", "date": "2026-03-31",
        "facts": {
            "pay_period": "month", "tax_class": "I", "church": "none",
            "state": "north_rhine_westphalia", "additional_rate": "0.029",
            "contribution_group": "1111", "u1_rate": "0.016", "u2_rate": "0.0039",
            "care_discounts": 0, "care_childless": true,
        },
    })
}

#[tokio::test]
async fn the_gross_found_gives_exactly_the_net_or_its_neighbours_show_that_none_does() {
    let server = Server::start().await.unwrap();
    let client = server.tenant(&server.operator(), "acme").await.unwrap();
    let mut random = StdRng::seed_from_u64(15);
    for (ruleset, calculation) in [("cn/payroll", china()), ("de/payroll", germany())] {
        in_force(&server, &client, ruleset).await;
        let mut found = 0;
        for _ in 0..NETS {
            let net = Decimal::new(random.random_range(20_000..3_000_000), 2);
            let request = json!({
                "calculation": &calculation, "vary": "gross", "item": "net_pay",
                "amount": net.to_string(),
            });
            let path = client.path("calculations/solve");
            let answer = client.post(&path, &request).await.unwrap().ok().unwrap();
            assert!(answer["evaluations"].as_u64().unwrap() <= 60, "{answer}");
            if answer["outcome"] == "found" {
                found += 1;
                let mut paid = calculation.clone();
                paid["facts"]["gross"] = answer["value"].clone();
                let paid = client.post(&client.path("calculations"), &paid).await.unwrap();
                let paid = paid.ok().unwrap();
                let lines = paid["lines"].as_array().unwrap().iter();
                let mut nets = lines.filter(|line| line["code"] == "net_pay");
                assert_eq!(decimal(&nets.next().unwrap()["amount"]), net);
                assert_eq!(answer["calculation"]["lines"], paid["lines"]);
                assert_eq!(
                    answer["calculation"]["receipt"]["outcome_digest"],
                    paid["receipt"]["outcome_digest"]
                );
            } else if answer["outcome"] == "refused" {
                // Too little for the rule: a mini-job is not insured in this way.
                let [before, after] = [0, 1].map(|at| &answer["neighbours"][at]);
                let mut paid = calculation.clone();
                paid["facts"]["gross"] = before["value"].clone();
                let refused = client.post(&client.path("calculations"), &paid).await.unwrap();
                assert_eq!(refused.status, 422, "{answer}");
                assert!(net < decimal(&after["amount"]), "{answer}");
            } else {
                assert_eq!(answer["outcome"], "step", "{answer}");
                let [before, after] = [0, 1].map(|at| &answer["neighbours"][at]);
                let apart = decimal(&after["value"]) - decimal(&before["value"]);
                assert_eq!(apart, Decimal::new(1, 2), "{answer}");
                let amounts = [before, after].map(|trial| decimal(&trial["amount"]));
                assert!(amounts[0] < net && net < amounts[1], "{answer}");
            }
        }
        assert!(found > NETS / 2, "{ruleset}: {found} of {NETS} were found");
    }
}

#[tokio::test]
async fn what_can_not_be_looked_for_is_said_with_all_that_is_wrong_at_once() {
    let server = Server::start().await.unwrap();
    let client = server.tenant(&server.operator(), "acme").await.unwrap();
    in_force(&server, &client, "cn/payroll").await;
    let solve = async |request: Value| {
        client.post(&client.path("calculations/solve"), &request).await.unwrap()
    };
    let pointers = |body: &Value| -> Vec<String> {
        let errors = body["errors"].as_array().unwrap_or_else(|| panic!("{body}")).iter();
        errors.map(|error| error["pointer"].as_str().unwrap().to_owned()).collect()
    };
    let mut given = china();
    given["facts"]["gross"] = json!("1");
    let asked = |calculation: Value| json!({ "calculation": calculation, "vary": "gross", "item": "net_pay", "amount": "5000" });

    let mut request = asked(china());
    request["vary"] = json!("gros");
    request["item"] = json!("nett_pay");
    request["amount"] = json!("many");
    let refused = solve(request).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    assert_eq!(pointers(&refused.body), ["/item", "/amount", "/vary"]);
    let said = refused.body.to_string();
    assert!(
        said.contains("did you mean gross?") && said.contains("did you mean net_pay?"),
        "{said}"
    );

    let refused = solve(asked(given)).await;
    assert_eq!(pointers(&refused.body), ["/calculation/facts/gross"]);
    let mut recorded = china();
    recorded["record"] = json!(true);
    assert_eq!(pointers(&solve(asked(recorded)).await.body), ["/calculation/record"]);
    let mut kind = asked(china());
    kind["calculation"]["facts"].as_object_mut().unwrap().remove("income_kind");
    kind["vary"] = json!("income_kind");
    assert_eq!(pointers(&solve(kind).await.body), ["/vary"]);
    let mut short = china();
    short["facts"].as_object_mut().unwrap().remove("months_employed");
    assert_eq!(pointers(&solve(asked(short)).await.body), ["/calculation/facts/months_employed"]);
    let mut backwards = asked(china());
    backwards["from"] = json!("100");
    backwards["to"] = json!("99.99");
    assert_eq!(pointers(&solve(backwards).await.body), ["/to"]);

    // A net that no gross of the range reaches.
    let mut bounded = asked(china());
    bounded["to"] = json!("4000");
    let answer = solve(bounded).await.ok().unwrap();
    assert_eq!(answer["outcome"], "out_of_reach");
    assert_eq!(answer["neighbours"][1]["value"], "4000");
}
