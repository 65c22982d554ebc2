//! Which state taxes the wages, and what the employee's certificate says.

use stele_sdk::prelude::*;

/// Steps of this part of the explanation.
#[derive(Steps, Clone, Debug)]
pub enum StateStep {
    /// By agreement of the two states, and on {certificate}, the state of residence taxes the wages instead of the state of work.
    #[step(name = "reciprocal_agreement", parameters("reciprocal_agreements"))]
    Agreement {
        /// The certificate of nonresidence.
        certificate: String,
    },
    /// The state's certificate says that no tax is withheld from {wages}.
    #[step(name = "state_exempt")]
    Exempt {
        /// Wages.
        #[argument(unit = "USD")]
        wages: Decimal,
    },
    /// As asked on the state's certificate, {amount} is withheld on top.
    #[step(name = "state_extra")]
    Extra {
        /// On top.
        #[argument(unit = "USD")]
        amount: Decimal,
    },
}
