//! Over how many people a report is, and how much of it could be calculated: what a policy asks of
//! it.

use serde::{Deserialize, Serialize};

/// Over how many of a tenant's people a report is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = ImpactCovered)]
pub struct Covered {
    /// People of the tenant who were calculated as they are known, in every employment of theirs that
    /// the slot is for: not by facts that go before their own, and not those of whom nothing could be
    /// calculated.
    pub people: u64,
    /// People of the tenant whom the slot is for on one of the dates, as known at the same time.
    pub of: u64,
}

impl Covered {
    /// Whether that is at least this share, in percent. Nobody is all of nobody.
    pub fn is_at_least(self, percent: u32) -> bool {
        is_share(self.people, self.of, percent)
    }
}

/// For how many of its calculations the candidate has an outcome. Where only the version in force
/// has none, the candidate mends something, and that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = ImpactComputed)]
pub struct Computed {
    /// Calculations that the candidate has an outcome for.
    pub calculations: u64,
    /// Calculations that were to be made, one for each employee and date.
    pub of: u64,
}

impl Computed {
    /// Whether that is at least this share, in percent. Nothing is all of nothing.
    pub fn is_at_least(self, percent: u32) -> bool {
        is_share(self.calculations, self.of, percent)
    }
}

fn is_share(part: u64, of: u64, percent: u32) -> bool {
    u128::from(part) * 100 >= u128::from(of) * u128::from(percent)
}
