//! How much of what is always in memory there may be.

/// Most of each. All of these are in memory as long as the server runs, some hundred bytes each and an
/// organization some hundred thousand, so they are bounded by what a gigabyte can hold beside
/// everything else.
#[derive(Debug, Clone)]
pub struct Ceilings {
    /// Tenants.
    pub tenants: usize,
    /// Tokens of one tenant, or of the operator, revoked ones too: a hundred services with a new one
    /// each week have used so many after twenty years.
    pub tokens_of_a_tenant: usize,
    /// Versions of all rulesets of one tenant, or of those for everyone: a hundred rulesets with a
    /// new one each week, for two years.
    pub versions_of_a_tenant: usize,
    /// Revisions of one tenant's organization: one a week for four years.
    pub organizations_of_a_tenant: usize,
    /// Activations of one tenant: a hundred times as many as versions.
    pub activations_of_a_tenant: usize,
}

impl Default for Ceilings {
    fn default() -> Self {
        Self {
            tenants: 10_000,
            tokens_of_a_tenant: 100_000,
            versions_of_a_tenant: 10_000,
            organizations_of_a_tenant: 200,
            activations_of_a_tenant: 1_000_000,
        }
    }
}

/// As many are there as may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there are {most} {what} already, the most that this server is set to take")]
pub struct CeilingReached {
    /// Of what: `tenants`, `tokens of this tenant`.
    pub what: &'static str,
    /// How many there may be.
    pub most: usize,
}

/// Checks that one more may be there.
pub(crate) fn one_more(
    what: &'static str,
    found: usize,
    most: usize,
) -> Result<(), CeilingReached> {
    if found < most { Ok(()) } else { Err(CeilingReached { what, most }) }
}
