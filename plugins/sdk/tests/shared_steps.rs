//! A sentence that computes several lines leads to each of them.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use stele_sdk::prelude::*;

#[derive(Items, Clone, Copy)]
enum Item {
    /// Gross.
    #[item(category = "earnings")]
    Gross,
    /// The employee's share.
    #[item(category = "contributions")]
    Employee,
    /// The employer's share.
    #[item(category = "contributions")]
    Employer,
    /// The base.
    #[item(category = "bases")]
    Base,
}

#[derive(Steps)]
enum Step {
    /// Half of {base} is {half}.
    Half { base: Decimal, half: Decimal },
    /// The base is not above {cap}.
    Cap { cap: Decimal },
}

fn payslip(explain: bool) -> Outcome<Item, Nothing, Step> {
    let mut out = Outcome::new(explain);
    out.line(Item::Gross, Decimal::TEN);
    out.step(|| Step::Half { base: Decimal::TEN, half: Decimal::TWO });
    out.line(Item::Employee, Decimal::TWO);
    out.further_line(Item::Employer, Decimal::TWO);
    out.step(|| Step::Cap { cap: Decimal::TEN });
    out.further_line(Item::Base, Decimal::TEN);
    out
}

#[test]
fn a_step_leads_to_each_of_the_lines_that_it_computes() {
    let outcome = payslip(true).into_contract();
    let steps: Vec<(u32, Option<u32>)> =
        outcome.steps.iter().map(|step| (step.kind, step.line)).collect();
    assert_eq!(steps, [(0, Some(1)), (0, Some(2)), (0, Some(3)), (1, Some(3))]);
}

#[test]
fn a_further_line_without_a_line_before_it_has_no_step() {
    let mut out: Outcome<Item, Nothing, Step> = Outcome::new(true);
    out.further_line(Item::Gross, Decimal::TEN);
    assert_eq!(out.steps().count(), 0);
    assert_eq!(out.amount(Item::Gross), Some(Decimal::TEN));
}

#[test]
fn lines_are_the_same_with_and_without_steps() {
    let (asked, unasked) = (payslip(true), payslip(false));
    assert_eq!(unasked.steps().count(), 0);
    let lines = |out: &Outcome<Item, Nothing, Step>| -> Vec<(String, Decimal)> {
        out.lines().map(|line| (line.name.to_owned(), line.amount)).collect()
    };
    assert_eq!(lines(&asked), lines(&unasked));
}
