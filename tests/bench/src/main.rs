//! The numbers to hold, measured, each beside its bound: a ratio to something measured in the same
//! run, of several runs the median.
//!
//! `engine` runs in this process; everything else goes through a server of its own, optimised as it
//! ships. Run it with `cargo xtask bench`, which builds what it needs.

mod activations;
mod attacks;
mod audit;
mod countries;
mod disk;
mod durations;
mod engine;
mod formulas;
mod http;
mod impact;
mod measurement;
mod packages;
mod payslip;
mod people;
mod replay;
mod table;
mod timing;
mod unlimited;
mod values;
mod versions;

use std::num::NonZeroU32;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use crate::measurement::Measurement;

/// What can be measured apart from the rest.
const GROUPS: [&str; 10] = [
    "engine",
    "payslip",
    "formulas",
    "http",
    "versions",
    "activations",
    "people",
    "impact",
    "results",
    "audit",
];

/// Measure the numbers to hold.
#[derive(Parser)]
struct Arguments {
    /// Print one JSON object instead of a table.
    #[arg(long)]
    json: bool,
    /// Only this group: engine, payslip, formulas, http, versions, activations, people, impact, results,
    /// audit.
    #[arg(long)]
    only: Option<String>,
    /// Attack a server instead, and watch who stands by; `--only` then names one attack.
    #[arg(long)]
    attacks: bool,
    /// Runs of which the median is shown.
    #[arg(long, default_value = "3")]
    runs: NonZeroU32,
    /// Measure the audit log with ten million entries instead of one: takes a quarter of an hour
    /// and some gigabytes.
    #[arg(long)]
    large: bool,
    /// The repository's root.
    #[arg(long, default_value = ".")]
    root: PathBuf,
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    if arguments.attacks {
        let measured = attacks::measure(arguments.only.as_deref()).await?;
        return Ok(report(&measured, arguments.json));
    }
    let mut groups = GROUPS.to_vec();
    groups.retain(|group| arguments.only.as_deref().is_none_or(|only| only == *group));
    anyhow::ensure!(!groups.is_empty(), "no such group; there are {}", GROUPS.join(", "));
    let mut measurements = Vec::new();
    for group in groups {
        let mut runs = Vec::new();
        for run in 1..=arguments.runs.get() {
            eprintln!("bench: {group}, run {run} of {}", arguments.runs);
            runs.push(measure(group, &arguments).await?);
        }
        measurements.extend(measurement::medians(runs));
    }
    Ok(report(&measurements, arguments.json))
}

/// Prints; a failure if a bound does not hold.
fn report(measurements: &[Measurement], as_json: bool) -> ExitCode {
    table::print(measurements, as_json);
    let all_hold = measurements.iter().all(Measurement::holds);
    if all_hold { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

async fn measure(group: &str, arguments: &Arguments) -> anyhow::Result<Vec<Measurement>> {
    let root = &arguments.root;
    match group {
        "engine" => engine::measure(root).await,
        "payslip" => countries::measure(root).await,
        "formulas" => formulas::measure(root).await,
        "http" => http::measure().await,
        "versions" => versions::measure(root).await,
        "activations" => activations::measure().await,
        "people" => people::measure().await,
        "impact" => impact::measure(root).await,
        "results" => replay::measure(root).await,
        "audit" => audit::measure(arguments.large).await,
        other => anyhow::bail!("no group {other}"),
    }
}
