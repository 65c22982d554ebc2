//! From what was added up to the report's content: names instead of numbers, and for the largest
//! changes both calculations with their steps.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::{Value, json};
use stele_ruleset::CalculationError;
use stele_store::{EmployeeId, Slot};

use super::content::{
    Differences, ImpactChange, ImpactContent, ImpactDate, ImpactFailure, ImpactFailures,
    ImpactFinding, ImpactItem, ImpactLine, ImpactOccurrences, ImpactTotals, ImpactVersion,
    InLanguages,
};
use super::difference::{FindingChange, LineDifference};
use super::largest::Change;
use super::plan::{CANDIDATE, Plan, Version};
use super::population::Person;
use super::summary::{Failures, ItemTotals, Summary};
use super::terms::ItemTerm;
use super::total::Total;
use super::work::{Stop, Work};
use crate::state::salt::salt;

/// Longest explanation of one calculation in all its languages together, in bytes: a report holds
/// two for each of the largest changes.
const LONGEST_EXPLANATION: usize = 1 << 20;

/// Writes the content.
pub(super) async fn write(
    work: &Work,
    slot: Slot,
    summary: &Summary,
) -> Result<ImpactContent, Stop> {
    let plan = &work.plan;
    let candidate = plan.versions.get(CANDIDATE).ok_or(Stop::Worker)?;
    let manifest = candidate.ruleset.manifest();
    let mut largest = Vec::new();
    for change in summary.largest.changes() {
        largest.extend(self::change(work, change).await?);
    }
    let newly_failing = failures(plan, &summary.newly_failing);
    let newly_succeeding = failures(plan, &summary.newly_succeeding);
    Ok(ImpactContent {
        slot,
        candidate: ImpactVersion {
            ruleset: manifest.name.to_string(),
            version: manifest.version.to_string(),
            digest: candidate.ruleset.digest(),
        },
        languages: manifest.languages.clone(),
        population: work.census.population.kind(),
        facts: work.census.common_facts(),
        known_at: work.census.known_at,
        differences: if summary.affected == 0 { Differences::None } else { Differences::Some },
        employees: summary.employees,
        affected: summary.affected,
        failing_in_both: summary.failing_in_both,
        dates: dates(plan, summary)?,
        items: items(plan, summary)?,
        largest,
        newly_failing,
        newly_succeeding,
        findings: findings(plan, summary),
        erased: 0,
        salt: salt()?,
    })
}

fn dates(plan: &Plan, summary: &Summary) -> Result<Vec<ImpactDate>, Stop> {
    let dates = plan.days.iter().zip(&summary.dates).map(|(day, date)| {
        let items = plan.terms.items.iter().zip(&date.items);
        let changed = items.filter(|(_, totals)| totals.changed > 0);
        let items = changed.map(|(item, totals)| self::totals(item, totals));
        Ok(ImpactDate {
            date: day.date,
            in_force: day.in_force.as_ref().map(|in_force| in_force.named.clone()),
            activation: day.in_force.as_ref().map(|in_force| in_force.activation),
            affected: date.affected,
            items: items.collect::<Result<_, Stop>>()?,
        })
    });
    dates.collect()
}

fn items(plan: &Plan, summary: &Summary) -> Result<Vec<ImpactItem>, Stop> {
    let mut items = Vec::new();
    for (number, (term, spread)) in plan.terms.items.iter().zip(&summary.items).enumerate() {
        let sums = summary.item(number)?;
        if sums.changed > 0 {
            items.push(ImpactItem {
                totals: totals(term, &sums)?,
                label: term.labels.clone().into(),
                employees: spread.employees,
                histogram: spread.histogram.buckets(),
            });
        }
    }
    Ok(items)
}

fn totals(item: &ItemTerm, totals: &ItemTotals) -> Result<ImpactTotals, Stop> {
    let ItemTotals { before, after, changed } = *totals;
    Ok(ImpactTotals {
        code: item.code.clone(),
        unit: item.unit.clone(),
        before: before.text(item.decimals),
        after: after.text(item.decimals),
        difference: after.minus(before)?.text(item.decimals),
        changed,
    })
}

fn failures(plan: &Plan, failures: &Failures) -> ImpactFailures {
    let listed = failures.listed.iter().filter_map(|(employee, failing)| {
        Some(ImpactFailure {
            employee: employee.clone(),
            date: plan.days.get(failing.date)?.date,
            dates: failing.dates,
            reason: failing.reason.clone(),
        })
    });
    ImpactFailures {
        calculations: failures.calculations,
        employees: failures.employees,
        listed: listed.collect(),
    }
}

