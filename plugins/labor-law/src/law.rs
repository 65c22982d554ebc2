//! The law as dated data: every limit, rate and table that the checks compare with.
//!
//! A limit that a ruleset does not set is absent, and its check is skipped. That is how one
//! component serves both Chinese labor law and the European directive.

use stele_sdk::prelude::*;

use crate::facts::{
    AveragingPeriod, City, ContractKind, DayClass, Derogation, EndGround, LeaveKind, Party,
    Provision,
};

/// Limits, rates and tables of one jurisdiction on one date.
#[derive(Parameters, Clone, Debug)]
pub struct Law {
    /// Normal working time of a day. Work beyond it on a workday is overtime.
    #[parameter(unit = "hours", minimum = "0", maximum = "24")]
    pub normal_daily_hours: Option<Decimal>,
    /// Normal working time of a week, Monday to Sunday. Work beyond it is overtime.
    #[parameter(unit = "hours", minimum = "0", maximum = "168")]
    pub normal_weekly_hours: Option<Decimal>,
    /// Most hours of a working day, overtime included.
    #[parameter(unit = "hours", minimum = "0", maximum = "24")]
    pub maximum_daily_hours: Option<Decimal>,
    /// Most hours of any week, overtime included.
    #[parameter(unit = "hours", minimum = "0", maximum = "168")]
    pub maximum_weekly_hours: Option<Decimal>,
    /// Most hours of any calendar month, overtime included.
    #[parameter(unit = "hours", minimum = "0", maximum = "744")]
    pub maximum_monthly_hours: Option<Decimal>,
    /// Most hours of a week on average over the reference period, overtime included.
    #[parameter(unit = "hours/week", minimum = "0", maximum = "168")]
    pub maximum_average_weekly_hours: Option<Decimal>,
    /// Longest reference period of the average.
    #[parameter(unit = "months", minimum = "1", maximum = "12")]
    pub reference_months: Option<i64>,
    /// Longest reference period that may be agreed.
    #[parameter(unit = "months", minimum = "1", maximum = "12")]
    pub longest_reference_months: Option<i64>,
    /// An employee may agree to exceed the average.
    pub longer_hours_by_agreement: Option<bool>,
    /// Kinds of leave whose days are left out of the average.
    #[parameter(optional)]
    pub neutral_leave: Vec<LeaveRule>,

    /// Working days of each averaging period under the comprehensive system.
    #[parameter(optional)]
    pub averaging_periods: Vec<AveragingDays>,
    /// Gap between two entries below which work after midnight still belongs to the working day
    /// before. None: any gap ends the working day at midnight.
    #[parameter(unit = "hours", minimum = "0", maximum = "12")]
    pub shift_break_hours: Option<Decimal>,

    /// Overtime of a day that is usual after consultation.
    #[parameter(unit = "hours", minimum = "0", maximum = "24")]
    pub usual_daily_overtime_hours: Option<Decimal>,
    /// Most overtime of a day.
    #[parameter(unit = "hours", minimum = "0", maximum = "24")]
    pub maximum_daily_overtime_hours: Option<Decimal>,
    /// Most overtime of a calendar month.
    #[parameter(unit = "hours", minimum = "0", maximum = "744")]
    pub maximum_monthly_overtime_hours: Option<Decimal>,
    /// What overtime of each class is paid, and whether it counts towards the monthly cap.
    #[parameter(optional)]
    pub overtime_rates: Vec<OvertimeRate>,
    /// Paid days in an average month: what a monthly wage is divided by.
    #[parameter(unit = "days/month", minimum = "1", maximum = "31")]
    pub monthly_paid_days: Option<Decimal>,
    /// Decimals of the smallest unit in which pay can be paid.
    #[parameter(minimum = "0", maximum = "4")]
    pub pay_decimals: Option<i64>,

