//! Sentences about workplace pensions.

use stele_sdk::prelude::*;

/// Workplace pensions.
#[derive(Steps, Clone, Debug)]
pub enum PensionStep {
    /// Qualifying earnings: of the pay of {pay}, what lies between {lower} and {upper} is {base}.
    #[step(citation = "Pensions Act 2008, s. 13", parameters("qualifying_earnings"))]
    QualifyingEarnings {
        /// All pay.
        #[argument(unit = "GBP")]
        pay: Decimal,
        /// Lower level.
        #[argument(unit = "GBP")]
        lower: Decimal,
        /// Upper level.
        #[argument(unit = "GBP")]
        upper: Decimal,
        /// Between them.
        #[argument(unit = "GBP")]
        base: Decimal,
    },
    /// {rate} % of the pay for pension of {base} is {amount}.
    PensionByRate {
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Pay for pension.
        #[argument(unit = "GBP")]
        base: Decimal,
        /// Contribution.
        #[argument(unit = "GBP")]
        amount: Decimal,
    },
    /// Your pension contribution of {amount} is taken from pay before tax (net pay arrangement); National Insurance is paid on it.
    #[step(citation = "Finance Act 2004, s. 193")]
    NetPayArrangement {
        /// The contribution.
        #[argument(unit = "GBP")]
        amount: Decimal,
    },
    /// Your pension contribution of {amount} includes tax relief of {rate} % = {relief}, which the scheme claims; {net} is taken from your pay after tax.
    #[step(citation = "Finance Act 2004, s. 192", parameters("relief_at_source"))]
    ReliefAtSource {
        /// The contribution with relief.
        #[argument(unit = "GBP")]
        amount: Decimal,
        /// Rate of the relief.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// The relief.
        #[argument(unit = "GBP")]
        relief: Decimal,
        /// Taken from pay.
        #[argument(unit = "GBP")]
        net: Decimal,
    },
    /// You give up pay of {amount}; your employer contributes it to your pension. Tax and National Insurance are not paid on it.
    #[step(citation = "HMRC Employment Income Manual, EIM42750")]
    SalarySacrifice {
        /// Pay given up.
        #[argument(unit = "GBP")]
        amount: Decimal,
    },
    /// With the pay that you give up, your employer contributes {own} + {sacrifice} = {total}.
    #[step(citation = "HMRC Employment Income Manual, EIM42750")]
    EmployerPensionWithSacrifice {
        /// The employer's own contribution.
        #[argument(unit = "GBP")]
        own: Decimal,
        /// Pay given up.
        #[argument(unit = "GBP")]
        sacrifice: Decimal,
        /// Together.
        #[argument(unit = "GBP")]
        total: Decimal,
    },
    /// Your employer contributes the pay that you give up: {amount}.
    #[step(citation = "HMRC Employment Income Manual, EIM42750")]
    EmployerPensionOfSacrifice {
        /// Pay given up.
        #[argument(unit = "GBP")]
        amount: Decimal,
    },
}
