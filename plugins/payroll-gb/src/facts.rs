//! What must be known of an employee to make one payslip.

use stele_sdk::prelude::*;

use crate::choices::{
    DirectorMethod, MinimumWageBand, NiCategory, PayFrequency, PensionArrangement, PensionBasis,
    StatutoryKind, StudentLoan, TaxBasis,
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
    /// Tax code, e.g. 1257L, S1257L, CK60, BR, SD2, 0T; NT where no tax is deducted. Where the
    /// details of a new employee are not known it is 0T with `tax_basis` `week1_month1` (Income Tax
    /// (PAYE) Regulations 2003, reg. 49A).
    #[fact(maximum_length = 16)]
    pub tax_code: String,
    /// Whether the tax year so far counts. Absent: cumulative; a note says so where there was a tax
    /// week or month before.
    pub tax_basis: Option<TaxBasis>,
    /// Taxable pay of the tax year before this payment, former employments included: the line
    /// `taxable_pay_to_date` of the payment before. Required with `earlier_tax`. Absent with it: 0; a
    /// warning says so after the first tax week or month.
    #[fact(unit = "GBP", minimum = "0", maximum = "100000000000", decimals = 2)]
    pub earlier_taxable_pay: Option<Decimal>,
    /// Tax deducted in the tax year before this payment, former employments included: the line
    /// `tax_to_date` of the payment before. Required with `earlier_taxable_pay`. Absent with it: 0; a
    /// warning says so after the first tax week or month.
    #[fact(unit = "GBP", minimum = "0", maximum = "100000000000", decimals = 2)]
    pub earlier_tax: Option<Decimal>,
    /// Benefits in kind taxed through the payroll: taxed with the pay, not paid out, without Class 1
    /// National Insurance, outside the 50 % limit.
    #[fact(unit = "GBP", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub payrolled_benefits: Option<Decimal>,
    /// Statutory sick, maternity and other statutory payments of the period.
    #[fact(maximum_rows = 16, optional)]
    pub statutory_payments: Vec<StatutoryPayment>,
    /// Pay that is neither taxed nor liable to National Insurance, paid out with the wages: mileage
    /// up to the approved amount, expenses. Absent: none.
    #[fact(unit = "GBP", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub tax_free_pay: Option<Decimal>,
    /// Pay besides `gross` that is taxed and paid out, but not liable to Class 1 National Insurance.
    /// Not for termination awards. Absent: none.
    #[fact(unit = "GBP", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub pay_without_ni: Option<Decimal>,
    /// Earnings besides `gross` that are liable to Class 1 National Insurance, but neither taxed
    /// through the payroll nor paid out: vouchers, debts that the employer settles. Absent: none.
    #[fact(unit = "GBP", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub ni_only_earnings: Option<Decimal>,
    /// Termination award besides `gross`, paid out: what is left after earnings and post-employment
    /// notice pay, which belong in `gross`. Above the threshold it is taxed and the employer pays
    /// Class 1A National Insurance. Absent: none.
    #[fact(unit = "GBP", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub termination_award: Option<Decimal>,
    /// Termination awards for the same employment, or from employers in association, before this
    /// one: they use the threshold up first. Absent: none; a warning says so where there is an award.
    #[fact(unit = "GBP", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub earlier_termination_awards: Option<Decimal>,
    /// National Insurance category letter; `none` for an employee who is not liable to Class 1
    /// National Insurance, for example under 16.
    pub ni_category: NiCategory,
    /// Earnings period of National Insurance and loans where it is not that of the payment: for jobs
    /// whose earnings are added together the shortest of their periods. Absent: `pay_frequency`; a
    /// note says so where `period_ni_earnings` is given.
    pub ni_frequency: Option<PayFrequency>,
    /// Earnings liable to National Insurance paid before this payment in the same earnings period,
    /// in this job and in those whose earnings are added to it. Not for a director who is assessed on
    /// the year. Required with `ni_frequency` and with what was paid on them. Absent: the payment is
    /// the first of its earnings period.
    #[fact(unit = "GBP", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub period_ni_earnings: Option<Decimal>,
    /// Employee contributions on `period_ni_earnings`. Required with earnings there.
    #[fact(unit = "GBP", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub period_employee_ni: Option<Decimal>,
    /// Employer contributions on `period_ni_earnings`. Required with earnings there.
    #[fact(unit = "GBP", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub period_employer_ni: Option<Decimal>,
    /// How a company director's National Insurance is assessed. Absent: not a director.
    pub director: Option<DirectorMethod>,
    /// Tax week in which a director was appointed, where that was in this tax year; 1 for a director
    /// when the year began. Required where the director is assessed on the year.
    #[fact(minimum = "1", maximum = "53")]
    pub director_since_week: Option<i64>,
    /// Director: earnings liable to National Insurance in the tax year, since the appointment,
    /// before this payment: the line `ni_earnings_to_date`. Absent: 0; a warning says so after the
    /// first tax week or month as a director.
    #[fact(unit = "GBP", minimum = "0", maximum = "100000000000", decimals = 2)]
    pub earlier_ni_earnings: Option<Decimal>,
    /// Director: employee contributions of the tax year before this payment. Absent: 0; a warning
    /// says so after the first tax week or month as a director.
    #[fact(unit = "GBP", minimum = "0", maximum = "100000000000", decimals = 2)]
    pub earlier_employee_ni: Option<Decimal>,
    /// Director: employer contributions of the tax year before this payment. Absent: 0; a warning
    /// says so after the first tax week or month as a director.
    #[fact(unit = "GBP", minimum = "0", maximum = "100000000000", decimals = 2)]
    pub earlier_employer_ni: Option<Decimal>,
    /// Student loan plan that is being repaid. Absent: none; a note says so where a repayment could
    /// be due.
    pub student_loan: Option<StudentLoan>,
    /// Whether a postgraduate loan is being repaid. Absent: no; a note says so where a repayment
    /// could be due.
    pub postgraduate_loan: Option<bool>,
    /// Student loan deductions from `period_ni_earnings`. Required with earnings there and a plan.
    #[fact(unit = "GBP", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub period_student_loan: Option<Decimal>,
    /// Postgraduate loan deductions from `period_ni_earnings`. Required with earnings there and a
    /// loan.
    #[fact(unit = "GBP", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub period_postgraduate_loan: Option<Decimal>,
    /// Director: student loan deductions of the tax year before this payment. Absent: 0; a warning
    /// says so after the first tax week or month of a director who is assessed on the year.
    #[fact(unit = "GBP", minimum = "0", maximum = "100000000000", decimals = 2)]
    pub earlier_student_loan: Option<Decimal>,
    /// Director: postgraduate loan deductions of the tax year before this payment. Absent: 0; a
    /// warning says so after the first tax week or month of a director who is assessed on the year.
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
    /// The employer's pension rate. Where the employee contributes and nothing is stated of the
    /// employer, a warning says that nothing was counted.
    #[fact(unit = "fraction of the basis", minimum = "0", maximum = "1", decimals = 6)]
    pub employer_pension_rate: Option<Decimal>,
    /// The employer's pension contribution, instead of a rate.
    #[fact(unit = "GBP", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub employer_pension_amount: Option<Decimal>,
    /// Other deductions from net pay: union dues, orders, repayments of advances.
    #[fact(unit = "GBP", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub other_deductions: Option<Decimal>,
    /// Whether to show the payment's part of the apprenticeship levy, before the employer's
    /// allowance. The levy is settled by the employer for the whole pay bill. Absent: not shown.
    pub apprenticeship_levy: Option<bool>,
    /// What is left of the employer's employment allowance before this payment: then the part that
    /// this payment's employer contributions use up is shown. Absent: not shown.
    #[fact(unit = "GBP", minimum = "0", maximum = "1000000", decimals = 2)]
    pub employment_allowance_left: Option<Decimal>,
    /// Hours worked in the pay reference period, for the minimum wage. Absent: it is not checked.
    #[fact(unit = "hours", minimum = "0.01", maximum = "10000", decimals = 2)]
    pub minimum_wage_hours: Option<Decimal>,
    /// Which minimum wage holds for the employee. Required with `minimum_wage_hours`.
    pub minimum_wage_band: Option<MinimumWageBand>,
    /// Part of `gross` that does not count for the minimum wage: premiums for hours, allowances, tips,
    /// and deductions for the employer's own use. Absent: none.
    #[fact(unit = "GBP", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub pay_outside_minimum_wage: Option<Decimal>,
    /// First day of the pay reference period: it selects the rate of the minimum wage. Not after the
    /// payment, and no more than a year before it. Absent: the date of payment.
    pub pay_reference_from: Option<Date>,
    /// Date of payment. It decides which tax year, rates and thresholds hold, for tax and for
    /// National Insurance.
    #[fact(calculation_date)]
    pub on: Date,
}

impl Payment {
    /// The student loan plan that is being repaid.
    pub(crate) fn plan(&self) -> Option<StudentLoan> {
        self.student_loan.filter(|plan| *plan != StudentLoan::NoPlan)
    }
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
