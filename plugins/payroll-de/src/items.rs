//! What a payslip consists of, and what may have to be said about it.

use stele_sdk::prelude::*;

/// Lines of a payslip. Amounts are euros; a line with nothing in it is left out.
#[derive(Items, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Item {
    /// Taxable wages of the period without one-off payments.
    #[item(category = "earning", citation = "EStG § 19 Abs. 1")]
    Gross,
    /// One-off payments.
    #[item(category = "earning", citation = "EStG § 39b Abs. 3; SGB IV § 23a")]
    OneOff,
    /// Pay for work of several years.
    #[item(category = "earning", citation = "EStG § 34 Abs. 2 Nr. 4")]
    MultiYearPay,
    /// Pay that is free of tax and contributions.
    #[item(category = "earning", citation = "EStG § 3")]
    TaxFreePay,

    /// Wage tax on the current wages.
    #[item(category = "tax", citation = "EStG § 39b Abs. 2; Programmablaufplan, LSTLZZ")]
    WageTax,
    /// Solidarity surcharge on the current wages.
    #[item(category = "tax", citation = "SolZG § 3; Programmablaufplan, SOLZLZZ")]
    SolidaritySurcharge,
    /// Wage tax on one-off payments.
    #[item(category = "tax", citation = "EStG § 39b Abs. 3; Programmablaufplan, STS")]
    OneOffWageTax,
    /// Solidarity surcharge on one-off payments.
    #[item(category = "tax", citation = "SolZG § 3; Programmablaufplan, SOLZS")]
    OneOffSolidaritySurcharge,
    /// Wage tax on pay for several years.
    #[item(category = "tax", citation = "EStG § 39b Abs. 3 Satz 9; Programmablaufplan, STV")]
    MultiYearWageTax,
    /// Solidarity surcharge on pay for several years.
    #[item(category = "tax", citation = "SolZG § 3; Programmablaufplan, SOLZV")]
    MultiYearSolidaritySurcharge,
    /// Church tax on the current wages.
    #[item(category = "tax", citation = "EStG § 51a; church tax acts of the states")]
    ChurchTax,
    /// Church tax on one-off payments.
    #[item(category = "tax", citation = "EStG § 51a; church tax acts of the states")]
    OneOffChurchTax,
    /// Church tax on pay for several years.
    #[item(category = "tax", citation = "EStG § 51a; church tax acts of the states")]
    MultiYearChurchTax,
    /// Flat tax, paid by the employer.
    #[item(category = "employer-contribution", citation = "EStG §§ 37b, 40, 40a")]
    FlatTax,
    /// Solidarity surcharge on a flat tax, paid by the employer.
    #[item(category = "employer-contribution", citation = "SolZG § 3 Abs. 1 Nr. 3, § 4")]
    FlatSolidaritySurcharge,
    /// Church tax on a flat tax, paid by the employer.
    #[item(
        category = "employer-contribution",
        citation = "EStG § 51a; church tax acts of the states"
    )]
    FlatChurchTax,

    /// Base of church tax on the current wages.
    #[item(category = "base", citation = "EStG § 51a Abs. 2a; Programmablaufplan, BK")]
    ChurchTaxBase,
    /// Base of church tax on one-off payments.
    #[item(category = "base", citation = "Programmablaufplan, BKS")]
    OneOffChurchTaxBase,
    /// Base of church tax on pay for several years.
    #[item(category = "base", citation = "Programmablaufplan, BKV")]
    MultiYearChurchTaxBase,
    /// Allowances used for the current wages.
    #[item(category = "information", citation = "Programmablaufplan, VFRB (DBA Türkei)")]
    AllowancesUsed,
    /// Allowances used for the expected wages of the year.
    #[item(category = "information", citation = "Programmablaufplan, VFRBS1 (DBA Türkei)")]
    AllowancesUsedAnnual,
    /// Allowances used for one-off payments.
    #[item(category = "information", citation = "Programmablaufplan, VFRBS2 (DBA Türkei)")]
    AllowancesUsedOneOff,
    /// Taxable income above the basic allowance, current wages.
    #[item(category = "information", citation = "Programmablaufplan, WVFRB (DBA Türkei)")]
    IncomeAboveBasicAllowance,
    /// Taxable income above the basic allowance, expected wages of the year.
    #[item(category = "information", citation = "Programmablaufplan, WVFRBO (DBA Türkei)")]
    IncomeAboveBasicAllowanceAnnual,
    /// Taxable income above the basic allowance, with one-off payments.
    #[item(category = "information", citation = "Programmablaufplan, WVFRBM (DBA Türkei)")]
    IncomeAboveBasicAllowanceOneOff,
    /// Private insurance recognised for the current wages.
    #[item(category = "information", citation = "Programmablaufplan, VKVLZZ")]
    PrivateInsurance,
    /// Private insurance recognised for one-off payments; may be negative.
    #[item(category = "information", citation = "Programmablaufplan, VKVSONST")]
    PrivateInsuranceOneOff,

    /// Base of pension and unemployment insurance; in the transition zone the reduced one.
    #[item(category = "base", citation = "SGB VI § 162 Nr. 1")]
    PensionBase,
    /// Base of health and care insurance; in the transition zone the reduced one.
    #[item(category = "base", citation = "SGB V § 226 Abs. 1")]
    HealthBase,
    /// Employee's share of pension insurance.
    #[item(category = "employee-contribution", citation = "SGB VI § 168")]
    PensionEmployee,
    /// Employee's share of unemployment insurance.
    #[item(category = "employee-contribution", citation = "SGB III § 346")]
    UnemploymentEmployee,
    /// Employee's share of health insurance, without the additional rate.
    #[item(category = "employee-contribution", citation = "SGB V § 249 Abs. 1")]
    HealthEmployee,
    /// Employee's share of the additional contribution to health insurance.
    #[item(category = "employee-contribution", citation = "SGB V § 242, § 249 Abs. 1")]
    HealthAdditionalEmployee,
    /// Employee's share of care insurance, with surcharge or discounts.
    #[item(category = "employee-contribution", citation = "SGB XI § 55, § 58")]
    CareEmployee,
    /// All contributions withheld from the employee.
    #[item(category = "total", citation = "SGB IV § 28g")]
    EmployeeContributions,
    /// Employer's share of pension insurance, or flat rate for a mini-job.
    #[item(category = "employer-contribution", citation = "SGB VI § 168, § 172")]
    PensionEmployer,
    /// Employer's share of unemployment insurance.
    #[item(category = "employer-contribution", citation = "SGB III § 346")]
    UnemploymentEmployer,
    /// Employer's share of health insurance, or flat rate for a mini-job.
    #[item(category = "employer-contribution", citation = "SGB V § 249 Abs. 1, § 249b")]
    HealthEmployer,
    /// Employer's share of the additional contribution to health insurance.
    #[item(category = "employer-contribution", citation = "SGB V § 242, § 249 Abs. 1")]
    HealthAdditionalEmployer,
    /// Employer's share of care insurance.
    #[item(category = "employer-contribution", citation = "SGB XI § 58")]
    CareEmployer,
    /// Levy for sick pay (U1).
    #[item(category = "employer-contribution", citation = "AAG § 7")]
    LevyU1,
    /// Levy for maternity pay (U2).
    #[item(category = "employer-contribution", citation = "AAG § 7")]
    LevyU2,
    /// Insolvency levy (U3).
    #[item(category = "employer-contribution", citation = "SGB III § 358")]
    InsolvencyLevy,
    /// All contributions and levies paid by the employer.
    #[item(category = "total", citation = "SGB IV § 28e")]
    EmployerContributions,

    /// Employer's subsidy to private health and care insurance.
    #[item(category = "employer-contribution", citation = "SGB V § 257 Abs. 2; SGB XI § 61")]
    PrivateSubsidy,
    /// Net pay.
    #[item(category = "net", citation = "Entgeltbescheinigungsverordnung § 1 Abs. 3 Nr. 5")]
    NetPay,
    /// Short-time allowance, which the employer pays for the Employment Agency.
    #[item(category = "information", citation = "SGB III §§ 95, 105, 106")]
    ShortTimeAllowance,
    /// What is taken from net pay.
    #[item(category = "deduction", citation = "ZPO §§ 850c, 850e; BGB §§ 387, 394")]
    NetDeduction,
    /// What is paid out in money, where it is not the net pay.
    #[item(category = "net", citation = "Entgeltbescheinigungsverordnung § 1 Abs. 3 Nr. 7")]
    Payout,
    /// What the period costs the employer.
    #[item(category = "employer-cost")]
    EmployerCost,
}

