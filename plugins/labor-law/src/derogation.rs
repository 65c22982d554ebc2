//! Derogations: where a provision on rest does not apply as it stands, and what is due instead.
//!
//! European Union: Directive 2003/88/EC, art. 17 (1): the provisions do not apply to work whose
//! duration is not measured or is the worker's own to decide; arts. 17 (2), (3) and 18: by law for
//! the activities named there, or by collective agreement, if equivalent periods of compensatory rest
//! are given.

use stele_sdk::prelude::*;

use crate::Out;
use crate::facts::{EquivalentRest, Provision, WorkingTime};
use crate::findings::Finding;
use crate::law::Law;
use crate::moment::Moment;
use crate::timesheet::{hours, seconds};

/// Whether a provision applies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Force {
    /// It applies as it stands.
    Applies,
    /// Equivalent rest is due instead.
    Compensated,
    /// It does not apply.
    Exempt,
}

/// How far something fell short of a provision.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shortfall {
    pub(crate) provision: Provision,
    /// The working day, or the first day of the week or period.
    pub(crate) day: Date,
    /// When it began, where one day can have several.
    pub(crate) begun: Option<Moment>,
    /// Seconds.
    pub(crate) short: Decimal,
    /// What must be kept, in hours.
    pub(crate) limit: Decimal,
}

/// The derogation of one employee, and the compensatory rest that is not yet set against a short
/// rest.
pub(crate) struct Derogations<'a> {
    law: &'a Law,
    facts: &'a WorkingTime,
    used: Vec<bool>,
}

impl<'a> Derogations<'a> {
    pub(crate) fn new(law: &'a Law, facts: &'a WorkingTime) -> Self {
        Self { law, facts, used: vec![false; facts.equivalent_rest.len()] }
    }

    /// How a provision applies.
    pub(crate) fn force(&self, provision: Provision) -> Force {
        let Some(ground) = self.facts.derogation else { return Force::Applies };
        let rules = &self.law.derogations;
        match rules.iter().find(|rule| rule.ground == ground && rule.provision == provision) {
            Some(rule) if rule.compensated => Force::Compensated,
            Some(_) => Force::Exempt,
            None => Force::Applies,
        }
    }

    /// Judges what fell short: `breach` writes the finding where the provision applies as it stands.
    pub(crate) fn judge(
        &mut self,
        shortfall: Shortfall,
        out: &mut Out,
        breach: impl FnOnce(&mut Out),
    ) {
        let Shortfall { provision, day, begun, short, limit } = shortfall;
        match self.force(provision) {
            Force::Applies => breach(out),
            Force::Exempt => {}
            Force::Compensated => {
                let given = self.given(provision, day);
                let due = hours_up(short);
                let (finding, limit, actual) = match seconds(given) < short {
                    true => (Finding::CompensatoryRestShort, due, given),
                    false => (Finding::RestCompensated, limit, due),
                };
                let subject = match begun {
                    Some(begun) => format!("{} {}", provision.name(), begun.written()),
                    None => provision.name().to_owned(),
                };
                out.finding(finding).about(subject).on(day).limit(limit).actual(actual);
            }
        }
    }

    /// Compensatory rest for a provision and a day. No row serves twice.
    fn given(&mut self, provision: Provision, day: Date) -> Decimal {
        let rows = self.facts.equivalent_rest.iter().zip(&mut self.used);
        let mut mine = rows.filter(|(row, used)| {
            let EquivalentRest { provision: of, day: on, .. } = row;
            !**used && *of == provision && *on == day
        });
        let Some((row, used)) = mine.next() else { return Decimal::ZERO };
        *used = true;
        row.hours
    }
}

/// Hours of so many seconds.
fn hours_up(short: Decimal) -> Decimal {
    hours(i64::try_from(short.ceil()).unwrap_or(i64::MAX))
}
