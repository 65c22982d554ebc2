//! Which employment a calculation is for, and whether somebody may be paid in it on the date.
//!
//! Wages are paid for months in which somebody works. So whoever left in the middle of a month can be
//! paid at its end, and whoever begins at its end at its start: both are said with the result. An
//! employment that runs on no day of the month is refused, unless the request says that the payment is
//! for outside of it: holiday pay after leaving, wages of the last month that are paid in the next, or
//! wages for the days before somebody moved to where another slot pays.
//!
//! Whoever had two employments in the month is owed wages for both. So where none is named it is asked
//! which, even if one of them has ended by the date.

use jiff::civil::Date;
use stele_ruleset::Standing;
use stele_store::{Attributes, EmploymentId, Slot};

use super::employment::Employment;
use super::name::are_plain;
use crate::state::organization::{Organization, Place, Placement};

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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Chosen<'a> {
    /// Its name; none: the employee's employments are not told apart.
    pub(crate) id: Option<&'a str>,
    /// How it stands on the date; none: it runs, or nobody says.
    pub(crate) standing: Option<Standing>,
    /// The day as on which its facts are read.
    pub(crate) known_on: Date,
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
        "the slot {slot} is not for {who} on {date}: {who} is in {placement}. Whom a slot is for stands in the tenant's organization{}",
        until(.left)
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
        /// The day since when the slot is not for it any more; none: it never was.
        left: Option<Date>,
    },
    /// Several employments are in the slot.
    #[error("the employee has {} employments for which the slot {slot} is in the month of {date}: {}; say which", .employments.len(), .employments.join(", "))]
    Several {
        /// The slot.
        slot: Slot,
        /// The date.
        date: Date,
        /// Those that it could be, each with its days where they are not all of the month.
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

/// The way out, where the slot was for the employment once.
fn until(left: &Option<Date>) -> String {
    left.map_or_else(String::new, |left| {
        format!(
            ". The slot was for it before {left}: say `outside_employment` if something is paid for \
             that time"
        )
    })
}

/// Whether the slot is for the employment, as far as a payment on the date is concerned.
pub(crate) fn is_for(
    organization: Option<&Organization>,
    place: Place<'_>,
    employment: Employment<'_>,
    date: Date,
) -> bool {
    organization.is_none_or(|all| all.admits(place, date, employment.nearest_placement(date)))
}

/// The day since when the slot is not for the employment any more, which it was for while it ran.
fn left(
    organization: Option<&Organization>,
    place: Place<'_>,
    employment: Employment<'_>,
    date: Date,
) -> Option<Date> {
    let organization = organization?;
    let was_here = |day: &Date| {
        day.yesterday().is_ok_and(|day| {
            let placement = employment.placement(day);
            // Of one of which nothing is said yet nobody knows that it belongs here.
            placement != Placement::default()
                && employment.runs(day)
                && organization.admits(place, day, placement)
        })
    };
    let changes = employment.changes().chain(organization.changes(place.slot));
    changes.filter(|day| *day <= date).filter(was_here).max()
}

/// An employment that a calculation may be for.
#[derive(Clone, Copy)]
struct Candidate<'a> {
    employment: Employment<'a>,
    /// Since when the slot is not for it any more; none: it is.
    left: Option<Date>,
}

impl<'a> Candidate<'a> {
    /// The days of the date's month on which it runs and the slot is for it.
    fn days(self, date: Date) -> Option<(Date, Date)> {
        let (first, last) = self.employment.days_in_month_of(date)?;
        let until = self.left.map_or(Some(last), |left| left.yesterday().ok())?.min(last);
        (first <= until).then_some((first, until))
    }

    fn chosen(self, date: Date) -> Chosen<'a> {
        let Self { employment, left } = self;
        let moved = left.map(|since| Standing::Moved { since });
        Chosen {
            id: employment.id(),
            standing: moved.or_else(|| employment.standing(date)),
            known_on: employment.known_on(date),
        }
    }

    /// Its name, with its days if they are not all of the month.
    fn said(self, date: Date) -> Option<String> {
        let name = self.employment.id()?;
        let Some((first, last)) = self.days(date) else { return Some(name.to_owned()) };
        Some(match (first == date.first_of_month(), last == date.last_of_month()) {
            (true, true) => name.to_owned(),
            (true, false) => format!("{name} (until {last})"),
            (false, true) => format!("{name} (from {first})"),
            (false, false) => format!("{name} (from {first} until {last})"),
        })
    }
}

/// The employment that a calculation in a slot is for: the one that was named, else the one that the
/// slot is for and that runs on some day of the date's month. One that does not, and one that has moved
/// to where the slot is not for it, is only taken for a payment outside of it.
pub(crate) fn choose<'a>(
    organization: Option<&Organization>,
    place: Place<'_>,
    attributes: &'a Attributes,
    asked: Asked<'_>,
) -> Result<Chosen<'a>, WhichEmployment> {
    let Asked { employment, date, outside } = asked;
    // As is usual: nothing is told apart, every slot is for everybody, and no attribute is a status.
    if organization.is_none() && employment.is_none() && are_plain(attributes) {
        return Ok(Chosen { id: None, standing: None, known_on: date });
    }
    let all = Employment::all(attributes);
    let here = match employment {
        Some(asked) => vec![named(&all, asked)?],
        None => all.clone(),
    };
    let (admitted, others): (Vec<Employment<'a>>, Vec<Employment<'a>>) =
        here.iter().copied().partition(|one| is_for(organization, place, *one, date));
    let gone = others.into_iter().filter_map(|employment| {
        let left = Some(left(organization, place, employment, date)?);
        Some(Candidate { employment, left })
    });
    let gone: Vec<Candidate<'a>> = gone.collect();
    let present =
        admitted.iter().map(|employment| Candidate { employment: *employment, left: None });
    let runs = |candidate: &Candidate<'_>| candidate.days(date).is_some();
    let those: Vec<Candidate<'a>> = if present.clone().any(|one| runs(&one)) {
        present.chain(gone).filter(runs).collect()
    } else if outside {
        present.chain(gone).collect()
    } else if admitted.is_empty() {
        let left = gone.iter().filter_map(|one| one.left).max();
        return Err(not_in_the_slot(place.slot, &here, date, left));
    } else {
        return Err(WhichEmployment::NotRunning { date, found: standings(&admitted, date) });
    };
    match those.as_slice() {
        [] => Err(not_in_the_slot(place.slot, &here, date, None)),
        [only] => Ok(only.chosen(date)),
        several => Err(WhichEmployment::Several {
            slot: place.slot.clone(),
            date,
            employments: several.iter().filter_map(|one| one.said(date)).collect(),
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

fn not_in_the_slot(
    slot: &Slot,
    asked: &[Employment<'_>],
    date: Date,
    left: Option<Date>,
) -> WhichEmployment {
    let (who, placement) = match asked {
        [only] => (only.name(), only.placement(date).to_string()),
        several => {
            let each = several.iter();
            let each = each.map(|one| format!("{} ({})", one.name(), one.placement(date)));
            ("the employee".to_owned(), each.collect::<Vec<_>>().join("; "))
        }
    };
    WhichEmployment::Outside { slot: slot.clone(), who, date, placement, left }
}

/// How each stands, as an error says it.
fn standings(employments: &[Employment<'_>], date: Date) -> String {
    let each = employments.iter().filter_map(|one| {
        let standing = one.standing(date)?;
        Some(format!("{} {standing}", one.name()))
    });
    each.collect::<Vec<_>>().join("; ")
}
