//! From a request to a result: which activation is in force, what is known of the employee, one
//! call of the rule, the receipt.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use stele_digest::Digest;
use stele_engine::contract::Origin;
use stele_ruleset::{Calculation, CalculationError, Ruleset, Session, Standing};
use stele_store::{
    EmployeeId, EmployeeRevision, EmploymentId, Provenance, ResultId, RulesetVersion, Slot,
    StoreError, TenantId,
};
use uuid::Uuid;

use crate::people::choice::{self, Asked, Chosen, WhichEmployment};
use crate::people::employment;
use crate::state::{
    catalog::{Active, Catalog},
    organization::Place,
    program::{ENGINE_VERSION, HOST_VERSION},
    runtime::Runtime,
    shelf::LoadError,
};

/// What is asked for.
#[derive(Debug, Clone, stele_fields::FromFields, utoipa::ToSchema)]
pub struct CalculationRequest {
    /// The slot, such as `payroll`; the version in force there on the date is used.
    pub slot: Slot,
    /// The date whose law and facts hold.
    #[schema(example = "2026-01-31")]
    pub date: Date,
    /// As known at this time; none: now. A time to come is taken for now.
    pub known_at: Option<Timestamp>,
    /// The employee whose attributes are facts, if any.
    pub employee: Option<EmployeeId>,
    /// The employment, where the employee has several for which the slot is on the date.
    pub employment: Option<EmploymentId>,
    /// Whether something is paid before the employment begins or after it has ended, such as holiday
    /// pay after leaving. Without it an employment that runs on no day of the date's month is
    /// refused. Where it runs in the month, nothing changes.
    #[fields(default)]
    #[schema(value_type = Option<bool>)]
    pub outside_employment: bool,
    /// Facts by name, as the ruleset's JSON Schema says; they go before the employee's attributes.
    #[fields(default)]
    #[schema(value_type = Option<Object>, example = json!({ "gross": "30000", "city": "beijing" }))]
    pub facts: Map<String, Value>,
    /// Whether to say how each line came about.
    #[fields(default)]
    #[schema(value_type = Option<bool>)]
    pub explain: bool,
    /// Whether to keep the result, so that it can be shown, replayed and proven later. The receipt
    /// then names it.
    #[fields(default)]
    #[schema(value_type = Option<bool>)]
    pub record: bool,
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct CalculationResult {
    /// The version that was run.
    pub ruleset: Arc<Ruleset>,
    /// The outcome.
    pub calculation: Calculation,
    /// What is needed to reproduce it.
    pub receipt: Receipt,
    /// The employee, if one was named.
    pub employee: Option<EmployeeId>,
    /// What is to be recorded with it, if it is to be recorded.
    pub(crate) attributes: Option<UsedAttributes>,
}

/// The facts that were an employee's attributes, by name, and the date from which each holds.
pub(crate) type UsedAttributes = BTreeMap<String, Date>;

/// What is needed to reproduce a result bit for bit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Receipt {
    /// Under which identifier it is recorded, if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<ResultId>,

    /// What ran: name of the ruleset.
    pub ruleset: String,
    /// Its version.
    pub version: String,
    /// Digest of its package.
    pub digest: Digest,
    /// Digest of its component.
    pub component_digest: Digest,

    /// On whose authority: the slot.
    pub slot: Slot,
    /// The activation that put it in force.
    pub activation: Uuid,

    /// For when: valid time.
    pub date: Date,
    /// Recorded time: everything recorded up to here was taken into account, and nothing later.
    pub known_at: Timestamp,

    /// On which input: digest of the parameters in force.
    pub parameters_digest: Digest,
    /// Digest of the facts.
    pub facts_digest: Digest,
    /// The employee's revision, if an employee was named.
    pub employee_revision: Option<u64>,
    /// The employment, where the employee's are told apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employment: Option<EmploymentId>,
    /// How the employment stood on the date, where it did not simply run: a finding says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standing: Option<Standing>,

