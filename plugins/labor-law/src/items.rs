//! What the rule counts: hours, days, and the pay that overtime earns.
//!
//! Hours are shown to four decimals (0.36 seconds); limits are compared with exact seconds. Money
//! lines appear only where the ruleset has overtime rates and a wage is given.

use stele_sdk::prelude::*;

/// Lines of the outcome.
#[derive(Items, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Item {
    /// Hours worked in the period, unpaid breaks taken off.
    #[item(category = "time", unit = "hours")]
    WorkedHours,
    /// Days on which work was done.
    #[item(category = "time", unit = "days")]
    WorkedDays,
    /// Hours within the night.
    #[item(category = "time", unit = "hours", citation = "Directive 2003/88/EC, art. 2 (3)")]
    NightHours,
    /// Hours that are not overtime.
    #[item(
        category = "time",
        unit = "hours",
        citation = "Regulations of the State Council on Working Hours, art. 3"
    )]
    NormalHours,
    /// Overtime on workdays.
    #[item(category = "overtime", unit = "hours", citation = "Labor Law, art. 44 (1)")]
    OvertimeHoursWorkday,
    /// Work on days of rest.
    #[item(category = "overtime", unit = "hours", citation = "Labor Law, art. 44 (2)")]
    OvertimeHoursRestDay,
    /// Work on public holidays.
    #[item(category = "overtime", unit = "hours", citation = "Labor Law, art. 44 (3)")]
    OvertimeHoursPublicHoliday,
    /// Pay for overtime on workdays.
    #[item(category = "overtime-pay", citation = "Labor Law, art. 44 (1)")]
    OvertimePayWorkday,
    /// Pay for work on days of rest for which no time off was given.
    #[item(category = "overtime-pay", citation = "Labor Law, art. 44 (2)")]
    OvertimePayRestDay,
    /// Pay for work on public holidays.
    #[item(category = "overtime-pay", citation = "Labor Law, art. 44 (3)")]
    OvertimePayPublicHoliday,
    /// Pay for overtime of all classes: the sum of the lines above.
    #[item(category = "earning", citation = "Labor Law, art. 44")]
    OvertimePay,
    /// Planned days up to the day of the calculation.
    #[item(category = "attendance", unit = "days")]
    PlannedDays,
    /// Planned days covered by leave.
    #[item(category = "attendance", unit = "days")]
    LeaveDays,
    /// Planned days without work and without leave.
    #[item(category = "attendance", unit = "days")]
    AbsentDays,
    /// Planned days on which work began late.
    #[item(category = "attendance", unit = "days")]
    LateArrivals,
    /// Full minutes by which work began late, over all late days.
    #[item(category = "attendance", unit = "minutes")]
    LateMinutes,
    /// 1 if no planned day was missed or begun late and no leave was taken that counts as absence,
    /// 0 otherwise.
    #[item(category = "attendance", unit = "flag")]
    FullAttendance,
    /// Annual leave that the law gives for the year.
    #[item(
        category = "leave",
        unit = "days",
        citation = "China: Regulations on Paid Annual Leave, art. 3; European Union: Directive 2003/88/EC, art. 7"
    )]
    AnnualLeaveEntitlement,
    /// Annual leave of the year that is not yet taken: of what the contract grants or the law
    /// gives, whichever is more.
    #[item(category = "leave", unit = "days")]
    AnnualLeaveRemaining,
    /// Annual leave by law that was not taken when the year or the employment ended, and for which
    /// pay is due.
    #[item(
        category = "leave",
        unit = "days",
        citation = "Implementing Measures for Paid Annual Leave, Order 1 of 2008 of the Ministry of Human Resources and Social Security, arts. 10 and 12"
    )]
    UntakenLeaveDays,
    /// Pay for untaken leave, on top of the wage for the days worked.
    #[item(
        category = "earning",
        citation = "Implementing Measures for Paid Annual Leave, Order 1 of 2008 of the Ministry of Human Resources and Social Security, arts. 10 to 12"
    )]
    UntakenLeavePay,
    /// Years of service that count towards severance, in halves.
    #[item(category = "contract", unit = "years", citation = "Labor Contract Law, art. 47")]
    SeveranceYears,
    /// Severance that is due at the end of employment; where the employer ended it against the law,
    /// the damages of art. 87.
    #[item(category = "earning", citation = "Labor Contract Law, arts. 46, 47 and 87")]
    Severance,
    /// A month's wage instead of the employer's period of notice.
    #[item(
        category = "earning",
        citation = "Labor Contract Law, art. 40; its Implementing Regulations, art. 20"
    )]
    PayInLieuOfNotice,
}
