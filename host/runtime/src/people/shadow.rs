//! What is said and not read, because something closer is said of the same: a person's value below
//! one of each employment, a name for all rulesets below one of the ruleset.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use stele_engine::contract::Origin;
use stele_store::Attributes;

use super::{
    declared::Declarations,
    difference::{Difference, differences},
    employment::Employment,
    membership::{Days, Membership},
    name::{AttributeName, are_plain},
    suits::is_for,
    terms::{READ, STATUS},
    wrong::Wrong,
};

/// A value that is stated, and that some employments do not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ShadowedValue {
    /// The attribute.
    pub attribute: String,
    /// The employment whose it is; not given: the person's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employment: Option<String>,
    /// The date that the value was stated for.
    pub from: Date,
    /// What is read instead, as a column of a file is called: `gross@shanghai`.
    pub read: BTreeSet<String>,
    /// The employments that read it; none where they are not told apart.
    pub employments: BTreeSet<String>,
}

/// What a change states and no calculation would read, and what only some would. Nothing is said
/// against what the same write states for the first time: it says itself what is read.
pub(super) fn shadows(
    declared: &Declarations,
    before: &Attributes,
    after: &Attributes,
) -> (Vec<Wrong>, Vec<ShadowedValue>) {
    let (mut wrong, mut shadowed) = (Vec::new(), Vec::new());
    let same = Same::of(after);
    if same.0.is_empty() {
        return (wrong, shadowed);
    }
    let stated = differences(before, after).filter(|one| one.after.is_some());
    let stated = stated.map(|one| (same.closer(one.attribute), one));
    let mut stated = stated.filter(|(closer, _)| !closer.is_empty()).peekable();
    if stated.peek().is_none() {
        return (wrong, shadowed);
    }
    let employments = Employment::all(after);
    let membership = Membership::new(declared, &employments);
    let readers = Readers { declared, employments, membership };
    for (closer, difference) in stated {
        let shade = readers.shade(&closer, &difference, after);
        if shade.by.is_empty() {
            continue;
        }
        let was_known = shade.by.iter().any(|kept| before.contains_key(*kept));
        if !shade.is_read && was_known {
            let read = shade.by.iter().copied().collect::<Vec<_>>().join(" and ");
            let expected = format!(
                "{read}, which goes before it and is what is read on {}: state that, or take it back",
                difference.from
            );
            let found = "a value that no calculation would read";
            wrong.push(Wrong::with(difference.attribute, Some(difference.from), expected, found));
            continue;
        }
        let (attribute, employment) = difference.of();
        shadowed.push(ShadowedValue {
            attribute,
            employment,
            from: difference.from,
            read: shade.by.into_iter().map(str::to_owned).collect(),
            employments: shade.employments.into_iter().map(str::to_owned).collect(),
        });
    }
    (wrong, shadowed)
}

/// An attribute that may go before another one.
#[derive(Clone, Copy)]
struct Closer<'a> {
    kept: &'a str,
    name: AttributeName<'a>,
    /// From when on.
    since: Date,
}

/// Attributes by the name that they have for a calculation, where several have the same.
struct Same<'a>(BTreeMap<&'a str, Vec<Closer<'a>>>);

impl<'a> Same<'a> {
    fn of(attributes: &'a Attributes) -> Self {
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

    /// All that go before an attribute, for some employment and ruleset.
    fn closer(&self, attribute: &str) -> Vec<Closer<'a>> {
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

/// Those who read an employee's attributes.
struct Readers<'a> {
    declared: &'a Declarations,
    employments: Vec<Employment<'a>>,
    membership: Membership,
}

/// What goes before a value.
#[derive(Default)]
struct Shade<'a> {
    by: BTreeSet<&'a str>,
    /// For whom.
    employments: BTreeSet<&'a str>,
    /// Whether somebody reads the value all the same.
    is_read: bool,
}

impl<'a> Readers<'a> {
    fn shade(
        &self,
        closer: &[Closer<'a>],
        stated: &Difference<'_>,
        after: &Attributes,
    ) -> Shade<'a> {
        let name = AttributeName::of(stated.attribute);
        let values = after.get(stated.attribute).map(Vec::as_slice).unwrap_or_default();
        let next = values.iter().find(|value| value.from > stated.from);
        let until = next.and_then(|next| next.from.yesterday().ok());
        let days = Days { from: stated.from, until };
        let mut shade = Shade::default();
        for (at, employment) in self.employments.iter().enumerate() {
            let is_its = name.employment.is_none() || name.employment == employment.id();
            if is_its && runs(*employment, days) {
                self.shade_for(at, *employment, closer, name, days, &mut shade);
            }
        }
        shade
    }

    /// Notes what goes before the value for one employment.
    fn shade_for(
        &self,
        at: usize,
        employment: Employment<'a>,
        closer: &[Closer<'a>],
        name: AttributeName<'_>,
        days: Days,
        shade: &mut Shade<'a>,
    ) {
        let mut note = |ruleset: Option<&str>, reads: &dyn Fn(Days) -> bool| {
            let fits = |one: &&Closer<'a>| {
                one.name.employment.is_none_or(|of| Some(of) == employment.id())
                    && one.name.ruleset.is_none_or(|of| Some(of) == ruleset)
            };
            let begun = closer.iter().filter(fits).filter(|one| one.since <= days.from);
            let above = begun.max_by_key(|one| one.name.closeness());
            let above = above.or_else(|| closer.iter().filter(fits).min_by_key(|one| one.since));
            let is_read = above.is_none_or(|above| {
                let last = above.since.yesterday().ok();
                let until = days.until.into_iter().chain(last).min();
                above.since > days.from && reads(Days { from: days.from, until })
            });
            shade.is_read |= is_read;
            if let Some(above) = above.filter(|_| !is_read) {
                shade.by.insert(above.kept);
                shade.employments.extend(employment.id());
            }
        };
        for (version, declared) in self.declared.versions.iter().enumerate() {
            let field = declared.ruleset.fact(name.name);
            let is_asked = field.is_some_and(|field| matches!(field.origin, Origin::Caller));
            let reads = |days| self.membership.has(version, at, days);
            if is_asked && is_for(declared, name) && reads(days) {
                note(Some(declared.ruleset.manifest().name.as_str()), &reads);
            }
        }
        // Where somebody is placed is read whether there is a version or not.
        let is_organized = self.declared.organization.is_some();
        let is_term = name.name == STATUS || is_organized && READ.contains(&name.name);
        if is_term && name.ruleset.is_none() {
            note(None, &|_| true);
        }
    }
}

/// Whether the employment has not ended on one of the days.
fn runs(employment: Employment<'_>, days: Days) -> bool {
    let changes = employment.values(STATUS).iter().map(|value| value.from);
    let asked = changes.filter(|day| days.have(*day)).chain([days.from]);
    asked.into_iter().any(|day| !employment.has_ended(day))
}
