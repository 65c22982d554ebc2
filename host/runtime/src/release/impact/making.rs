//! A report on its way: made in the background, and kept as what came of it.

use std::sync::Arc;

use jiff::civil::Date;
use stele_digest::Digest;
use stele_store::{
    AuditDraft, Change, Commit, ImpactReportDraft, ImpactState, Log, StoreError, TenantId,
};
use uuid::Uuid;

use super::asked::{Asked, unreadable};
use super::audience::Audience;
use super::covered::{Computed, Covered};
use super::entered::Entered;
use super::paid::{KnownPeople, Paid};
use super::plan::Draft;
use super::population::{Census, ImpactPopulation};
use super::stop::Stop;
use super::work::Work;
use crate::state::{
    actor::Actor,
    runtime::{Runtime, store_error},
};

/// A report on its way.
pub(super) struct Report {
    pub(super) tenant: TenantId,
    pub(super) id: Uuid,
    pub(super) asked: Asked,
    pub(super) actor: Actor,
}

/// What came of a report.
struct Made {
    content: Vec<u8>,
    dates: Vec<Date>,
    covered: Covered,
    computed: Computed,
}

impl Report {
    /// Makes it and keeps what came of it.
    pub(super) async fn make(
        mut self,
        runtime: Arc<Runtime>,
        entered: Entered,
        draft: Draft,
        census: Census,
    ) {
        let made = self.content(&runtime, &entered, draft, census).await;
        let (action, state, content) = match made {
            Ok(Made { content, dates, covered, computed }) => {
                self.asked.dates = dates;
                self.asked.covered = Some(covered);
                self.asked.computed = Some(computed);
                let digest = Digest::of(&content);
                ("impact.finished", ImpactState::Finished { digest }, Some(content))
            }
            Err(stop) => {
                tracing::warn!(tenant = %self.tenant, id = %self.id, %stop, "no impact report");
                ("impact.failed", ImpactState::Failed { reason: stop.to_string() }, None)
            }
        };
        let kept = match self.commit(action, state, content.map(Arc::from)) {
            Ok(commit) => runtime.commit(commit).await.map(drop).map_err(store_error),
            Err(error) => Err(error),
        };
        if let Err(error) = kept {
            // It stays kept as running and is seen as stopped.
            tracing::error!(tenant = %self.tenant, id = %self.id, %error, "a report is lost");
            return;
        }
        // Who was erased while it was kept is taken out of it now.
        loop {
            let erased = entered.leave();
            if erased.is_empty() {
                break;
            }
            for employee in &erased {
                let erasing =
                    runtime.erase_from_impact_report(&self.actor, &self.tenant, self.id, employee);
                if let Err(error) = erasing.await {
                    tracing::error!(id = %self.id, %error, "an employee is not erased of a report");
                }
            }
        }
    }

    async fn content(
        &self,
        runtime: &Arc<Runtime>,
        entered: &Entered,
        mut draft: Draft,
        mut census: Census,
    ) -> Result<Made, Stop> {
        if let ImpactPopulation::Results(filter, source) = &census.population {
            let people = KnownPeople {
                store: census.store.as_ref(),
                tenant: &census.tenant,
                at: census.known_at,
            };
            let paid = Paid::new(source.clone(), filter, people).await?;
            draft = draft.over(runtime, &paid.days);
            census.paid = Some(paid);
        }
        let plan = draft.open(runtime).await?;
        let (slot, known_at) = (&self.asked.slot, census.known_at);
        census.audience = Some(Audience::new(runtime, &self.tenant, slot, &plan, known_at));
        let run = entered.run.clone();
        let work = Arc::new(Work { runtime: runtime.clone(), run, census, plan });
        let summary = work.summarise().await?;
        let covered = work.covered(&summary).await?;
        let slot = self.asked.slot.clone();
        let mut content = super::write::write(&work, slot, &summary).await?;
        for employee in entered.run.made()? {
            content.erase(employee.as_str());
        }
        let mut dates: Vec<Date> = work.plan.days.iter().map(|day| day.date).collect();
        dates.dedup();
        let computed = Work::computed(&summary);
        Ok(Made { content: content.canonical()?, dates, covered, computed })
    }

    /// A revision of the report with its audit entry.
    pub(super) fn commit(
        &self,
        action: &str,
        state: ImpactState,
        content: Option<Arc<[u8]>>,
    ) -> Result<Commit, StoreError> {
        let request = serde_json::to_value(&self.asked).map_err(|error| unreadable(&error))?;
        let digest = match (&content, &state) {
            (Some(content), _) => Digest::of(content),
            (None, ImpactState::Failed { reason }) => Digest::of_texts(&[reason]),
            (None, _) => Digest::of_texts(&[&request.to_string()]),
        };
        Ok(Commit {
            actor: self.actor.record(),
            expect: Vec::new(),
            audit: AuditDraft {
                log: Log::Tenant(self.tenant.clone()),
                action: action.to_owned(),
                subject: self.id.to_string(),
                digest,
                about: None,
            },
            changes: vec![Change::PutImpactReport(Box::new(ImpactReportDraft {
                tenant: self.tenant.clone(),
                id: self.id,
                request,
                state,
                content,
            }))],
            response: None,
        })
    }
}
