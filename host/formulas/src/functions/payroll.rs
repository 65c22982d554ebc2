//! Functions that the standard does not have and a payroll needs.

use crate::functions::Runs::{Code as Runs_, Special as By};
use crate::functions::{Code, Function, Parameter, Shape, Special, required};

const TO_MULTIPLE: &[Parameter] = &[required("n", Shape::Same), required("multiple", Shape::Same)];

/// A rounding to a multiple.
const fn to_multiple(
    name: &'static str,
    meaning: &'static str,
    example: (&'static str, &'static str),
    code: Code,
) -> Function {
    Function {
        name,
        parameters: TO_MULTIPLE,
        result: Shape::Same,
        meaning,
        example,
        runs: Runs_(code),
    }
}

pub(super) const FUNCTIONS: &[Function] = &[
    Function {
        name: "tax by brackets",
        parameters: &[required("amount", Shape::Number), required("table", Shape::AnyList)],
        result: Shape::Number,
        meaning: "Tax on an amount: the rate of each row on the part of the amount that lies in it. The table has a column `rate` and one of `up_to` (the last row without one), `over` or `from`; with a column `quick_deduction`, the rate of the row that holds the amount on all of it, less the deduction; with a column `base_tax` (and `over` or `from`), that tax and the rate on what exceeds the limit. An amount of zero or less bears none.",
        example: ("tax by brackets(25000, brackets)", "3000"),
        runs: By(Special::Tax),
    },
    Function {
        name: "row holding",
        parameters: &[required("number", Shape::Number), required("table", Shape::AnyList)],
        result: Shape::Anything,
        meaning: "The row of a table in which a number lies, by its column `up_to`, `over` or `from`; `null` where there is none.",
        example: ("(row holding(25000, brackets)).rate", "0.2"),
        runs: By(Special::RowHolding),
    },
    Function {
        name: "row of",
        parameters: &[required("table", Shape::AnyList), required("key", Shape::Anything)],
        result: Shape::Anything,
        meaning: "The first row of a table whose first column equals a value; `null` where there is none.",
        example: ("(row of(cities, \"nairobi\")).allowance", "500"),
        runs: By(Special::RowOf),
    },
    Function {
        name: "clamp",
        parameters: &[
            required("n", Shape::Same),
            required("lowest", Shape::Same),
            required("highest", Shape::Same),
        ],
        result: Shape::Same,
        meaning: "A number, but at least the lowest and at most the highest.",
        example: ("clamp(120, 10, 100)", "100"),
        runs: Runs_(Code::Clamp),
    },
    to_multiple(
        "round half up to multiple",
        "Rounds to the nearest multiple; half away from zero.",
        ("round half up to multiple(12.325, 0.05)", "12.35"),
        Code::RoundHalfUpToMultiple,
    ),
    to_multiple(
        "round half down to multiple",
        "Rounds to the nearest multiple; half towards zero.",
        ("round half down to multiple(150, 100)", "100"),
        Code::RoundHalfDownToMultiple,
    ),
    to_multiple(
        "round half even to multiple",
        "Rounds to the nearest multiple; half to the one that is an even number of times.",
        ("round half even to multiple(250, 100)", "200"),
        Code::RoundHalfEvenToMultiple,
    ),
    to_multiple(
        "round up to multiple",
        "Rounds to a multiple, away from zero.",
        ("round up to multiple(101, 100)", "200"),
        Code::RoundUpToMultiple,
    ),
    to_multiple(
        "round down to multiple",
        "Rounds to a multiple, towards zero.",
        ("round down to multiple(199, 100)", "100"),
        Code::RoundDownToMultiple,
    ),
    Function {
        name: "prorate",
        parameters: &[
            required("amount", Shape::Same),
            required("part", Shape::Number),
            required("whole", Shape::Number),
        ],
        result: Shape::Same,
        meaning: "The share of an amount that falls on a part of a whole: amount * part / whole, not rounded.",
        example: ("prorate(3000, 10, 30)", "1000"),
        runs: Runs_(Code::Prorate),
    },
    Function {
        name: "get or else",
        parameters: &[required("value", Shape::Anything), required("default", Shape::Value)],
        result: Shape::Value,
        meaning: "The value, or the default where it is missing.",
        example: ("get or else([10, 20][3], 0)", "0"),
        runs: By(Special::GetOrElse),
    },
    Function {
        name: "days between",
        parameters: &[required("from", Shape::Day), required("to", Shape::Day)],
        result: Shape::Plain,
        meaning: "Days from one day to another; negative where the other is earlier.",
        example: ("days between(@\"2026-01-01\", @\"2026-02-01\")", "31"),
        runs: Runs_(Code::DaysBetween),
    },
    Function {
        name: "months between",
        parameters: &[required("from", Shape::Day), required("to", Shape::Day)],
        result: Shape::Plain,
        meaning: "Whole months from one day to another.",
        example: ("months between(@\"2026-01-31\", @\"2026-03-30\")", "1"),
        runs: Runs_(Code::MonthsBetween),
    },
    Function {
        name: "years between",
        parameters: &[required("from", Shape::Day), required("to", Shape::Day)],
        result: Shape::Plain,
        meaning: "Whole years from one day to another.",
        example: ("years between(@\"2020-02-29\", @\"2026-02-28\")", "5"),
        runs: Runs_(Code::YearsBetween),
    },
    Function {
        name: "age",
        parameters: &[required("birth", Shape::Day), required("on", Shape::Day)],
        result: Shape::Plain,
        meaning: "Years that a person born on a day has completed on another. One born on 29 February completes a year on 1 March where there is no such day.",
        example: ("age(@\"1966-07-01\", @\"2026-06-30\")", "59"),
        runs: Runs_(Code::Age),
    },
    Function {
        name: "days in month",
        parameters: &[required("date", Shape::Day)],
        result: Shape::Plain,
        meaning: "How many days the month of a day has.",
        example: ("days in month(@\"2024-02-10\")", "29"),
        runs: Runs_(Code::DaysInMonth),
    },
    Function {
        name: "first day of month",
        parameters: &[required("date", Shape::Day)],
        result: Shape::Date,
        meaning: "The first day of the month of a day.",
        example: ("first day of month(@\"2024-02-10\")", "2024-02-01"),
        runs: Runs_(Code::FirstDayOfMonth),
    },
    Function {
        name: "last day of month",
        parameters: &[required("date", Shape::Day)],
        result: Shape::Date,
        meaning: "The last day of the month of a day.",
        example: ("last day of month(@\"2024-02-10\")", "2024-02-29"),
        runs: Runs_(Code::LastDayOfMonth),
    },
];