    /// Uninterrupted rest in each 24 hours.
    #[parameter(unit = "hours", minimum = "0", maximum = "24")]
    pub minimum_daily_rest_hours: Option<Decimal>,
    /// Uninterrupted rest in each week, without the daily rest that is added to it.
    #[parameter(unit = "hours", minimum = "0", maximum = "168")]
    pub minimum_weekly_rest_hours: Option<Decimal>,
    /// Weeks over which the weekly rest may be counted together. None: one.
    #[parameter(unit = "weeks", minimum = "1", maximum = "4")]
    pub weekly_rest_reference_weeks: Option<i64>,
    /// What may be derogated from, on which ground.
    #[parameter(optional)]
    pub derogations: Vec<DerogationRule>,
    /// Working time of a day beyond which a rest break is due.
    #[parameter(unit = "hours", minimum = "0", maximum = "24")]
    pub break_after_hours: Option<Decimal>,
    /// Least length of that break. None: any break will do.
    #[parameter(unit = "minutes", minimum = "0", maximum = "240")]
    pub minimum_break_minutes: Option<i64>,

    /// Hour of the day at which the night begins.
    #[parameter(unit = "hour of the day", minimum = "0", maximum = "23")]
    pub night_from_hour: Option<i64>,
    /// Hour of the day at which the night ends.
    #[parameter(unit = "hour of the day", minimum = "0", maximum = "23")]
    pub night_until_hour: Option<i64>,
    /// Most hours of a night worker on average in 24 hours.
    #[parameter(unit = "hours", minimum = "0", maximum = "24")]
    pub maximum_night_average_hours: Option<Decimal>,
    /// Most hours in 24 of a night worker whose work is hazardous.
    #[parameter(unit = "hours", minimum = "0", maximum = "24")]
    pub maximum_hazardous_night_hours: Option<Decimal>,

    /// Minimum wages by city.
    pub minimum_wages: Vec<MinimumWage>,

    /// Longest probation by kind and term of the contract.
    #[parameter(optional)]
    pub probation: Vec<ProbationLimit>,
    /// Least share of the wage that is paid in probation.
    #[parameter(unit = "share", minimum = "0", maximum = "1")]
    pub probation_pay_share: Option<Decimal>,

    /// Annual leave by years of service.
    #[parameter(optional)]
    pub annual_leave: Vec<LeaveBand>,
    /// Annual leave in weeks, whatever the service.
    #[parameter(unit = "weeks", minimum = "0", maximum = "52")]
    pub annual_leave_weeks: Option<Decimal>,

    /// Days by which the leave of a year is divided where somebody joined or left in it. None: it
    /// is not prorated.
    #[parameter(unit = "days", minimum = "365", maximum = "366")]
    pub leave_year_days: Option<i64>,
    /// Pay for a day of leave that was not taken, as a multiple of a day's wage.
    #[parameter(unit = "times the day's wage", minimum = "0", maximum = "10")]
    pub untaken_leave_rate: Option<Decimal>,
    /// The part of that multiple that the wage for the day's work was already.
    #[parameter(unit = "times the day's wage", minimum = "0", maximum = "10")]
    pub untaken_leave_rate_in_wages: Option<Decimal>,

    /// Periods of notice.
    #[parameter(optional)]
    pub notice: Vec<NoticeRule>,
    /// How often severance is due on each ground. A ground without a row gives none.
    #[parameter(optional)]
    pub severance: Vec<SeveranceRule>,
    /// First day of service that counts towards severance.
    pub severance_counts_from: Option<Date>,
    /// How many times the local average wage the wage of severance may be.
    #[parameter(minimum = "0", maximum = "100")]
    pub severance_wage_cap: Option<Decimal>,
    /// Most years of service that count where the wage is capped.
    #[parameter(unit = "years", minimum = "0", maximum = "100")]
    pub severance_years_cap: Option<i64>,
    /// Average wages of a month of all employees in the year before, by city.
    pub average_wages: Vec<AverageWage>,

