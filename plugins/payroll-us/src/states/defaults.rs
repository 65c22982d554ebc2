//! What the law says where residence or the state's certificate is not stated, or not all of it: withheld
//! as the law has it, with a finding that says which default was taken. An allowance could only lower the
//! tax and needs none: without it nobody pays too little.

use stele_sdk::Choice;

use super::choices::{Locality, State};
use super::residence::Taxing;
use crate::facts::Payment;
use crate::items::Finding;
use crate::payslip::Payslip;

/// Says what is taken for granted.
pub(super) fn find(
    payment: &Payment,
    work: State,
    taxing: Taxing<'_>,
    exempt: bool,
    out: &mut Payslip,
) {
    if payment.residence_state.is_none() {
        out.finding(Finding::ResidenceAssumed).about(work.name());
    }
    let Some(state) = taxing.state.filter(|_| !exempt) else {
        return;
    };
    if is_certificate_left_blank(payment, state) {
        out.finding(Finding::StateCertificateLeftBlank).about(state.name());
    }
    if payment.locality == Some(Locality::NewYorkCity)
        && payment.new_york_city_allowances.is_none()
        && payment.state_allowances.is_some_and(|number| number > 0)
    {
        out.finding(Finding::CityAllowancesAssumed);
    }
}

/// Whether an entry of the state's certificate is not stated without which less may be withheld: the
/// status where it selects the table, and what the employee asked for on top.
fn is_certificate_left_blank(payment: &Payment, state: State) -> bool {
    let table = match state {
        State::California | State::NewYork => payment.state_filing_status.is_none(),
        // Rates A and B by the status, where line 3 is blank (NJ-WT).
        State::NewJersey => payment.new_jersey_table.is_none(),
        // There is no certificate.
        State::Pennsylvania => return false,
        _ => false,
    };
    table || payment.state_extra_withholding.is_none()
}
