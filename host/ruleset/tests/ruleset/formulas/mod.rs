//! Formulas are worked out again over the values that a step shows, compared with what they are said to
//! be, and written for people.

mod refused;
mod shown;

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
row = { tax_class = "IV", band = "1", over = "0", base = "0", rate = "0.1" }
source = "Act, s. 3"
[[by_class]]
from = 2020-01-01
row = { tax_class = "IV", band = "2", over = "1000", base = "100", rate = "0.2" }
source = "Act, s. 3"
[[by_class]]
from = 2020-01-01
row = { tax_class = "V", band = "1", over = "0", base = "0", rate = "0.3" }
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
                    support::column("band", amount(), true),
                    column("over"),
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

/// `Taxable income = …` of one step over numbers that are called a, b and c.
#[track_caller]
fn shown(tokens: Vec<Token>, result: &str) -> String {
    let called = [("a", "10"), ("b", "4"), ("c", "3")];
    let own = called.map(|(name, text)| (Source::Expression(name.to_owned()), value(text)));
    let shown = explained(vec![figure(own.to_vec(), tokens, result)]).shown("en");
    let shown = shown.strip_prefix("Taxable income = ").unwrap().to_owned();
    called
        .into_iter()
        .fold(shown, |shown, (name, value)| shown.replace(&format!("({name} = {value})"), name))
}

const A: Token = Token::Argument(0);
const B: Token = Token::Argument(1);
const C: Token = Token::Argument(2);

fn taxed(table: TaxTable, parameter: u32, amount: &str, rows: Value, tax: &str) -> Explained {
    let arguments = vec![(Source::Parameter(parameter), rows), (Source::Own, value(amount))];
    let tokens = vec![argument(1), Token::Tax(table)];
    explained(vec![figure(arguments, tokens, tax)])
}

fn by(limit: u32, limits: Limits, rate: u32, method: TaxMethod) -> TaxTable {
    TaxTable { rows: 0, limit, limits, rate, method }
}

fn class_row(class: u32, band: &str, over: &str, base: &str, rate: &str) -> Vec<Scalar> {
    vec![Scalar::Choice(class), number(band), number(over), number(base), number(rate)]
}
