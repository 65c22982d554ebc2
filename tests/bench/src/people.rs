//! Two hundred thousand people: imported, and each given a raise by a file that is merged. While
//! that is done another tenant calculates, and must not notice.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::ensure;
use rust_decimal::Decimal;
use serde_json::json;
use stele_end_to_end::{Client, repository};

use crate::durations::{milliseconds, quantile};
use crate::http::server;
use crate::measurement::Measurement;

const PEOPLE: usize = 200_000;
/// Between two calculations of the bystander.
const PAUSE: Duration = Duration::from_millis(10);
/// How long the bystander is watched while nothing else happens.
const QUIET: Duration = Duration::from_secs(5);
/// Times the mere reading of the people's file on one core, 30 ms on a machine of two cores where
/// 20 seconds for an import and 30 for a merge are promised. Beyond the reading each person is
/// checked, compared, sealed, written and flushed.
const IMPORT_OF_READING: u32 = 670;
/// As above, for a merge, which also reads what is there.
const MERGE_OF_READING: u32 = 1_000;
/// Of the bystander's time when it is quiet, as promised.
const OF_QUIET: Decimal = Decimal::from_parts(12, 0, 0, false, 1);

/// Measures.
pub(crate) async fn measure() -> anyhow::Result<Vec<Measurement>> {
    let (server, client) = server().await?;
    let operator = server.operator();
    let bystander = server.tenant(&operator, "bystander").await?;
    let folder = repository().join("rulesets/cn/payroll");
    server.publish_and_activate(&operator, &bystander, &folder, "cn/payroll").await?;
    let file: String = std::iter::once(HEADER.to_owned()).chain((0..PEOPLE).map(person)).collect();
    let raises: String = std::iter::once("id,from,gross\n".to_owned())
        .chain(
            (0..PEOPLE).map(|number| format!("p{number:06},2026-06-01,{}\n", 40_000 + number % 90)),
        )
        .collect();

    let begun = Instant::now();
    for row in csv::Reader::from_reader(file.as_bytes()).records() {
        ensure!(row?.len() == COLUMNS, "not a person");
    }
    let reading = begun.elapsed();

    let quiet = watched(&bystander, tokio::time::sleep(QUIET)).await?.1;
    let (taken, importing) = watched(&bystander, import(&client, file)).await?;
    let imported = taken?;
    let (taken, merging) = watched(&bystander, import(&client, raises)).await?;
    let merged = taken?;
    let p99 = |seen: &[Duration]| milliseconds(quantile(seen.to_vec(), 990));
    let against_quiet = |name: &'static str, seen: &[Duration]| {
        Measurement::new(name, p99(seen), "ms")
            .against("p99 when it is quiet", p99(&quiet))
            .at_most(OF_QUIET)
    };
    Ok(vec![
        Measurement::new("people.imported_200000", milliseconds(imported), "ms")
            .against("reading the people's file", milliseconds(reading))
            .at_most(IMPORT_OF_READING),
        Measurement::new("people.raised_200000", milliseconds(merged), "ms")
            .against("reading the people's file", milliseconds(reading))
            .at_most(MERGE_OF_READING),
        against_quiet("people.others_p99_while_imported", &importing),
        against_quiet("people.others_p99_while_raised", &merging),
    ])
}

const HEADER: &str = "id,from,gross,months_employed,income_kind,tax_residence,city,\
                      housing_fund_rate,work_injury_rate,family_name,cost_centre\n";
const COLUMNS: usize = 11;

/// A person of the usual size.
fn person(number: usize) -> String {
    let gross = 30_000 + number % 700;
    format!(
        "p{number:06},2026-01-01,{gross},9,wages,resident,beijing,0.12,0.004,Family {number},c{}\n",
        number % 50
    )
}

async fn import(client: &Client, file: String) -> anyhow::Result<Duration> {
    let begun = Instant::now();
    let path = client.path("employees/import");
    let report = client.post_bytes(&path, "text/csv", file.into_bytes()).await?.ok()?;
    let taken = begun.elapsed();
    ensure!(report["rows"] == PEOPLE, "not everybody was imported: {report}");
    Ok(taken)
}

/// Does something while a bystander calculates; how long each calculation took.
async fn watched<T>(
    bystander: &Client,
    doing: impl Future<Output = T>,
) -> anyhow::Result<(T, Vec<Duration>)> {
    let over = Arc::new(AtomicBool::new(false));
    let (client, ends) = (bystander.clone(), over.clone());
    let watching = tokio::spawn(async move {
        let path = client.path("calculations");
        let body = json!({
            "slot": "cn/payroll", "date": "2025-09-30", "facts": crate::countries::chinese(),
        });
        let mut seen = Vec::new();
        while !ends.load(Ordering::Relaxed) {
            let begun = Instant::now();
            client.post(&path, &body).await?.ok()?;
            seen.push(begun.elapsed());
            tokio::time::sleep(PAUSE).await;
        }
        anyhow::Ok(seen)
    });
    let done = doing.await;
    over.store(true, Ordering::Relaxed);
    Ok((done, watching.await??))
}
