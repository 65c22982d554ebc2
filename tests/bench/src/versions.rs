//! What versions cost: publication with 100 cases, a swap, a start with 1,000 of them.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use serde_json::{Value, json};
use stele_end_to_end::{Client, Server};

use crate::durations::{milliseconds, quantile};
use crate::http::{requests, server};
use crate::measurement::Measurement;
use crate::packages::Template;

const CASES: usize = 100;
const VERSIONS: usize = 1_000;
const SWAPS: usize = 200;
/// How long a swap may stay unseen before the measurement gives up.
const PATIENCE: Duration = Duration::from_secs(1);

/// Measures publication, swap and start, in this order, on one server.
pub(crate) async fn measure(root: &Path) -> anyhow::Result<Vec<Measurement>> {
    let template = Template::read(root)?;
    let (mut server, client) = server().await?;
    let operator = server.operator();

    // Every component is compiled once a publication; what that takes without anything of ours.
    let begun = Instant::now();
    compile(template.component()?)?;
    let compiled = begun.elapsed();
    let package = template.package("3000.0.0", CASES)?;
    let begun = Instant::now();
    publish(&operator, package).await?;
    let publication = begun.elapsed();

    publish(&operator, template.package("3000.0.1", 1)?).await?;
    let mut acknowledgements = Vec::new();
    let mut visible = Vec::new();
    let mut calculations = Vec::new();
    let mut old = 0_u64;
    for swap in 0..SWAPS {
        let version = if swap % 2 == 0 { "3000.0.0" } else { "3000.0.1" };
        let begun = Instant::now();
        activate(&client, version).await?;
        acknowledgements.push(begun.elapsed());
        let acknowledged = Instant::now();
        while answering_version(&client).await? != version {
            old += 1;
            if acknowledged.elapsed() > PATIENCE {
                bail!("{version} is not visible {PATIENCE:?} after the acknowledgement");
            }
        }
        visible.push(acknowledged.elapsed());
        let begun = Instant::now();
        answering_version(&client).await?;
        calculations.push(begun.elapsed());
    }

    let started_empty = restart(&mut server).await?;
    let operator = server.operator();
    for number in 0..VERSIONS {
        publish(&operator, template.package(&format!("3001.0.{number}"), 1)?).await?;
    }
    let started = restart(&mut server).await?;
    Ok(vec![
        Measurement::new("publication.100_cases", milliseconds(publication), "ms")
            .against("compiling the rule", milliseconds(compiled))
            .at_most(3),
        Measurement::new("swap.old_answers", old, "answers").never(),
        Measurement::new(
            "swap.acknowledged_p99",
            milliseconds(quantile(acknowledgements, 990)),
            "ms",
        ),
        Measurement::new("swap.visible_p99", milliseconds(quantile(visible, 990)), "ms")
            .against("the next calculation", milliseconds(quantile(calculations, 990)))
            .at_most_plus(2, 1),
        Measurement::new("start.1000_versions", milliseconds(started), "ms")
            .against("start with three", milliseconds(started_empty))
            .at_most_plus(5, 100),
    ])
}

/// Kills the server and starts it again: until it says that it is ready.
async fn restart(server: &mut Server) -> anyhow::Result<Duration> {
    server.kill()?;
    let begun = Instant::now();
    server.restart().await?;
    Ok(begun.elapsed())
}

/// Compiles a component with a bare wasmtime.
fn compile(bytes: &[u8]) -> anyhow::Result<()> {
    let engine = wasmtime::Engine::default();
    wasmtime::component::Component::new(&engine, bytes)
        .map(drop)
        .map_err(|error| anyhow::anyhow!("{error:#}"))
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
