//! What is asked for, what is wrong with it, and the calculations of a search.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::{Map, Value};
use stele_compute::Turn;
use stele_engine::contract::{Field, Origin, ScalarKind, Shape};
use stele_fields::{FieldError, WrongFields, name_of};
use stele_ruleset::{
    Calculation, CalculationError, Ruleset, Session, decimal_from_contract, decimal_from_text,
    nearest, normal_text,
};
use stele_store::TenantId;

use super::search::{Next, Range, Search, Solution};
use crate::{
    result::calculation::{CalculateError, CalculationRequest, CalculationResult, Known},
    state::runtime::Runtime,
};

/// A calculation of which one fact is looked for.
#[derive(Debug, Clone, stele_fields::FromFields, utoipa::ToSchema)]
pub struct SolveRequest {
    /// The calculation, without the fact that is varied. It is not recorded.
    pub calculation: CalculationRequest,
    /// The fact that is varied: a number that the ruleset declares. What is known of the employee is
    /// not used for it.
    #[schema(example = "gross")]
    pub vary: String,
    /// The item whose amount is wanted. Where there are several lines of it, their sum; where there is
    /// none, zero.
    #[schema(example = "net_pay")]
    pub item: String,
    /// The amount that is wanted, as a decimal.
    #[schema(value_type = String, example = "20000.00")]
    pub amount: Value,
    /// The smallest value that is tried; none: zero, or the fact's own smallest where that is more.
    #[schema(value_type = Option<String>, example = "0")]
    pub from: Option<Value>,
    /// The largest value that is tried; none: the fact's own largest.
    #[schema(value_type = Option<String>)]
    pub to: Option<Value>,
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct Solved {
    /// The value, or why there is none.
    pub solution: Solution,
    /// The calculation at the value that was found.
    pub result: Option<CalculationResult>,
    /// How often the rule was asked.
    pub evaluations: u32,
}

/// Why nothing could be looked for.
#[derive(Debug, thiserror::Error)]
pub enum SolveError {
    /// Fields that are wrong, each with its pointer into the request.
    #[error("what is to be solved is wrong")]
    Fields(WrongFields),
    /// The rule refuses a value that has to be tried.
    #[error("with {fact} = {value} there is no answer: {error}")]
    Refused {
        /// The fact.
        fact: String,
        /// The value that was tried.
        value: String,
        /// Why.
        error: Box<CalculationError>,
    },
    /// The item's lines can not be added up.
    #[error("the sum of the item's lines is too large")]
    TooLarge,
    /// There is no calculation, whatever the value.
    #[error(transparent)]
    Calculate(#[from] CalculateError),
}

impl Runtime {
    /// Looks for the value of a fact for which the rule in force gives an amount. Nothing is recorded.
    pub async fn solve(
        &self,
        tenant: &TenantId,
        request: SolveRequest,
    ) -> Result<Solved, SolveError> {
        let mut request = request;
        if request.calculation.record {
            let mut wrong = WrongFields::default();
            let expected = "false, since nothing is recorded";
            wrong.note(|| FieldError::new("/calculation/record", expected, "true"));
            return Err(SolveError::Fields(wrong));
        }
        // What is known of the employee is not asked for it; a value that is given is refused below.
        let given = request.calculation.facts.insert(request.vary.clone(), Value::Null);
        let (date, explain) = (request.calculation.date, request.calculation.explain);
        let calculation = request.calculation.clone();
        let mut prepared = self.prepare(tenant, calculation, &Known::now(self)).await?;
        let asked = Asked::read(&request, given.as_ref(), prepared.ruleset())?;
        let (ruleset, engine) = (prepared.ruleset().clone(), self.engine().clone());
        let (facts, holder) = (prepared.take_facts(), tenant.shared().clone());
        let fact = request.vary;
        let job = move |turn: Turn| async move {
            let session = ruleset.session(&engine, &holder);
            let trials = Trials { session, turn, date, facts, fact, item: asked.item };
            trials.run(Search::new(asked.range, asked.amount), explain).await
        };
        let run = self.run(tenant.shared(), job).await;
        let (solution, calculation, evaluations) =
            run.map_err(|failure| CalculateError::from(CalculationError::Failure(failure)))??;
        let result = calculation.map(|calculation| prepared.result(date, calculation));
        Ok(Solved { solution, result, evaluations })
    }
}

/// The calculations of a search, on one evaluator.
struct Trials {
    session: Session,
    turn: Turn,
    date: Date,
    facts: Map<String, Value>,
    fact: String,
    /// Position of the item.
    item: usize,
}

impl Trials {
    /// Searches to the end. Gives the calculation at the value that was found, and how often the rule
    /// was asked.
    async fn run(
        mut self,
        mut search: Search,
        explain: bool,
    ) -> Result<(Solution, Option<Calculation>, u32), SolveError> {
        let mut last = None;
        let solution = loop {
            let value = match search.next() {
                Next::Try(value) => value,
                Next::Done(solution) => break solution,
            };
            match self.at(value, false).await {
                Ok(calculation) => {
                    let amount = self.amount(&calculation)?;
                    last = Some(calculation);
                    search.gave(amount);
                }
                Err(error @ (CalculationError::Fault(_) | CalculationError::InvalidFacts(_))) => {
                    if !search.refused() {
                        let (fact, value) = (self.fact, normal_text(value));
                        return Err(SolveError::Refused { fact, value, error: error.into() });
                    }
                }
                Err(error) => return Err(CalculateError::from(error).into()),
            }
        };
        let evaluations = search.evaluations();
        match &solution {
            Solution::Found(trial) if explain => {
                let explained = self.at(trial.value, true).await.map_err(CalculateError::from)?;
                Ok((solution, Some(explained), evaluations + 1))
            }
            // The last one that was tried is the one that was found.
            Solution::Found(_) => Ok((solution, last, evaluations)),
            _ => Ok((solution, None, evaluations)),
        }
    }

