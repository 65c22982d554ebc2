//! Sentences of earnings, sums and net pay.

use stele_sdk::prelude::*;

/// Steps of earnings, sums and net pay.
#[derive(Steps, Clone, Debug)]
pub enum PayStep {
    /// {amount}, as stated for this pay period.
    Stated {
        /// Amount.
        #[argument(unit = "EUR")]
        amount: Decimal,
    },
    /// Pay for several years, {pay}, and pension settlements for several years, {pension},
    /// together: {total}.
    PayForSeveralYears {
        /// Pay for work of several years.
        #[argument(unit = "EUR")]
        pay: Decimal,
        /// Pension settlements for several years.
        #[argument(unit = "EUR")]
        pension: Decimal,
        /// Together.
        #[argument(unit = "EUR")]
        total: Decimal,
    },
    /// Flat tax: {rate} % of {pay} is {tax}, paid by the employer.
    #[step(citation = "EStG §§ 37b, 40, 40a", parameters("mini_job_tax_rate", "flat_taxes"))]
    FlatTax {
        /// Pay.
        #[argument(unit = "EUR")]
        pay: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Tax.
        #[argument(unit = "EUR")]
        tax: Decimal,
    },
    /// Solidarity surcharge on the flat tax: {rate} % of {tax} is {amount}, cut to whole cents, paid by the employer.
    #[step(citation = "SolZG § 3 Abs. 1 Nr. 3, § 4", parameters("solidarity_rate"))]
    FlatSolidarity {
        /// Flat tax.
        #[argument(unit = "EUR")]
        tax: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Surcharge.
        #[argument(unit = "EUR")]
        amount: Decimal,
    },
    /// Church tax on the flat tax: {rate} % of {tax} is {amount}, cut to whole cents, paid by the employer.
    #[step(
        citation = "EStG § 51a; decrees of the states on church tax on flat taxes",
        parameters("flat_church_taxes")
    )]
    FlatChurch {
        /// Flat tax.
        #[argument(unit = "EUR")]
        tax: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Church tax.
        #[argument(unit = "EUR")]
        amount: Decimal,
    },
    /// Your contributions of all branches: {parts} = {total}.
    #[step(citation = "SGB IV § 28g")]
    EmployeeContributions {
        /// The shares that are added up.
        parts: String,
        /// Together.
        #[argument(unit = "EUR")]
        total: Decimal,
    },
    /// No contributions are withheld from you: {total}.
    #[step(citation = "SGB IV § 28g")]
    NoEmployeeContributions {
        /// Nothing.
        #[argument(unit = "EUR")]
        total: Decimal,
    },
    /// The employer's contributions and levies: {parts} = {total}.
    #[step(citation = "SGB IV § 28e; AAG § 7; SGB III § 358")]
    EmployerContributions {
        /// The shares and levies that are added up.
        parts: String,
        /// Together.
        #[argument(unit = "EUR")]
        total: Decimal,
    },
    /// The employer pays no contributions and no levies: {total}.
    #[step(citation = "SGB IV § 28e")]
    NoEmployerContributions {
        /// Nothing.
        #[argument(unit = "EUR")]
        total: Decimal,
    },
    /// Earned in all: {parts} = {total}.
    #[step(citation = "Entgeltbescheinigungsverordnung § 1")]
    Earned {
        /// The earnings that are added up.
        parts: String,
        /// Together.
        #[argument(unit = "EUR")]
        total: Decimal,
    },
    /// Your taxes in all: {parts} = {total}.
    #[step(citation = "Entgeltbescheinigungsverordnung § 1")]
    Taxes {
        /// The taxes that are added up.
        parts: String,
        /// Together.
        #[argument(unit = "EUR")]
        total: Decimal,
    },
    /// Net pay: {earned} less taxes of {taxes} and contributions of {contributions} is {net}.
    #[step(citation = "Entgeltbescheinigungsverordnung § 1")]
    NetPay {
        /// Earnings.
        #[argument(unit = "EUR")]
        earned: Decimal,
        /// Taxes.
        #[argument(unit = "EUR")]
        taxes: Decimal,
        /// Employee's contributions.
        #[argument(unit = "EUR")]
        contributions: Decimal,
        /// Net pay.
        #[argument(unit = "EUR")]
        net: Decimal,
    },
    /// Paid out: net pay of {net}, plus a subsidy of {subsidy} and short-time allowance of
    /// {allowance}, less benefits in kind of {in_kind}
    /// and deductions of {deductions}, is {payout}.
    #[step(citation = "Entgeltbescheinigungsverordnung § 1")]
    Payout {
        /// Net pay.
        #[argument(unit = "EUR")]
        net: Decimal,
        /// Subsidy to private insurance.
        #[argument(unit = "EUR")]
        subsidy: Decimal,
        /// Short-time allowance.
        #[argument(unit = "EUR")]
        allowance: Decimal,
        /// Benefits in kind.
        #[argument(unit = "EUR")]
        in_kind: Decimal,
        /// Deductions from net pay.
        #[argument(unit = "EUR")]
        deductions: Decimal,
        /// Paid out.
        #[argument(unit = "EUR")]
        payout: Decimal,
    },
    /// Employer cost: {earned} earned plus contributions and levies of {contributions}, a subsidy
    /// of {subsidy} and flat tax of {flat_tax} is {cost}.
    EmployerCost {
        /// Earnings.
        #[argument(unit = "EUR")]
        earned: Decimal,
        /// Employer's contributions and levies.
        #[argument(unit = "EUR")]
        contributions: Decimal,
        /// Subsidy to private insurance.
        #[argument(unit = "EUR")]
        subsidy: Decimal,
        /// Flat tax.
        #[argument(unit = "EUR")]
        flat_tax: Decimal,
        /// Employer cost.
        #[argument(unit = "EUR")]
        cost: Decimal,
    },
}
