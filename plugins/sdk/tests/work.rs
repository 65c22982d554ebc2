//! A figure that is worked out says how, in the tokens of its own expression, and only when asked.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use stele_sdk::brackets::Brackets;
use stele_sdk::contract::{self, Scalar, Source, Target, Token, Value};
use stele_sdk::prelude::*;
use stele_sdk::rounding::CENT;

/// A month.
#[derive(Facts)]
pub struct Month {
    /// Wages.
    #[fact(unit = "EUR")]
    pub wages: Decimal,
    /// Wages of the months before.
    #[fact(unit = "EUR")]
    pub earlier: Option<Decimal>,
    /// What is kept back.
    #[fact(optional)]
    pub kept: Vec<Kept>,
}

/// What is kept back.
#[derive(Row)]
pub struct Kept {
    /// How much.
    #[column(unit = "EUR")]
    pub amount: Decimal,
}

/// The law.
#[derive(Parameters)]
pub struct Law {
    /// The table.
    pub brackets: Brackets<TaxRow>,
    /// Insurances.
    pub insurances: Vec<Insurance>,
}

/// A row of the table.
#[derive(Row, Bracket)]
pub struct TaxRow {
    /// Highest income.
    pub up_to: Option<Decimal>,
    /// The rate.
    pub rate: Decimal,
    /// What makes up for lower rows.
    pub quick_deduction: Decimal,
}

/// An insurance.
#[derive(Row)]
pub struct Insurance {
    /// Which.
    #[column(key)]
    pub number: i64,
    /// Highest base.
    #[column(unit = "EUR")]
    pub cap: Option<Decimal>,
    /// The rate.
    #[column(unit = "fraction")]
    pub rate: Decimal,
}

/// Lines.
#[derive(Items, Clone, Copy, PartialEq, Debug)]
pub enum Item {
    /// Tax.
    #[item(category = "tax", citation = "Tax Act")]
    Tax,
    /// Pension.
    #[item(category = "social")]
    Pension,
    /// Health.
    #[item(category = "social")]
    Health,
    /// Kept back.
    #[item(category = "net")]
    Kept,
}

/// Figures.
#[derive(Figures, Clone, Copy, PartialEq, Debug)]
pub enum Figure {
    /// Income of the year so far.
    #[figure(citation = "Tax Act, s. 2")]
    Income,
    /// Base of an insurance.
    PensionBase,
    /// Base of the other insurance.
    HealthBase,
}

type Payslip = Outcome<Item, Nothing, Step>;

stele_sdk::provisions! {
    /// How the lines come about.
    pub enum Step = { withhold, insure, keep_back };
}

/// The tax of the year so far.
#[provision("Tax Act, s. 3", parameters("insurances"))]
fn withhold(law: &Law, month: &Month, out: &mut Payslip) -> Decimal {
    let income = work!(out, Figure::Income = month.earlier + month.wages);
    let relief = Decimal::TEN;
    say!(out, Relief, "There is a relief of {relief:EUR} on {income}.");
    -work!(out, Item::Tax = at_least(half_up(law.brackets.tax(income), CENT) - 10, 0))
}

/// An insurance.
#[provision]
fn insure(row: &Insurance, #[is(Figure::Income)] income: Decimal, out: &mut Payslip) {
    let which = usize::try_from(row.number).unwrap();
    let base =
        work!(out, [Figure::PensionBase, Figure::HealthBase][which] = at_most(income, row.cap));
    work!(
        out,
        [Item::Pension, Item::Health][which] = if base > 1000 { share(base, row.rate) } else { 0 }
    );
}

#[provision]
fn keep_back(month: &Month, out: &mut Payslip) {
    for kept in &month.kept {
        work!(out, Item::Kept.about("agreed") = kept.amount);
    }
}

/// The rule.
pub struct Small;

impl Rule for Small {
    const NAME: &'static str = "small";
    const MEANING: &'static str = "Small.";
    type Facts = Month;
    type Parameters = Law;
    type Item = Item;
    type Figure = Figure;
    type Finding = Nothing;
    type Step = Step;

    fn evaluate(law: &Law, month: &Month, out: &mut Payslip) -> Result<(), Fault> {
        withhold(law, month, out);
        let income = month.earlier.unwrap_or_default() + month.wages;
        law.insurances.iter().for_each(|row| insure(row, income, out));
        keep_back(month, out);
        Ok(())
    }
}

stele_sdk::export!(Small);

fn law() -> Law {
    let row = |up_to: Option<i64>, percent, deduction: i64| TaxRow {
        up_to: up_to.map(Decimal::from),
        rate: Decimal::new(percent, 2),
        quick_deduction: Decimal::from(deduction),
    };
    let insurance = |number, cap: Option<i64>| Insurance {
        number,
        cap: cap.map(Decimal::from),
        rate: Decimal::new(10, 2),
    };
    let brackets = Brackets::new(vec![row(Some(1_000), 10, 0), row(None, 20, 100)]).unwrap();
    Law { brackets, insurances: vec![insurance(0, Some(1_500)), insurance(1, None)] }
}

