//! A small rule with one of everything, seen the way the host sees it: through its description and
//! the contract's values.

#![allow(clippy::unwrap_used, reason = "a test fails where a helper finds nothing")]

mod leave;

use leave::{Country, Finding, Item, Law, LeavePay, Month, Tier};
use stele_sdk::contract::{
    Date as ContractDate, DateTime as ContractDateTime, Decimal as ContractDecimal, Origin, Place,
    Scalar, ScalarKind, Severity, Shape, Value,
};
use stele_sdk::prelude::*;
use stele_sdk::{Evaluator, describe};

fn number(text: &str) -> Scalar {
    let parts = text.parse::<Decimal>().unwrap().unpack();
    Scalar::Decimal(ContractDecimal {
        negative: parts.negative,
        scale: u8::try_from(parts.scale).unwrap(),
        high: parts.hi,
        low: u64::from(parts.mid) << 32 | u64::from(parts.lo),
    })
}

fn day(year: u16, month: u8, day: u8) -> Scalar {
    Scalar::Date(ContractDate { year, month, day })
}

fn moment(day: u8, hour: u8) -> Scalar {
    let date = ContractDate { year: 2026, month: 3, day };
    Scalar::DateTime(ContractDateTime { date, hour, minute: 0, second: 0, offset: 480 })
}

fn parameters() -> Vec<Value> {
    let tier = |country: u32, days: i64, rate: Scalar| {
        vec![Scalar::Choice(country), Scalar::Integer(days), rate]
    };
    vec![
        Value::Scalar(number("21.75")),
        Value::Table(vec![tier(0, 5, number("1")), tier(0, 15, number("1.5"))]),
        Value::Scalar(Scalar::None),
    ]
}

fn facts() -> Vec<Value> {
    let shift = |day: u8, note: Scalar| vec![moment(day, 9), moment(day, 17), note];
    vec![
        Value::Scalar(number("21750.00")),
        Value::Scalar(Scalar::Choice(0)),
        Value::Scalar(Scalar::Integer(6)),
        Value::Scalar(Scalar::Boolean(true)),
        Value::Scalar(Scalar::None),
        Value::Scalar(Scalar::Text("张三".to_owned())),
        Value::Table(vec![shift(2, Scalar::None), shift(3, Scalar::Text("on call".to_owned()))]),
        Value::Scalar(day(2026, 3, 31)),
    ]
}

/// The facts with one of them replaced.
fn facts_with(position: usize, value: Value) -> Vec<Value> {
    let mut facts = facts();
    facts[position] = value;
    facts
}

fn refused(facts: Vec<Value>) -> Fault {
    let evaluator = Evaluator::<LeavePay>::create(parameters()).unwrap();
    evaluator.evaluate(facts, false).unwrap_err()
}

#[test]
fn the_description_follows_from_names_types_attributes_and_doc_comments() {
    let description = describe::<LeavePay>();
    assert_eq!(description.name, "leave-pay");
    let names: Vec<_> = description.facts.iter().map(|fact| fact.name.as_str()).collect();
    let expected =
        ["gross", "country", "days", "full_time", "hired_on", "remark", "shifts", "date"];
    assert_eq!(names, expected);

    let gross = &description.facts[0];
    assert_eq!(gross.meaning, "Salary of the month, before any deduction.");
    assert_eq!(gross.unit.as_deref(), Some("CNY"), "a quantity carries its unit");
    assert!(gross.required);
    let Shape::Scalar(ScalarKind::Decimal(bounds)) = &gross.shape else { panic!("{gross:?}") };
    assert_eq!(bounds.minimum.map(|minimum| (minimum.low, minimum.scale)), Some((1, 2)));
    assert_eq!(bounds.maximum.map(|maximum| maximum.low), Some(1_000_000));
    assert_eq!(bounds.decimals, Some(2));

    let Shape::Scalar(ScalarKind::Choice(choices)) = &description.facts[1].shape else {
        panic!("{:?}", description.facts[1])
    };
    let choices: Vec<_> = choices.iter().map(|choice| choice.name.as_str()).collect();
    assert_eq!(choices, ["mainland_china", "0T"]);

    let Shape::Scalar(ScalarKind::Integer(bounds)) = &description.facts[2].shape else {
        panic!("{:?}", description.facts[2])
    };
    assert_eq!((bounds.minimum, bounds.maximum), (Some(0), Some(366)), "u32 is at least 0");

    assert!(!description.facts[4].required, "an Option is not required");
    let Shape::Scalar(ScalarKind::Text(length)) = description.facts[5].shape else {
        panic!("{:?}", description.facts[5])
    };
    assert_eq!(length, 64);

    let shifts = &description.facts[6];
    assert!(!shifts.required, "an optional table may be left out");
    let Shape::Table(table) = &shifts.shape else { panic!("{shifts:?}") };
    assert_eq!(table.maximum_rows, 400);
    assert_eq!(table.columns[2].name, "note");
    assert!(!table.columns[2].required);

    assert_eq!(description.facts[7].origin, Origin::CalculationDate);
    assert_eq!(description.facts[0].origin, Origin::Caller);
}

