//! What a rule answered, as exact values of the host. The engine has checked that the answer keeps
//! the contract; here it is checked that money has no more decimals than its currency.

use jiff::civil::Date;
use rust_decimal::Decimal;
use stele_engine::Failure;
use stele_engine::contract::{self, Description, Scalar, Value};

use super::manifest::Manifest;
use super::number::normal_text;

/// Lines, findings and steps, by their positions in the description.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Items and amounts, in the order in which they are shown.
    pub lines: Vec<Line>,
    /// Breaches, warnings and notes of the rule.
    pub findings: Vec<Finding>,
    /// How the lines came about; empty unless asked for.
    pub steps: Vec<Step>,
}

/// An item and its exact amount.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Position in the declared items.
    pub item: usize,
    /// The amount, in the item's unit or in the ruleset's currency.
    pub amount: Decimal,
    /// What tells lines of the same item apart.
    pub subject: Option<String>,
}

/// Something that the rule found.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Position in the declared findings.
    pub kind: usize,
    /// What it is about.
    pub subject: Option<String>,
    /// The day that it concerns.
    pub on: Option<Date>,
    /// What is allowed, in the finding's unit.
    pub limit: Option<Decimal>,
    /// What was found, in the finding's unit.
    pub actual: Option<Decimal>,
}

/// How a line or a figure came about.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Position in the declared steps.
    pub kind: usize,
    /// Position in the outcome's lines of the line that it leads to.
    pub line: Option<usize>,
    /// One for each declared argument.
    pub values: Vec<Value>,
    /// What its formula gives; none where it has none.
    pub result: Option<Scalar>,
}

/// Which items are money, and how many decimals money has. Made once for a version.
#[derive(Debug, Clone)]
pub struct Money {
    items: Vec<bool>,
    /// None: the ruleset has no currency, so no line may be money. A component that several
    /// rulesets share may still declare items that are.
    decimals: Option<u8>,
}

impl Money {
    /// As manifest and rule say.
    pub fn new(description: &Description, manifest: &Manifest) -> Self {
        let is_money = |unit: &Option<String>| match unit {
            None => true,
            Some(unit) => manifest.currency.as_ref() == Some(unit),
        };
        Self {
            items: description.items.iter().map(|item| is_money(&item.unit)).collect(),
            decimals: manifest.currency.as_ref().map(|_| manifest.decimals),
        }
    }

    /// Whether the amount can be one of the ruleset's currency.
    fn admits(&self, amount: Decimal) -> bool {
        self.decimals.is_some_and(|decimals| {
            let decimals = u32::from(decimals);
            amount.scale() <= decimals || amount.normalize().scale() <= decimals
        })
    }

    /// Whether the item's amounts are money.
    pub fn is_money(&self, item: usize) -> bool {
        self.items.get(item).copied().unwrap_or(false)
    }
}

impl Outcome {
    /// Takes over what the rule answered. A tenth of a cent on a payslip is no amount: it is the
    /// rule's mistake and fails the evaluation.
    pub fn accept(
        answer: contract::Outcome,
        description: &Description,
        money: &Money,
    ) -> Result<Self, Failure> {
        let lines = answer.lines.into_iter().map(|line| {
            let item = line.item as usize;
            let amount = decimal(line.amount)?;
            if money.is_money(item) && !money.admits(amount) {
                let name = description.items.get(item).map_or("", |item| &*item.name);
                let amount = normal_text(amount);
                return Err(Failure::InvalidOutcome(match money.decimals {
                    Some(decimals) => format!(
                        "the line {name} has the amount {amount}; its currency has {decimals} \
                         decimals"
                    ),
                    None => format!(
                        "the line {name} is money ({amount}), but the ruleset has no currency"
                    ),
                }));
            }
            Ok(Line { item, amount, subject: line.subject })
        });
        let lines = lines.collect::<Result<_, _>>()?;
        let findings = answer.findings.into_iter().map(|finding| {
            Ok(Finding {
                kind: finding.kind as usize,
                subject: finding.subject,
                on: finding.on.map(date).transpose()?,
                limit: finding.limit.map(decimal).transpose()?,
                actual: finding.actual.map(decimal).transpose()?,
            })
        });
        let findings = findings.collect::<Result<_, Failure>>()?;
        let steps = answer
            .steps
            .into_iter()
            .map(|step| Step {
                kind: step.kind as usize,
                line: step.line.map(|line| line as usize),
                values: step.values,
                result: step.result,
            })
            .collect();
        Ok(Self { lines, findings, steps })
    }
}

fn decimal(value: contract::Decimal) -> Result<Decimal, Failure> {
    Decimal::try_from(value).map_err(|error| Failure::InvalidOutcome(error.to_string()))
}

fn date(value: contract::Date) -> Result<Date, Failure> {
    Date::try_from(value).map_err(|error| Failure::InvalidOutcome(error.to_string()))
}
