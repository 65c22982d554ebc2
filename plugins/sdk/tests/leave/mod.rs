//! Pay for days of leave: a rule that uses every type and attribute of the SDK once.

#![allow(dead_code, unreachable_pub, reason = "written as a rule's own crate would be")]

use stele_sdk::prelude::*;

/// What is known of an employee.
#[derive(Facts)]
pub struct Month {
    /// Salary of the month,
    /// before any deduction.
    #[fact(minimum = "0.01", maximum = 1000000, decimals = 2)]
    pub gross: Yuan,
    /// Where the leave is taken.
    pub country: Country,
    /// Days of leave taken.
    #[fact(unit = "days", maximum = "366")]
    pub days: u32,
    /// Does the employee work full time?
    pub full_time: bool,
    /// First day of the employment.
    pub hired_on: Option<Date>,
    /// Anything to be said.
    #[fact(maximum_length = 64)]
    pub remark: Option<String>,
    /// Shifts of the month.
    #[fact(optional, maximum_rows = 400)]
    pub shifts: Vec<Shift>,
    /// Date of the calculation.
    #[fact(calculation_date)]
    pub date: Date,
}

/// An amount of money.
#[derive(Quantity, Clone, Copy, Debug)]
#[quantity(unit = "CNY")]
pub struct Yuan(pub Decimal);

/// Where the leave is taken.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Country {
    /// The mainland.
    MainlandChina,
    /// A territory whose code begins with a digit.
    #[choice(name = "0T")]
    Territory,
}

/// One shift.
#[derive(Row)]
pub struct Shift {
    /// When it begins.
    pub start: DateTime,
    /// When it ends.
    pub end: DateTime,
    /// Anything to be said.
    #[column(maximum_length = 20)]
    pub note: Option<String>,
}

/// The numbers of the law.
#[derive(Parameters)]
pub struct Law {
    /// Paid days of a month.
    #[parameter(unit = "days")]
    pub days_of_month: Decimal,
    /// Days of leave, and how they are paid.
    pub tiers: Vec<Tier>,
    /// Lowest pay of a day.
    #[parameter(unit = "CNY/day")]
    pub floor: Option<Decimal>,
}

/// Days of leave, and how they are paid.
#[derive(Row)]
pub struct Tier {
    /// Where the tier applies.
    #[column(key, selected_by = "country")]
    pub country: Country,
    /// Up to this many days.
    #[column(key, unit = "days")]
    pub days: u16,
    /// Share of the salary that is paid.
    pub rate: Decimal,
}

/// Lines.
#[derive(Items, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Item {
    /// Pay for the days of leave.
    #[item(category = "earning", citation = "Leave Regulation, art. 5")]
    LeavePay,
    /// Days that are left.
    #[item(category = "ledger", unit = "days")]
    DaysLeft,
}

/// Findings.
#[derive(Findings, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Finding {
    /// {subject}: {actual} days exceed {limit}.
    #[finding(breach, unit = "days", citation = "Leave Regulation, art. 3")]
    TooManyDays,
    /// No shifts are known.
    #[finding(note)]
    NoShifts,
}

/// Steps.
#[derive(Steps)]
pub enum Step {
    /// A day is worth {day}, paid at {rate}.
    #[step(citation = "Leave Regulation, art. 5", parameters("tiers", "days_of_month"))]
    Day {
        day: Yuan,
        #[argument(unit = "percent")]
        rate: Decimal,
    },
    /// {country} on {date}: {remark}.
    Remark { country: Country, date: Date, remark: Option<String> },
}

/// Pay for days of leave.
pub struct LeavePay;

impl Rule for LeavePay {
    const NAME: &'static str = "leave-pay";
    const MEANING: &'static str = "Pay for days of leave.";
    type Facts = Month;
    type Parameters = Law;
    type Item = Item;
    type Figure = Nothing;
    type Finding = Finding;
    type Step = Step;

    fn check(law: &Law) -> Result<(), Fault> {
        if law.days_of_month <= Decimal::ZERO {
            let message = format!("must be over 0, found {}", law.days_of_month);
            let fault = Fault::parameter(Law::DAYS_OF_MONTH, message);
            return Err(fault.citing("Leave Regulation, art. 2"));
        }
        Ok(())
    }

    fn evaluate(
        law: &Law,
        month: &Month,
        out: &mut Outcome<Item, Finding, Step>,
    ) -> Result<(), Fault> {
        for (row, shift) in month.shifts.iter().enumerate() {
            let minutes = shift.start.minutes_until(&shift.end);
            if minutes <= 0 {
                let message = format!("must be after the start, found {} minutes before", -minutes);
                return Err(Fault::fact_cell(Month::SHIFTS, row, Shift::END, message));
            }
        }
        let tiers = law.tiers.iter().filter(|tier| tier.country == month.country);
        let allowed = tiers.clone().map(|tier| tier.days).min().unwrap_or_default();
        let rate = tiers
            .filter(|tier| u32::from(tier.days) >= month.days)
            .map(|tier| tier.rate)
            .min()
            .unwrap_or_default();
        let day = (month.gross.0 / law.days_of_month).max(law.floor.unwrap_or_default());
        out.step(|| Step::Day { day: Yuan(day), rate });
        out.line(Item::LeavePay, day * Decimal::from(month.days) * rate);

        let remark = |about: Option<&str>| Step::Remark {
            country: month.country,
            date: month.date,
            remark: about.map(str::to_owned),
        };
        out.step(|| remark(None));
        let about = month.remark.as_deref().unwrap_or("everybody");
        let left = Decimal::from(allowed) - Decimal::from(month.days);
        out.line_about(Item::DaysLeft, about, left.max(Decimal::ZERO));
        out.step(|| remark(Some(about)));

        if Decimal::from(month.days) > Decimal::from(allowed) {
            out.finding(Finding::TooManyDays)
                .about(about)
                .on(month.date)
                .limit(allowed)
                .actual(month.days);
        }
        if month.shifts.is_empty() {
            out.finding(Finding::NoShifts);
        }
        Ok(())
    }
}

stele_sdk::export!(LeavePay);
