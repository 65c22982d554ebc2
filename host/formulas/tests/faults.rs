//! A fault names the formula, where in its text, the operands with their values, the provision, and
//! of a table the row and the column.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

mod given;

use given::{Given, evaluate, number, one, rows};
use stele_formula_program::fault::{Cell, Fault, Place};

/// A rule of one line and perhaps more.
fn rule(formula: &str, more: &str) -> String {
    format!(
        r#"
meaning = "x"
fact = [
  {{ name = "gross", type = "money" }},
  {{ name = "parts", type = "number" }},
  {{ name = "city", type = "choice?", choices = {{ north = "North", south = "South" }} }},
]
parameter = [
  {{ name = "bands", type = "rows", columns = [{{ name = "up_to", type = "money?" }}, {{ name = "rate", type = "rate?" }}] }},
  {{ name = "cities", type = "rows", columns = [{{ name = "city", type = "choice", choices = {{ north = "North", south = "South" }} }}, {{ name = "amount", type = "money" }}] }},
]
{more}
[[line]]
item = "part"
category = "tax"
citation = "Act, s. 1"
formula = '''{formula}'''
"#
    )
}

fn choice(position: u32) -> Given {
    Given::One(stele_formula_program::value::Value::Choice(position))
}

fn fault_of(text: &str, bands: &[&[&str]], gross: &str, parts: &str) -> Box<Fault> {
    let cities =
        Given::Rows(vec![vec![stele_formula_program::value::Value::Choice(0), number("10")]]);
    let facts = vec![one(gross), one(parts), choice(1)];
    evaluate(text, vec![rows(bands), cities], facts).unwrap_err()
}

const BANDS: &[&[&str]] = &[&["100", "0.1"], &["300", "0.2"]];

fn fault(formula: &str, gross: &str, parts: &str) -> Box<Fault> {
    fault_of(&rule(formula, ""), BANDS, gross, parts)
}

#[test]
fn a_division_by_zero_names_formula_place_piece_operands_and_provision() {
    let found = fault("10 + round half up(gross / parts, 2)", "100", "0");
    assert_eq!(&*found.message, "part, character 20, `gross / parts`: division by zero: 100 / 0");
    assert_eq!(found.citation.as_deref(), Some("Act, s. 1"));
    assert_eq!(found.place, Place::Whole);
}

#[test]
fn an_overflow_names_the_operation_in_a_chain() {
    let largest = "79228162514264337593543950335";
    let found = fault("1 + gross * parts - 5", largest, "2");
    let expected = format!(
        "part, character 5, `gross * parts`: the result does not fit into 96 bits: {largest} * 2"
    );
    assert_eq!(&*found.message, &*expected);
    let found = fault("gross + gross + gross", largest, "2");
    assert!(found.message.starts_with("part, character 1, `gross + gross`: "), "{found}");
}

#[test]
fn a_formula_of_several_lines_is_told_by_line_and_character() {
    let found = fault("\nif parts > 5\nthen 0\nelse gross / parts", "100", "0");
    assert!(found.message.starts_with("part, line 3, character 6, `gross / parts`: "), "{found}");
}

#[test]
fn a_figure_a_function_and_a_part_of_a_finding_are_named() {
    let figure =
        "[[figure]]\nname = \"share\"\ncitation = \"Act, s. 2\"\nformula = \"gross / parts\"\n";
    let found = fault_of(&rule("share + 1", figure), BANDS, "100", "0");
    assert!(found.message.starts_with("share, character 1, `gross / parts`: "), "{found}");
    assert_eq!(found.citation.as_deref(), Some("Act, s. 2"));

    let function = "[[function]]\nname = \"parted\"\nparameters = [{ name = \"x\", type = \"money\" }]\nformula = \"x / parts\"\n";
    let found = fault_of(&rule("parted(gross)", function), BANDS, "100", "0");
    assert!(found.message.starts_with("parted (for part), character 1, `x / parts`: "), "{found}");

    let finding = "[[finding]]\nname = \"much\"\nseverity = \"note\"\nmeaning = \"x\"\nwhen = \"gross > 1\"\nlimit = \"100 / parts\"\n";
    let found = fault_of(&rule("gross", finding), BANDS, "100", "0");
    assert!(found.message.starts_with("much, limit, character 1, `100 / parts`: "), "{found}");
}

#[test]
fn a_row_that_is_not_found_names_table_column_and_value() {
    let column = |column| Place::Parameter(Cell { field: 0, row: None, column: Some(column) });
    let found = fault("tax by brackets(gross, bands)", "301", "1");
    assert_eq!(found.place, column(0));
    assert!(found.message.ends_with("no row of the table holds: 301"), "{found}");
    let found = fault("gross * get or else((row holding(gross, bands)).rate, 0)", "301", "1");
    assert_eq!(found.place, column(0));
    assert!(found.message.ends_with("no row of the table holds: 301"), "{found}");

    let found = fault("if city = null then 0 else (row of(cities, city)).amount", "1", "1");
    assert_eq!(found.place, Place::Parameter(Cell { field: 1, row: None, column: Some(0) }));
    assert!(found.message.ends_with("no row of the table has: south"), "{found}");

    let found = fault(
        "if city = null then 0 else cities[city = \"north\" and amount * parts > gross][1].amount",
        "11",
        "1",
    );
    assert_eq!(found.place, Place::Parameter(Cell::whole(1)));
    let expected = "no row meets the condition: gross = 11, parts = 1";
    assert!(found.message.ends_with(expected), "{found}");
}

#[test]
fn a_table_that_can_not_be_computed_with_names_row_and_column() {
    let cell =
        |row, column| Place::Parameter(Cell { field: 0, row: Some(row), column: Some(column) });
    let text = rule("tax by brackets(gross, bands)", "");
    let found = fault_of(&text, &[&["100", "0.1"], &["50", "0.2"], &["-", "0.3"]], "500", "1");
    assert_eq!(found.place, cell(1, 0));
    assert!(found.message.contains("not in ascending order"), "{found}");
    let found = fault_of(&text, &[&["100", "0.1"], &["-", "-"]], "500", "1");
    assert_eq!(found.place, cell(1, 1));
    assert!(found.message.contains("a number is needed in the table"), "{found}");
}

#[test]
fn a_refusal_says_its_own_words_and_its_provision() {
    let refusal = "[[refusal]]\nfact = \"parts\"\nwhen = \"gross / parts > 1\"\nmessage = \"Too many.\"\ncitation = \"Act, s. 9\"\n";
    let found = fault_of(&rule("gross", refusal), BANDS, "100", "2");
    assert_eq!((&*found.message, found.place), ("Too many.", Place::Fact(Cell::whole(1))));
    assert_eq!(found.citation.as_deref(), Some("Act, s. 9"));
    let found = fault_of(&rule("gross", refusal), BANDS, "100", "0");
    assert!(found.message.starts_with("parts, refusal, character 1, `gross / parts`: "), "{found}");
}
