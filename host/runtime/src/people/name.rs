//! Names of attributes, as they are kept: `gross` holds for the person and each employment and for
//! every ruleset; `gross@de` for the employment `de`; `de/payroll/state` for the ruleset
//! `de/payroll` alone; `de/payroll/state@de` for both.

use std::collections::BTreeSet;

use stele_store::{Attributes, EmploymentId};

/// Longest name of an attribute itself, in bytes.
const LONGEST_NAME: usize = 100;

/// Between an attribute and its employment.
pub(crate) const AT: char = '@';

/// The name of an attribute in its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct AttributeName<'a> {
    /// The employment whose it is; none: the person's, for every employment that has none itself.
    pub(crate) employment: Option<&'a str>,
    /// The ruleset that it is for; none: for every one that has no value of its own.
    pub(crate) ruleset: Option<&'a str>,
    /// The name itself: of a fact, of a field of the host or the tenant.
    pub(crate) name: &'a str,
}

impl<'a> AttributeName<'a> {
    /// Takes a kept name apart. Nothing is checked.
    pub(crate) fn of(kept: &'a str) -> Self {
        let (rest, employment) = match kept.split_once(AT) {
            Some((rest, employment)) => (rest, Some(employment)),
            None => (kept, None),
        };
        let (ruleset, name) = match rest.rsplit_once('/') {
            Some((ruleset, name)) => (Some(ruleset), name),
            None => (None, rest),
        };
        Self { employment, ruleset, name }
    }

    /// A name that is the person's, whatever stands in it.
    pub(crate) fn of_person_named(name: &'a str) -> Self {
        Self { employment: None, ruleset: None, name }
    }

    /// Whether each part looks as it must.
    pub(crate) fn is_valid(self) -> bool {
        let is_name = (1..=LONGEST_NAME).contains(&self.name.len())
            && self.name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'));
        is_name
            && self.ruleset.is_none_or(|ruleset| {
                stele_ruleset::RulesetName::try_from(ruleset.to_owned()).is_ok()
            })
            && self.employment.is_none_or(|employment| EmploymentId::new(employment).is_ok())
    }

    /// The same without the employment.
    pub(crate) fn of_person(self) -> String {
        match self.ruleset {
            Some(ruleset) => format!("{ruleset}/{}", self.name),
            None => self.name.to_owned(),
        }
    }

    /// How closely it says whose and what for it is: of two that fit, the closer one holds.
    pub(crate) fn closeness(self) -> (bool, bool) {
        (self.employment.is_some(), self.ruleset.is_some())
    }

    /// Where it stands in the JSON of an employee.
    pub(crate) fn pointer(self) -> String {
        let shown = |text: &str| {
            let text: String = text.chars().take(60).collect();
            text.replace('~', "~0").replace('/', "~1")
        };
        let name = match self.ruleset {
            Some(ruleset) => shown(&format!("{ruleset}/{}", self.name)),
            None => shown(self.name),
        };
        match self.employment {
            Some(employment) => format!("/employments/{}/attributes/{name}", shown(employment)),
            None => format!("/attributes/{name}"),
        }
    }
}

/// The name under which an attribute of an employment is kept.
pub(crate) fn of_employment(name: &str, employment: &EmploymentId) -> String {
    format!("{name}{AT}{employment}")
}

/// The employments of an employee, in order; none where all that is known is the person's: then the
/// person is the one employment.
pub(crate) fn employments(attributes: &Attributes) -> BTreeSet<&str> {
    attributes.keys().filter_map(|kept| AttributeName::of(kept).employment).collect()
}

/// Whether every attribute is the person's and for every ruleset, as is usual.
pub(crate) fn are_plain(attributes: &Attributes) -> bool {
    attributes.keys().all(|kept| !kept.bytes().any(|byte| matches!(byte, b'@' | b'/')))
}

/// The start of a text from outside.
pub(crate) fn shorten(text: &str) -> String {
    text.chars().take(60).collect()
}

/// In how many letters a name of so many may differ from what was meant: one mistake in a short one,
/// two in a long one. `acme-fr` is not `acme-cn`.
fn far(letters: usize) -> usize {
    if letters < 8 { 1 } else { 2 }
}

/// Longest name that another one is looked for.
const LONGEST_NEAR: usize = 100;

/// What may have been meant, as the end of an error: the name among these that is closest, if one is
/// close. Of a long text, and of names that differ much in length, nothing is counted.
pub(crate) fn near<'a>(names: impl Iterator<Item = &'a str>, written: &str) -> String {
    if written.len() > LONGEST_NEAR {
        return String::new();
    }
    let far = far(written.len());
    let close = names
        .filter(|known| known.len().abs_diff(written.len()) <= far)
        .map(|known| (strsim::osa_distance(known, written), known))
        .filter(|(distance, _)| *distance <= far)
        .min();
    close.map(|(_, known)| format!(" (did you mean {known:?}?)")).unwrap_or_default()
}
