//! What must be known of an employee to make one month's payslip.

use stele_sdk::prelude::*;

/// One employee, one month, one employer.
#[derive(Facts, Clone, Debug)]
pub struct Month {
    /// Wages of the month before any deduction, taxable in full unless an adjustment says otherwise.
    #[fact(unit = "CNY/month", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub gross: Decimal,
    /// Performance pay of the month, paid in addition to `gross` and taxed with it. It does not
    /// enter the contribution base.
    #[fact(unit = "CNY/month", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub performance_bonus: Option<Decimal>,
    /// Months of this calendar year, up to and including this one, in which the employee has
    /// worked for this employer. It does not count for a non-resident and for labour remuneration
    /// taxed by the payment. For an employee whose first wages ever fall into this year: months
    /// since January (announcement 2020 No. 13, item 1); state the earlier amounts as 0 then.
    #[fact(minimum = "1", maximum = "12")]
    pub months_employed: i64,
    /// How the basic deduction is counted. Absent: by months, which never withholds too little.
    pub basic_deduction: Option<BasicDeduction>,
    /// Wages of the earlier months of this year with this employer: the line `cumulative_gross` of
    /// the month before. Absent where `months_employed` is more than 1: taken as 0 with a warning.
    #[fact(unit = "CNY", minimum = "0", maximum = "100000000000", decimals = 2)]
    pub earlier_gross: Option<Decimal>,
    /// Employee contributions of the earlier months: the line `cumulative_contributions` of the
    /// month before. Absent where `months_employed` is more than 1: taken as 0 with a warning.
    #[fact(unit = "CNY", minimum = "0", maximum = "100000000000", decimals = 2)]
    pub earlier_contributions: Option<Decimal>,
    /// Special additional deductions of the earlier months: the line
    /// `cumulative_additional_deductions` of the month before. Absent where `months_employed` is
    /// more than 1: taken as 0 with a warning.
    #[fact(unit = "CNY", minimum = "0", maximum = "100000000000", decimals = 2)]
    pub earlier_additional_deductions: Option<Decimal>,
    /// Tax on wages already withheld this year by this employer: the line
    /// `cumulative_tax_withheld` of the month before. Absent where `months_employed` is more than 1:
    /// taken as 0 with a warning.
    #[fact(unit = "CNY", minimum = "0", maximum = "100000000000", decimals = 2)]
    pub earlier_tax_withheld: Option<Decimal>,
    /// Special additional deductions of this month (children, education, housing, parents …). Absent
    /// for the wages of a resident: none, with a note, unless `cumulative_additional_deductions` is
    /// given.
    #[fact(unit = "CNY/month", minimum = "0", maximum = "10000000", decimals = 2)]
    pub additional_deductions: Option<Decimal>,
    /// Special additional deductions of the year up to and including this month, instead of the
    /// two facts by month: for deductions that are declared late.
    #[fact(unit = "CNY", minimum = "0", maximum = "100000000", decimals = 2)]
    pub cumulative_additional_deductions: Option<Decimal>,
    /// Exempt income, other lawful deductions and tax relief, where there are any.
    #[fact(maximum_rows = 32, optional)]
    pub adjustments: Vec<Adjustment>,
    /// City that collects the contributions. Its bases and rates are looked up. Give exactly one
    /// of `city`, `contribution_terms` and `employee_contributions`; none is needed where the
    /// income is labour remuneration.
    pub city: Option<City>,
    /// Declared contribution base, normally last year's average monthly wage, fixed for a year.
    /// Absent with `city` or `contribution_terms`: `gross`, with a warning.
    #[fact(unit = "CNY/month", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub contribution_base: Option<Decimal>,
    /// Declared base of the housing fund. Absent with `city` or `contribution_terms`: the
    /// contribution base, with a note.
    #[fact(unit = "CNY/month", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub housing_fund_base: Option<Decimal>,
    /// Housing fund rate that the employer chose (0.12 is 12 %). Required with `city`.
    #[fact(unit = "fraction of the base", minimum = "0", maximum = "1", decimals = 4)]
    pub housing_fund_rate: Option<Decimal>,
    /// Housing fund rate of the employee. Absent with `city`: the employer's, with a note.
    #[fact(unit = "fraction of the base", minimum = "0", maximum = "1", decimals = 4)]
    pub housing_fund_employee_rate: Option<Decimal>,
    /// Work injury rate that the agency assigned to the employer (0.002 is 0.2 %). Required with
    /// `city`.
    #[fact(unit = "fraction of the base", minimum = "0", maximum = "1", decimals = 6)]
    pub work_injury_rate: Option<Decimal>,
    /// Whether the household registration (hukou) is in the city. Required where a contribution
    /// still depends on it: in Shenzhen.
    pub local_household: Option<bool>,
    /// Bases and rates branch by branch, for a city that the parameters do not know: a row for every
    /// branch but supplementary pension insurance, with rates of 0 where it is not levied by itself.
    #[fact(maximum_rows = 7, optional)]
    pub contribution_terms: Vec<ContributionTerm>,
    /// What is withheld from the employee for all insurances and the housing fund together, where
    /// it is computed elsewhere.
    #[fact(unit = "CNY/month", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub employee_contributions: Option<Decimal>,
    /// Annual one-off bonus paid this month.
    #[fact(unit = "CNY", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub annual_bonus: Option<Decimal>,
    /// How the employee wants the annual bonus to be taxed. Absent: separately, as the law has it
    /// for who chooses nothing; a note says so.
    pub annual_bonus_taxation: Option<BonusTaxation>,
    /// Whether an annual bonus was already taxed separately this year, by any employer. Absent with
    /// a bonus that is taxed separately after January: taken as no, with a warning.
    pub separate_bonus_used: Option<bool>,
    /// One-off payment for ending the employment, paid this month.
    #[fact(unit = "CNY", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub severance: Option<Decimal>,
    /// City of the employer, whose average wage decides the severance exemption. Give it or
    /// `local_average_annual_wage` with a severance payment.
    pub severance_city: Option<City>,
    /// Average yearly wage of last year at the employer's place, for the severance exemption, where
    /// the parameters do not know it or the tax office uses another.
    #[fact(unit = "CNY/year", minimum = "0", maximum = "100000000", decimals = 2)]
    pub local_average_annual_wage: Option<Decimal>,
    /// What kind of income the amount is. Required: contributions and the method of tax depend on it.
    pub income_kind: Option<IncomeKind>,
    /// Whether the employee is resident for tax. Required: the method of tax depends on it.
    pub tax_residence: Option<TaxResidence>,
    /// Only for a non-resident: the part of the month's income that is taxed in China, by the days
    /// worked there and by who pays (announcement 2019 No. 35, items 1 and 2). Absent: all of it.
    #[fact(unit = "CNY/month", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub taxed_in_china: Option<Decimal>,
    /// Benefits in kind of the month at the value that is taxed, beside `gross`: taxed with the
    /// wages and not paid out in money.
    #[fact(unit = "CNY/month", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub benefits_in_kind: Option<Decimal>,
    /// Expenses of the employee for the employer that are paid back with the wages: no income.
    #[fact(unit = "CNY/month", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub reimbursements: Option<Decimal>,
    /// What is kept back from the pay after tax and contributions.
    #[fact(maximum_rows = 32, optional)]
    pub net_deductions: Vec<NetDeduction>,
    /// Minimum wage of the month at the place of work, which a deduction for damage must leave.
    #[fact(unit = "CNY/month", minimum = "0", maximum = "1000000", decimals = 2)]
    pub local_minimum_wage: Option<Decimal>,
    /// Date of payment. It decides which law applies.
    #[fact(calculation_date)]
    pub on: Date,
}