    async fn at(&mut self, value: Decimal, explain: bool) -> Result<Calculation, CalculationError> {
        self.turn.pass().await;
        self.facts.insert(self.fact.clone(), Value::String(normal_text(value)));
        self.session.calculate(self.date, &self.facts, explain).await
    }

    /// The sum of the item's lines.
    fn amount(&self, calculation: &Calculation) -> Result<Decimal, SolveError> {
        let lines = calculation.outcome.lines.iter().filter(|line| line.item == self.item);
        let sum = lines.map(|line| line.amount).try_fold(Decimal::ZERO, Decimal::checked_add);
        sum.ok_or(SolveError::TooLarge)
    }
}

/// The request, read against the rule.
struct Asked {
    item: usize,
    amount: Decimal,
    range: Range,
}

impl Asked {
    fn read(
        request: &SolveRequest,
        given: Option<&Value>,
        ruleset: &Ruleset,
    ) -> Result<Self, SolveError> {
        let mut wrong = WrongFields::default();
        let description = ruleset.description();
        let item = description.items.iter().position(|item| *item.name == *request.item);
        if item.is_none() {
            let known = description.items.iter().map(|item| &*item.name);
            let expected = format!("an item of {}", ruleset.manifest().name);
            wrong.note(|| FieldError::new("/item", &expected, &meant(&request.item, known)));
        }
        let callers = |field: &&Field| field.origin == Origin::Caller;
        let fact = description.facts.iter().filter(callers);
        let varied = match fact.clone().find(|field| *field.name == *request.vary) {
            Some(field) => varied(field, ruleset),
            None => {
                let expected = format!("a fact of {}", ruleset.manifest().name);
                let found = meant(&request.vary, fact.map(|field| &*field.name));
                Err(FieldError::new("/vary", &expected, &found))
            }
        };
        if given.is_some_and(|value| !value.is_null()) {
            let pointer = format!("/calculation/facts/{}", request.vary);
            wrong.note(|| FieldError::new(&pointer, "nothing, since it is varied", "a value"));
        }
        let mut read = |pointer: &str, value: &Value| match decimal(value) {
            Ok(decimal) => Some(decimal),
            Err(found) => {
                wrong.note(|| FieldError::new(pointer, "a decimal", &found));
                None
            }
        };
        let amount = read("/amount", &request.amount);
        let from = request.from.as_ref().and_then(|value| read("/from", value));
        let to = request.to.as_ref().and_then(|value| read("/to", value));
        let range = match varied.and_then(|varied| varied.between(from, to)) {
            Ok(range) => Some(range),
            Err(error) => {
                wrong.note(|| error);
                None
            }
        };
        match (item, amount, range) {
            (Some(item), Some(amount), Some(range)) if wrong.is_empty() => {
                Ok(Self { item, amount, range })
            }
            _ => Err(SolveError::Fields(wrong)),
        }
    }
}

/// What a fact may hold.
struct Varied {
    least: Option<Decimal>,
    most: Option<Decimal>,
    decimals: u32,
}

fn varied(field: &Field, ruleset: &Ruleset) -> Result<Varied, FieldError> {
    match &field.shape {
        Shape::Scalar(ScalarKind::Decimal(bounds)) => Ok(Varied {
            least: bounds.minimum.and_then(decimal_from_contract),
            most: bounds.maximum.and_then(decimal_from_contract),
            decimals: u32::from(bounds.decimals.unwrap_or(ruleset.manifest().decimals)),
        }),
        Shape::Scalar(ScalarKind::Integer(bounds)) => Ok(Varied {
            least: bounds.minimum.map(Decimal::from),
            most: bounds.maximum.map(Decimal::from),
            decimals: 0,
        }),
        _ => {
            Err(FieldError::new("/vary", "a fact that is a number", &format!("\"{}\"", field.name)))
        }
    }
}

impl Varied {
    /// In units, within what the fact may hold.
    fn between(&self, from: Option<Decimal>, to: Option<Decimal>) -> Result<Range, FieldError> {
        let least = from.unwrap_or(Decimal::ZERO);
        let least = self.least.map_or(least, |own| least.max(own));
        let most = match (to, self.most) {
            (Some(to), Some(own)) => Some(to.min(own)),
            (to, own) => to.or(own),
        };
        if let Some(most) = most.filter(|most| *most < least) {
            let expected = format!("{} or more", normal_text(least));
            return Err(FieldError::new("/to", &expected, &normal_text(most)));
        }
        let units = |value: Decimal, pointer: &str| {
            let scale = 10_i64.checked_pow(self.decimals).map(Decimal::from);
            let units = scale.and_then(|scale| value.checked_mul(scale));
            let whole = units.filter(|units| units.is_integer());
            let expected = || format!("a number with at most {} decimals", self.decimals);
            (whole.and_then(|units| i64::try_from(units).ok()))
                .ok_or_else(|| FieldError::new(pointer, &expected(), &normal_text(value)))
        };
        // A bound of the fact's own that no one will reach is as good as none.
        let most = match (most, to) {
            (Some(most), Some(_)) => Some(units(most, "/to")?),
            (Some(most), None) => units(most, "/to").ok(),
            (None, _) => None,
        };
        Ok(Range { least: units(least, "/from")?, most, decimals: self.decimals })
    }
}

/// A decimal from a JSON text or number; the error says what was found.
fn decimal(value: &Value) -> Result<Decimal, String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        other => return Err(name_of(other)),
    };
    decimal_from_text(&text)
        .map_err(|_| format!("\"{}\"", text.chars().take(40).collect::<String>()))
}

fn meant<'a>(unknown: &str, known: impl Iterator<Item = &'a str>) -> String {
    match nearest(unknown, known) {
        Some(near) => format!("an unknown name; did you mean {near}?"),
        None => "an unknown name".to_owned(),
    }
}
