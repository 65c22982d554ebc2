//! What a payslip consists of, and what may have to be said about it.

use stele_sdk::prelude::*;

/// Lines of a payslip. Amounts are yuan, never negative except `NetPay`.
#[derive(Items, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Item {
    /// Wages of the month before any deduction.
    #[item(category = "earning", citation = "Individual Income Tax Law, art. 2 (1)")]
    Gross,
    /// Performance pay of the month.
    #[item(
        category = "earning",
        citation = "Implementing Regulations of the Individual Income Tax Law, art. 6 (1)"
    )]
    PerformanceBonus,
    /// Annual one-off bonus.
    #[item(category = "earning", citation = "Caishui [2018] No. 164, item 1 (1)")]
    AnnualBonus,
    /// Payment for ending the employment.
    #[item(category = "earning", citation = "Labour Contract Law, arts. 46 and 47")]
    Severance,
    /// Benefits in kind, taxed with the wages and not paid out in money.
    #[item(
        category = "in-kind",
        citation = "Implementing Regulations of the Individual Income Tax Law, art. 8"
    )]
    BenefitsInKind,
    /// Expenses paid back with the wages.
    #[item(category = "reimbursement")]
    Reimbursements,

    /// Employee's share of pension insurance.
    #[item(category = "employee-contribution", citation = "Social Insurance Law, arts. 10 and 12")]
    PensionEmployee,
    /// Employee's share of medical insurance.
    #[item(category = "employee-contribution", citation = "Social Insurance Law, art. 23")]
    MedicalEmployee,
    /// Employee's share of unemployment insurance.
    #[item(category = "employee-contribution", citation = "Social Insurance Law, art. 44")]
    UnemploymentEmployee,
    /// Employee's share of the housing fund.
    #[item(
        category = "employee-contribution",
        citation = "Regulations on the Housing Provident Fund, arts. 16 and 18"
    )]
    HousingFundEmployee,
    /// All contributions withheld from the employee.
    #[item(category = "total", citation = "Social Insurance Law, art. 60")]
    EmployeeContributions,

    /// Employer's share of pension insurance.
    #[item(category = "employer-contribution", citation = "Social Insurance Law, arts. 10 and 12")]
    PensionEmployer,
    /// Local supplementary pension insurance, paid by the employer.
    #[item(
        category = "employer-contribution",
        citation = "Regulations on Social Pension Insurance of the Shenzhen Special Economic Zone"
    )]
    SupplementaryPensionEmployer,
    /// Employer's share of medical insurance.
    #[item(category = "employer-contribution", citation = "Social Insurance Law, art. 23")]
    MedicalEmployer,
    /// Maternity insurance, paid by the employer.
    #[item(category = "employer-contribution", citation = "Social Insurance Law, art. 53")]
    MaternityEmployer,
    /// Employer's share of unemployment insurance.
    #[item(category = "employer-contribution", citation = "Social Insurance Law, art. 44")]
    UnemploymentEmployer,
    /// Work injury insurance, paid by the employer.
    #[item(category = "employer-contribution", citation = "Social Insurance Law, arts. 33 and 35")]
    WorkInjuryEmployer,
    /// Employer's share of the housing fund.
    #[item(
        category = "employer-contribution",
        citation = "Regulations on the Housing Provident Fund, arts. 16 and 18"
    )]
    HousingFundEmployer,
    /// All contributions paid by the employer.
    #[item(category = "total", citation = "Social Insurance Law, art. 60")]
    EmployerContributions,

    /// Base of pension insurance.
    #[item(category = "base", citation = "Social Insurance Law, art. 12")]
    PensionBase,
    /// Base of local supplementary pension insurance.
    #[item(
        category = "base",
        citation = "Regulations on Social Pension Insurance of the Shenzhen Special Economic Zone"
    )]
    SupplementaryPensionBase,
    /// Base of medical insurance.
    #[item(category = "base", citation = "Social Insurance Law, art. 23")]
    MedicalBase,
    /// Base of maternity insurance.
    #[item(category = "base", citation = "Social Insurance Law, art. 53")]
    MaternityBase,
    /// Base of unemployment insurance.
    #[item(category = "base", citation = "Social Insurance Law, art. 44")]
    UnemploymentBase,
    /// Base of work injury insurance.
    #[item(category = "base", citation = "Social Insurance Law, art. 35")]
    WorkInjuryBase,
    /// Base of the housing fund.
    #[item(category = "base", citation = "Regulations on the Housing Provident Fund, art. 16")]
    HousingFundBase,

    /// Wages of the year so far with this employer.
    #[item(
        category = "cumulative",
        citation = "State Taxation Administration, announcement 2018 No. 61, art. 6"
    )]
    CumulativeGross,
    /// Employee contributions of the year so far.
    #[item(
        category = "cumulative",
        citation = "State Taxation Administration, announcement 2018 No. 61, art. 6"
    )]
    CumulativeContributions,
    /// Special additional deductions of the year so far.
    #[item(
        category = "cumulative",
        citation = "State Taxation Administration, announcement 2018 No. 61, art. 6"
    )]
    CumulativeAdditionalDeductions,
    /// Taxable income of the year so far.
    #[item(
        category = "cumulative",
        citation = "State Taxation Administration, announcement 2018 No. 61, art. 6"
    )]
    CumulativeTaxableIncome,
    /// Tax on the wages of the year so far, after relief.
    #[item(
        category = "cumulative",
        citation = "State Taxation Administration, announcement 2018 No. 61, art. 6"
    )]
    CumulativeTax,
    /// Tax on wages withheld in the year, this month included.
    #[item(
        category = "cumulative",
        citation = "State Taxation Administration, announcement 2018 No. 61, art. 6"
    )]
    CumulativeTaxWithheld,

    /// Taxable income of this month or payment alone: of a non-resident, and of labour remuneration
    /// taxed by the payment.
    #[item(
        category = "base",
        citation = "State Taxation Administration, announcement 2018 No. 61, arts. 8 and 9"
    )]
    TaxableIncome,
    /// Individual income tax on wages or labour remuneration, withheld this month.
    #[item(
        category = "tax",
        citation = "State Taxation Administration, announcement 2018 No. 61, arts. 6, 8 and 9"
    )]
    IncomeTax,
    /// Individual income tax on the annual one-off bonus, taxed separately.
    #[item(
        category = "tax",
        citation = "Caishui [2018] No. 164, item 1 (1); of non-residents: Ministry of Finance and State Taxation Administration, announcement 2019 No. 35, item 3 (2)"
    )]
    AnnualBonusTax,
    /// Part of the payment for ending the employment that is exempt.
    #[item(category = "exemption", citation = "Caishui [2018] No. 164, item 5 (1)")]
    SeveranceExempt,
    /// Individual income tax on the payment for ending the employment.
    #[item(category = "tax", citation = "Caishui [2018] No. 164, item 5 (1)")]
    SeveranceTax,

    /// What is kept back from the pay. The subject says why.
    #[item(
        category = "net-deduction",
        citation = "Interim Provisions on Payment of Wages, arts. 15 and 16"
    )]
    NetDeduction,
    /// What is paid out to the employee.
    #[item(category = "net", citation = "Interim Provisions on Payment of Wages, art. 15")]
    NetPay,
    /// What the month costs the employer.
    #[item(category = "employer-cost")]
    EmployerCost,
}

