//! How the lines and findings came about, in sentences with the numbers that were used.

use stele_sdk::prelude::*;

/// Steps of an explanation.
#[derive(Steps, Clone, Debug)]
pub enum Step {
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
    /// Of {planned} planned days, {leave} were leave and {absent} were missed; work began late on
    /// {late}.
    Attendance {
        /// Planned days.
        planned: i64,
        /// Covered by leave.
        leave: i64,
        /// Missed.
        absent: i64,
        /// Begun late.
        late: i64,
    },
    /// {late} late starts came to {minutes} minutes in all.
    LateMinutes {
        /// Begun late.
        late: i64,
        /// Minutes, beyond the grace or not.
        minutes: i64,
    },
    /// {days} days of leave on planned days count as absence for full attendance.
    #[step(parameters("attendance_leave"))]
    LeaveAgainstAttendance {
        /// Days.
        days: i64,
    },
    /// Full attendance takes a planned day or more, here {planned}, and none missed ({absent}), none
    /// begun late ({late}) and no leave that counts as absence ({against}): {full} (1: yes, 0: no).
    FullAttendance {
        /// Planned days.
        planned: i64,
        /// Missed.
        absent: i64,
        /// Begun late.
        late: i64,
        /// Days of leave that count as absence.
        against: i64,
        /// 1 for full attendance, else 0.
        full: i64,
    },
    /// After {years} full years of service the law gives {days} days of annual leave.
    #[step(citation = "Regulations on Paid Annual Leave, art. 3", parameters("annual_leave"))]
    AnnualLeaveByService {
        /// Full years.
        years: i64,
        /// Days a year.
        #[argument(unit = "days")]
        days: Decimal,
    },
    /// Employed here from {from} to {until} of the year: {calendar_days} days / {of} × {whole_year}
    /// days, fractions dropped, are {days} days of annual leave.
    #[step(
        citation = "Implementing Measures for Paid Annual Leave, Order 1 of 2008 of the Ministry of Human Resources and Social Security, arts. 5 and 12",
        parameters("leave_year_days")
    )]
    AnnualLeaveOfPart {
        /// First day.
        from: Date,
        /// Last day.
        until: Date,
        /// Calendar days.
        calendar_days: i64,
        /// Days of the year.
        of: i64,
        /// Leave of the whole year.
        #[argument(unit = "days")]
        whole_year: Decimal,
        /// Leave of the part.
        #[argument(unit = "days")]
        days: Decimal,
    },
    /// Of {due} days of leave by law, {taken} were taken, {carried} are carried over and {declined}
    /// were declined: {days} days were not taken.
    #[step(
        citation = "Implementing Measures for Paid Annual Leave, Order 1 of 2008 of the Ministry of Human Resources and Social Security, arts. 9, 10 and 12"
    )]
    UntakenLeave {
        /// Leave by law.
        #[argument(unit = "days")]
        due: Decimal,
        /// Taken.
        #[argument(unit = "days")]
        taken: Decimal,
        /// Carried over with consent.
        #[argument(unit = "days")]
        carried: Decimal,
        /// Declined in writing.
        #[argument(unit = "days")]
        declined: Decimal,
        /// Not taken.
        #[argument(unit = "days")]
        days: Decimal,
    },
    /// Pay for untaken leave: {days} days × {wage} a month / {paid_days} paid days × ({rate} −
    /// {in_wages} that the wages were already) = {pay}.
    #[step(
        citation = "Implementing Measures for Paid Annual Leave, Order 1 of 2008 of the Ministry of Human Resources and Social Security, arts. 10 and 11",
        parameters(
            "untaken_leave_rate",
            "untaken_leave_rate_in_wages",
            "monthly_paid_days",
            "pay_decimals"
        )
    )]
    UntakenLeavePay {
        /// Days.
        #[argument(unit = "days")]
        days: Decimal,
        /// Wage of a month without overtime pay.
        #[argument(unit = "currency/month")]
        wage: Decimal,
        /// Paid days of a month.
        paid_days: Decimal,
        /// Multiple.
        rate: Decimal,
        /// Part of it that was paid already.
        in_wages: Decimal,
        /// Pay.
        #[argument(unit = "currency")]
        pay: Decimal,
    },
    /// Service from {from} to {until}, {months} full months, counts as {years} years.
    #[step(citation = "Labor Contract Law, art. 47", parameters("severance_counts_from"))]
    SeveranceYears {
        /// First day that counts.
        from: Date,
        /// Last day.
        until: Date,
        /// Full months.
        months: i64,
        /// Years, in halves.
        #[argument(unit = "years")]
        years: Decimal,
    },
    /// The wage of {wage} is above {times} times the local average of {average}: {limit} counts,
    /// and {counted} of the {years} years.
    #[step(
        citation = "Labor Contract Law, art. 47",
        parameters("severance_wage_cap", "severance_years_cap", "average_wages")
    )]
    SeveranceCap {
        /// Wage of a month.
        #[argument(unit = "currency/month")]
        wage: Decimal,
        /// How many times the average.
        times: Decimal,
        /// Local average.
        #[argument(unit = "currency/month")]
        average: Decimal,
        /// What counts.
        #[argument(unit = "currency/month")]
        limit: Decimal,
        /// Years of service.
        #[argument(unit = "years")]
        years: Decimal,
        /// Years that count.
        #[argument(unit = "years")]
        counted: Decimal,
    },
    /// Severance: {wage} a month × {years} years × {times}, as the ground gives, = {amount}.
    #[step(citation = "Labor Contract Law, arts. 46, 47 and 87", parameters("severance"))]
    Severance {
        /// Wage of a month.
        #[argument(unit = "currency/month")]
        wage: Decimal,
        /// Years that count.
        #[argument(unit = "years")]
        years: Decimal,
        /// 1, 2 for an end against the law, 0 where the ground gives none.
        times: Decimal,
        /// Severance.
        #[argument(unit = "currency")]
        amount: Decimal,
    },
    /// Notice was not given: the wage of a month, {wage}, is paid instead.
    #[step(citation = "Labor Contract Law, art. 40; its Implementing Regulations, art. 20")]
    PayInLieuOfNotice {
        /// Wage of a month.
        #[argument(unit = "currency/month")]
        wage: Decimal,
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
    /// {weeks} weeks of {per_week} working days are {days} days of annual leave.
    #[step(citation = "Directive 2003/88/EC, art. 7", parameters("annual_leave_weeks"))]
    AnnualLeaveByWeeks {
        /// Weeks.
        weeks: Decimal,
        /// Working days of a week.
        per_week: Decimal,
        /// Days a year.
        #[argument(unit = "days")]
        days: Decimal,
    },
    /// {granted} days are granted, of which {taken} are taken: {left} are left.
    AnnualLeaveLeft {
        /// Days granted.
        #[argument(unit = "days")]
        granted: Decimal,
        /// Days taken.
        #[argument(unit = "days")]
        taken: Decimal,
        /// Days left; below zero where more were taken.
        #[argument(unit = "days")]
        left: Decimal,
    },
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
    /// The minimum wage is {monthly} a month and {hourly} an hour.
    #[step(citation = "Provisions on Minimum Wages, art. 5", parameters("minimum_wages"))]
    MinimumWage {
        /// For a month of full-time work.
        #[argument(unit = "currency/month")]
        monthly: Decimal,
        /// For an hour of part-time work.
        #[argument(unit = "currency/hour")]
        hourly: Decimal,
    },
    /// A contract of this kind and of {term} full months allows {months} months of probation, to
    /// {until}.
    #[step(citation = "Labor Contract Law, art. 19", parameters("probation"))]
    ProbationLength {
        /// Full months of the contract; 0 where it has no end.
        term: i64,
        /// Months that are allowed.
        months: i64,
        /// Last day that is allowed.
        until: Date,
    },
    /// The least wage in probation is {share} of {wage}, and not less than the minimum wage:
    /// {least}.
    #[step(citation = "Labor Contract Law, art. 20", parameters("probation_pay_share"))]
    ProbationPay {
        /// Share.
        share: Decimal,
        /// Wage that the share is taken of.
        #[argument(unit = "currency/month")]
        wage: Decimal,
        /// Least wage.
        #[argument(unit = "currency/month")]
        least: Decimal,
    },
}
