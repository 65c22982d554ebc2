//! What a state's file of law gives.

use stele_sdk::prelude::*;

/// What a state's file of law withholds, before what the employee asked for on top.
#[derive(Clone, Copy, Debug)]
pub(super) struct Withheld {
    /// On regular wages, and on supplemental wages that are taken with them.
    pub regular: Decimal,
    /// On supplemental wages apart.
    pub supplemental: Decimal,
}

impl Withheld {
    /// No tax.
    pub(super) fn nothing() -> Self {
        Self { regular: Decimal::ZERO, supplemental: Decimal::ZERO }
    }
}
