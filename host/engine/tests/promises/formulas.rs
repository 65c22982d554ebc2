//! What the host renders and works out again may rely on formulas that make sense, and on steps with
//! the values that their formulas name.

use stele_engine::contract::{
    Argument, Choice, Column, ColumnOf, Decimal, DecimalBounds, Description, Direction, Field,
    Figure, Formula, Limits, Rounding, Scalar, ScalarKind, Shape, Source, StepKind, TableShape,
    Target, TaxMethod, TaxTable, Token, Value,
};
use stele_engine::{Exactness, Failure};

use crate::support::{self, described, description, engine, evaluate};

fn decimal(low: u64, scale: u8) -> Decimal {
    Decimal { negative: false, scale, high: 0, low }
}

fn amount() -> ScalarKind {
    ScalarKind::Decimal(DecimalBounds { minimum: None, maximum: None, decimals: None })
}

fn argument(name: &str, source: Source) -> Argument {
    Argument { name: name.to_owned(), unit: None, source }
}

fn column(name: &str, kind: ScalarKind) -> Column {
    Column {
        name: name.to_owned(),
        meaning: "A column.".to_owned(),
        unit: None,
        required: false,
        kind,
        key: false,
        selected_by: None,
    }
}

fn field(description: &Description, name: &str, shape: Shape) -> Field {
    Field { name: name.to_owned(), shape, ..description.facts[0].clone() }
}

/// One of everything that a formula can name: the number, a day, a flag, a choice; the bonus,
/// brackets; an item, a figure. The arguments of the formula are in this order.
fn rich() -> Description {
    let mut rich = description();
    let choices = vec![Choice { name: "IV".to_owned(), meaning: "A choice.".to_owned() }];
    for (name, kind) in [
        ("born", ScalarKind::Date),
        ("flag", ScalarKind::Boolean),
        ("tax_class", ScalarKind::Choice(choices)),
    ] {
        let fact = field(&rich, name, Shape::Scalar(kind));
        rich.facts.push(fact);
    }
    let columns = vec![
        column("up_to", amount()),
        column("rate", amount()),
        column("deduction", amount()),
        column("name", ScalarKind::Text(10)),
    ];
    let brackets = Shape::Table(TableShape { columns, maximum_rows: 10 });
    let brackets = field(&rich, "brackets", brackets);
    rich.parameters.push(brackets);
    rich.figures.push(Figure {
        name: "taxable".to_owned(),
        meaning: "What is taxed.".to_owned(),
        unit: None,
        citation: Some("Law, article 6".to_owned()),
    });
    rich.steps.push(StepKind {
        name: "tax".to_owned(),
        text: None,
        formula: Some(Formula { gives: Target::Item(0), tokens: vec![Token::Argument(0)] }),
        citation: None,
        arguments: vec![
            argument("number", Source::Fact(0)),
            argument("born", Source::Fact(1)),
            argument("flag", Source::Fact(2)),
            argument("tax_class", Source::Fact(3)),
            argument("bonus", Source::Parameter(0)),
            argument("brackets", Source::Parameter(1)),
            argument("rate", Source::ParameterColumn(ColumnOf { field: 1, column: 1 })),
            argument("answer", Source::Item(1)),
            argument("taxable", Source::Figure(0)),
            argument("own", Source::Own),
            argument("weeks", Source::Expression("weeks * 7".to_owned())),
        ],
        parameters: Vec::new(),
    });
    rich
}

const NUMBER: Token = Token::Argument(0);
const DAY: Token = Token::Argument(1);
const FLAG: Token = Token::Argument(2);
const CHOICE: Token = Token::Argument(3);
const ROWS: Token = Token::Argument(5);
const OWN: Token = Token::Argument(9);

fn tax(method: TaxMethod, limits: Limits) -> Token {
    Token::Tax(TaxTable { rows: 5, limit: 0, limits, rate: 1, method })
}

