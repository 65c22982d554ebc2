//! What is written in memory is what is read there.

use std::mem::ManuallyDrop;

use super::{Answer, FactValues, Line, List, Optional, Place, Value, evaluate, release};
use crate::contract;
use crate::prelude::*;

/// Everything that can be read.
#[derive(Facts, Clone, Debug, PartialEq)]
pub(super) struct Everything {
    /// A decimal.
    amount: Decimal,
    /// Not given.
    missing: Option<Decimal>,
    /// A count.
    count: i64,
    /// A flag.
    flag: bool,
    /// A text.
    text: String,
    /// A day.
    day: Date,
    /// A moment.
    moment: DateTime,
    /// Rows.
    rows: Vec<Entry>,
    /// No rows.
    none: Vec<Entry>,
}

/// A row.
#[derive(Row, Clone, Debug, PartialEq)]
pub(super) struct Entry {
    /// A text.
    name: String,
    /// A decimal.
    amount: Option<Decimal>,
}

/// Lines.
#[derive(Items, Clone, Copy, PartialEq, Debug)]
pub(super) enum Item {
    /// An amount.
    #[item(category = "test")]
    Amount,
}

/// Findings.
#[derive(Findings, Clone, Copy, PartialEq, Debug)]
pub(super) enum Finding {
    /// Something.
    #[finding(note)]
    Something,
}

/// Steps.
#[derive(Steps)]
pub(super) enum Step {
    /// It is {amount} for {name}.
    It { amount: Decimal, name: String },
}

pub(super) struct Echo;

impl Rule for Echo {
    const NAME: &'static str = "echo";
    const MEANING: &'static str = "Gives back what it was given.";
    type Facts = Everything;
    type Parameters = crate::Nothing;
    type Item = Item;
    type Figure = Nothing;
    type Finding = Finding;
    type Step = Step;

    fn evaluate(
        _: &crate::Nothing,
        facts: &Everything,
        out: &mut Outcome<Item, Finding, Step>,
    ) -> Result<(), Fault> {
        if facts.text == "fault" {
            return Err(Fault::fact(Everything::TEXT, "must be another text").citing("Law"));
        }
        let name = facts.text.clone();
        out.step(|| Step::It { amount: facts.amount, name });
        out.line_about(Item::Amount, facts.text.clone(), facts.amount);
        for row in &facts.rows {
            out.line_about(Item::Amount, row.name.clone(), row.amount.unwrap_or_default());
        }
        out.finding(Finding::Something).about("rows").on(facts.day).actual(facts.amount);
        Ok(())
    }
}

fn given(text: &str) -> Vec<contract::Value> {
    use contract::{Scalar, Value};
    let decimal = |cents| Scalar::Decimal(crate::exact::contract_decimal(Decimal::new(cents, 2)));
    let date = contract::Date { year: 2026, month: 2, day: 28 };
    let moment = contract::DateTime { date, hour: 23, minute: 59, second: 58, offset: -90 };
    vec![
        Value::Scalar(decimal(-1_234_567)),
        Value::Scalar(Scalar::None),
        Value::Scalar(Scalar::Integer(-7)),
        Value::Scalar(Scalar::Boolean(true)),
        Value::Scalar(Scalar::Text(text.to_owned())),
        Value::Scalar(Scalar::Date(date)),
        Value::Scalar(Scalar::DateTime(moment)),
        Value::Table(vec![
            vec![Scalar::Text("first".to_owned()), decimal(1)],
            vec![Scalar::Text(String::new()), Scalar::None],
        ]),
        Value::Table(Vec::new()),
    ]
}

pub(super) fn written(values: Vec<contract::Value>) -> Vec<Value> {
    let row = |row: Vec<contract::Scalar>| -> List<super::Scalar> {
        row.into_iter().map(super::Scalar::from).collect::<Vec<_>>().into()
    };
    let value = |value| match value {
        contract::Value::Scalar(scalar) => Value::Scalar(scalar.into()),
        contract::Value::Table(rows) => {
            Value::Table(rows.into_iter().map(row).collect::<Vec<_>>().into())
        }
    };
    values.into_iter().map(value).collect()
}

/// Calls through memory, looks at the answer, and frees it.
fn call<T>(values: Vec<contract::Value>, look: impl FnOnce(&Answer) -> T) -> T {
    let evaluator = crate::Evaluator::<Echo>::create(Vec::new()).unwrap();
    let mut facts = ManuallyDrop::new(written(values).into_boxed_slice());
    // SAFETY: the list is a boxed slice that is not used again; the answer is released once.
    unsafe {
        let answer = evaluate(&evaluator, facts.as_mut_ptr().cast(), facts.len(), true);
        let seen = look(&*answer.cast::<Answer>());
        release(answer);
        seen
    }
}

#[test]
fn facts_are_read_where_the_host_wrote_them_as_from_the_contracts_values() {
    let in_memory = FactValues::in_place(written(given("a")));
    let read = Everything::read_from(in_memory).unwrap();
    assert_eq!(read, Everything::read(given("a")).unwrap());
    assert_eq!((read.amount, read.rows.len()), (Decimal::new(-1_234_567, 2), 2));
}

#[test]
fn the_host_reads_the_lines_findings_and_steps_that_the_rule_wrote() {
    let evaluator = crate::Evaluator::<Echo>::create(Vec::new()).unwrap();
    let expected = evaluator.evaluate(given("überall"), true).unwrap();
    call(given("überall"), |answer| {
        let Answer::Outcome { lines, findings, steps } = answer else {
            panic!("a fault");
        };
        // SAFETY: the answer is not released yet.
        let lines = unsafe { std::slice::from_raw_parts(lines.start, lines.length) };
        let lines: Vec<_> = lines.iter().map(Line::to_contract).collect();
        assert_eq!(lines, expected.lines);
        assert_eq!(lines[0].subject.as_deref(), Some("überall"));
        assert_eq!((findings.length, steps.length), (1, 1));
        // SAFETY: as above.
        let (finding, step) = unsafe { (&*findings.start, &*steps.start) };
        assert!(matches!(&finding.subject, Optional::Some(text) if text.as_str() == "rows"));
        assert!(matches!(
            finding.on,
            Optional::Some(super::Date { year: 2026, month: 2, day: 28 })
        ));
        assert!(matches!(finding.limit, Optional::None));
        assert!(matches!(step.line, Optional::Some(0)) && step.values.length == 2);
    });
}

#[test]
fn a_fault_names_its_fact() {
    call(given("fault"), |answer| {
        let Answer::Fault(fault) = answer else { panic!("no fault") };
        assert!(matches!(&fault.place, Place::Fact(cell) if cell.field == 4));
        assert_eq!(fault.message.as_str(), "must be another text");
        assert!(matches!(&fault.citation, Optional::Some(text) if text.as_str() == "Law"));
    });
}

#[test]
fn a_value_of_the_wrong_type_is_a_fault_of_its_fact() {
    let mut values = given("a");
    values[2] = contract::Value::Scalar(contract::Scalar::Boolean(true));
    call(values, |answer| {
        let Answer::Fault(fault) = answer else { panic!("no fault") };
        assert!(matches!(&fault.place, Place::Fact(cell) if cell.field == 2));
    });
    call(given("a").split_off(1), |answer| {
        assert!(matches!(answer, Answer::Fault(super::Fault { place: Place::Whole, .. })));
    });
}
