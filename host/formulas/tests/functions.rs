//! Every function of the table does what its example says.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

#[allow(dead_code, reason = "the tests of whole rules use more of it")]
mod given;

use given::{Given, evaluate, number, rows};
use stele_formula_program::evaluate::write_value;
use stele_formula_program::value::Value;
use stele_formulas::expression::{NoValue, check};
use stele_formulas::functions::{self, Runs, Special};

fn value(text: &str) -> Result<String, NoValue> {
    check(text)?.value(|value| {
        let mut text = String::new();
        write_value(value, &mut text);
        text
    })
}

#[test]
fn every_example_gives_its_result() {
    for function in functions::all() {
        let (call, result) = function.example;
        if matches!(
            function.runs,
            Runs::Special(Special::Tax | Special::RowHolding | Special::RowOf)
        ) {
            // These take a table of the law: the next test computes their examples.
            continue;
        }
        let found = value(call).unwrap_or_else(|error| panic!("{call}: {error}"));
        assert_eq!(found, result, "{call}");
    }
}

#[test]
fn every_function_says_what_it_means_and_calls_itself_in_its_example() {
    for function in functions::all() {
        assert!(function.meaning.ends_with('.'), "{}", function.name);
        assert!(function.example.0.contains(&format!("{}(", function.name)), "{}", function.name);
    }
}

#[test]
fn functions_without_a_clock_do_not_exist() {
    for call in ["now()", "today()"] {
        let NoValue::Wrong(errors) = value(call).unwrap_err() else { panic!("{call} is refused") };
        assert!(errors[0].message().contains("a rule has no clock"), "{}", errors[0].message());
    }
}

/// The tables of the examples, as the reference shows them.
fn tables() -> Vec<Given> {
    let city = |name: &'static str, allowance: &str| vec![Value::Text(name), number(allowance)];
    vec![
        rows(&[&["10000", "0"], &["-", "0.2"]]),
        Given::Rows(vec![city("mombasa", "400"), city("nairobi", "500")]),
    ]
}

#[test]
fn examples_of_tables_give_their_results_with_the_tables_of_the_reference() {
    let mut computed = 0;
    for function in functions::all() {
        let special = [Special::Tax, Special::RowHolding, Special::RowOf].map(Runs::Special);
        if !special.contains(&function.runs) {
            continue;
        }
        let (call, result) = function.example;
        let text = format!(
            r#"
meaning = "An example."
parameter = [
  {{ name = "brackets", type = "rows", columns = [{{ name = "up_to", type = "number?" }}, {{ name = "rate", type = "rate" }}] }},
  {{ name = "cities", type = "rows", columns = [{{ name = "city", type = "text" }}, {{ name = "allowance", type = "number" }}] }},
]
[[line]]
item = "example"
category = "example"
unit = "number"
formula = '''{call}'''
"#
        );
        let came = evaluate(&text, tables(), Vec::new())
            .unwrap_or_else(|fault| panic!("{call}: {fault:?}"));
        assert_eq!(came.lines[0].1, result, "{call}");
        computed += 1;
    }
    assert_eq!(computed, 3);
}

#[test]
fn the_reference_is_that_of_the_table() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/formula-functions.md");
    let kept = std::fs::read_to_string(path).expect(path);
    assert_eq!(
        kept,
        functions::reference::reference(),
        "cargo run -p stele-formulas --example reference"
    );
}
