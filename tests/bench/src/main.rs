//! The numbers to hold, measured, each beside its bound.
//!
//! `engine` runs in this process; everything else goes through a server of its own, optimised as it
//! ships. Run it with `cargo xtask bench`, which builds what it needs.

mod activations;
mod audit;
mod countries;
mod engine;
mod http;
mod impact;
mod measurement;
mod packages;
mod payslip;
mod replay;
mod timing;
mod unlimited;
mod values;
mod versions;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

/// Measure the numbers to hold.
#[derive(Parser)]
struct Arguments {
    /// Print one JSON object instead of a table.
    #[arg(long)]
    json: bool,
    /// Only this group: engine, payslip, http, versions, activations, impact, results, audit.
    #[arg(long)]
    only: Option<String>,
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
    let wanted = |group: &str| arguments.only.as_deref().is_none_or(|only| only == group);
    let mut measurements = Vec::new();
    if wanted("engine") {
        measurements.extend(engine::measure(&arguments.root).await?);
    }
    if wanted("payslip") {
        measurements.extend(countries::measure(&arguments.root).await?);
    }
    if wanted("http") {
        measurements.extend(http::measure().await?);
    }
    if wanted("versions") {
        measurements.extend(versions::measure(&arguments.root).await?);
    }
    if wanted("activations") {
        measurements.extend(activations::measure().await?);
    }
    if wanted("impact") {
        measurements.extend(impact::measure(&arguments.root).await?);
    }
    if wanted("results") {
        measurements.extend(replay::measure(&arguments.root).await?);
    }
    if wanted("audit") {
        measurements.extend(audit::measure(arguments.large).await?);
    }
    anyhow::ensure!(
        !measurements.is_empty(),
        "no such group; there are engine, payslip, http, versions, activations, impact, results, audit"
    );
    measurement::print(&measurements, arguments.json);
    let all_hold = measurements.iter().all(measurement::Measurement::holds);
    Ok(if all_hold { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
