//! Pennsylvania: personal income tax at one rate (REV-415), and the taxes of its localities: the
//! earned income tax at the rate that the locality of work or residence sets (the higher, by Act 32),
//! Philadelphia's wage tax instead of it, and the local services tax.

use stele_sdk::FactField;
use stele_sdk::prelude::*;
use stele_sdk::rounding::CENT;

use super::choices::{Locality, State};
use super::law::{PennsylvaniaTerms, PhiladelphiaWageTax, WageTerms};
use super::tables::no_table;
use super::wages::{StateWages, Taxed, taxed_wages};
use super::withheld::Withheld;
use super::written::StateLaw;
use crate::amounts::{WORKING_DAYS, percent, periods};
use crate::facts::Payment;
use crate::figures::Figure;
use crate::items::{Finding, Item};
use crate::law::Law;
use crate::payslip::Payslip;

/// The income tax of Pennsylvania.
pub(super) struct Pennsylvania;

impl StateLaw for Pennsylvania {
    fn knows(&self) -> &'static [FactField] {
        &[]
    }

    fn terms<'a>(&self, law: &'a Law) -> Option<&'a WageTerms> {
        law.pennsylvania_wages.first()
    }

    fn wages(&self, terms: &WageTerms, wages: StateWages, out: &mut Payslip) -> Taxed {
        pennsylvania_wages(terms, wages, out)
    }

    fn withhold(
        &self,
        law: &Law,
        payment: &Payment,
        _: &WageTerms,
        wages: Taxed,
        out: &mut Payslip,
    ) -> Result<Withheld, Fault> {
        Ok(Withheld::together(tax(law, payment, wages, out)?))
    }
}

taxed_wages! { pennsylvania_wages, "61 Pa. Code s. 101.6 and 113.4", "pennsylvania_wages" }

/// The tax at the state's rate.
pub(super) fn tax(
    law: &Law,
    payment: &Payment,
    wages: Taxed,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let terms = law.pennsylvania.first().ok_or_else(|| no_table(payment, "rate"))?;
    Ok(pennsylvania_tax(terms, wages, out))
}

/// Supplemental compensation is added, and all is multiplied by the rate (REV-415).
#[provision("REV-415; 72 P.S. s. 7302")]
fn pennsylvania_tax(terms: &PennsylvaniaTerms, wages: Taxed, out: &mut Payslip) -> Decimal {
    work!(
        out,
        Figure::StateTax = half_up(
            share(
                wages.regular as Figure::StateWages
                    + wages.supplemental as Figure::StateSupplemental,
                terms.rate
            ),
            CENT
        )
    )
}

/// The tax of a locality on what is earned, with its line; none where the work is outside Pennsylvania
/// and no rate is stated. Philadelphia's wage tax counts all compensation (Income Tax Regulations,
/// s. 104), the others' earned income tax what the state counts as compensation (53 P.S. s. 6924.501).
pub(super) fn local_income_tax(
    law: &Law,
    payment: &Payment,
    wages: StateWages,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let stated = payment.local_income_tax_rate;
    if let Some(row) = philadelphia(law, payment)? {
        let rate = stated.unwrap_or(row.rate);
        if rate != row.rate {
            let (known, stated) = (percent(row.rate), percent(rate));
            out.finding(Finding::PhiladelphiaRateIsAnother).limit(known).actual(stated);
        }
        return Ok(wage_tax(row, payment, wages.pay(), out));
    }
    if stated.is_none() {
        return Ok(Decimal::ZERO);
    }
    let terms = law.pennsylvania_wages.first().ok_or_else(|| no_table(payment, "compensation"))?;
    let taxed = pennsylvania_wages(terms, wages, out);
    Ok(earned_income_tax(payment, taxed, out))
}

/// Philadelphia's, at its rate or the one that is stated.
#[provision("Philadelphia Code, s. 19-1502")]
fn wage_tax(
    row: &PhiladelphiaWageTax,
    payment: &Payment,
    pay: Decimal,
    out: &mut Payslip,
) -> Decimal {
    let pay = work!(out, Figure::CityPay = stated(pay));
    let state = State::Pennsylvania.name();
    match payment.local_income_tax_rate {
        None => {
            work!(out, Item::LocalIncomeTax.about(state) = half_up(share(pay, row.rate), CENT))
        }
        Some(_) => work!(
            out,
            Item::LocalIncomeTax.about(state) =
                half_up(share(pay, payment.local_income_tax_rate), CENT)
        ),
    }
}

#[provision("53 P.S. ss. 6924.501 and 6924.512")]
fn earned_income_tax(payment: &Payment, wages: Taxed, out: &mut Payslip) -> Decimal {
    work!(
        out,
        Item::LocalIncomeTax.about(State::Pennsylvania.name()) = half_up(
            share(
                wages.regular as Figure::StateWages
                    + wages.supplemental as Figure::StateSupplemental,
                payment.local_income_tax_rate
            ),
            CENT
        )
    )
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

/// The local services tax of the payment (53 P.S. s. 6924.330), with its line; none where none is owed.
pub(super) fn local_services_tax(
    law: &Law,
    payment: &Payment,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let Some(year) = payment.local_services_tax.filter(|year| !year.is_zero()) else {
        return Ok(Decimal::ZERO);
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
    Ok(services_tax(payment, out))
}

/// "Round down to the nearest one-hundredth of a dollar."
#[provision("Pennsylvania Local Tax Enabling Act, 53 P.S. s. 6924.330")]
fn services_tax(payment: &Payment, out: &mut Payslip) -> Decimal {
    let periods = periods(payment.pay_frequency, WORKING_DAYS);
    work!(out, Item::LocalServicesTax = down(payment.local_services_tax / stated(periods), CENT))
}
