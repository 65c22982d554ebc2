//! The words that facts and parameters are chosen from.

use stele_sdk::prelude::*;

/// How often the employee is paid.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum PayFrequency {
    /// Every day.
    Daily,
    /// Every week.
    Weekly,
    /// Every two weeks.
    Biweekly,
    /// Twice a month.
    Semimonthly,
    /// Every month.
    Monthly,
    /// Every three months.
    Quarterly,
    /// Every six months.
    Semiannual,
    /// Once a year.
    Annual,
    /// Not a payment: an estimate of a whole year.
    YearEstimate,
}

/// The withholding certificate that was furnished.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum WithholdingForm {
    /// Form W-4 of 2020 or later.
    #[choice(name = "w4_2020_or_later")]
    W4,
    /// Form W-4 of 2019 or earlier, which claims allowances.
    #[choice(name = "w4_2019_or_earlier")]
    W4WithAllowances,
    /// Form W-4P of 2022 or later: a periodic pension or annuity payment.
    #[choice(name = "w4p_2022_or_later")]
    W4P,
    /// Form W-4P of 2021 or earlier, which claims allowances.
    #[choice(name = "w4p_2021_or_earlier")]
    W4PWithAllowances,
    /// The employee furnished none, and is withheld as single without entries.
    #[choice(name = "none")]
    NoneFurnished,
}

impl WithholdingForm {
    /// Whether the payment is a periodic pension or annuity payment, not wages.
    pub(crate) const fn is_pension(self) -> bool {
        matches!(self, Self::W4P | Self::W4PWithAllowances)
    }

    /// Whether the form claims allowances instead of steps.
    pub(crate) const fn has_allowances(self) -> bool {
        matches!(self, Self::W4WithAllowances | Self::W4PWithAllowances)
    }
}

/// Filing status on the certificate, or of the return.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum FilingStatus {
    /// Single or married filing separately; on a form with allowances also married but withholding at
    /// the higher single rate.
    Single,
    /// Married filing jointly or qualifying surviving spouse; on a form with allowances married.
    MarriedJoint,
    /// Head of household.
    HeadOfHousehold,
}

/// How supplemental wages are taxed (Publication 15, section 7).
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum SupplementalMethod {
    /// Method 1a: at the flat rate.
    Flat,
    /// Method 1b: together with the regular wages of the payroll period.
    Aggregate,
}

/// The plan into which elective deferrals go.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum RetirementPlan {
    /// A 401(k) plan.
    #[choice(name = "plan_401k")]
    Section401k,
    /// Another plan: 403(b), 457(b), SIMPLE, SEP.
    Other,
}
