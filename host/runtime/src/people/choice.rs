//! Which employment a calculation is for, and whether somebody may be paid in it on the date.
//!
//! Wages are paid for months in which somebody works. So whoever left in the middle of a month can be
//! paid at its end, and whoever begins at its end at its start: both are said with the result. An
//! employment that runs on no day of the month is refused, unless the request says that the payment is
//! for outside of it: holiday pay after leaving, wages of the last month that are paid in the next.

use jiff::civil::Date;
use stele_ruleset::Standing;
use stele_store::{Attributes, EmploymentId, Slot};

use super::employment::Employment;
use super::name::are_plain;
use crate::state::organization::{Organization, Place};

/// What a calculation says of the employment that it is for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'a> {
    /// Its name, if it is named.
    pub(crate) employment: Option<&'a EmploymentId>,
    /// The date of the calculation.
    pub(crate) date: Date,
    /// Whether it is a payment outside of the employment.
    pub(crate) outside: bool,
}

/// The employment that a calculation is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Chosen<'a> {
    /// Its name; none: the employee's employments are not told apart.
    pub(crate) id: Option<&'a str>,
    /// How it stands on the date; none: it runs, or nobody says.
    pub(crate) standing: Option<Standing>,
}

/// Why it is not known which employment a calculation is for, or why nobody is paid in it.
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
    /// No employment runs on any day of the date's month.
    #[error(
        "nobody works in the month of {date}: {found}. State a date in a month in which the employment runs, name another employment, or say `outside_employment` if something is paid before it begins or after it has ended"
    )]
    NotRunning {
        /// The date.
        date: Date,
        /// Each employment with how it stands.
        found: String,
    },
}

fn have(known: &[String]) -> String {
    match known {
        [] => "are no employments told apart".to_owned(),
        known => format!("are {}", known.join(", ")),
    }
}

/// Of employments those that come before the others on a date: those that run, else those that run on
/// another day of the month; none: no one does.
pub(crate) fn running<'a>(all: &[Employment<'a>], date: Date) -> Vec<Employment<'a>> {
    let running: Vec<_> = all.iter().copied().filter(|one| one.runs(date)).collect();
    if !running.is_empty() {
        return running;
    }
    all.iter().copied().filter(|one| one.runs_in_month_of(date)).collect()
}

/// The employment that a calculation in a slot is for: the one that was named, else the one that the
/// slot is for on the date and that runs, and if none does the one that runs in the month. One that
/// does not run in the month is only taken for a payment outside of it.
pub(crate) fn choose<'a>(
    organization: Option<&Organization>,
    place: Place<'_>,
    attributes: &'a Attributes,
    asked: Asked<'_>,
) -> Result<Chosen<'a>, WhichEmployment> {
    let Asked { employment, date, outside } = asked;
    // As is usual: nothing is told apart, every slot is for everybody, and no attribute is a status.
    if organization.is_none() && employment.is_none() && are_plain(attributes) {
        return Ok(Chosen::default());
    }
    let all = Employment::all(attributes);
    let here = match employment {
        Some(asked) => vec![named(&all, asked)?],
        None => all.clone(),
    };
    let admits = |employment: &Employment<'_>| {
        organization.is_none_or(|all| all.admits(place, date, employment.placement(date)))
    };
    let admitted: Vec<Employment<'a>> = here.iter().copied().filter(admits).collect();
    if admitted.is_empty() {
        return Err(not_in_the_slot(place.slot, &here, date));
    }
    let mut those = running(&admitted, date);
    if those.is_empty() {
        if !outside {
            return Err(WhichEmployment::NotRunning { date, found: standings(&admitted, date) });
        }
        those = admitted;
    }
    match those.as_slice() {
        [only] => Ok(Chosen { id: only.id(), standing: only.standing(date) }),
        several => Err(WhichEmployment::Several {
            slot: place.slot.clone(),
            date,
            employments: several.iter().filter_map(|one| one.id().map(str::to_owned)).collect(),
        }),
    }
}

fn named<'a>(
    all: &[Employment<'a>],
    asked: &EmploymentId,
) -> Result<Employment<'a>, WhichEmployment> {
    let found = all.iter().find(|employment| employment.id() == Some(asked.as_str()));
    found.copied().ok_or_else(|| WhichEmployment::Unknown {
        asked: asked.clone(),
        known: all.iter().filter_map(|employment| employment.id().map(str::to_owned)).collect(),
    })
}

fn not_in_the_slot(slot: &Slot, asked: &[Employment<'_>], date: Date) -> WhichEmployment {
    let (who, placement) = match asked {
        [only] => (only.name(), only.placement(date).to_string()),
        several => {
            let each = several.iter();
            let each = each.map(|one| format!("{} ({})", one.name(), one.placement(date)));
            ("the employee".to_owned(), each.collect::<Vec<_>>().join("; "))
        }
    };
    WhichEmployment::Outside { slot: slot.clone(), who, date, placement }
}

/// How each stands, as an error says it.
fn standings(employments: &[Employment<'_>], date: Date) -> String {
    let each = employments.iter().filter_map(|one| {
        let standing = one.standing(date)?;
        Some(format!("{} {standing}", one.name()))
    });
    each.collect::<Vec<_>>().join("; ")
}