/// What is worth knowing about a payslip.
#[derive(Findings, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Finding {
    /// The pay of {actual} exceeds the mini-job limit of {limit}: it remains a mini-job only if this
    /// happens now and then and cannot be foreseen.
    #[finding(warning, unit = "EUR/month", citation = "SGB IV § 8 Abs. 1b")]
    MiniJobLimitExceeded,
    /// The subsidy to private insurance of {actual} exceeds {limit}, up to which it is free of tax
    /// and contributions.
    #[finding(warning, unit = "EUR/month", citation = "SGB V § 257 Abs. 2; EStG § 3 Nr. 62")]
    SubsidyAboveLimit,
    /// The subsidy to private insurance of {actual} exceeds {limit}, half of the premium stated for
    /// health and care insurance together: it is free of tax and contributions only as far as half
    /// of the whole premium of each reaches; state both apart.
    #[finding(
        warning,
        unit = "EUR/month",
        citation = "SGB V § 257 Abs. 2 Satz 2; SGB XI § 61 Abs. 2; EStG § 3 Nr. 62"
    )]
    SubsidyAboveHalfOfPremium,
    /// The subsidy to private insurance of {actual} was compared with {limit}, the highest one on
    /// this pay as far as stated premiums do not limit it, but not with half of the premium of
    /// health and half of that of care insurance: both are not stated apart.
    #[finding(
        note,
        unit = "EUR/month",
        citation = "SGB V § 257 Abs. 2 Satz 2; SGB XI § 61 Abs. 2; EStG § 3 Nr. 62"
    )]
    SubsidyPremiumsNotApart,
    /// No premium of private health and care insurance is stated: wage tax counts none.
    #[finding(note, citation = "EStG § 39b Abs. 2 Satz 5 Nr. 3")]
    PrivatePremiumNotStated,
    /// For how many months of the year the pension is paid is not stated: for one-off payments the
    /// flow chart takes {limit} months.
    #[finding(
        note,
        unit = "months",
        citation = "EStG § 19 Abs. 2 Satz 12; Programmablaufplan, MSONST"
    )]
    PensionMonthsNotStated,
    /// No rate of church tax on flat taxes is stated: {limit} % was taken, that of the state's
    /// simplified procedure. An employer who shows who is no member of a church states the whole
    /// rate.
    #[finding(
        note,
        unit = "percent",
        citation = "EStG §§ 37b, 40, 40a, 51a; church tax acts of the states"
    )]
    FlatChurchRateNotStated,
    /// Whether other insured pay reaches the least base is not stated: the employee's pension
    /// contribution on a pay of {actual} was computed on the least base of {limit}.
    #[finding(note, unit = "EUR/month", citation = "SGB VI § 163 Abs. 8")]
    LeastBaseNotStated,
    /// Deductions exceed the pay: {actual} would be paid out.
    #[finding(warning, unit = "EUR", citation = "SGB IV § 28g")]
    PayoutNegative,
}