/// Kinds of income for work, each withheld in its own way.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum IncomeKind {
    /// Wages of an employee.
    Wages,
    /// Labour remuneration of one who is no employee, each payment by itself.
    LabourRemuneration,
    /// Labour remuneration of a full-time student for an internship, cumulatively (announcement
    /// 2020 No. 13, item 2).
    StudentInternship,
    /// Commission of an insurance agent or a securities broker without value added tax,
    /// cumulatively (Caishui [2018] No. 164, item 3).
    Commission,
}

/// Residence for tax.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum TaxResidence {
    /// Domiciled in China, or there for 183 days or more in the year.
    Resident,
    /// Neither: taxed month by month on income from China.
    NonResident,
}

/// An amount kept back from the pay after tax and contributions.
#[derive(Row, Clone, Debug)]
pub struct NetDeduction {
    /// What it is.
    pub kind: NetDeductionKind,
    /// Amount of this month.
    #[column(unit = "CNY/month", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub amount: Decimal,
}

/// Why something is kept back from the pay.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum NetDeductionKind {
    /// Maintenance, or another debt by order of a court.
    CourtOrder,
    /// Wages that were paid in advance.
    Advance,
    /// Instalment of a loan of the employer.
    Loan,
    /// Damage that the employee caused to the employer: at most a fifth of the month's wages.
    Damage,
    /// Anything else that the employee agreed to.
    Agreed,
}

