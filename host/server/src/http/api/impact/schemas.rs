//! How the runtime's impact reports look, for the API's description only, as in `schemas`.

#![allow(dead_code, reason = "only the schemas of these structs are used")]

use serde_json::Value;
use utoipa::ToSchema;

use crate::http::api::schemas::ActorSchema;

/// What to compare, for whom and when.
#[derive(ToSchema)]
#[schema(as = ImpactRequest)]
pub(crate) struct ImpactRequestSchema {
    /// The slot whose versions in force are compared with the candidate.
    #[schema(example = "payroll")]
    pub slot: String,
    /// The version that may be put in force.
    pub candidate: CandidateSchema,
    /// For whom.
    pub population: PopulationSchema,
    /// The dates for which law and facts hold: at most 60, all known to the candidate.
    #[schema(example = json!(["2026-01-31", "2026-02-28"]))]
    pub dates: Vec<String>,
    /// Facts that are the same for everyone; they go before attributes.
    #[schema(value_type = Option<Object>, example = json!({ "months_employed": 12 }))]
    pub facts: Option<Value>,
}

/// A version of a ruleset by its name.
#[derive(ToSchema)]
#[schema(as = ImpactCandidate)]
pub(crate) struct CandidateSchema {
    /// The ruleset.
    #[schema(example = "cn/payroll")]
    pub ruleset: String,
    /// Its version.
    #[schema(example = "2026.2.0")]
    pub version: String,
}

/// For whom: exactly one of its members.
#[derive(ToSchema)]
#[schema(as = ImpactPopulation)]
pub(crate) struct PopulationSchema {
    /// True: every employee.
    pub all: Option<bool>,
    /// These employees: at most 10,000.
    pub employees: Option<Vec<String>>,
    /// Facts that need no employee: at most 10,000.
    pub facts: Option<Vec<SampleSchema>>,
}

/// Facts under a name for the report.
#[derive(ToSchema)]
#[schema(as = ImpactFacts)]
pub(crate) struct SampleSchema {
    /// The name, formed like an employee's.
    pub id: String,
    /// Facts by name.
    #[schema(value_type = Object)]
    pub facts: Value,
}

/// A version of a ruleset.
#[derive(ToSchema)]
#[schema(as = ImpactVersion)]
pub(crate) struct VersionSchema {
    /// The ruleset.
    pub ruleset: String,
    /// Its version.
    pub version: String,
    /// Digest of its package.
    pub digest: String,
}

/// How far a report is.
#[derive(ToSchema)]
#[schema(as = ImpactProgress)]
pub(crate) struct ProgressSchema {
    /// Calculations done, one for each employee and date.
    pub done: u64,
    /// Calculations to do; none while employees are being counted.
    pub total: Option<u64>,
}

/// An impact report without its content.
#[derive(ToSchema)]
#[schema(as = ImpactReport)]
pub(crate) struct ImpactReportSchema {
    /// Its identifier.
    #[schema(format = "uuid")]
    pub id: String,
    /// `running`, `finished` or `failed`.
    pub state: String,
    /// While it is being made.
    pub progress: Option<ProgressSchema>,
    /// Why it failed.
    pub reason: Option<String>,
    /// The slot.
    pub slot: String,
    /// The version that is compared with what is in force.
    pub candidate: VersionSchema,
    /// `all`, `employees` or `facts`.
    pub population: String,
    /// How many were named, unless everyone was.
    pub listed: Option<u64>,
    /// The dates, in order.
    #[schema(format = Date)]
    pub dates: Vec<String>,
    /// As known at.
    #[schema(format = DateTime)]
    pub known_at: String,
    /// SHA-256 of the content as it was finished: what an approval is bound to.
    pub content_digest: Option<String>,
    /// Who asked for it.
    pub asked_by: ActorSchema,
    /// When it was asked for.
    #[schema(format = DateTime)]
    pub asked_at: String,
    /// When its state was recorded.
    #[schema(format = DateTime)]
    pub recorded_at: String,
}

/// What an impact report says.
#[derive(ToSchema)]
#[schema(as = ImpactContent)]
pub(crate) struct ImpactContentSchema {
    /// The slot.
    pub slot: String,
    /// The version that is compared with what is in force.
    pub candidate: VersionSchema,
    /// The languages of the candidate.
    pub languages: Vec<String>,
    /// `all`, `employees` or `facts`.
    pub population: String,
    /// As known at.
    #[schema(format = DateTime)]
    pub known_at: String,
    /// `none` or `some`.
    pub differences: String,
    /// Number of employees.
    pub employees: u64,
    /// Employees with any difference on any date.
    pub affected: u64,
    /// Calculations, one for each employee and date, that fail with both versions.
    pub failing_in_both: u64,
    /// The dates, in order.
    pub dates: Vec<DateSchema>,
    /// The items that differ in any calculation, over all dates.
    pub items: Vec<ItemSchema>,
    /// The 20 employees whose calculation changes most, the largest change first.
    pub largest: Vec<ChangeSchema>,
    /// Employees whose calculation fails with the candidate only. They are in no total.
    pub newly_failing: FailuresSchema,
    /// Employees whose calculation fails with the version in force only. They are in no total.
    pub newly_succeeding: FailuresSchema,
    /// The kinds of findings that differ.
    pub findings: Vec<FindingDifferenceSchema>,
    /// How many employees were erased from the report since it was finished.
    pub erased: u64,
}

