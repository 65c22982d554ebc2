//! All recorded results of a tenant run again: to prove, before an engine or a machine is changed
//! or at the end of a year, that everybody's pay still comes out to the cent.
//!
//! One task reads batches; as many as there are cores run them in the tenant's turns, each with one
//! warm evaluator that it keeps while version and parameters stay the same. In memory are a few
//! pages of results.

use std::{
    collections::{HashMap, VecDeque},
    num::NonZeroUsize,
    sync::Arc,
    time::Duration,
};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use stele_compute::Turn;
use stele_digest::Digest;
use stele_engine::Failure;
use stele_ruleset::{Ruleset, Session};
use stele_store::{AuditDraft, Log, ResultRecord, Slot, Store, StoreError, TenantId};
use tokio::{sync::mpsc, task::JoinHandle};
use uuid::Uuid;

use super::{
    compare::{Difference, Replay},
    content::ResultContent,
    read::{RecordedBatch, ResultError, content_of},
    replay::{ReplayError, audit_difference, name_difference, run_again},
};
use crate::state::{actor::Actor, runtime::Runtime};

/// Results that one task runs: enough to amortise reading and leasing.
const PAGE: usize = 512;

/// How often a full engine is asked again, a moment later each time, before the replay gives up.
const PATIENCE: u32 = 20;

/// Which results.
#[derive(Debug, Clone, Default, PartialEq, Eq, stele_fields::FromFields, utoipa::ToSchema)]
#[fields(check = ReplayFilter::in_order)]
#[schema(as = ReplayRequest)]
pub struct ReplayFilter {
    /// Calculated for this date or a later one.
    pub from: Option<Date>,
    /// Calculated for this date or an earlier one.
    pub to: Option<Date>,
    /// In this slot.
    pub slot: Option<Slot>,
}

impl ReplayFilter {
    /// Whether the second date does not lie before the first.
    fn in_order(&self) -> Result<(), stele_fields::FieldError> {
        match (self.from, self.to) {
            (Some(from), Some(to)) if to < from => {
                let expected = format!("a date from {from} on");
                Err(stele_fields::FieldError::new("/to", &expected, &to.to_string()))
            }
            _ => Ok(()),
        }
    }

    fn takes(&self, record: &ResultRecord) -> bool {
        let head = &record.head;
        self.from.is_none_or(|from| from <= head.date)
            && self.to.is_none_or(|to| head.date <= to)
            && self.slot.as_ref().is_none_or(|slot| *slot == head.slot)
    }
}

/// What came of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplaySummary {
    /// Results that were run again.
    pub replayed: u64,
    /// Those that came out the same.
    pub identical: u64,
    /// Those that did not.
    pub different: u64,
    /// Those that are erased and can not be run again.
    pub erased: u64,
}

impl ReplaySummary {
    fn add(&mut self, other: Self) {
        self.replayed += other.replayed;
        self.identical += other.identical;
        self.different += other.different;
        self.erased += other.erased;
    }
}

impl Runtime {
    /// Runs all recorded results of a tenant again, those that the filter takes, and sends each
    /// that is not identical. Stops when nobody receives any more. One entry in the audit log at
    /// the end.
    pub async fn replay_all(
        self: &Arc<Self>,
        actor: &Actor,
        tenant: &TenantId,
        filter: ReplayFilter,
        different: mpsc::Sender<Replay>,
    ) -> Result<ReplaySummary, ReplayError> {
        let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        let mut summary = ReplaySummary::default();
        let mut running: VecDeque<Running> = VecDeque::new();
        let mut after = None;
        let mut reading = Some(self.read_page(tenant, after));
        while reading.is_some() || !running.is_empty() {
            if running.len() <= cores
                && let Some(page) = reading.take()
            {
                let records = page.await.map_err(|_| ReplayError::Stopped)??;
                let Some(last) = records.last() else { continue };
                after = Some(last.id.batch);
                reading = Some(self.read_page(tenant, after));
                let (runtime, tenant, filter) = (Arc::clone(self), tenant.clone(), filter.clone());
                running.push_back(Running(tokio::spawn(async move {
                    runtime.replay_page(&tenant, records, filter).await
                })));
                continue;
            }
            let Some(mut next) = running.pop_front() else { continue };
            let page = tokio::select! {
                // Whoever has gone has gone, also where the work is done already.
                biased;
                () = different.closed() => return Err(ReplayError::Stopped),
                page = &mut next.0 => page.map_err(|_| ReplayError::Stopped)??,
            };
            summary.add(page.summary);
            for replay in page.different {
                different.send(replay).await.map_err(|_| ReplayError::Stopped)?;
            }
        }
        let ReplaySummary { replayed, identical, different, erased } = summary;
        let counts = [replayed, identical, different, erased].map(|count| count.to_string());
        let counts: Vec<&str> = counts.iter().map(String::as_str).collect();
        let entry = AuditDraft {
            log: Log::Tenant(tenant.clone()),
            action: "result.replayed".to_owned(),
            subject: format!("{replayed} results, {different} different"),
            digest: Digest::of_texts(&counts),
            about: None,
        };
        self.note(actor, entry).await?;
        Ok(summary)
    }

    fn read_page(
        &self,
        tenant: &TenantId,
        after: Option<Uuid>,
    ) -> JoinHandle<Result<Vec<ResultRecord>, StoreError>> {
        let (store, tenant) = (self.store().clone(), tenant.clone());
        tokio::spawn(async move { store.results(&tenant, after, PAGE).await })
    }

