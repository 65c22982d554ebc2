//! Steps that are declared in several enums, as one list.

use crate::declaration::StepDeclaration;

/// How many steps the groups before this one have.
pub const fn steps_before(groups: &[&[StepDeclaration]], group: usize) -> usize {
    let (mut at, mut count) = (0, 0);
    while at < group {
        count += groups[at].len();
        at += 1;
    }
    count
}

/// All steps, one group after the other; `COUNT` is how many there are, one at least.
pub const fn all_steps<const COUNT: usize>(
    groups: &[&[StepDeclaration]],
) -> [StepDeclaration; COUNT] {
    let mut all = [groups[0][0]; COUNT];
    let (mut group, mut position) = (0, 0);
    while group < groups.len() {
        let mut at = 0;
        while at < groups[group].len() {
            all[position] = groups[group][at];
            at += 1;
            position += 1;
        }
        group += 1;
    }
    all
}
