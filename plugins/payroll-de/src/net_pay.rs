//! What is earned, what is withheld, what is paid out, and what it costs the employer
//! (Entgeltbescheinigungsverordnung § 1).

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::facts::{NetDeduction, Payment};
use crate::items::{Finding, Item};
use crate::social::Contributions;
use crate::steps::{PayStep, Step};
use crate::sums::{EARNINGS, TAXES, parts, written};
use crate::wage_tax::WageTax;

/// Benefits in kind are wages (EStG § 8 Abs. 1), and no larger than the wages that they are within.
pub(crate) fn check(payment: &Payment) -> Result<(), Fault> {
    let gross = payment.gross;
    match payment.benefits_in_kind {
        Some(found) if found > gross => Err(Fault::fact(
            Payment::BENEFITS_IN_KIND,
            format!("is a part of gross and must not exceed it, {gross}, found {found}"),
        )
        .citing("EStG § 8 Abs. 1")),
        _ => Ok(()),
    }
}

/// The earnings, line by line; their sum.
pub(crate) fn earnings(payment: &Payment, out: &mut Payslip) -> Decimal {
    out.step(|| Step::from(PayStep::Stated { amount: payment.gross }));
    out.line(Item::Gross, payment.gross);
    let mut sum = payment.gross;
    let pay = payment.multi_year_pay.unwrap_or_default();
    let pension = payment.multi_year_pension.unwrap_or_default();
    let several_years = pay + pension;
    let others = [
        (Item::OneOff, payment.one_off.unwrap_or_default()),
        (Item::MultiYearPay, several_years),
        (Item::TaxFreePay, payment.tax_free_pay.unwrap_or_default()),
    ];
    for (item, amount) in others {
        if !amount.is_zero() {
            out.step(|| match item {
                Item::MultiYearPay if !pay.is_zero() && !pension.is_zero() => {
                    Step::from(PayStep::PayForSeveralYears { pay, pension, total: amount })
                }
                _ => Step::from(PayStep::Stated { amount }),
            });
            out.line(item, amount);
            sum += amount;
        }
    }
    sum
}

/// The lines of wage tax and solidarity surcharge, with what the chart yields beside them; the sum
/// of the taxes.
pub(crate) fn taxes(tax: &mut WageTax, out: &mut Payslip) -> Decimal {
    let notes = &mut tax.notes;
    let mut line = |item: Item, amount: Decimal| {
        if !amount.is_zero() {
            if out.explaining() {
                notes.lead_to(item, out);
            }
            out.line(item, amount);
        }
    };
    line(Item::WageTax, tax.tax);
    line(Item::SolidaritySurcharge, tax.solidarity);
    line(Item::OneOffWageTax, tax.one_off_tax);
    line(Item::OneOffSolidaritySurcharge, tax.one_off_solidarity);
    line(Item::MultiYearWageTax, tax.multi_year_tax);
    line(Item::MultiYearSolidaritySurcharge, tax.multi_year_solidarity);
    line(Item::ChurchTaxBase, tax.church_base);
    line(Item::OneOffChurchTaxBase, tax.one_off_church_base);
    line(Item::MultiYearChurchTaxBase, tax.multi_year_church_base);
    let [current, annual, one_off] = tax.allowances_used;
    line(Item::AllowancesUsed, current);
    line(Item::AllowancesUsedAnnual, annual);
    line(Item::AllowancesUsedOneOff, one_off);
    let [current, annual, one_off] = tax.above_basic_allowance;
    line(Item::IncomeAboveBasicAllowance, current);
    line(Item::IncomeAboveBasicAllowanceAnnual, annual);
    line(Item::IncomeAboveBasicAllowanceOneOff, one_off);
    let [current, one_off] = tax.private_insurance;
    line(Item::PrivateInsurance, current);
    line(Item::PrivateInsuranceOneOff, one_off);
    tax.tax
        + tax.solidarity
        + tax.one_off_tax
        + tax.one_off_solidarity
        + tax.multi_year_tax
        + tax.multi_year_solidarity
}

/// Everything that net pay and employer's cost consist of.
pub(crate) struct Sums {
    pub earned: Decimal,
    pub taxes: Decimal,
    pub contributions: Contributions,
    /// Subsidy to private insurance, paid out with the wages.
    pub subsidy: Decimal,
    /// Flat taxes of the employer, with their surcharges.
    pub flat_tax: Decimal,
}

/// Net pay, what is paid out of it in money, and the employer's cost.
pub(crate) fn settle(payment: &Payment, sums: &Sums, out: &mut Payslip) {
    let employee = sums.contributions.employee;
    let net = sums.earned - sums.taxes - employee;
    if out.explaining() {
        explain_net_pay(sums, net, out);
    }
    out.line(Item::NetPay, net);
    let in_kind = payment.benefits_in_kind.unwrap_or_default();
    let mut deductions = Decimal::ZERO;
    for NetDeduction { kind, amount } in &payment.net_deductions {
        out.step(|| Step::from(PayStep::Stated { amount: *amount }));
        out.line_about(Item::NetDeduction, kind.name(), *amount);
        deductions += *amount;
    }
    // EStG § 3 Nr. 2: free of tax; the Employment Agency refunds it to the employer.
    let allowance = payment.short_time_allowance.unwrap_or_default();
    if !allowance.is_zero() {
        out.step(|| Step::from(PayStep::Stated { amount: allowance }));
        out.line(Item::ShortTimeAllowance, allowance);
    }
    let subsidy = sums.subsidy;
    let payout = net + subsidy + allowance - in_kind - deductions;
    if payout != net {
        out.step(|| {
            Step::from(PayStep::Payout { net, subsidy, allowance, in_kind, deductions, payout })
        });
        out.line(Item::Payout, payout);
    }
    if payout < Decimal::ZERO {
        out.finding(Finding::PayoutNegative).actual(payout);
    }
    let employer = sums.contributions.employer + sums.subsidy + sums.flat_tax;
    let cost = sums.earned + employer;
    out.step(|| {
        Step::from(PayStep::EmployerCost {
            earned: sums.earned,
            contributions: sums.contributions.employer,
            subsidy: sums.subsidy,
            flat_tax: sums.flat_tax,
            cost,
        })
    });
    out.line(Item::EmployerCost, cost);
}

/// What is earned and taxed in several lines is added up first.
#[cold]
fn explain_net_pay(sums: &Sums, net: Decimal, out: &mut Payslip) {
    let (earned, taxes) = (parts(EARNINGS, out), parts(TAXES, out));
    if earned.len() > 1 {
        out.step(|| Step::from(PayStep::Earned { parts: written(earned), total: sums.earned }));
    }
    if taxes.len() > 1 {
        out.step(|| Step::from(PayStep::Taxes { parts: written(taxes), total: sums.taxes }));
    }
    out.step(|| {
        Step::from(PayStep::NetPay {
            earned: sums.earned,
            taxes: sums.taxes,
            contributions: sums.contributions.employee,
            net,
        })
    });
}
