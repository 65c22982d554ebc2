//! Massachusetts: Circular M, percentage method, and section G for supplemental wages.

use stele_sdk::FactField;
use stele_sdk::prelude::*;
use stele_sdk::rounding::CENT;

use super::choices::StateFilingStatus;
use super::law::{MassachusettsPeriod, MassachusettsTerms, WageTerms};
use super::tables::no_table;
use super::wages::{StateWages, Taxed, taxed_wages};
use super::withheld::Withheld;
use super::written::StateLaw;
use crate::facts::Payment;
use crate::figures::Figure;
use crate::law::Law;
use crate::payslip::Payslip;
use crate::year_so_far;

/// The income tax of Massachusetts.
pub(super) struct Massachusetts;

impl StateLaw for Massachusetts {
    fn knows(&self) -> &'static [FactField] {
        &[Payment::STATE_ALLOWANCES, Payment::BLINDNESS, Payment::EARLIER_MASSACHUSETTS_DEDUCTION]
    }

    fn terms<'a>(&self, law: &'a Law) -> Option<&'a WageTerms> {
        law.massachusetts_wages.first()
    }

    fn wages(&self, terms: &WageTerms, wages: StateWages, out: &mut Payslip) -> Taxed {
        let taxed = massachusetts_wages(terms, wages, out);
        Taxed { social_security_and_medicare: wages.social_security_and_medicare, ..taxed }
    }

    fn withhold(
        &self,
        law: &Law,
        payment: &Payment,
        _: &WageTerms,
        wages: Taxed,
        out: &mut Payslip,
    ) -> Result<Withheld, Fault> {
        let terms = law.massachusetts.first().ok_or_else(|| no_table(payment, "rate"))?;
        let period = law
            .massachusetts_periods
            .iter()
            .find(|row| row.pay_frequency == payment.pay_frequency)
            .ok_or_else(|| no_table(payment, "percentage method"))?;
        let contributions = wages.social_security_and_medicare;
        if !contributions.is_zero() {
            let stated = payment.earlier_massachusetts_deduction;
            year_so_far::earlier(payment, "earlier_massachusetts_deduction", stated, out);
        }
        let net = net_wages(terms, period, payment, contributions, wages.regular, out);
        let year = net_of_year(period, net, out);
        let claimed = payment.state_allowances.unwrap_or_default() > 0;
        let regular = if claimed && wages.regular < period.no_withholding_below {
            massachusetts_low_income(period, wages.regular, out);
            Decimal::ZERO
        } else {
            let tax = percentage_method(terms, period, net, year, out);
            less_credits(period, payment, tax, out)
        };
        let supplemental = section_g(terms, wages.supplemental, year, out);
        Ok(Withheld { regular, supplemental, ..Withheld::nothing() })
    }
}

taxed_wages! { massachusetts_wages, "M.G.L. c. 62B, s. 1", "massachusetts_wages" }

/// Step 1: social security, Medicare and public retirement of the period, to the year's maximum. Step 2:
/// the exemptions.
#[provision("Massachusetts Circular M, percentage method, steps 1 and 2")]
fn net_wages(
    terms: &MassachusettsTerms,
    period: &MassachusettsPeriod,
    payment: &Payment,
    #[is(Figure::SocialSecurityTaken)] contributions: Decimal,
    #[is(Figure::StateWages)] wages: Decimal,
    out: &mut Payslip,
) -> Decimal {
    let contributions = work!(
        out,
        Figure::StateContributions = at_most(
            contributions,
            at_least(terms.contribution_cap - payment.earlier_massachusetts_deduction, 0)
        )
    );
    let deduction = match payment.state_allowances.unwrap_or_default() > 0 {
        true => work!(
            out,
            Figure::StateDeduction =
                contributions + period.exemption * payment.state_allowances + period.base
        ),
        false => work!(out, Figure::StateDeduction = contributions),
    };
    work!(out, Figure::StateTaxable = at_least(wages - deduction, 0))
}

/// Step 3: the wages of a year.
#[provision("Massachusetts Circular M, percentage method, step 3")]
fn net_of_year(
    period: &MassachusettsPeriod,
    #[is(Figure::StateTaxable)] net: Decimal,
    out: &mut Payslip,
) -> Decimal {
    work!(out, Figure::StateYear = net * period.periods)
}

#[provision("Massachusetts Circular M, percentage method", parameters("massachusetts_periods"))]
fn massachusetts_low_income(period: &MassachusettsPeriod, earnings: Decimal, out: &mut Payslip) {
    let limit = period.no_withholding_below.to_owned();
    say!(
        out,
        MassachusettsLowIncome,
        "Massachusetts withholds nothing from wages of {earnings:USD}: its limit for low wages is {limit:USD}."
    );
}

/// Steps 4 and 5: the tax of the year with the surtax above the threshold, back to the period.
#[provision("Massachusetts Circular M, percentage method, steps 4 and 5")]
fn percentage_method(
    terms: &MassachusettsTerms,
    period: &MassachusettsPeriod,
    #[is(Figure::StateTaxable)] net: Decimal,
    #[is(Figure::StateYear)] year: Decimal,
    out: &mut Payslip,
) -> Decimal {
    match year > terms.surtax_threshold {
        true => work!(
            out,
            Figure::StateTableTax = half_up(
                half_up(
                    share(year, terms.rate)
                        + share(year - terms.surtax_threshold, terms.surtax_rate),
                    CENT
                ) / period.periods,
                CENT
            )
        ),
        false => work!(out, Figure::StateTableTax = half_up(share(net, terms.rate), CENT)),
    }
}

/// Steps 6 and 7: head of household, and blindness of the employee and the spouse.
#[provision("Massachusetts Circular M, percentage method, steps 6 and 7")]
fn less_credits(
    period: &MassachusettsPeriod,
    payment: &Payment,
    #[is(Figure::StateTableTax)] tax: Decimal,
    out: &mut Payslip,
) -> Decimal {
    let head = payment.state_filing_status == Some(StateFilingStatus::HeadOfHousehold);
    let credit = match head {
        true => work!(
            out,
            Figure::StateCredit = period.head_of_household + period.blindness * payment.blindness
        ),
        false => work!(out, Figure::StateCredit = period.blindness * payment.blindness),
    };
    work!(out, Figure::StateTax = at_least(tax - credit, 0))
}

/// Section G: a supplemental payment on top of a year of regular wages. The surtax is due on the
/// part of it that lies above the threshold. Earlier supplemental payments of the year stay out.
#[provision("Massachusetts Circular M, section G")]
fn section_g(
    terms: &MassachusettsTerms,
    #[is(Figure::StateSupplemental)] payment: Decimal,
    #[is(Figure::StateYear)] year: Decimal,
    out: &mut Payslip,
) -> Decimal {
    if payment.is_zero() {
        return Decimal::ZERO;
    }
    work!(
        out,
        Figure::StateSupplementalTax = half_up(
            share(payment, terms.rate)
                + share(
                    at_most(at_least(year + payment - terms.surtax_threshold, 0), payment),
                    terms.surtax_rate
                ),
            CENT
        )
    )
}
