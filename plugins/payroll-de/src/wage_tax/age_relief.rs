//! Relief for old age: EStG § 39b Abs. 2 Satz 3, § 24a.

use stele_sdk::prelude::*;

use crate::amounts::Amount;
use crate::rounding::euros_up;
use crate::wage_tax::Context;
use crate::wage_tax::annual_wage::AnnualWage;

/// MRE4ALTE: a share of the wages without pensions, up to a maximum that depends on the birth year.
pub(crate) fn relief(context: &Context<'_>, wage: &AnnualWage) -> Result<Decimal, Fault> {
    let Some(year) = context.inputs.age_relief_year else {
        return Ok(Decimal::ZERO);
    };
    let row = context.law.age_relief(year)?;
    // BMG
    let base = wage.gross - wage.pension;
    Ok(euros_up(base * row.rate).at_most(row.maximum))
}
