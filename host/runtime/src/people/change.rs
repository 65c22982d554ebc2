//! A change of an employee: whether it may be, and what it changes.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use stele_ruleset::FieldError;
use stele_store::{Attributes, DatedValue};

use super::{
    check,
    declared::Declarations,
    name::AttributeName,
    required::{Vanishing, vanishing},
};

/// What becomes of what was stated for a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// Nothing was stated for the date before.
    Added,
    /// Another value was stated for the date.
    Changed,
    /// From the date on there is no value any more.
    Ended,
    /// It is taken back: what holds on the date is what was stated for an earlier one.
    Dropped,
}

/// What becomes of one dated value. The values themselves may be salaries and are not in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ValueChange {
    /// The attribute.
    pub attribute: String,
    /// The employment whose it is; not given: the person's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employment: Option<String>,
    /// The date that the value was stated for.
    pub from: Date,
    /// What becomes of it.
    pub change: ChangeKind,
}

/// A dated value before and after a change.
pub(super) struct Difference<'a> {
    /// The attribute, as it is kept.
    pub(super) attribute: &'a str,
    pub(super) from: Date,
    pub(super) before: Option<&'a DatedValue>,
    pub(super) after: Option<&'a DatedValue>,
}

impl Difference<'_> {
    pub(super) fn kind(&self) -> ChangeKind {
        match (self.before, self.after) {
            (_, Some(after)) if after.value.is_null() => ChangeKind::Ended,
            (None, _) => ChangeKind::Added,
            (Some(_), Some(_)) => ChangeKind::Changed,
            (Some(_), None) => ChangeKind::Dropped,
        }
    }

    pub(super) fn change(&self) -> ValueChange {
        let (attribute, employment) = self.of();
        ValueChange { attribute, employment, from: self.from, change: self.kind() }
    }

    /// The attribute, and the employment whose it is.
    pub(super) fn of(&self) -> (String, Option<String>) {
        let name = AttributeName::of(self.attribute);
        (name.of_person(), name.employment.map(str::to_owned))
    }
}

/// All dated values that differ, by attribute and date. Values are sorted by date.
pub(super) fn differences<'a>(
    before: &'a Attributes,
    after: &'a Attributes,
) -> impl Iterator<Item = Difference<'a>> {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    names.into_iter().flat_map(move |attribute| {
        let values = |of: &'a Attributes| of.get(attribute).map(Vec::as_slice).unwrap_or_default();
        of_values(attribute, values(before), values(after))
    })
}

fn of_values<'a>(
    attribute: &'a str,
    mut before: &'a [DatedValue],
    mut after: &'a [DatedValue],
) -> Vec<Difference<'a>> {
    let mut found = Vec::new();
    loop {
        let (old, new) = (before.first(), after.first());
        let from = match (old, new) {
            (None, None) => return found,
            (Some(one), None) | (None, Some(one)) => one.from,
            (Some(old), Some(new)) => old.from.min(new.from),
        };
        let [old, new] = [old, new].map(|value| value.filter(|value| value.from == from));
        before = before.get(usize::from(old.is_some())..).unwrap_or_default();
        after = after.get(usize::from(new.is_some())..).unwrap_or_default();
        if old != new {
            found.push(Difference { attribute, from, before: old, after: new });
        }
    }
}

/// Something that is wrong with a change.
pub(super) struct Wrong {
    /// The attribute, as it is kept; none: it concerns them all.
    pub(super) attribute: Option<String>,
    /// The date whose value it is, if it is one.
    pub(super) from: Option<Date>,
    /// The rest of the pointer: inside the value, or `/from`.
    pub(super) inside: String,
    pub(super) error: FieldError,
}

/// A change that may be made.
pub(super) struct Checked {
    /// As it will be, values sorted by date.
    pub(super) attributes: Attributes,
    /// Attributes that no activated ruleset declares as a fact.
    pub(super) unused: Vec<String>,
}

/// Checks all that will be known, and that nothing vanishes that a ruleset in force requires. What
/// was wrong before, and is not touched, is nobody's mistake now.
pub(super) fn check_change(
    declared: &Declarations,
    before: &Attributes,
    after: Attributes,
) -> Result<Checked, Vec<Wrong>> {
    let vanishing = vanishing(declared, before, &after);
    let kept = after.clone();
    let mut wrong: Vec<Wrong> = match check::check(declared, after) {
        Ok((attributes, unused)) if vanishing.is_empty() => {
            return Ok(Checked { attributes, unused });
        }
        Ok(_) => Vec::new(),
        Err(errors) => {
            let known = check::check(declared, before.clone()).err().unwrap_or_default();
            let located = errors.into_iter().map(|error| (known.contains(&error), error));
            let located =
                located.map(|(was_wrong, error)| (was_wrong, Wrong::locate(error, &kept)));
            let is_new = |(was_wrong, wrong): &(bool, Wrong)| {
                let touched = |name: &String| before.get(name) != kept.get(name);
                !was_wrong || wrong.attribute.as_ref().is_none_or(touched)
            };
            located.filter(is_new).map(|(_, wrong)| wrong).collect()
        }
    };
    wrong.extend(vanishing.into_iter().map(Wrong::from));
    match wrong.is_empty() {
        true => Ok(Checked { attributes: kept, unused: Vec::new() }),
        false => Err(wrong),
    }
}

/// Checks a record that takes the place of all that is known: whatever it states, and that nothing
/// vanishes that a ruleset in force requires.
pub(super) fn check_record(
    declared: &Declarations,
    before: &Attributes,
    record: Attributes,
) -> Result<Checked, Vec<FieldError>> {
    let mut sorted = record.clone();
    check::sort(&mut sorted);
    let vanishing = vanishing(declared, before, &sorted).into_iter().map(|fact| {
        let pointer = AttributeName::of(&fact.attribute).pointer();
        FieldError { pointer, ..Wrong::from(fact).error }
    });
    let vanishing: Vec<FieldError> = vanishing.collect();
    match check::check(declared, record) {
        Ok((attributes, unused)) if vanishing.is_empty() => Ok(Checked { attributes, unused }),
        Ok(_) => Err(vanishing),
        Err(wrong) => Err(wrong.into_iter().chain(vanishing).collect()),
    }
}

impl Wrong {
    /// Finds the attribute and the date that a pointer `…/attributes/<name>/<position>…` names.
    fn locate(error: FieldError, attributes: &Attributes) -> Self {
        let found = attributes.iter().find_map(|(kept, values)| {
            let rest = error.pointer.strip_prefix(&AttributeName::of(kept).pointer())?;
            (rest.is_empty() || rest.starts_with('/')).then_some((kept, values, rest))
        });
        let Some((kept, values, rest)) = found else {
            return Self { attribute: None, from: None, inside: String::new(), error };
        };
        let mut parts = rest.splitn(3, '/').skip(1);
        let position = parts.next().and_then(|part| part.parse::<usize>().ok());
        let value = position.and_then(|position| values.get(position));
        let inside = parts.next().map(|inside| format!("/{inside}")).unwrap_or_default();
        let attribute = Some(kept.clone());
        Self { attribute, from: value.map(|value| value.from), inside, error }
    }
}

impl From<Vanishing> for Wrong {
    fn from(fact: Vanishing) -> Self {
        let Vanishing { attribute, on, ruleset, version } = fact;
        let expected = format!(
            "a value on {on}, as now: {ruleset} {version}, which is in force, requires this fact; \
             give a value from {on} on, or leave the one that there is"
        );
        let error = FieldError::new("", expected, "nothing any more");
        Self { attribute: Some(attribute), from: None, inside: String::new(), error }
    }
}
