//! Limits of amounts, as the law speaks of them.

use stele_sdk::prelude::*;

/// Limits of an amount. Each comparison stands once in the component: written out by the compiler
/// at every place, they would make up much of it.
pub(crate) trait Amount {
    /// The amount, or the limit where that is lower.
    fn at_most(self, limit: Self) -> Self;
    /// The amount, or the limit where that is higher.
    fn at_least(self, limit: Self) -> Self;
    /// The amount, or 0 where it is negative.
    fn not_negative(self) -> Self;
}

impl Amount for Decimal {
    #[inline(never)]
    fn at_most(self, limit: Self) -> Self {
        if limit < self { limit } else { self }
    }

    #[inline(never)]
    fn at_least(self, limit: Self) -> Self {
        if limit > self { limit } else { self }
    }

    fn not_negative(self) -> Self {
        if self.is_sign_negative() { Decimal::ZERO } else { self }
    }
}
