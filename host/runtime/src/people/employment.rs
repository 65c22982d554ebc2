//! What is known of one employment: its own attributes before the person's, and among these those
//! for one ruleset before those for all.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::Value;
use stele_store::{Attributes, DatedValue, EmploymentId, Slot};

use super::name::{AttributeName, are_plain, employments};
use super::terms::{COUNTRY, ENDED, LEGAL_ENTITY, PAY_GROUP, STATUS};
use crate::state::organization::{Organization, Place, Placement};

/// One employment of an employee, or an employee whose employments are not told apart.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Employment<'a> {
    attributes: &'a Attributes,
    id: Option<&'a str>,
    /// Whether nothing is told apart, as is usual.
    plain: bool,
}

impl<'a> Employment<'a> {
    /// All employments of an employee; one without a name where they are not told apart.
    pub(crate) fn all(attributes: &'a Attributes) -> Vec<Self> {
        let named = employments(attributes);
        if named.is_empty() {
            return vec![Self::of(attributes, None)];
        }
        named.into_iter().map(|id| Self { attributes, id: Some(id), plain: false }).collect()
    }

    /// One of them.
    pub(crate) fn of(attributes: &'a Attributes, id: Option<&'a str>) -> Self {
        Self { attributes, id, plain: are_plain(attributes) }
    }

    /// What is known of a fact of a ruleset on the date: of those that have begun the closest one.
    pub(crate) fn fact(self, ruleset: &str, name: &str, date: Date) -> Option<&'a Value> {
        let on_date = |kept: &str| value_on(self.attributes.get(kept)?, date);
        if self.plain {
            return on_date(name);
        }
        let own = self.id.and_then(|id| {
            let scoped = on_date(&format!("{ruleset}/{name}@{id}"));
            scoped.or_else(|| on_date(&format!("{name}@{id}")))
        });
        let persons = || on_date(&format!("{ruleset}/{name}")).or_else(|| on_date(name));
        own.or_else(persons)
    }

    /// Its name, if it has one.
    pub(crate) fn id(self) -> Option<&'a str> {
        self.id
    }

    /// The values of an attribute that is for every ruleset: its own, else the person's.
    pub(crate) fn values(self, name: &str) -> &'a [DatedValue] {
        let own = self.id.and_then(|id| self.attributes.get(&format!("{name}@{id}")));
        own.or_else(|| self.attributes.get(name)).map_or(&[], Vec::as_slice)
    }

    /// The text that an attribute has on the date.
    fn text(self, name: &str, date: Date) -> Option<&'a str> {
        let own = self.id.and_then(|id| self.attributes.get(&format!("{name}@{id}")));
        let stated = own.and_then(|values| value_on(values, date));
        stated
            .or_else(|| self.attributes.get(name).and_then(|values| value_on(values, date)))
            .and_then(Value::as_str)
    }

    /// Where it belongs on the date.
    pub(crate) fn placement(self, date: Date) -> Placement<'a> {
        Placement {
            country: self.text(COUNTRY, date),
            legal_entity: self.text(LEGAL_ENTITY, date),
            pay_group: self.text(PAY_GROUP, date),
        }
    }

    /// The dates on which it may come to belong elsewhere.
    pub(crate) fn moves(self) -> impl Iterator<Item = Date> {
        let names = [COUNTRY, LEGAL_ENTITY, PAY_GROUP];
        let own = names
            .into_iter()
            .filter_map(move |name| self.attributes.get(&format!("{name}@{}", self.id?)));
        let persons = names.into_iter().filter_map(move |name| self.attributes.get(name));
        own.chain(persons).flatten().map(|value| value.from)
    }

    /// How it stands on the date. Of one whose status nobody has said it is taken that it runs.
    pub(crate) fn standing(self, date: Date) -> Standing {
        match self.text(STATUS, date) {
            Some(ENDED) => Standing::Ended,
            Some(_) => Standing::Running,
            None if self.values(STATUS).is_empty() => Standing::Running,
            None => Standing::Expected,
        }
    }

    /// Whether it runs on the date, on leave or not.
    pub(crate) fn runs(self, date: Date) -> bool {
        self.standing(date) == Standing::Running
    }

    /// Whether it has ended by the date.
    pub(crate) fn has_ended(self, date: Date) -> bool {
        self.standing(date) == Standing::Ended
    }

    /// What it is called in a sentence.
    pub(crate) fn name(self) -> String {
        self.id.map_or("the employee".to_owned(), |id| format!("the employment {id}"))
    }
}

/// How an employment stands on a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It runs, on leave or not.
    Running,
    /// It has not begun.
    Expected,
    /// It has ended.
    Ended,
}

/// The value that holds on the date: of those that have begun the last one.
pub(crate) fn value_on(values: &[DatedValue], date: Date) -> Option<&Value> {
    let begun = values.partition_point(|value| value.from <= date);
    begun.checked_sub(1).and_then(|last| values.get(last)).map(|value| &value.value)
}

