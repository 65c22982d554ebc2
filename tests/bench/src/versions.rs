//! What versions cost: publication with 100 cases, a swap, a start with 1,000 of them.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use stele_end_to_end::Client;

use crate::http::{requests, server};
use crate::measurement::Measurement;
use crate::packages::Template;

const CASES: usize = 100;
const VERSIONS: usize = 1_000;
const SWAPS: usize = 200;

/// Measures publication, swap and start, in this order, on one server.
pub(crate) async fn measure(root: &Path) -> anyhow::Result<Vec<Measurement>> {
    let template = Template::read(root)?;
    let (mut server, client) = server().await?;
    let operator = server.operator();

    let package = template.package("3000.0.0", CASES)?;
    let start = Instant::now();
    publish(&operator, package).await?;
    let publication = start.elapsed();

    publish(&operator, template.package("3000.0.1", 1)?).await?;
    let mut acknowledgements = Vec::new();
    let mut visible = Vec::new();
    for swap in 0..SWAPS {
        let version = if swap % 2 == 0 { "3000.0.0" } else { "3000.0.1" };
        let start = Instant::now();
        activate(&client, version).await?;
        acknowledgements.push(start.elapsed());
        let acknowledged = Instant::now();
        while answering_version(&client).await? != version {
            if acknowledged.elapsed() > Duration::from_secs(1) {
                bail!("{version} is not visible a second after the acknowledgement");
            }
        }
        visible.push(acknowledged.elapsed());
    }

    for number in 0..VERSIONS {
        publish(&operator, template.package(&format!("3001.0.{number}"), 1)?).await?;
    }
    server.kill()?;
    let start = Instant::now();
    server.restart().await?;
    let started = start.elapsed();

    let worst = |mut durations: Vec<Duration>| {
        durations.sort_unstable();
        durations.last().copied().unwrap_or_default()
    };
    let milliseconds = |duration: Duration| {
        (Decimal::from(duration.as_micros()) / Decimal::from(1000)).round_dp(2)
    };
    Ok(vec![
        Measurement::at_most("publication.100_cases", milliseconds(publication), "ms", 1000.into()),
        Measurement::plain("swap.acknowledged_worst", milliseconds(worst(acknowledgements)), "ms"),
        Measurement::at_most("swap.visible_worst", milliseconds(worst(visible)), "ms", 10.into()),
        Measurement::at_most("start.1000_versions", milliseconds(started), "ms", 1000.into()),
    ])
}

async fn publish(operator: &Client, package: Vec<u8>) -> anyhow::Result<Value> {
    operator.post_bytes("/v1/rulesets", "application/vnd.stele.package", package).await?.ok()
}

async fn activate(client: &Client, version: &str) -> anyhow::Result<()> {
    let proposal = json!({
        "slot": "cn/payroll", "ruleset": "cn/payroll", "version": version, "valid_from": "2019-01-01",
    });
    client.put_in_force(&proposal).await.map(drop)
}

async fn answering_version(client: &Client) -> anyhow::Result<String> {
    let request = requests().into_iter().next().context("no request")?;
    let answer = client.post(&client.path("calculations"), &request).await?.ok()?;
    Ok(answer["receipt"]["version"].as_str().context("no version")?.to_owned())
}
