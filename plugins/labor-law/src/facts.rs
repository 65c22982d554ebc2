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

    /// Which system of working time was approved. None: standard.
    pub working_time_system: Option<WorkingTimeSystem>,
    /// Over what hours are counted together under the comprehensive system.
    pub averaging_period: Option<AveragingPeriod>,
    /// Hours worked in an averaging period before the first day of this period, work on public
    /// holidays left out. Needed where the averaging period began earlier.
    #[fact(unit = "hours", minimum = "0", maximum = "9000", decimals = 4)]
    pub earlier_hours: Option<Decimal>,

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

    /// Ground on which limits of rest and of night work do not apply as they stand.
    pub derogation: Option<Derogation>,
    /// Rest that was given in compensation for rest that was too short.
    #[fact(optional, maximum_rows = 800)]
    pub equivalent_rest: Vec<EquivalentRest>,
    /// The weekly rest is counted over the longer reference period that the law allows.
    pub weekly_rest_over_reference_period: Option<bool>,
    /// The weekly rest is granted without the daily rest, for objective, technical or
    /// organisational reasons.
    pub weekly_rest_without_daily_rest: Option<bool>,
    /// Reference period of the average that was agreed, where it is longer than the usual one.
    #[fact(unit = "months", minimum = "1", maximum = "12")]
    pub agreed_reference_months: Option<i64>,

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
    /// First day of employment with this employer, where an earlier contract was renewed. None: the
    /// first day of the contract.
    pub employed_since: Option<Date>,
    /// Last day of a fixed-term contract.
    pub contract_end: Option<Date>,
    /// Last day of the probation period.
    pub probation_end: Option<Date>,
    /// Wage for a month of normal hours during probation.
    #[fact(unit = "currency/month", minimum = "0", maximum = "100000000", decimals = 2)]
    pub probation_wage: Option<Decimal>,
    /// Average wage of a month over the twelve months before, everything that was due included, over
    /// the months worked where they are fewer. It measures severance. None: the monthly wage.
    #[fact(unit = "currency/month", minimum = "0", maximum = "100000000", decimals = 2)]
    pub average_wage: Option<Decimal>,
    /// The same without overtime pay. It measures the pay for untaken leave. None: the monthly
    /// wage.
    #[fact(unit = "currency/month", minimum = "0", maximum = "100000000", decimals = 2)]
    pub average_wage_without_overtime: Option<Decimal>,
    /// Average wage of a month of all employees at the place of the employer in the year before,
    /// where the ruleset does not know it or another one is published.
    #[fact(unit = "currency/month", minimum = "0", maximum = "1000000", decimals = 2)]
    pub local_average_wage: Option<Decimal>,
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

    /// Of the leave of the year, days that are taken in the next one with the employee's consent.
    #[fact(unit = "days", minimum = "0", maximum = "366", decimals = 2)]
    pub annual_leave_carried_over: Option<Decimal>,
    /// Of the leave of the year, days that the employer offered and the employee declined in
    /// writing for reasons of their own.
    #[fact(unit = "days", minimum = "0", maximum = "366", decimals = 2)]
    pub annual_leave_declined: Option<Decimal>,

    /// Day on which notice was given.
    pub notice_given_on: Option<Date>,
    /// Who gave notice.
    pub notice_by: Option<Party>,
    /// The employer pays a month's wage instead of keeping to the period of notice.
    pub paid_in_lieu_of_notice: Option<bool>,
    /// Last day of employment.
    pub employment_end: Option<Date>,
    /// Why employment ends.
    pub end_ground: Option<EndGround>,
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
    /// Working day that the entry belongs to: the day of its start or the day before. Where that is
    /// the day before the period, the entry counts in the earlier period and not here. None: the
    /// day of its start, or after midnight the day of the entry that it continues without a gap or
    /// after a break within the shift.
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

/// Rest that was given in compensation.
#[derive(Row, Clone, Debug)]
pub struct EquivalentRest {
    /// Which rest was too short.
    pub provision: Provision,
    /// The working day whose rest was too short; of a weekly rest the first day of its week or
    /// weeks, of night work that was too long on average the first day of the period.
    pub day: Date,
    /// Hours of rest that were given, beyond the rest that was due at that time anyway.
    #[column(unit = "hours", minimum = "0", maximum = "168", decimals = 4)]
    pub hours: Decimal,
}

/// How working time is reckoned.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum WorkingTimeSystem {
    /// By the day and the week.
    Standard,
    /// Together over a longer period, as approved by the authority.
    Comprehensive,
    /// Not at all, as approved by the authority: the hours are the employee's own.
    Flexible,
}

/// A period over which hours are counted together.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum AveragingPeriod {
    /// A week from Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// A calendar quarter.
    Quarter,
    /// A calendar year.
    Year,
}

/// Why limits do not apply as they stand.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Derogation {
    /// The duration of the work is not measured or is the employee's own to decide.
    Autonomous,
    /// National law, for an activity that the directive names.
    Activity,
    /// A collective agreement.
    Agreement,
}

/// What a derogation is made from.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Provision {
    /// Rest of a day.
    DailyRest,
    /// Break within a day.
    RestBreak,
    /// Rest of a week.
    WeeklyRest,
    /// Length of night work.
    NightWork,
    /// Hours of a week on average.
    WeeklyHours,
}

/// Why employment ends.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum EndGround {
    /// The employee gives notice.
    Resignation,
    /// The employee ends the contract because the employer broke the law.
    EmployersBreach,
    /// Agreed; the employer proposed it.
    AgreedOnEmployersProposal,
    /// Agreed; the employee proposed it.
    AgreedOnEmployeesProposal,
    /// The employer ends the contract for serious misconduct, or in probation.
    EmployeesFault,
    /// The employer gives notice for illness, incompetence or changed circumstances.
    NoticeWithoutFault,
    /// Dismissal of many.
    Redundancy,
    /// A fixed term ends, and the employer does not renew it at the same or better terms.
    TermEnded,
    /// A fixed term ends, and the employee declines to renew it at the same or better terms.
    RenewalDeclined,
    /// A task is completed.
    TaskCompleted,
    /// The employer is insolvent, closes down or is dissolved.
    EmployerClosed,
    /// Pension or death.
    PensionOrDeath,
    /// The employer ends the contract against the law, and it is not continued.
    UnlawfulDismissal,
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
