//! Which employments of an employee the slot of a report is for, on which of its days.

use std::sync::Arc;

use jiff::{Timestamp, civil::Date};
use stele_store::{Attributes, Slot, TenantId};

use super::plan::{CANDIDATE, Plan};
use crate::people::choice::is_for;
use crate::people::employment::Employment;
use crate::people::name::are_plain;
use crate::state::organization::{Organization, Place};
use crate::state::runtime::Runtime;

/// Whom the slot is for.
#[derive(Debug, Clone)]
pub(super) struct Audience {
    organization: Option<Arc<Organization>>,
    slot: Slot,
    /// That of the candidate.
    jurisdiction: Option<String>,
    dates: Vec<Date>,
}

/// An employment that the slot is for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Member {
    /// Its name; none: the employee's are not told apart.
    pub(super) employment: Option<String>,
    /// The positions of the days on which the slot is for it; none: all of them.
    pub(super) days: Option<Vec<usize>>,
    /// Whether its status says when it runs.
    pub(super) has_status: bool,
}

impl Audience {
    /// As known at a time.
    pub(super) fn new(
        runtime: &Runtime,
        tenant: &TenantId,
        slot: &Slot,
        plan: &Plan,
        known_at: Timestamp,
    ) -> Self {
        let catalog = runtime.state().catalog();
        let organized = catalog.organized(tenant, known_at);
        let candidate = plan.versions.get(CANDIDATE);
        let jurisdiction = candidate.and_then(|one| one.ruleset.manifest().jurisdiction.clone());
        Self {
            organization: organized.map(|one| one.organization.clone()),
            slot: slot.clone(),
            jurisdiction,
            dates: plan.days.iter().map(|day| day.date).collect(),
        }
    }

    /// Whether the slot is for somebody on some day. Of no days nobody can say whom it is for, and
    /// then it may be for anybody.
    pub(super) fn concerns(&self, attributes: &Attributes) -> bool {
        self.dates.is_empty() || !self.members(attributes).is_empty()
    }

    /// The employments that the slot is for on some day and that run in its month. Nobody is paid in
    /// the others.
    pub(super) fn members(&self, attributes: &Attributes) -> Vec<Member> {
        if self.organization.is_none() && are_plain(attributes) {
            return vec![Member::default()];
        }
        let place = Place { slot: &self.slot, jurisdiction: self.jurisdiction.as_deref() };
        let all = Employment::all(attributes);
        let mut days: Vec<Vec<usize>> = vec![Vec::new(); all.len()];
        for (position, date) in self.dates.iter().enumerate() {
            let organization = self.organization.as_deref();
            for (one, days) in all.iter().zip(&mut days) {
                if is_for(organization, place, *one, *date) && one.days_in_month_of(*date).is_some()
                {
                    days.push(position);
                }
            }
        }
        let members = all.iter().zip(days).filter(|(_, days)| !days.is_empty());
        let members = members.map(|(one, days)| Member {
            employment: one.id().map(str::to_owned),
            days: Some(days).filter(|days| days.len() < self.dates.len()),
            has_status: true,
        });
        members.collect()
    }
}

/// What an employment is called in a report: the employee, and after a slash the employment where
/// the employee's are told apart. No employee's identifier has a slash in it.
pub(super) fn name_of(employee: &str, employment: Option<&str>) -> String {
    match employment {
        Some(employment) => format!("{employee}/{employment}"),
        None => employee.to_owned(),
    }
}

/// The employee and the employment of a name.
pub(super) fn named(name: &str) -> (&str, Option<&str>) {
    match name.split_once('/') {
        Some((employee, employment)) => (employee, Some(employment)),
        None => (name, None),
    }
}