fn with_tokens(tokens: &[Token]) -> Description {
    let mut description = rich();
    description.steps[1].formula =
        Some(Formula { gives: Target::Item(0), tokens: tokens.to_vec() });
    description
}

#[track_caller]
fn assert_accepted(description: &Description) {
    let bytes = described("honest", description);
    let rule = support::check(&engine(|_| {}), &bytes, Exactness::Exact).unwrap();
    assert_eq!(rule.description(), description);
}

#[track_caller]
fn assert_refused(part: &str, description: &Description) {
    let bytes = described("honest", description);
    let rejection = support::check(&engine(|_| {}), &bytes, Exactness::Exact).unwrap_err();
    assert_eq!(rejection.check(), "describe", "{rejection}");
    assert!(rejection.reason().contains(part), "{rejection}");
}

#[test]
fn every_token_and_every_source_passes_as_it_is() {
    let half_a_cent =
        Token::Rounded(Rounding { direction: Direction::HalfUp, unit: decimal(5, 3) });
    let mut tokens = vec![NUMBER];
    for (operand, operator) in [
        (Token::Number(decimal(125, 2)), Token::Add),
        (Token::Argument(4), Token::Subtract),
        (Token::Argument(7), Token::Multiply),
        (Token::Argument(6), Token::Share),
        (Token::Argument(6), Token::Percent),
        (Token::Argument(8), Token::Divide),
        (Token::Argument(9), Token::AtLeast),
        (Token::Argument(10), Token::AtMost),
        (NUMBER, Token::Smallest(2)),
        (NUMBER, Token::Largest(2)),
        (NUMBER, Token::Sum(2)),
    ] {
        tokens.extend([operand, operator]);
    }
    for direction in [
        Direction::HalfUp,
        Direction::HalfDown,
        Direction::HalfEven,
        Direction::Up,
        Direction::Down,
        Direction::Ceiling,
        Direction::Floor,
    ] {
        tokens.push(Token::Rounded(Rounding { direction, unit: decimal(1, 2) }));
    }
    tokens.extend([half_a_cent, Token::Negate]);
    tokens.extend([
        tax(TaxMethod::Marginal, Limits::UpTo),
        tax(TaxMethod::QuickDeduction(2), Limits::Over),
        tax(TaxMethod::BaseTax(2), Limits::AtLeast),
        tax(TaxMethod::Whole, Limits::UpTo),
    ]);
    // Where it is chosen by days, numbers, a flag and choices.
    let condition = [
        [DAY, DAY, Token::Less].as_slice(),
        &[DAY, DAY, Token::LessOrEqual, Token::Both],
        &[NUMBER, NUMBER, Token::More, Token::Either],
        &[NUMBER, OWN, Token::MoreOrEqual, Token::Both],
        &[FLAG, Token::Not, Token::Both],
        &[CHOICE, CHOICE, Token::Equal, Token::Both],
        &[CHOICE, OWN, Token::Unequal, Token::Both],
    ];
    let mut whole: Vec<Token> = condition.concat();
    whole.extend(tokens);
    whole.extend([DAY, DAY, Token::DaysBetween]);
    whole.extend([DAY, DAY, Token::MonthsBetween, Token::Add]);
    whole.extend([DAY, DAY, Token::YearsBetween, Token::Add, Token::Choose]);
    assert_accepted(&with_tokens(&whole));
}

#[test]
fn a_formula_is_a_whole_expression() {
    assert_refused("1 to 256 tokens, found 0", &with_tokens(&[]));
    assert_refused("1 to 256 tokens, found 257", &with_tokens(&vec![Token::Negate; 257]));
    assert_refused("token 1: it takes 2 operands of 1", &with_tokens(&[NUMBER, Token::Add]));
    assert_refused("leave one value, found 2", &with_tokens(&[NUMBER, NUMBER]));
    assert_refused(
        "it takes 4294967295 operands of 1",
        &with_tokens(&[NUMBER, Token::Sum(u32::MAX)]),
    );
    assert_refused("at least 2 operands, found 1", &with_tokens(&[NUMBER, Token::Largest(1)]));
}

