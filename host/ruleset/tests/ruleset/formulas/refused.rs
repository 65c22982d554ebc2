//! What is not as it is said to be is refused, and says why.

use super::*;

#[test]
fn the_rows_of_a_tax_are_those_of_the_table_that_hold_the_amount() {
    let marginal = by(0, Limits::UpTo, 2, TaxMethod::Marginal);
    // A row too few, a row too many, another one alone, rows of nothing, a row that is not there.
    let invented = Value::Table(vec![row(&[None, Some("0"), Some("0.01"), Some("0")])]);
    for rows in [brackets(0..1), brackets(0..3), brackets(1..2), brackets(0..0), invented] {
        match taxed(marginal, 1, "62459.28", rows, "1").disagreement() {
            Disagreement::NotWorkable { reason: NotWorkable::WrongRows(amount), .. } => {
                assert_eq!(amount, "62459.28");
            }
            // Not even in the table.
            Disagreement::Value { source_name, .. } => {
                assert_eq!(source_name, "parameter brackets");
            }
            other => panic!("{other}"),
        }
    }
    // A table within a table: each key has rows of its own.
    let of_class = by(1, Limits::Over, 3, TaxMethod::BaseTax(2));
    let rows = Value::Table(vec![class_row(0, "1000", "100", "0.2")]);
    let shown = taxed(of_class, 2, "1500", rows, "200").shown("en");
    assert!(shown.contains("(100.00 + 500.00 × 20 %)"), "{shown}");
    let rows = Value::Table(vec![class_row(1, "0", "0", "0.3")]);
    assert!(taxed(of_class, 2, "1500", rows, "450").shown("en").contains("1,500.00 × 30 %"));
    let rows = Value::Table(vec![class_row(0, "0", "0", "0.1")]);
    let wrong = taxed(of_class, 2, "1500", rows, "150").disagreement();
    assert!(wrong.to_string().contains("not those of the table that hold 1500"), "{wrong}");
}

#[test]
fn a_formula_that_comes_to_something_else_is_refused_with_both_amounts() {
    let arguments = vec![(Source::Fact(0), value("62459.28")), (Source::Fact(1), value("0"))];
    let tokens = vec![argument(0), argument(1), Token::Subtract];
    let wrong = explained(vec![figure(arguments, tokens, "62459.29")]).disagreement();
    assert_eq!(wrong.step(), "step_0");
    assert_eq!(
        wrong.to_string(),
        "the step step_0 does not add up: Taxable income = Wages 62,459.28 − Relief 0 = 62,459.29; \
         worked out again it is 62,459.28"
    );
}

#[test]
fn a_value_is_what_its_source_has() {
    let column = |field, column| ColumnOf { field, column };
    let text = Value::Scalar(Scalar::Text("x".to_owned()));
    for (source, said, part) in [
        (Source::Fact(0), value("62459.27"), "has 62,459.27 for fact wages, which is 62,459.28"),
        (Source::Fact(1), value("1"), "fact relief, which is nothing"),
        (Source::Fact(3), Value::Scalar(Scalar::Boolean(false)), "fact resident, which is yes"),
        (Source::Fact(2), day(1990, 3, 30), "fact born, which is March 31, 1990"),
        (Source::Fact(4), Value::Scalar(Scalar::Choice(1)), "fact tax_class"),
        (Source::Parameter(0), value("0.09"), "has 0.09 for parameter rate, which is 0.08"),
        (
            Source::ParameterColumn(column(1, 2)),
            value("0.04"),
            "column brackets.rate, which is in none of its rows",
        ),
        (Source::FactColumn(column(5, 0)), value("7"), "column entries.hours"),
        (
            Source::Fact(5),
            Value::Table(vec![row(&[Some("9")]), row(&[Some("8")])]),
            "has 2 rows for fact entries",
        ),
        (Source::Item(0), value("99"), "item tax, which is the amount of none of its lines"),
        (Source::Item(1), value("1"), "item net"),
        (Source::Figure(0), value("1"), "figure taxable, which is given by no step before"),
        (Source::Fact(0), text, "fact wages"),
    ] {
        let tokens = vec![constant("1")];
        let wrong = explained(vec![figure(vec![(source, said)], tokens, "1")]).disagreement();
        assert!(wrong.to_string().contains(part), "{wrong}");
    }
}

