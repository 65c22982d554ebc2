//! An impact report over 10,000 employees and twelve months: the whole way over HTTP, from the
//! request to the finished report, employees read from the database.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use payroll_cn::ChinaPayroll;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use stele_engine::Engine;

use crate::countries::chinese;
use crate::durations::milliseconds;
use crate::http::server;
use crate::measurement::Measurement;
use crate::packages::Template;
use crate::payslip::Payslip;
use crate::timing::in_turn;

const EMPLOYEES: u32 = 10_000;
const MONTHS: [&str; 12] = [
    "2025-01-31",
    "2025-02-28",
    "2025-03-31",
    "2025-04-30",
    "2025-05-31",
    "2025-06-30",
    "2025-07-31",
    "2025-08-31",
    "2025-09-30",
    "2025-10-31",
    "2025-11-30",
    "2025-12-31",
];
/// Times the native formulas alone, on all cores: facts are resolved, digested and compared, amounts
/// are added up, employees are read from the database.
const OF_NATIVE: u32 = 40;
/// Longer than any report may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// Measures a candidate that changes nothing and one with another cap of contributions.
pub(crate) async fn measure(root: &Path) -> anyhow::Result<Vec<Measurement>> {
    let template = Template::read(root)?;
    let (server, client) = server().await?;
    let operator = server.operator();
    let employees: Vec<String> =
        (0..EMPLOYEES).map(|number| employee(number).to_string()).collect();
    let path = client.path("employees/import");
    let imported =
        client.post_bytes(&path, "application/x-ndjson", employees.join("\n").into_bytes());
    imported.await?.ok()?;

    let unchanged = template.package("3000.0.0", 1)?;
    let changed = template.with("parameters.toml", "cap = \"35811\"", "cap = \"36000\"")?;
    for package in [unchanged, changed.package("3000.0.1", 1)?] {
        operator
            .post_bytes("/v1/rulesets", "application/vnd.stele.package", package)
            .await?
            .ok()?;
    }
    // Each report calculates everything by two versions. What that takes without a sandbox on the
    // cores of this machine; the months of the report cost what any month does.
    let engine = Engine::new(stele_engine::Settings::default())?;
    let slip = Payslip::new(&engine, root, "cn/payroll", "2025-09-30", &chinese()).await?;
    let [native] = in_turn([&mut slip.native::<ChinaPayroll>()?])?;
    let evaluations = Decimal::from(EMPLOYEES) * Decimal::from(2 * MONTHS.len());
    let cores = Decimal::from(std::thread::available_parallelism().map_or(1, usize::from));
    let native = (native * evaluations / cores / Decimal::from(1_000_000)).round_dp(1);
    let mut measurements = Vec::new();
    for (version, name, differences) in [
        ("3000.0.0", "impact.unchanged", "none"),
        ("3000.0.1", "impact.10000_employees_12_months", "some"),
    ] {
        let asking = json!({
            "slot": "cn/payroll",
            "candidate": { "ruleset": "cn/payroll", "version": version },
            "population": { "all": true },
            "dates": MONTHS,
        });
        let begun = Instant::now();
        let asked = client.post(&client.path("impact-reports"), &asking).await?.ok()?;
        let path =
            client.path(&format!("impact-reports/{}", asked["id"].as_str().context("no id")?));
        let report = loop {
            let report = client.get(&path).await?.ok()?;
            if report["state"] != "running" {
                break report;
            }
            if begun.elapsed() > PATIENCE {
                bail!("the report {name} does not end: {}", report["progress"]);
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        };
        let taken = begun.elapsed();
        let content = &report["content"];
        let failing = &content["failing_in_both"];
        if content["employees"] != EMPLOYEES
            || *failing != 0
            || content["differences"] != differences
        {
            bail!("{name} is not what was to be measured: {}, failing {failing}", report["state"]);
        }
        measurements.push(
            Measurement::new(name, milliseconds(taken), "ms")
                .against("native formulas", native)
                .at_most(OF_NATIVE),
        );
    }
    Ok(measurements)
}

/// An employee in Beijing with a year of the facts that a payslip needs.
fn employee(number: u32) -> Value {
    let from = |value: &str| json!([{ "from": "2025-01-01", "value": value }]);
    let months: Vec<Value> = (1..=12)
        .map(|month| json!({ "from": format!("2025-{month:02}-01"), "value": month }))
        .collect();
    let gross = format!("{}.78", 8_000 + number % 5_000 * 11);
    json!({
        "id": format!("e-{number:05}"),
        "attributes": {
            "income_kind": from("wages"),
            "tax_residence": from("resident"),
            "gross": from(&gross),
            "months_employed": months,
            "city": from("beijing"),
            "contribution_base": from(&gross),
            "housing_fund_base": from(&gross),
            "housing_fund_rate": from("0.12"),
            "housing_fund_employee_rate": from("0.12"),
            "work_injury_rate": from("0.004"),
            "additional_deductions": from("2000"),
            "earlier_gross": from("0"),
            "earlier_contributions": from("0"),
            "earlier_additional_deductions": from("0"),
            "earlier_tax_withheld": from("0"),
        },
    })
}
