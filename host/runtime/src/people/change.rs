//! A change of an employee: whether it may be.

use std::collections::BTreeSet;

use stele_ruleset::FieldError;
use stele_store::{Attributes, EmploymentId};

use super::{
    amounts::misread,
    beginning::unfounded,
    check,
    declared::Declarations,
    ended::{ended_again, left_on_leave, outlived},
    required::{gone, holes},
    shadow::{ShadowedValue, shadows},
    unread::{UnreadValue, unread},
    wrong::Wrong,
};

/// A change that may be made.
pub(super) struct Checked {
    /// As it will be, values sorted by date.
    pub(super) attributes: Attributes,
    /// Attributes that no version in force reads.
    pub(super) unused: Vec<String>,
    /// What it states or hides, and not every employment reads.
    pub(super) shadowed: Vec<ShadowedValue>,
    /// What it states, and no calculation reads on any of its days.
    pub(super) unread: Vec<UnreadValue>,
}

/// Checks all that will be known, and that the change does what it says. What was wrong before, and
/// is not touched, is nobody's mistake now. Employments that are named as taken back may go.
pub(super) fn check_change(
    declared: &Declarations,
    before: &Attributes,
    after: Attributes,
    taken_back: &BTreeSet<EmploymentId>,
) -> Result<Checked, Vec<Wrong>> {
    let (mut wrong, shadowed) = compare(declared, before, &after);
    wrong.extend(outlived(declared, before, &after));
    wrong.extend(gone(before, &after, taken_back));
    check_beside(declared, before, after, (wrong, shadowed))
}

/// Checks what could be read of a change: of the rest it is not known what it would take away, or
/// have read.
pub(super) fn check_part(
    declared: &Declarations,
    before: &Attributes,
    after: Attributes,
) -> Result<Checked, Vec<Wrong>> {
    let unfounded = unfounded(declared, before, &after);
    check_beside(declared, before, after, (unfounded, Vec::new()))
}

/// Checks all that will be known, beside what was found by comparing it with what was.
fn check_beside(
    declared: &Declarations,
    before: &Attributes,
    after: Attributes,
    (in_vain, shadowed): (Vec<Wrong>, Vec<ShadowedValue>),
) -> Result<Checked, Vec<Wrong>> {
    let kept = after.clone();
    let mut wrong: Vec<Wrong> = match check::check(declared, after) {
        Ok((attributes, unused)) if in_vain.is_empty() => {
            let unread = unread(declared, before, &attributes, &unused);
            return Ok(Checked { attributes, unused, shadowed, unread });
        }
        Ok(_) => Vec::new(),
        Err(errors) => {
            let known = check::check(declared, before.clone()).err().unwrap_or_default();
            let located = errors.into_iter().map(|error| (known.contains(&error), error));
            let located =
                located.map(|(was_wrong, error)| (was_wrong, Wrong::locate(error, &kept)));
            let is_new = |(was_wrong, wrong): &(bool, Wrong)| {
                let touched = |name: &String| before.get(name) != kept.get(name);
                !was_wrong || wrong.attribute.as_ref().is_some_and(touched)
            };
            let new = located.filter(is_new).map(|(_, wrong)| wrong);
            new.map(|wrong| wrong.without_what_is_known(before, &kept)).collect()
        }
    };
    wrong.extend(in_vain);
    match wrong.is_empty() {
        true => {
            let unread = unread(declared, before, &kept, &[]);
            Ok(Checked { attributes: kept, unused: Vec::new(), shadowed, unread })
        }
        false => Err(wrong),
    }
}

/// Checks a record that takes the place of all that is known: whatever it states, and that it does
/// what it says.
pub(super) fn check_record(
    declared: &Declarations,
    before: &Attributes,
    record: Attributes,
) -> Result<Checked, Vec<FieldError>> {
    let mut sorted = record.clone();
    check::sort(&mut sorted);
    let (mut in_vain, shadowed) = compare(declared, before, &sorted);
    in_vain.extend(gone(before, &sorted, &BTreeSet::new()));
    let in_vain: Vec<FieldError> = in_vain.into_iter().map(|one| one.within(&record)).collect();
    match check::check(declared, record) {
        Ok((attributes, unused)) if in_vain.is_empty() => {
            let unread = unread(declared, before, &attributes, &unused);
            Ok(Checked { attributes, unused, shadowed, unread })
        }
        Ok(_) => Err(in_vain),
        Err(wrong) => Err(wrong.into_iter().chain(in_vain).collect()),
    }
}

/// What of a change would not do what it says, would take away what is needed, or would have read
/// otherwise what was stated; and what only some read.
fn compare(
    declared: &Declarations,
    before: &Attributes,
    after: &Attributes,
) -> (Vec<Wrong>, Vec<ShadowedValue>) {
    let (mut wrong, shadowed) = shadows(declared, before, after);
    wrong.extend(unfounded(declared, before, after));
    wrong.extend(ended_again(declared, before, after));
    wrong.extend(left_on_leave(declared, before, after));
    wrong.extend(holes(declared, before, after));
    wrong.extend(misread(declared, before, after));
    (wrong, shadowed)
}
