//! Relief for old age: EStG § 39b Abs. 2 Satz 3, § 24a.

use stele_sdk::prelude::*;

use crate::amounts::Amount;
use crate::rounding::{euros_up, percent};
use crate::steps::ReliefStep;
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

/// How the relief comes about, where there is one.
#[cold]
pub(crate) fn explain(
    context: &Context<'_>,
    wage: &AnnualWage,
) -> Result<Option<ReliefStep>, Fault> {
    let Some(year) = context.inputs.age_relief_year else {
        return Ok(None);
    };
    let row = context.law.age_relief(year)?;
    let base = wage.gross - wage.pension;
    let (rate, maximum, amount) = (percent(row.rate), row.maximum, relief(context, wage)?);
    Ok(Some(ReliefStep::AgeRelief { rate, base, maximum, amount }))
}
