//! Facts of a proposed version that a version in another slot takes for something else: for people
//! that both slots are for, one attribute can not be both. Each can have its own under its ruleset's
//! name, such as `de/payroll/state`.

use serde::Serialize;
use stele_engine::contract::Origin;
use stele_ruleset::{Ruleset, fact_type};
use stele_store::{ProposalRecord, Slot, TenantId};

use crate::state::organization::Place;
use crate::state::runtime::Runtime;

/// A fact of the proposed version that another one takes for something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Collision {
    /// Its name.
    pub fact: String,
    /// What the proposed version takes it for.
    pub expected: String,
    /// Name of the other ruleset.
    pub ruleset: String,
    /// Its version.
    pub version: String,
    /// The slot in which that one is in force, on days on which the proposed one would be.
    pub slot: Slot,
    /// What that one takes it for.
    pub elsewhere: String,
}

impl Runtime {
    /// What collides between what is proposed and what is in force in other slots that are for the
    /// same people. A version that can not be made ready is left out: that keeps nobody from reading
    /// a proposal, and every calculation with it says so.
    pub(super) async fn collisions(
        &self,
        tenant: &TenantId,
        record: &ProposalRecord,
    ) -> Vec<Collision> {
        let proposal = &record.proposal;
        let (as_of, catalog) = self.state().now();
        let place = self.state().shelf.place(proposal.digest);
        let opened = place.open_patiently(tenant.shared(), self.engine(), self.store()).await;
        let Ok(candidate) = opened else { return Vec::new() };
        let organized = catalog.organized(tenant, as_of);
        let organization = organized.map(|organized| &*organized.organization);
        let mut collisions = Vec::new();
        let slots = catalog.slots.get(tenant).into_iter().flat_map(|slots| slots.iter());
        for (slot, history) in slots.filter(|(slot, _)| **slot != proposal.slot) {
            for (active, until) in history.periods() {
                if until.is_some_and(|until| until < proposal.valid_from) {
                    continue;
                }
                let opened =
                    active.place.open_patiently(tenant.shared(), self.engine(), self.store());
                let other = match opened.await {
                    Ok(other) => other,
                    Err(error) => {
                        tracing::warn!(%tenant, %slot, %error, "a ruleset in force can not be made ready");
                        continue;
                    }
                };
                let mine = place_of(&proposal.slot, &candidate);
                if organization.is_none_or(|all| all.may_share(mine, place_of(slot, &other))) {
                    between(&candidate, &other, slot, &mut collisions);
                }
            }
        }
        collisions
    }
}

fn place_of<'a>(slot: &'a Slot, ruleset: &'a Ruleset) -> Place<'a> {
    Place { slot, jurisdiction: ruleset.manifest().jurisdiction.as_deref() }
}

/// Notes each fact that the two take for different things, once.
fn between(candidate: &Ruleset, other: &Ruleset, slot: &Slot, collisions: &mut Vec<Collision>) {
    for field in &candidate.description().facts {
        let Some(same) = other.fact(&field.name) else { continue };
        let asked = [field, same].iter().all(|field| matches!(field.origin, Origin::Caller));
        let (expected, elsewhere) = (fact_type(field), fact_type(same));
        if !asked || expected == elsewhere {
            continue;
        }
        let collision = Collision {
            fact: field.name.clone(),
            expected,
            ruleset: other.manifest().name.to_string(),
            version: other.manifest().version.to_string(),
            slot: slot.clone(),
            elsewhere,
        };
        if !collisions.contains(&collision) {
            collisions.push(collision);
        }
    }
}
