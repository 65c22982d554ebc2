//! Formulas are worked out again over the values that a step shows, compared with what they are said to
//! be, and written for people.

use jiff::civil::date;
use stele_engine::contract::{
    self, Argument, Choice, Column, ColumnOf, Date, Decimal, Description, Direction, Field, Figure,
    Formula, Limits, Rounding, Scalar, ScalarKind, Shape, Source, StepKind, TableShape, Target,
    TaxMethod, TaxTable, Token, Value,
};
use stele_ruleset::{
    Calculated, Disagreement, Formulas, Manifest, Money, NotWorkable, Outcome, Parameters, Texts,
    Wording, decimal_from_text,
};
use stele_words::Words;

use crate::support;

const MANIFEST: &str = r#"
name = "test/tax"
version = "1.0.0"
kind = "points"
currency = "CNY"
decimals = 2
languages = ["en", "zh"]
component = "text-rule"
[validity]
from = 2020-01-01
until = 2021-12-31
"#;

const PARAMETERS: &str = r#"
[[rate]]
from = 2020-01-01
value = "0.08"
source = "Act, s. 1"
[[brackets]]
from = 2020-01-01
source = "Act, s. 2"
rows = [
    { up_to = "36000", over = "0", rate = "0.03", deduction = "0" },
    { up_to = "144000", over = "36000", rate = "0.1", deduction = "2520" },
    { over = "144000", rate = "0.2", deduction = "16920" },
]
[[by_class]]
from = 2020-01-01
row = { tax_class = "IV", over = "0", base = "0", rate = "0.1" }
source = "Act, s. 3"
[[by_class]]
from = 2020-01-01
row = { tax_class = "IV", over = "1000", base = "100", rate = "0.2" }
source = "Act, s. 3"
[[by_class]]
from = 2020-01-01
row = { tax_class = "V", over = "0", base = "0", rate = "0.3" }
source = "Act, s. 3"
"#;

const ENGLISH: &str = r#"
title = "Tax"
[facts]
wages = "Wages"
[items]
tax = "Income tax"
"#;

const CHINESE: &str = r#"
title = "税"
[facts]
wages = "工资"
relief = "减除"
born = "出生日"
resident = "居民"
tax_class = "税级"
entries = "记录"
"entries.hours" = "小时"
[parameters]
rate = "税率"
brackets = "税率表"
by_class = "税级表"
[items]
tax = "所得税"
net = "实发"
[figures]
taxable = "应纳税所得额"
[findings]
too_much = "{actual}超过{limit}。"
[choices.tax_class]
IV = "四级"
"#;

fn amount() -> ScalarKind {
    support::decimal(None, None, None)
}

fn optional(column: Column) -> Column {
    Column { required: false, ..column }
}

/// Wages, relief that may be missing, a day, a flag, a class, entries; a rate and two tables of
/// brackets; tax and net; what is taxed.
fn described() -> Description {
    let mut of = support::description();
    let choice = |name: &str| Choice { name: name.to_owned(), meaning: "A class.".to_owned() };
    let classes = || ScalarKind::Choice(vec![choice("IV"), choice("V")]);
    let scalar = |name: &str, kind| support::field(name, Shape::Scalar(kind));
    let table = |name: &str, columns| {
        support::field(name, Shape::Table(TableShape { columns, maximum_rows: 10 }))
    };
    let column = |name: &str| support::column(name, amount(), false);
    let meaning = |mut field: Field, meaning: &str| {
        field.meaning = meaning.to_owned();
        field
    };
    of.facts = vec![
        scalar("wages", amount()),
        Field { required: false, ..meaning(scalar("relief", amount()), "Relief, if any.") },
        meaning(scalar("born", ScalarKind::Date), "Day of birth."),
        meaning(scalar("resident", ScalarKind::Boolean), "Resident."),
        meaning(scalar("tax_class", classes()), "Tax class."),
        table("entries", vec![column("hours")]),
    ];
    of.parameters = vec![
        meaning(scalar("rate", amount()), "Rate."),
        meaning(
            table(
                "brackets",
                vec![
                    optional(column("up_to")),
                    column("over"),
                    column("rate"),
                    column("deduction"),
                ],
            ),
            "Brackets.",
        ),
        meaning(
            table(
                "by_class",
                vec![
                    support::column("tax_class", classes(), true),
                    support::column("over", amount(), true),
                    column("base"),
                    column("rate"),
                ],
            ),
            "Brackets of the class.",
        ),
    ];
    of.items[0].name = "tax".to_owned();
    of.items[1].name = "net".to_owned();
    of.items[1].meaning = "Net pay.".to_owned();
    of.items[0].unit = None;
    of.items[1].unit = None;
    of.figures = vec![Figure {
        name: "taxable".to_owned(),
        meaning: "Taxable income, which is taxed.".to_owned(),
        unit: None,
        citation: None,
    }];
    of.steps = Vec::new();
    of
}