#[test]
fn operands_are_of_the_types_that_operators_take() {
    for (part, tokens) in [
        ("token 2: expected a number, found a day", &[NUMBER, DAY, Token::Add][..]),
        ("expected a number, found a boolean", &[FLAG, Token::Negate]),
        ("expected a number, found a table", &[ROWS, Token::Negate]),
        ("expected two numbers or two days, found a number and a day", &[NUMBER, DAY, Token::Less]),
        ("found a text, a moment or a choice and a number", &[CHOICE, NUMBER, Token::Equal]),
        ("expected values, found a table", &[ROWS, ROWS, Token::Equal]),
        ("expected a boolean, found a number", &[NUMBER, Token::Not]),
        ("expected a boolean, found a number", &[NUMBER, NUMBER, NUMBER, Token::Choose]),
        ("expected operands of one type", &[FLAG, NUMBER, DAY, Token::Choose]),
        ("expected a day, found a number", &[NUMBER, DAY, Token::YearsBetween]),
        ("expected a number, found a boolean", &[NUMBER, NUMBER, Token::Less]),
        ("it gives a table", &[ROWS]),
    ] {
        assert_refused(part, &with_tokens(tokens));
    }
    // A figure may be a flag.
    let mut figure = with_tokens(&[FLAG]);
    figure.steps[1].formula.as_mut().unwrap().gives = Target::Figure(0);
    assert_accepted(&figure);
}

#[test]
fn a_formula_names_only_what_is_declared() {
    assert_refused("it is argument 11 of 11", &with_tokens(&[Token::Argument(11)]));
    for (part, gives) in
        [("it gives item 2 of 2", Target::Item(2)), ("it gives figure 1 of 1", Target::Figure(1))]
    {
        let mut description = rich();
        description.steps[1].formula.as_mut().unwrap().gives = gives;
        assert_refused(part, &description);
    }
    for (part, source) in [
        ("argument `number`: it is fact 4 of 4", Source::Fact(4)),
        ("it is parameter 2 of 2", Source::Parameter(2)),
        ("it is item 2 of 2", Source::Item(2)),
        ("it is figure 1 of 1", Source::Figure(1)),
        ("column 4 of 4 of `brackets`", Source::ParameterColumn(ColumnOf { field: 1, column: 4 })),
        ("`bonus`, which is no table", Source::ParameterColumn(ColumnOf { field: 0, column: 0 })),
        ("position 9 of 4 facts", Source::FactColumn(ColumnOf { field: 9, column: 0 })),
        ("expected a text of the expression", Source::Expression(" ".to_owned())),
        ("of 5000 bytes, at most 4096", Source::Expression("x".repeat(5000))),
    ] {
        let mut description = rich();
        description.steps[1].arguments[0].source = source;
        assert_refused(part, &description);
    }
}

#[test]
fn numbers_and_units_of_rounding_are_decimals() {
    let negative = Decimal { negative: true, ..decimal(1, 2) };
    for unit in [decimal(0, 0), negative, decimal(1, 29)] {
        let rounded = Token::Rounded(Rounding { direction: Direction::Up, unit });
        assert_refused("a unit of more than zero", &with_tokens(&[NUMBER, rounded]));
    }
    assert_refused("not a decimal", &with_tokens(&[Token::Number(decimal(1, 29))]));
}

