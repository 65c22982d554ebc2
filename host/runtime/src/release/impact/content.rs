//! What an impact report says: numbers as exact texts, labels and explanations in every language of
//! the versions that were compared, so that it can be read, and its digest checked, when these
//! versions are long gone.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use stele_digest::Digest;
use stele_store::Slot;
use stele_words::best_language;
use uuid::Uuid;

use super::audience::named;
use super::covered::Computed;
use super::histogram::Bucket;
use super::paid::PaidFilter;

/// The language of what has none of its own.
const FALLBACK: &str = stele_ruleset::FALLBACK_LANGUAGE;

/// The only member of what is said in several languages.
const IN_LANGUAGES: &str = "in_languages";

/// Facts that a report takes for everyone, as text by name: so that who approves sees them, and
/// what is approved is bound to them.
pub(crate) type CommonFacts = BTreeMap<String, String>;

/// Something in each language that the version speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InLanguages<T> {
    /// By BCP 47 tag.
    pub in_languages: BTreeMap<String, T>,
}

impl<T> From<BTreeMap<String, T>> for InLanguages<T> {
    fn from(in_languages: BTreeMap<String, T>) -> Self {
        Self { in_languages }
    }
}

/// A version of a ruleset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ImpactVersion {
    /// Name of the ruleset.
    pub ruleset: String,
    /// Its version.
    pub version: String,
    /// Digest of its package.
    pub digest: Digest,
}

/// What sort of population was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = ImpactPopulationKind)]
#[serde(rename_all = "snake_case")]
pub enum PopulationKind {
    /// Everyone.
    All,
    /// Employees by identifier.
    Employees,
    /// Facts that came with the request.
    Facts,
    /// Recorded results: the candidate beside what people were paid.
    Results,
}

/// Whether anything differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = ImpactDifferences)]
#[serde(rename_all = "snake_case")]
pub enum Differences {
    /// Nothing does.
    None,
    /// Nothing does that could be calculated, but not everything could.
    Unknown,
    /// Something does.
    Some,
}

/// The content of a finished report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ImpactContent {
    /// The slot.
    pub slot: Slot,
    /// The version that is compared with what is in force.
    pub candidate: ImpactVersion,
    /// The languages of the candidate, in order of preference.
    pub languages: Vec<String>,
    /// Sort of the population.
    pub population: PopulationKind,
    /// The recorded results that it is over, where it is over such. Then what is called before and
    /// the version in force is what was recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub results: Option<PaidFilter>,
    /// Results that were left out, because a later one of the same employment and date was recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub superseded: Option<u64>,
    /// Facts that were taken for everyone, as text by name. Where an employee has an attribute of
    /// that name, they went before it, and the policy does not count the employee as covered.
    #[serde(default, skip_serializing_if = "CommonFacts::is_empty")]
    #[schema(value_type = Option<BTreeMap<String, String>>)]
    pub facts: CommonFacts,
    /// As known at.
    pub known_at: Timestamp,
    /// Whether anything differs.
    pub differences: Differences,
    /// Number of employees; whose employments are told apart counts once for each.
    pub employees: u64,
    /// Number of people, each of whom counts once however many employments there are; none: the
    /// report was made before that was counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<u64>,
    /// Employees with any difference on any date.
    pub affected: u64,
    /// Those of them for whom an amount of money differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub affected_by_money: Option<u64>,
    /// Those of them for whom nothing but findings differs: no amount, and no failure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub affected_by_findings: Option<u64>,
    /// For how many of its calculations the candidate has an outcome. Fewer than all: the report is
    /// incomplete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub computed: Option<Computed>,
    /// Calculations that were left out, because nothing is known yet of the employee on the date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absent: Option<u64>,
    /// Calculations, one for each employee and date, that fail with both versions. Who has no other
    /// is not counted by the policy as covered.
    pub failing_in_both: u64,
    /// Why calculations fail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failing: Option<ImpactFailing>,
    /// The dates, in order.
    pub dates: Vec<ImpactDate>,
    /// The items that differ in any calculation, over all dates.
    pub items: Vec<ImpactItem>,
    /// The employees whose calculation changes most, the largest change first: see
    /// [`ImpactChange`].
    pub largest: Vec<ImpactChange>,
    /// Employees whose calculation fails with the candidate only.
    pub newly_failing: ImpactFailures,
    /// Employees whose calculation fails with the version in force only.
    pub newly_succeeding: ImpactFailures,
    /// The kinds of findings that differ.
    pub findings: Vec<ImpactFinding>,
    /// How many employees were erased from the report since it was finished. Totals and counts
    /// stay as they were.
    pub erased: u64,
    /// Random, so that what the report says of one person can not be guessed from its digest.
    #[schema(ignore)]
    pub salt: String,
}

