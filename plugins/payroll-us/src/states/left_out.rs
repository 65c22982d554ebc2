//! What is known to be due to a state and is not withheld here: a finding each.

use stele_sdk::prelude::*;

use super::choices::State;
use super::insurance;
use super::residence::Taxing;
use crate::facts::Payment;
use crate::items::Finding;
use crate::law::Law;
use crate::payslip::Payslip;

/// Says what the estimate of a year leaves out: it knows taxes of a household, not who of it is insured.
pub(super) fn find_in_estimate(law: &Law, state: State, out: &mut Payslip) {
    if insurance::is_due(law, state) {
        out.finding(Finding::StateInsuranceLeftOut).about(state.name());
    }
}

/// Says what a payslip leaves out.
pub(super) fn find(payment: &Payment, work: State, taxing: Taxing<'_>, out: &mut Payslip) {
    if let Some(residence) = taxing.left_out {
        out.finding(Finding::TaxOfResidenceLeftOut).about(residence.name());
    }
    // By the hour and the employer's risk class: the rate is the employer's notice.
    if work == State::Washington {
        out.finding(Finding::WorkersCompensationLeftOut).about(work.name());
    }
    if let Some(cost) = payment.group_term_life_cost.filter(|cost| !cost.is_zero()) {
        out.finding(Finding::GroupTermLifeLeftOut).about(work.name()).actual(cost);
    }
}
