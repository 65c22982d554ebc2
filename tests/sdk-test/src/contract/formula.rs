//! Formulas and what they are worked out of, from the SDK's types to the engine's.

use stele_engine::contract as host;
use stele_sdk::contract as rule;

use super::decimal;

pub(super) fn argument(rule::Argument { name, unit, source }: rule::Argument) -> host::Argument {
    let column = |rule::ColumnOf { field, column }| host::ColumnOf { field, column };
    let source = match source {
        rule::Source::Own => host::Source::Own,
        rule::Source::Expression(words) => host::Source::Expression(words),
        rule::Source::Fact(at) => host::Source::Fact(at),
        rule::Source::FactColumn(cell) => host::Source::FactColumn(column(cell)),
        rule::Source::Parameter(at) => host::Source::Parameter(at),
        rule::Source::ParameterColumn(cell) => host::Source::ParameterColumn(column(cell)),
        rule::Source::Item(at) => host::Source::Item(at),
        rule::Source::Figure(at) => host::Source::Figure(at),
    };
    host::Argument { name, unit, source }
}

pub(super) fn formula(rule::Formula { gives, tokens }: rule::Formula) -> host::Formula {
    let gives = match gives {
        rule::Target::Item(at) => host::Target::Item(at),
        rule::Target::Figure(at) => host::Target::Figure(at),
    };
    host::Formula { gives, tokens: tokens.into_iter().map(token).collect() }
}

fn token(token: rule::Token) -> host::Token {
    use host::Token as To;
    use rule::Token as From;
    match token {
        From::Argument(at) => To::Argument(at),
        From::Number(number) => To::Number(decimal(number)),
        From::Add => To::Add,
        From::Subtract => To::Subtract,
        From::Multiply => To::Multiply,
        From::Share => To::Share,
        From::Percent => To::Percent,
        From::Divide => To::Divide,
        From::Negate => To::Negate,
        From::Smallest(count) => To::Smallest(count),
        From::Largest(count) => To::Largest(count),
        From::AtLeast => To::AtLeast,
        From::AtMost => To::AtMost,
        From::Sum(count) => To::Sum(count),
        From::Rounded(rule::Rounding { direction: to, unit }) => {
            To::Rounded(host::Rounding { direction: direction(to), unit: decimal(unit) })
        }
        From::RoundedTo(to) => To::RoundedTo(direction(to)),
        From::Tax(table) => To::Tax(tax(table)),
        From::Equal => To::Equal,
        From::Unequal => To::Unequal,
        From::Less => To::Less,
        From::LessOrEqual => To::LessOrEqual,
        From::More => To::More,
        From::MoreOrEqual => To::MoreOrEqual,
        From::Both => To::Both,
        From::Either => To::Either,
        From::Not => To::Not,
        From::Choose => To::Choose,
        From::DaysBetween => To::DaysBetween,
        From::MonthsBetween => To::MonthsBetween,
        From::YearsBetween => To::YearsBetween,
    }
}

fn direction(direction: rule::Direction) -> host::Direction {
    match direction {
        rule::Direction::HalfUp => host::Direction::HalfUp,
        rule::Direction::HalfDown => host::Direction::HalfDown,
        rule::Direction::HalfEven => host::Direction::HalfEven,
        rule::Direction::Up => host::Direction::Up,
        rule::Direction::Down => host::Direction::Down,
        rule::Direction::Ceiling => host::Direction::Ceiling,
        rule::Direction::Floor => host::Direction::Floor,
    }
}

fn tax(rule::TaxTable { rows, limit, limits, rate, method }: rule::TaxTable) -> host::TaxTable {
    let limits = match limits {
        rule::Limits::UpTo => host::Limits::UpTo,
        rule::Limits::Over => host::Limits::Over,
        rule::Limits::AtLeast => host::Limits::AtLeast,
    };
    let method = match method {
        rule::TaxMethod::Marginal => host::TaxMethod::Marginal,
        rule::TaxMethod::QuickDeduction(column) => host::TaxMethod::QuickDeduction(column),
        rule::TaxMethod::BaseTax(column) => host::TaxMethod::BaseTax(column),
        rule::TaxMethod::Whole => host::TaxMethod::Whole,
    };
    host::TaxTable { rows, limit, limits, rate, method }
}
