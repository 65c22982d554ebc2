//! Massachusetts: Circular M, percentage method, and section G for supplemental wages.

use stele_sdk::prelude::*;

use super::choices::StateFilingStatus;
use super::law::{MassachusettsPeriod, MassachusettsTerms, WageTerms};
use super::tables::no_table;
use super::wages::{StateWages, TaxedWages};
use super::withheld::Withheld;
use crate::amounts::{cents, percent};
use crate::facts::Payment;
use crate::law::Law;
use crate::payslip::Payslip;
use crate::steps::MassachusettsStep;
use crate::year_so_far;

/// Says which wages Massachusetts taxes.
pub(super) fn explain(terms: &WageTerms, wages: StateWages, out: &mut Payslip) {
    out.step(|| {
        let TaxedWages { pay, deductions, regular, supplemental } = wages.taxed(terms);
        match supplemental {
            None => MassachusettsStep::Wages { pay, deductions, wages: regular },
            Some(supplemental) => {
                MassachusettsStep::WagesApart { pay, deductions, regular, supplemental }
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
    let rates = law.massachusetts.first().ok_or_else(|| no_table(payment, "rate"))?;
    let period = law
        .massachusetts_periods
        .iter()
        .find(|row| row.pay_frequency == payment.pay_frequency)
        .ok_or_else(|| no_table(payment, "percentage method"))?;
    let taxable = wages.taxable(terms);

    // Step 1: social security, Medicare and public retirement of the period, to the year's maximum.
    let stated = payment.earlier_massachusetts_deduction;
    let earlier = if wages.social_security_and_medicare.is_zero() {
        stated.unwrap_or_default()
    } else {
        year_so_far::earlier(payment, "earlier_massachusetts_deduction", stated, out)
    };
    let left = (rates.contribution_cap - earlier).max(Decimal::ZERO);
    let contributions = wages.social_security_and_medicare.min(left);
    // Step 2: the exemptions.
    let claimed = payment.state_allowances.unwrap_or_default();
    let exemption = if claimed > 0 {
        period.exemption * Decimal::from(claimed) + period.base
    } else {
        Decimal::ZERO
    };
    let deduction = contributions + exemption;
    let net = (taxable - deduction).max(Decimal::ZERO);
    out.step(|| MassachusettsStep::Deduction {
        contributions,
        maximum: rates.contribution_cap,
        exemptions: exemption,
        deduction,
    });
    out.step(|| MassachusettsStep::Taxable { wages: taxable, deduction, taxable: net });
    // Step 3: the wages of a year.
    let periods = Decimal::from(period.periods);
    let year = net * periods;

    let regular = if claimed > 0 && taxable < period.no_withholding_below {
        out.step(|| MassachusettsStep::LowIncome {
            earnings: taxable,
            limit: period.no_withholding_below,
        });
        Decimal::ZERO
    } else {
        percentage_method(payment, rates, period, net, year, out)
    };
    let supplemental = section_g(rates, wages.supplemental, year, out);
    Ok(Withheld { regular, supplemental })
}

fn percentage_method(
    payment: &Payment,
    rates: &MassachusettsTerms,
    period: &MassachusettsPeriod,
    net: Decimal,
    year: Decimal,
    out: &mut Payslip,
) -> Decimal {
    // Steps 4 and 5: the tax of the year with the surtax above the threshold, back to the period.
    let tax = if year > rates.surtax_threshold {
        let tax_of_year =
            cents(year * rates.rate + (year - rates.surtax_threshold) * rates.surtax_rate);
        tax_of_year / Decimal::from(period.periods)
    } else {
        net * rates.rate
    };
    let tax = cents(tax);
    out.step(|| MassachusettsStep::Tax {
        year,
        rate: percent(rates.rate),
        surtax_rate: percent(rates.surtax_rate),
        threshold: rates.surtax_threshold,
        periods: Decimal::from(period.periods),
        tax,
    });
    // Steps 6 and 7: head of household, and blindness of the employee and the spouse.
    let mut credit = Decimal::ZERO;
    if payment.state_filing_status == Some(StateFilingStatus::HeadOfHousehold) {
        credit += period.head_of_household;
    }
    credit += period.blindness * Decimal::from(payment.blindness.unwrap_or_default());
    if credit.is_zero() {
        return tax;
    }
    let left = (tax - credit).max(Decimal::ZERO);
    out.step(|| MassachusettsStep::Credit { tax, credit, left });
    left
}

/// Section G: a supplemental payment on top of a year of regular wages. The surtax is due on the
/// part of it that lies above the threshold. Earlier supplemental payments of the year stay out.
fn section_g(
    rates: &MassachusettsTerms,
    payment: Decimal,
    year: Decimal,
    out: &mut Payslip,
) -> Decimal {
    if payment.is_zero() {
        return Decimal::ZERO;
    }
    let above = (year + payment - rates.surtax_threshold).max(Decimal::ZERO).min(payment);
    let tax = cents(payment * rates.rate + above * rates.surtax_rate);
    out.step(|| MassachusettsStep::Supplemental {
        year,
        above,
        payment,
        threshold: rates.surtax_threshold,
        rate: percent(rates.rate),
        surtax_rate: percent(rates.surtax_rate),
        tax,
    });
    tax
}
