//! The housing provident fund: Regulations on the Housing Provident Fund (State Council order 262,
//! amended by order 350), articles 16 to 18, with the limits, rates and rounding of each centre.

use stele_sdk::prelude::*;

use crate::brackets::percent;
use crate::facts::{Branch, City, Month};
use crate::items::Finding;
use crate::law::{HousingFund, Law};
use crate::shares::Terms;
use crate::{Payslip, bases};

/// Article 16: the monthly deposit is last year's average monthly wage times the rate, for the
/// employee and for the employer alike. Article 18: the city fixes the range of the rate, the
/// employer chooses within it.
pub(crate) fn terms(
    law: &Law,
    month: &Month,
    city: City,
    out: &mut Payslip,
) -> Result<Terms, Fault> {
    let Some(fund) = law.housing_funds.iter().find(|row| row.city == city) else {
        return Err(Fault::fact(
            Month::CITY,
            format!(
                "no bases and rates of the housing fund known for {} on {}",
                city.name(),
                month.on
            ),
        ));
    };
    let Some(rate) = month.housing_fund_rate else {
        return Err(Fault::fact(
            Month::HOUSING_FUND_RATE,
            format!(
                "must be given with a city: the rate that the employer chose, {} to {}",
                fund.lowest_rate, fund.highest_rate
            ),
        )
        .citing("Regulations on the Housing Provident Fund, art. 18"));
    };
    let employer_rate = allowed(fund, rate, Month::HOUSING_FUND_RATE, city)?;
    let employee_rate = match month.housing_fund_employee_rate {
        Some(own) => allowed(fund, own, Month::HOUSING_FUND_EMPLOYEE_RATE, city)?,
        None => {
            out.finding(Finding::HousingFundEmployeeRateNotStated).actual(percent(employer_rate));
            employer_rate
        }
    };
    Ok(Terms {
        branch: Branch::HousingFund,
        declared: bases::housing_fund(month),
        floor: Some(fund.floor),
        cap: Some(fund.cap),
        employee_rate,
        employee_fixed: Decimal::ZERO,
        employer_rate,
        decimals: fund.decimals.try_into().unwrap_or_default(),
    })
}

/// Article 18: within the range of the city.
fn allowed(
    fund: &HousingFund,
    rate: Decimal,
    fact: stele_sdk::FactField,
    city: City,
) -> Result<Decimal, Fault> {
    if rate < fund.lowest_rate || rate > fund.highest_rate {
        return Err(Fault::fact(
            fact,
            format!(
                "must be {} to {} in {}, found {rate}",
                fund.lowest_rate,
                fund.highest_rate,
                city.name()
            ),
        )
        .citing("Regulations on the Housing Provident Fund, art. 18"));
    }
    Ok(rate)
}
