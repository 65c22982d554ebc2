//! The housing provident fund: Regulations on the Housing Provident Fund (State Council order 262,
//! amended by order 350), articles 16 to 18, with the limits, rates and rounding of each centre.

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::facts::{City, Month};
use crate::figures::Figure;
use crate::items::{Finding, Item};
use crate::law::{HousingFund, Law};
use crate::total_contributions::Shares;

/// The shares by the limits, rates and rounding of the city's centre.
pub(crate) fn contributions(
    law: &Law,
    month: &Month,
    city: City,
    declared: Decimal,
    out: &mut Payslip,
) -> Result<Shares, Fault> {
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
    check_rate(fund, rate, Month::HOUSING_FUND_RATE, city)?;
    match month.housing_fund_employee_rate {
        Some(own) => check_rate(fund, own, Month::HOUSING_FUND_EMPLOYEE_RATE, city)?,
        None => {
            let percent = (rate * Decimal::ONE_HUNDRED).normalize();
            out.finding(Finding::HousingFundEmployeeRateNotStated).actual(percent);
        }
    }
    Ok(shares(fund, month, declared, out))
}

/// Article 16: the monthly deposit is last year's average monthly wage times the rate, for the
/// employee and for the employer alike. Each centre prescribes how its deposits are rounded.
#[provision]
fn shares(
    fund: &HousingFund,
    month: &Month,
    #[is(Figure::DeclaredHousingFundBase)] declared: Decimal,
    out: &mut Payslip,
) -> Shares {
    let base = work!(
        out,
        Item::HousingFundBase.later() = at_least(at_most(declared, fund.cap), fund.floor)
    );
    let employee = match month.housing_fund_employee_rate {
        Some(_) => work!(
            out,
            Item::HousingFundEmployee =
                half_up_to(share(base, month.housing_fund_employee_rate), fund.decimals)
        ),
        None => work!(
            out,
            Item::HousingFundEmployee =
                half_up_to(share(base, month.housing_fund_rate), fund.decimals)
        ),
    };
    let employer = work!(
        out,
        Item::HousingFundEmployer = half_up_to(share(base, month.housing_fund_rate), fund.decimals)
    );
    out.write(base);
    Shares { employee, employer }
}

/// Article 18: the city fixes the range of the rate, the employer chooses within it.
fn check_rate(
    fund: &HousingFund,
    rate: Decimal,
    fact: stele_sdk::FactField,
    city: City,
) -> Result<(), Fault> {
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
    Ok(())
}
