//! The demo behind `cargo xtask demo`: from nothing to 200 payslips, and a server to play with.
//!
//! Starts the built server on 127.0.0.1:8080 with its data in `./data`, publishes and activates the
//! rulesets, runs March 2026 for 200 employees through the chain over HTTP, checks every answer by
//! arithmetic of its own, and prints one payslip in full. Start at [`story`].

mod chain;
mod check;
mod payslip;
mod population;
mod process;

use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use clap::Parser;
use serde_json::{Value, json};
use stele_end_to_end::Client;
use tokio::signal::unix::{SignalKind, signal};

use self::chain::Month;
use self::process::Process;

/// The rulesets of the demo: folder, slot in which it is activated, published by the tenant itself.
const RULESETS: [(&str, &str, bool); 4] = [
    ("cn/labor-law", "attendance", false),
    ("acme/points", "points", true),
    ("acme/sales-performance", "performance", true),
    ("cn/payroll", "payroll", false),
];

/// Day from which the demo's activations hold.
const VALID_FROM: &str = "2026-01-01";

/// The employee whose payslip is printed.
const SHOWN: &str = "E140";

/// Run a month for 200 employees through a real server and check every answer.
#[derive(Parser)]
struct Arguments {
    /// End after the summary instead of serving.
    #[arg(long)]
    once: bool,
    /// The repository's root.
    #[arg(long, default_value = ".")]
    root: PathBuf,
    /// The server's binary.
    #[arg(long, default_value = "target/debug/stele")]
    stele: PathBuf,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let (process, mut running) = Process::start(&arguments.root, &arguments.stele).await?;
    let told = tokio::select! {
        told = story(&process, &arguments.root, arguments.once) => told,
        error = running.ended() => return Err(error),
        _ = interrupt.recv() => Ok(()),
        _ = terminate.recv() => Ok(()),
    };
    running.stop().await?;
    told
}

/// Ends after the summary if it is told but once, else never.
async fn story(process: &Process, root: &Path, once: bool) -> anyhow::Result<()> {
    let operator = process.operator();
    operator.post("/v1/tenants", &json!({"id": "acme", "name": "Acme"})).await?.ok()?;
    let client = process.tenant_client(&operator, "acme").await?;
    println!(
        "server   http://{}  tenant acme  data {}",
        process::ADDRESS,
        process.data().display()
    );

    let mut digests = Vec::new();
    for (name, slot, own) in RULESETS {
        let package = process.package(root, name)?;
        let path = if own { client.path("rulesets") } else { "/v1/rulesets".to_owned() };
        let publisher = if own { &client } else { &operator };
        let published =
            publisher.post_bytes(&path, process::PACKAGE, package).await?.ok().context(name)?;
        let proposal = json!({
            "slot": slot, "ruleset": name, "version": published["version"], "valid_from": VALID_FROM,
        });
        client.put_in_force(&proposal).await.context(name)?;
        let digest = published["digest"].as_str().context("no digest")?;
        println!(
            "in force {slot:<12} {name} {}  {}…  (proposed by demo, approved by compliance)",
            text(&published["version"]),
            &digest[..19.min(digest.len())]
        );
        digests.push(published["digest"].clone());
    }

    let people = population::people();
    let lines: String = people
        .iter()
        .map(|person| format!("{}\n", json!({"id": person.id, "attributes": person.attributes()})))
        .collect();
    let path = client.path("employees/import");
    client.post_bytes(&path, "application/x-ndjson", lines.into_bytes()).await?.ok()?;
    println!("imported {} employees in four cities", people.len());

    check::worked_example(&client).await?;
    println!("checked  the tax administration's worked example: 555, 625, 1,850");

    let months = chain::run(&client, &people).await?;
    let payroll = digests.last().context("no ruleset")?;
    for (person, month) in people.iter().zip(&months) {
        check::payslip(month, payroll).with_context(|| person.id.clone())?;
    }
    for month in months.iter().step_by(10) {
        check::repeats(&client, month).await?;
    }
    println!(
        "checked  {} payslips: they add up, and their tax is that of the law's table\n",
        months.len()
    );

    let shown = people.iter().position(|person| person.id == SHOWN).context("nobody to show")?;
    show(&client, &months[shown]).await?;
    payslip::summary(&people, &months);
    let example = process.example(root, &months[shown].payroll_request)?;
    payslip::next_steps(&client, &example);
    if once {
        return Ok(());
    }
    println!("\nServing on http://{} until interrupted (Ctrl-C).", process::ADDRESS);
    std::future::pending().await
}

async fn show(client: &Client, month: &Month) -> anyhow::Result<()> {
    let mut request = month.payroll_request.clone();
    request["explain"] = json!(true);
    for language in ["en", "zh"] {
        let path = client.path("calculations");
        let request = client
            .request(reqwest::Method::POST, &path)
            .header("accept-language", language)
            .json(&request);
        let response = request.send().await?;
        ensure!(response.status().is_success(), "{}", response.text().await?);
        let answer: Value = serde_json::from_str(&response.text().await?)?;
        payslip::show(SHOWN, language, &answer);
    }
    Ok(())
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
