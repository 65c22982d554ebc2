//! The employee's and the employer's share in one branch, whoever fixes its base and rates: a city,
//! the housing fund's centre, or the caller.

use stele_sdk::prelude::*;

use crate::facts::Branch;
use crate::rounding;

/// Decimals of social insurance contributions: no provision rounds them to more than the fen.
pub(crate) const FEN: u32 = 2;

/// Everything that decides the shares in one branch.
pub(crate) struct Terms {
    pub branch: Branch,
    pub declared: Decimal,
    pub floor: Option<Decimal>,
    pub cap: Option<Decimal>,
    pub employee_rate: Decimal,
    pub employee_fixed: Decimal,
    pub employer_rate: Decimal,
    pub decimals: u32,
}

/// What is paid in one branch.
pub(crate) struct Shares {
    pub base: Decimal,
    pub employee: Decimal,
    pub employer: Decimal,
}

/// Social Insurance Law, art. 12 and the like: a share is a rate of the base, and the base is the
/// declared wage within the city's limits. Each side's share of each branch is rounded by itself.
pub(crate) fn shares(terms: &Terms) -> Shares {
    let mut base = terms.declared;
    if let Some(cap) = terms.cap {
        base = base.min(cap);
    }
    if let Some(floor) = terms.floor {
        base = base.max(floor);
    }
    Shares {
        base,
        employee: rounding::half_up(base * terms.employee_rate, terms.decimals)
            + terms.employee_fixed,
        employer: rounding::half_up(base * terms.employer_rate, terms.decimals),
    }
}
