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

/// The wages that a state taxes, as its sentences say them.
#[derive(Clone, Copy, Debug)]
pub(super) struct TaxedWages {
    /// What is counted before deductions.
    pub pay: Decimal,
    /// Deductions that the state knows.
    pub deductions: Decimal,
    /// Regular wages that are left.
    pub regular: Decimal,
    /// Supplemental wages that are left; none where there were none.
    pub supplemental: Option<Decimal>,
}

impl StateWages {
    /// Everything that is paid, in money or otherwise.
    pub(crate) fn pay(&self) -> Decimal {
        self.regular + self.supplemental
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

    /// What the employer contributes to a health savings account, where the state taxes it.
    pub(super) fn taxed_employer_health_savings(&self, terms: &WageTerms) -> Decimal {
        if terms.employer_health_savings { self.employer_health_savings } else { Decimal::ZERO }
    }

    /// Regular wages before deductions.
    fn counted(&self, terms: &WageTerms) -> Decimal {
        self.regular + self.taxed_employer_health_savings(terms)
    }

    /// Regular wages that the state taxes.
    pub(super) fn taxable(&self, terms: &WageTerms) -> Decimal {
        (self.counted(terms) - self.deducted(terms)).max(Decimal::ZERO)
    }

    /// Supplemental wages less the deductions for which the regular wages do not suffice, as where a
    /// bonus is paid by itself.
    pub(super) fn taxable_supplemental(&self, terms: &WageTerms) -> Decimal {
        let left = (self.deducted(terms) - self.counted(terms)).max(Decimal::ZERO);
        (self.supplemental - left).max(Decimal::ZERO)
    }

    /// Which wages the state taxes, for the sentence that says it.
    pub(super) fn taxed(&self, terms: &WageTerms) -> TaxedWages {
        TaxedWages {
            pay: self.counted(terms) + self.supplemental,
            deductions: self.deducted(terms),
            regular: self.taxable(terms),
            supplemental: (!self.supplemental.is_zero()).then(|| self.taxable_supplemental(terms)),
        }
    }
}
