//! Sentences about tax on one payment or month by itself: labour remuneration, income of
//! non-residents, annual bonus, payment for ending the employment.

use stele_sdk::prelude::*;

/// Steps of tax that is not cumulative. Rates are given in percent.
#[derive(Steps, Clone, Debug)]
pub enum ApartStep {
    /// Annual bonus taxed by itself: a twelfth of {bonus} is {monthly}, which selects the rate of {rate} %. Tax: {bonus} × {rate} % − {quick_deduction} = {tax}.
    #[step(
        citation = "Caishui [2018] No. 164, item 1 (1)",
        parameters("monthly_brackets", "bonus_months")
    )]
    AnnualBonus {
        /// The bonus.
        #[argument(unit = "CNY")]
        bonus: Decimal,
        /// The part of one month, shown with two decimals; the rate is selected by the exact value.
        #[argument(unit = "CNY")]
        monthly: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Quick deduction.
        #[argument(unit = "CNY")]
        quick_deduction: Decimal,
        /// Tax.
        #[argument(unit = "CNY")]
        tax: Decimal,
    },
    /// Annual bonus: as chosen, {bonus} is taxed together with the wages of the month.
    #[step(
        citation = "Ministry of Finance and State Taxation Administration, announcement 2023 No. 30"
    )]
    AnnualBonusCombined {
        /// The bonus.
        #[argument(unit = "CNY")]
        bonus: Decimal,
    },
    /// Bonus of a non-resident taxed by itself: {bonus} over {months} months is {monthly} a month, which selects the rate of {rate} %. Tax: {bonus} × {rate} % − {quick_deduction} × {months} = {tax}.
    #[step(
        citation = "Ministry of Finance and State Taxation Administration, announcement 2019 No. 35, item 3 (2)",
        parameters("non_resident_brackets", "non_resident_bonus_months")
    )]
    NonResidentBonus {
        /// The bonus.
        #[argument(unit = "CNY")]
        bonus: Decimal,
        /// Months that it is divided by.
        months: i64,
        /// The part of one month, shown with two decimals; the rate is selected by the exact value.
        #[argument(unit = "CNY")]
        monthly: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Quick deduction of one month.
        #[argument(unit = "CNY")]
        quick_deduction: Decimal,
        /// Tax.
        #[argument(unit = "CNY")]
        tax: Decimal,
    },
    /// Of the income of {income}, {taxed} is taxed in China.
    #[step(
        citation = "Ministry of Finance and State Taxation Administration, announcement 2019 No. 35, items 1 and 2"
    )]
    TaxedInChina {
        /// Income of the month.
        #[argument(unit = "CNY")]
        income: Decimal,
        /// Part that is taxed.
        #[argument(unit = "CNY")]
        taxed: Decimal,
    },
    /// Labour remuneration: {income} less expenses of {expenses} leaves {left}.
    #[step(
        citation = "Individual Income Tax Law, art. 6 (2); State Taxation Administration, announcement 2018 No. 61, arts. 8 and 9",
        parameters(
            "labour_expenses_share",
            "labour_fixed_expenses",
            "labour_fixed_expenses_up_to"
        )
    )]
    LabourExpenses {
        /// Income.
        #[argument(unit = "CNY")]
        income: Decimal,
        /// Expenses.
        #[argument(unit = "CNY")]
        expenses: Decimal,
        /// What is left.
        #[argument(unit = "CNY")]
        left: Decimal,
    },
    /// Commission: cost of acquisition of {rate} % of {income} is {cost}.
    #[step(citation = "Caishui [2018] No. 164, item 3", parameters("commission_cost_share"))]
    CommissionCost {
        /// Income after the expenses.
        #[argument(unit = "CNY")]
        income: Decimal,
        /// Share.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Cost.
        #[argument(unit = "CNY")]
        cost: Decimal,
    },
    /// Other deductions of the year so far: cost of acquisition {cost}, other lawful deductions {other}, exempt income {exempt}.
    #[step(
        citation = "State Taxation Administration, announcement 2020 No. 13, item 2; Caishui [2018] No. 164, item 3"
    )]
    LabourDeductions {
        /// Cost of acquisition.
        #[argument(unit = "CNY")]
        cost: Decimal,
        /// Other lawful deductions.
        #[argument(unit = "CNY")]
        other: Decimal,
        /// Exempt income.
        #[argument(unit = "CNY")]
        exempt: Decimal,
    },
    /// Taxable income of the month alone: {income} less a basic deduction of {basic}, exempt income of {exempt} and other lawful deductions of {other}, not below zero, is {taxable}.
    #[step(
        citation = "Individual Income Tax Law, art. 6 (1) 2; State Taxation Administration, announcement 2018 No. 61, arts. 8 and 9",
        parameters("monthly_deduction")
    )]
    TaxableOfMonth {
        /// Income.
        #[argument(unit = "CNY")]
        income: Decimal,
        /// Basic deduction; none of labour remuneration.
        #[argument(unit = "CNY")]
        basic: Decimal,
        /// Exempt income.
        #[argument(unit = "CNY")]
        exempt: Decimal,
        /// Other lawful deductions.
        #[argument(unit = "CNY")]
        other: Decimal,
        /// What is left.
        #[argument(unit = "CNY")]
        taxable: Decimal,
    },
    /// Tax of a non-resident: {taxable} × {rate} % − {quick_deduction}, less relief of {relief}, is {tax}.
    #[step(
        citation = "State Taxation Administration, announcement 2018 No. 61, art. 9 and annex 2, table 3",
        parameters("non_resident_brackets")
    )]
    NonResidentTax {
        /// Taxable income.
        #[argument(unit = "CNY")]
        taxable: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Quick deduction.
        #[argument(unit = "CNY")]
        quick_deduction: Decimal,
        /// Tax relief.
        #[argument(unit = "CNY")]
        relief: Decimal,
        /// Tax.
        #[argument(unit = "CNY")]
        tax: Decimal,
    },
    /// Tax of the payment: {taxable} × {rate} % − {quick_deduction}, less relief of {relief}, is {tax}.
    #[step(
        citation = "State Taxation Administration, announcement 2018 No. 61, art. 8 and annex 2, table 2",
        parameters("labour_brackets")
    )]
    LabourTax {
        /// Taxable income.
        #[argument(unit = "CNY")]
        taxable: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Quick deduction.
        #[argument(unit = "CNY")]
        quick_deduction: Decimal,
        /// Tax relief.
        #[argument(unit = "CNY")]
        relief: Decimal,
        /// Tax.
        #[argument(unit = "CNY")]
        tax: Decimal,
    },
    /// Payment for ending the employment: {multiple} times the local average yearly wage of {average}, that is up to {limit}, is exempt; {excess} of {severance} is taxed.
    #[step(
        citation = "Caishui [2018] No. 164, item 5 (1)",
        parameters("average_wages", "severance_exemption_multiple")
    )]
    SeveranceExemption {
        /// How many times.
        multiple: Decimal,
        /// Average yearly wage.
        #[argument(unit = "CNY/year")]
        average: Decimal,
        /// Exempt up to.
        #[argument(unit = "CNY")]
        limit: Decimal,
        /// Taxed.
        #[argument(unit = "CNY")]
        excess: Decimal,
        /// The payment.
        #[argument(unit = "CNY")]
        severance: Decimal,
    },
    /// Tax on it, apart from other income: {excess} × {rate} % − {quick_deduction} = {tax}.
    #[step(citation = "Caishui [2018] No. 164, item 5 (1)", parameters("brackets"))]
    SeveranceTax {
        /// Taxed amount.
        #[argument(unit = "CNY")]
        excess: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Quick deduction.
        #[argument(unit = "CNY")]
        quick_deduction: Decimal,
        /// Tax.
        #[argument(unit = "CNY")]
        tax: Decimal,
    },
}
