//! Sentences about pay as you earn.

use stele_sdk::prelude::*;

/// Pay as you earn.
#[derive(Steps, Clone, Debug)]
pub enum TaxStep {
    /// Tax counts the year so far: {earlier} of taxable pay before this payment, and the allowances up to week or month {number}.
    #[step(citation = "Income Tax (PAYE) Regulations 2003, reg. 23")]
    BasisCumulative {
        /// Week or month.
        number: i64,
        /// Taxable pay before.
        #[argument(unit = "GBP")]
        earlier: Decimal,
    },
    /// Tax counts this payment by itself, with the allowances of {number} week(s) or month(s).
    #[step(citation = "Income Tax (PAYE) Regulations 2003, regs. 26 and 31")]
    BasisWeek1Month1 {
        /// Weeks or months of the payment.
        number: i64,
    },
    /// Pay of {pay} less free pay of {free} by the code leaves {taxable}.
    #[step(
        citation = "HMRC, Specification for PAYE Tax Table Routines, 4.3 and 4.4",
        parameters(
            "code_unit",
            "code_margin",
            "code_block",
            "code_block_week",
            "code_block_month"
        )
    )]
    FreePay {
        /// Pay to date.
        #[argument(unit = "GBP")]
        pay: Decimal,
        /// Free pay to date.
        #[argument(unit = "GBP")]
        free: Decimal,
        /// Taxable pay.
        #[argument(unit = "GBP")]
        taxable: Decimal,
    },
    /// Pay of {pay} and additional pay of {additional} by the K code make {taxable}.
    #[step(
        citation = "HMRC, Specification for PAYE Tax Table Routines, 4.3 and 4.4",
        parameters(
            "code_unit",
            "code_margin",
            "code_block",
            "code_block_week",
            "code_block_month"
        )
    )]
    AdditionalPay {
        /// Pay to date.
        #[argument(unit = "GBP")]
        pay: Decimal,
        /// Additional pay to date.
        #[argument(unit = "GBP")]
        additional: Decimal,
        /// Taxable pay.
        #[argument(unit = "GBP")]
        taxable: Decimal,
    },
    /// Nothing of it is taxable.
    #[step(citation = "HMRC, Specification for PAYE Tax Table Routines, 4.4.4")]
    NothingTaxable,
    /// {taxable} is taxed: pence of the pay, and parts of a penny of the tax, are left out.
    #[step(
        citation = "HMRC, Specification for PAYE Tax Table Routines, 4.4.4 and sections 5 and 6"
    )]
    WholePounds {
        /// Taxable pay in whole pounds.
        #[argument(unit = "GBP")]
        taxable: Decimal,
    },
    /// Tax on {taxable}: {base_tax} on the first {limit}, and {rate} % of the rest, is {tax}.
    #[step(
        citation = "HMRC, Specification for PAYE Tax Table Routines, 4.4.4 and appendices A to C",
        parameters("bands", "scottish_bands", "welsh_bands")
    )]
    Bands {
        /// Taxable pay.
        #[argument(unit = "GBP")]
        taxable: Decimal,
        /// Limit of the bands below.
        #[argument(unit = "GBP")]
        limit: Decimal,
        /// Tax on them.
        #[argument(unit = "GBP")]
        base_tax: Decimal,
        /// Rate of the band.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Tax.
        #[argument(unit = "GBP")]
        tax: Decimal,
    },
    /// Code {code} taxes all of {taxable} at {rate} %: {tax}.
    #[step(
        citation = "HMRC, Specification for PAYE Tax Table Routines, sections 5 and 6",
        parameters("bands", "scottish_bands", "welsh_bands")
    )]
    FlatRate {
        /// The code.
        code: &'static str,
        /// Taxable pay.
        #[argument(unit = "GBP")]
        taxable: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Tax.
        #[argument(unit = "GBP")]
        tax: Decimal,
    },
    /// Code NT: no tax is due.
    #[step(citation = "HMRC, Specification for PAYE Tax Table Routines, section 7")]
    NoTax,
    /// Of the tax of {tax} only {limit} may be deducted: {part} % of the payment.
    #[step(
        citation = "HMRC, Specification for PAYE Tax Table Routines, 4.5",
        parameters("overriding_limit")
    )]
    OverridingLimit {
        /// Tax due.
        #[argument(unit = "GBP")]
        tax: Decimal,
        /// At most.
        #[argument(unit = "GBP")]
        limit: Decimal,
        /// Part of the payment.
        #[argument(unit = "percent")]
        part: Decimal,
    },
    /// Tax of this payment: {due} is due, {earlier} was deducted before; {tax} is deducted (refunded if negative).
    #[step(citation = "Income Tax (PAYE) Regulations 2003, reg. 23")]
    TaxOfPayment {
        /// Tax due to date.
        #[argument(unit = "GBP")]
        due: Decimal,
        /// Deducted before.
        #[argument(unit = "GBP")]
        earlier: Decimal,
        /// Tax of the payment.
        #[argument(unit = "GBP")]
        tax: Decimal,
    },
    /// Tax of this payment, counted by itself: {due} is due, {tax} is deducted.
    #[step(citation = "Income Tax (PAYE) Regulations 2003, regs. 26 and 31")]
    TaxOfPaymentAlone {
        /// Tax due.
        #[argument(unit = "GBP")]
        due: Decimal,
        /// Tax of the payment.
        #[argument(unit = "GBP")]
        tax: Decimal,
    },
}
