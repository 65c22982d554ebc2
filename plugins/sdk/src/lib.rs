//! What a rule author depends on: write the facts as a struct, the numbers of the law as a struct,
//! and one function; the derive macros make the contract of `wit/rule.wit` of them.
//!
//! What may not enter: anything of the host, anything that needs an import (a clock, random numbers,
//! files), and floating-point numbers. A rule is a pure function.
//!
//! ```
//! use stele_sdk::prelude::*;
//!
//! /// What is known of an employee for a month.
//! #[derive(Facts)]
//! pub struct Month {
//!     /// Salary of the month before any deduction.
//!     #[fact(unit = "CNY/month", minimum = "0", decimals = 2)]
//!     pub gross: Decimal,
//!     /// Where the employee works.
//!     pub city: City,
//!     /// Hours worked beyond the normal ones.
//!     #[fact(unit = "hours", minimum = "0")]
//!     pub overtime: Option<Decimal>,
//! }
//!
//! /// A city with a minimum wage of its own.
//! #[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
//! pub enum City {
//!     /// Beijing.
//!     Beijing,
//!     /// Shanghai.
//!     Shanghai,
//! }
//!
//! /// The numbers of the law on the date of the calculation.
//! #[derive(Parameters)]
//! pub struct Law {
//!     /// Share of the gross salary that is withheld.
//!     pub rate: Decimal,
//!     /// Minimum wages, dated city by city.
//!     pub minimum_wages: Vec<MinimumWage>,
//! }
//!
//! /// The minimum wage of a city.
//! #[derive(Row)]
//! pub struct MinimumWage {
//!     /// The city.
//!     #[column(key, selected_by = "city")]
//!     pub city: City,
//!     /// The lowest salary of a full month.
//!     #[column(unit = "CNY/month")]
//!     pub amount: Decimal,
//! }
//!
//! /// What the rule computes.
//! #[derive(Items, Clone, Copy)]
//! pub enum Item {
//!     /// Tax withheld this month.
//!     #[item(category = "tax", citation = "Wage Tax Act, s. 1")]
//!     Tax,
//! }
//!
//! /// What the rule may find.
//! #[derive(Findings, Clone, Copy, PartialEq, Debug)]
//! pub enum Finding {
//!     /// The salary of {actual} lies below the minimum wage of {limit}.
//!     #[finding(breach, unit = "CNY/month", citation = "Labor Law, art. 48")]
//!     BelowMinimumWage,
//! }
//!
//! /// How the lines come about.
//! #[derive(Steps)]
//! pub enum Step {
//!     /// {gross} is taxed at {rate}.
//!     #[step(citation = "Wage Tax Act, s. 2", parameters("rate"))]
//!     Rate {
//!         #[argument(unit = "CNY/month")]
//!         gross: Decimal,
//!         rate: Decimal,
//!     },
//! }
//!
//! /// A tax at one rate, and the minimum wage of the city.
//! pub struct SmallRule;
//!
//! impl Rule for SmallRule {
//!     const NAME: &'static str = "small-rule";
//!     const MEANING: &'static str = "A tax at one rate, and the minimum wage of the city.";
//!     type Facts = Month;
//!     type Parameters = Law;
//!     type Item = Item;
//!     type Figure = Nothing;
//!     type Finding = Finding;
//!     type Step = Step;
//!
//!     fn check(law: &Law) -> Result<(), Fault> {
//!         if law.rate > Decimal::ONE {
//!             return Err(Fault::parameter(
//!                 Law::RATE,
//!                 format!("must be at most 1, found {}", law.rate),
//!             ));
//!         }
//!         Ok(())
//!     }
//!
//!     fn evaluate(
//!         law: &Law,
//!         month: &Month,
//!         out: &mut Outcome<Item, Finding, Step>,
//!     ) -> Result<(), Fault> {
//!         let minimum_wage = law
//!             .minimum_wages
//!             .iter()
//!             .find(|row| row.city == month.city)
//!             .ok_or_else(|| {
//!                 let city = month.city.name();
//!                 Fault::fact(Month::CITY, format!("no minimum wage is known for {city}"))
//!             })?
//!             .amount;
//!         if month.gross < minimum_wage {
//!             out.finding(Finding::BelowMinimumWage).limit(minimum_wage).actual(month.gross);
//!         }
//!         out.step(|| Step::Rate { gross: month.gross, rate: law.rate });
//!         out.line(Item::Tax, month.gross * law.rate);
//!         Ok(())
//!     }
//! }
//!
//! stele_sdk::export!(SmallRule); // makes the component; does nothing in a native build
//!
//! // The formula is tested with plain `cargo test`.
//! let law = Law {
//!     rate: Decimal::new(10, 2),
//!     minimum_wages: vec![MinimumWage { city: City::Beijing, amount: Decimal::from(2_540) }],
//! };
//! let month = Month { gross: Decimal::from(2_000), city: City::Beijing, overtime: None };
//! let mut out = Outcome::new(true);
//! SmallRule::evaluate(&law, &month, &mut out)?;
//! assert_eq!(out.amount(Item::Tax), Some(Decimal::from(200)));
//! assert_eq!(out.findings().next().unwrap().finding, Finding::BelowMinimumWage);
//! assert_eq!(out.steps().next().unwrap().text, "2000 is taxed at 0.1.");
//!
//! let elsewhere = Month { city: City::Shanghai, ..month };
//! let fault = SmallRule::evaluate(&law, &elsewhere, &mut out).unwrap_err();
//! assert_eq!(fault.message(), "no minimum wage is known for shanghai");
//! assert_eq!(stele_sdk::describe::<SmallRule>().facts[1].name, "city");
//! # Ok::<(), Fault>(())
//! ```
//!
//! # What the macros read
//!
//! The **doc comment** of every field, variant and choice is its meaning, and compulsory: it is what
//! people see in schemas, forms and explanations. **Names** are the fields' names and the variants'
//! names in `snake_case`; `name = "…"` says another (for a choice that is called `0T`).
//!
//! | on | attributes |
//! |---|---|
//! | `#[fact(…)]` | `name`, `unit`, `minimum`, `maximum`, `decimals`, `maximum_length`, `maximum_rows`, `optional` (a table that may be left out), `calculation_date` (a `Date` that the host fills in) |
//! | `#[parameter(…)]` | the same without `calculation_date` |
//! | `#[column(…)]` | `name`, `unit`, `minimum`, `maximum`, `decimals`, `maximum_length`, `key`, `selected_by = "fact"` |
//! | `#[choice(…)]` | `name` |
//! | `#[item(…)]` | `category` (compulsory), `name`, `unit`, `citation` |
//! | `#[finding(…)]` | `breach`, `warning` or `note` (compulsory), `name`, `unit`, `citation` |
//! | `#[step(…)]` | `name`, `citation`, `parameters("…", …)` |
//! | `#[argument(…)]` | `unit` |
//! | `#[quantity(…)]` | `unit` (compulsory) |
//!
//! Bounds are exact texts (`minimum = "0.01"`) or whole numbers, and inclusive. A text without
//! `maximum_length` has at most 256 characters, a table without `maximum_rows` at most 1,000 rows.
//!
//! # How a rule explains itself
//!
//! A function of the law has [`#[provision]`](macro@provision). In it [`work!`] is the plain
//! arithmetic that stands there, and where an explanation is asked for a formula of the same tokens
//! as well; [`say!`] is a sentence, for what is no formula; [`provisions!`](macro@provisions) lists the
//! functions. So a rule computes once, and can not explain what it did not compute. What is worked out
//! and no line is a figure (`#[derive(Figures)]`). `docs/writing-a-rule.md` leads from a law to a rule.
//!
//! The older way, as in the example above, is an enum of sentences with `#[derive(Steps)]`; a rule
//! with many keeps each part of the law in an enum of its own, and derives `Steps` on an enum of
//! these: `enum Step { Tax(TaxStep), Social(SocialStep) }`.
//!
//! The types that a field may have are listed in [`types`]. A table of which a rule needs several
//! days, because the law may change within a period, is one [by day](by_day).

