//! Pay for overtime, as a first rule to change: facts and the numbers of the law in, lines and
//! findings out. No number of the law stands here; those are in the ruleset's parameters.toml.
//!
//! What the attributes mean: `plugins/sdk/src/lib.rs`.

use stele_sdk::prelude::*;

/// What is known of an employee for a month.
#[derive(Facts)]
pub struct Month {
    /// Pay of a normal hour.
    #[fact(unit = "{{money}}/hour", minimum = "0", decimals = 4)]
    pub hourly_wage: Decimal,
    /// Hours worked beyond the normal ones.
    #[fact(unit = "hours", minimum = "0", maximum = "744", decimals = 2)]
    pub overtime_hours: Decimal,
}

/// The numbers of the law on the date of the calculation.
#[derive(Parameters)]
pub struct Law {
    /// What an hour of overtime is paid, of a normal hour.
    #[parameter(unit = "percent", minimum = "100", maximum = "1000")]
    pub overtime_percent: Decimal,
    /// Most hours of overtime in a month.
    #[parameter(unit = "hours", minimum = "0", maximum = "744")]
    pub maximum_overtime_hours: Decimal,
    /// Decimals to which the pay is rounded, halfway away from zero.
    #[parameter(unit = "decimals", minimum = "0", maximum = "4")]
    pub money_decimals: u32,
}

/// What the rule computes.
#[derive(Items, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Item {
    /// Pay for the hours of overtime.
    #[item(category = "earning")]
    OvertimePay,
}

/// What the rule may find.
#[derive(Findings, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Finding {
    /// {actual} hours of overtime are more than the {limit} that are allowed.
    #[finding(breach, unit = "hours")]
    TooMuchOvertime,
}

/// How the lines come about.
#[derive(Steps)]
pub enum Step {
    /// {hours} hours at {wage} are paid at {percent} %.
    #[step(parameters("overtime_percent"))]
    Overtime {
        /// Hours of overtime.
        #[argument(unit = "hours")]
        hours: Decimal,
        /// Pay of a normal hour.
        #[argument(unit = "{{money}}/hour")]
        wage: Decimal,
        /// What an hour of overtime is paid.
        #[argument(unit = "percent")]
        percent: Decimal,
    },
}

/// The rule.
pub struct {{struct}};

impl Rule for {{struct}} {
    const NAME: &'static str = "{{component}}";
    const MEANING: &'static str = "Pay for hours of overtime, and the most that are allowed.";

    type Facts = Month;
    type Parameters = Law;
    type Item = Item;
    type Figure = Nothing;
    type Finding = Finding;
    type Step = Step;

    fn evaluate(
        law: &Law,
        month: &Month,
        out: &mut Outcome<Item, Finding, Step>,
    ) -> Result<(), Fault> {
        let (hours, wage, percent) =
            (month.overtime_hours, month.hourly_wage, law.overtime_percent);
        out.step(|| Step::Overtime { hours, wage, percent });
        let pay = hours * wage * percent / Decimal::ONE_HUNDRED;
        let pay = pay.round_dp_with_strategy(
            law.money_decimals,
            RoundingStrategy::MidpointAwayFromZero,
        );
        out.line(Item::OvertimePay, pay);
        if hours > law.maximum_overtime_hours {
            out.finding(Finding::TooMuchOvertime).limit(law.maximum_overtime_hours).actual(hours);
        }
        Ok(())
    }
}

stele_sdk::export!({{struct}});
