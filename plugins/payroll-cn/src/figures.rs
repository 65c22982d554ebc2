//! What lines are worked out from and is no line itself.

use stele_sdk::prelude::*;

/// Intermediate values, in yuan unless they say otherwise.
#[derive(Figures, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Figure {
    /// Declared base of social insurance; where none is stated, the wages of the month.
    #[figure(citation = "Social Insurance Law, art. 12")]
    DeclaredBase,
    /// Declared base of the housing fund; where none is stated, that of social insurance.
    #[figure(citation = "Regulations on the Housing Provident Fund, art. 16")]
    DeclaredHousingFundBase,
    /// Decimals to which each share is rounded.
    #[figure(unit = "decimals")]
    ShareDecimals,
    /// Fixed amounts that the employee pays in branches whose rates the employer alone pays.
    FixedAmounts,
    /// Income of the month, as it is taxed.
    #[figure(citation = "Implementing Regulations of the Individual Income Tax Law, art. 6 (1)")]
    Income,
    /// Basic deduction of the year so far.
    #[figure(citation = "Individual Income Tax Law, art. 6 (1)")]
    BasicDeduction,
    /// Exempt income.
    #[figure(citation = "Individual Income Tax Law, art. 4")]
    ExemptIncome,
    /// Other lawful deductions.
    #[figure(citation = "Implementing Regulations of the Individual Income Tax Law, art. 13")]
    OtherDeductions,
    /// Tax relief.
    #[figure(citation = "Individual Income Tax Law, art. 5")]
    TaxRelief,
    /// All deductions of the year so far.
    #[figure(citation = "State Taxation Administration, announcement 2018 No. 61, art. 6")]
    Deductions,
    /// Part of the income that is taxed in China.
    #[figure(
        citation = "Ministry of Finance and State Taxation Administration, announcement 2019 No. 35, items 1 and 2"
    )]
    TaxedInChina,
    /// Expenses that are taken off labour remuneration.
    #[figure(citation = "Individual Income Tax Law, art. 6 (2)")]
    LabourExpenses,
    /// Labour remuneration after the expenses.
    #[figure(citation = "Individual Income Tax Law, art. 6 (2)")]
    IncomeAfterExpenses,
    /// Cost of acquisition of an agent or broker.
    #[figure(citation = "Caishui [2018] No. 164, item 3")]
    CommissionCost,
    /// The part of a bonus that falls to one month, which selects its rate.
    BonusOfOneMonth,
    /// Local average yearly wage.
    #[figure(unit = "CNY/year", citation = "Caishui [2018] No. 164, item 5 (1)")]
    LocalAverageWage,
    /// Payment for ending the employment up to which it is exempt.
    #[figure(citation = "Caishui [2018] No. 164, item 5 (1)")]
    SeveranceLimit,
    /// Part of the payment for ending the employment that is taxed.
    #[figure(citation = "Caishui [2018] No. 164, item 5 (1)")]
    TaxedSeverance,
    /// All that is kept back from the pay.
    #[figure(citation = "Interim Provisions on Payment of Wages, arts. 15 and 16")]
    NetDeductions,
}