/// One date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ImpactDate {
    /// The date.
    pub date: Date,
    /// The version in force; none: nothing is, and everything that the candidate yields is new. Of
    /// recorded results the version that made them: a date may stand here once for each.
    pub in_force: Option<ImpactVersion>,
    /// The activation that put it in force; none of recorded results.
    pub activation: Option<Uuid>,
    /// Calculations with any difference.
    pub affected: u64,
    /// Totals of the items that differ on the date.
    pub items: Vec<ImpactTotals>,
}

/// Sums of one item over all calculations that have an outcome with both versions, or with the
/// candidate alone where nothing is in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ImpactTotals {
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ImpactItem {
    /// Its totals.
    #[serde(flatten)]
    pub totals: ImpactTotals,
    /// The item accumulates, such as the tax of the year so far: its amounts contain those of
    /// earlier dates and are not added up. The totals are those of this date, the last on which it
    /// differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Date>,
    /// What it is called.
    #[schema(value_type = String)]
    pub label: InLanguages<String>,
    /// Employees for whom it differs on any date.
    pub employees: u64,
    /// The differences by size, in powers of ten alike on both sides of zero.
    pub histogram: Vec<Bucket>,
}

/// The greatest change of one employee: of all dates the one where an item of the category `net`
/// differs most, or, where none does, any item of money, or, where there is no money, any item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ImpactChange {
    /// Who.
    pub employee: String,
    /// The date.
    pub date: Date,
    /// The item that it is measured by; none: there is money, but none differs.
    pub item: Option<String>,
    /// What the item counts.
    pub unit: Option<String>,
    /// By how much it differs.
    pub difference: Option<String>,
    /// Every line that differs on the date.
    pub lines: Vec<ImpactLine>,
    /// The whole calculation with the version in force, with its steps; none: nothing is in force.
    #[schema(value_type = Option<Object>)]
    pub in_force: Option<InLanguages<Value>>,
    /// The whole calculation with the candidate, with its steps.
    #[schema(value_type = Option<Object>)]
    pub candidate: Option<InLanguages<Value>>,
}

/// A line that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ImpactLine {
    /// Name of the item.
    pub code: String,
    /// What it is called.
    #[schema(value_type = String)]
    pub label: InLanguages<String>,
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ImpactFailures {
    /// How many calculations.
    pub calculations: u64,
    /// Of how many employees.
    pub employees: u64,
    /// The first of these employees by identifier.
    pub listed: Vec<ImpactFailure>,
}

/// An employee whose calculation fails with one version only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ImpactFailure {
    /// Who.
    pub employee: String,
    /// The first date on which it fails.
    pub date: Date,
    /// On how many dates.
    pub dates: u64,
    /// Why it fails there.
    pub reason: String,
}

/// Why calculations fail, with each version: one that fails with both is in both.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ImpactFailing {
    /// With the candidate.
    pub candidate: ImpactReasons,
    /// With the version in force.
    pub in_force: ImpactReasons,
}

/// Why calculations fail with one version.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ImpactReasons {
    /// The reasons, that of the most calculations first.
    pub reasons: Vec<ImpactReason>,
    /// Calculations that fail for a reason that is not among them.
    pub others: u64,
}

