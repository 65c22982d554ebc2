//! One employee changed in part: a JSON merge patch (RFC 7396).
//!
//! The patch is applied to the employee with the values of each attribute as an object by date:
//! `{"gross": {"2026-01-01": "30000"}}`, the person's and those of each employment. So a member names one dated value and leaves the others; one
//! that is null takes its dated value back, or the whole attribute. An attribute that is given as a
//! list of dated values, as an employee is read, takes the place of all its values, as a list in a
//! merge patch does.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use stele_ruleset::FieldError;
use stele_store::{Attributes, DatedValue, EmployeeId, EmploymentId, TenantId};

use super::{
    change::{Checked, check_change},
    difference::{Difference, ValueChange, differences},
    employee::{Employee, EmployeeError, EmployeeWritten, EmploymentTerms, Employments},
    name::{AT, AttributeName, of_employment, shorten},
    shadow::ShadowedValue,
    unread::UnreadValue,
    wrong::Wrong,
};
use crate::state::{
    actor::Actor,
    precondition::{Precondition, Revision},
    runtime::{Runtime, no_effect},
};

/// How often a patch is applied anew because somebody else was faster.
const TRIES: u32 = 64;

/// What is to be changed of an employee; what is not named stays.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct EmployeePatch {
    /// By attribute, as it is kept.
    attributes: BTreeMap<String, Value>,
    /// Employments that are taken back.
    forgotten: BTreeSet<EmploymentId>,
}

/// Personal data never reaches a log by way of `{:?}`.
impl std::fmt::Debug for EmployeePatch {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_set().entries(self.attributes.keys()).finish()
    }
}

/// What came of a patch: the employee as it is now known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct EmployeePatched {
    /// Its identifier.
    pub id: EmployeeId,
    /// The revision; also the entity tag.
    pub revision: Revision,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Attributes by name: the person's.
    #[schema(value_type = BTreeMap<String, Vec<DatedValue>>)]
    pub attributes: Attributes,
    /// The employments; absent where they are not told apart.
    #[serde(default, skip_serializing_if = "Employments::is_empty")]
    #[schema(value_type = Option<BTreeMap<String, EmploymentTerms>>)]
    pub employments: Employments,
    /// What was changed; nothing: all that the patch says was known, and there is no new revision.
    pub changes: Vec<ValueChange>,
    /// Attributes that no version in force reads of those whose they are: kept, but used by none.
    pub unused: Vec<String>,
    /// What the patch states and not every employment reads, because something closer is said of it.
    #[serde(default)]
    pub shadowed: Vec<ShadowedValue>,
    /// What the patch states and no calculation reads, because the employment does not run on its days
    /// or no version is in force on them.
    #[serde(default)]
    pub unread: Vec<UnreadValue>,
}

impl EmployeePatched {
    fn of(
        employee: Employee,
        changes: Vec<ValueChange>,
        unused: Vec<String>,
        shadowed: Vec<ShadowedValue>,
        unread: Vec<UnreadValue>,
    ) -> Self {
        let Employee { id, revision, recorded_at, attributes, employments } = employee;
        Self {
            id,
            revision,
            recorded_at,
            attributes,
            employments,
            changes,
            unused,
            shadowed,
            unread,
        }
    }
}

impl EmployeePatch {
    /// Reads the document: `attributes`, and `employments` by name, each with `attributes` or null.
    ///
    /// # Errors
    /// Every member that can not be there.
    pub fn read(document: Map<String, Value>) -> Result<Self, Vec<FieldError>> {
        let (mut patch, mut errors) = (Self::default(), Vec::new());
        for (name, value) in document {
            match (name.as_str(), value) {
                ("attributes", Value::Object(given)) => {
                    patch.read_attributes(given, None, &mut errors);
                }
                ("employments", Value::Object(given)) => {
                    for (employment, terms) in given {
                        patch.read_employment(&employment, terms, &mut errors);
                    }
                }
                (other, _) => {
                    let is_known = matches!(other, "attributes" | "employments");
                    let expected = if is_known { "an object" } else { "attributes or employments" };
                    errors.push(FieldError::new(pointer(&[other]), expected, "something else"));
                }
            }
        }
        if errors.is_empty() { Ok(patch) } else { Err(errors) }
    }

