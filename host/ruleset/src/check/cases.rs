//! The cases, run three ways: in fresh instances, one after the other on one evaluator, and in
//! reverse. A rule that remembers the last employee answers differently and is refused.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use stele_compute::Turn;
use stele_digest::Digest;
use stele_engine::Engine;
use stele_engine::contract::Value;

use super::formulas::coverage::{Reachable, Watchable};
use super::{Failed, LeastCoverage, NO_FORMULAS, Progress, fresh};
use crate::calculation::{Calculation, CalculationError};
use crate::cases::Case;
use crate::defect::Defect;
use crate::formula_text::FormulaText;
use crate::parameters::InForce;
use crate::report::{CaseResult, CheckName, Coverage};
use crate::version::Ruleset;

/// Longest that all cases together may take. A case that takes a millisecond is slow.
const LONGEST: Duration = Duration::from_secs(30);

/// Cases with other parameters that are run in between, so that an evaluator with few cases of its
/// own has something to remember as well.
const OTHERS: usize = 20;

/// A case takes at most this part of the fuel of one evaluation: an employee with more rows than
/// the cases have must still be paid.
const FUEL_SHARE: u64 = 2;

/// An evaluation takes on average at most this part of its deadline.
const DEADLINE_SHARE: u128 = 2;

/// A case that reaches the rule.
struct Run<'a> {
    case: &'a Case,
    in_force: Arc<InForce>,
    facts: Vec<Value>,
    /// What a fresh instance answered.
    answer: Answer,
}

/// What is compared between runs.
#[derive(PartialEq)]
enum Answer {
    Outcome(Digest),
    Refusal(String),
}

impl From<&Result<Calculation, CalculationError>> for Answer {
    fn from(result: &Result<Calculation, CalculationError>) -> Self {
        match result {
            Ok(calculation) => Self::Outcome(calculation.digests.outcome),
            Err(error) => Self::Refusal(error.to_string()),
        }
    }
}

impl std::fmt::Display for Answer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Outcome(digest) => write!(formatter, "the outcome {digest}"),
            Self::Refusal(message) => write!(formatter, "the refusal {message:?}"),
        }
    }
}

/// Runs every case and then the checks that rest on them.
pub(super) async fn run(
    engine: &Engine,
    ruleset: &Arc<Ruleset>,
    cases: &[Case],
    of_formulas: Option<(&FormulaText, LeastCoverage)>,
    progress: &mut Progress,
    turn: Turn,
) -> Result<(), Failed> {
    let deadline = Instant::now() + LONGEST;
    let mut results = Vec::with_capacity(cases.len());
    let mut runs = Vec::with_capacity(cases.len());
    for case in cases {
        turn.pass().await;
        in_time(deadline)?;
        let (result, run) = run_fresh(engine, ruleset, case).await;
        results.push(result);
        runs.extend(run);
    }
    let failed: Vec<String> = (results.iter())
        .filter(|result| !result.passed)
        .map(|result| result.file.clone())
        .collect();
    let most_fuel = results.iter().filter_map(|result| result.fuel).max().unwrap_or(0);
    progress.cases(results);
    if !failed.is_empty() {
        let detail =
            format!("{} of {} do not hold: {}", failed.len(), cases.len(), failed.join(", "));
        return Err(Failed::because(detail));
    }
    progress.pass(format!("{} hold", cases.len()));

    progress.begin(CheckName::Determinism);
    let explained = explained(engine, ruleset, &runs, deadline, turn).await?;
    let speed = same_again(engine, ruleset, &runs, deadline, turn).await?;
    progress.pass(format!("{} the same every time", runs.len()));

    progress.begin(CheckName::Explanations);
    if !explained.disagreements.is_empty() {
        let detail = "explanations that do not add up";
        return Err(Failed::defects(detail, explained.disagreements));
    }
    progress.pass(match explained.formulas {
        0 => "no formulas".to_owned(),
        formulas => format!("{formulas} formulas add up"),
    });

    covered(ruleset, &runs, of_formulas, progress, turn).await?;

    progress.begin(CheckName::Fuel);
    let budget = engine.settings().fuel;
    if most_fuel > budget / FUEL_SHARE {
        return Err(Failed::because(format!(
            "a case takes {most_fuel} fuel; at most {} (1/{FUEL_SHARE} of the fuel of an \
             evaluation) leaves room for larger facts",
            budget / FUEL_SHARE
        )));
    }
    progress.pass(format!("at most {most_fuel} of {budget} fuel a case"));

    progress.begin(CheckName::Speed);
    // Without a case that reaches the rule there is nothing to measure.
    let Some(speed) = speed else {
        progress.pass("no case reaches the rule".to_owned());
        return Ok(());
    };
    progress.speed(speed);
    // The deadline catches what fuel does not see; a rule that spends a good part of it would fail
    // on a crowded machine.
    let deadline = engine.settings().deadline;
    if u128::from(speed) * deadline.as_millis() < 1_000 * DEADLINE_SHARE {
        return Err(Failed::because(format!(
            "{speed} evaluations a second: one takes more than 1/{DEADLINE_SHARE} of the deadline \
             of {} ms",
            deadline.as_millis()
        )));
    }
    progress.pass(format!("{speed} evaluations a second on a warm evaluator"));
    Ok(())
}