// The macros and the bindings write `::stele_sdk`, also in this crate's own tests.
extern crate self as stele_sdk;

pub mod arithmetic;
pub mod brackets;
pub mod by_day;
mod canonical;
pub mod contract;
pub mod declaration;
mod describe;
mod evaluator;
mod exact;
mod fault;
mod moment;
mod names;
mod outcome;
mod provisions;
mod reading;
pub mod rounding;
mod rule;
pub mod sentence;
mod step_groups;
mod steps;
pub mod types;
mod view;

pub use jiff;
pub use rust_decimal;

pub use describe::describe;
pub use evaluator::Evaluator;
pub use fault::{Column, FactField, Fault, ParameterField};
pub use jiff::civil::Date;
pub use moment::{DateTime, MomentError};
pub use outcome::{FindingDraft, Outcome};
pub use provisions::Later;
pub use rule::{
    Choice, Facts, Figures, Findings, Items, Nothing, Parameters, Quantity, Row, Rule, Steps,
};
pub use rust_decimal::{Decimal, RoundingStrategy};
pub use stele_sdk_macros::{
    Bracket, Choice, Facts, Figures, Findings, Items, Parameters, Quantity, Row, Steps, provision,
    provisions,
};
pub use view::{FindingView, LineView, StepView};

/// All that a rule's source needs.
pub mod prelude {
    pub use crate::brackets::Brackets;
    pub use crate::{
        Bracket, Choice, Date, DateTime, Decimal, Facts, Fault, Figures, Findings, Items, Nothing,
        Outcome, Parameters, Quantity, RoundingStrategy, Row, Rule, Steps, provision, say, work,
    };
}

/// What the derive macros and `export!` write against. Not for rule authors: it may change.
#[doc(hidden)]
pub mod derive {
    pub use crate::brackets::BracketRow;
    pub use crate::canonical::FactValues;
    pub use crate::contract::{Scalar, Value};
    pub use crate::evaluator::Component;
    pub use crate::names::{check_column, check_fact, check_parameter, names_agree};
    pub use crate::provisions::{Listed, Provision, Target};
    pub use crate::reading::{CellReader, FactReader, ParameterReader, Unreadable};
    pub use crate::step_groups::{all_steps, steps_before};
    pub use crate::types::{ArgumentType, ColumnType, FieldType, ScalarType};
    pub use wit_bindgen::rt as runtime;
}

/// Makes the crate a rule component: `stele_sdk::export!(ChinaPayroll);`, once in a crate.
///
/// In a native build it only lets the compiler check that the names which declarations use of each
/// other exist.
#[macro_export]
macro_rules! export {
    ($rule:ty) => {
        const _: () = $crate::derive::names_agree::<$rule>();

        #[cfg(target_family = "wasm")]
        const _: () = {
            type Component = $crate::derive::Component<$rule>;
            $crate::contract::export_component!(Component with_types_in $crate::contract::in_memory);
        };
    };
}
