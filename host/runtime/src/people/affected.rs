//! Whom a change of a tenant's organization affects, whose employer or values it would take away, and of
//! whom something is not known that is required where they come to be.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use stele_ruleset::check_fact;
use stele_store::{Attributes, EmployeeId, Slot, StoreError, TenantId};

use super::declared::Declarations;
use super::employment::Employment;
use super::membership::{Days, Membership};
use super::name::AttributeName;
use super::required::demanded;
use super::terms::STATUS;
use crate::state::organization::{Organization, Undeclared};
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

/// A field whose values a changed declaration would not take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldInUse {
    /// Its name.
    pub field: String,
    /// Who has such values.
    pub people: AffectedPeople,
}

/// A fact that a version in force requires and that is not known of people who come into its slot. It
/// may be given with each calculation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct LackingFact {
    /// The slot.
    #[schema(value_type = String)]
    pub slot: Slot,
    /// The ruleset in force there.
    pub ruleset: String,
    /// The fact, or several of which one is enough, with ` or ` between them.
    pub fact: String,
    /// Of whom it is not known.
    pub people: AffectedPeople,
}

/// What a change of the organization does.
#[derive(Debug, Default)]
pub(super) struct Effect {
    /// Who is in other slots than before on some day.
    pub(super) affected: AffectedPeople,
    /// What is required where they come to be, and not known of them.
    pub(super) lacking: Vec<LackingFact>,
    /// Fields that could not be declared otherwise.
    pub(super) in_use: Vec<FieldInUse>,
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
    /// Fields that are declared otherwise, or not any more.
    redeclared: BTreeMap<String, AffectedPeople>,
    /// What is not known, by slot, ruleset and fact.
    lacking: BTreeMap<(Slot, String, String), AffectedPeople>,
}

impl Survey {
    /// None: neither entities nor slots nor fields are changed, so that nobody can be affected.
    fn new(before: Declarations, organization: &Organization) -> Option<Self> {
        if let Some(known) = before.organization.as_deref() {
            let countries = |of: &Organization| -> BTreeMap<String, String> {
                let entities = of.legal_entities.iter();
                entities.map(|(id, one)| (id.clone(), one.country.code().to_owned())).collect()
            };
            if countries(known) == countries(organization)
                && known.slots == organization.slots
                && redeclared(known, organization).next().is_none()
            {
                return None;
            }
        }
        let known = before.organization.iter();
        let redeclared = known.flat_map(|known| redeclared(known, organization));
        let redeclared = redeclared.map(|name| (name.clone(), AffectedPeople::default())).collect();
        let known = before.organization.iter().flat_map(|known| known.legal_entities.keys());
        let gone = known.filter(|id| !organization.legal_entities.contains_key(*id));
        let gone = gone.map(|id| (id.clone(), AffectedPeople::default())).collect();
        let after = Declarations {
            versions: before.versions.clone(),
            organization: Some(Arc::new(organization.clone())),
        };
        let (affected, lacking) = (AffectedPeople::default(), BTreeMap::new());
        Some(Self { before, after, affected, gone, redeclared, lacking })
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
        let in_use = self.redeclared.into_iter().filter(|(_, people)| people.employees > 0);
        let in_use = in_use.map(|(field, people)| FieldInUse { field, people }).collect();
        let lacking = self.lacking.into_iter().map(|((slot, ruleset, fact), people)| LackingFact {
            slot,
            ruleset,
            fact,
            people,
        });
        Ok(Effect { affected: self.affected, lacking: lacking.collect(), in_use, employing })
    }

    /// Notes what is required in slots into which the change brings an employment that runs, and not
    /// known of it.
    fn look_at_facts(
        &mut self,
        employee: &EmployeeId,
        attributes: &Attributes,
        employments: &[Employment<'_>],
        [before, after]: [&Membership; 2],
    ) {
        let mut lacking: BTreeSet<(Slot, String, String)> = BTreeSet::new();
        for (at, version) in self.after.versions.iter().enumerate() {
            for (whose, employment) in employments.iter().enumerate() {
                let ranges = after.days(at, whose);
                let is_here = |day: &Date| ranges.iter().any(|range| range.have(*day));
                let turns = employment.turns().filter(is_here);
                let days = ranges.iter().map(|range| range.from).chain(turns);
                let comes = days.filter(|day| {
                    let one = Days { from: *day, until: Some(*day) };
                    employment.runs(*day) && !before.has(at, whose, one)
                });
                let Some(day) = comes.min() else { continue };
                let ruleset = version.ruleset.manifest().name.as_str();
                for demand in demanded(version) {
                    let id = employment.id();
                    if demand.is_due(attributes, id, ruleset, day)
                        && demand.given(attributes, id, ruleset, day).is_none()
                    {
                        let (slot, fact) = (version.slot.clone(), demand.name());
                        lacking.insert((slot, ruleset.to_owned(), fact));
                    }
                }
            }
        }
        for one in lacking {
            self.lacking.entry(one).or_default().add(employee);
        }
    }

    fn look_at(&mut self, employee: &EmployeeId, attributes: &Attributes) {
        let employments = Employment::all(attributes);
        let [before, after] =
            [&self.before, &self.after].map(|all| Membership::new(all, &employments));
        if before != after {
            self.affected.add(employee);
            self.look_at_facts(employee, attributes, &employments, [&before, &after]);
        }
        for (field, people) in &mut self.redeclared {
            if !takes(self.after.organization.as_deref(), field, attributes) {
                people.add(employee);
            }
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

/// Fields that are declared otherwise than before, or not any more.
fn redeclared<'a>(
    known: &'a Organization,
    organization: &'a Organization,
) -> impl Iterator<Item = &'a String> {
    let fields = known.custom_fields.iter();
    let changed = fields.filter(|(name, field)| {
        let now = organization.custom_fields.get(*name);
        now.is_none_or(|now| now.field(name).shape != field.field(name).shape)
    });
    changed.map(|(name, _)| name)
}

/// Whether the organization takes all values that somebody has of a field. One that it does not declare
/// may be kept.
fn takes(organization: Option<&Organization>, field: &str, attributes: &Attributes) -> bool {
    let Some(organization) = organization else { return true };
    let of_field = attributes.iter().filter(|(kept, _)| AttributeName::of(kept).name == field);
    let mut values = of_field.flat_map(|(_, values)| values).filter(|one| !one.value.is_null());
    match organization.custom_fields.get(field).map(|custom| custom.field(field)) {
        Some(declared) => values.all(|value| check_fact(&declared, &value.value).is_empty()),
        None => organization.undeclared_attributes == Undeclared::Kept || values.next().is_none(),
    }
}

/// By whom somebody is employed on some day, as long as the employment has not ended.
fn employers<'a>(employment: Employment<'a>) -> impl Iterator<Item = &'a str> {
    let days = employment.moves().chain(employment.values(STATUS).iter().map(|value| value.from));
    let days = days.filter(move |day| !employment.has_ended(*day));
    days.filter_map(move |day| employment.placement(day).legal_entity)
}
