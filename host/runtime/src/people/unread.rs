//! What is said and read by no calculation, although nothing goes before it: a raise with a mistyped
//! year from before the employment, one for whoever has left, one for days on which no version that
//! is for the employment is in force. It is kept, because history may be written, and what is paid
//! outside of an employment reads it; but it is said.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use stele_engine::contract::Origin;
use stele_store::{Attributes, DatedValue};

use super::{
    declared::{Declarations, Declared},
    difference::differences,
    employment::Employment,
    membership::{Days, Membership},
    name::AttributeName,
    suits::is_for,
};

/// A value that is stated and that no calculation reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct UnreadValue {
    /// The attribute.
    pub attribute: String,
    /// The employment whose it is; not given: the person's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employment: Option<String>,
    /// The date that the value was stated for.
    pub from: Date,
    /// The last day on which it holds; not given: until further notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Why nothing reads it.
    pub because: Unread,
}

/// Why no calculation reads a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unread {
    /// The employment begins after its last day.
    NotBegun,
    /// The employment has ended in a month before its first day.
    Ended,
    /// On its days no version that takes it is in force in a slot that is for the employment.
    NoSlot,
}

/// What a change states of facts and no calculation reads. What nobody declares, and what no version
/// reads on any later day either, is found elsewhere.
pub(super) fn unread(
    declared: &Declarations,
    before: &Attributes,
    after: &Attributes,
    unused: &[String],
) -> Vec<UnreadValue> {
    let stated = differences(before, after).filter_map(|one| {
        let value = one.after.filter(|value| !value.value.is_null())?;
        let takes = |version: &Declared| takes(version, one.attribute);
        let is_fact = declared.versions.iter().any(takes);
        (is_fact && !unused.iter().any(|name| name == one.attribute))
            .then_some((one.attribute, value))
    });
    let mut stated = stated.peekable();
    if stated.peek().is_none() {
        return Vec::new();
    }
    let readers = Readers::new(declared, after);
    let unread = stated.filter_map(|(kept, value)| {
        let until = next(after, kept, value).and_then(|next| next.from.yesterday().ok());
        let because = readers.unread(kept, Days { from: value.from, until })?;
        let name = AttributeName::of(kept);
        Some(UnreadValue {
            attribute: name.of_person(),
            employment: name.employment.map(str::to_owned),
            from: value.from,
            until,
            because,
        })
    });
    unread.collect()
}

/// Whether the version takes what the attribute says from an employee.
fn takes(version: &Declared, kept: &str) -> bool {
    let name = AttributeName::of(kept);
    let field = version.ruleset.fact(name.name).filter(|_| is_for(version, name));
    field.is_some_and(|field| matches!(field.origin, Origin::Caller))
}

/// The value of the attribute that follows.
fn next<'a>(attributes: &'a Attributes, kept: &str, value: &DatedValue) -> Option<&'a DatedValue> {
    attributes.get(kept)?.iter().find(|next| next.from > value.from)
}

/// Who reads an employee's attributes, and when.
struct Readers<'a> {
    declared: &'a Declarations,
    /// Each with the months in which it runs.
    employments: Vec<(Employment<'a>, Vec<Days>)>,
    membership: Membership,
}

impl<'a> Readers<'a> {
    fn new(declared: &'a Declarations, attributes: &'a Attributes) -> Self {
        let employments = Employment::all(attributes);
        let membership = Membership::new(declared, &employments);
        let is_organized = declared.organization.is_some();
        let employments = employments.into_iter().map(|one| (one, paid(one, is_organized)));
        Self { declared, employments: employments.collect(), membership }
    }

    /// Why nobody reads the attribute on these days; none: somebody does.
    fn unread(&self, kept: &str, days: Days) -> Option<Unread> {
        let name = AttributeName::of(kept);
        let mut because = None;
        for (at, (employment, paid)) in self.employments.iter().enumerate() {
            if name.employment.is_some() && name.employment != employment.id() {
                continue;
            }
            let its: Vec<Days> = paid.iter().filter_map(|paid| paid.common(days)).collect();
            if its.iter().any(|days| self.is_taken(kept, at, *days)) {
                return None;
            }
            because = Some(match its.as_slice() {
                [_, ..] => Unread::NoSlot,
                [] if paid.iter().any(|paid| paid.from > days.from) => Unread::NotBegun,
                [] => Unread::Ended,
            });
        }
        because
    }

    /// Whether a version that takes the attribute is for the employment on one of the days.
    fn is_taken(&self, kept: &str, employment: usize, days: Days) -> bool {
        let versions = self.declared.versions.iter().enumerate();
        let mut takes = versions.filter(|(_, version)| takes(version, kept));
        takes.any(|(at, _)| self.membership.has(at, employment, days))
    }
}

/// The days as on which somebody is paid in an employment: those on which it runs, until the end of the
/// month. Of a tenant that has said nothing of its organization nobody says when that is.
fn paid(employment: Employment<'_>, is_organized: bool) -> Vec<Days> {
    if !is_organized {
        return vec![Days { from: Date::MIN, until: None }];
    }
    let turns: BTreeSet<Date> = employment.turns().chain([Date::MIN]).collect();
    let ends = turns.iter().skip(1).map(|next| next.yesterday().ok()).chain([None]);
    let runs = turns.iter().zip(ends).filter(|(from, _)| employment.runs(**from));
    let days = runs.map(|(from, until)| {
        let until = until.map(|until| until.last_of_month());
        Days { from: *from, until }
    });
    days.collect()
}
