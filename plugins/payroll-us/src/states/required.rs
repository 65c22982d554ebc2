//! Facts that decide whether a tax of a state or a locality is due, and for which its law has no default:
//! who leaves one out is refused. What is not owed has a value that says so.

use stele_sdk::prelude::*;

use super::choices::State;
use super::pennsylvania;
use super::residence::Taxing;
use crate::facts::Payment;
use crate::law::Law;

/// Refuses a payment without them.
pub(super) fn refuse_missing(
    law: &Law,
    payment: &Payment,
    work: State,
    taxing: Taxing<'_>,
    exempt: bool,
) -> Result<(), Fault> {
    if let Some(agreement) = taxing.agreement
        && payment.state_exempt.is_none()
    {
        let certificate = &agreement.certificate;
        return Err(Fault::fact(
            Payment::STATE_EXEMPT,
            format!(
                "must be true where the employee furnished the certificate of nonresidence ({certificate}), or false; found nothing"
            ),
        )
        .citing(certificate.clone()));
    }
    if taxing.state == Some(State::NewYork) && !exempt && payment.locality.is_none() {
        return Err(Fault::fact(
            Payment::LOCALITY,
            "must be the city whose income tax the employee owes, or none; found nothing",
        )
        .citing("New York Tax Law, arts. 30, 30-A and 30-B"));
    }
    if work == State::Pennsylvania && !pennsylvania::is_in_philadelphia(law, payment)? {
        return of_pennsylvania(payment);
    }
    Ok(())
}

/// Outside Philadelphia the rate of the earned income tax and the local services tax are the locality's.
fn of_pennsylvania(payment: &Payment) -> Result<(), Fault> {
    if payment.local_income_tax_rate.is_none() {
        return Err(Fault::fact(
            Payment::LOCAL_INCOME_TAX_RATE,
            "must be the rate of the earned income tax that applies, 0 where there is none, unless the city is Philadelphia; found nothing",
        )
        .citing("53 P.S. ss. 6924.501 and 6924.512"));
    }
    if payment.local_services_tax.is_none() {
        return Err(Fault::fact(
            Payment::LOCAL_SERVICES_TAX,
            "must be the local services tax of the year, 0 where none is owed; found nothing",
        )
        .citing("53 P.S. s. 6924.330"));
    }
    Ok(())
}