/// How much of the formulas the cases reach.
async fn covered(
    ruleset: &Arc<Ruleset>,
    runs: &[Run<'_>],
    of_formulas: Option<(&FormulaText, LeastCoverage)>,
    progress: &mut Progress,
    turn: Turn,
) -> Result<(), Failed> {
    progress.begin(CheckName::Coverage);
    let Some((formulas, least)) = of_formulas else {
        progress.pass(NO_FORMULAS.to_owned());
        return Ok(());
    };
    let (description, parameters) = (ruleset.description(), ruleset.parameters());
    let cases: Vec<Watchable<'_>> =
        runs.iter().map(|run| Watchable { in_force: &run.in_force, facts: &run.facts }).collect();
    let reachable = Reachable { formulas, description, parameters };
    // What passed the checks before can be read.
    let Some(covered) = reachable.by(&cases, turn).await else {
        return Err(Failed::because("the formulas can not be run"));
    };
    let Coverage { branches, rows } = covered.coverage;
    progress.coverage(covered.coverage);
    let detail = format!(
        "the cases reach {} of {} branches and {} of {} rows of tables",
        branches.reached, branches.of, rows.reached, rows.of
    );
    let mut short = Vec::new();
    let mut missing = Vec::new();
    for (what, reached, percent, not_reached) in [
        ("branches", branches, least.branches_percent, &covered.branches),
        ("rows", rows, least.rows_percent, &covered.rows),
    ] {
        if reached.percent() < percent {
            short.push(format!("{} % of the {what}, {percent} % by the policy", reached.percent()));
            missing.extend(not_reached.iter().cloned());
        }
    }
    if !short.is_empty() {
        return Err(Failed::defects(&format!("{detail}: {}", short.join("; ")), missing));
    }
    progress.pass_with(detail, [covered.branches, covered.rows].concat());
    Ok(())
}

fn in_time(deadline: Instant) -> Result<(), Failed> {
    if Instant::now() < deadline {
        Ok(())
    } else {
        Err(Failed::because(format!("the cases take longer than {} s", LONGEST.as_secs())))
    }
}

/// Runs a case in an instance of its own, and compares.
async fn run_fresh<'a>(
    engine: &Engine,
    ruleset: &Arc<Ruleset>,
    case: &'a Case,
) -> (CaseResult, Option<Run<'a>>) {
    let (answer, run) = match ruleset.prepare(case.date, &case.facts) {
        Err(error) => (Err(error), None),
        Ok((in_force, facts)) => {
            let answer = evaluate_fresh(engine, ruleset, case, in_force, &facts, false).await;
            let run =
                Run { case, in_force: in_force.clone(), facts, answer: Answer::from(&answer) };
            (answer, Some(run))
        }
    };
    let differences =
        case.differences(ruleset.description(), answer.as_ref().map(|answer| &answer.outcome));
    let calculation = answer.as_ref().ok();
    let result = CaseResult {
        file: case.file.clone(),
        title: case.title.clone(),
        passed: differences.is_empty(),
        differences,
        fuel: calculation.map(|calculation| calculation.fuel),
        outcome: calculation.map(|calculation| calculation.digests.outcome),
    };
    (result, run)
}

async fn evaluate_fresh(
    engine: &Engine,
    ruleset: &Arc<Ruleset>,
    case: &Case,
    in_force: &Arc<InForce>,
    facts: &[Value],
    explain: bool,
) -> Result<Calculation, CalculationError> {
    let mut lease = fresh(engine, ruleset.rule(), in_force.values())
        .await
        .map_err(|failure| ruleset.failed(failure, in_force))?;
    let evaluation = lease.evaluate(facts, explain);
    ruleset.conclude(case.date, in_force, facts.to_vec(), evaluation)
}

/// What the explanations of the cases are like.
struct Explained {
    /// How many of their steps are formulas.
    formulas: usize,
    /// The first that does not add up of each case.
    disagreements: Vec<Defect>,
}