    fn read_employment(&mut self, name: &str, terms: Value, errors: &mut Vec<FieldError>) {
        let here = pointer(&["employments", name]);
        let id = match EmploymentId::new(name) {
            Ok(id) => id,
            Err(error) => {
                let found = format!("{:?}", shorten(name));
                return errors.push(FieldError::new(here, error.expected, found));
            }
        };
        let mut terms = match terms {
            Value::Null => {
                self.forgotten.insert(id);
                return;
            }
            Value::Object(terms) => terms,
            _ => Map::new(),
        };
        match (terms.remove("attributes"), terms.is_empty()) {
            (Some(Value::Object(given)), true) => self.read_attributes(given, Some(&id), errors),
            _ => {
                let expected = "an object with the one member attributes, or null";
                errors.push(FieldError::new(here, expected, "something else"));
            }
        }
    }

    fn read_attributes(
        &mut self,
        given: Map<String, Value>,
        whose: Option<&EmploymentId>,
        errors: &mut Vec<FieldError>,
    ) {
        for (name, value) in given {
            if name.contains(AT) {
                let expected = "a name without @: what is an employment's stands in /employments";
                let found = format!("{:?}", shorten(&name));
                errors.push(FieldError::new(pointer(&["attributes", &name]), expected, found));
                continue;
            }
            let kept = whose.map_or(name.clone(), |whose| of_employment(&name, whose));
            self.attributes.insert(kept, value);
        }
    }

    /// What is known after it.
    fn apply(&self, known: &Attributes) -> Result<Attributes, Vec<FieldError>> {
        let mut after = known.clone();
        let mut errors = Vec::new();
        after.retain(|kept, _| {
            let whose = AttributeName::of(kept).employment;
            !self.forgotten.iter().any(|forgotten| whose == Some(forgotten.as_str()))
        });
        for (name, patch) in &self.attributes {
            let pointer = AttributeName::of(name).pointer();
            let before = after.remove(name).unwrap_or_default();
            let values = match patch {
                Value::Null => continue,
                Value::Array(list) => from_list(list, &pointer, &mut errors),
                Value::Object(dated) => {
                    let before = before.into_iter().map(|value| (value.from, value.value));
                    Some(with_dates(before.collect(), dated, &pointer, &mut errors))
                }
                _ => {
                    let expected = "an object of values by date, a list of {\"from\": date, \
                                    \"value\": …}, or null";
                    errors.push(FieldError::new(pointer, expected, "another value"));
                    None
                }
            };
            if let Some(values) = values.filter(|values| !values.is_empty()) {
                after.insert(name.clone(), values);
            }
        }
        if errors.is_empty() { Ok(after) } else { Err(errors) }
    }

    /// What is wrong with the employee after it, as a pointer into the patch.
    fn place(&self, wrong: Wrong) -> FieldError {
        let Wrong { attribute, from, inside, error } = wrong;
        let Some(attribute) = attribute else { return error };
        let pointer = AttributeName::of(&attribute).pointer();
        let Some(from) = from else { return FieldError { pointer, ..error } };
        let pointer = match self.attributes.get(&attribute) {
            Some(Value::Array(list)) => {
                let date = from.to_string();
                let position = list.iter().position(|value| value["from"] == date.as_str());
                format!("{pointer}/{}{inside}", position.unwrap_or_default())
            }
            Some(_) => {
                let inside = inside.strip_prefix("/value").unwrap_or_default();
                format!("{pointer}/{from}{inside}")
            }
            None => pointer,
        };
        FieldError { pointer, ..error }
    }
}

/// A pointer of these names.
fn pointer(names: &[&str]) -> String {
    let escape = |name: &&str| shorten(name).replace('~', "~0").replace('/', "~1");
    names.iter().map(|name| format!("/{}", escape(name))).collect()
}

/// The values of a list; none: it can not be read.
fn from_list(
    list: &[Value],
    pointer: &str,
    errors: &mut Vec<FieldError>,
) -> Option<Vec<DatedValue>> {
    if list.is_empty() {
        let expected = "dated values, or null to take back all that there are";
        errors.push(FieldError::new(pointer, expected, "an empty list"));
    }
    let mut values: BTreeMap<Date, DatedValue> = BTreeMap::new();
    let found = errors.len();
    for (position, value) in list.iter().enumerate() {
        let here = format!("{pointer}/{position}");
        match DatedValue::deserialize(value) {
            Ok(value) => {
                let from = value.from;
                if values.insert(from, value).is_some() {
                    let here = format!("{here}/from");
                    errors.push(FieldError::new(here, "each date once", from.to_string()));
                }
            }
            Err(error) => {
                let expected = "{\"from\": date, \"value\": …}";
                errors.push(FieldError::new(here, expected, error.to_string()));
            }
        }
    }
    (errors.len() == found).then(|| values.into_values().collect())
}

