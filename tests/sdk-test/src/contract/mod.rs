//! The contract's types as the SDK and as the engine make them of `wit/rule.wit`, one to the other.
//! On the way through a component the canonical ABI does the same.

mod formula;

use stele_engine::contract as host;
use stele_sdk::Fault;
use stele_sdk::contract as rule;

/// A value for the rule.
pub(crate) fn value(value: host::Value) -> rule::Value {
    match value {
        host::Value::Scalar(value) => rule::Value::Scalar(scalar(value)),
        host::Value::Table(rows) => rule::Value::Table(
            rows.into_iter().map(|row| row.into_iter().map(scalar).collect()).collect(),
        ),
    }
}

fn scalar(value: host::Scalar) -> rule::Scalar {
    match value {
        host::Scalar::None => rule::Scalar::None,
        host::Scalar::Boolean(value) => rule::Scalar::Boolean(value),
        host::Scalar::Integer(value) => rule::Scalar::Integer(value),
        host::Scalar::Decimal(host::Decimal { negative, scale, high, low }) => {
            rule::Scalar::Decimal(rule::Decimal { negative, scale, high, low })
        }
        host::Scalar::Text(text) => rule::Scalar::Text(text),
        host::Scalar::Date(day) => rule::Scalar::Date(date_for_rule(day)),
        host::Scalar::DateTime(host::DateTime { date, hour, minute, second, offset }) => {
            let date = date_for_rule(date);
            rule::Scalar::DateTime(rule::DateTime { date, hour, minute, second, offset })
        }
        host::Scalar::Choice(position) => rule::Scalar::Choice(position),
    }
}

fn date_for_rule(host::Date { year, month, day }: host::Date) -> rule::Date {
    rule::Date { year, month, day }
}

/// An outcome for the host.
pub(crate) fn outcome(rule::Outcome { lines, findings, steps }: rule::Outcome) -> host::Outcome {
    let line = |rule::Line { item, amount, subject }| host::Line {
        item,
        amount: decimal(amount),
        subject,
    };
    let finding = |found: rule::Finding| host::Finding {
        kind: found.kind,
        subject: found.subject,
        on: found.on.map(date),
        limit: found.limit.map(decimal),
        actual: found.actual.map(decimal),
    };
    let step = |rule::Step { kind, line, values, result }| host::Step {
        kind,
        line,
        values: values.into_iter().map(value_for_host).collect(),
        result: result.map(scalar_for_host),
    };
    host::Outcome {
        lines: lines.into_iter().map(line).collect(),
        findings: findings.into_iter().map(finding).collect(),
        steps: steps.into_iter().map(step).collect(),
    }
}

/// A value for the host.
pub(crate) fn value_for_host(value: rule::Value) -> host::Value {
    match value {
        rule::Value::Scalar(value) => host::Value::Scalar(scalar_for_host(value)),
        rule::Value::Table(rows) => host::Value::Table(
            rows.into_iter().map(|row| row.into_iter().map(scalar_for_host).collect()).collect(),
        ),
    }
}

fn scalar_for_host(value: rule::Scalar) -> host::Scalar {
    match value {
        rule::Scalar::None => host::Scalar::None,
        rule::Scalar::Boolean(value) => host::Scalar::Boolean(value),
        rule::Scalar::Integer(value) => host::Scalar::Integer(value),
        rule::Scalar::Decimal(value) => host::Scalar::Decimal(decimal(value)),
        rule::Scalar::Text(text) => host::Scalar::Text(text),
        rule::Scalar::Date(day) => host::Scalar::Date(date(day)),
        rule::Scalar::DateTime(rule::DateTime { date: day, hour, minute, second, offset }) => {
            let date = date(day);
            host::Scalar::DateTime(host::DateTime { date, hour, minute, second, offset })
        }
        rule::Scalar::Choice(position) => host::Scalar::Choice(position),
    }
}

fn decimal(rule::Decimal { negative, scale, high, low }: rule::Decimal) -> host::Decimal {
    host::Decimal { negative, scale, high, low }
}

fn date(rule::Date { year, month, day }: rule::Date) -> host::Date {
    host::Date { year, month, day }
}

