//! An employment ends once. Who states `ended` again for a later day means to move the end, and would
//! not: it has ended already.

use stele_store::Attributes;

use super::{
    declared::Declarations,
    difference::differences,
    name::AttributeName,
    terms::{ENDED, STATUS},
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
    let stated = differences(before, after).filter(|one| {
        let is_end = one.after.is_some_and(|after| after.value.as_str() == Some(ENDED));
        is_end && AttributeName::of(one.attribute).name == STATUS
    });
    let again = stated.filter_map(|one| {
        let values = after.get(one.attribute)?.iter().take_while(|value| value.from < one.from);
        let earlier: Vec<_> = values.collect();
        let ended = earlier.iter().rev().take_while(|value| value.value.as_str() == Some(ENDED));
        let since = ended.last()?.from;
        let expected = format!(
            "no second end, as it is ended since {since}: to move the end, drop that one in the same \
             change"
        );
        Some(Wrong::with(one.attribute, Some(one.from), expected, "`ended` again"))
    });
    again.collect()
}