fn with_dates(
    mut values: BTreeMap<Date, Value>,
    patch: &Map<String, Value>,
    pointer: &str,
    errors: &mut Vec<FieldError>,
) -> Vec<DatedValue> {
    for (date, patch) in patch {
        let Ok(from) = date.parse::<Date>() else {
            let pointer = format!("{pointer}{}", self::pointer(&[date]));
            let found = format!("{:?}", shorten(date));
            errors.push(FieldError::new(pointer, "a date such as 2026-01-31", found));
            continue;
        };
        match patch {
            Value::Null => drop(values.remove(&from)),
            patch => {
                let value = values.remove(&from).unwrap_or_default();
                values.insert(from, merge(value, patch));
            }
        }
    }
    values.into_iter().map(|(from, value)| DatedValue { from, value }).collect()
}

/// RFC 7396, section 2. How deep a patch goes is bounded by whoever read it.
fn merge(target: Value, patch: &Value) -> Value {
    let Value::Object(patch) = patch else { return patch.clone() };
    let mut members = match target {
        Value::Object(members) => members,
        _ => Map::new(),
    };
    for (name, patch) in patch {
        match patch {
            Value::Null => drop(members.remove(name)),
            patch => {
                let target = members.remove(name).unwrap_or_default();
                members.insert(name.clone(), merge(target, patch));
            }
        }
    }
    Value::Object(members)
}

impl Runtime {
    /// Applies a patch to an employee and writes what comes of it as a revision, unless nothing
    /// changes. It is applied anew if somebody else was faster, unless a revision was demanded.
    pub async fn patch_employee(
        &self,
        actor: &Actor,
        tenant: &TenantId,
        id: &EmployeeId,
        patch: EmployeePatch,
        if_match: impl Into<Precondition>,
    ) -> Result<EmployeePatched, EmployeeError> {
        self.check_tenant(tenant)?;
        let if_match = if_match.into();
        let declared = self.declared_facts(tenant).await;
        let mut tries = 0;
        loop {
            let (as_of, _) = self.state().now();
            let latest = self.store().employee(tenant, id, as_of).await?;
            let known = latest.and_then(|latest| {
                let attributes = latest.attributes.clone()?;
                Some((Employee::of(latest)?, attributes))
            });
            let Some((known, before)) = known else {
                return Err(match if_match {
                    Precondition::Present | Precondition::Revision(_) => {
                        EmployeeError::Precondition { expected: if_match, found: None }
                    }
                    _ => EmployeeError::UnknownEmployee(id.clone()),
                });
            };
            if !if_match.allows(Some(known.revision)) {
                let found = Some(known.revision);
                return Err(EmployeeError::Precondition { expected: if_match, found });
            }
            let after = patch.apply(&before).map_err(EmployeeError::Invalid)?;
            let place = |wrong: Vec<Wrong>| wrong.into_iter().map(|wrong| patch.place(wrong));
            let checked = check_change(&declared, &before, after, &patch.forgotten);
            let Checked { attributes, unused, shadowed, unread } =
                checked.map_err(|wrong| EmployeeError::Invalid(place(wrong).collect()))?;
            let changes = differences(&before, &attributes);
            let changes: Vec<ValueChange> = changes.map(|one| Difference::change(&one)).collect();
            if changes.is_empty() {
                return Ok(EmployeePatched::of(known, changes, unused, shadowed, unread));
            }
            let read = Precondition::Revision(known.revision);
            let view = move |EmployeeWritten { employee, .. }: EmployeeWritten| {
                let (changes, unused) = (changes.clone(), unused.clone());
                let (shadowed, unread) = (shadowed.clone(), unread.clone());
                Some(EmployeePatched::of(employee, changes, unused, shadowed, unread))
            };
            let writing = self.write_revision(actor, tenant, id, Some(attributes), read, view);
            tries += 1;
            match writing.await {
                Err(EmployeeError::Precondition { .. })
                    if tries < TRIES && !matches!(if_match, Precondition::Revision(_)) => {}
                written => return written?.ok_or_else(|| no_effect().into()),
            }
        }
    }
}
