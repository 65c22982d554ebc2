//! A report from the moment in which it is asked for: kept as running, then as finished with its
//! content or as failed with its reason, each with its entry in the audit log. The log holds the
//! content's digest; who listed which employees is kept nowhere, only how many they are.

use std::sync::Arc;
use std::time::Duration;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use stele_digest::Digest;
use stele_store::{
    Effect, Expectation, ImpactReportRecord, ImpactState, Slot, StoreError, TenantId,
};
use tokio::sync::watch;
use tokio::time::{Instant, timeout_at};
use uuid::Uuid;

use super::asked::{Asked, asked, unreadable};
use super::content::{CommonFacts, ImpactContent, ImpactVersion, PopulationKind};
use super::covered::{Computed, Covered};
use super::entered::Entered;
use super::making::Report;
use super::paid::PaidFilter;
use super::plan::Draft;
use super::population::Census;
use super::request::{ImpactError, ImpactRequest};
use super::stop::Stop;
use crate::state::running::ImpactProgress;
use crate::state::{
    actor::Actor,
    idempotency::response_of,
    runtime::{Runtime, no_effect, store_error},
};

/// How far a report has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImpactStage {
    /// It is being made.
    Running,
    /// It is finished; its content can be read.
    Finished,
    /// It could not be made.
    Failed,
}

/// A report without its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ImpactReport {
    /// Its identifier.
    pub id: Uuid,
    /// How far it has come.
    pub state: ImpactStage,
    /// How many calculations are done, while it is being made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress: Option<ImpactProgress>,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The slot.
    pub slot: Slot,
    /// The version that is compared with what is in force.
    pub candidate: ImpactVersion,
    /// Sort of the population.
    pub population: PopulationKind,
    /// How many were named, unless everyone was.
    pub listed: Option<u64>,
    /// The dates, in order. Those of recorded results are known once the report is finished.
    pub dates: Vec<Date>,
    /// The recorded results that it is over, where it is over such.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub results: Option<PaidFilter>,
    /// Facts that are taken for everyone, as text by name.
    #[serde(skip_serializing_if = "CommonFacts::is_empty")]
    #[schema(value_type = Option<std::collections::BTreeMap<String, String>>)]
    pub facts: CommonFacts,
    /// Over how many of the tenant's people it is, once it is finished: what a policy asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub covered: Option<Covered>,
    /// How much of it could be calculated, once it is finished: what a policy asks for. Less than
    /// all: the report is incomplete.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub computed: Option<Computed>,
    /// As known at.
    pub known_at: Timestamp,
    /// SHA-256 of the content as it was finished: what an approval is bound to.
    pub content_digest: Option<String>,
    /// Who asked for it.
    pub asked_by: stele_store::Actor,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// When its state was recorded.
    pub recorded_at: Timestamp,
}

/// A page of reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImpactPage {
    /// The newest first.
    pub reports: Vec<ImpactReport>,
    /// The identifier before which the next page begins; none: this is the last.
    pub next: Option<Uuid>,
}

/// A finished report, as it is referred to by who proposes a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FinishedImpact {
    /// The slot.
    pub slot: Slot,
    /// The candidate: name of the ruleset.
    pub ruleset: String,
    /// Its version.
    pub version: String,
    /// Digest of its package.
    pub digest: Digest,
    /// The dates, in order.
    pub dates: Vec<Date>,
    /// As known at.
    pub known_at: Timestamp,
    /// SHA-256 of the content as it was finished.
    pub content_digest: Digest,
    /// Over how many of the tenant's people it is; none: it was made before that was kept.
    pub covered: Option<Covered>,
    /// How much of it could be calculated; none: it was made before that was kept.
    pub computed: Option<Computed>,
}

impl Runtime {
    /// Asks for a report. It is kept as running when this returns, and made in the background.
    pub async fn request_impact(
        self: &Arc<Self>,
        actor: &Actor,
        tenant: &TenantId,
        mut request: ImpactRequest,
    ) -> Result<ImpactReport, ImpactError> {
        if !self.has_tenant(tenant) {
            return Err(ImpactError::UnknownTenant(tenant.clone()));
        }
        let (known_at, _) = self.state().now();
        let candidate = request.check(self, tenant, known_at).await?;
        let id = Uuid::now_v7();
        let entered = Entered::new(self, tenant, id).map_err(ImpactError::from)?;
        let census = Census {
            store: self.store().clone(),
            tenant: tenant.clone(),
            known_at,
            population: request.population,
            facts: Arc::new(request.facts),
            paid: None,
            audience: None,
        };
        let asked = Asked {
            slot: request.slot.clone(),
            candidate: ImpactVersion {
                ruleset: request.ruleset.clone(),
                version: candidate.record.version.clone(),
                digest: candidate.record.digest,
            },
            population: census.population.kind(),
            listed: census.population.listed(),
            dates: request.dates.clone(),
            results: census.results(),
            facts: census.common_facts(),
            known_at,
            covered: None,
            computed: None,
        };
        let view = |effects: &[Effect]| match effects {
            [Effect::ImpactReport(record)] => {
                ImpactReport::of(record, Some(ImpactProgress::default()))
            }
            _ => None,
        };
        let report = Report { tenant: tenant.clone(), id, asked, actor: actor.clone() };
        let mut commit = report.commit("impact.requested", ImpactState::Running, None)?;
        commit.expect =
            vec![Expectation::ImpactRevision { tenant: tenant.clone(), id, revision: None }];
        commit.response = response_of(actor, 202, view);
        let committed = self.commit(commit).await.map_err(store_error)?;
        let asked_for = view(&committed.effects).ok_or_else(no_effect)?;

        let slot = &request.slot;
        let place = candidate.place.clone();
        let draft = Draft::new(self, tenant, slot, place, &request.dates, known_at);
        tokio::spawn(report.make(self.clone(), entered, draft, census));
        Ok(asked_for)
    }

