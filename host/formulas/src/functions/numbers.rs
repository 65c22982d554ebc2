//! Functions on numbers.

use crate::functions::Runs::{Code as Runs_, Special as By};
use crate::functions::{Code, Function, Parameter, Shape, Special, optional, required};

const TO_DECIMALS: &[Parameter] = &[required("n", Shape::Same), required("scale", Shape::Plain)];

/// A rounding to decimals.
const fn rounding(
    name: &'static str,
    meaning: &'static str,
    example: (&'static str, &'static str),
    code: Code,
) -> Function {
    Function {
        name,
        parameters: TO_DECIMALS,
        result: Shape::Same,
        meaning,
        example,
        runs: Runs_(code),
    }
}

pub(super) const FUNCTIONS: &[Function] = &[
    rounding(
        "round half up",
        "Rounds to so many decimals; half away from zero.",
        ("round half up(-1.125, 2)", "-1.13"),
        Code::RoundHalfUp,
    ),
    rounding(
        "round half down",
        "Rounds to so many decimals; half towards zero.",
        ("round half down(1.125, 2)", "1.12"),
        Code::RoundHalfDown,
    ),
    rounding(
        "round up",
        "Rounds to so many decimals, away from zero.",
        ("round up(1.121, 2)", "1.13"),
        Code::RoundUp,
    ),
    rounding(
        "round down",
        "Rounds to so many decimals, towards zero. A negative scale rounds to tens and hundreds.",
        ("round down(1250, -2)", "1200"),
        Code::RoundDown,
    ),
    rounding(
        "decimal",
        "Rounds to so many decimals; half to the even neighbour.",
        ("decimal(2.5, 0)", "2"),
        Code::Decimal,
    ),
    Function {
        name: "floor",
        parameters: &[required("n", Shape::Same), optional("scale", Shape::Plain)],
        result: Shape::Same,
        meaning: "Rounds to so many decimals, to the next smaller number; to a whole number without a scale.",
        example: ("floor(-1.5)", "-2"),
        runs: Runs_(Code::Floor),
    },
    Function {
        name: "ceiling",
        parameters: &[required("n", Shape::Same), optional("scale", Shape::Plain)],
        result: Shape::Same,
        meaning: "Rounds to so many decimals, to the next greater number; to a whole number without a scale.",
        example: ("ceiling(1.51, 1)", "1.6"),
        runs: Runs_(Code::Ceiling),
    },
    Function {
        name: "abs",
        parameters: &[required("n", Shape::Size)],
        result: Shape::Size,
        meaning: "The size of a number or a duration, without its sign.",
        example: ("abs(-10)", "10"),
        runs: Runs_(Code::Abs),
    },
    Function {
        name: "modulo",
        parameters: &[required("dividend", Shape::Same), required("divisor", Shape::Same)],
        result: Shape::Same,
        meaning: "What is left of a division by a whole number of times; it has the sign of the divisor.",
        example: ("modulo(-12, 5)", "3"),
        runs: Runs_(Code::Modulo),
    },
    Function {
        name: "sqrt",
        parameters: &[required("number", Shape::Plain)],
        result: Shape::Plain,
        meaning: "The square root.",
        example: ("sqrt(16)", "4"),
        runs: Runs_(Code::Sqrt),
    },
    Function {
        name: "even",
        parameters: &[required("number", Shape::Number)],
        result: Shape::Boolean,
        meaning: "Whether a number is whole and even.",
        example: ("even(2)", "true"),
        runs: Runs_(Code::Even),
    },
    Function {
        name: "odd",
        parameters: &[required("number", Shape::Number)],
        result: Shape::Boolean,
        meaning: "Whether a number is whole and odd.",
        example: ("odd(5)", "true"),
        runs: Runs_(Code::Odd),
    },
    Function {
        name: "not",
        parameters: &[required("negand", Shape::Boolean)],
        result: Shape::Boolean,
        meaning: "True where the argument is false, and the other way round.",
        example: ("not(1 > 2)", "true"),
        runs: By(Special::Not),
    },
];
