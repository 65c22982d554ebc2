//! What employee and employer contribute to National Insurance.

use stele_sdk::prelude::*;

/// Contributions of a payment or of an earnings period.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Contributions {
    /// The employee's (primary).
    pub employee: Decimal,
    /// The employer's (secondary).
    pub employer: Decimal,
}