/// Why it is not known which employment a calculation is for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WhichEmployment {
    /// The employee has no such employment.
    #[error("the employee has no employment {asked}; there {}", have(.known))]
    Unknown {
        /// The one that was named.
        asked: EmploymentId,
        /// Those that there are.
        known: Vec<String>,
    },
    /// The slot is for others.
    #[error(
        "the slot {slot} is not for {who} on {date}: {who} is in {placement}. Whom a slot is for stands in the tenant's organization"
    )]
    Outside {
        /// The slot.
        slot: Slot,
        /// The employment, or the employee.
        who: String,
        /// The date.
        date: Date,
        /// Where it belongs then.
        placement: String,
    },
    /// Several employments are in the slot.
    #[error("the employee has {} employments for which the slot {slot} is on {date}: {}; say which", .employments.len(), .employments.join(", "))]
    Several {
        /// The slot.
        slot: Slot,
        /// The date.
        date: Date,
        /// Those that it could be.
        employments: Vec<String>,
    },
}

fn have(known: &[String]) -> String {
    match known {
        [] => "are no employments told apart".to_owned(),
        known => format!("are {}", known.join(", ")),
    }
}

/// The employment that a calculation in a slot is for: the one that was named, else the one that the
/// slot is for on the date and that has not ended, and if all have ended the one that has. None: the
/// employee's employments are not told apart.
pub(crate) fn choose<'a>(
    organization: Option<&Organization>,
    place: Place<'_>,
    attributes: &'a Attributes,
    asked: Option<&EmploymentId>,
    date: Date,
) -> Result<Option<&'a str>, WhichEmployment> {
    // As is usual: nothing is told apart, and every slot is for everybody.
    if organization.is_none() && asked.is_none() && are_plain(attributes) {
        return Ok(None);
    }
    let admits = |employment: &Employment<'_>| {
        organization.is_none_or(|all| all.admits(place, date, employment.placement(date)))
    };
    let all = Employment::all(attributes);
    if let Some(asked) = asked {
        let named = all.iter().find(|employment| employment.id == Some(asked.as_str()));
        let known = || all.iter().filter_map(|employment| employment.id.map(str::to_owned));
        let named = named.ok_or_else(|| {
            let known = known().collect();
            WhichEmployment::Unknown { asked: asked.clone(), known }
        })?;
        return if admits(named) {
            Ok(named.id)
        } else {
            Err(WhichEmployment::Outside {
                slot: place.slot.clone(),
                who: named.name(),
                date,
                placement: named.placement(date).to_string(),
            })
        };
    }
    let here: Vec<Employment<'a>> = all.iter().copied().filter(admits).collect();
    for standing in [Standing::Running, Standing::Expected, Standing::Ended] {
        let those = here.iter().filter(|employment| employment.standing(date) == standing);
        let those: Vec<Employment<'a>> = those.copied().collect();
        match those.as_slice() {
            [] => {}
            [only] => return Ok(only.id),
            several => {
                return Err(WhichEmployment::Several {
                    slot: place.slot.clone(),
                    date,
                    employments: several
                        .iter()
                        .filter_map(|one| one.id.map(str::to_owned))
                        .collect(),
                });
            }
        }
    }
    Err(WhichEmployment::Outside {
        slot: place.slot.clone(),
        who: match all.as_slice() {
            [only] => only.name(),
            _ => "the employee".to_owned(),
        },
        date,
        placement: match all.as_slice() {
            [only] => only.placement(date).to_string(),
            several => {
                let each = several.iter();
                let each = each.map(|one| format!("{} ({})", one.name(), one.placement(date)));
                each.collect::<Vec<_>>().join("; ")
            }
        },
    })
}

/// The attributes by the names of facts, as they hold for one employment and one ruleset on a date:
/// of those that have begun the closest one. Where nothing is told apart they stay as they are.
pub(crate) fn resolve(
    attributes: Attributes,
    employment: Option<&str>,
    ruleset: &str,
    date: Date,
) -> Attributes {
    if are_plain(&attributes) {
        return attributes;
    }
    let mut held: BTreeMap<String, ((bool, bool), Vec<DatedValue>)> = BTreeMap::new();
    for (kept, values) in attributes {
        let name = AttributeName::of(&kept);
        let fits = name.employment.is_none_or(|whose| Some(whose) == employment)
            && name.ruleset.is_none_or(|what| what == ruleset);
        if !fits || values.first().is_none_or(|first| first.from > date) {
            continue;
        }
        let closeness = name.closeness();
        match held.get_mut(name.name) {
            Some((other, _)) if *other > closeness => {}
            Some(other) => *other = (closeness, values),
            None => {
                held.insert(name.name.to_owned(), (closeness, values));
            }
        }
    }
    held.into_iter().map(|(name, (_, values))| (name, values)).collect()
}
