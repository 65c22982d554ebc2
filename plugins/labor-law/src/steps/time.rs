//! Sentences about hours worked, overtime and its pay.

use stele_sdk::prelude::*;

/// Steps about working time.
#[derive(Steps, Clone, Debug)]
pub enum TimeStep {
    /// {entries} time entries on {days} days make {hours} hours of work.
    Worked {
        /// Number of entries.
        entries: i64,
        /// Number of working days.
        days: i64,
        /// Hours without unpaid breaks.
        #[argument(unit = "hours")]
        hours: Decimal,
    },
    /// {hours} hours lie between {from} and {until} o'clock.
    #[step(
        citation = "Directive 2003/88/EC, art. 2 (3)",
        parameters("night_from_hour", "night_until_hour")
    )]
    Night {
        /// Night hours.
        #[argument(unit = "hours")]
        hours: Decimal,
        /// Begin of the night.
        from: i64,
        /// End of the night.
        until: i64,
    },
    /// Of {worked} hours of work, {overtime} are overtime; {normal} are normal hours.
    #[step(citation = "Regulations of the State Council on Working Hours, art. 3")]
    NormalHours {
        /// All hours of work.
        #[argument(unit = "hours")]
        worked: Decimal,
        /// Overtime of all classes.
        #[argument(unit = "hours")]
        overtime: Decimal,
        /// What is left.
        #[argument(unit = "hours")]
        normal: Decimal,
    },
    /// Work on workdays beyond {daily} hours a day makes {overtime} hours of overtime; {weekly} of
    /// them were within the day but beyond the normal week.
    #[step(
        citation = "Regulations of the State Council on Working Hours, art. 3",
        parameters("normal_daily_hours", "normal_weekly_hours")
    )]
    OvertimeOnWorkdays {
        /// Normal hours of a day.
        #[argument(unit = "hours")]
        daily: Decimal,
        /// Overtime on workdays.
        #[argument(unit = "hours")]
        overtime: Decimal,
        /// Of which beyond the week.
        #[argument(unit = "hours")]
        weekly: Decimal,
    },
    /// All {overtime} hours of work on days of rest are overtime.
    #[step(citation = "Labor Law, art. 44 (2)")]
    OvertimeOnRestDays {
        /// Hours of work.
        #[argument(unit = "hours")]
        overtime: Decimal,
    },
    /// All {overtime} hours of work on public holidays are overtime.
    #[step(citation = "Labor Law, art. 44 (3)")]
    OvertimeOnPublicHolidays {
        /// Hours of work.
        #[argument(unit = "hours")]
        overtime: Decimal,
    },
    /// {wage} a month / {days} paid days / {hours} hours = {hourly} an hour.
    #[step(
        citation = "Renshebufa [2025] No. 2, part 2",
        parameters("monthly_paid_days", "normal_daily_hours")
    )]
    HourlyWage {
        /// Monthly wage.
        #[argument(unit = "currency/month")]
        wage: Decimal,
        /// Paid days of a month.
        days: Decimal,
        /// Normal hours of a day.
        hours: Decimal,
        /// Hourly wage, shown to four decimals; the calculation goes on with the exact value.
        #[argument(unit = "currency/hour")]
        hourly: Decimal,
    },
    /// {taken} hours of work on days of rest were made up for by time off.
    #[step(citation = "Labor Law, art. 44 (2)")]
    TimeOff {
        /// Hours that are not paid.
        #[argument(unit = "hours")]
        taken: Decimal,
    },
    /// {hours} hours × {hourly} × {rate} = {pay}.
    #[step(citation = "Labor Law, art. 44", parameters("overtime_rates", "pay_decimals"))]
    OvertimePay {
        /// Paid hours.
        #[argument(unit = "hours")]
        hours: Decimal,
        /// Hourly wage, shown to four decimals.
        #[argument(unit = "currency/hour")]
        hourly: Decimal,
        /// Multiple.
        rate: Decimal,
        /// Rounded pay.
        #[argument(unit = "currency")]
        pay: Decimal,
    },
    /// Overtime pay of all classes: {parts} = {total}.
    #[step(citation = "Labor Law, art. 44")]
    OvertimePayInAll {
        /// What is added up.
        parts: String,
        /// Together.
        #[argument(unit = "currency")]
        total: Decimal,
    },
    /// Comprehensive working time from {from} to {until}: {worked} hours, {earlier} of them before
    /// this period, against {normal} normal hours leave {overtime} hours of overtime.
    #[step(
        citation = "Interim Provisions on Payment of Wages, art. 13; Renshebufa [2025] No. 2, part 1",
        parameters("averaging_periods", "normal_daily_hours")
    )]
    OvertimeOfPeriod {
        /// First day of the averaging period.
        from: Date,
        /// Last day.
        until: Date,
        /// Hours worked, public holidays left out.
        #[argument(unit = "hours")]
        worked: Decimal,
        /// Of which before the period of the calculation.
        #[argument(unit = "hours")]
        earlier: Decimal,
        /// Normal hours.
        #[argument(unit = "hours")]
        normal: Decimal,
        /// Overtime.
        #[argument(unit = "hours")]
        overtime: Decimal,
    },
    /// Overtime of all averaging periods: {parts} = {total}.
    #[step(citation = "Interim Provisions on Payment of Wages, art. 13")]
    OvertimeOfPeriods {
        /// What is added up.
        parts: String,
        /// Together.
        #[argument(unit = "hours")]
        total: Decimal,
    },
    /// Comprehensive working time: no averaging period whose hours are known ends in this period, so
    /// there is no overtime yet.
    #[step(citation = "Interim Provisions on Payment of Wages, art. 13")]
    AveragingPeriodOpen {},
    /// Under the comprehensive system work on days of rest is counted with all other work.
    #[step(citation = "Interim Provisions on Payment of Wages, art. 13")]
    RestDaysTogether {},
    /// Flexible working time knows no overtime.
    #[step(citation = "Interim Provisions on Payment of Wages, art. 13")]
    FlexibleHours {},
    /// {hours} hours from {from} to {until}, on {days} days without {neutral} days of leave, are
    /// {average} a week.
    #[step(
        citation = "Directive 2003/88/EC, art. 16 (b)",
        parameters("maximum_average_weekly_hours", "reference_months", "neutral_leave")
    )]
    Average {
        /// Hours worked.
        #[argument(unit = "hours")]
        hours: Decimal,
        /// First day.
        from: Date,
        /// Last day.
        until: Date,
        /// Calendar days that count.
        days: i64,
        /// Calendar days left out.
        neutral: i64,
        /// Average.
        #[argument(unit = "hours/week")]
        average: Decimal,
    },
    /// {hours} hours in {days} periods of 24 hours, one a week left out for rest, are {average}.
    #[step(
        citation = "Directive 2003/88/EC, arts. 8 (a) and 16 (c)",
        parameters("maximum_night_average_hours")
    )]
    NightAverage {
        /// Hours worked.
        #[argument(unit = "hours")]
        hours: Decimal,
        /// Periods of 24 hours.
        days: i64,
        /// Average.
        #[argument(unit = "hours")]
        average: Decimal,
    },
    /// Overtime in {month} that counts towards the cap of {limit} hours: {hours}.
    #[step(
        citation = "Labor Law, art. 41",
        parameters("maximum_monthly_overtime_hours", "overtime_rates")
    )]
    MonthlyOvertime {
        /// Month, as 2026-03.
        month: String,
        /// Cap.
        #[argument(unit = "hours")]
        limit: Decimal,
        /// Overtime that counts.
        #[argument(unit = "hours")]
        hours: Decimal,
    },
}
