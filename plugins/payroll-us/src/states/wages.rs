//! What a state may tax of a payment, and which deductions before tax it knows.

use stele_sdk::prelude::*;

use super::law::StateTerms;
use crate::payslip::Payslip;
use crate::steps::StateStep;

/// What the federal part knows of a payment when the state's turn comes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct StateWages {
    /// Pay of the period in money before any deduction, without supplemental wages.
    pub regular: Decimal,
    /// Supplemental wages that the federal law taxes at the flat rate. Others are in `regular`.
    pub supplemental: Decimal,
    /// Elective deferrals to a retirement plan out of the pay before tax.
    pub retirement: Decimal,
    /// Contributions to a cafeteria plan out of the pay.
    pub cafeteria: Decimal,
    /// Contributions to a health savings account out of the pay, by a cafeteria plan.
    pub health_savings: Decimal,
    /// Social security and Medicare withheld from this payment.
    pub social_security_and_medicare: Decimal,
}

impl StateWages {
    /// Deductions that the state knows: not every state knows every one.
    pub(super) fn deducted(&self, terms: &StateTerms) -> Decimal {
        let mut deducted = Decimal::ZERO;
        for (reduces, deduction) in [
            (terms.retirement, self.retirement),
            (terms.cafeteria, self.cafeteria),
            (terms.health_savings, self.health_savings),
        ] {
            if reduces {
                deducted += deduction;
            }
        }
        deducted
    }

    /// Regular wages that the state taxes.
    pub(super) fn taxable(&self, terms: &StateTerms) -> Decimal {
        (self.regular - self.deducted(terms)).max(Decimal::ZERO)
    }

    /// Supplemental wages less the deductions for which the regular wages do not suffice, as where a
    /// bonus is paid by itself.
    pub(super) fn taxable_supplemental(&self, terms: &StateTerms) -> Decimal {
        let left = (self.deducted(terms) - self.regular).max(Decimal::ZERO);
        (self.supplemental - left).max(Decimal::ZERO)
    }

    /// Says which wages the state taxes.
    pub(super) fn explain(&self, terms: &StateTerms, out: &mut Payslip) {
        out.step(|| {
            let pay = self.regular + self.supplemental;
            let deductions = self.deducted(terms);
            let regular = self.taxable(terms);
            if self.supplemental.is_zero() {
                return StateStep::StateWages { pay, deductions, wages: regular };
            }
            let supplemental = self.taxable_supplemental(terms);
            StateStep::StateWagesApart { pay, deductions, regular, supplemental }
        });
    }
}
