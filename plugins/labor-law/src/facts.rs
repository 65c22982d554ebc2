//! What the rule is told about one employee and one period.
//!
//! Everything but the period may be left out: a check whose facts are missing is skipped, so the
//! same rule serves an attendance run (entries and schedule), a contract review (contract facts
//! only) and a full audit.

use stele_sdk::prelude::*;

/// One employee, one period, and whatever is known of them.
#[derive(Facts, Clone, Debug)]
pub struct WorkingTime {
    /// Day of the calculation. Planned days after it are not yet missed.
    #[fact(calculation_date)]
    pub on: Date,
    /// First day of the period that is looked at.
    pub period_from: Date,
    /// Last day of the period that is looked at, at most a year after the first.
    pub period_until: Date,
    /// City of the place of work. It selects the minimum wage.
    pub city: Option<City>,

    /// Times worked. The order does not matter; entries may not overlap. An entry belongs to the
    /// working day on which its uninterrupted work began.
    #[fact(optional, maximum_rows = 4000)]
    pub entries: Vec<TimeEntry>,
    /// Days whose class differs from the statutory calendar: the employer's own rest days and
    /// workdays. It has the last word.
    #[fact(optional, maximum_rows = 800)]
    pub calendar: Vec<CalendarDay>,
    /// Planned shifts. They are what lateness, absence and full attendance are measured against.
    #[fact(optional, maximum_rows = 800)]
    pub schedule: Vec<PlannedShift>,
    /// Leave in calendar days, rest days within it included.
    #[fact(optional, maximum_rows = 400)]
    pub leave: Vec<Leave>,
    /// Minutes after the planned start that still count as on time. None: 0.
    #[fact(unit = "minutes", minimum = "0", maximum = "240")]
    pub late_grace_minutes: Option<i64>,

    /// Hours of work on rest days for which time off was given instead of pay.
    #[fact(unit = "hours", minimum = "0", maximum = "2000", decimals = 4)]
    pub compensatory_rest_hours: Option<Decimal>,
    /// Overtime pay that the employee was in fact paid for the period.
    #[fact(unit = "currency", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub overtime_paid: Option<Decimal>,
    /// The employee has agreed in writing to work more than the average weekly maximum.
    pub agreed_to_longer_hours: Option<bool>,
    /// The employee is a night worker in the sense of the law.
    pub night_worker: Option<bool>,
    /// Night work with special hazards or heavy physical or mental strain.
    pub hazardous_night_work: Option<bool>,

    /// Full-time or part-time. None: full-time.
    pub employment: Option<Employment>,
    /// Agreed wage for a month of normal hours, without overtime pay and without allowances for
    /// special conditions.
    #[fact(unit = "currency/month", minimum = "0", maximum = "100000000", decimals = 2)]
    pub monthly_wage: Option<Decimal>,
    /// Agreed wage for an hour of normal work, where pay is by the hour.
    #[fact(unit = "currency/hour", minimum = "0", maximum = "1000000", decimals = 4)]
    pub hourly_wage: Option<Decimal>,

    /// How the contract ends.
    pub contract_kind: Option<ContractKind>,
    /// First day of the contract.
    pub contract_start: Option<Date>,
    /// Last day of a fixed-term contract.
    pub contract_end: Option<Date>,
    /// Last day of the probation period.
    pub probation_end: Option<Date>,
    /// Wage for a month of normal hours during probation.
    #[fact(unit = "currency/month", minimum = "0", maximum = "100000000", decimals = 2)]
    pub probation_wage: Option<Decimal>,
    /// Lowest monthly wage that the employer pays for the same post.
    #[fact(unit = "currency/month", minimum = "0", maximum = "100000000", decimals = 2)]
    pub lowest_grade_wage: Option<Decimal>,