    /// Kinds of leave that leave full attendance intact.
    #[parameter(optional)]
    pub attendance_leave: Vec<LeaveRule>,
    /// Statutory calendar: public holidays, and weekend days and weekdays that were exchanged.
    /// Ascending by day. Where it is given it must cover every year that is calculated.
    #[parameter(optional)]
    pub statutory_calendar: Vec<StatutoryDay>,
}

/// A kind of leave to which a provision applies.
#[derive(Row, Clone, Debug)]
pub struct LeaveRule {
    /// The kind.
    pub kind: LeaveKind,
}

/// Pay for overtime of one class.
#[derive(Row, Clone, Debug)]
pub struct OvertimeRate {
    /// Class of the day.
    pub class: DayClass,
    /// Pay for an hour, as a multiple of the hourly wage.
    #[column(unit = "times the hourly wage", minimum = "0", maximum = "10")]
    pub rate: Decimal,
    /// The hours count towards the monthly cap.
    pub counts_towards_cap: bool,
}

/// Working days of an averaging period.
#[derive(Row, Clone, Debug)]
pub struct AveragingDays {
    /// The period.
    pub period: AveragingPeriod,
    /// Working days in it, public holidays taken off.
    #[column(unit = "days", minimum = "1", maximum = "366")]
    pub days: Decimal,
}

/// A provision that may be derogated from.
#[derive(Row, Clone, Debug)]
pub struct DerogationRule {
    /// The ground.
    pub ground: Derogation,
    /// The provision.
    pub provision: Provision,
    /// Equivalent rest must be given instead. Otherwise the provision does not apply.
    pub compensated: bool,
}

/// What severance a ground gives.
#[derive(Row, Clone, Debug)]
pub struct SeveranceRule {
    /// The ground.
    pub ground: EndGround,
    /// How often the wage of the years of service is due.
    #[column(unit = "times", minimum = "0", maximum = "10")]
    pub times: Decimal,
}

/// Average wage of all employees of a city.
#[derive(Row, Clone, Debug)]
pub struct AverageWage {
    /// The city.
    #[column(key, selected_by = "city")]
    pub city: City,
    /// Of a month.
    #[column(unit = "currency/month", minimum = "0")]
    pub monthly: Decimal,
}

/// Minimum wage of a city.
#[derive(Row, Clone, Debug)]
pub struct MinimumWage {
    /// The city.
    #[column(key, selected_by = "city")]
    pub city: City,
    /// For a month of full-time work.
    #[column(unit = "currency/month", minimum = "0")]
    pub monthly: Decimal,
    /// For an hour of part-time work.
    #[column(unit = "currency/hour", minimum = "0")]
    pub hourly: Decimal,
}

/// Longest probation from a term of the contract upwards.
#[derive(Row, Clone, Debug)]
pub struct ProbationLimit {
    /// Kind of the contract.
    pub kind: ContractKind,
    /// Term of the contract from which the row applies.
    #[column(unit = "months", minimum = "0", maximum = "1200")]
    pub from_months: i64,
    /// Longest probation. 0: none may be agreed.
    #[column(unit = "months", minimum = "0", maximum = "120")]
    pub months: i64,
}

/// Annual leave from a number of years upwards.
#[derive(Row, Clone, Debug)]
pub struct LeaveBand {
    /// Full years of service from which the row applies.
    #[column(unit = "years", minimum = "0", maximum = "100")]
    pub from_years: i64,
    /// Leave in a year.
    #[column(unit = "days", minimum = "0", maximum = "366")]
    pub days: Decimal,
}

/// A period of notice.
#[derive(Row, Clone, Debug)]
pub struct NoticeRule {
    /// Who gives notice.
    pub party: Party,
    /// Whether it applies in probation or after.
    pub in_probation: bool,
    /// Least number of calendar days between notice and end.
    #[column(unit = "days", minimum = "0", maximum = "366")]
    pub days: i64,
}

/// A day that the State declared to be something else than its weekday says.
#[derive(Row, Clone, Debug)]
pub struct StatutoryDay {
    /// The day.
    pub date: Date,
    /// What it is.
    pub class: DayClass,
}
