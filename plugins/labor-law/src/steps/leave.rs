//! Sentences about attendance and leave.

use stele_sdk::prelude::*;

/// Steps about attendance and leave.
#[derive(Steps, Clone, Debug)]
pub enum LeaveStep {
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
}
