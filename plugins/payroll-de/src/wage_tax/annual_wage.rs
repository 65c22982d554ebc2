//! Wages of the year: EStG § 39b Abs. 2 Satz 2.

use stele_sdk::prelude::*;

use crate::wage_tax::Inputs;

/// Wages of the year and what is set against them.
pub(crate) struct AnnualWage {
    /// ZRE4J
    pub gross: Decimal,
    /// ZVBEZJ: the pension within them.
    pub pension: Decimal,
    /// JLFREIB
    pub allowance: Decimal,
    /// JLHINZU
    pub addition: Decimal,
}

/// MRE4JL: the wages of the period, projected to a year.
pub(crate) fn of_period(inputs: &Inputs) -> AnnualWage {
    let period = inputs.pay_period;
    AnnualWage {
        gross: period.to_year(inputs.gross),
        pension: period.to_year(inputs.pension_pay),
        allowance: period.to_year(inputs.allowance),
        addition: period.to_year(inputs.addition),
    }
}
