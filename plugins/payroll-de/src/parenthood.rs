//! Children in care insurance, by which the employee's rate rises or falls: SGB XI § 55 Abs. 3.

use stele_sdk::prelude::*;

use crate::facts::Payment;
use crate::missing;

const CITATION: &str = "SGB XI § 55 Abs. 3";

/// What the employee's rate of care insurance goes by.
#[derive(Clone, Copy)]
pub(crate) struct Parenthood {
    /// Whether the surcharge for the childless is due.
    pub childless: bool,
    /// Discounts for children under 25, from the second to the fifth.
    pub discounts: i64,
}

impl Parenthood {
    /// Reads the facts; both are required where the rate is `needed`. The surcharge is due from the
    /// age of 23 where parenthood is not proven, and age is no fact: so it is said, not assumed.
    pub(crate) fn read(payment: &Payment, needed: bool) -> Result<Self, Fault> {
        let (childless, discounts) = (payment.care_childless, payment.care_discounts);
        if childless == Some(true) && discounts.unwrap_or_default() > 0 {
            return Err(Fault::fact(
                Payment::CARE_DISCOUNTS,
                "must be 0 for an employee who pays the surcharge for the childless, found both",
            )
            .citing(CITATION));
        }
        if needed {
            let childless = missing::required(
                childless,
                Payment::CARE_CHILDLESS,
                "with statutory health or care insurance: whether the surcharge for the childless is due",
                CITATION,
            )?;
            if !childless {
                missing::required(
                    discounts,
                    Payment::CARE_DISCOUNTS,
                    "where care_childless is false (0 without a second child under 25)",
                    CITATION,
                )?;
            }
        }
        Ok(Self {
            childless: childless.unwrap_or_default(),
            discounts: discounts.unwrap_or_default(),
        })
    }
}
