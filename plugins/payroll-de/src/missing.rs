//! Facts that decide whether a tax or a contribution is due: one that is not given is refused,
//! never taken for a choice. What the law says of an unknown fact is a finding instead.

use stele_sdk::FactField;
use stele_sdk::prelude::*;

/// The fact, which must be given under a condition: `when` says which, and what stands for none.
pub(crate) fn required<T>(
    given: Option<T>,
    fact: FactField,
    when: &str,
    citation: &str,
) -> Result<T, Fault> {
    given.ok_or_else(|| refused(fact, when, citation))
}

/// The refusal of a fact that must be given.
#[cold]
pub(crate) fn refused(fact: FactField, when: &str, citation: &str) -> Fault {
    Fault::fact(fact, format!("must be given {when}, found nothing")).citing(citation)
}