    /// With which result: digest of lines and findings.
    pub outcome_digest: Digest,
    /// Fuel that it took.
    pub fuel: u64,

    /// By which program: version of the host.
    pub host_version: String,
    /// Version of the engine.
    pub engine_version: String,
    /// Version of the contract between host and rule.
    pub contract_version: String,
}

impl Receipt {
    /// What is listed with the result: the version and the employment.
    pub(super) fn provenance(&self) -> Provenance {
        let version = RulesetVersion {
            ruleset: self.ruleset.clone(),
            version: self.version.clone(),
            digest: self.digest,
        };
        Provenance { version, employment: self.employment.clone() }
    }
}

/// Why there is no result.
#[derive(Debug, thiserror::Error)]
pub enum CalculateError {
    /// No such tenant.
    #[error("there is no tenant {0}")]
    UnknownTenant(TenantId),
    /// Nothing was ever activated in the slot, as known then.
    #[error("nothing was ever activated in the slot {slot}")]
    UnknownSlot {
        /// The slot.
        slot: Slot,
    },
    /// Nothing is in force in the slot on the date.
    #[error("nothing is in force in the slot {slot} on {date}, as known at {known_at}")]
    NothingInForce {
        /// The slot.
        slot: Slot,
        /// The date.
        date: Date,
        /// As known at.
        known_at: Timestamp,
    },
    /// No such employee, as known then.
    #[error("there is no employee {employee}, as known at {known_at}")]
    UnknownEmployee {
        /// The employee.
        employee: EmployeeId,
        /// As known at.
        known_at: Timestamp,
    },
    /// It is not known which employment it is for, the slot is for others, or nobody is paid in it.
    #[error(transparent)]
    WhichEmployment(#[from] WhichEmployment),
    /// An employment was named, but no employee.
    #[error("the employment {0} is named, but no employee")]
    EmploymentOfNobody(EmploymentId),
    /// Outside the horizon, wrong facts, a fault, or a failure of the engine.
    #[error(transparent)]
    Calculation(#[from] CalculationError),
    /// The version in force can not be made ready.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The employee can not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// All that a calculation rests on.
pub(super) struct Prepared {
    active: Arc<Active>,
    ruleset: Arc<Ruleset>,
    known_at: Timestamp,
    employee: Option<EmployeeId>,
    employee_revision: Option<u64>,
    employment: Option<EmploymentId>,
    standing: Option<Standing>,
    facts: Map<String, Value>,
    attributes: Option<UsedAttributes>,
}

impl Prepared {
    /// The version that is in force.
    pub(super) fn ruleset(&self) -> &Arc<Ruleset> {
        &self.ruleset
    }

    /// The facts, which then are no longer in it.
    pub(super) fn take_facts(&mut self) -> Map<String, Value> {
        std::mem::take(&mut self.facts)
    }

    pub(super) fn result(self, date: Date, mut calculation: Calculation) -> CalculationResult {
        let Self { active, ruleset, known_at, employee, employee_revision, .. } = self;
        let (employment, standing, attributes) = (self.employment, self.standing, self.attributes);
        calculation.standing = standing;
        let receipt = Receipt {
            result: None,
            ruleset: active.record.ruleset.clone(),
            version: active.record.version.clone(),
            digest: ruleset.digest(),
            component_digest: ruleset.component_digest(),
            slot: active.record.slot.clone(),
            activation: active.record.id,
            date,
            known_at,
            parameters_digest: calculation.digests.parameters,
            facts_digest: calculation.digests.facts,
            employee_revision,
            employment,
            standing,
            outcome_digest: calculation.digests.outcome,
            fuel: calculation.fuel,
            host_version: HOST_VERSION.to_owned(),
            engine_version: ENGINE_VERSION.to_owned(),
            contract_version: ruleset.contract().name().to_owned(),
        };
        CalculationResult { ruleset, calculation, receipt, employee, attributes }
    }
}

impl Runtime {
    /// Calculates once: in place where that is known to be short, else in the tenant's turn on the
    /// threads that rules run on.
    pub async fn calculate(
        &self,
        tenant: &TenantId,
        request: CalculationRequest,
    ) -> Result<CalculationResult, CalculateError> {
        let CalculationRequest { date, explain, .. } = request;
        let mut prepared = self.prepare(tenant, request, &Known::now(self)).await?;
        let (engine, holder) = (self.engine(), tenant.shared());
        let ruleset = &prepared.ruleset;
        let brief = ruleset.calculate_briefly(engine, holder, date, &prepared.facts, explain);
        let calculation = match brief {
            Some(calculated) => calculated?,
            None => {
                let (ruleset, facts) = (ruleset.clone(), std::mem::take(&mut prepared.facts));
                let (engine, owner) = (engine.clone(), holder.clone());
                let job = move |_| async move {
                    ruleset.calculate(&engine, &owner, date, &facts, explain).await
                };
                self.run(holder, job).await.map_err(CalculationError::Failure)??
            }
        };
        Ok(prepared.result(date, calculation))
    }

    /// For many calculations in a row, such as a batch or one worker of several.
    pub fn calculator(self: &Arc<Self>, tenant: &TenantId) -> Calculator {
        let known = Known::now(self);
        Calculator { runtime: Arc::clone(self), tenant: tenant.clone(), known, session: None }
    }

    pub(super) async fn prepare(
        &self,
        tenant: &TenantId,
        request: CalculationRequest,
        known: &Known,
    ) -> Result<Prepared, CalculateError> {
        let CalculationRequest { slot, date, known_at, employee, employment, .. } = request;
        let CalculationRequest { outside_employment: outside, facts, record, .. } = request;
        let known_at = known.at(known_at);
        let catalog = known.catalog.clone();
        let history = match catalog.slots.get(tenant).and_then(|slots| slots.get(&slot)) {
            Some(history) if history.is_known(known_at) => history,
            _ if !catalog.tenants.contains_key(tenant) => {
                return Err(CalculateError::UnknownTenant(tenant.clone()));
            }
            _ => return Err(CalculateError::UnknownSlot { slot }),
        };
        let active = match history.in_force(date, known_at) {
            Some(active) => Arc::clone(active),
            None => return Err(CalculateError::NothingInForce { slot, date, known_at }),
        };
        let ruleset = match active.place.ready() {
            Some(ruleset) => ruleset,
            None => active.place.open(tenant.shared(), self.engine(), self.store()).await?,
        };
        let mut attributes = record.then(UsedAttributes::new);
        let (facts, employee_revision, employment, standing) = match &employee {
            None => match employment {
                Some(employment) => return Err(CalculateError::EmploymentOfNobody(employment)),
                None => (facts, None, None, None),
            },
            Some(employee) => {
                let found = match known.people.get(&(employee.clone(), known_at)) {
                    Some(found) => found.clone(),
                    None => self.store().employee(tenant, employee, known_at).await?,
                };
                let Some((revision, values)) =
                    found.and_then(|found| Some((found.revision, found.attributes?)))
                else {
                    let employee = employee.clone();
                    return Err(CalculateError::UnknownEmployee { employee, known_at });
                };
                let manifest = ruleset.manifest();
                let jurisdiction = manifest.jurisdiction.as_deref();
                let place = Place { slot: &slot, jurisdiction };
                let organized = catalog.organized(tenant, known_at);
                let organization = organized.map(|organized| &*organized.organization);
                let asked = Asked { employment: employment.as_ref(), date, outside };
                let Chosen { id, standing } = choice::choose(organization, place, &values, asked)?;
                let chosen = id.and_then(|chosen| EmploymentId::new(chosen).ok());
                let whose = chosen.as_ref().map(EmploymentId::as_str);
                let values = employment::resolve(values, whose, manifest.name.as_str(), date);
                let facts = merge(&ruleset, values, facts, date, attributes.as_mut());
                (facts, Some(revision), chosen, standing)
            }
        };
        Ok(Prepared {
            active,
            ruleset,
            known_at,
            employee,
            employee_revision,
            employment,
            standing,
            facts,
            attributes,
        })
    }
}

/// The facts that are given, and for each other one that the ruleset declares the employee's value
/// on the date, which is noted in `used`.
fn merge(
    ruleset: &Ruleset,
    mut attributes: stele_store::Attributes,
    mut facts: Map<String, Value>,
    date: Date,
    mut used: Option<&mut UsedAttributes>,
) -> Map<String, Value> {
    for field in &ruleset.description().facts {
        if matches!(field.origin, Origin::CalculationDate) || facts.contains_key(&*field.name) {
            continue;
        }
        let Some(values) = attributes.get_mut(&*field.name) else { continue };
        // Sorted by date: the last one that has begun.
        let begun = values.partition_point(|value| value.from <= date);
        if let Some(value) = begun.checked_sub(1).and_then(|last| values.get_mut(last)) {
            if let Some(used) = &mut used {
                used.insert(field.name.clone(), value.from);
            }
            facts.insert(field.name.clone(), value.value.take());
        }
    }
    facts
}

/// What is known at one moment: what is in force, and those of the employees that were read ahead.
pub(super) struct Known {
    as_of: Timestamp,
    catalog: Arc<Catalog>,
    /// By whom and as known when.
    people: HashMap<(EmployeeId, Timestamp), Option<EmployeeRevision>>,
}

impl Known {
    pub(super) fn now(runtime: &Runtime) -> Self {
        let (as_of, catalog) = runtime.state().now();
        Self { as_of, catalog, people: HashMap::new() }
    }

    /// The time as which a request is answered that asks for this one.
    fn at(&self, asked: Option<Timestamp>) -> Timestamp {
        asked.map_or(self.as_of, |asked| asked.min(self.as_of))
    }
}

/// Calculates in a row, on the thread that calls it, and keeps its evaluator from one to the next
/// while the version stays the same. All is as known when [`Calculator::look_up`] was called last.
pub struct Calculator {
    runtime: Arc<Runtime>,
    tenant: TenantId,
    known: Known,
    session: Option<Session>,
}

impl Calculator {
    /// Looks what is in force now, and reads the employees of these requests together.
    pub async fn look_up<'a>(
        &mut self,
        requests: impl IntoIterator<Item = &'a CalculationRequest>,
    ) -> Result<(), StoreError> {
        self.known = Known::now(&self.runtime);
        let mut wanted: BTreeMap<Timestamp, BTreeSet<EmployeeId>> = BTreeMap::new();
        for request in requests {
            if let Some(employee) = &request.employee {
                let known_at = self.known.at(request.known_at);
                wanted.entry(known_at).or_default().insert(employee.clone());
            }
        }
        for (known_at, employees) in wanted {
            let employees: Vec<EmployeeId> = employees.into_iter().collect();
            let store = self.runtime.store();
            let found = store.employees_by_ids(&self.tenant, &employees, known_at).await?;
            let found = employees.into_iter().map(|id| (id, known_at)).zip(found);
            self.known.people.extend(found);
        }
        Ok(())
    }

    /// Calculates once.
    pub async fn calculate(
        &mut self,
        request: CalculationRequest,
    ) -> Result<CalculationResult, CalculateError> {
        let CalculationRequest { date, explain, .. } = request;
        let prepared = self.runtime.prepare(&self.tenant, request, &self.known).await?;
        // Another version: its evaluator goes back before a new one is asked for, so that a
        // calculator never holds two.
        self.session.take_if(|session| !Arc::ptr_eq(session.ruleset(), &prepared.ruleset));
        let session = self.session.get_or_insert_with(|| {
            prepared.ruleset.session(self.runtime.engine(), self.tenant.shared())
        });
        let calculation = session.calculate(date, &prepared.facts, explain).await?;
        Ok(prepared.result(date, calculation))
    }

    /// Gives the evaluator back, before a time of waiting for the next request.
    pub fn rest(&mut self) {
        if let Some(session) = &mut self.session {
            session.rest();
        }
    }
}