/// A step of an explanation with its kind: its arguments with their values, its formula, its result
/// and the line that it leads to.
struct Step {
    arguments: Vec<(Source, Value)>,
    gives: Target,
    tokens: Vec<Token>,
    result: Scalar,
    line: Option<u32>,
}

const TAXABLE: Target = Target::Figure(0);
const TAX: Target = Target::Item(0);

/// What gives a figure.
fn figure(arguments: Vec<(Source, Value)>, tokens: Vec<Token>, result: &str) -> Step {
    Step { arguments, gives: TAXABLE, tokens, result: number(result), line: None }
}

fn decimal(text: &str) -> Decimal {
    decimal_from_text(text).unwrap().into()
}

fn number(text: &str) -> Scalar {
    Scalar::Decimal(decimal(text))
}

fn value(text: &str) -> Value {
    Value::Scalar(number(text))
}

fn day(year: u16, month: u8, day: u8) -> Value {
    Value::Scalar(Scalar::Date(Date { year, month, day }))
}

fn row(cells: &[Option<&str>]) -> Vec<Scalar> {
    cells.iter().map(|cell| cell.map_or(Scalar::None, number)).collect()
}

/// The first rows of `brackets`.
fn brackets(rows: std::ops::Range<usize>) -> Value {
    let all = [
        row(&[Some("36000"), Some("0"), Some("0.03"), Some("0")]),
        row(&[Some("144000"), Some("36000"), Some("0.1"), Some("2520")]),
        row(&[None, Some("144000"), Some("0.2"), Some("16920")]),
    ];
    Value::Table(all[rows].to_vec())
}

fn argument(position: u32) -> Token {
    Token::Argument(position)
}

fn constant(text: &str) -> Token {
    Token::Number(decimal(text))
}

/// What the explanation says of wages of 62,459.28, and of 100.00 on the tax line.
fn explained(steps: Vec<Step>) -> Explained {
    let mut description = described();
    let mut answer = contract::Outcome {
        lines: vec![contract::Line { item: 0, amount: decimal("100"), subject: None }],
        findings: Vec::new(),
        steps: Vec::new(),
    };
    for (at, step) in steps.into_iter().enumerate() {
        let named = |(place, (source, _)): (usize, &(Source, Value))| Argument {
            name: format!("value_{place}"),
            unit: None,
            source: source.clone(),
        };
        description.steps.push(StepKind {
            name: format!("step_{at}"),
            text: None,
            formula: Some(Formula { gives: step.gives, tokens: step.tokens }),
            citation: None,
            arguments: step.arguments.iter().enumerate().map(named).collect(),
            parameters: Vec::new(),
        });
        answer.steps.push(contract::Step {
            kind: at as u32,
            line: step.line,
            values: step.arguments.into_iter().map(|(_, value)| value).collect(),
            result: Some(step.result),
        });
    }
    let manifest = Manifest::parse(MANIFEST).unwrap();
    let parameters = Parameters::parse(PARAMETERS, &description, manifest.validity).unwrap();
    let files = [("texts/en.toml", ENGLISH), ("texts/zh.toml", CHINESE)];
    let texts = Texts::parse(files, &manifest, &description, &parameters).unwrap();
    let money = Money::new(&description, &manifest);
    let outcome = Outcome::accept(answer, &description, &money).unwrap();
    let facts = vec![
        value("62459.28"),
        Value::Scalar(Scalar::None),
        day(1990, 3, 31),
        Value::Scalar(Scalar::Boolean(true)),
        Value::Scalar(Scalar::Choice(0)),
        Value::Table(vec![row(&[Some("8")]), row(&[Some("9")])]),
    ];
    let formulas = Formulas::of(&description);
    Explained { description, formulas, manifest, parameters, texts, facts, outcome }
}