#[test]
fn a_tax_is_by_a_table_of_parameters() {
    let table =
        TaxTable { rows: 5, limit: 0, limits: Limits::UpTo, rate: 1, method: TaxMethod::Marginal };
    for (part, table) in [
        ("by the rows of a table of parameters", TaxTable { rows: 0, ..table }),
        ("by the rows of a table of parameters", TaxTable { rows: 99, ..table }),
        ("`bonus`, which is no table", TaxTable { rows: 4, ..table }),
        ("column 4 of 4", TaxTable { limit: 4, ..table }),
        ("column `name`: expected a number", TaxTable { rate: 3, ..table }),
        ("column 7 of 4", TaxTable { method: TaxMethod::QuickDeduction(7), ..table }),
        ("limits are those where rows end", TaxTable { method: TaxMethod::BaseTax(2), ..table }),
    ] {
        assert_refused(part, &with_tokens(&[NUMBER, Token::Tax(table)]));
    }
}

#[test]
fn a_step_is_a_sentence_or_a_formula_or_both() {
    let mut both = rich();
    both.steps[1].text = Some("The tax on {number}.".to_owned());
    assert_accepted(&both);
    both.steps[1].text = Some("The tax by {brackets}.".to_owned());
    assert_refused("the table {brackets} can not stand in a text", &both);
    let mut neither = rich();
    neither.steps[1].formula = None;
    assert_refused("expected a text or a formula, found neither", &neither);
}

#[test]
fn a_name_is_an_items_or_a_figures() {
    let mut description = rich();
    description.figures[0].name = "answer".to_owned();
    assert_refused("figure `answer`: an item has the same name", &description);
    description.figures[0].name = "taxable".to_owned();
    description.figures.push(description.figures[0].clone());
    assert_refused("two figures have the name `taxable`", &description);
    description.figures.truncate(1);
    description.figures[0].meaning = String::new();
    assert_refused("figure `taxable`: expected a meaning", &description);
}

/// The answers of `misshapen` where the step has a formula over one value from this source.
async fn answered(source: Source, way: i64) -> Result<Value, Failure> {
    let mut description = rich();
    let [first, mut formula] = description.steps.try_into().unwrap();
    formula.arguments = vec![argument("value", source)];
    formula.formula =
        Some(Formula { gives: Target::Figure(0), tokens: vec![Token::Number(decimal(1, 0))] });
    description.facts.truncate(1);
    description.facts.extend(rich().facts.into_iter().skip(1));
    description.steps = vec![formula, first];
    // The engine hands over one value for each fact and parameter.
    let bytes = described("misshapen", &description);
    let engine = engine(|_| {});
    let rule = support::check(&engine, &bytes, Exactness::Exact).unwrap();
    let none = Value::Scalar(Scalar::None);
    let number = |number| Value::Scalar(Scalar::Integer(number));
    let parameters = [number(0), Value::Table(Vec::new())];
    let mut lease = engine.fresh(&rule, &parameters).await.unwrap();
    let facts = [number(way), none.clone(), none.clone(), none];
    let evaluation = lease.evaluate(&facts, true)?;
    Ok(evaluation.outcome.steps[0].values[0].clone())
}

#[tokio::test]
async fn a_step_has_the_values_of_its_sources_and_the_result_of_its_formula() {
    // Way 19 gives a result to the step, an integer and no result otherwise.
    let integer = Value::Scalar(Scalar::Integer(0));
    assert_eq!(answered(Source::Fact(0), 19).await, Ok(integer.clone()));
    assert_eq!(answered(Source::Own, 19).await, Ok(integer));
    for (part, source, way) in [
        ("it has a formula, but no result", Source::Own, 0),
        ("value 0: expected a day, found something else", Source::Fact(1), 19),
        ("value 0: expected a boolean, found something else", Source::Fact(2), 19),
        ("value 0: expected one of the declared choices", Source::Fact(3), 19),
        ("value 0: expected rows, found a single value", Source::Parameter(1), 19),
    ] {
        match answered(source, way).await {
            Err(Failure::InvalidOutcome(reason)) => assert!(reason.contains(part), "{reason}"),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_rule_without_formulas_answers_as_before() {
    let engine = engine(|_| {});
    assert!(evaluate(&engine, &support::rule(&engine, "misshapen"), 0).await.is_ok());
}
