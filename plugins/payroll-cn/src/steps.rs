//! How each line came about, in sentences that the employee can follow with a calculator.

use stele_sdk::prelude::*;

/// Steps of the explanation. Rates are given in percent.
#[derive(Steps, Clone, Debug)]
pub enum Step {
    /// {amount}, as stated for this month.
    Stated {
        /// Amount.
        #[argument(unit = "CNY")]
        amount: Decimal,
    },
    /// {amount}, as stated for the year so far.
    StatedForTheYear {
        /// Amount.
        #[argument(unit = "CNY")]
        amount: Decimal,
    },
    /// Pension insurance: the declared base of {declared} gives, within the limits, a base of {base}. You pay {employee_rate} % of it = {employee}; the employer pays {employer_rate} % = {employer}.
    #[step(citation = "Social Insurance Law, art. 12", parameters("contributions"))]
    Pension {
        /// Declared base.
        #[argument(unit = "CNY/month")]
        declared: Decimal,
        /// Base within the limits.
        #[argument(unit = "CNY/month")]
        base: Decimal,
        /// Employee's rate.
        #[argument(unit = "percent")]
        employee_rate: Decimal,
        /// Employee's share.
        #[argument(unit = "CNY")]
        employee: Decimal,
        /// Employer's rate.
        #[argument(unit = "percent")]
        employer_rate: Decimal,
        /// Employer's share.
        #[argument(unit = "CNY")]
        employer: Decimal,
    },
    /// Local supplementary pension insurance: the employer pays {employer_rate} % of the base of {base} = {employer}.
    #[step(
        citation = "Regulations on Social Pension Insurance of the Shenzhen Special Economic Zone",
        parameters("contributions")
    )]
    SupplementaryPension {
        /// Base within the limits.
        #[argument(unit = "CNY/month")]
        base: Decimal,
        /// Employer's rate.
        #[argument(unit = "percent")]
        employer_rate: Decimal,
        /// Employer's share.
        #[argument(unit = "CNY")]
        employer: Decimal,
    },
    /// Medical insurance: the declared base of {declared} gives, within the limits, a base of {base}. You pay {employee_rate} % of it plus {fixed} = {employee}; the employer pays {employer_rate} % = {employer}.
    #[step(citation = "Social Insurance Law, art. 23", parameters("contributions"))]
    Medical {
        /// Declared base.
        #[argument(unit = "CNY/month")]
        declared: Decimal,
        /// Base within the limits.
        #[argument(unit = "CNY/month")]
        base: Decimal,
        /// Employee's rate.
        #[argument(unit = "percent")]
        employee_rate: Decimal,
        /// Fixed amount on top.
        #[argument(unit = "CNY")]
        fixed: Decimal,
        /// Employee's share.
        #[argument(unit = "CNY")]
        employee: Decimal,
        /// Employer's rate.
        #[argument(unit = "percent")]
        employer_rate: Decimal,
        /// Employer's share.
        #[argument(unit = "CNY")]
        employer: Decimal,
    },
    /// Maternity insurance: the employer pays {employer_rate} % of the base of {base} = {employer}; you pay nothing.
    #[step(citation = "Social Insurance Law, art. 53", parameters("contributions"))]
    Maternity {
        /// Base within the limits.
        #[argument(unit = "CNY/month")]
        base: Decimal,
        /// Employer's rate.
        #[argument(unit = "percent")]
        employer_rate: Decimal,
        /// Employer's share.
        #[argument(unit = "CNY")]
        employer: Decimal,
    },
    /// Unemployment insurance: the declared base of {declared} gives, within the limits, a base of {base}. You pay {employee_rate} % of it = {employee}; the employer pays {employer_rate} % = {employer}.
    #[step(citation = "Social Insurance Law, art. 44", parameters("contributions"))]
    Unemployment {
        /// Declared base.
        #[argument(unit = "CNY/month")]
        declared: Decimal,
        /// Base within the limits.
        #[argument(unit = "CNY/month")]
        base: Decimal,
        /// Employee's rate.
        #[argument(unit = "percent")]
        employee_rate: Decimal,
        /// Employee's share.
        #[argument(unit = "CNY")]
        employee: Decimal,
        /// Employer's rate.
        #[argument(unit = "percent")]
        employer_rate: Decimal,
        /// Employer's share.
        #[argument(unit = "CNY")]
        employer: Decimal,
    },
    /// Work injury insurance: the employer pays the rate assigned to it, {employer_rate} % of the base of {base} = {employer}; you pay nothing.
    #[step(citation = "Social Insurance Law, arts. 33 to 35", parameters("contributions"))]
    WorkInjury {
        /// Base within the limits.
        #[argument(unit = "CNY/month")]
        base: Decimal,
        /// Employer's rate.
        #[argument(unit = "percent")]
        employer_rate: Decimal,
        /// Employer's share.
        #[argument(unit = "CNY")]
        employer: Decimal,
    },
    /// Housing fund: the declared base of {declared} gives, within the limits, a base of {base}. You pay {employee_rate} % of it = {employee}; the employer pays {employer_rate} % = {employer}. Each share is rounded to {decimals} decimals.
    #[step(
        citation = "Regulations on the Housing Provident Fund, arts. 16 and 18",
        parameters("housing_funds")
    )]
    HousingFund {
        /// Declared base.
        #[argument(unit = "CNY/month")]
        declared: Decimal,
        /// Base within the limits.
        #[argument(unit = "CNY/month")]
        base: Decimal,
        /// Employee's rate.
        #[argument(unit = "percent")]
        employee_rate: Decimal,
        /// Employee's share.
        #[argument(unit = "CNY")]
        employee: Decimal,
        /// Employer's rate.
        #[argument(unit = "percent")]
        employer_rate: Decimal,
        /// Employer's share.
        #[argument(unit = "CNY")]
        employer: Decimal,
        /// Decimals of the shares.
        decimals: i64,
    },
    /// Your contributions of all branches: {parts} = {total}.
    #[step(citation = "Social Insurance Law, art. 60")]
    EmployeeContributions {
        /// The shares that are added up.
        parts: String,
        /// Together.
        #[argument(unit = "CNY")]
        total: Decimal,
    },
    /// The employer's contributions of all branches: {parts} = {total}.
    #[step(citation = "Social Insurance Law, art. 60")]
    EmployerContributions {
        /// The shares that are added up.
        parts: String,
        /// Together.
        #[argument(unit = "CNY")]
        total: Decimal,
    },
    /// Wages of the year so far: {earlier} before this month and {now} now make {total}.
    #[step(citation = "State Taxation Administration, announcement 2018 No. 61, art. 6")]
    CumulativeIncome {
        /// Wages of the earlier months.
        #[argument(unit = "CNY")]
        earlier: Decimal,
        /// Wages of this month.
        #[argument(unit = "CNY")]
        now: Decimal,
        /// Together.
        #[argument(unit = "CNY")]
        total: Decimal,
    },
    /// Your contributions of the year so far: {earlier} before this month and {now} now make {total}.
    #[step(citation = "State Taxation Administration, announcement 2018 No. 61, art. 6")]
    CumulativeContributions {
        /// Contributions of the earlier months.
        #[argument(unit = "CNY")]
        earlier: Decimal,
        /// Contributions of this month.
        #[argument(unit = "CNY")]
        now: Decimal,
        /// Together.
        #[argument(unit = "CNY")]
        total: Decimal,
    },
    /// Special additional deductions of the year so far: {earlier} before this month and {now} now make {total}.
    #[step(citation = "State Taxation Administration, announcement 2018 No. 61, art. 6")]
    CumulativeAdditionalDeductions {
        /// Deductions of the earlier months.
        #[argument(unit = "CNY")]
        earlier: Decimal,
        /// Deductions of this month.
        #[argument(unit = "CNY")]
        now: Decimal,
        /// Together.
        #[argument(unit = "CNY")]
        total: Decimal,
    },
    /// Basic deduction: {months} months employed this year give {total}.
    #[step(citation = "Individual Income Tax Law, art. 6 (1)", parameters("monthly_deduction"))]
    BasicDeduction {
        /// Months employed.
        months: i64,
        /// Deduction of the year so far.
        #[argument(unit = "CNY")]
        total: Decimal,
    },
    /// Basic deduction: the whole year's {total} is deducted from January on.
    #[step(
        citation = "State Taxation Administration, announcement 2020 No. 19, item 1",
        parameters("whole_year_deduction")
    )]
    WholeYearDeduction {
        /// Deduction of the year.
        #[argument(unit = "CNY")]
        total: Decimal,
    },
    /// Other deductions of the year so far: contributions {contributions}, special additional deductions {additional}, other lawful deductions {other}, exempt income {exempt}.
    #[step(citation = "State Taxation Administration, announcement 2018 No. 61, art. 6")]
    Deductions {
        /// Employee contributions.
        #[argument(unit = "CNY")]
        contributions: Decimal,
        /// Special additional deductions.
        #[argument(unit = "CNY")]
        additional: Decimal,
        /// Other lawful deductions.
        #[argument(unit = "CNY")]
        other: Decimal,
        /// Exempt income.
        #[argument(unit = "CNY")]
        exempt: Decimal,
    },
    /// Taxable income of the year so far: {income} less all deductions of {deductions}, not below zero, is {taxable}.
    #[step(citation = "State Taxation Administration, announcement 2018 No. 61, art. 6")]
    TaxableIncome {
        /// Wages of the year so far.
        #[argument(unit = "CNY")]
        income: Decimal,
        /// All deductions.
        #[argument(unit = "CNY")]
        deductions: Decimal,
        /// What is left.
        #[argument(unit = "CNY")]
        taxable: Decimal,
    },
    /// Tax of the year so far: {taxable} × {rate} % − {quick_deduction}, less relief of {relief}, is {tax}.
    #[step(
        citation = "State Taxation Administration, announcement 2018 No. 61, art. 6 and annex 2, table 1",
        parameters("brackets")
    )]
    CumulativeTax {
        /// Taxable income.
        #[argument(unit = "CNY")]
        taxable: Decimal,
        /// Rate of the bracket.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Quick deduction of the bracket.
        #[argument(unit = "CNY")]
        quick_deduction: Decimal,
        /// Tax relief.
        #[argument(unit = "CNY")]
        relief: Decimal,
        /// Tax.
        #[argument(unit = "CNY")]
        tax: Decimal,
    },
    /// Tax withheld this year: {earlier} before this month and {tax} now make {total}.
    #[step(citation = "State Taxation Administration, announcement 2018 No. 61, art. 6")]
    WithheldSoFar {
        /// Withheld before.
        #[argument(unit = "CNY")]
        earlier: Decimal,
        /// Tax of this month.
        #[argument(unit = "CNY")]
        tax: Decimal,
        /// Together.
        #[argument(unit = "CNY")]
        total: Decimal,
    },
    /// Tax of this month: {total} for the year so far less {earlier} already withheld is {tax}.
    #[step(citation = "State Taxation Administration, announcement 2018 No. 61, art. 6")]
    TaxOfMonth {
        /// Tax of the year so far.
        #[argument(unit = "CNY")]
        total: Decimal,
        /// Withheld before.
        #[argument(unit = "CNY")]
        earlier: Decimal,
        /// Tax of this month.
        #[argument(unit = "CNY")]
        tax: Decimal,
    },
    /// Tax of this month: {total} is due for the year so far, but {earlier} is already withheld. The excess of {excess} is not refunded within the year; this month's tax is 0.
    #[step(citation = "State Taxation Administration, announcement 2018 No. 61, art. 6")]
    NoRefund {
        /// Tax of the year so far.
        #[argument(unit = "CNY")]
        total: Decimal,
        /// Withheld before.
        #[argument(unit = "CNY")]
        earlier: Decimal,
        /// Withheld too much.
        #[argument(unit = "CNY")]
        excess: Decimal,
    },
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
    /// Net pay: {earnings} earned less contributions of {contributions} and tax of {tax} is {net}.
    #[step(citation = "Interim Provisions on Payment of Wages, art. 15")]
    NetPay {
        /// Everything earned.
        #[argument(unit = "CNY")]
        earnings: Decimal,
        /// Employee contributions.
        #[argument(unit = "CNY")]
        contributions: Decimal,
        /// All tax.
        #[argument(unit = "CNY")]
        tax: Decimal,
        /// Net pay.
        #[argument(unit = "CNY")]
        net: Decimal,
    },
    /// Employer cost: {earnings} earned plus contributions of {contributions} is {cost}.
    #[step(citation = "Social Insurance Law, art. 60")]
    EmployerCost {
        /// Everything earned.
        #[argument(unit = "CNY")]
        earnings: Decimal,
        /// Employer contributions.
        #[argument(unit = "CNY")]
        contributions: Decimal,
        /// Cost.
        #[argument(unit = "CNY")]
        cost: Decimal,
    },
}
