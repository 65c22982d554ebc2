//! Illinois: Booklet IL-700-T, automated payroll method.

use stele_sdk::FactField;
use stele_sdk::prelude::*;
use stele_sdk::rounding::CENT;

use super::law::{IllinoisTerms, WageTerms};
use super::tables::no_table;
use super::wages::{StateWages, Taxed, taxed_wages};
use super::withheld::Withheld;
use super::written::StateLaw;
use crate::amounts::periods;
use crate::facts::Payment;
use crate::figures::Figure;
use crate::law::Law;
use crate::payslip::Payslip;

/// The income tax of Illinois.
pub(super) struct Illinois;

impl StateLaw for Illinois {
    fn knows(&self) -> &'static [FactField] {
        &[Payment::STATE_ALLOWANCES, Payment::STATE_ADDITIONAL_ALLOWANCES]
    }

    fn terms<'a>(&self, law: &'a Law) -> Option<&'a WageTerms> {
        law.illinois_wages.first()
    }

    fn wages(&self, terms: &WageTerms, wages: StateWages, out: &mut Payslip) -> Taxed {
        illinois_wages(terms, wages, out)
    }

    fn withhold(
        &self,
        law: &Law,
        payment: &Payment,
        _: &WageTerms,
        wages: Taxed,
        out: &mut Payslip,
    ) -> Result<Withheld, Fault> {
        let terms = law.illinois.first().ok_or_else(|| no_table(payment, "rate"))?;
        Ok(Withheld::together(illinois_tax(terms, payment, wages, out)))
    }
}

taxed_wages! { illinois_wages, "35 ILCS 5/701", "illinois_wages" }

/// The allowances of Form IL-W-4, lines 1 and 2, in the year, then in the period to the cent.
/// Supplemental wages are taxed at the same rate, without further allowances.
#[provision("Illinois Booklet IL-700-T, automated payroll method; 35 ILCS 5/201 (b)")]
fn illinois_tax(
    terms: &IllinoisTerms,
    payment: &Payment,
    wages: Taxed,
    out: &mut Payslip,
) -> Decimal {
    let periods = periods(payment.pay_frequency, terms.days);
    let deduction = work!(
        out,
        Figure::StateDeduction = half_up(
            (terms.allowance * payment.state_allowances
                + terms.additional_allowance * payment.state_additional_allowances)
                / stated(periods),
            CENT
        )
    );
    let taxable = work!(
        out,
        Figure::StateTaxable = at_least(
            wages.regular as Figure::StateWages + wages.supplemental as Figure::StateSupplemental
                - deduction,
            0
        )
    );
    work!(out, Figure::StateTax = half_up(share(taxable, terms.rate), CENT))
}
