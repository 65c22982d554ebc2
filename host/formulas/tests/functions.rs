//! Every function of the table does what its example says.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

use stele_formula_program::evaluate::write_value;
use stele_formulas::document::compile;
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
            // These take a table of the law: `tables` computes their examples.
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

#[test]
fn examples_of_tables_are_checked_with_their_tables() {
    let text = r#"
meaning = "Examples."
parameter = [
  { name = "brackets", type = "rows", columns = [{ name = "up_to", type = "number?" }, { name = "rate", type = "rate" }] },
  { name = "cities", type = "rows", columns = [{ name = "city", type = "text" }, { name = "allowance", type = "money" }] },
]
[[figure]]
name = "tax"
formula = "tax by brackets(25000, brackets)"
[[figure]]
name = "rate"
formula = "(row holding(25000, brackets)).rate"
[[line]]
item = "allowance"
category = "earning"
formula = '(row of(cities, "nairobi")).allowance'
"#;
    let compiled = compile("examples", text).expect("the examples are right");
    assert_eq!(compiled.description.steps.len(), 3);
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
