//! What the rule computes and what it may find.

use stele_sdk::prelude::*;

/// Lines of the payslip, in dollars, and of the estimate of a year.
#[derive(Items, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Item {
    /// Pay of the period, without supplemental wages.
    #[item(category = "earning", citation = "26 U.S.C. s. 3401 (a)")]
    Gross,
    /// Supplemental wages.
    #[item(category = "earning", citation = "26 CFR s. 31.3402(g)-1")]
    SupplementalWages,
    /// Taxable benefits that are not paid in money.
    #[item(category = "information", citation = "26 U.S.C. s. 61 (a) (1); 26 CFR s. 1.61-21")]
    TaxableBenefits,
    /// Cost of group-term life insurance above the free cover.
    #[item(category = "information", citation = "26 U.S.C. ss. 79 and 3121 (a) (2) (C)")]
    GroupTermLifeCost,
    /// Tips that the employee reported.
    #[item(category = "information", citation = "26 U.S.C. ss. 3121 (q), 3401 (f) and 6053 (a)")]
    ReportedTips,
    /// Elective deferral to a retirement plan, before income tax.
    #[item(category = "pre-tax-deduction", citation = "26 U.S.C. ss. 402 (e) (3) and 3121 (v) (1)")]
    RetirementDeferral,
    /// Contribution to a cafeteria plan, before all taxes.
    #[item(category = "pre-tax-deduction", citation = "26 U.S.C. ss. 125 and 3121 (a) (5) (G)")]
    CafeteriaContribution,
    /// Contribution to a health savings account, before all taxes.
    #[item(category = "pre-tax-deduction", citation = "26 U.S.C. ss. 125 (d) (2) (D) and 223")]
    HealthSavingsContribution,

    /// Wages subject to withholding of federal income tax.
    #[item(category = "base", citation = "26 U.S.C. s. 3401 (a)")]
    FederalTaxableWages,
    /// Federal income tax withheld.
    #[item(category = "tax", citation = "26 U.S.C. s. 3402; IRS Publication 15-T")]
    FederalIncomeTax,
    /// Wages on which social security tax is due.
    #[item(category = "base", citation = "26 U.S.C. s. 3121 (a) (1)")]
    SocialSecurityWages,
    /// Social security tax, employee.
    #[item(category = "employee-contribution", citation = "26 U.S.C. s. 3101 (a)")]
    SocialSecurity,
    /// Wages on which Medicare tax is due.
    #[item(category = "base", citation = "26 U.S.C. s. 3121 (a)")]
    MedicareWages,
    /// Medicare tax, employee.
    #[item(category = "employee-contribution", citation = "26 U.S.C. s. 3101 (b) (1)")]
    Medicare,
    /// Additional Medicare tax; for the estimate of a year that of the return.
    #[item(
        category = "employee-contribution",
        citation = "26 U.S.C. ss. 3101 (b) (2) and 3102 (f)"
    )]
    AdditionalMedicare,

    /// Income tax of a state. Each state's law is cited by the steps that lead to its line.
    #[item(category = "state-tax")]
    StateIncomeTax,
    /// Income tax of a city or locality, cited likewise.
    #[item(category = "local-tax")]
    LocalIncomeTax,
    /// Local services tax (Pennsylvania).
    #[item(
        category = "local-tax",
        citation = "Pennsylvania Local Tax Enabling Act, 53 P.S. s. 6924.330"
    )]
    LocalServicesTax,
    /// State disability insurance, employee, cited likewise.
    #[item(category = "employee-contribution")]
    StateDisabilityInsurance,
    /// Paid family and medical leave, employee, cited likewise.
    #[item(category = "employee-contribution")]
    PaidFamilyLeave,
    /// State unemployment insurance, employee, cited likewise.
    #[item(category = "employee-contribution")]
    StateUnemployment,
    /// Workforce development (New Jersey), employee.
    #[item(category = "employee-contribution", citation = "N.J.S.A. 34:15D-12")]
    WorkforceDevelopment,
    /// Long-term care (Washington), employee.
    #[item(category = "employee-contribution", citation = "RCW 50B.04.080")]
    LongTermCare,

    /// Designated Roth contribution.
    #[item(category = "deduction", citation = "26 U.S.C. s. 402A")]
    RothDeferral,
    /// Other deductions from pay after tax.
    #[item(category = "deduction", citation = "15 U.S.C. s. 1672; 29 CFR s. 531.35")]
    OtherDeductions,
    /// All that is taken from the pay.
    #[item(category = "total")]
    TotalDeductions,
    /// What is paid out.
    #[item(category = "net")]
    NetPay,

    /// Social security tax, employer.
    #[item(category = "employer-contribution", citation = "26 U.S.C. s. 3111 (a)")]
    EmployerSocialSecurity,
    /// Medicare tax, employer.
    #[item(category = "employer-contribution", citation = "26 U.S.C. s. 3111 (b)")]
    EmployerMedicare,
    /// Federal unemployment tax, employer, after the full credit.
    #[item(category = "employer-contribution", citation = "26 U.S.C. ss. 3301, 3302 and 3306 (b)")]
    Futa,
    /// Federal unemployment tax, employer: reduction of the credit for the state.
    #[item(category = "employer-contribution", citation = "26 U.S.C. s. 3302 (c) (2)")]
    FutaCreditReduction,
    /// What the employer contributes to plans.
    #[item(category = "employer-contribution", citation = "26 U.S.C. ss. 106 and 402 (a)")]
    EmployerContributions,
    /// What the employer contributes to the employee's health savings account.
    #[item(category = "employer-contribution", citation = "26 U.S.C. s. 106 (d)")]
    EmployerHealthSavingsContribution,
    /// What the payment costs the employer.
    #[item(category = "employer-cost")]
    EmployerCost,

    /// Estimate of a year: adjusted gross income.
    #[item(category = "base", citation = "26 U.S.C. s. 62")]
    AdjustedGrossIncome,
    /// Estimate of a year: standard deduction, with that for the aged.
    #[item(category = "information", citation = "26 U.S.C. s. 63 (c) and (f)")]
    StandardDeduction,
    /// Estimate of a year: deduction for seniors.
    #[item(category = "information", citation = "26 U.S.C. s. 151 (d) (5) (C)")]
    SeniorDeduction,
    /// Estimate of a year: taxable income.
    #[item(category = "base", citation = "26 U.S.C. s. 63 (b)")]
    TaxableIncome,
    /// Estimate of a year: income tax before credits.
    #[item(category = "information", citation = "26 U.S.C. s. 1 (j)")]
    IncomeTaxBeforeCredits,
    /// Estimate of a year: credits for children and other dependents against the tax.
    #[item(category = "information", citation = "26 U.S.C. s. 24 (a) and (h)")]
    ChildTaxCredit,
    /// Estimate of a year: child tax credit that is refunded.
    #[item(category = "information", citation = "26 U.S.C. s. 24 (d) and (h) (5)")]
    AdditionalChildTaxCredit,
    /// Estimate of a year: earned income credit.
    #[item(category = "information", citation = "26 U.S.C. s. 32")]
    EarnedIncomeCredit,
    /// Estimate of a year: income tax after credits; negative where more is refunded.
    #[item(category = "tax", citation = "26 U.S.C. ss. 1 (j), 24 and 32")]
    IncomeTaxAfterCredits,
}

