//! The numbers of the law, as the host hands them over for one date. Their values and sources are
//! in `rulesets/cn/payroll/parameters.toml`.

use stele_sdk::prelude::*;

use crate::facts::{Branch, City};

/// Everything that the law fixes in numbers.
#[derive(Parameters, Clone, Debug)]
pub struct Law {
    /// Basic deduction for each month employed.
    #[parameter(unit = "CNY/month", minimum = "0")]
    pub monthly_deduction: Decimal,
    /// Basic deduction of a whole year for those who may deduct it from January on.
    #[parameter(unit = "CNY/year", minimum = "0")]
    pub whole_year_deduction: Option<Decimal>,
    /// Withholding table for cumulative wages, the same as the annual table of comprehensive
    /// income.
    pub brackets: Brackets<Bracket>,
    /// The table of comprehensive income converted to a month, for the annual one-off bonus.
    pub monthly_brackets: Brackets<Bracket>,
    /// Number by which an annual one-off bonus is divided to find its rate.
    #[parameter(unit = "months", minimum = "1", maximum = "12")]
    pub bonus_months: i64,
    /// The table of comprehensive income converted to a month, for non-residents.
    pub non_resident_brackets: Brackets<Bracket>,
    /// Number by which a non-resident's bonus for several months is divided to find its rate.
    #[parameter(unit = "months", minimum = "1", maximum = "12")]
    pub non_resident_bonus_months: i64,
    /// Withholding table for labour remuneration taxed by the payment.
    pub labour_brackets: Brackets<Bracket>,
    /// Expenses that are taken off labour remuneration, as a share of it.
    #[parameter(unit = "fraction", minimum = "0", maximum = "1")]
    pub labour_expenses_share: Decimal,
    /// Expenses that are taken off a small payment of labour remuneration instead.
    #[parameter(unit = "CNY", minimum = "0")]
    pub labour_fixed_expenses: Decimal,
    /// Highest payment of labour remuneration, inclusive, of which the fixed expenses are taken.
    #[parameter(unit = "CNY", minimum = "0")]
    pub labour_fixed_expenses_up_to: Decimal,
    /// Cost of acquisition of an insurance agent or securities broker, as a share of what is left
    /// after the expenses.
    #[parameter(unit = "fraction", minimum = "0", maximum = "1")]
    pub commission_cost_share: Decimal,
    /// Share of the month's wages that may be kept back for damage.
    #[parameter(unit = "fraction", minimum = "0", maximum = "1")]
    pub damage_share: Decimal,
    /// How many times the local average yearly wage of a severance payment is exempt.
    #[parameter(minimum = "0")]
    pub severance_exemption_multiple: Decimal,
    /// Average yearly wages, city by city, of the year before.
    pub average_wages: Vec<AverageWage>,
    /// Social insurance, city by city and branch by branch.
    pub contributions: Vec<Contribution>,
    /// Housing fund, city by city.
    pub housing_funds: Vec<HousingFund>,
}

/// One bracket of a tax table.
#[derive(Row, Bracket, Clone, Debug)]
pub struct Bracket {
    /// Highest taxable income of the bracket, inclusive. Absent: no limit.
    #[column(unit = "CNY", minimum = "0")]
    pub up_to: Option<Decimal>,
    /// Rate on the whole taxable income (0.03 is 3 %).
    #[column(unit = "fraction", minimum = "0", maximum = "1")]
    pub rate: Decimal,
    /// Amount that makes up for the lower brackets.
    #[column(unit = "CNY", minimum = "0")]
    pub quick_deduction: Decimal,
}

/// Average yearly wage at a place.
#[derive(Row, Clone, Debug)]
pub struct AverageWage {
    /// The city.
    #[column(key, selected_by = "severance_city")]
    pub city: City,
    /// Average wage of the year before.
    #[column(unit = "CNY/year", minimum = "0")]
    pub amount: Decimal,
}

/// Base limits and rates of one branch of social insurance in a city.
#[derive(Row, Clone, Debug)]
pub struct Contribution {
    /// The city.
    #[column(key, selected_by = "city")]
    pub city: City,
    /// The branch.
    #[column(key)]
    pub branch: Branch,
    /// Lowest base. Absent: none.
    #[column(unit = "CNY/month", minimum = "0")]
    pub floor: Option<Decimal>,
    /// Highest base. Absent: none.
    #[column(unit = "CNY/month", minimum = "0")]
    pub cap: Option<Decimal>,
    /// The employee's rate.
    #[column(unit = "fraction of the base", minimum = "0", maximum = "1")]
    pub employee_rate: Decimal,
    /// Amount that the employee pays on top of the rate. Absent: none.
    #[column(unit = "CNY/month", minimum = "0")]
    pub employee_fixed: Option<Decimal>,
    /// The employer's rate; in work injury insurance the lowest rate that may be assigned.
    #[column(unit = "fraction of the base", minimum = "0", maximum = "1")]
    pub employer_rate: Decimal,
    /// Highest rate that may be assigned to an employer, where the rate depends on its risk class
    /// and record: in work injury insurance. Absent: the rate is the same for all.
    #[column(unit = "fraction of the base", minimum = "0", maximum = "1")]
    pub highest_employer_rate: Option<Decimal>,
    /// Medical insurance only: maternity is part of the rate. Absent: it is levied apart.
    pub with_maternity: Option<bool>,
    /// Only for employees with household registration in the city. Absent: for all.
    pub local_household_only: Option<bool>,
}

/// Base limits, range of rates and rounding of a city's housing fund.
#[derive(Row, Clone, Debug)]
pub struct HousingFund {
    /// The city.
    #[column(key, selected_by = "city")]
    pub city: City,
    /// Lowest base.
    #[column(unit = "CNY/month", minimum = "0")]
    pub floor: Decimal,
    /// Highest base.
    #[column(unit = "CNY/month", minimum = "0")]
    pub cap: Decimal,
    /// Lowest rate that an employer may choose.
    #[column(unit = "fraction of the base", minimum = "0", maximum = "1")]
    pub lowest_rate: Decimal,
    /// Highest rate that an employer may choose.
    #[column(unit = "fraction of the base", minimum = "0", maximum = "1")]
    pub highest_rate: Decimal,
    /// Decimals to which each share is rounded half up: 2 for fen, 0 for whole yuan.
    #[column(minimum = "0", maximum = "2")]
    pub decimals: i64,
}

/// Faults where parameters contradict themselves. Runs once, when an evaluator is made. Tax tables are
/// checked when they are read.
pub(crate) fn check(law: &Law) -> Result<(), Fault> {
    for (row, terms) in law.contributions.iter().enumerate() {
        let limits = (terms.floor, terms.cap);
        if let (Some(floor), Some(cap)) = limits
            && floor > cap
        {
            return Err(Fault::parameter_cell(
                Law::CONTRIBUTIONS,
                row,
                Contribution::FLOOR,
                format!("the lowest base must not exceed the highest, found {floor} above {cap}"),
            ));
        }
    }
    for (row, fund) in law.housing_funds.iter().enumerate() {
        if fund.floor > fund.cap || fund.lowest_rate > fund.highest_rate {
            return Err(Fault::parameter_cell(
                Law::HOUSING_FUNDS,
                row,
                HousingFund::FLOOR,
                "the lowest base and rate must not exceed the highest",
            ));
        }
    }
    Ok(())
}
