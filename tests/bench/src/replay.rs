//! What recorded results cost: recording them durably, and running all of them again.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use rust_decimal::Decimal;
use serde_json::{Map, Value};
use stele_runtime::{
    ActivationDraft, Actor, CalculationRequest, LARGEST_RECORDING, Policy, Precondition, Recording,
    ReplayFilter, Runtime, Scope, Settings, Slot, TenantId,
};

use crate::http::requests;
use crate::measurement::Measurement;
use crate::packages::Template;

const RESULTS: usize = 100_000;

/// Results a second that must be run again at least.
const RATE: u32 = 20_000;

/// Measures recording, then replay, on a data folder of its own.
pub(crate) async fn measure(root: &Path) -> anyhow::Result<Vec<Measurement>> {
    let data = tempfile::tempdir()?;
    let runtime = Runtime::open(data.path(), Settings::default())?;
    let (actor, tenant) = (Actor::console(), TenantId::new("acme")?);
    runtime.create_tenant(&actor, tenant.clone(), "Acme").await?;
    let package = Template::read(root)?.package("3000.0.0", 1)?;
    runtime.publish(&actor, Scope::Everyone, package).await?;
    let policy = serde_json::to_value(Policy::without_approvals())?;
    runtime.put_policy(&actor, Some(&tenant), Precondition::None, policy).await?;
    let activation = ActivationDraft {
        slot: "cn/payroll".to_owned(),
        ruleset: "cn/payroll".to_owned(),
        version: "3000.0.0".to_owned(),
        valid_from: "2019-01-01".parse()?,
    };
    runtime.activate(&actor, &tenant, activation).await?;

    let recording = record(&runtime, &actor, &tenant).await?;
    let start = Instant::now();
    let (sender, mut receiver) = tokio::sync::mpsc::channel(16);
    let counting = tokio::spawn(async move {
        let mut different = 0_usize;
        while receiver.recv().await.is_some() {
            different += 1;
        }
        different
    });
    let summary = runtime.replay_all(&actor, &tenant, ReplayFilter::default(), sender).await?;
    let replay = start.elapsed();
    let different = counting.await?;
    ensure!(
        summary.identical == RESULTS as u64 && different == 0,
        "not all results came out the same: {summary:?}"
    );
    Ok(vec![
        Measurement::plain("results.recorded", rate(recording), "1/s"),
        Measurement::at_least("results.replayed", rate(replay), "1/s", RATE.into()),
    ])
}

/// Calculates and records, commit after commit, one worker a core.
async fn record(
    runtime: &Arc<Runtime>,
    actor: &Actor,
    tenant: &TenantId,
) -> anyhow::Result<Duration> {
    let facts: Vec<Map<String, Value>> = requests()
        .into_iter()
        .map(|request| request["facts"].as_object().cloned().context("no facts"))
        .collect::<anyhow::Result<_>>()?;
    let facts = Arc::new(facts);
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let start = Instant::now();
    let mut working = tokio::task::JoinSet::new();
    for worker in 0..workers {
        let (runtime, actor, tenant) = (runtime.clone(), actor.clone(), tenant.clone());
        let facts = facts.clone();
        working.spawn(async move {
            let slot = Slot::new("cn/payroll")?;
            let mut calculator = runtime.calculator(&tenant);
            let own = (worker..RESULTS).step_by(workers).collect::<Vec<_>>();
            for chunk in own.chunks(LARGEST_RECORDING) {
                let mut recording = Recording::new(&tenant);
                for number in chunk {
                    let request = CalculationRequest {
                        slot: slot.clone(),
                        date: "2025-09-30".parse()?,
                        known_at: None,
                        employee: None,
                        facts: facts[number % facts.len()].clone(),
                        explain: false,
                        record: true,
                    };
                    recording.add(&mut calculator.calculate(request).await?)?;
                }
                runtime.record(&actor, recording, None).await?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(done) = working.join_next().await {
        done??;
    }
    Ok(start.elapsed())
}

fn rate(duration: Duration) -> Decimal {
    let microseconds = Decimal::from(duration.as_micros().max(1));
    (Decimal::from(RESULTS) * Decimal::from(1_000_000) / microseconds).round_dp(0)
}
