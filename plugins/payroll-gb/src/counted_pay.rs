//! What counts of the pay: for tax, and for National Insurance and loans.

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::facts::Payment;
use crate::figures::Figure;
use crate::items::Item;
use crate::pension::Pension;

/// Pay as the tax law sees it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TaxablePay {
    /// Paid in money, after allowable pension contributions.
    pub money: Decimal,
    /// With benefits taxed through the payroll.
    pub total: Decimal,
}

/// Pay in money, less pay that is given up (HMRC Employment Income Manual, EIM42750) and the
/// contribution before tax (Finance Act 2004, s. 193), with what is taxed of a termination award
/// (Income Tax (Earnings and Pensions) Act 2003, s. 403); and benefits (Income Tax (PAYE)
/// Regulations 2003, reg. 61A).
#[provision]
pub(crate) fn for_tax(
    payment: &Payment,
    #[is(Figure::StatutoryPayments)] statutory: Decimal,
    pension: &Pension,
    #[is(Figure::TaxableAward)] award: Decimal,
    out: &mut Payslip,
) -> TaxablePay {
    let money = work!(
        out,
        Figure::PayInMoney = payment.gross + statutory
            - pension.sacrifice as Item::SalarySacrifice
            - pension.before_tax as Figure::PensionBeforeTax
            + payment.pay_without_ni
            + award
    );
    let total = work!(out, Item::TaxablePay = money + payment.payrolled_benefits);
    TaxablePay { money, total }
}

/// Social Security Contributions and Benefits Act 1992, s. 3: what tax takes after it, and earnings
/// that are liable to National Insurance alone.
#[provision]
pub(crate) fn for_national_insurance(
    payment: &Payment,
    #[is(Figure::StatutoryPayments)] statutory: Decimal,
    pension: &Pension,
    out: &mut Payslip,
) -> Decimal {
    work!(
        out,
        Figure::LiableEarnings = payment.gross + statutory
            - pension.sacrifice as Item::SalarySacrifice
            + payment.ni_only_earnings
    )
}
