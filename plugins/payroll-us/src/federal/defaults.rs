//! What the law says where the withholding certificate is not stated, or not all of it: withheld as the
//! law has it, with a finding that says which default was taken. An entry that could only lower the tax
//! needs none: without it nobody pays too little.

use crate::choices::WithholdingForm;
use crate::facts::Payment;
use crate::items::Finding;
use crate::payslip::Payslip;

/// Says what is taken for granted of the certificate by which a payment is withheld.
pub(super) fn of_certificate(payment: &Payment, out: &mut Payslip) {
    match payment.withholding_form {
        Some(WithholdingForm::NoneFurnished) => return,
        None if !has_entries(payment) => {
            out.finding(Finding::CertificateAssumed);
            return;
        }
        None => {
            out.finding(Finding::FormAssumed);
        }
        Some(_) => {}
    }
    if payment.filing_status.is_none() {
        out.finding(Finding::FilingStatusAssumed);
    }
    if is_entry_left_blank(payment) {
        out.finding(Finding::EntriesLeftBlank);
    }
}

/// Says that a citizen or resident is taken for granted.
pub(super) fn of_residence(payment: &Payment, out: &mut Payslip) {
    if payment.nonresident_alien.is_none() {
        out.finding(Finding::ResidentAssumed);
    }
}

/// Whether anything of a certificate is stated.
fn has_entries(payment: &Payment) -> bool {
    payment.filing_status.is_some()
        || payment.multiple_jobs.is_some()
        || payment.other_jobs_and_pensions.is_some()
        || payment.tax_credits.is_some()
        || payment.other_income.is_some()
        || payment.deductions.is_some()
        || payment.extra_withholding.is_some()
        || payment.lock_in_letter == Some(true)
}

/// Whether an entry is not stated that would raise what is withheld, of those that the form has.
fn is_entry_left_blank(payment: &Payment) -> bool {
    let of_steps = match payment.withholding_form.unwrap_or(WithholdingForm::W4) {
        WithholdingForm::W4 => payment.multiple_jobs.is_none() || payment.other_income.is_none(),
        WithholdingForm::W4P => {
            payment.other_jobs_and_pensions.is_none() || payment.other_income.is_none()
        }
        WithholdingForm::W4WithAllowances
        | WithholdingForm::W4PWithAllowances
        | WithholdingForm::NoneFurnished => false,
    };
    of_steps || payment.extra_withholding.is_none()
}
