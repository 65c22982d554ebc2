//! What the law says of a whole year's return.

use stele_sdk::prelude::*;

use super::law::{FamilyTerms, IncomeTaxTerms};
use crate::choices::FilingStatus;
use crate::facts::Payment;
use crate::law::Law;

/// What the law of the year says, for one filing status.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terms<'a> {
    /// The filing status.
    pub status: FilingStatus,
    /// What it decides.
    pub of_status: &'a IncomeTaxTerms,
    /// What it does not.
    pub family: &'a FamilyTerms,
}

/// The terms of the payment's filing status.
pub(super) fn terms<'a>(law: &'a Law, payment: &Payment) -> Result<Terms<'a>, Fault> {
    let status = payment.filing_status.ok_or_else(|| {
        Fault::fact(
            Payment::FILING_STATUS,
            "must be given for the estimate of a year: the status of the return; found nothing",
        )
        .citing("26 U.S.C. ss. 1 (j) and 63 (c)")
    })?;
    let of_status = law.income_tax_terms.iter().find(|row| row.status == status);
    match (of_status, law.family_terms.first()) {
        (Some(of_status), Some(family)) => Ok(Terms { status, of_status, family }),
        _ => Err(unknown_year(payment)),
    }
}

/// The ruleset withholds for the date, but does not know the law of the year's return.
pub(super) fn unknown_year(payment: &Payment) -> Fault {
    Fault::fact(
        Payment::PAY_FREQUENCY,
        format!(
            "must not be year_estimate for {}: the ruleset knows the income tax of a whole year from 2025 on",
            payment.on.year()
        ),
    )
    .citing("26 U.S.C. ss. 1 (f) and 63 (c) (4): adjusted every year")
}