struct Explained {
    description: Description,
    formulas: Formulas,
    manifest: Manifest,
    parameters: Parameters,
    texts: Texts,
    facts: Vec<Value>,
    outcome: Outcome,
}

impl Explained {
    fn calculated(&self) -> Calculated<'_> {
        Calculated {
            description: &self.description,
            formulas: &self.formulas,
            manifest: &self.manifest,
            texts: &self.texts,
            in_force: self.parameters.on(&self.description, date(2020, 6, 30)).unwrap(),
            facts: &self.facts,
            outcome: &self.outcome,
        }
    }

    /// The formula of the last step in a language, which adds up.
    #[track_caller]
    fn shown(&self, language: &str) -> String {
        let calculated = self.calculated();
        calculated.adds_up().unwrap_or_else(|error| panic!("{error}"));
        let step = self.outcome.steps.last().unwrap();
        calculated.formula(step, Wording::of(&self.texts, &[language])).unwrap()
    }

    #[track_caller]
    fn disagreement(&self) -> Disagreement {
        self.calculated().adds_up().expect_err("it does not add up")
    }
}

/// `Taxable income = …` of one step over numbers of its own.
#[track_caller]
fn shown(tokens: Vec<Token>, result: &str) -> String {
    let own = ["10", "4", "3"].map(|text| (Source::Own, value(text)));
    let shown = explained(vec![figure(own.to_vec(), tokens, result)]).shown("en");
    let shown = shown.strip_prefix("Taxable income = ").unwrap().to_owned();
    ["value 0 10", "value 1 4", "value 2 3"]
        .into_iter()
        .zip(["a", "b", "c"])
        .fold(shown, |shown, (value, name)| shown.replace(value, name))
}

const A: Token = Token::Argument(0);
const B: Token = Token::Argument(1);
const C: Token = Token::Argument(2);

#[test]
fn a_formula_is_shown_with_labels_values_and_result_in_the_language_of_the_reader() {
    let taxable = || {
        let arguments = vec![(Source::Fact(0), value("62459.28")), (Source::Fact(1), value("0"))];
        let tokens = vec![argument(0), argument(1), Token::Subtract, constant("0"), Token::AtLeast];
        figure(arguments, tokens, "62459.28")
    };
    let explained = explained(vec![taxable()]);
    assert_eq!(
        explained.shown("en"),
        "Taxable income = Wages 62,459.28 − Relief 0, but at least 0 = 62,459.28"
    );
    assert_eq!(
        explained.shown("zh"),
        "应纳税所得额 = 工资 62,459.28 − 减除 0，但至少为0 = 62,459.28"
    );
    // Labels in the ruleset's first language, words and numbers in the reader's.
    assert_eq!(
        explained.shown("de"),
        "Taxable income = Wages 62.459,28 − Relief 0, aber mindestens 0 = 62.459,28"
    );
}

