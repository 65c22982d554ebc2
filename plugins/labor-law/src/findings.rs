//! What the rule may find: limits that were broken, or that are about to be.

use stele_sdk::prelude::*;

/// Findings of the outcome.
#[derive(Findings, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Finding {
    /// {actual} hours were worked on {on}; the maximum is {limit}.
    #[finding(breach, unit = "hours", citation = "Labor Law, arts. 36 and 41")]
    DailyHours,
    /// {actual} hours of overtime on {on} are more than the usual {limit}.
    #[finding(warning, unit = "hours", citation = "Labor Law, art. 41")]
    DailyOvertimeUsual,
    /// {actual} hours of overtime on {on} exceed the maximum of {limit}.
    #[finding(breach, unit = "hours", citation = "Labor Law, art. 41")]
    DailyOvertime,
    /// {actual} hours of overtime in {subject} exceed the maximum of {limit}.
    #[finding(breach, unit = "hours", citation = "Labor Law, art. 41")]
    MonthlyOvertime,
    /// {actual} hours were worked in {subject}; the maximum of a month is {limit}.
    #[finding(breach, unit = "hours")]
    MonthlyHours,
    /// {actual} hours were worked in week {subject}; the maximum of a week is {limit}.
    #[finding(breach, unit = "hours")]
    WeeklyHours,
    /// {actual} hours a week on average from {subject} exceed the maximum of {limit}.
    #[finding(breach, unit = "hours/week", citation = "Directive 2003/88/EC, arts. 6 and 16 (b)")]
    AverageWeeklyHours,
    /// {actual} hours a week on average from {subject} exceed {limit}; the reference period is not
    /// over yet.
    #[finding(warning, unit = "hours/week", citation = "Directive 2003/88/EC, arts. 6 and 16 (b)")]
    AverageWeeklyHoursSoFar,
    /// {actual} hours a week on average from {subject} exceed {limit}, as the employee has agreed.
    #[finding(note, unit = "hours/week", citation = "Directive 2003/88/EC, art. 22 (1)")]
    AverageWeeklyHoursAgreed,
    /// The longest rest in the 24 hours from {subject} was {actual} hours; {limit} are due.
    #[finding(breach, unit = "hours", citation = "Directive 2003/88/EC, art. 3")]
    DailyRest,
    /// The longest rest left for week {subject} was {actual} hours; {limit} are due.
    #[finding(
        breach,
        unit = "hours",
        citation = "China: Labor Law, art. 38; European Union: Directive 2003/88/EC, art. 5"
    )]
    WeeklyRest,
    /// The breaks on {on} made {actual} minutes; at least {limit} are due.
    #[finding(breach, unit = "minutes", citation = "Directive 2003/88/EC, art. 4")]
    RestBreak,
    /// A night worker worked {actual} hours in 24 on average; the maximum is {limit}.
    #[finding(breach, unit = "hours", citation = "Directive 2003/88/EC, arts. 8 (a) and 16 (c)")]
    NightAverage,
    /// {actual} hours with hazardous night work on {on} exceed the maximum of {limit}.
    #[finding(breach, unit = "hours", citation = "Directive 2003/88/EC, art. 8 (b)")]
    HazardousNightHours,
    /// {subject} of {on}: {actual} hours of compensatory rest were given; {limit} are due.
    #[finding(breach, unit = "hours", citation = "Directive 2003/88/EC, arts. 17 (2) and 18")]
    CompensatoryRestShort,
    /// {subject} of {on} was {actual} hours off the limit of {limit}; compensatory rest made up for it.
    #[finding(note, unit = "hours", citation = "Directive 2003/88/EC, arts. 17 (2) and 18")]
    RestCompensated,
    /// Work from {subject} on, after a gap of {actual} hours, was taken to belong to the working day of
    /// {on}; a shift ends with a gap of {limit} hours. Where it was otherwise, the entry can say so.
    #[finding(note, unit = "hours")]
    WorkingDayAssumed,
    /// Work from {subject} on, soon after the period began, was taken to belong to the working day of
    /// {on}: whether it continues a shift of the day before is not known. Where it does, the entry can
    /// say so.
    #[finding(note)]
    WorkingDayAtPeriodStart,
    /// {actual} hours from {subject} on belong to the working day of {on}, before the period: they are
    /// not counted here.
    #[finding(note, unit = "hours")]
    EntryOfEarlierPeriod,
    /// The hours worked in the averaging period {subject} before {on} were not given: its overtime
    /// is not known.
    #[finding(warning, citation = "Interim Provisions on Payment of Wages, art. 13")]
    EarlierHoursUnknown,
    /// {actual} hours were worked on public holidays under the flexible system: national law gives no
    /// overtime pay for them, local rules may.
    #[finding(note, unit = "hours", citation = "Interim Provisions on Payment of Wages, art. 13")]
    FlexibleHolidayWork,
    /// The monthly wage of {actual} is below the minimum wage of {limit} in {subject}.
    #[finding(
        breach,
        unit = "currency/month",
        citation = "Labor Law, art. 48; Provisions on Minimum Wages, art. 12"
    )]
    MinimumMonthlyWage,
    /// The hourly wage of {actual} is below the minimum wage of {limit} in {subject}.
    #[finding(
        breach,
        unit = "currency/hour",
        citation = "Labor Law, art. 48; Provisions on Minimum Wages, art. 12"
    )]
    MinimumHourlyWage,
    /// Overtime pay of {actual} is less than the {limit} that is due.
    #[finding(breach, unit = "currency", citation = "Labor Law, art. 44")]
    OvertimePayShort,
    /// A probation of {actual} days is longer than the {limit} days that the contract allows.
    #[finding(breach, unit = "days", citation = "Labor Contract Law, art. 19")]
    ProbationLength,
    /// The wage of {actual} in probation is below the least that may be paid, {limit}.
    #[finding(breach, unit = "currency/month", citation = "Labor Contract Law, art. 20")]
    ProbationPay,
    /// {actual} days of annual leave are granted; the law gives {limit}.
    #[finding(
        breach,
        unit = "days",
        citation = "China: Regulations on Paid Annual Leave, art. 3; European Union: Directive 2003/88/EC, art. 7"
    )]
    AnnualLeaveShort,
    /// {actual} days of annual leave were taken; there are {limit}.
    #[finding(warning, unit = "days")]
    AnnualLeaveOverdrawn,
    /// {actual} days of annual leave are given as taken, carried over or declined; there are {limit}.
    #[finding(
        warning,
        unit = "days",
        citation = "Implementing Measures for Paid Annual Leave, Order 1 of 2008 of the Ministry of Human Resources and Social Security, arts. 9 and 10"
    )]
    AnnualLeaveContradicted,
    /// Working life is given to begin on {subject}, after employment here began on {on}: annual leave
    /// was counted from {subject} and may be too little.
    #[finding(
        warning,
        citation = "Implementing Measures for Paid Annual Leave, Order 1 of 2008 of the Ministry of Human Resources and Social Security, art. 4"
    )]
    ServiceShorterThanEmployment,
    /// Of {limit} days of annual leave that the contract grants, {actual} beyond the law were not taken;
    /// pay for them follows the contract and is not in this result.
    #[finding(
        note,
        unit = "days",
        citation = "Implementing Measures for Paid Annual Leave, Order 1 of 2008 of the Ministry of Human Resources and Social Security, art. 13"
    )]
    ContractLeaveNotPaid,
    /// Employment ended on {on}: {actual} days of leave carried over cannot be taken any more and were
    /// not taken off the days to be paid.
    #[finding(
        warning,
        unit = "days",
        citation = "Implementing Measures for Paid Annual Leave, Order 1 of 2008 of the Ministry of Human Resources and Social Security, art. 12"
    )]
    LeaveCarriedOverByLeaver,
    /// Notice was given {actual} days before the end of employment; {limit} are due.
    #[finding(breach, unit = "days", citation = "Labor Contract Law, arts. 37 and 40")]
    NoticePeriod,
    /// No ground was given for the end of employment on {on}: severance was counted as where one of
    /// the grounds of the law applies.
    #[finding(note, citation = "Labor Contract Law, art. 46")]
    SeveranceGroundNotGiven,
    /// The local average wage is not known: severance of {actual} was not limited to {limit} times it.
    #[finding(note, citation = "Labor Contract Law, art. 47")]
    SeveranceCapNotChecked,
    /// Service before {on} was not counted towards severance: the rules of that time apply to it.
    #[finding(note, citation = "Labor Contract Law, art. 97")]
    SeveranceOfEarlierLaw,
    /// Work on {on} began {actual} minutes late; {limit} are tolerated.
    #[finding(note, unit = "minutes")]
    LateArrival,
    /// No work and no leave on {on}, a planned day.
    #[finding(note)]
    Absence,
}