/// How the basic deduction of 5,000 yuan a month is counted.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum BasicDeduction {
    /// 5,000 yuan for each month employed.
    Monthly,
    /// The whole year's 60,000 yuan from January on: for an employee who received wages from this
    /// employer alone in every month of last year, 60,000 yuan at most (announcement 2020 No. 19).
    WholeYear,
}

/// How an annual one-off bonus is taxed.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum BonusTaxation {
    /// By itself, with the monthly table.
    Separate,
    /// Together with the wages of the month.
    Combined,
}

/// An amount that changes the tax and that few employees have.
#[derive(Row, Clone, Debug)]
pub struct Adjustment {
    /// What the amount is.
    pub kind: AdjustmentKind,
    /// Amount of this month.
    #[column(unit = "CNY/month", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub amount: Decimal,
    /// Amount of the earlier months of this year with this employer. Absent where `months_employed`
    /// is more than 1: taken as 0 with a warning.
    #[column(unit = "CNY", minimum = "0", maximum = "100000000000", decimals = 2)]
    pub earlier: Option<Decimal>,
}

/// Kinds of adjustments.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum AdjustmentKind {
    /// Part of the wages that the law exempts (Individual Income Tax Law, art. 4).
    ExemptIncome,
    /// Deduction provided by law besides the special ones: enterprise annuity, private pension,
    /// tax-favoured health insurance (implementing regulations, art. 13).
    OtherDeduction,
    /// Reduction of the tax itself (Individual Income Tax Law, art. 5).
    TaxRelief,
}

/// Branches of social insurance, and the housing fund.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Branch {
    /// Basic pension insurance of employees.
    Pension,
    /// Local supplementary pension insurance.
    SupplementaryPension,
    /// Basic medical insurance of employees, with serious illness and, in most cities, maternity.
    Medical,
    /// Maternity insurance, where it is levied apart from medical insurance.
    Maternity,
    /// Unemployment insurance.
    Unemployment,
    /// Work injury insurance.
    WorkInjury,
    /// Housing provident fund.
    HousingFund,
}

/// Base limits and rates of one branch, given by the caller.
#[derive(Row, Clone, Debug)]
pub struct ContributionTerm {
    /// The branch.
    pub branch: Branch,
    /// Lowest base. Required: 0 where there is none.
    #[column(unit = "CNY/month", minimum = "0", maximum = "1000000", decimals = 2)]
    pub floor: Option<Decimal>,
    /// Highest base. Absent: none.
    #[column(unit = "CNY/month", minimum = "0", maximum = "1000000", decimals = 2)]
    pub cap: Option<Decimal>,
    /// The employee's rate (0.08 is 8 %).
    #[column(unit = "fraction of the base", minimum = "0", maximum = "1", decimals = 6)]
    pub employee_rate: Decimal,
    /// Amount that the employee pays on top of the rate. Absent: none.
    #[column(unit = "CNY/month", minimum = "0", maximum = "10000", decimals = 2)]
    pub employee_fixed: Option<Decimal>,
    /// The employer's rate.
    #[column(unit = "fraction of the base", minimum = "0", maximum = "1", decimals = 6)]
    pub employer_rate: Decimal,
    /// Decimals to which each share is rounded half up: 2 for fen, 0 for whole yuan. Absent: 2.
    #[column(minimum = "0", maximum = "2")]
    pub decimals: Option<i64>,
}

/// Cities whose bases and rates the parameters know.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum City {
    /// Beijing.
    Beijing,
    /// Shanghai.
    Shanghai,
    /// Guangzhou.
    Guangzhou,
    /// Shenzhen.
    Shenzhen,
    /// Hangzhou.
    Hangzhou,
    /// Chengdu.
    Chengdu,
}