    /// Day on which the employee's working life began, with all employers, gaps taken off.
    pub service_since: Option<Date>,
    /// Days of work in the employee's normal week.
    #[fact(unit = "days/week", minimum = "0", maximum = "7", decimals = 2)]
    pub working_days_per_week: Option<Decimal>,
    /// Paid annual leave that the contract grants for the year.
    #[fact(unit = "days", minimum = "0", maximum = "366", decimals = 2)]
    pub annual_leave_days: Option<Decimal>,
    /// Paid annual leave taken in the year so far.
    #[fact(unit = "days", minimum = "0", maximum = "366", decimals = 2)]
    pub annual_leave_taken: Option<Decimal>,

    /// Day on which notice was given.
    pub notice_given_on: Option<Date>,
    /// Who gave notice.
    pub notice_by: Option<Party>,
    /// The employer pays a month's wage instead of keeping to the period of notice.
    pub paid_in_lieu_of_notice: Option<bool>,
    /// Day on which employment ends.
    pub employment_end: Option<Date>,
}

/// One uninterrupted stretch at work. It lasts at most 24 hours; longer work takes two entries.
#[derive(Row, Clone, Debug)]
pub struct TimeEntry {
    /// When work began.
    pub start: DateTime,
    /// When work ended.
    pub end: DateTime,
    /// Unpaid breaks within the entry. They are not working time.
    #[column(unit = "minutes", minimum = "0", maximum = "1440")]
    pub unpaid_break_minutes: Option<i64>,
    /// Paid breaks within the entry. They count as working time and as a rest break.
    #[column(unit = "minutes", minimum = "0", maximum = "1440")]
    pub paid_break_minutes: Option<i64>,
    /// Class of the whole entry, where it differs from the calendar.
    pub day_class: Option<DayClass>,
    /// Working day that the entry belongs to: the day of its start or the day before. None: the
    /// day of its start, or the day of the entry that it continues without a gap.
    pub work_day: Option<Date>,
}

/// A day whose class is declared.
#[derive(Row, Clone, Debug)]
pub struct CalendarDay {
    /// The day.
    pub date: Date,
    /// What it is.
    pub class: DayClass,
}

/// A planned shift. The first of a day decides about lateness.
#[derive(Row, Clone, Debug)]
pub struct PlannedShift {
    /// When the employee is to begin.
    pub start: DateTime,
}

/// A leave of absence.
#[derive(Row, Clone, Debug)]
pub struct Leave {
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
    /// Why.
    pub kind: LeaveKind,
}

/// Cities with a published minimum wage.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum City {
    /// Beijing.
    Beijing,
    /// Shanghai.
    Shanghai,
    /// Guangzhou, Guangdong.
    Guangzhou,
    /// Shenzhen, Guangdong.
    Shenzhen,
    /// Hangzhou, Zhejiang (urban districts).
    Hangzhou,
    /// Chengdu, Sichuan (districts of the first tier).
    Chengdu,
}

/// What a day is.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum DayClass {
    /// An ordinary working day.
    Workday,
    /// A weekly day of rest.
    RestDay,
    /// A statutory public holiday.
    PublicHoliday,
}

/// Why somebody is on leave.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum LeaveKind {
    /// Paid annual leave.
    Annual,
    /// Sick leave.
    Sick,
    /// Maternity, paternity or parental leave.
    Parental,
    /// Marriage or bereavement.
    FamilyEvent,
    /// Civic duty: election, court, jury.
    CivicDuty,
    /// Time off for work on a rest day.
    Compensatory,
    /// Personal leave without pay.
    Unpaid,
}

/// How much of a normal week is agreed.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Employment {
    /// Full-time.
    FullTime,
    /// Part-time, paid by the hour.
    PartTime,
}

/// How a contract ends.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum ContractKind {
    /// On a day that is agreed.
    FixedTerm,
    /// By notice only.
    OpenEnded,
    /// With the completion of a task.
    Task,
}

/// Who ends the employment.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Party {
    /// The employee.
    Employee,
    /// The employer.
    Employer,
}
