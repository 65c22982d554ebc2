//! What is earned, what is paid out, and what the payment costs the employer.

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::choices::NiCategory;
use crate::contributions::Contributions;
use crate::facts::Payment;
use crate::items::{Finding, Item};
use crate::law::Law;
use crate::pension::Pension;
use crate::rounding::down_to_penny;
use crate::steps::{PayStep, percent};
use crate::termination_award::Award;

/// All pay before deductions and sacrifice: statutory payments are earnings for tax (Income Tax
/// (Earnings and Pensions) Act 2003, s. 660) and National Insurance (Social Security Contributions
/// and Benefits Act 1992, s. 4 (1)).
pub(crate) fn earnings(payment: &Payment, out: &mut Payslip) -> Decimal {
    out.step(|| PayStep::Stated { amount: payment.gross });
    out.line(Item::Gross, payment.gross);
    let mut total = payment.gross;
    for statutory in &payment.statutory_payments {
        out.step(|| PayStep::Stated { amount: statutory.amount });
        out.line_about(Item::StatutoryPay, statutory.kind.name(), statutory.amount);
        total += statutory.amount;
    }
    let others = [
        (Item::TerminationAward, payment.termination_award),
        (Item::PayWithoutNi, payment.pay_without_ni),
        (Item::TaxFreePay, payment.tax_free_pay),
    ];
    for (item, amount) in others {
        let amount = amount.unwrap_or_default();
        if !amount.is_zero() {
            out.step(|| PayStep::Stated { amount });
            out.line(item, amount);
        }
    }
    total
}

/// What is paid out besides the pay that pension and National Insurance know.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Besides {
    award: Decimal,
    without_ni: Decimal,
    tax_free: Decimal,
}

/// What the facts say of it.
pub(crate) fn besides(payment: &Payment, award: Award) -> Besides {
    Besides {
        award: award.paid,
        without_ni: payment.pay_without_ni.unwrap_or_default(),
        tax_free: payment.tax_free_pay.unwrap_or_default(),
    }
}

impl Besides {
    /// What tax may be taken from: reimbursed expenses are not pay.
    pub(crate) fn taxed(&self) -> Decimal {
        self.award + self.without_ni
    }

    fn total(&self) -> Decimal {
        self.taxed() + self.tax_free
    }

    /// Says what is paid out in all, where there is something besides the pay.
    fn explain(&self, pay: Decimal, out: &mut Payslip) {
        if !self.total().is_zero() {
            out.step(|| PayStep::PaidBesides {
                pay,
                award: self.award,
                without_ni: self.without_ni,
                tax_free: self.tax_free,
                total: pay + self.total(),
            });
        }
    }
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
    pub loans: Decimal,
    /// The pension scheme.
    pub pension: Pension,
}

/// Employment Rights Act 1996, s. 8: the itemised pay statement, gross to net; and the employer's
/// side.
pub(crate) fn settle(
    payment: &Payment,
    pay: Decimal,
    besides: Besides,
    taken: Deductions,
    out: &mut Payslip,
) {
    let national_insurance = taken.national_insurance;
    let pension = taken.pension.before_tax + taken.pension.after_tax;
    let other = payment.other_deductions.unwrap_or_default();
    if !other.is_zero() {
        out.step(|| PayStep::Stated { amount: other });
        out.line(Item::OtherDeductions, other);
    }
    let total = taken.tax + national_insurance.employee + taken.loans + pension + other;
    out.step(|| PayStep::TotalDeductions {
        tax: taken.tax,
        national_insurance: national_insurance.employee,
        loans: taken.loans,
        pension,
        other,
        total,
    });
    out.line(Item::TotalDeductions, total);
    let paid = pay + besides.total();
    let net = paid - total;
    besides.explain(pay, out);
    out.step(|| PayStep::NetPay { pay: paid, total, net });
    out.line(Item::NetPay, net);
    if net < Decimal::ZERO {
        out.finding(Finding::NetPayNegative).actual(net);
    }
    let class_1 = national_insurance.employer;
    let contributions = class_1 + taken.class_1a;
    let cost = paid + contributions + taken.pension.employer;
    besides.explain(pay, out);
    if !taken.class_1a.is_zero() {
        out.step(|| PayStep::ClassesTogether {
            class_1,
            class_1a: taken.class_1a,
            total: contributions,
        });
    }
    out.step(|| PayStep::EmployerCost {
        pay: paid,
        national_insurance: contributions,
        pension: taken.pension.employer,
        cost,
    });
    out.line(Item::EmployerCost, cost);
}

/// What is due or allowed for the employer as a whole, and this payment's part in it: information,
/// not a part of the cost above.
pub(crate) fn employer_level(
    law: &Law,
    payment: &Payment,
    earnings: Decimal,
    national_insurance: Contributions,
    out: &mut Payslip,
) -> Result<(), Fault> {
    // Finance Act 2016, ss. 99 to 101: the pay bill is all earnings liable to secondary Class 1
    // contributions, also below the threshold and at the zero rate.
    if payment.apprenticeship_levy == Some(true) {
        let earnings = match payment.ni_category {
            NiCategory::NotLiable => Decimal::ZERO,
            _ => earnings,
        };
        let levy = down_to_penny(earnings * law.apprenticeship_levy);
        out.step(|| PayStep::ApprenticeshipLevy {
            earnings,
            rate: percent(law.apprenticeship_levy),
            levy,
            allowance: law.apprenticeship_levy_allowance,
        });
        out.line(Item::ApprenticeshipLevy, levy);
    }
    // National Insurance Contributions Act 2014, ss. 1 and 4.
    if let Some(left) = payment.employment_allowance_left {
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
        let contributions = national_insurance.employer;
        let used = contributions.max(Decimal::ZERO).min(left);
        out.step(|| match contributions > Decimal::ZERO {
            true => PayStep::EmploymentAllowance { contributions, left, used },
            false => PayStep::EmploymentAllowanceUnused { contributions, left },
        });
        out.line(Item::EmploymentAllowance, used);
    }
    Ok(())
}
