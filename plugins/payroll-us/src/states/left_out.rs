//! What is known to be due to a state and is not withheld here: a finding each.

use stele_sdk::prelude::*;

use super::choices::{Locality, State};
use super::insurance;
use super::residence::Taxing;
use crate::facts::Payment;
use crate::items::Finding;
use crate::law::Law;
use crate::payslip::Payslip;

/// Says what the estimate of a year leaves out: it knows taxes of a household to the country and the state,
/// not where in the state it lives and who of it is insured.
pub(super) fn find_in_estimate(law: &Law, payment: &Payment, state: State, out: &mut Payslip) {
    let city = payment.locality.is_some_and(|city| city != Locality::NoCity);
    let local = [payment.local_income_tax_rate, payment.local_services_tax];
    if city || local.into_iter().flatten().any(|tax| !tax.is_zero()) {
        out.finding(Finding::LocalTaxLeftOut).about(state.name());
    }
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
