//! The rule's steps in the contract's form: names and columns become positions.

use crate::contract;
use crate::declaration::{
    ArgumentDeclaration, FieldDeclaration, FormulaDeclaration, Gives, Shape, Source,
    StepDeclaration, Token,
};
use crate::describe::position;
use crate::exact;
use crate::names::{column_of, has_columns};

/// One kind of step. That everything it names exists was checked while the rule was compiled.
pub(crate) fn step(
    declared: &StepDeclaration,
    facts: &[FieldDeclaration],
    parameters: &[FieldDeclaration],
) -> contract::StepKind {
    let argument = |argument: &ArgumentDeclaration| contract::Argument {
        name: argument.name.to_owned(),
        unit: argument.unit.map(str::to_owned),
        source: source(argument.source, facts, parameters),
    };
    let used = declared.parameters.iter().filter_map(|name| position(parameters, name));
    contract::StepKind {
        name: declared.name.to_owned(),
        text: declared.text.map(str::to_owned),
        formula: declared.formula.as_ref().map(|formula| contract::Formula {
            gives: match formula.gives {
                Gives::Item(item) => contract::Target::Item(item),
                Gives::Figure(figure) => contract::Target::Figure(figure),
            },
            tokens: tokens(formula, declared, parameters),
        }),
        citation: declared.citation.map(str::to_owned),
        arguments: declared.arguments.iter().map(argument).collect(),
        parameters: used.collect(),
    }
}

fn source(
    source: Source,
    facts: &[FieldDeclaration],
    parameters: &[FieldDeclaration],
) -> contract::Source {
    let named = |fields: &[FieldDeclaration], field: u32, name| {
        let column = match fields.get(field as usize).map(|table| table.shape) {
            Some(Shape::Table(columns)) => column_of(columns, name).unwrap_or_default(),
            _ => 0,
        };
        contract::ColumnOf { field, column: u32::try_from(column).unwrap_or(u32::MAX) }
    };
    let table = |fields: &[FieldDeclaration], columns, column| {
        let at = fields.iter().position(|field| has_columns(field, columns))?;
        Some(contract::ColumnOf { field: u32::try_from(at).ok()?, column })
    };
    match source {
        Source::Own => contract::Source::Own,
        Source::Expression(label) => contract::Source::Expression(label.to_owned()),
        Source::Fact(at) => contract::Source::Fact(at),
        Source::FactCell(at, name) => contract::Source::FactColumn(named(facts, at, name)),
        Source::Parameter(at) => contract::Source::Parameter(at),
        Source::ParameterCell(at, name) => {
            contract::Source::ParameterColumn(named(parameters, at, name))
        }
        Source::Cell(columns, column) => match table(parameters, columns, column) {
            Some(cell) => contract::Source::ParameterColumn(cell),
            None => table(facts, columns, column)
                .map_or(contract::Source::Own, contract::Source::FactColumn),
        },
        Source::Given(Gives::Item(item)) => contract::Source::Item(item),
        Source::Given(Gives::Figure(figure)) => contract::Source::Figure(figure),
    }
}

fn tokens(
    formula: &FormulaDeclaration,
    step: &StepDeclaration,
    parameters: &[FieldDeclaration],
) -> Vec<contract::Token> {
    use contract::Token as To;
    let token = |token: &Token| match *token {
        Token::Argument(at) => To::Argument(at),
        Token::Number(number) => To::Number(exact::contract_decimal(number)),
        Token::Add => To::Add,
        Token::Subtract => To::Subtract,
        Token::Multiply => To::Multiply,
        Token::Share => To::Share,
        Token::Percent => To::Percent,
        Token::Divide => To::Divide,
        Token::Negate => To::Negate,
        Token::Smallest(count) => To::Smallest(count),
        Token::Largest(count) => To::Largest(count),
        Token::AtLeast => To::AtLeast,
        Token::AtMost => To::AtMost,
        Token::Sum(count) => To::Sum(count),
        Token::Rounded(direction, unit) => To::Rounded(contract::Rounding {
            direction,
            unit: exact::contract_decimal(unit.amount()),
        }),
        Token::RoundedTo(direction) => To::RoundedTo(direction),
        Token::Tax(rows) => To::Tax(tax_table(rows, step, parameters)),
        Token::Equal => To::Equal,
        Token::Unequal => To::Unequal,
        Token::Less => To::Less,
        Token::LessOrEqual => To::LessOrEqual,
        Token::More => To::More,
        Token::MoreOrEqual => To::MoreOrEqual,
        Token::Both => To::Both,
        Token::Either => To::Either,
        Token::Not => To::Not,
        Token::Choose => To::Choose,
        Token::DaysBetween => To::DaysBetween,
        Token::MonthsBetween => To::MonthsBetween,
        Token::YearsBetween => To::YearsBetween,
    };
    formula.tokens.iter().map(token).collect()
}

/// How the rows make a tax, which their parameter says.
fn tax_table(
    rows: u32,
    step: &StepDeclaration,
    parameters: &[FieldDeclaration],
) -> contract::TaxTable {
    let declared = step.arguments.get(rows as usize).and_then(|argument| match argument.source {
        Source::Parameter(at) => parameters.get(at as usize)?.tax,
        _ => None,
    });
    // Where it is none, `names_agree` has stopped the compilation.
    let (limit, limits, rate, method) = declared
        .map_or((0, contract::Limits::UpTo, 0, contract::TaxMethod::Whole), |tax| {
            (tax.limit, tax.limits, tax.rate, tax.method)
        });
    contract::TaxTable { rows, limit, limits, rate, method }
}
