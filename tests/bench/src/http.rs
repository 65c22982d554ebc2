//! One calculation over HTTP, with the load generator on the same cores as the server.

use std::time::Duration;

use rust_decimal::Decimal;
use serde_json::{Value, json};
use stele_end_to_end::load::{self, Measured, get, post};
use stele_end_to_end::{Client, Server, repository};

use crate::durations::milliseconds;
use crate::measurement::Measurement;

const CONNECTIONS: usize = 16;
const WARM_UP: Duration = Duration::from_secs(2);
const DURATION: Duration = Duration::from_secs(10);

/// Rounds of half load, each on calculations and then on nothing.
const ROUNDS: u32 = 5;

/// Calculations a second at full load for each answer that holds nothing: a payslip is six kilobytes.
const OF_HEALTHZ: Decimal = Decimal::from_parts(2, 0, 0, false, 1);

/// The requests of the measurement: different employees of one city.
pub(crate) fn requests() -> Vec<Value> {
    (0..100)
        .map(|number| {
            let gross = format!("{}.78", 8_000 + number * 317);
            json!({
                "slot": "cn/payroll", "date": "2025-09-30",
                "facts": {
                    "income_kind": "wages", "tax_residence": "resident",
                    "gross": &gross, "months_employed": 9, "city": "beijing",
                    "contribution_base": &gross, "housing_fund_base": &gross,
                    "housing_fund_rate": "0.12", "housing_fund_employee_rate": "0.12",
                    "work_injury_rate": "0.004",
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
    // An endpoint that does nothing: what it takes to answer nothing is the floor below which no
    // calculation can come, and a machine with other work slows both.
    let nothing = [get(&address, "/healthz")];
    load::run(&address, &prepared, CONNECTIONS, WARM_UP, None).await?;
    let full = load::run(&address, &prepared, CONNECTIONS, DURATION / 2, None).await?;
    let full_floor = load::run(&address, &nothing, CONNECTIONS, DURATION / 2, None).await?;
    let half = full.per_second / 2;
    let (mut paced, mut floor) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let length = DURATION / ROUNDS;
        paced.push(load::run(&address, &prepared, CONNECTIONS, length, Some(half)).await?);
        floor.push(load::run(&address, &nothing, CONNECTIONS, length, Some(half)).await?);
    }
    let (paced, floor) = (joined(paced), joined(floor));
    let failed = full.failed + full_floor.failed + paced.failed + floor.failed;
    let at = |measured: &Measured, thousandths| milliseconds(measured.quantile(thousandths));
    Ok(vec![
        Measurement::new("http.calculations", full.per_second, "1/s")
            .against("/healthz", full_floor.per_second)
            .at_least(OF_HEALTHZ),
        Measurement::new("http.rate_at_half_load", paced.per_second, "1/s").against("asked", half),
        Measurement::new("http.p50_at_half_load", at(&paced, 500), "ms")
            .against("/healthz", at(&floor, 500)),
        Measurement::new("http.p99_at_half_load", at(&paced, 990), "ms")
            .against("/healthz", at(&floor, 990))
            .at_most_plus(2, 1),
        Measurement::new("http.failed", u64::try_from(failed)?, "answers").never(),
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
