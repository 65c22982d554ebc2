//! Which of several attributes of one name goes before the others: an employment's before the
//! person's, and of these one for the ruleset before one for all; from its first day on.

use std::collections::BTreeMap;

use jiff::civil::Date;
use stele_store::Attributes;

use super::{
    membership::Days,
    name::{AttributeName, are_plain},
};

/// An attribute that may go before another one.
#[derive(Clone, Copy)]
pub(super) struct Closer<'a> {
    pub(super) kept: &'a str,
    pub(super) name: AttributeName<'a>,
    /// From when on.
    pub(super) since: Date,
}

impl Closer<'_> {
    /// Whether a calculation for the employment by the ruleset reads it.
    pub(super) fn is_for(&self, employment: Option<&str>, ruleset: Option<&str>) -> bool {
        self.name.employment.is_none_or(|of| Some(of) == employment)
            && self.name.ruleset.is_none_or(|of| Some(of) == ruleset)
    }
}

/// Attributes by the name that they have for a calculation, where several have the same.
pub(super) struct Same<'a>(BTreeMap<&'a str, Vec<Closer<'a>>>);

impl<'a> Same<'a> {
    pub(super) fn of(attributes: &'a Attributes) -> Self {
        let mut by_name: BTreeMap<&str, Vec<Closer<'_>>> = BTreeMap::new();
        if !are_plain(attributes) {
            for (kept, values) in attributes {
                let name = AttributeName::of(kept);
                let since = values.first().map(|first| first.from);
                let one = since.map(|since| Closer { kept, name, since });
                by_name.entry(name.name).or_default().extend(one);
            }
        }
        by_name.retain(|_, same| same.len() > 1);
        Self(by_name)
    }

    /// Whether no attribute goes before another one.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All that go before an attribute, for some employment and ruleset.
    pub(super) fn closer(&self, attribute: &str) -> Vec<Closer<'a>> {
        let whose = AttributeName::of(attribute);
        let same = self.0.get(whose.name).into_iter().flatten().copied();
        let closer = same.filter(|one| {
            let name = one.name;
            name.closeness() > whose.closeness()
                && (whose.employment.is_none() || name.employment == whose.employment)
                && (whose.ruleset.is_none()
                    || name.ruleset.is_none_or(|of| Some(of) == whose.ruleset))
        });
        closer.collect()
    }
}

/// The days of a value on which a calculation for the employment by the ruleset reads it, as nothing
/// of these goes before it yet; none: there are none.
pub(super) fn read(
    closer: &[Closer<'_>],
    employment: Option<&str>,
    ruleset: &str,
    days: Days,
) -> Option<Days> {
    let fitting = closer.iter().filter(|one| one.is_for(employment, Some(ruleset)));
    let Some(since) = fitting.map(|one| one.since).min() else { return Some(days) };
    let last = since.yesterday().ok().filter(|last| days.from <= *last)?;
    Some(Days { until: Some(days.until.map_or(last, |until| until.min(last))), ..days })
}