/// Runs every case again with an explanation, in an instance of its own. It has the same answer.
async fn explained(
    engine: &Engine,
    ruleset: &Arc<Ruleset>,
    runs: &[Run<'_>],
    deadline: Instant,
    turn: Turn,
) -> Result<Explained, Failed> {
    let mut explained = Explained { formulas: 0, disagreements: Vec::new() };
    for run in runs {
        turn.pass().await;
        in_time(deadline)?;
        let answer =
            evaluate_fresh(engine, ruleset, run.case, &run.in_force, &run.facts, true).await;
        match answer {
            Err(CalculationError::Disagreement(disagreement)) => {
                let key = format!("steps.{}", disagreement.step());
                let expected = "an explanation that adds up";
                let found = disagreement.to_string();
                explained.disagreements.push(Defect::new(&*run.case.file, key, expected, found));
            }
            answer => {
                same(run, &Answer::from(&answer), "with an explanation")?;
                let steps = answer.iter().flat_map(|answer| &answer.outcome.steps);
                explained.formulas += steps.filter(|step| step.result.is_some()).count();
            }
        }
    }
    Ok(explained)
}

/// Runs every case again: for each set of parameters, on one evaluator in order and back, and on
/// another one in reverse. Answers how many evaluations a second a warm evaluator made.
async fn same_again(
    engine: &Engine,
    ruleset: &Arc<Ruleset>,
    runs: &[Run<'_>],
    deadline: Instant,
    turn: Turn,
) -> Result<Option<u64>, Failed> {
    let mut sets: BTreeMap<Digest, Vec<usize>> = BTreeMap::new();
    for (index, run) in runs.iter().enumerate() {
        sets.entry(run.in_force.digest()).or_default().push(index);
    }
    let mut clock = Clock::default();
    for (set, own) in &sets {
        let others = (0..runs.len()).filter(|index| runs[*index].in_force.digest() != *set);
        let mut order: Vec<usize> = own.iter().copied().chain(others.take(OTHERS)).collect();
        order.sort_unstable();
        let there_and_back = order.iter().chain(order.iter().rev()).copied().collect();
        let reverse = order.iter().rev().copied().collect();
        let first = own[0];
        for order in [there_and_back, reverse] {
            let on = OneEvaluator { engine, ruleset, runs, set: &runs[first] };
            on.run(order, deadline, &mut clock, turn).await?;
        }
    }
    Ok(clock.rate())
}

/// The cases on one evaluator with the parameters of one of them.
struct OneEvaluator<'a> {
    engine: &'a Engine,
    ruleset: &'a Arc<Ruleset>,
    runs: &'a [Run<'a>],
    set: &'a Run<'a>,
}

impl OneEvaluator<'_> {
    /// Runs the cases in this order, and compares those that have the same parameters.
    async fn run(
        &self,
        order: Vec<usize>,
        deadline: Instant,
        clock: &mut Clock,
        turn: Turn,
    ) -> Result<(), Failed> {
        let in_force = &self.set.in_force;
        let mut lease = fresh(self.engine, self.ruleset.rule(), in_force.values())
            .await
            .map_err(|failure| Failed::because(failure.to_string()))?;
        for index in order {
            turn.pass().await;
            in_time(deadline)?;
            let run = &self.runs[index];
            let started = Instant::now();
            let evaluation = lease.evaluate(&run.facts, false);
            clock.add(started.elapsed());
            if run.in_force.digest() == in_force.digest() {
                let facts = run.facts.clone();
                let date = run.case.date;
                let answer = self.ruleset.conclude(date, &run.in_force, facts, evaluation);
                same(run, &Answer::from(&answer), "after other cases on the same evaluator")?;
            }
        }
        Ok(())
    }
}

fn same(run: &Run<'_>, answer: &Answer, when: &str) -> Result<(), Failed> {
    if *answer == run.answer {
        return Ok(());
    }
    Err(Failed::because(format!(
        "{}: expected the same answer whatever was evaluated before; found {} on a fresh instance, \
         and {answer} {when}",
        run.case.file, run.answer
    )))
}

/// Time spent in evaluations.
#[derive(Default)]
struct Clock {
    evaluations: u128,
    spent: Duration,
}

impl Clock {
    fn add(&mut self, spent: Duration) {
        self.evaluations += 1;
        self.spent += spent;
    }

    fn rate(&self) -> Option<u64> {
        let nanoseconds = self.spent.as_nanos();
        if nanoseconds == 0 {
            return None;
        }
        u64::try_from(self.evaluations * 1_000_000_000 / nanoseconds).ok()
    }
}