fn findings(plan: &Plan, summary: &Summary) -> Vec<ImpactFinding> {
    let findings = plan.terms.findings.iter().zip(&summary.findings);
    let differing = findings.filter(|(_, summary)| !summary.changes.is_empty());
    let written = differing.map(|(term, summary)| {
        let occurrences = |change| {
            let found = summary.changes.get(&change);
            found.map_or_else(ImpactOccurrences::default, |found| ImpactOccurrences {
                findings: found.findings,
                employees: found.employees,
                sample: found.sample.iter().cloned().collect(),
            })
        };
        ImpactFinding {
            code: term.code.clone(),
            severity: term.severity.name().to_owned(),
            sentence: term.sentences.clone().into(),
            appearing: occurrences(FindingChange::Appears),
            vanishing: occurrences(FindingChange::Vanishes),
            changing: occurrences(FindingChange::Changes),
        }
    });
    written.collect()
}

/// None: the employee was erased since it was calculated.
async fn change(work: &Work, change: &Change) -> Result<Option<ImpactChange>, Stop> {
    let plan = &work.plan;
    let day = plan.days.get(change.date).ok_or(Stop::Worker)?;
    let id = EmployeeId::new(&change.employee).map_err(|_| Stop::Worker)?;
    let Some(person) = work.census.one(&id).await? else { return Ok(None) };
    let in_force = match plan.current(day) {
        Some(version) => Some(explain(work, version, &person, day.date).await),
        None => None,
    };
    let candidate = plan.versions.get(CANDIDATE).ok_or(Stop::Worker)?;
    let measured = change.measured.shown().and_then(|(number, difference)| {
        plan.terms.items.get(number).map(|item| (item, difference))
    });
    let lines = change.lines.iter().map(|line| self::line(plan, line));
    Ok(Some(ImpactChange {
        employee: change.employee.clone(),
        date: day.date,
        item: measured.map(|(item, _)| item.code.clone()),
        unit: measured.and_then(|(item, _)| item.unit.clone()),
        difference: measured.map(|(item, difference)| difference.text(item.decimals)),
        lines: lines.collect::<Result<_, _>>()?,
        in_force,
        candidate: Some(explain(work, candidate, &person, day.date).await),
    }))
}

fn line(plan: &Plan, line: &LineDifference) -> Result<ImpactLine, Stop> {
    let item = plan.terms.items.get(line.item).ok_or(Stop::Worker)?;
    let text = |amount: Total| amount.text(item.decimals);
    Ok(ImpactLine {
        code: item.code.clone(),
        label: item.labels.clone().into(),
        subject: line.subject.clone(),
        unit: item.unit.clone(),
        before: line.before.map(text),
        after: line.after.map(text),
        difference: text(line.amount()?),
    })
}

/// The calculation with its steps in each language. It had an outcome before; what it lacks now,
/// such as fuel for its steps, is said in its place.
async fn explain(
    work: &Work,
    version: &Version,
    person: &Person,
    date: Date,
) -> InLanguages<Value> {
    let ruleset = &version.ruleset;
    let failed = |reason: String| {
        BTreeMap::from([(stele_ruleset::FALLBACK_LANGUAGE.to_owned(), json!({ "failed": reason }))])
    };
    let facts = match person.facts(ruleset.description(), date) {
        Ok(facts) => facts,
        Err(reason) => return failed(reason).into(),
    };
    let holder = work.census.tenant.shared();
    let (version, engine, owner) = (ruleset.clone(), work.runtime.engine().clone(), holder.clone());
    let job =
        move |_| async move { version.calculate_from(&engine, &owner, date, facts, true).await };
    let calculated = work.runtime.run_patiently(holder, job).await;
    match calculated.map_err(CalculationError::Failure).flatten() {
        Ok(calculation) => {
            let mut views = BTreeMap::new();
            let mut bytes = 0;
            for language in ruleset.texts().languages() {
                let view = match calculation.render(ruleset, language.tag()) {
                    Ok(view) => serde_json::to_value(&view).unwrap_or_default(),
                    Err(error) => return failed(error.to_string()).into(),
                };
                bytes += view.to_string().len();
                if bytes > LONGEST_EXPLANATION {
                    let reason = format!("it is longer than {LONGEST_EXPLANATION} bytes");
                    return failed(reason).into();
                }
                views.insert(language.tag().to_owned(), view);
            }
            views.into()
        }
        Err(error) => failed(error.to_string()).into(),
    }
}
