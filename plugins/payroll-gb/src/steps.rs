//! How each line came about, in sentences that the employee can follow with a calculator.

use stele_sdk::prelude::*;

/// A fraction in percent, as sentences show it.
pub(crate) fn percent(fraction: Decimal) -> Decimal {
    fraction * Decimal::ONE_HUNDRED
}

/// Steps of the explanation. Rates are given in percent.
#[derive(Steps, Clone, Debug)]
pub enum Step {
    /// {amount}, as stated for this pay period.
    Stated {
        /// Amount.
        #[argument(unit = "GBP")]
        amount: Decimal,
    },
    /// Your gross pay counts: {pay}.
    GrossCounts {
        /// Gross pay.
        #[argument(unit = "GBP")]
        pay: Decimal,
    },
    /// Statutory payments count as well: {pay} + {statutory} = {total}.
    StatutoryCounts {
        /// Pay without them.
        #[argument(unit = "GBP")]
        pay: Decimal,
        /// Statutory payments.
        #[argument(unit = "GBP")]
        statutory: Decimal,
        /// Together.
        #[argument(unit = "GBP")]
        total: Decimal,
    },
    /// Pay that you give up does not count: {pay} − {sacrifice} = {left}.
    #[step(citation = "HMRC Employment Income Manual, EIM42750")]
    SacrificeLeftOut {
        /// Pay before it.
        #[argument(unit = "GBP")]
        pay: Decimal,
        /// Pay given up.
        #[argument(unit = "GBP")]
        sacrifice: Decimal,
        /// What is left.
        #[argument(unit = "GBP")]
        left: Decimal,
    },
    /// Your pension contribution is taken before tax and does not count: {pay} − {pension} = {left}.
    #[step(citation = "Finance Act 2004, s. 193")]
    PensionLeftOut {
        /// Pay before it.
        #[argument(unit = "GBP")]
        pay: Decimal,
        /// Pension contribution.
        #[argument(unit = "GBP")]
        pension: Decimal,
        /// What is left.
        #[argument(unit = "GBP")]
        left: Decimal,
    },
    /// Benefits taxed through the payroll count as well: {pay} + {benefits} = {total}.
    #[step(citation = "Income Tax (PAYE) Regulations 2003, reg. 61A")]
    BenefitsCount {
        /// Pay in money.
        #[argument(unit = "GBP")]
        pay: Decimal,
        /// Benefits.
        #[argument(unit = "GBP")]
        benefits: Decimal,
        /// Together.
        #[argument(unit = "GBP")]
        total: Decimal,
    },
    /// {earlier} before this payment and {now} now make {total} for the tax year so far.
    YearToDate {
        /// Before this payment.
        #[argument(unit = "GBP")]
        earlier: Decimal,
        /// Of this payment.
        #[argument(unit = "GBP")]
        now: Decimal,
        /// Together.
        #[argument(unit = "GBP")]
        total: Decimal,
    },
    /// Qualifying earnings: of the pay of {pay}, what lies between {lower} and {upper} is {base}.
    #[step(citation = "Pensions Act 2008, s. 13", parameters("qualifying_earnings"))]
    QualifyingEarnings {
        /// All pay.
        #[argument(unit = "GBP")]
        pay: Decimal,
        /// Lower level.
        #[argument(unit = "GBP")]
        lower: Decimal,
        /// Upper level.
        #[argument(unit = "GBP")]
        upper: Decimal,
        /// Between them.
        #[argument(unit = "GBP")]
        base: Decimal,
    },
    /// {rate} % of the pay for pension of {base} is {amount}.
    PensionByRate {
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Pay for pension.
        #[argument(unit = "GBP")]
        base: Decimal,
        /// Contribution.
        #[argument(unit = "GBP")]
        amount: Decimal,
    },
    /// Your pension contribution of {amount} is taken from pay before tax (net pay arrangement); National Insurance is paid on it.
    #[step(citation = "Finance Act 2004, s. 193")]
    NetPayArrangement {
        /// The contribution.
        #[argument(unit = "GBP")]
        amount: Decimal,
    },
    /// Your pension contribution of {amount} includes tax relief of {rate} % = {relief}, which the scheme claims; {net} is taken from your pay after tax.
    #[step(citation = "Finance Act 2004, s. 192", parameters("relief_at_source"))]
    ReliefAtSource {
        /// The contribution with relief.
        #[argument(unit = "GBP")]
        amount: Decimal,
        /// Rate of the relief.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// The relief.
        #[argument(unit = "GBP")]
        relief: Decimal,
        /// Taken from pay.
        #[argument(unit = "GBP")]
        net: Decimal,
    },
    /// You give up pay of {amount}; your employer contributes it to your pension. Tax and National Insurance are not paid on it.
    #[step(citation = "HMRC Employment Income Manual, EIM42750")]
    SalarySacrifice {
        /// Pay given up.
        #[argument(unit = "GBP")]
        amount: Decimal,
    },
    /// With the pay that you give up, your employer contributes {own} + {sacrifice} = {total}.
    #[step(citation = "HMRC Employment Income Manual, EIM42750")]
    EmployerPensionWithSacrifice {
        /// The employer's own contribution.
        #[argument(unit = "GBP")]
        own: Decimal,
        /// Pay given up.
        #[argument(unit = "GBP")]
        sacrifice: Decimal,
        /// Together.
        #[argument(unit = "GBP")]
        total: Decimal,
    },
    /// Your employer contributes the pay that you give up: {amount}.
    #[step(citation = "HMRC Employment Income Manual, EIM42750")]
    EmployerPensionOfSacrifice {
        /// Pay given up.
        #[argument(unit = "GBP")]
        amount: Decimal,
    },
    /// Tax counts the year so far: {earlier} of taxable pay before this payment, and the allowances up to week or month {number}.
    #[step(citation = "Income Tax (PAYE) Regulations 2003, reg. 23")]
    BasisCumulative {
        /// Week or month.
        number: i64,
        /// Taxable pay before.
        #[argument(unit = "GBP")]
        earlier: Decimal,
    },
    /// Tax counts this payment by itself, with the allowances of {number} week(s) or month(s).
    #[step(citation = "Income Tax (PAYE) Regulations 2003, regs. 26 and 31")]
    BasisWeek1Month1 {
        /// Weeks or months of the payment.
        number: i64,
    },
    /// Pay of {pay} less free pay of {free} by the code leaves {taxable}.
    #[step(
        citation = "HMRC, Specification for PAYE Tax Table Routines, 4.3 and 4.4",
        parameters(
            "code_unit",
            "code_margin",
            "code_block",
            "code_block_week",
            "code_block_month"
        )
    )]
    FreePay {
        /// Pay to date.
        #[argument(unit = "GBP")]
        pay: Decimal,
        /// Free pay to date.
        #[argument(unit = "GBP")]
        free: Decimal,
        /// Taxable pay.
        #[argument(unit = "GBP")]
        taxable: Decimal,
    },
    /// Pay of {pay} and additional pay of {additional} by the K code make {taxable}.
    #[step(
        citation = "HMRC, Specification for PAYE Tax Table Routines, 4.3 and 4.4",
        parameters(
            "code_unit",
            "code_margin",
            "code_block",
            "code_block_week",
            "code_block_month"
        )
    )]
    AdditionalPay {
        /// Pay to date.
        #[argument(unit = "GBP")]
        pay: Decimal,
        /// Additional pay to date.
        #[argument(unit = "GBP")]
        additional: Decimal,
        /// Taxable pay.
        #[argument(unit = "GBP")]
        taxable: Decimal,
    },
    /// Nothing of it is taxable.
    #[step(citation = "HMRC, Specification for PAYE Tax Table Routines, 4.4.4")]
    NothingTaxable,
    /// {taxable} is taxed: pence of the pay, and parts of a penny of the tax, are left out.
    #[step(
        citation = "HMRC, Specification for PAYE Tax Table Routines, 4.4.4 and sections 5 and 6"
    )]
    WholePounds {
        /// Taxable pay in whole pounds.
        #[argument(unit = "GBP")]
        taxable: Decimal,
    },
    /// Tax on {taxable}: {base_tax} on the first {limit}, and {rate} % of the rest, is {tax}.
    #[step(
        citation = "HMRC, Specification for PAYE Tax Table Routines, 4.4.4 and appendices A to C",
        parameters("bands", "scottish_bands", "welsh_bands")
    )]
    Bands {
        /// Taxable pay.
        #[argument(unit = "GBP")]
        taxable: Decimal,
        /// Limit of the bands below.
        #[argument(unit = "GBP")]
        limit: Decimal,
        /// Tax on them.
        #[argument(unit = "GBP")]
        base_tax: Decimal,
        /// Rate of the band.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Tax.
        #[argument(unit = "GBP")]
        tax: Decimal,
    },
    /// Code {code} taxes all of {taxable} at {rate} %: {tax}.
    #[step(
        citation = "HMRC, Specification for PAYE Tax Table Routines, sections 5 and 6",
        parameters("bands", "scottish_bands", "welsh_bands")
    )]
    FlatRate {
        /// The code.
        code: &'static str,
        /// Taxable pay.
        #[argument(unit = "GBP")]
        taxable: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Tax.
        #[argument(unit = "GBP")]
        tax: Decimal,
    },
    /// Code NT: no tax is due.
    #[step(citation = "HMRC, Specification for PAYE Tax Table Routines, section 7")]
    NoTax,
    /// Of the tax of {tax} only {limit} may be deducted: {part} % of the payment.
    #[step(
        citation = "HMRC, Specification for PAYE Tax Table Routines, 4.5",
        parameters("overriding_limit")
    )]
    OverridingLimit {
        /// Tax due.
        #[argument(unit = "GBP")]
        tax: Decimal,
        /// At most.
        #[argument(unit = "GBP")]
        limit: Decimal,
        /// Part of the payment.
        #[argument(unit = "percent")]
        part: Decimal,
    },
    /// Tax of this payment: {due} is due, {earlier} was deducted before; {tax} is deducted (refunded if negative).
    #[step(citation = "Income Tax (PAYE) Regulations 2003, reg. 23")]
    TaxOfPayment {
        /// Tax due to date.
        #[argument(unit = "GBP")]
        due: Decimal,
        /// Deducted before.
        #[argument(unit = "GBP")]
        earlier: Decimal,
        /// Tax of the payment.
        #[argument(unit = "GBP")]
        tax: Decimal,
    },
    /// Tax of this payment, counted by itself: {due} is due, {tax} is deducted.
    #[step(citation = "Income Tax (PAYE) Regulations 2003, regs. 26 and 31")]
    TaxOfPaymentAlone {
        /// Tax due.
        #[argument(unit = "GBP")]
        due: Decimal,
        /// Tax of the payment.
        #[argument(unit = "GBP")]
        tax: Decimal,
    },
    /// Your earnings of {earnings} reach the lower earnings limit of {lower}: {to_lower} lies up to it, {to_primary} above it up to the primary threshold of {primary}, {to_upper} above that up to the upper earnings limit of {upper}.
    #[step(
        citation = "Social Security Contributions and Benefits Act 1992, ss. 6A and 8",
        parameters("ni_thresholds")
    )]
    NiBands {
        /// Earnings.
        #[argument(unit = "GBP")]
        earnings: Decimal,
        /// Lower earnings limit.
        #[argument(unit = "GBP")]
        lower: Decimal,
        /// Earnings up to it.
        #[argument(unit = "GBP")]
        to_lower: Decimal,
        /// Earnings above it up to the primary threshold.
        #[argument(unit = "GBP")]
        to_primary: Decimal,
        /// Primary threshold.
        #[argument(unit = "GBP")]
        primary: Decimal,
        /// Earnings above that up to the upper earnings limit.
        #[argument(unit = "GBP")]
        to_upper: Decimal,
        /// Upper earnings limit.
        #[argument(unit = "GBP")]
        upper: Decimal,
    },
    /// Director: earnings of {earlier} before and {now} now make {total} for the year so far.
    #[step(citation = "Social Security (Contributions) Regulations 2001, reg. 8")]
    DirectorEarnings {
        /// Earnings before.
        #[argument(unit = "GBP")]
        earlier: Decimal,
        /// Earnings now.
        #[argument(unit = "GBP")]
        now: Decimal,
        /// Together.
        #[argument(unit = "GBP")]
        total: Decimal,
    },
    /// Your National Insurance, category {category}: {main_rate} % of the {main} between {threshold} and {limit}, and {additional_rate} % of the {additional} above, is {amount} to the nearest penny, half a penny left out.
    #[step(
        citation = "Social Security Contributions and Benefits Act 1992, s. 8",
        parameters("ni_rates", "ni_thresholds")
    )]
    EmployeeNi {
        /// Category letter.
        category: &'static str,
        /// Earnings in the main band.
        #[argument(unit = "GBP")]
        main: Decimal,
        /// Primary threshold.
        #[argument(unit = "GBP")]
        threshold: Decimal,
        /// Main rate.
        #[argument(unit = "percent")]
        main_rate: Decimal,
        /// Earnings above.
        #[argument(unit = "GBP")]
        additional: Decimal,
        /// Upper earnings limit.
        #[argument(unit = "GBP")]
        limit: Decimal,
        /// Additional rate.
        #[argument(unit = "percent")]
        additional_rate: Decimal,
        /// Contribution.
        #[argument(unit = "GBP")]
        amount: Decimal,
    },
    /// Your employer's National Insurance, category {category}: {rate} % of the {base} above {threshold} is {amount} to the nearest penny, half a penny left out.
    #[step(
        citation = "Social Security Contributions and Benefits Act 1992, ss. 9 to 9B",
        parameters("ni_rates", "ni_thresholds")
    )]
    EmployerNi {
        /// Category letter.
        category: &'static str,
        /// Earnings above the threshold.
        #[argument(unit = "GBP")]
        base: Decimal,
        /// Threshold.
        #[argument(unit = "GBP")]
        threshold: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Contribution.
        #[argument(unit = "GBP")]
        amount: Decimal,
    },
    /// {due} for the year so far less {earlier} paid before is {now} (refunded if negative).
    #[step(citation = "Social Security (Contributions) Regulations 2001, reg. 8")]
    DirectorPaid {
        /// Contributions of the year so far.
        #[argument(unit = "GBP")]
        due: Decimal,
        /// Paid before.
        #[argument(unit = "GBP")]
        earlier: Decimal,
        /// Contribution of this payment.
        #[argument(unit = "GBP")]
        now: Decimal,
    },
    /// Loan {loan}: {rate} % of the earnings of {earnings} above {threshold}, in whole pounds, is {amount}.
    #[step(
        citation = "Education (Student Loans) (Repayment) Regulations 2009, reg. 44",
        parameters("student_loans", "postgraduate_loan_threshold", "postgraduate_loan_rate")
    )]
    Loan {
        /// Plan.
        loan: &'static str,
        /// Earnings.
        #[argument(unit = "GBP")]
        earnings: Decimal,
        /// Threshold for the earnings period.
        #[argument(unit = "GBP")]
        threshold: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Repayment of the earnings.
        #[argument(unit = "GBP")]
        amount: Decimal,
    },
    /// Of this, {earlier} is already repaid; {due} is due now.
    #[step(citation = "Education (Student Loans) (Repayment) Regulations 2009, reg. 44")]
    LoanPartRepaid {
        /// Repaid before on the same earnings.
        #[argument(unit = "GBP")]
        earlier: Decimal,
        /// Repayment now.
        #[argument(unit = "GBP")]
        due: Decimal,
    },
    /// More than this, {earlier}, is already repaid; 0 is due now.
    #[step(citation = "Education (Student Loans) (Repayment) Regulations 2009, reg. 44")]
    LoanOverRepaid {
        /// Repaid before on the same earnings.
        #[argument(unit = "GBP")]
        earlier: Decimal,
    },
    /// After tax, National Insurance and loans before this one, {left} of your pay is left: only that much of the {due} is deducted.
    #[step(citation = "Education (Student Loans) (Repayment) Regulations 2009, reg. 51 (1)")]
    LoanReduced {
        /// What is left of the pay.
        #[argument(unit = "GBP")]
        left: Decimal,
        /// Repayment due.
        #[argument(unit = "GBP")]
        due: Decimal,
    },
    /// Deductions: tax {tax}, National Insurance {national_insurance}, loans {loans}, pension {pension} and others {other} are {total}.
    #[step(citation = "Employment Rights Act 1996, s. 8")]
    TotalDeductions {
        /// Tax.
        #[argument(unit = "GBP")]
        tax: Decimal,
        /// The employee's National Insurance.
        #[argument(unit = "GBP")]
        national_insurance: Decimal,
        /// Loans.
        #[argument(unit = "GBP")]
        loans: Decimal,
        /// Pension contribution.
        #[argument(unit = "GBP")]
        pension: Decimal,
        /// Other deductions.
        #[argument(unit = "GBP")]
        other: Decimal,
        /// All.
        #[argument(unit = "GBP")]
        total: Decimal,
    },
    /// Net pay: {pay} less deductions of {total} is {net}.
    #[step(citation = "Employment Rights Act 1996, s. 8")]
    NetPay {
        /// Pay after any sacrifice.
        #[argument(unit = "GBP")]
        pay: Decimal,
        /// Deductions.
        #[argument(unit = "GBP")]
        total: Decimal,
        /// Net pay.
        #[argument(unit = "GBP")]
        net: Decimal,
    },
    /// Employer cost: pay of {pay}, National Insurance of {national_insurance} and pension of {pension} are {cost}.
    #[step(citation = "Social Security Contributions and Benefits Act 1992, s. 9")]
    EmployerCost {
        /// Pay after any sacrifice.
        #[argument(unit = "GBP")]
        pay: Decimal,
        /// The employer's National Insurance.
        #[argument(unit = "GBP")]
        national_insurance: Decimal,
        /// The employer's pension contribution.
        #[argument(unit = "GBP")]
        pension: Decimal,
        /// Cost.
        #[argument(unit = "GBP")]
        cost: Decimal,
    },
    /// Apprenticeship levy: {rate} % of {earnings} is {levy}, parts of a penny left out, before the employer's allowance of {allowance} a year for its whole pay bill.
    #[step(
        citation = "Finance Act 2016, ss. 99 to 101",
        parameters("apprenticeship_levy", "apprenticeship_levy_allowance")
    )]
    ApprenticeshipLevy {
        /// Earnings.
        #[argument(unit = "GBP")]
        earnings: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Levy.
        #[argument(unit = "GBP")]
        levy: Decimal,
        /// Allowance.
        #[argument(unit = "GBP/year")]
        allowance: Decimal,
    },
    /// Employment allowance: your employer's National Insurance on this payment is {contributions}, of the allowance {left} is left; the smaller amount, {used}, is used.
    #[step(
        citation = "National Insurance Contributions Act 2014, s. 4",
        parameters("employment_allowance")
    )]
    EmploymentAllowance {
        /// The employer's contributions on this payment.
        #[argument(unit = "GBP")]
        contributions: Decimal,
        /// Left before.
        #[argument(unit = "GBP")]
        left: Decimal,
        /// Used up.
        #[argument(unit = "GBP")]
        used: Decimal,
    },
    /// Employment allowance: your employer's National Insurance on this payment is {contributions}, so 0 of the {left} left is used.
    #[step(
        citation = "National Insurance Contributions Act 2014, s. 4",
        parameters("employment_allowance")
    )]
    EmploymentAllowanceUnused {
        /// The employer's contributions on this payment, refunded if negative.
        #[argument(unit = "GBP")]
        contributions: Decimal,
        /// Left before.
        #[argument(unit = "GBP")]
        left: Decimal,
    },
}