/// A fault for the host.
pub(crate) fn fault(fault: &Fault) -> host::Fault {
    let place = match fault.place() {
        rule::Place::Whole => host::Place::Whole,
        rule::Place::Fact(at) => host::Place::Fact(cell(*at)),
        rule::Place::Parameter(at) => host::Place::Parameter(cell(*at)),
    };
    let message = fault.message().to_owned();
    host::Fault { place, message, citation: fault.citation().map(str::to_owned) }
}

/// The place of a value, for the host.
pub(crate) fn cell(rule::Cell { field, row, column }: rule::Cell) -> host::Cell {
    host::Cell { field, row, column }
}

/// A description for the host.
pub(crate) fn description(declared: rule::Description) -> host::Description {
    let item = |rule::Item { name, meaning, category, unit, citation }| host::Item {
        name,
        meaning,
        category,
        unit,
        citation,
    };
    let finding = |kind: rule::FindingKind| host::FindingKind {
        name: kind.name,
        meaning: kind.meaning,
        severity: match kind.severity {
            rule::Severity::Breach => host::Severity::Breach,
            rule::Severity::Warning => host::Severity::Warning,
            rule::Severity::Note => host::Severity::Note,
        },
        unit: kind.unit,
        citation: kind.citation,
    };
    let figure = |rule::Figure { name, meaning, unit, citation }| host::Figure {
        name,
        meaning,
        unit,
        citation,
    };
    let step = |rule::StepKind { name, text, formula, citation, arguments, parameters }| {
        let arguments = arguments.into_iter().map(formula::argument).collect();
        let formula = formula.map(formula::formula);
        host::StepKind { name, text, formula, citation, arguments, parameters }
    };
    host::Description {
        name: declared.name,
        meaning: declared.meaning,
        facts: declared.facts.into_iter().map(field).collect(),
        parameters: declared.parameters.into_iter().map(field).collect(),
        items: declared.items.into_iter().map(item).collect(),
        figures: declared.figures.into_iter().map(figure).collect(),
        findings: declared.findings.into_iter().map(finding).collect(),
        steps: declared.steps.into_iter().map(step).collect(),
    }
}

fn field(declared: rule::Field) -> host::Field {
    let rule::Field { name, meaning, unit, required, origin, shape } = declared;
    let origin = match origin {
        rule::Origin::Caller => host::Origin::Caller,
        rule::Origin::CalculationDate => host::Origin::CalculationDate,
    };
    let shape = match shape {
        rule::Shape::Scalar(declared) => host::Shape::Scalar(kind(declared)),
        rule::Shape::Table(rule::TableShape { columns, maximum_rows }) => {
            let columns = columns.into_iter().map(column).collect();
            host::Shape::Table(host::TableShape { columns, maximum_rows })
        }
    };
    host::Field { name, meaning, unit, required, origin, shape }
}

fn column(declared: rule::Column) -> host::Column {
    let rule::Column { name, meaning, unit, required, kind: declared, key, selected_by } = declared;
    host::Column { name, meaning, unit, required, kind: kind(declared), key, selected_by }
}

fn kind(declared: rule::ScalarKind) -> host::ScalarKind {
    match declared {
        rule::ScalarKind::Boolean => host::ScalarKind::Boolean,
        rule::ScalarKind::Integer(rule::IntegerBounds { minimum, maximum }) => {
            host::ScalarKind::Integer(host::IntegerBounds { minimum, maximum })
        }
        rule::ScalarKind::Decimal(rule::DecimalBounds { minimum, maximum, decimals }) => {
            let (minimum, maximum) = (minimum.map(decimal), maximum.map(decimal));
            host::ScalarKind::Decimal(host::DecimalBounds { minimum, maximum, decimals })
        }
        rule::ScalarKind::Text(longest) => host::ScalarKind::Text(longest),
        rule::ScalarKind::Date => host::ScalarKind::Date,
        rule::ScalarKind::DateTime => host::ScalarKind::DateTime,
        rule::ScalarKind::Choice(choices) => {
            let choice = |rule::Choice { name, meaning }| host::Choice { name, meaning };
            host::ScalarKind::Choice(choices.into_iter().map(choice).collect())
        }
    }
}
