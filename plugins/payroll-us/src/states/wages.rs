//! What a state may tax of a payment, and which deductions before tax it knows.

use stele_sdk::prelude::*;

use super::law::WageTerms;

/// What the federal part knows of a payment when the state's turn comes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct StateWages {
    /// Pay of the period before any deduction, with taxable benefits and reported tips, without
    /// supplemental wages.
    pub regular: Decimal,
    /// Supplemental wages that the federal law taxes at the flat rate. Others are in `regular`.
    pub supplemental: Decimal,
    /// Reported tips, a part of `regular`.
    pub tips: Decimal,
    /// Elective deferrals to a 401(k) plan out of the pay before tax.
    pub retirement: Decimal,
    /// Elective deferrals to another retirement plan out of the pay before tax.
    pub other_retirement: Decimal,
    /// Contributions to a cafeteria plan out of the pay.
    pub cafeteria: Decimal,
    /// Contributions to a health savings account out of the pay, by a cafeteria plan.
    pub health_savings: Decimal,
    /// What the employer contributes to a health savings account.
    pub employer_health_savings: Decimal,
    /// Social security and Medicare withheld from this payment.
    pub social_security_and_medicare: Decimal,
}

/// The wages that a state taxes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Taxed {
    /// Regular wages.
    pub regular: Decimal,
    /// Supplemental wages.
    pub supplemental: Decimal,
    /// Social security and Medicare withheld from this payment, where the state lets deduct them.
    pub social_security_and_medicare: Decimal,
}

impl Taxed {
    /// Both.
    pub(super) fn all(self) -> Decimal {
        self.regular + self.supplemental
    }
}

impl StateWages {
    /// Everything that is paid, in money or otherwise.
    pub(crate) fn pay(&self) -> Decimal {
        self.regular + self.supplemental
    }

    /// Regular wages before deductions, and the deductions that the state knows.
    pub(super) fn counted_and_deducted(&self, terms: &WageTerms) -> (Decimal, Decimal) {
        (self.counted(terms), self.deducted(terms))
    }

    /// Deductions that the state knows: not every state knows every one.
    fn deducted(&self, terms: &WageTerms) -> Decimal {
        [
            (terms.retirement, self.retirement),
            (terms.other_retirement, self.other_retirement),
            (terms.cafeteria, self.cafeteria),
            (terms.health_savings, self.health_savings),
        ]
        .into_iter()
        .filter_map(|(reduces, deduction)| reduces.then_some(deduction))
        .sum()
    }

    /// Regular wages before deductions, with what the employer contributes to a health savings account
    /// where the state taxes it.
    fn counted(&self, terms: &WageTerms) -> Decimal {
        match terms.employer_health_savings {
            true => self.regular + self.employer_health_savings,
            false => self.regular,
        }
    }
}

/// The provision by which a state taxes wages: `taxed_wages! { california_wages, "citation", "table" }`.
/// Deductions that it knows come off the regular wages first, and off the supplemental ones where those
/// do not suffice, as where a bonus is paid by itself.
macro_rules! taxed_wages {
    ($name:ident, $citation:tt, $table:tt) => {
        #[provision($citation, parameters($table))]
        pub(super) fn $name(terms: &WageTerms, wages: StateWages, out: &mut Payslip) -> Taxed {
            let (counted, deducted) = wages.counted_and_deducted(terms);
            let counted = work!(out, Figure::StateRegularPay = stated(counted));
            let deducted = work!(out, Figure::StateDeductions = stated(deducted));
            let regular = work!(out, Figure::StateWages = at_least(counted - deducted, 0));
            let pay = wages.supplemental;
            let supplemental = match pay.is_zero() {
                true => pay,
                false => work!(
                    out,
                    Figure::StateSupplemental =
                        at_least(stated(pay) - at_least(deducted - counted, 0), 0)
                ),
            };
            Taxed { regular, supplemental, social_security_and_medicare: Decimal::ZERO }
        }
    };
}

pub(super) use taxed_wages;
