//! From what was added up to the report's content: names instead of numbers, and for the largest
//! changes both calculations with their steps.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde_json::{Value, json};
use stele_ruleset::{Calculation, CalculationError};
use stele_store::Slot;

use super::content::{
    Differences, ImpactChange, ImpactContent, ImpactDate, ImpactFailing, ImpactFailure,
    ImpactFailures, ImpactFinding, ImpactItem, ImpactLine, ImpactOccurrences, ImpactReason,
    ImpactReasons, ImpactTotals, ImpactVersion, InLanguages,
};
use super::difference::{FindingChange, LineDifference};
use super::failures::{Failures, Reasons};
use super::largest::Change;
use super::plan::{CANDIDATE, Plan, Version};
use super::population::{Known, Person};
use super::reason::Reason;
use super::stop::Stop;
use super::summary::{ItemTotals, Summary};
use super::terms::ItemTerm;
use super::total::Total;
use super::work::Work;
use crate::state::salt::salt;

/// Longest explanation of one calculation in all its languages together, in bytes: a report holds
/// two for each of the largest changes.
const LONGEST_EXPLANATION: usize = 1 << 20;

/// Most reasons for failures that are shown: as many as somebody mends before asking again.
const MOST_REASONS: usize = 20;

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
        results: work.census.results(),
        superseded: work.census.superseded(),
        facts: work.census.common_facts(),
        known_at: work.census.known_at,
        differences: match (summary.affected, summary.failing_in_both) {
            (0, 0) => Differences::None,
            (0, _) => Differences::Unknown,
            _ => Differences::Some,
        },
        employees: summary.employees,
        people: Some(summary.people),
        affected: summary.affected,
        affected_by_money: Some(summary.affected_by_money),
        affected_by_findings: Some(summary.affected_by_findings),
        computed: Some(Work::computed(summary)),
        absent: Some(summary.absent),
        failing_in_both: summary.failing_in_both,
        failing: Some(ImpactFailing {
            candidate: reasons(plan, &summary.failing_candidate),
            in_force: reasons(plan, &summary.failing_in_force),
        }),
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
            activation: day.in_force.as_ref().and_then(|in_force| in_force.activation),
            affected: date.affected,
            items: items.collect::<Result<_, Stop>>()?,
        })
    });
    dates.collect()
}

fn items(plan: &Plan, summary: &Summary) -> Result<Vec<ImpactItem>, Stop> {
    let mut items = Vec::new();
    for (number, (term, spread)) in plan.terms.items.iter().zip(&summary.items).enumerate() {
        let mut sums = summary.item(number)?;
        if sums.changed > 0 {
            let last = if term.accumulates { summary.last(number) } else { None };
            let as_of = last.and_then(|(at, _)| plan.days.get(at)).map(|day| day.date);
            if let Some((_, last)) = last {
                sums = ItemTotals { changed: sums.changed, ..last };
            }
            items.push(ImpactItem {
                totals: totals(term, &sums)?,
                as_of,
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
    ImpactFailures {
        calculations: failures.calculations,
        employees: failures.employees,
        listed: listed(plan, failures),
    }
}

fn listed(plan: &Plan, failures: &Failures) -> Vec<ImpactFailure> {
    let listed = failures.listed.iter().filter_map(|(employee, failing)| {
        Some(ImpactFailure {
            employee: employee.clone(),
            date: plan.days.get(failing.date)?.date,
            dates: failing.dates,
            reason: failing.reason.clone(),
        })
    });
    listed.collect()
}

/// The reasons, that of the most calculations first.
fn reasons(plan: &Plan, reasons: &Reasons) -> ImpactReasons {
    let mut sorted: Vec<(&String, &Failures)> = reasons.by_reason.iter().collect();
    sorted.sort_by_key(|(reason, failures)| (Reverse(failures.calculations), *reason));
    let (shown, rest) = sorted.split_at(sorted.len().min(MOST_REASONS));
    let shown = shown.iter().map(|(reason, failures)| ImpactReason {
        reason: (*reason).clone(),
        calculations: failures.calculations,
        employees: failures.employees,
        first: listed(plan, failures),
    });
    let rest: u64 = rest.iter().map(|(_, failures)| failures.calculations).sum();
    ImpactReasons { reasons: shown.collect(), others: reasons.others + rest }
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
    let Some(person) = work.census.one(&change.employee).await? else { return Ok(None) };
    let current = plan.current(day);
    let known = Known { day: change.date, date: day.date, recorded_with: current };
    let in_force = match current {
        Some(version) => Some(explain(work, version, &person, known, true).await),
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
        candidate: Some(explain(work, candidate, &person, known, false).await),
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

/// The calculation with its steps in each language: as it was recorded, if it was and that is
/// asked for, else made again. It had an outcome before; what it lacks now, such as fuel for its
/// steps, is said in its place.
async fn explain(
    work: &Work,
    version: &Version,
    person: &Person,
    known: Known<'_>,
    as_recorded: bool,
) -> InLanguages<Value> {
    let ruleset = &version.ruleset;
    let failed = |reason: String| {
        BTreeMap::from([(stele_ruleset::FALLBACK_LANGUAGE.to_owned(), json!({ "failed": reason }))])
    };
    let recorded = person.result(known.day).filter(|_| as_recorded);
    let calculated = match recorded {
        Some(result) => {
            result.recall(ruleset, known.date).map_err(|error| Reason::from(error.to_string()))
        }
        None => made_again(work, version, person, known).await,
    };
    match calculated {
        Ok(calculation) => {
            let mut views = BTreeMap::new();
            let mut bytes = 0;
            for language in ruleset.texts().languages() {
                let view = match calculation.render(ruleset, ruleset.wording(&[language.tag()])) {
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
        Err(reason) => failed(reason.sentence).into(),
    }
}

async fn made_again(
    work: &Work,
    version: &Version,
    person: &Person,
    known: Known<'_>,
) -> Result<Calculation, Reason> {
    let facts = person.facts(&version.ruleset, known)?;
    let (holder, date) = (work.census.tenant.shared(), known.date);
    let (ruleset, engine) = (version.ruleset.clone(), work.runtime.engine().clone());
    let owner = holder.clone();
    let job =
        move |_| async move { ruleset.calculate_from(&engine, &owner, date, facts, true).await };
    let calculated = work.runtime.run_patiently(holder, job).await;
    let calculated = calculated.map_err(CalculationError::Failure).flatten();
    calculated.map_err(|error| Reason::from(&error))
}