    /// A report without its content.
    pub async fn impact_report(
        &self,
        tenant: &TenantId,
        id: Uuid,
    ) -> Result<Option<ImpactReport>, StoreError> {
        let record = self.store().impact_report(tenant, id).await?;
        match record {
            Some(record) => self.seen(record).await,
            None => Ok(None),
        }
    }

    /// Reports, the newest first: those before an identifier, at most `limit`.
    pub async fn impact_reports(
        &self,
        tenant: &TenantId,
        before: Option<Uuid>,
        limit: usize,
    ) -> Result<ImpactPage, StoreError> {
        // One more than asked for, to know whether there is a next page.
        let found = self.store().impact_reports(tenant, before, limit.saturating_add(1)).await?;
        let more = found.len() > limit;
        let mut reports = Vec::with_capacity(limit.min(found.len()));
        for record in found.into_iter().take(limit) {
            reports.extend(self.seen(record).await?);
        }
        let next = reports.last().filter(|_| more).map(|last| last.id);
        Ok(ImpactPage { reports, next })
    }

    /// The content of a finished report.
    pub async fn impact_content(
        &self,
        tenant: &TenantId,
        id: Uuid,
    ) -> Result<Option<ImpactContent>, StoreError> {
        let Some(content) = self.store().impact_content(tenant, id).await? else { return Ok(None) };
        serde_json::from_slice(&content).map(Some).map_err(|error| unreadable(&error))
    }

    /// What a proposal must know of a report that it refers to; none: there is no such report, or
    /// it is not finished.
    pub async fn finished_impact(
        &self,
        tenant: &TenantId,
        id: Uuid,
    ) -> Result<Option<FinishedImpact>, StoreError> {
        let Some(record) = self.store().impact_report(tenant, id).await? else { return Ok(None) };
        let ImpactState::Finished { digest } = record.state else { return Ok(None) };
        let asked = asked(&record)?;
        Ok(Some(FinishedImpact {
            slot: asked.slot,
            ruleset: asked.candidate.ruleset,
            version: asked.candidate.version,
            digest: asked.candidate.digest,
            dates: asked.dates,
            known_at: asked.known_at,
            content_digest: digest,
            covered: asked.covered,
            computed: asked.computed,
        }))
    }

    /// Follows a report that is being made: the sender is gone when it has ended. None: it is not
    /// being made.
    pub fn follow_impact(
        &self,
        tenant: &TenantId,
        id: Uuid,
    ) -> Option<watch::Receiver<ImpactProgress>> {
        self.running().follow(tenant, id)
    }

    /// Stops every report that is being made, and waits until each is kept as failed, or for so
    /// long. Gives how many are left. For the end of the server: one that is asked for afterwards is
    /// made all the same.
    pub async fn stop_impact_reports(&self, within: Duration) -> usize {
        let until = Instant::now() + within;
        let mut left = 0;
        for mut ending in self.running().stop() {
            let ended = async { while ending.changed().await.is_ok() {} };
            left += usize::from(timeout_at(until, ended).await.is_err());
        }
        left
    }

    /// The record as it is seen. One that is kept as running and not being made was stopped.
    async fn seen(&self, record: ImpactReportRecord) -> Result<Option<ImpactReport>, StoreError> {
        let (tenant, id) = (record.tenant.clone(), record.id);
        if !matches!(record.state, ImpactState::Running) {
            return Ok(ImpactReport::of(&record, None));
        }
        if let Some(progress) = self.running().progress(&tenant, id) {
            return Ok(ImpactReport::of(&record, Some(progress)));
        }
        // It may have ended since the record was read: only what is still kept as running was
        // stopped.
        let record = self.store().impact_report(&tenant, id).await?.unwrap_or(record);
        Ok(ImpactReport::of(&record, None))
    }
}

impl ImpactReport {
    fn of(record: &ImpactReportRecord, progress: Option<ImpactProgress>) -> Option<Self> {
        let asked = asked(record).ok()?;
        let (state, reason, content_digest) = match &record.state {
            ImpactState::Running if progress.is_some() => (ImpactStage::Running, None, None),
            ImpactState::Running => (ImpactStage::Failed, Some(Stop::Stopped.to_string()), None),
            ImpactState::Finished { digest } => {
                (ImpactStage::Finished, None, Some(digest.to_string()))
            }
            ImpactState::Failed { reason } => (ImpactStage::Failed, Some(reason.clone()), None),
        };
        Some(Self {
            id: record.id,
            state,
            progress,
            reason,
            slot: asked.slot,
            candidate: asked.candidate,
            population: asked.population,
            listed: asked.listed,
            dates: asked.dates,
            results: asked.results,
            facts: asked.facts,
            covered: asked.covered,
            computed: asked.computed,
            known_at: asked.known_at,
            content_digest,
            asked_by: record.asked_by.clone(),
            asked_at: record.asked_at,
            recorded_at: record.recorded_at,
        })
    }
}