/// One reason why calculations fail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ImpactReason {
    /// What they have in common, with an ellipsis for each value of one employee.
    #[schema(example = "/tax_code: expected text of 1 to 20 characters")]
    pub reason: String,
    /// How many calculations.
    pub calculations: u64,
    /// Of how many employees.
    pub employees: u64,
    /// The first of these employees by identifier.
    pub first: Vec<ImpactFailure>,
}

/// What becomes of one kind of finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ImpactFinding {
    /// Its name.
    pub code: String,
    /// `breach`, `warning` or `note`.
    pub severity: String,
    /// Its sentence, with an ellipsis for each value.
    #[schema(value_type = String)]
    pub sentence: InLanguages<String>,
    /// Findings that only the candidate has.
    pub appearing: ImpactOccurrences,
    /// Findings that only the version in force has.
    pub vanishing: ImpactOccurrences,
    /// Findings that both have, with another limit or actual value.
    pub changing: ImpactOccurrences,
}

/// How often, and for whom.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ImpactOccurrences {
    /// How many findings.
    pub findings: u64,
    /// Of how many employees.
    pub employees: u64,
    /// The first of these employees by identifier.
    pub sample: Vec<String>,
}

impl ImpactContent {
    /// Canonical JSON: members sorted by name, no white space, every amount a text.
    pub(super) fn canonical(&self) -> Result<Vec<u8>, serde_json::Error> {
        // A map of serde_json is sorted; the only numbers are counts and positions.
        serde_json::to_vec(&serde_json::to_value(self)?)
    }

    /// The content in the languages of a reader, most wanted first, and the language of its
    /// labels. What is in several languages is replaced by the best of them.
    pub fn in_language(&self, wanted: &[&str]) -> Result<(String, Value), serde_json::Error> {
        let spoken: Vec<&str> = self.languages.iter().map(String::as_str).collect();
        let first = spoken.first().copied().unwrap_or(FALLBACK);
        let language = best_language(&spoken, wanted).unwrap_or(first).to_owned();
        let mut preferred = vec![language.as_str()];
        preferred.extend(wanted);
        let mut value = serde_json::to_value(self)?;
        choose(&mut value, &preferred);
        if let Value::Object(members) = &mut value {
            members.remove("salt");
        }
        Ok((language, value))
    }

    /// Takes out everything about one employee except what is added up. False: nothing was there.
    pub(super) fn erase(&mut self, employee: &str) -> bool {
        let mut erased = false;
        let mut keep = |other: &str| {
            let keep = named(other).0 != employee;
            erased |= !keep;
            keep
        };
        self.largest.retain(|change| keep(&change.employee));
        for failures in [&mut self.newly_failing, &mut self.newly_succeeding] {
            failures.listed.retain(|failure| keep(&failure.employee));
        }
        for failing in self.failing.iter_mut() {
            let reasons = failing.candidate.reasons.iter_mut().chain(&mut failing.in_force.reasons);
            reasons.for_each(|reason| reason.first.retain(|failure| keep(&failure.employee)));
        }
        for finding in &mut self.findings {
            for occurrences in
                [&mut finding.appearing, &mut finding.vanishing, &mut finding.changing]
            {
                occurrences.sample.retain(|sampled| keep(sampled));
            }
        }
        self.erased += u64::from(erased);
        erased
    }
}

/// Replaces everything that is said in several languages by what is said in the best one.
fn choose(value: &mut Value, wanted: &[&str]) {
    match value {
        Value::Object(members) if members.len() == 1 && members.contains_key(IN_LANGUAGES) => {
            let Some(Value::Object(mut languages)) = members.remove(IN_LANGUAGES) else { return };
            let spoken: Vec<&str> = languages.keys().map(String::as_str).collect();
            let best = best_language(&spoken, wanted)
                .or_else(|| best_language(&spoken, &[FALLBACK]))
                .or(spoken.first().copied())
                .map(str::to_owned);
            *value = best.and_then(|best| languages.remove(&best)).unwrap_or(Value::Null);
        }
        Value::Object(members) => members.values_mut().for_each(|value| choose(value, wanted)),
        Value::Array(elements) => elements.iter_mut().for_each(|value| choose(value, wanted)),
        _ => {}
    }
}