#[test]
fn parentheses_stand_where_they_are_needed_and_nowhere_else() {
    use Token::{Add, Divide, Multiply, Negate, Subtract};
    for (tokens, expected) in [
        (vec![A, B, C, Multiply, Add], "a + b × c = 22.00"),
        (vec![A, B, Add, C, Multiply], "(a + b) × c = 42.00"),
        (vec![A, B, C, Add, Subtract], "a − (b + c) = 3.00"),
        (vec![A, B, Subtract, C, Subtract], "a − b − c = 3.00"),
        (vec![A, B, C, Subtract, Subtract], "a − (b − c) = 9.00"),
        (vec![A, B, C, Subtract, Add], "a + b − c = 11.00"),
        (vec![A, B, Multiply, C, Multiply], "a × b × c = 120.00"),
        (vec![A, B, A, Multiply, Divide], "a ÷ (b × a) = 0.25"),
        (vec![A, B, Add, Negate], "−(a + b) = -14.00"),
        (vec![A, B, Token::Largest(2), C, Subtract], "(the larger of a and b) − c = 7.00"),
        (vec![A, B, Subtract, C, Token::Smallest(2)], "the smaller of (a − b) and c = 3.00"),
        (vec![A, B, C, Token::Sum(3)], "the sum of a, b and c = 17.00"),
        (vec![A, B, Subtract, C, Token::AtMost], "a − b, but at most c = 3.00"),
        (vec![A, B, Token::AtLeast, C, Token::AtMost], "a, but at least b, but at most c = 3.00"),
        (
            vec![A, B, Token::AtLeast, C, Token::Largest(2)],
            "the larger of (a, but at least b) and c = 10.00",
        ),
        (vec![A, B, Token::Less, B, C, Token::Choose], "b if a < b, otherwise c = 3.00"),
    ] {
        let (_, result) = expected.rsplit_once(" = ").unwrap();
        assert_eq!(shown(tokens, result), expected);
    }
    assert_eq!(shown(vec![A], "10"), "a");
}

#[test]
fn shares_and_percentages_are_shown_in_percent() {
    let rate = || (Source::Parameter(0), value("0.08"));
    let arguments = vec![(Source::Fact(0), value("62459.28")), rate()];
    let share = figure(arguments, vec![argument(0), argument(1), Token::Share], "4996.7424");
    assert_eq!(
        explained(vec![share]).shown("en"),
        "Taxable income = Wages 62,459.28 × Rate 8 % = 4,996.7424"
    );
    let arguments = vec![(Source::Fact(0), value("62459.28")), rate()];
    let tokens = vec![argument(0), argument(1), constant("0.005"), Token::Add, Token::Share];
    let shown = explained(vec![figure(arguments, tokens, "5309.0388")]).shown("en");
    assert_eq!(shown, "Taxable income = Wages 62,459.28 × (Rate 8 % + 0.5 %) = 5,309.0388");
    let arguments = vec![(Source::Fact(0), value("62459.28")), (Source::Own, value("7.5"))];
    let tokens = vec![argument(0), argument(1), Token::Percent];
    let shown = explained(vec![figure(arguments, tokens, "4684.446")]).shown("de");
    assert_eq!(shown, "Taxable income = Wages 62.459,28 × value 1 7,5\u{a0}% = 4.684,446");
}

#[test]
fn rounding_says_in_which_direction_and_to_what() {
    let rounded =
        |direction, unit: &str| Token::Rounded(Rounding { direction, unit: decimal(unit) });
    let half_up = vec![A, C, Token::Divide, rounded(Direction::HalfUp, "0.01")];
    assert_eq!(shown(half_up, "3.33"), "a ÷ c, rounded half up to 0.01 = 3.33");
    let down = vec![A, rounded(Direction::Down, "4"), C, Token::Multiply];
    assert_eq!(shown(down, "24"), "(a, rounded down to 4) × c = 24.00");
}

fn taxed(table: TaxTable, parameter: u32, amount: &str, rows: Value, tax: &str) -> Explained {
    let arguments = vec![(Source::Parameter(parameter), rows), (Source::Own, value(amount))];
    let tokens = vec![argument(1), Token::Tax(table)];
    explained(vec![figure(arguments, tokens, tax)])
}

fn by(limit: u32, limits: Limits, rate: u32, method: TaxMethod) -> TaxTable {
    TaxTable { rows: 0, limit, limits, rate, method }
}