#[test]
fn names_are_resolved_to_positions() {
    let description = describe::<LeavePay>();
    let Shape::Table(tiers) = &description.parameters[1].shape else {
        panic!("{:?}", description.parameters[1])
    };
    assert!(tiers.columns[0].key && tiers.columns[1].key && !tiers.columns[2].key);
    assert_eq!(tiers.columns[0].selected_by, Some(1), "the fact `country`");
    assert_eq!(tiers.columns[1].selected_by, None);
    assert_eq!(description.steps[0].parameters, [1, 0]);
    assert_eq!(description.steps[0].arguments[0].unit.as_deref(), Some("CNY"));
    assert_eq!(description.steps[0].arguments[1].unit.as_deref(), Some("percent"));
}

#[test]
fn items_findings_and_steps_are_declared_with_their_citations() {
    let description = describe::<LeavePay>();
    assert_eq!(description.items[0].name, "leave_pay");
    assert_eq!(description.items[0].category, "earning");
    assert_eq!(description.items[0].citation.as_deref(), Some("Leave Regulation, art. 5"));
    assert_eq!(description.items[1].name, "days_left");
    assert_eq!(description.items[1].unit.as_deref(), Some("days"));
    assert_eq!(description.findings[0].severity, Severity::Breach);
    assert_eq!(description.findings[0].meaning, "{subject}: {actual} days exceed {limit}.");
    assert_eq!(description.findings[1].severity, Severity::Note);
    assert_eq!(description.steps[0].text.as_deref(), Some("A day is worth {day}, paid at {rate}."));
}

#[test]
fn values_by_position_become_facts_and_the_outcome_goes_back_by_position() {
    let evaluator = Evaluator::<LeavePay>::create(parameters()).unwrap();
    let outcome = evaluator.evaluate(facts(), false).unwrap();
    assert_eq!(outcome.lines.len(), 2);
    assert_eq!(outcome.lines[0].item, 0);
    assert_eq!(Scalar::Decimal(outcome.lines[0].amount), number("9000.0"));
    assert_eq!(outcome.lines[1].subject.as_deref(), Some("张三"));
    assert_eq!(outcome.findings[0].kind, 0);
    assert_eq!(outcome.findings[0].on, Some(ContractDate { year: 2026, month: 3, day: 31 }));
    assert_eq!(outcome.findings[0].limit.map(Scalar::Decimal), Some(number("5")));
    assert!(outcome.steps.is_empty(), "nobody asked for steps");
}

#[test]
fn an_explanation_changes_neither_lines_nor_findings() {
    let evaluator = Evaluator::<LeavePay>::create(parameters()).unwrap();
    let plain = evaluator.evaluate(facts(), false).unwrap();
    let explained = evaluator.evaluate(facts(), true).unwrap();
    assert_eq!(plain.lines, explained.lines);
    assert_eq!(plain.findings, explained.findings);
}

#[test]
fn steps_lead_to_the_line_that_follows_them() {
    let evaluator = Evaluator::<LeavePay>::create(parameters()).unwrap();
    let steps = evaluator.evaluate(facts(), true).unwrap().steps;
    let lines: Vec<_> = steps.iter().map(|step| (step.kind, step.line)).collect();
    assert_eq!(lines, [(0, Some(0)), (1, Some(1)), (1, None)]);
    assert_eq!(steps[0].values[0], Value::Scalar(number("1000")));
    assert_eq!(steps[1].values[0], Value::Scalar(Scalar::Text("mainland_china".to_owned())));
    assert_eq!(steps[1].values[2], Value::Scalar(Scalar::None));
}

#[test]
fn a_native_test_reads_what_the_rule_yields() {
    let law = Law {
        days_of_month: "21.75".parse().unwrap(),
        tiers: vec![Tier { country: Country::MainlandChina, days: 5, rate: Decimal::ONE }],
        floor: None,
    };
    let month = Month {
        gross: leave::Yuan(Decimal::from(2_175)),
        country: Country::MainlandChina,
        days: 5,
        full_time: true,
        hired_on: None,
        remark: None,
        shifts: vec![],
        date: "2026-03-31".parse().unwrap(),
    };
    let mut out = Outcome::new(true);
    LeavePay::evaluate(&law, &month, &mut out).unwrap();
    assert_eq!(out.amount(Item::LeavePay), Some(Decimal::from(500)));
    assert_eq!(out.amount_about(Item::DaysLeft, "everybody"), Some(Decimal::ZERO));
    assert_eq!(out.amount_about(Item::DaysLeft, "nobody"), None);
    assert_eq!(out.findings().next().unwrap().finding, Finding::NoShifts);
    let first = out.steps().next().unwrap();
    assert_eq!((first.name, first.line), ("day", Some(0)));
    assert_eq!(first.text, "A day is worth 100, paid at 1.");
    out.clear();
    assert_eq!((out.lines().count(), out.findings().count(), out.steps().count()), (0, 0, 0));
    assert!(out.explaining());
}

