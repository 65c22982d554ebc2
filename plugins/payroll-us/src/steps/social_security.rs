//! Social security, Medicare and unemployment tax.

use stele_sdk::prelude::*;

/// Steps of this part of the explanation.
#[derive(Steps, Clone, Debug)]
pub enum SocialSecurityStep {
    /// Pay of {pay} less contributions to a cafeteria plan and a health savings account of {deductions} = {wages}, which count for social security and Medicare.
    #[step(citation = "26 U.S.C. s. 3121 (a) (5) (G) and (v) (1) (A)")]
    FicaWages {
        /// All pay.
        #[argument(unit = "USD")]
        pay: Decimal,
        /// What does not count.
        #[argument(unit = "USD")]
        deductions: Decimal,
        /// What counts.
        #[argument(unit = "USD")]
        wages: Decimal,
    },
    /// Social security: of wages of {wages}, {liable} lies below the year's base of {base}; {rate} % of it is {tax}.
    #[step(
        citation = "26 U.S.C. ss. 3101 (a) and 3121 (a) (1)",
        parameters("social_security_rate", "social_security_wage_base")
    )]
    SocialSecurity {
        /// Wages.
        #[argument(unit = "USD")]
        wages: Decimal,
        /// Below the base.
        #[argument(unit = "USD")]
        liable: Decimal,
        /// The year's base.
        #[argument(unit = "USD")]
        base: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
    /// Social security: after earlier wages of {earlier}, {liable} of wages of {wages} lies below the year's base of {base}; {rate} % of it is {tax}.
    #[step(
        citation = "26 U.S.C. ss. 3101 (a) and 3121 (a) (1)",
        parameters("social_security_rate", "social_security_wage_base")
    )]
    SocialSecurityLater {
        /// Earlier in the year.
        #[argument(unit = "USD")]
        earlier: Decimal,
        /// Below the base.
        #[argument(unit = "USD")]
        liable: Decimal,
        /// Wages.
        #[argument(unit = "USD")]
        wages: Decimal,
        /// The year's base.
        #[argument(unit = "USD")]
        base: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
    /// Medicare: {rate} % of wages of {wages} is {tax}.
    #[step(citation = "26 U.S.C. s. 3101 (b) (1)", parameters("medicare_rate"))]
    Medicare {
        /// Wages.
        #[argument(unit = "USD")]
        wages: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
    /// Additional Medicare tax: of the year's wages of {wages}, {liable} lies above {from}; {rate} % of it is {tax}.
    #[step(
        citation = "26 U.S.C. s. 3101 (b) (2)",
        parameters("additional_medicare_rate", "income_tax_terms")
    )]
    AdditionalMedicare {
        /// Wages of the year.
        #[argument(unit = "USD")]
        wages: Decimal,
        /// Above the amount.
        #[argument(unit = "USD")]
        liable: Decimal,
        /// The amount.
        #[argument(unit = "USD")]
        from: Decimal,
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
    /// Additional Medicare tax: after earlier wages of {earlier} in the year, {liable} of wages of {wages} lies above {from}. {medicare_rate} % of {wages} and {rate} % of {liable} are together {sum}; less Medicare of {medicare}, {tax} is additional.
    #[step(
        citation = "26 U.S.C. ss. 3101 (b) and 3102 (f)",
        parameters("medicare_rate", "additional_medicare_rate", "additional_medicare_from")
    )]
    AdditionalMedicareWithheld {
        /// Earlier in the year.
        #[argument(unit = "USD")]
        earlier: Decimal,
        /// Above the amount.
        #[argument(unit = "USD")]
        liable: Decimal,
        /// Wages.
        #[argument(unit = "USD")]
        wages: Decimal,
        /// The amount.
        #[argument(unit = "USD")]
        from: Decimal,
        /// Rate of Medicare.
        #[argument(unit = "percent")]
        medicare_rate: Decimal,
        /// Additional rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Both, to the cent.
        #[argument(unit = "USD")]
        sum: Decimal,
        /// Medicare.
        #[argument(unit = "USD")]
        medicare: Decimal,
        /// Additional tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
    /// Social security of the employer: {rate} % of wages of {wages} is {tax}.
    #[step(
        citation = "26 U.S.C. s. 3111 (a)",
        parameters("social_security_rate", "social_security_wage_base")
    )]
    EmployerSocialSecurity {
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Wages below the base.
        #[argument(unit = "USD")]
        wages: Decimal,
        /// Tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
    /// Medicare of the employer: {rate} % of wages of {wages} is {tax}.
    #[step(citation = "26 U.S.C. s. 3111 (b)", parameters("medicare_rate"))]
    EmployerMedicare {
        /// Rate.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Wages.
        #[argument(unit = "USD")]
        wages: Decimal,
        /// Tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
    /// Unemployment tax of the employer: of wages of {wages}, {liable} lies below the year's base of {base}; {rate} % of it is {tax}.
    #[step(
        citation = "26 U.S.C. ss. 3301, 3302 and 3306 (b)",
        parameters("futa_rate", "futa_credit", "futa_wage_base")
    )]
    Futa {
        /// Wages.
        #[argument(unit = "USD")]
        wages: Decimal,
        /// Below the base.
        #[argument(unit = "USD")]
        liable: Decimal,
        /// The year's base.
        #[argument(unit = "USD")]
        base: Decimal,
        /// Rate after the credit.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
    /// Unemployment tax of the employer: after earlier wages of {earlier}, {liable} of wages of {wages} lies below the year's base of {base}; {rate} % of it is {tax}.
    #[step(
        citation = "26 U.S.C. ss. 3301, 3302 and 3306 (b)",
        parameters("futa_rate", "futa_credit", "futa_wage_base")
    )]
    FutaLater {
        /// Earlier in the year.
        #[argument(unit = "USD")]
        earlier: Decimal,
        /// Below the base.
        #[argument(unit = "USD")]
        liable: Decimal,
        /// Wages.
        #[argument(unit = "USD")]
        wages: Decimal,
        /// The year's base.
        #[argument(unit = "USD")]
        base: Decimal,
        /// Rate after the credit.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
    /// The state's credit is reduced by {rate} %: on {liable} {tax} more.
    #[step(citation = "26 U.S.C. s. 3302 (c) (2)", parameters("futa_credit_reductions"))]
    FutaCreditReduction {
        /// Wages.
        #[argument(unit = "USD")]
        liable: Decimal,
        /// Reduction.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// Tax.
        #[argument(unit = "USD")]
        tax: Decimal,
    },
}