#[test]
fn a_tax_shows_its_bands() {
    let by_limit = by(0, Limits::UpTo, 2, TaxMethod::Marginal);
    let shown = taxed(by_limit, 1, "62459.28", brackets(0..2), "3725.928").shown("en");
    assert_eq!(
        shown,
        "Taxable income = tax on value 1 62,459.28 by Brackets (36,000.00 × 3 % + 26,459.28 × \
         10 %) = 3,725.928"
    );
    for (table, amount, rows, tax, bands) in [
        (
            by(1, Limits::Over, 2, TaxMethod::Marginal),
            "40000",
            0..2,
            "1480",
            "36,000.00 × 3 % + 4,000.00 × 10 %",
        ),
        (
            by(1, Limits::AtLeast, 2, TaxMethod::Marginal),
            "36000",
            0..2,
            "1080",
            "36,000.00 × 3 % + 0.00 × 10 %",
        ),
        (by(1, Limits::Over, 2, TaxMethod::Marginal), "36000", 0..1, "1080", "36,000.00 × 3 %"),
        (by(1, Limits::Over, 2, TaxMethod::Marginal), "0", 0..0, "0", "0.00"),
        (
            by(0, Limits::UpTo, 2, TaxMethod::QuickDeduction(3)),
            "62459.28",
            1..2,
            "3725.928",
            "62,459.28 × 10 % − 2,520.00",
        ),
        (by(0, Limits::UpTo, 2, TaxMethod::Whole), "200000", 2..3, "40000", "200,000.00 × 20 %"),
        (by(0, Limits::UpTo, 2, TaxMethod::Whole), "144000", 1..2, "14400", "144,000.00 × 10 %"),
    ] {
        let shown = taxed(table, 1, amount, brackets(rows), tax).shown("en");
        assert!(shown.contains(&format!("by Brackets ({bands}) = ")), "{shown}");
    }
}

fn class_row(class: u32, over: &str, base: &str, rate: &str) -> Vec<Scalar> {
    vec![Scalar::Choice(class), number(over), number(base), number(rate)]
}

#[test]
fn the_rows_of_a_tax_are_those_of_the_table_that_hold_the_amount() {
    let marginal = by(0, Limits::UpTo, 2, TaxMethod::Marginal);
    // A row too few, a row too many, another one alone, rows of nothing, a row that is not there.
    let invented = Value::Table(vec![row(&[None, Some("0"), Some("0.01"), Some("0")])]);
    for rows in [brackets(0..1), brackets(0..3), brackets(1..2), brackets(0..0), invented] {
        match taxed(marginal, 1, "62459.28", rows, "1").disagreement() {
            Disagreement::NotWorkable { reason: NotWorkable::WrongRows(amount), .. } => {
                assert_eq!(amount, "62459.28");
            }
            // Not even in the table.
            Disagreement::Value { source_name, .. } => {
                assert_eq!(source_name, "parameter brackets");
            }
            other => panic!("{other}"),
        }
    }
    // A table within a table: each key has rows of its own.
    let of_class = by(1, Limits::Over, 3, TaxMethod::BaseTax(2));
    let rows = Value::Table(vec![class_row(0, "1000", "100", "0.2")]);
    let shown = taxed(of_class, 2, "1500", rows, "200").shown("en");
    assert!(shown.contains("(100.00 + 500.00 × 20 %)"), "{shown}");
    let rows = Value::Table(vec![class_row(1, "0", "0", "0.3")]);
    assert!(taxed(of_class, 2, "1500", rows, "450").shown("en").contains("1,500.00 × 30 %"));
    let rows = Value::Table(vec![class_row(0, "0", "0", "0.1")]);
    let wrong = taxed(of_class, 2, "1500", rows, "150").disagreement();
    assert!(wrong.to_string().contains("not those of the table that hold 1500"), "{wrong}");
}

#[test]
fn a_formula_that_comes_to_something_else_is_refused_with_both_amounts() {
    let arguments = vec![(Source::Fact(0), value("62459.28")), (Source::Fact(1), value("0"))];
    let tokens = vec![argument(0), argument(1), Token::Subtract];
    let wrong = explained(vec![figure(arguments, tokens, "62459.29")]).disagreement();
    assert_eq!(wrong.step(), "step_0");
    assert_eq!(
        wrong.to_string(),
        "the step step_0 does not add up: Taxable income = Wages 62,459.28 − Relief 0 = 62,459.29; \
         worked out again it is 62,459.28"
    );
}