/// One date of a report.
#[derive(ToSchema)]
#[schema(as = ImpactDate)]
pub(crate) struct DateSchema {
    /// The date.
    #[schema(format = Date)]
    pub date: String,
    /// The version in force; none: nothing is, and everything is new.
    pub in_force: Option<VersionSchema>,
    /// The activation that put it in force.
    #[schema(format = "uuid")]
    pub activation: Option<String>,
    /// Calculations with any difference.
    pub affected: u64,
    /// Totals of the items that differ on the date.
    pub items: Vec<TotalsSchema>,
}

/// Sums of one item over all calculations that have an outcome with both versions, or with the
/// candidate alone where nothing is in force.
#[derive(ToSchema)]
#[schema(as = ImpactTotals)]
pub(crate) struct TotalsSchema {
    /// Name of the item.
    #[schema(example = "income_tax")]
    pub code: String,
    /// What the amounts count: the currency for money.
    #[schema(example = "CNY")]
    pub unit: Option<String>,
    /// The sum with the version in force.
    #[schema(example = "1200345.10")]
    pub before: String,
    /// The sum with the candidate.
    #[schema(example = "1198345.10")]
    pub after: String,
    /// After minus before.
    #[schema(example = "-2000.00")]
    pub difference: String,
    /// Calculations in which the item differs.
    pub changed: u64,
}

/// One item over all dates.
#[derive(ToSchema)]
#[schema(as = ImpactItem)]
pub(crate) struct ItemSchema {
    /// Its totals.
    #[serde(flatten)]
    pub totals: TotalsSchema,
    /// What it is called.
    pub label: String,
    /// Employees for whom it differs on any date.
    pub employees: u64,
    /// The differences by size, in powers of ten alike on both sides of zero.
    pub histogram: Vec<BucketSchema>,
}

/// A bucket of a histogram. Of the two ends the one nearer to zero belongs to it.
#[derive(ToSchema)]
#[schema(as = ImpactBucket)]
pub(crate) struct BucketSchema {
    /// The lower end; none: without end.
    #[schema(example = "-100")]
    pub from: Option<String>,
    /// The upper end; none: without end.
    #[schema(example = "-10")]
    pub to: Option<String>,
    /// Calculations whose difference lies in it.
    pub calculations: u64,
}

/// The greatest change of one employee: of all dates the one where an item of the category `net`
/// differs most, or, where none does, any item of money, or, where there is no money, any item.
#[derive(ToSchema)]
#[schema(as = ImpactChange)]
pub(crate) struct ChangeSchema {
    /// Who.
    pub employee: String,
    /// The date.
    #[schema(format = Date)]
    pub date: String,
    /// The item that it is measured by; none: there is money, but none differs.
    pub item: Option<String>,
    /// What the item counts.
    pub unit: Option<String>,
    /// By how much it differs.
    pub difference: Option<String>,
    /// Every line that differs on the date.
    pub lines: Vec<LineDifferenceSchema>,
    /// The whole calculation with the version in force: `lines`, `findings` and `steps` as of a
    /// calculation, or `failed` with the reason.
    pub in_force: Option<Value>,
    /// The whole calculation with the candidate.
    pub candidate: Option<Value>,
}

/// A line that differs.
#[derive(ToSchema)]
#[schema(as = ImpactLine)]
pub(crate) struct LineDifferenceSchema {
    /// Name of the item.
    pub code: String,
    /// What it is called.
    pub label: String,
    /// What tells lines of the same item apart.
    pub subject: Option<String>,
    /// What the amounts count.
    pub unit: Option<String>,
    /// The amount with the version in force; none: no such line.
    pub before: Option<String>,
    /// The amount with the candidate; none: no such line.
    pub after: Option<String>,
    /// After minus before.
    pub difference: String,
}

/// Calculations that fail with one version only.
#[derive(ToSchema)]
#[schema(as = ImpactFailures)]
pub(crate) struct FailuresSchema {
    /// How many calculations.
    pub calculations: u64,
    /// Of how many employees.
    pub employees: u64,
    /// The first 100 of these employees by identifier.
    pub listed: Vec<FailureSchema>,
}

/// An employee whose calculation fails with one version only.
#[derive(ToSchema)]
#[schema(as = ImpactFailure)]
pub(crate) struct FailureSchema {
    /// Who.
    pub employee: String,
    /// The first date on which it fails.
    #[schema(format = Date)]
    pub date: String,
    /// On how many dates.
    pub dates: u64,
    /// Why it fails there.
    pub reason: String,
}

/// What becomes of one kind of finding.
#[derive(ToSchema)]
#[schema(as = ImpactFinding)]
pub(crate) struct FindingDifferenceSchema {
    /// Its name.
    pub code: String,
    /// `breach`, `warning` or `note`.
    pub severity: String,
    /// Its sentence, with an ellipsis for each value.
    pub sentence: String,
    /// Findings that only the candidate has.
    pub appearing: OccurrencesSchema,
    /// Findings that only the version in force has.
    pub vanishing: OccurrencesSchema,
    /// Findings that both have, with another limit or actual value.
    pub changing: OccurrencesSchema,
}

/// How often, and for whom.
#[derive(ToSchema)]
#[schema(as = ImpactOccurrences)]
pub(crate) struct OccurrencesSchema {
    /// How many findings.
    pub findings: u64,
    /// Of how many employees.
    pub employees: u64,
    /// The first 10 of these employees by identifier.
    pub sample: Vec<String>,
}
