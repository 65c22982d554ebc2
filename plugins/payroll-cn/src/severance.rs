//! The one-off payment for ending the employment: Caishui [2018] No. 164, item 5 (1).

use stele_sdk::prelude::*;
use stele_sdk::rounding::FEN;

use crate::Payslip;
use crate::facts::Month;
use crate::figures::Figure;
use crate::items::Item;
use crate::law::{AverageWage, Law};

/// "The part within three times the local average wage of employees of the previous year is exempt;
/// the part above is not merged into the comprehensive income of the year but taxed by itself by
/// the table of comprehensive income." No deduction applies to it.
#[provision("Caishui [2018] No. 164, item 5 (1)")]
pub(crate) fn tax(law: &Law, month: &Month, out: &mut Payslip) -> Result<Decimal, Fault> {
    if month.severance.unwrap_or_default().is_zero() {
        return Ok(Decimal::ZERO);
    }
    #[is(Figure::LocalAverageWage)]
    let average = local_average_wage(law, month, out)?;
    let limit = work!(out, Figure::SeveranceLimit = law.severance_exemption_multiple * average);
    let taxed = work!(out, Figure::TaxedSeverance = at_least(month.severance - limit, 0));
    work!(out, Item::SeveranceExempt = month.severance - taxed);
    Ok(work!(out, Item::SeveranceTax = half_up(law.brackets.tax(taxed), FEN)))
}

/// The average that the caller gives, otherwise the one known for the employer's city.
#[provision]
fn local_average_wage(law: &Law, month: &Month, out: &mut Payslip) -> Result<Decimal, Fault> {
    let fault = |message| {
        let fault = Fault::fact(Month::SEVERANCE_CITY, message);
        fault.citing("Caishui [2018] No. 164, item 5 (1)")
    };
    if month.local_average_annual_wage.is_some() {
        return Ok(work!(out, Figure::LocalAverageWage = month.local_average_annual_wage));
    }
    let city = month.severance_city.ok_or_else(|| {
        fault(
            "must be given with a severance payment, or local_average_annual_wage, found neither"
                .to_owned(),
        )
    })?;
    let known = law.average_wages.iter().find(|row| row.city == city);
    let row: &AverageWage = known.ok_or_else(|| {
        let (city, on) = (city.name(), month.on);
        fault(format!("no average wage known for {city} on {on}: give local_average_annual_wage"))
    })?;
    Ok(work!(out, Figure::LocalAverageWage = row.amount))
}