#[test]
fn a_value_is_what_its_source_has() {
    let column = |field, column| ColumnOf { field, column };
    let text = Value::Scalar(Scalar::Text("x".to_owned()));
    for (source, said, part) in [
        (Source::Fact(0), value("62459.27"), "has 62,459.27 for fact wages, which is 62,459.28"),
        (Source::Fact(1), value("1"), "fact relief, which is nothing"),
        (Source::Fact(3), Value::Scalar(Scalar::Boolean(false)), "fact resident, which is yes"),
        (Source::Fact(2), day(1990, 3, 30), "fact born, which is March 31, 1990"),
        (Source::Fact(4), Value::Scalar(Scalar::Choice(1)), "fact tax_class"),
        (Source::Parameter(0), value("0.09"), "has 0.09 for parameter rate, which is 0.08"),
        (
            Source::ParameterColumn(column(1, 2)),
            value("0.04"),
            "column brackets.rate, which is in none of its rows",
        ),
        (Source::FactColumn(column(5, 0)), value("7"), "column entries.hours"),
        (
            Source::Fact(5),
            Value::Table(vec![row(&[Some("9")]), row(&[Some("8")])]),
            "has 2 rows for fact entries",
        ),
        (Source::Item(0), value("99"), "item tax, which is the amount of none of its lines"),
        (Source::Item(1), value("1"), "item net"),
        (Source::Figure(0), value("1"), "figure taxable, which is given by no step before"),
        (Source::Fact(0), text, "fact wages"),
    ] {
        let tokens = vec![constant("1")];
        let wrong = explained(vec![figure(vec![(source, said)], tokens, "1")]).disagreement();
        assert!(wrong.to_string().contains(part), "{wrong}");
    }
}

#[test]
fn what_a_source_has_may_be_said_in_other_digits_and_nothing_is_zero() {
    let column = |field, column| ColumnOf { field, column };
    let said = vec![
        (Source::Fact(0), value("62459.2800")),
        (Source::Fact(1), value("0.00")),
        (Source::Fact(1), Value::Scalar(Scalar::None)),
        (Source::Fact(4), Value::Scalar(Scalar::Choice(0))),
        (Source::Fact(5), Value::Table(vec![row(&[Some("9.0")])])),
        (Source::FactColumn(column(5, 0)), Value::Scalar(Scalar::Integer(9))),
        (Source::ParameterColumn(column(1, 3)), value("2520")),
        (Source::Item(0), value("100.00")),
        (Source::Item(1), value("0")),
    ];
    explained(vec![figure(said, vec![constant("1")], "1.0")]).calculated().adds_up().unwrap();
}

#[test]
fn a_figure_is_the_last_earlier_result_of_it() {
    let give = |result: &str| figure(Vec::new(), vec![constant(result)], result);
    let take = |said: &str| figure(vec![(Source::Figure(0), value(said))], vec![argument(0)], said);
    explained(vec![give("1"), give("2"), take("2")]).calculated().adds_up().unwrap();
    let wrong = explained(vec![give("1"), give("2"), take("1")]).disagreement();
    assert!(wrong.to_string().contains("has 1 for figure taxable, which is 2"), "{wrong}");
}

#[test]
fn a_formula_of_an_item_leads_to_a_line_of_it_with_its_amount() {
    let tax = |amount: &str, line, item| Step {
        arguments: Vec::new(),
        gives: Target::Item(item),
        tokens: vec![constant(amount)],
        result: number(amount),
        line,
    };
    explained(vec![tax("100", Some(0), 0)]).calculated().adds_up().unwrap();
    assert_eq!(explained(vec![tax("100", Some(0), 0)]).shown("en"), "Income tax = 100");
    for (step, part) in [
        (tax("100", None, 0), "gives tax as 100.00, but leads to no line"),
        (tax("99", Some(0), 0), "gives tax as 99.00, but leads to a line of 100.00"),
        (tax("100", Some(0), 1), "gives net as 100.00, but leads to a line of tax"),
    ] {
        let wrong = explained(vec![step]).disagreement();
        assert!(wrong.to_string().contains(part), "{wrong}");
    }
    assert_eq!(TAX, Target::Item(0));
}

