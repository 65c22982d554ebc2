//! Pennsylvania: personal income tax at one rate (REV-415), and the taxes of its localities: the
//! earned income tax at the rate that the locality of work or residence sets (the higher, by Act 32),
//! Philadelphia's wage tax instead of it, and the local services tax.

use stele_sdk::prelude::*;

use super::choices::Locality;
use super::law::{PhiladelphiaWageTax, WageTerms};
use super::tables::no_table;
use super::wages::{StateWages, TaxedWages};
use super::withheld::Withheld;
use crate::amounts::{WORKING_DAYS, cents, percent, periods};
use crate::facts::Payment;
use crate::items::Finding;
use crate::law::Law;
use crate::payslip::Payslip;
use crate::steps::PennsylvaniaStep;

/// Says which wages Pennsylvania taxes.
pub(super) fn explain(terms: &WageTerms, wages: StateWages, out: &mut Payslip) {
    out.step(|| {
        let TaxedWages { pay, deductions, regular, supplemental } = wages.taxed(terms);
        match supplemental {
            None => PennsylvaniaStep::Wages { pay, deductions, wages: regular },
            Some(supplemental) => {
                PennsylvaniaStep::WagesApart { pay, deductions, regular, supplemental }
            }
        }
    });
}

pub(super) fn withhold(
    law: &Law,
    payment: &Payment,
    terms: &WageTerms,
    wages: StateWages,
    out: &mut Payslip,
) -> Result<Withheld, Fault> {
    let rate = law.pennsylvania.first().ok_or_else(|| no_table(payment, "rate"))?.rate;
    // Supplemental compensation is added, and all is multiplied by the rate (REV-415).
    let taxable = wages.taxable(terms) + wages.supplemental;
    let regular = cents(taxable * rate);
    out.step(|| PennsylvaniaStep::FlatRate { taxable, rate: percent(rate), tax: regular });
    Ok(Withheld { regular, supplemental: Decimal::ZERO })
}

/// The tax of a locality on what is earned; none where the work is outside Pennsylvania and no rate is
/// stated. Philadelphia's wage tax
/// counts all compensation (Income Tax Regulations, s. 104), the others' earned income tax what the
/// state counts as compensation (53 P.S. s. 6924.501).
pub(super) fn local_income_tax(
    law: &Law,
    payment: &Payment,
    wages: StateWages,
    out: &mut Payslip,
) -> Result<Option<Decimal>, Fault> {
    let stated = payment.local_income_tax_rate;
    if let Some(row) = philadelphia(law, payment)? {
        let rate = stated.unwrap_or(row.rate);
        if rate != row.rate {
            let (known, stated) = (percent(row.rate), percent(rate));
            out.finding(Finding::PhiladelphiaRateIsAnother).limit(known).actual(stated);
        }
        let wages = wages.pay();
        let tax = cents(wages * rate);
        out.step(|| PennsylvaniaStep::Philadelphia { wages, rate: percent(rate), tax });
        return Ok(Some(tax));
    }
    let Some(rate) = stated else {
        return Ok(None);
    };
    let terms = law.pennsylvania_wages.first().ok_or_else(|| no_table(payment, "compensation"))?;
    explain(terms, wages, out);
    let taxable = wages.taxable(terms) + wages.taxable_supplemental(terms);
    let tax = cents(taxable * rate);
    out.step(|| PennsylvaniaStep::LocalFlatRate { rate: percent(rate), taxable, tax });
    Ok(Some(tax))
}

/// Philadelphia's row, where the city is stated or the stated rate is one of its: no other locality has
/// such a rate.
fn philadelphia<'a>(
    law: &'a Law,
    payment: &Payment,
) -> Result<Option<&'a PhiladelphiaWageTax>, Fault> {
    let mut rows = law.philadelphia_wage_tax.iter();
    if let Some(city @ (Locality::Philadelphia | Locality::PhiladelphiaNonresident)) =
        payment.locality
    {
        let row = rows.find(|row| row.locality == city);
        return row.map(Some).ok_or_else(|| no_table(payment, "wage tax of Philadelphia"));
    }
    Ok(payment
        .local_income_tax_rate
        .and_then(|rate| rows.find(|row| row.rate == rate || row.earlier_rate == Some(rate))))
}

/// Whether the wages are Philadelphia's to tax, as a city of the first class: no earned income tax of
/// another locality and no local services tax is due there.
pub(super) fn is_in_philadelphia(law: &Law, payment: &Payment) -> Result<bool, Fault> {
    Ok(philadelphia(law, payment)?.is_some())
}

/// The local services tax of the payment (53 P.S. s. 6924.330); none where none is owed.
pub(super) fn local_services_tax(
    law: &Law,
    payment: &Payment,
    out: &mut Payslip,
) -> Result<Option<Decimal>, Fault> {
    let Some(year) = payment.local_services_tax.filter(|year| !year.is_zero()) else {
        return Ok(None);
    };
    let local = law.pennsylvania_local.first();
    let lump = local.ok_or_else(|| no_table(payment, "local services tax"))?.lump_sum;
    if year <= lump {
        return Err(Fault::fact(
            Payment::LOCAL_SERVICES_TAX,
            format!("must be 0 or above {lump}: a smaller tax is taken at once, not by pay period; found {year}"),
        )
        .citing("53 P.S. s. 6924.330"));
    }
    // "Round down to the nearest one-hundredth of a dollar."
    let periods = periods(payment.pay_frequency, WORKING_DAYS);
    let tax = (year / periods).round_dp_with_strategy(2, RoundingStrategy::ToZero);
    out.step(|| PennsylvaniaStep::LocalServicesTax { year, periods, tax });
    Ok(Some(tax))
}