/// What is worth knowing about a payslip.
#[derive(Findings, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Finding {
    /// Not stated: {subject}. It is taken as {actual}, though this is not the first month that
    /// counts, so the tax withheld may be too low or too high. Where there was none, state 0.
    #[finding(
        warning,
        unit = "CNY",
        citation = "State Taxation Administration, announcement 2018 No. 61, art. 6"
    )]
    EarlierAmountNotStated,
    /// Special additional deductions of the month are not stated: none is deducted, so the tax
    /// withheld may be too high. Where there are none, state 0.
    #[finding(note, citation = "State Taxation Administration, announcement 2018 No. 61, art. 6")]
    AdditionalDeductionsNotStated,
    /// Nobody chose how the annual bonus of {actual} is taxed: it is taxed separately.
    #[finding(
        note,
        unit = "CNY",
        citation = "Ministry of Finance and State Taxation Administration, announcement 2023 No. 30, items 1 and 2; of non-residents: announcement 2019 No. 35, item 3 (2)"
    )]
    BonusTaxedSeparately,
    /// Whether an annual bonus was already taxed separately this year, here or by another employer,
    /// is not stated: it is taken that none was. It is allowed once a year.
    #[finding(
        warning,
        citation = "Guoshuifa [2005] No. 9, item 3; of non-residents: Ministry of Finance and State Taxation Administration, announcement 2019 No. 35, item 3 (2)"
    )]
    EarlierBonusNotStated,
    /// The declared contribution base is not stated. The wages of the month, {actual}, stand for last
    /// year's average monthly wage.
    #[finding(warning, unit = "CNY/month", citation = "Social Insurance Law, art. 12")]
    ContributionBaseNotStated,
    /// The declared base of the housing fund is not stated. The base of social insurance, {actual},
    /// stands for it.
    #[finding(
        note,
        unit = "CNY/month",
        citation = "Regulations on the Housing Provident Fund, art. 16"
    )]
    HousingFundBaseNotStated,
    /// The employee's rate of the housing fund is not stated: it is taken to be the employer's,
    /// {actual} %.
    #[finding(
        note,
        unit = "percent",
        citation = "Regulations on the Housing Provident Fund, arts. 16 and 18"
    )]
    HousingFundEmployeeRateNotStated,
    /// The tax withheld so far this year exceeds the tax due by {actual}: nothing is withheld this
    /// month and nothing is refunded; the excess is set against the coming months, and what is left
    /// at the end of the year is settled in the annual return.
    #[finding(
        note,
        unit = "CNY",
        citation = "State Taxation Administration, announcement 2018 No. 61, art. 6"
    )]
    TaxCarriedForward,
    /// After tax, less is left of the annual bonus of {actual} than of one of {limit}: the bonus
    /// lies just above a limit of the monthly table.
    #[finding(note, unit = "CNY", citation = "Caishui [2018] No. 164, item 1 (1)")]
    BonusJustAboveLimit,
    /// Deductions exceed the pay of the month: the net pay would be {actual}.
    #[finding(
        warning,
        unit = "CNY",
        citation = "Interim Provisions on Payment of Wages, arts. 15 and 16"
    )]
    NetPayNegative,
    /// {actual} is kept back for damage; of this month's wages no more than {limit} may be.
    #[finding(breach, unit = "CNY", citation = "Interim Provisions on Payment of Wages, art. 16")]
    DamageAboveShare,
    /// The deduction for damage leaves {actual} of the wages; the minimum wage of {limit} must be
    /// left.
    #[finding(breach, unit = "CNY", citation = "Interim Provisions on Payment of Wages, art. 16")]
    WagesBelowMinimum,
}
