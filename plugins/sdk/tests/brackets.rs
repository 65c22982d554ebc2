//! Tables of a tax: each kind taxes as its law says, and a misprint is found where it stands.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use stele_sdk::prelude::*;

/// Each row's rate on its part.
#[derive(Row, Bracket, Clone, Debug)]
#[bracket(marginal)]
struct Band {
    /// Highest amount.
    up_to: Option<Decimal>,
    /// Rate.
    rate: Decimal,
}

/// The base tax and the rate on what exceeds the limit.
#[derive(Row, Bracket, Clone, Debug)]
struct Line {
    /// Over.
    over: Decimal,
    /// Base tax.
    base_tax: Decimal,
    /// Rate.
    rate: Decimal,
}

/// The rate on the whole amount.
#[derive(Row, Bracket, Clone, Debug)]
#[bracket(whole)]
struct Step {
    /// At least.
    at_least: Decimal,
    /// Rate.
    rate: Decimal,
}

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn band(up_to: Option<&str>, rate: &str) -> Band {
    Band { up_to: up_to.map(number), rate: number(rate) }
}

fn line(over: &str, base_tax: &str, rate: &str) -> Line {
    Line { over: number(over), base_tax: number(base_tax), rate: number(rate) }
}

#[test]
fn marginal_rates_tax_each_part_by_its_row() {
    let bands = vec![band(Some("100"), "0.1"), band(Some("300"), "0.2"), band(None, "0.4")];
    let table = Brackets::new(bands).unwrap();
    for (amount, tax) in [("0", "0"), ("100", "10"), ("101", "10.2"), ("300", "50"), ("310", "54")]
    {
        assert_eq!(table.tax(number(amount)), number(tax), "{amount}");
    }
}

#[test]
fn a_base_tax_holds_up_to_and_with_the_next_limit() {
    let table = Brackets::new(vec![line("0", "0", "0.1"), line("100", "10", "0.2")]).unwrap();
    for (amount, tax) in [("-5", "0"), ("0", "0"), ("100", "10"), ("110", "12")] {
        assert_eq!(table.tax(number(amount)), number(tax), "{amount}");
    }
    assert_eq!(table.held(Decimal::ZERO), None);
    assert_eq!(table.held(Decimal::ONE_HUNDRED), Some(0));
}

#[test]
fn a_row_of_at_least_holds_its_own_limit() {
    let step = |at_least, rate| Step { at_least: number(at_least), rate: number(rate) };
    let table = Brackets::new(vec![step("0", "0"), step("100", "0.5")]).unwrap();
    assert_eq!(table.tax(number("99.99")), Decimal::ZERO);
    assert_eq!(table.tax(Decimal::ONE_HUNDRED), number("50"));
    assert_eq!(table.row(Decimal::ONE_HUNDRED).rate, number("0.5"));
}

#[test]
fn a_misprint_is_found() {
    let message = |lines: Vec<Line>| Brackets::new(lines).unwrap_err().to_string();
    assert_eq!(message(Vec::new()), "must have at least one row, found none");
    assert_eq!(message(vec![line("1", "0", "0.1")]), "the first row must begin at 0, found 1");
    assert_eq!(
        message(vec![line("0", "0", "0.1"), line("100", "11", "0.2")]),
        "at 100 the rows must give the same tax, found 10.0 and 11"
    );
    assert_eq!(
        message(vec![line("0", "0", "0.1"), line("0", "0", "0.2")]),
        "limits must rise, found 0 after 0"
    );
    assert_eq!(
        Brackets::new(vec![band(None, "0.1"), band(None, "0.2")]).unwrap_err().to_string(),
        "only the last row may have no limit"
    );
    assert_eq!(
        Brackets::new(vec![band(Some("5"), "0.1")]).unwrap_err().to_string(),
        "the last row must have no limit, found 5"
    );
}