fn outcome(explain: bool) -> contract::Outcome {
    let month = Month {
        wages: Decimal::from(1_200),
        earlier: Some(Decimal::from(800)),
        kept: vec![Kept { amount: Decimal::TWO }],
    };
    let mut out = Outcome::new(explain);
    Small::evaluate(&law(), &month, &mut out).unwrap();
    out.into_contract()
}

fn decimal(amount: i64) -> Scalar {
    let (low, negative) = (amount.unsigned_abs(), amount < 0);
    Scalar::Decimal(contract::Decimal { negative, scale: 0, high: 0, low })
}

fn step(name: &str) -> (usize, contract::StepKind) {
    let steps = stele_sdk::describe::<Small>().steps;
    steps.into_iter().enumerate().find(|(_, step)| step.name == name).unwrap()
}

#[test]
fn the_formula_is_the_expression_s_own_tokens() {
    let (_, tax) = step("withhold_tax");
    let formula = tax.formula.unwrap();
    assert_eq!(formula.gives, Target::Item(0));
    let table = contract::TaxTable {
        rows: 1,
        limit: 0,
        limits: contract::Limits::UpTo,
        rate: 1,
        method: contract::TaxMethod::QuickDeduction(2),
    };
    let number = |low| contract::Decimal { negative: false, scale: 0, high: 0, low };
    let cent = contract::Decimal { negative: false, scale: 2, high: 0, low: 1 };
    assert_eq!(
        formula.tokens,
        [
            Token::Argument(0),
            Token::Tax(table),
            Token::Rounded(contract::Rounding {
                direction: contract::Direction::HalfUp,
                unit: cent
            }),
            Token::Number(number(10)),
            Token::Subtract,
            Token::Number(number(0)),
            Token::AtLeast,
        ]
    );
    assert_eq!(tax.citation.as_deref(), Some("Tax Act, s. 3"));
    assert_eq!(tax.parameters, [1]);
}

#[test]
fn each_operand_tells_what_it_is() {
    let sources = |name| -> Vec<(String, Source)> {
        let arguments = step(name).1.arguments.into_iter();
        arguments.map(|argument| (argument.name, argument.source)).collect()
    };
    let named = |name: &str, source| (name.to_owned(), source);
    assert_eq!(
        sources("withhold_income"),
        [named("earlier", Source::Fact(1)), named("wages", Source::Fact(0))]
    );
    assert_eq!(
        sources("withhold_tax"),
        [named("income", Source::Figure(0)), named("brackets", Source::Parameter(0))]
    );
    let cell = |column| Source::ParameterColumn(contract::ColumnOf { field: 1, column });
    assert_eq!(
        sources("insure_health_base"),
        [named("income", Source::Figure(0)), named("cap", cell(1))]
    );
    assert_eq!(
        sources("insure_health"),
        [named("base", Source::Figure(2)), named("rate", cell(2))]
    );
    let kept = Source::FactColumn(contract::ColumnOf { field: 2, column: 0 });
    assert_eq!(sources("keep_back_kept"), [named("amount", kept)]);
    assert_eq!(
        sources("relief"),
        [named("relief", Source::Own), named("income", Source::Figure(0))]
    );
}

#[test]
fn a_step_shows_its_operands_and_its_result_and_leads_to_its_line() {
    let out = outcome(true);
    let shown = |name| {
        let kind = u32::try_from(step(name).0).unwrap();
        out.steps.iter().find(|step| step.kind == kind).unwrap()
    };
    let tax = shown("withhold_tax");
    assert_eq!(tax.line, Some(0));
    let row = vec![Scalar::None, decimal_with(2, 20), decimal(100)];
    assert_eq!(tax.values, [Value::Scalar(decimal(2_000)), Value::Table(vec![row])]);
    assert_eq!(
        tax.result,
        Some(Scalar::Decimal(contract::Decimal {
            negative: false,
            scale: 2,
            high: 0,
            low: 29_000,
        }))
    );
    assert_eq!(shown("withhold_income").line, Some(0));
    let base = shown("insure_health_base");
    assert_eq!(base.values, [Value::Scalar(decimal(2_000)), Value::Scalar(Scalar::None)]);
    assert_eq!(shown("keep_back_kept").line, Some(3));
}

fn decimal_with(scale: u8, low: u64) -> Scalar {
    Scalar::Decimal(contract::Decimal { negative: false, scale, high: 0, low })
}

#[test]
fn an_explanation_changes_no_line() {
    let (plain, explained) = (outcome(false), outcome(true));
    assert_eq!(plain.lines, explained.lines);
    assert!(plain.steps.is_empty());
    let items: Vec<(u32, Option<&str>)> =
        plain.lines.iter().map(|line| (line.item, line.subject.as_deref())).collect();
    assert_eq!(items, [(0, None), (1, None), (2, None), (3, Some("agreed"))]);
}

#[test]
fn a_sentence_keeps_its_units_to_itself() {
    let (_, relief) = step("relief");
    assert_eq!(relief.text.as_deref(), Some("There is a relief of {relief} on {income}."));
    assert_eq!(relief.arguments[0].unit.as_deref(), Some("EUR"));
}
