//! What lines are worked out from and is no line itself.

use stele_sdk::prelude::*;

/// Intermediate values, in dollars unless they say otherwise.
#[derive(Figures, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Figure {
    /// Pay in money.
    PayInMoney,
    /// Benefits and tips that are not paid out here.
    #[figure(citation = "26 U.S.C. ss. 61 (a) (1), 3121 (a) and 3401 (a)")]
    NotPaidOut,
    /// Deductions before tax.
    #[figure(citation = "26 U.S.C. ss. 125, 402 (e) (3) and 3401 (a)")]
    BeforeTax,
    /// Regular wages for income tax.
    #[figure(citation = "26 U.S.C. s. 3401 (a)")]
    RegularWages,
    /// Supplemental wages for income tax.
    #[figure(citation = "26 U.S.C. s. 3401 (a)")]
    SupplementalTaxed,
    /// Supplemental wages at the highest rate.
    MandatorySupplemental,
    /// Supplemental wages that are not at the highest rate.
    SupplementalLeft,
    /// Tax on supplemental wages at the flat rate.
    FlatTax,
    /// Tax on supplemental wages at the highest rate.
    MandatoryTax,
    /// Wages of the worksheet.
    WorksheetWages,
    /// Amount for a nonresident alien.
    AlienAmount,
    /// Pay periods of a year.
    #[figure(unit = "periods")]
    PayPeriods,
    /// Wages of a year.
    AnnualWages,
    /// Adjustment by filing status.
    Adjustment,
    /// Adjusted annual amount.
    AdjustedAnnual,
    /// Tax on other jobs and pensions alone.
    TaxOnOthers,
    /// Tentative tax of a year.
    TentativeTax,
    /// Tax by the worksheet.
    Withheld,
    /// Wages that social security and Medicare count.
    #[figure(citation = "26 U.S.C. s. 3121 (a) (5) (G) and (v) (1) (A)")]
    FicaWages,
    /// Wages above the amount of the additional Medicare tax.
    AdditionalMedicareWages,
    /// Social security and Medicare of the employee.
    SocialSecurityTaken,
    /// Wages that unemployment tax counts.
    FutaCounted,
    /// Wages of the year that unemployment tax has counted before.
    FutaEarlier,
    /// Wages on which unemployment tax is due.
    FutaWages,
    /// Amount of the deduction for seniors.
    SeniorAmount,
    /// Credits for children and dependents in full.
    FullCredits,
    /// Steps of income above the limit.
    #[figure(unit = "steps")]
    CreditSteps,
    /// Credits for children and dependents.
    FamilyCredits,
    /// Most that is refunded of earnings or of taxes.
    RefundLimit,
    /// Credit that is refunded.
    RefundedCredit,
    /// Earned income credit by its formula.
    EarnedCredit,
    /// Taxes of cities and localities.
    LocalTaken,
    /// Taxes and contributions of the state and its localities.
    StateTaken,
    /// Regular pay that the state counts.
    StateRegularPay,
    /// Deductions before tax that the state knows.
    StateDeductions,
    /// Wages that the state taxes.
    StateWages,
    /// Supplemental wages that the state taxes.
    StateSupplemental,
    /// Wages that are taxed together.
    StateTogether,
    /// Wages of a period of the table.
    StateTableWages,
    /// Deduction for additional allowances.
    StateEstimatedDeduction,
    /// Social security and Medicare that the state lets deduct.
    StateContributions,
    /// Deductions and allowances of the state.
    StateDeduction,
    /// Taxable wages of the state.
    StateTaxable,
    /// Taxable wages of a year of the state.
    StateYear,
    /// Tax of the state by its table.
    StateTableTax,
    /// Benefit of lower rates that the state takes back.
    StateRecapture,
    /// Credits of the state.
    StateCredit,
    /// Tax of the state.
    StateTax,
    /// Tax of the state on supplemental wages.
    StateSupplementalTax,
    /// All pay, which the city counts.
    CityPay,
    /// Wages that the city taxes together.
    CityTogether,
    /// Wages of a period of the city's table.
    CityTableWages,
    /// Deductions and allowances of the city.
    CityDeduction,
    /// Taxable wages of the city.
    CityTaxable,
    /// Tax of the city by its table.
    CityTableTax,
    /// Wages that the insurance counts.
    InsuredWages,
    /// Wages below the insurance's limit of the year.
    InsuredBelowBase,
    /// Contribution to the insurance.
    InsuranceContribution,
}
