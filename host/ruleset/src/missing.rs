//! What a case loses when a fact of it is missing: a tax or a contribution that is smaller, or gone,
//! though nothing less is paid and nothing is said of it. For the author of a rule: a fact that
//! decides whether something is due must be required, or its absence be a finding.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::Value as Json;
use stele_engine::Engine;
use stele_engine::contract::{Description, ScalarKind, Shape};

use super::calculation::{Calculation, CalculationError};
use super::cases::Case;
use super::outcome::Outcome;
use super::version::Ruleset;

/// Categories of lines that are owed to somebody else than the employee.
const OWED: [&str; 7] = [
    "tax",
    "state-tax",
    "local-tax",
    "employee-contribution",
    "employer-contribution",
    "loan",
    "pension",
];

/// Categories of lines that are paid to the employee.
const PAID: [&str; 3] = ["earning", "in-kind", "reimbursement"];

/// A line that is smaller without a fact, while nothing says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SilentLoss {
    /// The case.
    pub file: String,
    /// The fact that was taken away.
    pub fact: String,
    /// The item of the line.
    pub item: String,
    /// What tells it from other lines of the item.
    pub subject: Option<String>,
    /// The amount with the fact.
    pub with: String,
    /// The amount without it; none: there is no such line.
    pub without: Option<String>,
}

/// The amounts of an outcome by item and subject.
type Amounts = BTreeMap<(usize, Option<String>), Decimal>;

impl Ruleset {
    /// Takes away each fact of each case that has an outcome, one at a time, and tells which lines
    /// of a tax or a contribution are smaller then, without a refusal and without a finding that
    /// the case has not. A fact without which less is paid is left out: who has no bonus pays no
    /// tax on it. So is a number without which a line is smaller but there: it counts something,
    /// and nothing of it is a possible answer; and so is a line that only says the number again.
    ///
    /// # Errors
    /// The engine could not run the rule. A refusal or a wrong fact is an answer, not an error.
    pub async fn silent_losses(
        self: &Arc<Self>,
        engine: &Engine,
        cases: &[Case],
    ) -> Result<Vec<SilentLoss>, CalculationError> {
        let mut session = self.session(engine, &Arc::from("missing facts"));
        let description = self.description();
        let mut losses = Vec::new();
        for case in cases {
            let Some(with) = answered(session.calculate(case.date, &case.facts, false).await)?
            else {
                continue;
            };
            for fact in case.facts.keys() {
                let mut facts = case.facts.clone();
                facts.remove(fact);
                let answer = session.calculate(case.date, &facts, false).await;
                let Some(without) = answered(answer)? else { continue };
                if is_said(&with, &without) || pays_less(description, &with, &without) {
                    continue;
                }
                let counts = is_number(description, fact);
                let (before, after) = (amounts(&with), amounts(&without));
                for ((item, subject), amount) in before {
                    let declared = &description.items[item];
                    let left = after.get(&(item, subject.clone())).copied();
                    let gone =
                        left.is_none_or(|left| left.is_zero()) && !is_restated(case, fact, amount);
                    let smaller = left.is_none_or(|left| left.abs() < amount.abs());
                    let is_lost = if counts { gone } else { smaller };
                    if OWED.contains(&&*declared.category) && !amount.is_zero() && is_lost {
                        losses.push(SilentLoss {
                            file: case.file.clone(),
                            fact: fact.clone(),
                            item: declared.name.clone(),
                            subject,
                            with: amount.normalize().to_string(),
                            without: left.map(|left| left.normalize().to_string()),
                        });
                    }
                }
            }
        }
        Ok(losses)
    }
}

/// The outcome; none: it was refused.
fn answered(
    answer: Result<Calculation, CalculationError>,
) -> Result<Option<Outcome>, CalculationError> {
    match answer {
        Ok(calculation) => Ok(Some(calculation.outcome)),
        Err(CalculationError::Failure(failure)) => Err(CalculationError::Failure(failure)),
        Err(_) => Ok(None),
    }
}

/// Whether there is a kind of finding that was not there with the fact.
fn is_said(with: &Outcome, without: &Outcome) -> bool {
    let said: BTreeSet<_> = with.findings.iter().map(|finding| finding.kind).collect();
    without.findings.iter().any(|finding| !said.contains(&finding.kind))
}

/// Whether the employee is paid less.
fn pays_less(description: &Description, with: &Outcome, without: &Outcome) -> bool {
    let paid = |outcome: &Outcome| -> Decimal {
        let lines = outcome.lines.iter();
        let paid = lines.filter(|line| PAID.contains(&&*description.items[line.item].category));
        paid.map(|line| line.amount).sum()
    };
    paid(without) < paid(with)
}

/// Whether the line is what the fact says: an amount that is given, and without it is not.
fn is_restated(case: &Case, fact: &str, amount: Decimal) -> bool {
    let given = match case.facts.get(fact) {
        Some(Json::String(text)) => text.parse().ok(),
        Some(Json::Number(number)) => number.to_string().parse().ok(),
        _ => None,
    };
    given.is_some_and(|given: Decimal| given.abs() == amount.abs())
}

fn is_number(description: &Description, fact: &str) -> bool {
    let field = description.facts.iter().find(|field| field.name == fact);
    field.is_some_and(|field| match &field.shape {
        Shape::Scalar(kind) => matches!(kind, ScalarKind::Decimal(_) | ScalarKind::Integer(_)),
        Shape::Table(_) => true,
    })
}

fn amounts(outcome: &Outcome) -> Amounts {
    let mut amounts = Amounts::new();
    for line in &outcome.lines {
        *amounts.entry((line.item, line.subject.clone())).or_default() += line.amount;
    }
    amounts
}
