//! One calculation over HTTP, with the load generator on the same cores as the server.

use std::time::Duration;

use rust_decimal::Decimal;
use serde_json::{Value, json};
use stele_end_to_end::load::{self, Measured, get, post};
use stele_end_to_end::{Client, Server, repository};

use crate::measurement::Measurement;

const CONNECTIONS: usize = 16;
const WARM_UP: Duration = Duration::from_secs(2);
const DURATION: Duration = Duration::from_secs(10);

/// Rounds of half load, each on calculations and then on nothing.
const ROUNDS: u32 = 5;

/// Answers a second at full load.
const RATE: u32 = 10_000;

/// The requests of the measurement: different employees of one city.
pub(crate) fn requests() -> Vec<Value> {
    (0..100)
        .map(|number| {
            json!({
                "slot": "cn/payroll", "date": "2025-09-30",
                "facts": {
                    "gross": format!("{}.78", 8_000 + number * 317), "months_employed": 9,
                    "city": "beijing", "housing_fund_rate": "0.12", "work_injury_rate": "0.004",
                    "additional_deductions": "2000", "earlier_gross": "187654.24",
                    "earlier_contributions": "41234.56", "earlier_additional_deductions": "16000",
                    "earlier_tax_withheld": "4321.09",
                },
            })
        })
        .collect()
}

/// A server with `cn/payroll` in force for one tenant.
pub(crate) async fn server() -> anyhow::Result<(Server, Client)> {
    let server = Server::start().await?;
    let operator = server.operator();
    let client = server.tenant(&operator, "acme").await?;
    let folder = repository().join("rulesets/cn/payroll");
    server.publish_and_activate(&operator, &client, &folder, "cn/payroll").await?;
    Ok((server, client))
}

/// Measures.
pub(crate) async fn measure() -> anyhow::Result<Vec<Measurement>> {
    let (server, client) = server().await?;
    let address = server.address();
    let path = client.path("calculations");
    let prepared: Vec<_> = requests()
        .iter()
        .map(|request| post(&address, &path, client.token(), &request.to_string()))
        .collect();
    load::run(&address, &prepared, CONNECTIONS, WARM_UP, None).await?;
    let full = load::run(&address, &prepared, CONNECTIONS, DURATION, None).await?;
    let half = u64::from(RATE / 2);
    // In turn with an endpoint that does nothing, so that a machine with other work slows both: what
    // it takes to answer nothing is the floor below which no calculation can come.
    let nothing = [get(&address, "/healthz")];
    let (mut paced, mut floor) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let length = DURATION / ROUNDS;
        paced.push(load::run(&address, &prepared, CONNECTIONS, length, Some(half)).await?);
        floor.push(load::run(&address, &nothing, CONNECTIONS, length, Some(half)).await?);
    }
    let (paced, floor) = (joined(paced), joined(floor));
    let failed = u64::try_from(full.failed + paced.failed + floor.failed)?;
    let milliseconds = |measured: &Measured, thousandths| {
        (Decimal::from(measured.quantile(thousandths).as_micros()) / Decimal::from(1000))
            .round_dp(2)
    };
    Ok(vec![
        Measurement::at_least("http.calculations", full.per_second, "1/s", RATE.into()),
        Measurement::at_most(
            "http.p99_at_half_load",
            milliseconds(&paced, 990),
            "ms",
            Decimal::from(5),
        ),
        Measurement::plain("http.p50_at_half_load", milliseconds(&paced, 500), "ms"),
        Measurement::plain("http.p99_of_healthz_at_half_load", milliseconds(&floor, 990), "ms"),
        Measurement::plain("http.p50_of_healthz_at_half_load", milliseconds(&floor, 500), "ms"),
        Measurement::plain("http.rate_at_half_load", paced.per_second, "1/s"),
        Measurement::at_most("http.failed", failed, "answers", Decimal::ZERO),
    ])
}

/// Rounds of the same length as one.
fn joined(rounds: Vec<Measured>) -> Measured {
    let sum: u64 = rounds.iter().map(|round| round.per_second).sum();
    let per_second = sum / u64::from(ROUNDS);
    let failed = rounds.iter().map(|round| round.failed).sum();
    let mut latencies: Vec<_> = rounds.into_iter().flat_map(|round| round.latencies).collect();
    latencies.sort_unstable();
    Measured { per_second, latencies, failed }
}
