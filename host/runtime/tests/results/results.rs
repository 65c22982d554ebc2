//! Recorded results, for the tests.

use std::sync::Arc;

use serde_json::json;
use stele_runtime::{
    CalculationRequest, CalculationResult, Recording, Replay, ReplayFilter, ReplaySummary,
    ResultFilter, ResultId, Runtime,
};

use crate::support::{acme, employee, facts, request, somebody};

/// The number, to be recorded.
pub(crate) fn of_number(number: i64) -> CalculationRequest {
    CalculationRequest { facts: facts(json!(number)), record: true, ..request() }
}

/// Calculates these and records them with one commit.
pub(crate) async fn recorded(
    runtime: &Runtime,
    requests: Vec<CalculationRequest>,
) -> Vec<(ResultId, CalculationResult)> {
    let mut recording = Recording::new(&acme());
    let mut results = Vec::new();
    for request in requests {
        let mut result = runtime.calculate(&acme(), request).await.unwrap();
        results.push((recording.add(&mut result).unwrap(), result));
    }
    runtime.record(&somebody(), recording, None).await.unwrap();
    results
}

pub(crate) async fn one(runtime: &Runtime, request: CalculationRequest) -> ResultId {
    recorded(runtime, vec![request]).await[0].0
}

pub(crate) async fn replayed(runtime: &Runtime, id: ResultId) -> Replay {
    runtime.replay(&somebody(), &acme(), id).await.unwrap()
}

/// All results of an employee.
pub(crate) fn of_employee(name: &str) -> ResultFilter {
    ResultFilter { employee: Some(employee(name)), ..ResultFilter::default() }
}

/// Runs all again: the summary, and what is not identical.
pub(crate) async fn all_replayed(
    runtime: &Arc<Runtime>,
    filter: ReplayFilter,
) -> (ReplaySummary, Vec<Replay>) {
    let (sender, mut receiver) = tokio::sync::mpsc::channel(16);
    let working = runtime.clone();
    let summary = tokio::spawn(async move {
        working.replay_all(&somebody(), &acme(), filter, sender).await.unwrap()
    });
    let mut different = Vec::new();
    while let Some(replay) = receiver.recv().await {
        different.push(replay);
    }
    (summary.await.unwrap(), different)
}