#[test]
fn what_can_not_be_worked_out_is_refused_and_says_why() {
    use Token::{Add, Divide, Multiply};
    let most = "79228162514264337593543950335";
    let flag = || (Source::Fact(3), Value::Scalar(Scalar::Boolean(true)));
    for (arguments, tokens, part) in [
        (vec![], vec![constant("1"), constant("0"), Divide], "a number is divided by zero"),
        (vec![], vec![constant(most), constant(most), Add], "a number is too large"),
        (vec![], vec![constant(most), constant("10"), Multiply], "a number is too large"),
        (
            vec![(Source::Own, Value::Scalar(Scalar::None))],
            vec![argument(0), constant("1"), Add],
            "value_0 is not given",
        ),
        (
            vec![(Source::Own, Value::Scalar(Scalar::Text("x".to_owned())))],
            vec![argument(0), constant("1"), Add],
            "expected a number, found a text",
        ),
        (
            vec![flag()],
            vec![argument(0), argument(0), Token::Equal, constant("1"), Token::Largest(2)],
            "expected a number, found a boolean",
        ),
    ] {
        let wrong = explained(vec![figure(arguments, tokens, "1")]).disagreement();
        assert!(matches!(wrong, Disagreement::NotWorkable { .. }), "{wrong}");
        assert!(wrong.to_string().contains(part), "{wrong}");
    }
}

#[test]
fn only_the_branch_that_is_taken_is_worked_out() {
    let arguments = vec![
        (Source::Fact(3), Value::Scalar(Scalar::Boolean(true))),
        (Source::Own, Value::Scalar(Scalar::None)),
    ];
    let tokens =
        vec![argument(0), constant("5"), argument(1), constant("0"), Token::Divide, Token::Choose];
    let shown = explained(vec![figure(arguments, tokens, "5")]).shown("en");
    assert_eq!(shown, "Taxable income = 5 if Resident yes, otherwise value 1 – ÷ 0 = 5.00");
}

#[test]
fn days_flags_and_choices_are_compared_and_counted() {
    let arguments = vec![
        (Source::Fact(2), day(1990, 3, 31)),
        (Source::Own, day(2020, 4, 30)),
        (Source::Fact(4), Value::Scalar(Scalar::Choice(0))),
    ];
    let tokens = vec![argument(0), argument(1), Token::YearsBetween];
    let years = explained(vec![figure(arguments.clone(), tokens, "30")]);
    assert_eq!(
        years.shown("en"),
        "Taxable income = whole years from Day of birth March 31, 1990 to value 1 April 30, 2020 = \
         30.00"
    );
    let tokens = vec![argument(0), argument(1), Token::MonthsBetween];
    explained(vec![figure(arguments.clone(), tokens, "360")]).calculated().adds_up().unwrap();
    let tokens = vec![
        argument(2),
        argument(2),
        Token::Equal,
        argument(0),
        argument(1),
        Token::LessOrEqual,
        Token::Both,
        constant("1"),
        constant("2"),
        Token::Choose,
    ];
    let chosen = explained(vec![figure(arguments, tokens, "1")]);
    assert_eq!(
        chosen.shown("zh"),
        "应纳税所得额 = 如果税级 四级 = 税级 四级且出生日 1990年3月31日 ≤ value 1 2020年4月30日则为1，否则为2 = 1.00"
    );
    let _ = chosen.shown("en");
}

#[test]
fn no_language_of_the_host_lacks_a_word_or_changes_an_amount() {
    let table = by(0, Limits::UpTo, 2, TaxMethod::Marginal);
    let arguments = vec![(Source::Parameter(1), brackets(0..2)), (Source::Own, value("62459.28"))];
    let rounded = Token::Rounded(Rounding { direction: Direction::HalfUp, unit: decimal("0.01") });
    let tokens = vec![
        argument(1),
        Token::Tax(table),
        rounded,
        constant("0"),
        Token::AtLeast,
        constant("1"),
        constant("2"),
        Token::Largest(3),
    ];
    let explained = explained(vec![figure(arguments, tokens, "3725.93")]);
    let english = explained.shown("en");
    for words in Words::all() {
        let shown = explained.shown(words.tag());
        assert!(!shown.contains(['{', '$']), "{shown}");
        assert!(words.tag() == "en" || shown != english, "{shown}");
        for amount in ["62459.28", "36000.00", "26459.28", "3725.93", "0.01"] {
            assert!(shown.contains(&words.number(amount)), "{amount} in {shown}");
        }
    }
}
