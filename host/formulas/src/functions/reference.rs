//! The reference of all functions as a page, from their table.

use crate::functions::{Function, Given, Parameter, groups};
use std::fmt::Write as _;

/// The page, in Markdown.
#[must_use]
pub fn reference() -> String {
    let mut page = String::from(
        "# Functions of formulas\n\nMade from the table in `host/formulas/src/functions` by \
         `cargo run -p stele-formulas --example reference`; each example is a test. A value where a \
         list is due is a list of one. What stands in brackets may be left out, `…` may be repeated. In \
         the examples `brackets` is a table with a rate of 0 up to 10,000 and of 0.2 above, and \
         `cities` one with the allowances 400 of mombasa and 500 of nairobi.\n",
    );
    for (heading, functions) in groups() {
        // Writing to a text can not fail.
        let _ = write!(
            page,
            "\n## {heading}\n\n| function | meaning | example | result |\n|---|---|---|---|\n"
        );
        for function in functions {
            let (call, result) = function.example;
            let _ = writeln!(
                page,
                "| `{}` | {} | `{}` | `{}` |",
                signature(function),
                cell(function.meaning),
                cell(call),
                cell(result),
            );
        }
    }
    page
}

/// How a function is called, with what each parameter takes.
fn signature(function: &Function) -> String {
    let parameter = |parameter: &Parameter| match parameter.given {
        Given::Once => format!("{}: {}", parameter.name, parameter.takes),
        Given::PerhapsNull => format!("{}: {}, perhaps null", parameter.name, parameter.takes),
        Given::Optionally | Given::OptionallyNull => {
            format!("[{}: {}]", parameter.name, parameter.takes)
        }
        Given::Repeatedly => format!("{}: {}…", parameter.name, parameter.takes),
    };
    let parameters: Vec<String> = function.parameters.iter().map(parameter).collect();
    format!("{}({})", function.name, parameters.join("; "))
}

/// A text in a table: a bar would end its cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
