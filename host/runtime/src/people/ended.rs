//! An employment ends once, and nothing goes on after its end unless somebody says so. Who states
//! `ended` again for a later day means to move the end, and would not: it has ended already. Who states
//! it for a day before a status that was planned, such as the return from a leave, would have the
//! person paid again from there, as if hired anew.

use stele_store::{Attributes, DatedValue};

use super::{
    declared::Declarations,
    difference::{Difference, differences},
    name::AttributeName,
    terms::{ENDED, ON_LEAVE, STATUS},
    wrong::Wrong,
};

/// Ends that a change states of what has ended by then. Of a tenant that has said nothing of its
/// organization no attribute is a status.
pub(super) fn ended_again(
    declared: &Declarations,
    before: &Attributes,
    after: &Attributes,
) -> Vec<Wrong> {
    if declared.organization.is_none() {
        return Vec::new();
    }
    let again = stated(before, after, ENDED).filter_map(|one| {
        let values = after.get(one.attribute)?.iter().take_while(|value| value.from < one.from);
        let earlier: Vec<_> = values.collect();
        let ended = earlier.iter().rev().take_while(|value| ends(value));
        let since = ended.last()?.from;
        let expected = format!(
            "no second end, as it is ended since {since}: to move the end, drop that one in the same \
             change"
        );
        Some(Wrong::with(one.attribute, Some(one.from), expected, "`ended` again"))
    });
    again.collect()
}

/// Ends that a merge states of days before a status that it does not state: of one that was a rehire
/// before, it still is one.
pub(super) fn outlived(
    declared: &Declarations,
    before: &Attributes,
    after: &Attributes,
) -> Vec<Wrong> {
    if declared.organization.is_none() {
        return Vec::new();
    }
    let outlived = stated(before, after, ENDED).filter_map(|one| {
        let next = after.get(one.attribute)?.iter().find(|value| value.from > one.from)?;
        let known = before.get(one.attribute)?;
        let position = known.iter().position(|value| value == next)?;
        let was_rehired = position.checked_sub(1).and_then(|last| known.get(last)).is_some_and(ends);
        if next.value.is_null() || (was_rehired && !ends(next)) {
            return None;
        }
        let expected = "an end with no status known for a later day, which would be a second end or a \
                        rehire: drop that one in the same change, and state a rehire after the end";
        Some(Wrong::with(one.attribute, Some(one.from), expected, "`ended` before it"))
    });
    outlived.collect()
}

/// Leaves of whoever has left.
pub(super) fn left_on_leave(
    declared: &Declarations,
    before: &Attributes,
    after: &Attributes,
) -> Vec<Wrong> {
    if declared.organization.is_none() {
        return Vec::new();
    }
    let leaves = stated(before, after, ON_LEAVE).filter_map(|one| {
        let values = after.get(one.attribute)?;
        let last = values.iter().rfind(|value| value.from < one.from)?;
        let expected = "active, as it is ended by then: a rehire begins with it";
        ends(last).then(|| Wrong::with(one.attribute, Some(one.from), expected, "a leave"))
    });
    leaves.collect()
}

/// Where a change states this status.
fn stated<'a>(
    before: &'a Attributes,
    after: &'a Attributes,
    status: &'static str,
) -> impl Iterator<Item = Difference<'a>> {
    differences(before, after).filter(move |one| {
        let is_it = one.after.is_some_and(|after| after.value.as_str() == Some(status));
        is_it && AttributeName::of(one.attribute).name == STATUS
    })
}

fn ends(value: &DatedValue) -> bool {
    value.value.as_str() == Some(ENDED)
}
