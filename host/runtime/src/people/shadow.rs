//! What is said and not read, because something closer is said of the same: a person's value below
//! one of each employment, a name for all rulesets below one of the ruleset.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use stele_engine::contract::Origin;
use stele_store::Attributes;

use super::{
    closer::{Closer, Same},
    declared::Declarations,
    difference::differences,
    employment::Employment,
    membership::{Days, Membership},
    name::AttributeName,
    suits::is_for,
    terms::{READ, STATUS},
    wrong::Wrong,
};

/// A value that is stated, or was for later, and that some employments do not read.
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

/// What a change states and no calculation would read, and what only some would, of that and of what
/// was stated before for later. Nothing is said against what the same write states for the first
/// time: it says itself what is read.
pub(super) fn shadows(
    declared: &Declarations,
    before: &Attributes,
    after: &Attributes,
) -> (Vec<Wrong>, Vec<ShadowedValue>) {
    let (mut wrong, mut shadowed) = (Vec::new(), Vec::new());
    let same = Same::of(after);
    if same.is_empty() {
        return (wrong, shadowed);
    }
    let stated = differences(before, after).filter(|one| one.after.is_some());
    let stated = stated.map(|one| Covered {
        attribute: one.attribute,
        from: one.from,
        closer: same.closer(one.attribute),
        known: Vec::new(),
        is_stated: true,
    });
    let stated = stated.filter(|one| !one.closer.is_empty());
    let mut covered = stated.chain(hidden(before, after, &same)).peekable();
    if covered.peek().is_none() {
        return (wrong, shadowed);
    }
    let employments = Employment::all(after);
    let membership = Membership::new(declared, &employments);
    let readers = Readers { declared, employments, membership };
    for one in covered {
        let shade = readers.shade(&one, after);
        if shade.by.is_empty() {
            continue;
        }
        let was_known = shade.by.iter().any(|kept| before.contains_key(*kept));
        if one.is_stated && !shade.is_read && was_known {
            let read = shade.by.iter().copied().collect::<Vec<_>>().join(" and ");
            let (goes, instead) = match shade.by.len() {
                1 => ("goes before it and is", "state that, or take it back"),
                _ => ("go before it and are", "state those, or take them back"),
            };
            let expected = format!("{read}, which {goes} what is read on {}: {instead}", one.from);
            let found = "a value that no calculation would read";
            wrong.push(Wrong::with(one.attribute, Some(one.from), expected, found));
            continue;
        }
        let name = AttributeName::of(one.attribute);
        shadowed.push(ShadowedValue {
            attribute: name.of_person(),
            employment: name.employment.map(str::to_owned),
            from: one.from,
            read: shade.by.into_iter().map(str::to_owned).collect(),
            employments: shade.employments.into_iter().map(str::to_owned).collect(),
        });
    }
    (wrong, shadowed)
}

/// A value before which others may go.
struct Covered<'a> {
    attribute: &'a str,
    from: Date,
    /// What may go before it.
    closer: Vec<Closer<'a>>,
    /// What went before it already.
    known: Vec<Closer<'a>>,
    /// Whether the change states it.
    is_stated: bool,
}

/// What was stated before and stays, from days on before which the change puts something closer: a
/// raise that is scheduled, below a value that the employment now has from an earlier day on.
fn hidden<'a>(
    before: &'a Attributes,
    after: &'a Attributes,
    same: &Same<'a>,
) -> impl Iterator<Item = Covered<'a>> {
    let earlier = Same::of(before);
    let since = |kept: &str| before.get(kept).and_then(|values| values.first()).map(|one| one.from);
    before.iter().flat_map(move |(kept, values)| {
        let closer = same.closer(kept);
        let new = closer.iter().filter(|one| since(one.kept).is_none_or(|was| one.since < was));
        let begins = new.map(|one| one.since).min();
        let stays = after.get(kept).map(Vec::as_slice).unwrap_or_default();
        let later = values.iter().filter(|one| begins.is_some_and(|begins| begins <= one.from));
        let later = later.filter(|one| stays.contains(one));
        let known = earlier.closer(kept);
        let each = later.map(|value| Covered {
            attribute: kept,
            from: value.from,
            closer: closer.clone(),
            known: known.iter().copied().filter(|one| one.since <= value.from).collect(),
            is_stated: false,
        });
        each.collect::<Vec<_>>()
    })
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
    fn shade(&self, covered: &Covered<'a>, after: &Attributes) -> Shade<'a> {
        let name = AttributeName::of(covered.attribute);
        let values = after.get(covered.attribute).map(Vec::as_slice).unwrap_or_default();
        let next = values.iter().find(|value| value.from > covered.from);
        let until = next.and_then(|next| next.from.yesterday().ok());
        let days = Days { from: covered.from, until };
        let mut shade = Shade::default();
        for (at, employment) in self.employments.iter().enumerate() {
            let is_its = name.employment.is_none() || name.employment == employment.id();
            if is_its && runs(*employment, days) {
                self.shade_for(at, *employment, covered, days, &mut shade);
            }
        }
        shade
    }

    /// Notes what goes before the value for one employment.
    fn shade_for(
        &self,
        at: usize,
        employment: Employment<'a>,
        covered: &Covered<'a>,
        days: Days,
        shade: &mut Shade<'a>,
    ) {
        let name = AttributeName::of(covered.attribute);
        let mut note = |ruleset: Option<&str>, reads: &dyn Fn(Days) -> bool| {
            let fits = |one: &&Closer<'a>| one.is_for(employment.id(), ruleset);
            if covered.known.iter().any(|one| fits(&one)) {
                return;
            }
            let begun = covered.closer.iter().filter(fits).filter(|one| one.since <= days.from);
            let above = begun.max_by_key(|one| one.name.closeness());
            let above =
                above.or_else(|| covered.closer.iter().filter(fits).min_by_key(|one| one.since));
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
