//! The additional rate of the employee's health fund: SGB V § 242.

use stele_sdk::prelude::*;

use crate::facts::Payment;
use crate::missing;

/// The rate, which every fund states: an assumed one would cost the employee or lower the tax.
pub(crate) fn additional_rate(payment: &Payment) -> Result<Decimal, Fault> {
    missing::required(
        payment.additional_rate,
        Payment::ADDITIONAL_RATE,
        "with statutory health insurance: the additional rate of the fund (0 is allowed)",
        "SGB V § 242",
    )
}
