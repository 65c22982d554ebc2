//! A line is explained by a sentence in which its amount stands, and by no other.

#![allow(clippy::expect_used, reason = "a test stops at what it did not expect")]

use stele_sdk::prelude::*;
use stele_sdk_test::{Exceptions, unexplained};

#[derive(Items, Clone, Copy)]
enum Item {
    /// Tax.
    #[item(category = "tax")]
    Tax,
}

#[derive(Steps)]
enum Step {
    /// {wage} is taxed with {tax}.
    Taxed { wage: Decimal, tax: Decimal },
    /// Whoever has the code NT pays no tax.
    NoTax,
}

fn out(amount: &str, step: Step) -> Outcome<Item, Nothing, Step> {
    let mut out = Outcome::new(true);
    out.step(|| step);
    out.line(Item::Tax, amount.parse::<Decimal>().expect("a decimal"));
    out
}

fn taxed(tax: &str) -> Step {
    Step::Taxed { wage: Decimal::from(200), tax: tax.parse().expect("a decimal") }
}

#[test]
fn an_amount_at_the_end_of_a_sentence_is_said_whatever_zeros_it_ends_with() {
    assert_eq!(
        unexplained(&out("20.50", taxed("20.5")), &Exceptions::none()),
        Vec::<String>::new()
    );
    assert_eq!(unexplained(&out("-3", taxed("-3")), &Exceptions::none()), Vec::<String>::new());
}

#[test]
fn an_amount_that_is_only_part_of_another_is_not_said() {
    assert_eq!(unexplained(&out("20", taxed("120.20")), &Exceptions::none()).len(), 1);
}

#[test]
fn a_line_of_zero_needs_a_sentence_that_says_it() {
    assert_eq!(
        unexplained(&out("0", Step::NoTax), &Exceptions::none()),
        ["tax = 0, led to by [\"no_tax: Whoever has the code NT pays no tax.\"]"]
    );
}

#[test]
fn words_stand_for_zero_and_for_no_other_amount() {
    let words = Exceptions::none().nothing_in_words("no_tax", "the code is NT");
    assert!(unexplained(&out("0", Step::NoTax), &words).is_empty());
    assert_eq!(unexplained(&out("1", Step::NoTax), &words).len(), 1);
}

#[test]
fn what_is_taken_away_may_be_said_without_a_sign_and_what_is_given_not() {
    let away = Exceptions::none().taken_away("taxed", "the tax is taken away");
    assert!(unexplained(&out("-30", taxed("30")), &away).is_empty());
    assert_eq!(unexplained(&out("30", taxed("-30")), &away).len(), 1);
    assert_eq!(unexplained(&out("-30", taxed("31")), &away).len(), 1);
}

#[test]
fn a_line_that_no_step_leads_to_is_unexplained() {
    let mut out = Outcome::<Item, Nothing, Step>::new(true);
    out.line(Item::Tax, Decimal::TEN);
    assert_eq!(unexplained(&out, &Exceptions::none()), ["tax = 10, led to by []"]);
}
