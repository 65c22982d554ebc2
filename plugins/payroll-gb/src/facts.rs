//! What must be known of an employee to make one payslip.

use stele_sdk::prelude::*;

use crate::choices::{
    DirectorMethod, NiCategory, PayFrequency, PensionArrangement, PensionBasis, StatutoryKind,
    StudentLoan, TaxBasis,
};

/// One employee, one payment, one employer.
#[derive(Facts, Clone, Debug)]
pub struct Payment {
    /// Pay of the period before any deduction or salary sacrifice, without statutory payments.
    /// Taxable and liable to National Insurance in full.
    #[fact(unit = "GBP", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub gross: Decimal,
    /// How often the employee is paid.
    pub pay_frequency: PayFrequency,
    /// Tax week or tax month of the payment, counted from 6 April: 53, 54 and 56 are the extra pay
    /// days of weekly, two-weekly and four-weekly pay. Absent: by the date of payment.
    #[fact(minimum = "1", maximum = "56")]
    pub tax_period: Option<i64>,
    /// Tax code, e.g. 1257L, S1257L, CK60, BR, SD2, 0T, NT. Absent: no tax lines.
    #[fact(maximum_length = 16)]
    pub tax_code: Option<String>,
    /// Whether the tax year so far counts. Absent: cumulative.
    pub tax_basis: Option<TaxBasis>,
    /// Taxable pay of the tax year before this payment, former employments included: the line
    /// `taxable_pay_to_date` of the payment before. Absent: none.
    #[fact(unit = "GBP", minimum = "0", maximum = "100000000000", decimals = 2)]
    pub earlier_taxable_pay: Option<Decimal>,
    /// Tax deducted in the tax year before this payment, former employments included: the line
    /// `tax_to_date` of the payment before. Absent: none.
    #[fact(unit = "GBP", minimum = "0", maximum = "100000000000", decimals = 2)]
    pub earlier_tax: Option<Decimal>,
    /// Benefits in kind taxed through the payroll: taxed with the pay, not paid out, without Class 1
    /// National Insurance, outside the 50 % limit.
    #[fact(unit = "GBP", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub payrolled_benefits: Option<Decimal>,
    /// Statutory sick, maternity and other statutory payments of the period.
    #[fact(maximum_rows = 16, optional)]
    pub statutory_payments: Vec<StatutoryPayment>,
    /// National Insurance category letter. Absent: no National Insurance lines.
    pub ni_category: Option<NiCategory>,
    /// How a company director's National Insurance is assessed. Absent: not a director.
    pub director: Option<DirectorMethod>,
    /// Tax week in which a director was appointed, where that was in this tax year. Absent: a
    /// director when the year began.
    #[fact(minimum = "1", maximum = "53")]
    pub director_since_week: Option<i64>,
    /// Director: earnings liable to National Insurance in the tax year, since the appointment,
    /// before this payment: the line `ni_earnings_to_date`. Absent: none.
    #[fact(unit = "GBP", minimum = "0", maximum = "100000000000", decimals = 2)]
    pub earlier_ni_earnings: Option<Decimal>,
    /// Director: employee contributions of the tax year before this payment. Absent: none.
    #[fact(unit = "GBP", minimum = "0", maximum = "100000000000", decimals = 2)]
    pub earlier_employee_ni: Option<Decimal>,
    /// Director: employer contributions of the tax year before this payment. Absent: none.
    #[fact(unit = "GBP", minimum = "0", maximum = "100000000000", decimals = 2)]
    pub earlier_employer_ni: Option<Decimal>,
    /// Student loan plan that is being repaid. Absent: none.
    pub student_loan: Option<StudentLoan>,
    /// Whether a postgraduate loan is being repaid. Absent: no.
    pub postgraduate_loan: Option<bool>,
    /// Director: student loan deductions of the tax year before this payment. Absent: none.
    #[fact(unit = "GBP", minimum = "0", maximum = "100000000000", decimals = 2)]
    pub earlier_student_loan: Option<Decimal>,
    /// Director: postgraduate loan deductions of the tax year before this payment. Absent: none.
    #[fact(unit = "GBP", minimum = "0", maximum = "100000000000", decimals = 2)]
    pub earlier_postgraduate_loan: Option<Decimal>,
    /// How the employee's pension contribution meets tax. Required where the employee contributes.
    pub pension_arrangement: Option<PensionArrangement>,
    /// What pay the pension rates apply to. Required with a rate.
    pub pension_basis: Option<PensionBasis>,
    /// Pay that the scheme calls pensionable, for the basis of that name.
    #[fact(unit = "GBP", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub pensionable_pay: Option<Decimal>,
    /// The employee's pension rate, tax relief included (0.05 is 5 %).
    #[fact(unit = "fraction of the basis", minimum = "0", maximum = "1", decimals = 6)]
    pub employee_pension_rate: Option<Decimal>,
    /// The employee's pension contribution, tax relief included, instead of a rate.
    #[fact(unit = "GBP", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub employee_pension_amount: Option<Decimal>,
    /// The employer's pension rate.
    #[fact(unit = "fraction of the basis", minimum = "0", maximum = "1", decimals = 6)]
    pub employer_pension_rate: Option<Decimal>,
    /// The employer's pension contribution, instead of a rate.
    #[fact(unit = "GBP", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub employer_pension_amount: Option<Decimal>,
    /// Other deductions from net pay: union dues, orders, repayments of advances.
    #[fact(unit = "GBP", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub other_deductions: Option<Decimal>,
    /// Whether the employer pays the apprenticeship levy: then the payment's part of the levy,
    /// before the employer's allowance, is shown. Absent: no.
    pub apprenticeship_levy: Option<bool>,
    /// What is left of the employer's employment allowance before this payment: then the part that
    /// this payment's employer contributions use up is shown. Absent: not shown.
    #[fact(unit = "GBP", minimum = "0", maximum = "1000000", decimals = 2)]
    pub employment_allowance_left: Option<Decimal>,
    /// Date of payment. It decides which law applies.
    #[fact(calculation_date)]
    pub on: Date,
}

/// One statutory payment.
#[derive(Row, Clone, Debug)]
pub struct StatutoryPayment {
    /// Which.
    pub kind: StatutoryKind,
    /// Amount of the period.
    #[column(unit = "GBP", minimum = "0", maximum = "1000000", decimals = 2)]
    pub amount: Decimal,
}