#[test]
fn a_rule_checks_its_parameters_once_when_they_are_handed_over() {
    let mut wrong = parameters();
    wrong[0] = Value::Scalar(number("0"));
    let fault = Evaluator::<LeavePay>::create(wrong).err().unwrap();
    assert!(fault.concerns_parameter(Law::DAYS_OF_MONTH));
    assert_eq!(fault.to_string(), "must be over 0, found 0 (Leave Regulation, art. 2)");
}

#[test]
fn a_fault_of_the_rule_names_row_and_column() {
    let backwards = vec![moment(2, 17), moment(2, 9), Scalar::None];
    let fault = refused(facts_with(6, Value::Table(vec![backwards])));
    let Place::Fact(cell) = fault.place() else { panic!("{fault:?}") };
    assert_eq!((cell.field, cell.row, cell.column), (6, Some(0), Some(1)));
    assert_eq!(fault.message(), "must be after the start, found 480 minutes before");
}

#[test]
fn a_value_of_the_wrong_type_is_a_fault_that_names_the_field_and_never_a_panic() {
    let wrong = [
        (0, Scalar::Text("much".to_owned()), "must be a decimal, found the text \"much\""),
        (0, Scalar::None, "must be a decimal, found nothing"),
        (
            1,
            Scalar::Choice(2),
            "must be one of the declared choices, found the choice at position 2",
        ),
        (2, Scalar::Integer(-1), "must be an integer, found the integer -1"),
        (2, Scalar::Integer(1 << 40), "must be an integer, found the integer 1099511627776"),
        (3, number("1.0"), "must be true or false, found the decimal 1.0"),
        (4, day(2026, 2, 30), "must be a date, found the date 2026-02-30"),
        (5, Scalar::Boolean(false), "must be a text, found the boolean false"),
        (7, day(0, 1, 1), "must be a date, found the date 0000-01-01"),
    ];
    for (position, scalar, message) in wrong {
        let fault = refused(facts_with(position, Value::Scalar(scalar)));
        let Place::Fact(cell) = fault.place() else { panic!("{fault:?}") };
        assert_eq!(cell.field as usize, position, "{message}");
        assert_eq!(fault.message(), message);
    }
}

#[test]
fn a_decimal_that_no_decimal_can_hold_is_a_fault() {
    let value = ContractDecimal { negative: false, scale: 29, high: 0, low: 1 };
    let fault = refused(facts_with(0, Value::Scalar(Scalar::Decimal(value))));
    assert!(fault.concerns(Month::GROSS));
    assert_eq!(
        fault.message(),
        "must be a decimal, found a decimal with 29 digits after the point"
    );
}

#[test]
fn a_table_for_a_scalar_and_a_scalar_for_a_table_are_faults() {
    assert_eq!(
        refused(facts_with(0, Value::Table(vec![]))).message(),
        "must be a decimal, found a table"
    );
    let fault = refused(facts_with(6, Value::Scalar(Scalar::None)));
    assert!(fault.concerns(Month::SHIFTS));
    assert_eq!(fault.message(), "must be a table, found a scalar");
}

#[test]
fn a_wrong_cell_is_named_by_row_and_column() {
    let rows = vec![
        vec![moment(2, 9), moment(2, 17), Scalar::None],
        vec![moment(3, 9), Scalar::Integer(17), Scalar::None],
    ];
    let fault = refused(facts_with(6, Value::Table(rows)));
    let Place::Fact(cell) = fault.place() else { panic!("{fault:?}") };
    assert_eq!((cell.field, cell.row, cell.column), (6, Some(1), Some(1)));

    let fault = refused(facts_with(6, Value::Table(vec![vec![moment(2, 9)]])));
    let Place::Fact(cell) = fault.place() else { panic!("{fault:?}") };
    assert_eq!((cell.row, cell.column), (Some(0), None));
    assert_eq!(fault.message(), "must be a row of 3 cells, found 1");
}

#[test]
fn too_few_or_too_many_values_are_a_fault() {
    let mut few = facts();
    few.pop();
    assert_eq!(refused(few).message(), "must be handed 8 facts, found 7");
    let mut many = facts();
    many.push(Value::Scalar(Scalar::None));
    assert_eq!(refused(many).message(), "must be handed 8 facts, found 9");
    let fault = Evaluator::<LeavePay>::create(vec![]).err().unwrap();
    assert_eq!(fault.message(), "must be handed 3 parameters, found 0");
}

#[test]
fn decimals_cross_the_contract_exactly_and_zero_is_never_negative() {
    for text in ["79228162514264337593543950335", "-1.5", "0.0000000000000000000000000001", "-0.00"]
    {
        let value: Decimal = text.parse().unwrap();
        let mut out = Outcome::<Item>::new(false);
        out.line(Item::LeavePay, value);
        assert_eq!(out.amount(Item::LeavePay), Some(value), "{text}");
        let line = out.into_contract().lines.remove(0);
        assert!(!(line.amount.negative && line.amount.low == 0 && line.amount.high == 0), "{text}");
    }
    let mut out = Outcome::<Item>::new(false);
    out.line(Item::LeavePay, -Decimal::ZERO);
    assert!(!out.into_contract().lines[0].amount.negative);
}
