//! Whether an impact report shows what a proposal does: of the same version, over enough people and
//! with enough of it calculated where it is compulsory, and as things are now.

use stele_store::{Proposal, TenantId};
use uuid::Uuid;

use super::ProposalError;
use crate::{
    release::{
        impact::FinishedImpact,
        policy::{Demand, SlotRule},
    },
    state::runtime::Runtime,
};

impl Runtime {
    /// The report that a proposal refers to.
    pub(super) async fn finished(
        &self,
        tenant: &TenantId,
        report: Uuid,
    ) -> Result<FinishedImpact, ProposalError> {
        let found = self.finished_impact(tenant, report).await?;
        found.ok_or_else(|| ProposalError::ImpactReportUnfit {
            report,
            expected: "a finished impact report of this tenant".to_owned(),
            found: "none".to_owned(),
        })
    }

    /// Checks that the impact report, if there is one or must be one, shows what this proposal
    /// does to what is in force now.
    pub(super) async fn check_impact(
        &self,
        tenant: &TenantId,
        proposal: &Proposal,
        rule: &SlotRule,
    ) -> Result<(), ProposalError> {
        let Some(report) = proposal.impact_report else {
            return match rule.impact_report {
                Demand::Optional => Ok(()),
                Demand::Required => {
                    Err(ProposalError::ImpactReportRequired { slot: proposal.slot.clone() })
                }
            };
        };
        let finished = self.finished(tenant, report).await?;
        let unfit = |expected: String, found: String| {
            Err(ProposalError::ImpactReportUnfit { report, expected, found })
        };
        if finished.slot != proposal.slot {
            return unfit(format!("one of the slot {}", proposal.slot), finished.slot.to_string());
        }
        if finished.digest != proposal.digest {
            return unfit(
                format!("one of the package {}", proposal.digest),
                finished.digest.to_string(),
            );
        }
        if Some(finished.content_digest) != proposal.impact_digest {
            return unfit(
                "the content that was proposed".to_owned(),
                format!("content with the digest {}", finished.content_digest),
            );
        }
        if rule.impact_report == Demand::Required {
            if let Some(early) = finished.dates.iter().find(|date| **date < proposal.valid_from) {
                let expected = format!("one of dates from {} on only", proposal.valid_from);
                return unfit(expected, early.to_string());
            }
            let covered = finished.covered;
            if !covered.is_some_and(|covered| covered.is_at_least(rule.impact_share_percent)) {
                let expected = format!(
                    "one that calculates {} % of the tenant's people, as they are known",
                    rule.impact_share_percent
                );
                let found = covered.map_or_else(
                    || "one that does not say over how many it is".to_owned(),
                    |covered| format!("one that calculates {} of {}", covered.people, covered.of),
                );
                return unfit(expected, found);
            }
            let computed = finished.computed;
            let least = rule.impact_computed_percent;
            if !computed.is_some_and(|computed| computed.is_at_least(least)) {
                let expected =
                    format!("one whose candidate can make {least} % of its calculations");
                let found = computed.map_or_else(
                    || "one that does not say how many it can".to_owned(),
                    |computed| {
                        format!("an incomplete one: {} of {}", computed.calculations, computed.of)
                    },
                );
                return unfit(expected, found);
            }
        }
        let catalog = self.state().catalog();
        let history = catalog.slots.get(tenant).and_then(|slots| slots.get(&proposal.slot));
        match history.and_then(|history| history.last_recorded()) {
            Some(changed) if changed > finished.known_at => {
                Err(ProposalError::ImpactReportOutdated {
                    report,
                    slot: proposal.slot.clone(),
                    made: finished.known_at,
                    changed,
                })
            }
            _ => Ok(()),
        }
    }
}
