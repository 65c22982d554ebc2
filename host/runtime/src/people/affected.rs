//! Whom a change of a tenant's organization affects, and whose employer it would take away.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;
use stele_store::{Attributes, EmployeeId, StoreError, TenantId};

use super::declared::Declarations;
use super::employment::Employment;
use super::membership::Membership;
use super::terms::STATUS;
use crate::state::organization::Organization;
use crate::state::runtime::{Runtime, no_effect};

/// Employees that are named at most; the number of all is given beside them.
const MOST_NAMED: usize = 10;
/// Employees that are read at once.
const PAGE: usize = 1_000;

/// People whom a change concerns.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct AffectedPeople {
    /// How many.
    pub employees: u64,
    /// The first ten by identifier; none for who may not read employees.
    pub first: Vec<EmployeeId>,
}

impl AffectedPeople {
    fn add(&mut self, employee: &EmployeeId) {
        self.employees += 1;
        if self.first.len() < MOST_NAMED {
            self.first.push(employee.clone());
        }
    }
}

/// A legal entity by which somebody is or was employed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmployingEntity {
    /// Its short name.
    pub legal_entity: String,
    /// Who is or was.
    pub people: AffectedPeople,
}

/// What a change of the organization does.
#[derive(Debug, Default)]
pub(super) struct Effect {
    /// Who is in other slots than before on some day.
    pub(super) affected: AffectedPeople,
    /// Legal entities that would be gone and by which somebody is or was employed.
    pub(super) employing: Vec<EmployingEntity>,
}

impl Runtime {
    /// Looks at everybody, unless nobody can be affected. Reading many takes a while, so not on a
    /// thread that serves.
    pub(super) async fn effect_of(
        &self,
        tenant: &TenantId,
        declared: Declarations,
        organization: &Organization,
        known_at: Timestamp,
    ) -> Result<Effect, StoreError> {
        let Some(survey) = Survey::new(declared, organization) else {
            return Ok(Effect::default());
        };
        let (store, tenant) = (Arc::clone(self.store()), tenant.clone());
        let handle = tokio::runtime::Handle::current();
        let surveying = tokio::task::spawn_blocking(move || {
            survey.read(|after| handle.block_on(store.employees(&tenant, after, PAGE, known_at)))
        });
        surveying.await.map_err(|_| no_effect())?
    }
}

/// What there is before and after a change, and what was found so far.
struct Survey {
    before: Declarations,
    after: Declarations,
    affected: AffectedPeople,
    /// Legal entities that would be gone.
    gone: BTreeMap<String, AffectedPeople>,
}

impl Survey {
    /// None: neither entities nor slots are changed, so that nobody can be affected.
    fn new(before: Declarations, organization: &Organization) -> Option<Self> {
        if let Some(known) = before.organization.as_deref() {
            let countries = |of: &Organization| -> BTreeMap<String, String> {
                let entities = of.legal_entities.iter();
                entities.map(|(id, one)| (id.clone(), one.country.code().to_owned())).collect()
            };
            if countries(known) == countries(organization) && known.slots == organization.slots {
                return None;
            }
        }
        let known = before.organization.iter().flat_map(|known| known.legal_entities.keys());
        let gone = known.filter(|id| !organization.legal_entities.contains_key(*id));
        let gone = gone.map(|id| (id.clone(), AffectedPeople::default())).collect();
        let after = Declarations {
            versions: before.versions.clone(),
            organization: Some(Arc::new(organization.clone())),
        };
        Some(Self { before, after, affected: AffectedPeople::default(), gone })
    }

    /// Reads all pages.
    fn read(
        mut self,
        page: impl Fn(Option<&EmployeeId>) -> Result<Vec<stele_store::EmployeeRevision>, StoreError>,
    ) -> Result<Effect, StoreError> {
        let mut after: Option<EmployeeId> = None;
        loop {
            let found = page(after.as_ref())?;
            let Some(last) = found.last() else { break };
            after = Some(last.employee.clone());
            for one in &found {
                if let Some(attributes) = &one.attributes {
                    self.look_at(&one.employee, attributes);
                }
            }
        }
        let employing = self.gone.into_iter().filter(|(_, people)| people.employees > 0);
        let employing = employing
            .map(|(legal_entity, people)| EmployingEntity { legal_entity, people })
            .collect();
        Ok(Effect { affected: self.affected, employing })
    }

    fn look_at(&mut self, employee: &EmployeeId, attributes: &Attributes) {
        let employments = Employment::all(attributes);
        let [before, after] =
            [&self.before, &self.after].map(|all| Membership::new(all, &employments));
        if before != after {
            self.affected.add(employee);
        }
        if self.gone.is_empty() {
            return;
        }
        let employers: BTreeSet<&str> =
            employments.iter().flat_map(|one| employers(*one)).collect();
        for employer in employers {
            if let Some(people) = self.gone.get_mut(employer) {
                people.add(employee);
            }
        }
    }
}

/// By whom somebody is employed on some day, as long as the employment has not ended.
fn employers<'a>(employment: Employment<'a>) -> impl Iterator<Item = &'a str> {
    let days = employment.moves().chain(employment.values(STATUS).iter().map(|value| value.from));
    let days = days.filter(move |day| !employment.has_ended(*day));
    days.filter_map(move |day| employment.placement(day).legal_entity)
}
