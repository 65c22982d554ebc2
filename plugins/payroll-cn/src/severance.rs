//! The one-off payment for ending the employment: Caishui [2018] No. 164, item 5 (1).

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::brackets::{bracket_of, percent, tax_at};
use crate::facts::Month;
use crate::items::Item;
use crate::law::Law;
use crate::steps::ApartStep;

/// "The part within three times the local average wage of employees of the previous year is exempt;
/// the part above is not merged into the comprehensive income of the year but taxed by itself by
/// the table of comprehensive income." No deduction applies to it.
pub(crate) fn tax(law: &Law, month: &Month, out: &mut Payslip) -> Result<Decimal, Fault> {
    let Some(severance) = month.severance.filter(|amount| !amount.is_zero()) else {
        return Ok(Decimal::ZERO);
    };
    let average = local_average_wage(law, month)?;
    let limit = law.severance_exemption_multiple * average;
    let excess = (severance - limit).max(Decimal::ZERO);
    out.step(|| ApartStep::SeveranceExemption {
        multiple: law.severance_exemption_multiple,
        average,
        limit,
        excess,
        severance,
    });
    out.line(Item::SeveranceExempt, severance - excess);

    let Some((_, bracket)) = bracket_of(&law.brackets, excess) else {
        return Err(Fault::parameter(Law::BRACKETS, format!("no bracket holds {excess}")));
    };
    let tax = tax_at(bracket, excess);
    out.step(|| ApartStep::SeveranceTax {
        excess,
        rate: percent(bracket.rate),
        quick_deduction: bracket.quick_deduction,
        tax,
    });
    out.line(Item::SeveranceTax, tax);
    Ok(tax)
}

/// The average that the caller gives, otherwise the one known for the employer's city.
fn local_average_wage(law: &Law, month: &Month) -> Result<Decimal, Fault> {
    let fault = |field, message| {
        Err(Fault::fact(field, message).citing("Caishui [2018] No. 164, item 5 (1)"))
    };
    match (month.local_average_annual_wage, month.severance_city) {
        (Some(average), _) => Ok(average),
        (None, Some(city)) => match law.average_wages.iter().find(|row| row.city == city) {
            Some(row) => Ok(row.amount),
            None => fault(
                Month::SEVERANCE_CITY,
                format!(
                    "no average wage known for {} on {}: give local_average_annual_wage",
                    city.name(),
                    month.on
                ),
            ),
        },
        (None, None) => fault(
            Month::SEVERANCE_CITY,
            "must be given with a severance payment, or local_average_annual_wage, found neither"
                .to_owned(),
        ),
    }
}
