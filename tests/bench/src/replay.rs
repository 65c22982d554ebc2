//! What recorded results cost: recording them durably, and running all of them again.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use payroll_cn::ChinaPayroll;
use rust_decimal::Decimal;
use serde_json::{Map, Value};
use stele_engine::Engine;
use stele_runtime::{
    ActivationDraft, Actor, CalculationRequest, LARGEST_RECORDING, Policy, Precondition, Recording,
    ReplayFilter, Runtime, Scope, Settings, Slot, TenantId,
};

use crate::countries::chinese;
use crate::disk;
use crate::durations::a_second;
use crate::http::requests;
use crate::measurement::Measurement;
use crate::packages::Template;
use crate::payslip::Payslip;
use crate::timing::in_turn;

const RESULTS: usize = 100_000;

/// Results recorded, calculated and digested included, while a plain file takes the same bytes, once
/// for each commit flushed, for one result.
const OF_PLAIN: Decimal = Decimal::from_parts(5, 0, 0, false, 2);

/// Results run again for one native formula on all cores.
const OF_NATIVE: Decimal = Decimal::from_parts(1, 0, 0, false, 2);

/// Measures recording, then replay, on a data folder of its own.
pub(crate) async fn measure(root: &Path) -> anyhow::Result<Vec<Measurement>> {
    let data = tempfile::tempdir()?;
    let runtime = Runtime::open(data.path(), Settings::default()).await?;
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

    let before = disk::size(data.path())?;
    let recording = record(&runtime, &actor, &tenant).await?;
    let bytes = disk::size(data.path())?.saturating_sub(before);
    let commits = RESULTS.div_ceil(LARGEST_RECORDING);
    let folder = data.path().to_owned();
    let plain = move || disk::write_and_flush(&folder, bytes, commits as u64);
    let plain = tokio::task::spawn_blocking(plain).await??;

    let engine = Engine::new(stele_engine::Settings::default())?;
    let slip = Payslip::new(&engine, root, "cn/payroll", "2025-09-30", &chinese()).await?;
    let [native] = in_turn([&mut slip.native::<ChinaPayroll>()?])?;
    let cores = Decimal::from(std::thread::available_parallelism().map_or(1, usize::from));
    let native = (cores * Decimal::from(1_000_000_000) / native).round();

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
        Measurement::new("results.recorded", a_second(RESULTS as u64, recording), "1/s")
            .against("writing and flushing", a_second(RESULTS as u64, plain))
            .at_least(OF_PLAIN),
        Measurement::new("results.bytes", bytes / RESULTS as u64, "bytes/result"),
        Measurement::new("results.replayed", a_second(RESULTS as u64, replay), "1/s")
            .against("native formulas", native)
            .at_least(OF_NATIVE),
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
                        employment: None,
                        outside_employment: false,
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
