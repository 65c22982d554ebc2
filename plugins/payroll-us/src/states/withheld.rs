//! What a state's file of law gives.

use stele_sdk::prelude::*;

/// What a state's file of law withholds, before what the employee asked for on top.
#[derive(Clone, Copy, Debug)]
pub(super) struct Withheld {
    /// Tax by the table, not rounded: the Yonkers surcharge is a share of it.
    pub exact: Decimal,
    /// On regular wages, and on supplemental wages that are taken with them.
    pub regular: Decimal,
    /// On supplemental wages apart.
    pub supplemental: Decimal,
}

impl Withheld {
    /// Tax on all wages together.
    pub(super) fn together(regular: Decimal) -> Self {
        Self { regular, ..Self::nothing() }
    }

    /// No tax.
    pub(super) fn nothing() -> Self {
        Self { exact: Decimal::ZERO, regular: Decimal::ZERO, supplemental: Decimal::ZERO }
    }
}