#[test]
fn what_a_source_has_may_be_said_in_other_digits_and_nothing_is_zero() {
    let column = |field, column| ColumnOf { field, column };
    let said = vec![
        (Source::Fact(0), value("62459.2800")),
        (Source::Fact(1), value("0.00")),
        (Source::Fact(1), Value::Scalar(Scalar::None)),
        (Source::Fact(4), Value::Scalar(Scalar::Choice(0))),
        (Source::Fact(5), Value::Table(vec![row(&[Some("9.0")])])),
        (Source::FactColumn(column(5, 0)), Value::Scalar(Scalar::Integer(9))),
        (Source::ParameterColumn(column(1, 3)), value("2520")),
        (Source::Item(0), value("100.00")),
        (Source::Item(1), value("0")),
    ];
    explained(vec![figure(said, vec![constant("1")], "1.0")]).calculated().adds_up().unwrap();
}

#[test]
fn a_figure_is_the_last_earlier_result_of_it() {
    let give = |result: &str| figure(Vec::new(), vec![constant(result)], result);
    let take = |said: &str| figure(vec![(Source::Figure(0), value(said))], vec![argument(0)], said);
    explained(vec![give("1"), give("2"), take("2")]).calculated().adds_up().unwrap();
    let wrong = explained(vec![give("1"), give("2"), take("1")]).disagreement();
    assert!(wrong.to_string().contains("has 1 for figure taxable, which is 2"), "{wrong}");
}

#[test]
fn a_formula_of_an_item_leads_to_a_line_of_it_with_its_amount() {
    let tax = |amount: &str, line, item| Step {
        arguments: Vec::new(),
        gives: Target::Item(item),
        tokens: vec![constant(amount)],
        result: number(amount),
        line,
    };
    explained(vec![tax("100", Some(0), 0)]).calculated().adds_up().unwrap();
    assert_eq!(explained(vec![tax("100", Some(0), 0)]).shown("en"), "Income tax = 100");
    for (step, part) in [
        (tax("100", None, 0), "gives tax as 100.00, but leads to no line"),
        (tax("99", Some(0), 0), "gives tax as 99.00, but leads to a line of 100.00"),
        (tax("100", Some(0), 1), "gives net as 100.00, but leads to a line of tax"),
    ] {
        let wrong = explained(vec![step]).disagreement();
        assert!(wrong.to_string().contains(part), "{wrong}");
    }
    assert_eq!(TAX, Target::Item(0));
}

#[test]
fn what_can_not_be_worked_out_is_refused_and_says_why() {
    use Token::{Add, Divide, Multiply};
    let most = "79228162514264337593543950335";
    let flag = || (Source::Fact(3), Value::Scalar(Scalar::Boolean(true)));
    for (arguments, tokens, part) in [
        (vec![], vec![constant("1"), constant("0"), Divide], "a number is divided by zero"),
        (vec![], vec![constant(most), constant(most), Add], "a number is too large"),
        (vec![], vec![constant(most), constant("10"), Multiply], "a number is too large"),
        (
            vec![(Source::Own, Value::Scalar(Scalar::None))],
            vec![argument(0), constant("1"), Add],
            "value_0 is not given",
        ),
        (
            vec![(Source::Own, Value::Scalar(Scalar::Text("x".to_owned())))],
            vec![argument(0), constant("1"), Add],
            "expected a number, found a text",
        ),
        (
            vec![flag()],
            vec![argument(0), argument(0), Token::Equal, constant("1"), Token::Largest(2)],
            "expected a number, found a boolean",
        ),
    ] {
        let wrong = explained(vec![figure(arguments, tokens, "1")]).disagreement();
        assert!(matches!(wrong, Disagreement::NotWorkable { .. }), "{wrong}");
        assert!(wrong.to_string().contains(part), "{wrong}");
    }
}

#[test]
fn what_an_explanation_may_have_its_host_compare_is_bounded() {
    let rows = |count: usize| (0..count).map(|hour| row(&[Some(&hour.to_string())]));
    let entries = Value::Table(rows(10_000).collect());
    let cell = || (Source::FactColumn(ColumnOf { field: 5, column: 0 }), value("9999"));
    let last = || (Source::Fact(5), Value::Table(rows(10_000).skip(9_999).collect()));
    let one = |argument| figure(vec![argument], vec![constant("1")], "1");
    // Cells are looked up, rows are searched for.
    let mut many = explained((0..400).map(|_| one(cell())).collect());
    many.facts[5] = entries.clone();
    many.calculated().adds_up().unwrap();
    let mut too_many = explained((0..400).map(|_| one(last())).collect());
    too_many.facts[5] = entries;
    let wrong = too_many.disagreement();
    assert_eq!(wrong.step(), "step_100");
    assert!(wrong.to_string().contains("more than 1000000 rows"), "{wrong}");
}
