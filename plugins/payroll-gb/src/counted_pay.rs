//! Which parts of the pay an amount is made of, sentence by sentence: the amounts themselves are
//! computed where they are needed.

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::facts::Payment;
use crate::steps::PayStep;

/// What does not count of gross pay and statutory payments, and what counts besides them.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Apart {
    /// Pay given up: does not count.
    pub sacrifice: Decimal,
    /// Pension contribution taken before tax: does not count.
    pub pension: Decimal,
    /// Benefits taxed through the payroll: count besides the pay.
    pub benefits: Decimal,
    /// Taxed and paid without National Insurance: counts besides the pay for tax.
    pub without_ni: Decimal,
    /// Liable to National Insurance alone: counts besides the pay for it.
    pub ni_only: Decimal,
    /// What of a termination award is taxed: counts besides the pay for tax.
    pub award: Decimal,
}

/// Leads to the next line, whose amount is what counts.
#[inline]
pub(crate) fn explain(payment: &Payment, apart: Apart, out: &mut Payslip) {
    if out.explaining() {
        part_by_part(payment, apart, out);
    }
}

// Not inlined into the formula, where it would be in the way of the usual case.
#[cold]
fn part_by_part(payment: &Payment, apart: Apart, out: &mut Payslip) {
    let mut pay = payment.gross;
    out.step(|| PayStep::GrossCounts { pay });
    let statutory: Decimal = payment.statutory_payments.iter().map(|row| row.amount).sum();
    // Nobody wants to read about what is nothing.
    if !statutory.is_zero() {
        let total = pay + statutory;
        out.step(|| PayStep::StatutoryCounts { pay, statutory, total });
        pay = total;
    }
    if !apart.sacrifice.is_zero() {
        let left = pay - apart.sacrifice;
        out.step(|| PayStep::SacrificeLeftOut { pay, sacrifice: apart.sacrifice, left });
        pay = left;
    }
    if !apart.pension.is_zero() {
        let left = pay - apart.pension;
        out.step(|| PayStep::PensionLeftOut { pay, pension: apart.pension, left });
        pay = left;
    }
    if !apart.benefits.is_zero() {
        let total = pay + apart.benefits;
        out.step(|| PayStep::BenefitsCount { pay, benefits: apart.benefits, total });
        pay = total;
    }
    if !apart.without_ni.is_zero() {
        let total = pay + apart.without_ni;
        out.step(|| PayStep::WithoutNiCounts { pay, without_ni: apart.without_ni, total });
        pay = total;
    }
    if !apart.ni_only.is_zero() {
        let total = pay + apart.ni_only;
        out.step(|| PayStep::NiOnlyCounts { pay, ni_only: apart.ni_only, total });
        pay = total;
    }
    if !apart.award.is_zero() {
        let total = pay + apart.award;
        out.step(|| PayStep::AwardCounts { pay, award: apart.award, total });
    }
}