/// What is worth knowing about a payslip.
#[derive(Findings, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Finding {
    /// Elective deferrals of the year reach {actual}; the limit at this age is {limit}.
    #[finding(warning, unit = "USD", citation = "26 U.S.C. ss. 402 (g) and 414 (v)")]
    DeferralsAboveLimit,
    /// Deductions exceed the pay: the net pay would be {actual}.
    #[finding(warning, unit = "USD", citation = "Publication 15, section 9")]
    NetPayNegative,
    /// Income tax of {subject}, the state of residence, may be due and is not withheld here.
    #[finding(warning)]
    TaxOfResidenceLeftOut,
    /// Contributions to the insurances of {subject} are not in the estimate of a year.
    #[finding(warning)]
    StateInsuranceLeftOut,
    /// Taxes of cities and localities in {subject} are not in the estimate of a year.
    #[finding(warning)]
    LocalTaxLeftOut,
    /// The worker's share of the premium for workers' compensation in {subject}, by the hour and the employer's risk class, is not deducted here.
    #[finding(warning, citation = "RCW 51.16.140 and 51.32.073")]
    WorkersCompensationLeftOut,
    /// The cost of group-term life insurance of {actual} counts neither for income tax nor for insurances of {subject} here.
    #[finding(note, unit = "USD", citation = "26 U.S.C. ss. 79 and 3401 (a) (14)")]
    GroupTermLifeLeftOut,
    /// Philadelphia's wage tax is withheld at {actual} %, as stated; its rate that is known for this day is {limit} %.
    #[finding(warning, unit = "percent", citation = "Philadelphia Code, s. 19-1502")]
    PhiladelphiaRateIsAnother,

    /// No withholding certificate is stated: income tax is withheld as from one who furnished none, single and without entries.
    #[finding(note, citation = "26 CFR ss. 31.3402(f)(2)-1(a) and 31.3402(l)-1(b)")]
    CertificateAssumed,
    /// The form of the withholding certificate is not stated: it is taken for Form W-4 of 2020 or later.
    #[finding(note, citation = "IRS Publication 15-T, Introduction")]
    FormAssumed,
    /// No filing status is stated: income tax is withheld as from a single person.
    #[finding(note, citation = "26 U.S.C. ss. 3402 (l) (1) and 3405 (a) (4)")]
    FilingStatusAssumed,
    /// Not every entry of the withholding certificate is stated: those that are not count as left blank.
    #[finding(
        note,
        citation = "Forms W-4 and W-4P, Steps 2 to 4; IRS Publication 15-T, Worksheets 1A and 1B"
    )]
    EntriesLeftBlank,
    /// Whether the employee is a nonresident alien is not stated: income tax is withheld as from a citizen or resident.
    #[finding(note, citation = "26 CFR s. 1.1441-1(b)(3)(iii)")]
    ResidentAssumed,
    /// How the supplemental wages are taxed is not stated: they are taken apart from the regular wages, at a flat rate.
    #[finding(note, citation = "26 CFR s. 31.3402(g)-1(a); IRS Publication 15, section 7")]
    FlatRateAssumed,
    /// No reduction of the credit for {subject} is stated or known for the year: unemployment tax is after the full credit.
    #[finding(note, citation = "26 U.S.C. s. 3302 (a) and (c) (2)")]
    FullCreditAssumed,
    /// Not stated after the first pay period of the year: {subject}. Nothing is counted, as if this payment were the first.
    #[finding(warning)]
    EarlierAmountNotStated,
    /// Earlier wages for unemployment tax are not stated: all earlier social security wages are taken for them, {actual}.
    #[finding(warning, unit = "USD", citation = "26 U.S.C. s. 3306 (b) (1)")]
    EarlierFutaWagesAssumed,
    /// The state of residence is not stated: the employee is withheld from as a resident of {subject}, the state of work.
    #[finding(note)]
    ResidenceAssumed,
    /// Not every entry of the withholding certificate of {subject} is stated: a status that is not counts as single, an amount as nothing.
    #[finding(note)]
    StateCertificateLeftBlank,
    /// Allowances for New York City are not stated: those for the state are counted.
    #[finding(note, citation = "Form IT-2104, lines 1 and 2")]
    CityAllowancesAssumed,
    /// Not stated: {subject}. No relief that depends on it is counted.
    #[finding(note, citation = "26 U.S.C. ss. 32 (c) (1), 63 (f) and 151 (d) (5) (C)")]
    AgeNotStated,
    /// No wages of the spouse are stated: the estimate counts none.
    #[finding(note, citation = "26 U.S.C. s. 6013")]
    SpouseWagesNotStated,
}