    async fn replay_page(
        &self,
        tenant: &TenantId,
        records: Vec<ResultRecord>,
        filter: ReplayFilter,
    ) -> Result<Page, ReplayError> {
        let batches = batches(self.store().as_ref(), tenant, records).await?;
        // A page of contents is a megabyte of JSON.
        let sorting = tokio::task::spawn_blocking(move || sort(batches, &filter));
        let (mut page, by_version) = sorting.await.map_err(|_| ReplayError::Stopped)?;
        for mut kept in by_version.into_values() {
            // Dates with the same parameters stand together: their evaluator is kept.
            kept.sort_by_key(|kept| (kept.content.receipt.date, kept.record.id));
            let ruleset = match kept.first() {
                Some(kept) => {
                    let place = self.state().shelf.place(kept.content.receipt.digest);
                    place.open_patiently(tenant.shared(), self.engine(), self.store()).await
                }
                None => continue,
            };
            let ruleset: Arc<Ruleset> = match ruleset {
                Ok(ruleset) => ruleset,
                Err(error) => {
                    let reason = error.to_string();
                    for kept in &kept {
                        page.push(failed(&kept.record, reason.clone()));
                    }
                    continue;
                }
            };
            let session = ruleset.session(self.engine(), tenant.shared());
            let job = move |turn| run_all_again(session, kept, turn);
            for replay in self.run_patiently(tenant.shared(), job).await?? {
                page.push(replay);
            }
        }
        page.different.sort_by_key(|replay| replay.result);
        Ok(page)
    }
}

/// A result that can be run again.
struct Kept {
    record: ResultRecord,
    content: ResultContent,
    /// What differs in the audit log.
    changed: Option<Difference>,
}

/// Those that can be run again, by version; the page says of the others why not.
fn sort(batches: Vec<RecordedBatch>, filter: &ReplayFilter) -> (Page, HashMap<Digest, Vec<Kept>>) {
    let mut page = Page::default();
    let mut by_version: HashMap<Digest, Vec<Kept>> = HashMap::new();
    for batch in batches {
        let changed = audit_difference(&batch);
        for record in batch.results.into_iter().filter(|record| filter.takes(record)) {
            match content_of(&record) {
                Ok(content) => {
                    let version = by_version.entry(content.receipt.digest).or_default();
                    version.push(Kept { record, content, changed: changed.clone() });
                }
                Err(ResultError::Erased { .. }) => page.summary.erased += 1,
                Err(error) => page.push(unreadable(&record, &error)),
            }
        }
    }
    (page, by_version)
}

/// Runs results of one version again, in turns with others.
async fn run_all_again(
    mut session: Session,
    kept: Vec<Kept>,
    turn: Turn,
) -> Result<Vec<Replay>, ReplayError> {
    let mut replays = Vec::with_capacity(kept.len());
    for Kept { record, content, changed } in kept {
        turn.pass().await;
        let replay = patiently(&mut session, &content).await?;
        replays.push(replay.with(name_difference(record.id, &content)).with(changed));
    }
    Ok(replays)
}

/// A page that is being run again. It ends when nobody waits for it any more.
struct Running(JoinHandle<Result<Page, ReplayError>>);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// What came of one page.
#[derive(Default)]
struct Page {
    summary: ReplaySummary,
    different: Vec<Replay>,
}

impl Page {
    fn push(&mut self, replay: Replay) {
        self.summary.replayed += 1;
        if replay.identical {
            self.summary.identical += 1;
        } else {
            self.summary.different += 1;
            self.different.push(replay);
        }
    }
}

/// Whole batches, as [`Store`] gives them, each with its audit entry.
async fn batches(
    store: &dyn Store,
    tenant: &TenantId,
    records: Vec<ResultRecord>,
) -> Result<Vec<RecordedBatch>, StoreError> {
    let mut grouped: Vec<Vec<ResultRecord>> = Vec::new();
    for record in records {
        match grouped.last_mut() {
            Some(group) if group.last().is_some_and(|last| last.id.batch == record.id.batch) => {
                group.push(record);
            }
            _ => grouped.push(vec![record]),
        }
    }
    let mut batches = Vec::with_capacity(grouped.len());
    for results in grouped {
        batches.push(RecordedBatch::with(store, tenant, results).await?);
    }
    Ok(batches)
}

/// Waits for room: others use the engine as well.
async fn patiently(session: &mut Session, content: &ResultContent) -> Result<Replay, ReplayError> {
    let mut attempts = 0;
    loop {
        match run_again(session, content, content.has_steps()).await {
            Ok((replay, _)) => return Ok(replay),
            Err(failure @ Failure::Saturated { .. }) if attempts == PATIENCE => {
                return Err(ReplayError::Saturated(failure));
            }
            Err(_) => {
                attempts += 1;
                tokio::time::sleep(Duration::from_millis(100) * attempts).await;
            }
        }
    }
}

fn failed(record: &ResultRecord, reason: String) -> Replay {
    without_a_run(record, Difference::Failed { reason })
}

fn unreadable(record: &ResultRecord, error: &ResultError) -> Replay {
    without_a_run(record, Difference::Content { reason: error.to_string() })
}

/// A result of which nothing but its place is known.
fn without_a_run(record: &ResultRecord, difference: Difference) -> Replay {
    Replay {
        result: Some(record.id),
        identical: false,
        recorded: None,
        replayed: None,
        differences: vec![difference],
    }
}
