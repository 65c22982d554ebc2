//! What is earned, what is paid out, and what the payment costs the employer.

use stele_sdk::prelude::*;
use stele_sdk::rounding::PENNY;

use crate::Payslip;
use crate::choices::NiCategory;
use crate::contributions::Contributions;
use crate::facts::Payment;
use crate::figures::Figure;
use crate::items::{Finding, Item};
use crate::law::Law;
use crate::pension::Pension;
use crate::student_loans::Repayments;

/// All pay before deductions and sacrifice, line by line; gives the statutory payments: they are
/// earnings for tax (Income Tax (Earnings and Pensions) Act 2003, s. 660) and National Insurance
/// (Social Security Contributions and Benefits Act 1992, s. 4 (1)).
#[provision]
pub(crate) fn earnings(payment: &Payment, out: &mut Payslip) -> Decimal {
    let given = |amount: Option<Decimal>| !amount.unwrap_or_default().is_zero();
    work!(out, Item::Gross = payment.gross);
    #[is(Figure::StatutoryPayments)]
    let mut statutory = Decimal::ZERO;
    for row in &payment.statutory_payments {
        statutory = work!(out, Figure::StatutoryPayments = statutory + row.amount);
        work!(out, Item::StatutoryPay.about(row.kind.name()) = row.amount);
    }
    if given(payment.termination_award) {
        work!(out, Item::TerminationAward = payment.termination_award);
    }
    if given(payment.pay_without_ni) {
        work!(out, Item::PayWithoutNi = payment.pay_without_ni);
    }
    if given(payment.tax_free_pay) {
        work!(out, Item::TaxFreePay = payment.tax_free_pay);
    }
    statutory
}

/// What is taken from the pay.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deductions {
    /// Income tax; negative for a refund.
    pub tax: Decimal,
    /// Class 1 contributions.
    pub national_insurance: Contributions,
    /// The employer's Class 1A contribution on a termination award.
    pub class_1a: Decimal,
    /// Student and postgraduate loans.
    pub loans: Repayments,
    /// The pension scheme.
    pub pension: Pension,
}

/// Employment Rights Act 1996, s. 8: the itemised pay statement, gross to net; and the employer's
/// side.
#[provision("Employment Rights Act 1996, s. 8")]
pub(crate) fn settle(
    payment: &Payment,
    #[is(Figure::StatutoryPayments)] statutory: Decimal,
    taken: Deductions,
    out: &mut Payslip,
) {
    let Deductions { tax, national_insurance, class_1a, loans, pension } = taken;
    if !payment.other_deductions.unwrap_or_default().is_zero() {
        work!(out, Item::OtherDeductions = payment.other_deductions);
    }
    let total = work!(
        out,
        Item::TotalDeductions = tax as Item::IncomeTax
            + national_insurance.employee as Item::EmployeeNi
            + loans.student as Item::StudentLoan
            + loans.postgraduate as Item::PostgraduateLoan
            + pension.taken_from_pay() as Item::EmployeePension
            + payment.other_deductions
    );
    let paid = work!(
        out,
        Figure::PayInAll = payment.gross + statutory - pension.sacrifice as Item::SalarySacrifice
            + payment.termination_award
            + payment.pay_without_ni
            + payment.tax_free_pay
    );
    let net = work!(out, Item::NetPay = paid - total);
    if net < Decimal::ZERO {
        out.finding(Finding::NetPayNegative).actual(net);
    }
    work!(
        out,
        Item::EmployerCost = paid
            + national_insurance.employer as Item::EmployerNi
            + class_1a as Item::ClassOneA
            + pension.employer as Item::EmployerPension
    );
}

/// What is due or allowed for the employer as a whole, and this payment's part in it: information,
/// not a part of the cost above.
pub(crate) fn employer_level(
    law: &Law,
    payment: &Payment,
    liable: Decimal,
    national_insurance: Contributions,
    out: &mut Payslip,
) -> Result<(), Fault> {
    if payment.apprenticeship_levy == Some(true) {
        levy(law, payment, liable, out);
    }
    let Some(left) = payment.employment_allowance_left else { return Ok(()) };
    if left > law.employment_allowance {
        return Err(Fault::fact(
            Payment::EMPLOYMENT_ALLOWANCE_LEFT,
            format!(
                "must not exceed the allowance of the tax year, {}, found {left}",
                law.employment_allowance
            ),
        )
        .citing("National Insurance Contributions Act 2014, s. 1"));
    }
    allowance(payment, national_insurance.employer, out);
    Ok(())
}

/// Finance Act 2016, ss. 99 to 101: the pay bill is all earnings liable to secondary Class 1
/// contributions, also below the threshold and at the zero rate.
#[provision("Finance Act 2016, ss. 99 to 101", parameters("apprenticeship_levy_allowance"))]
fn levy(
    law: &Law,
    payment: &Payment,
    #[is(Figure::LiableEarnings)] liable: Decimal,
    out: &mut Payslip,
) {
    match payment.ni_category {
        NiCategory::NotLiable => work!(out, Item::ApprenticeshipLevy = 0),
        _ => work!(
            out,
            Item::ApprenticeshipLevy = down(share(liable, law.apprenticeship_levy), PENNY)
        ),
    };
}

/// National Insurance Contributions Act 2014, ss. 1 and 4: the employer's contributions on this
/// payment, as far as the allowance reaches.
#[provision("National Insurance Contributions Act 2014, s. 4", parameters("employment_allowance"))]
fn allowance(payment: &Payment, #[is(Item::EmployerNi)] employer: Decimal, out: &mut Payslip) {
    work!(
        out,
        Item::EmploymentAllowance =
            at_most(at_least(employer, 0), payment.employment_allowance_left)
    );
}
