//! Over how many people a report is: what a policy asks of it.

use serde::{Deserialize, Serialize};

/// Over how many of a tenant's people a report is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = ImpactCovered)]
pub struct Covered {
    /// People of the tenant who were calculated as they are known: not by facts that go before
    /// their own, and not those of whom nothing could be calculated.
    pub people: u64,
    /// People that the tenant had, as known at the same time.
    pub of: u64,
}

impl Covered {
    /// Whether that is at least this share, in percent. Nobody is all of nobody.
    pub fn is_at_least(self, percent: u32) -> bool {
        u128::from(self.people) * 100 >= u128::from(self.of) * u128::from(percent)
    }
}
