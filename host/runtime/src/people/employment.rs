//! What is known of one employment: its own attributes before the person's, and among these those
//! for one ruleset before those for all.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::Value;
use stele_ruleset::Standing;
use stele_store::{Attributes, DatedValue};

use super::name::{AT, AttributeName, are_plain, employments};
use super::terms::{COUNTRY, ENDED, LEGAL_ENTITY, ON_LEAVE, PAY_GROUP, STATUS};
use crate::state::organization::Placement;

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

    /// The dates on which it may come to belong elsewhere, or to stand otherwise.
    pub(crate) fn turns(self) -> impl Iterator<Item = Date> {
        self.moves().chain(self.statuses().into_iter().flatten().map(|value| value.from))
    }

    /// The day from which on anything is said of it; none: its employee's employments are not told
    /// apart.
    pub(crate) fn begins(self) -> Option<Date> {
        let id = self.id?;
        let attributes = self.attributes.iter();
        let own = attributes.filter(|(kept, _)| AttributeName::of(kept).employment == Some(id));
        own.flat_map(|(_, values)| values).map(|value| value.from).min()
    }

    /// How it stands on the date; none: it runs. Of one whose status nobody has said it is taken that
    /// it runs, and so of one of which the first that was said is its end.
    pub(crate) fn standing(self, date: Date) -> Option<Standing> {
        let stated = self.statuses();
        let begun = |values: &&[DatedValue]| values.first().is_some_and(|first| first.from <= date);
        let Some(values) = stated.into_iter().find(begun) else {
            let firsts = stated.into_iter().filter_map(|values| values.first());
            let first = firsts.min_by_key(|first| first.from)?;
            let is_begin = first.value.as_str().is_some_and(|status| status != ENDED);
            return is_begin.then_some(Standing::NotBegun { begins: first.from });
        };
        let values = values.get(..begun_by(values, date)).unwrap_or_default();
        let status = values.last().and_then(|last| last.value.as_str())?;
        // Whoever says the same again says nothing new.
        let same = values.iter().rev().take_while(|value| value.value.as_str() == Some(status));
        let since = same.last().map(|first| first.from)?;
        match status {
            ENDED => Some(Standing::Ended { since }),
            ON_LEAVE => Some(Standing::OnLeave { since }),
            _ => None,
        }
    }

    /// Its own statuses, which go before the person's from their first day on, and these.
    fn statuses(self) -> [&'a [DatedValue]; 2] {
        let own = self.id.and_then(|id| self.attributes.get(&format!("{STATUS}{AT}{id}")));
        [own, self.attributes.get(STATUS)].map(|values| values.map_or(&[][..], Vec::as_slice))
    }

    /// Whether it runs on the date, on leave or not.
    pub(crate) fn runs(self, date: Date) -> bool {
        !self.standing(date).is_some_and(Standing::is_outside)
    }

    /// The first and the last day of the date's month on which it runs; none: it runs on no day of it.
    pub(crate) fn days_in_month_of(self, date: Date) -> Option<(Date, Date)> {
        let (first, last) = (date.first_of_month(), date.last_of_month());
        let changes = self.status_changes().filter(|day| first < *day && *day <= last);
        let begins = changes.clone().chain([first]).filter(|day| self.runs(*day)).min()?;
        let ends = changes.filter_map(|day| day.yesterday().ok()).chain([last]);
        Some((begins, ends.filter(|day| self.runs(*day)).max()?))
    }

    /// The dates on which it may begin, end or come to belong elsewhere.
    pub(crate) fn changes(self) -> impl Iterator<Item = Date> {
        self.moves().chain(self.status_changes())
    }

    fn status_changes(self) -> impl Iterator<Item = Date> + Clone {
        self.statuses().into_iter().flatten().map(|value| value.from)
    }

    /// Where it belongs as far as a payment on the date is concerned: before it begins where it begins,
    /// and after it has ended where it ended.
    pub(crate) fn nearest_placement(self, date: Date) -> Placement<'a> {
        self.placement(match self.standing(date) {
            Some(Standing::NotBegun { begins }) => begins,
            Some(Standing::Ended { since }) => since.yesterday().unwrap_or(since),
            Some(Standing::OnLeave { .. } | Standing::Moved { .. }) | None => date,
        })
    }

    /// The day as on which its facts are read for a payment on the date: whoever begins later in the
    /// month is paid by what is known of the first day.
    pub(crate) fn known_on(self, date: Date) -> Date {
        match self.standing(date) {
            Some(Standing::NotBegun { begins }) if begins <= date.last_of_month() => begins,
            _ => date,
        }
    }

    /// Whether it has ended by the date.
    pub(crate) fn has_ended(self, date: Date) -> bool {
        matches!(self.standing(date), Some(Standing::Ended { .. }))
    }

    /// As an error calls it.
    pub(crate) fn name(self) -> String {
        self.id.map_or("the employee".to_owned(), |id| format!("the employment {id}"))
    }
}

/// The value that holds on the date: of those that have begun the last one.
pub(crate) fn value_on(values: &[DatedValue], date: Date) -> Option<&Value> {
    begun_by(values, date)
        .checked_sub(1)
        .and_then(|last| values.get(last))
        .map(|value| &value.value)
}

/// How many of the values, which are sorted by date, have begun.
fn begun_by(values: &[DatedValue], date: Date) -> usize {
    values.partition_point(|value| value.from <= date)
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
