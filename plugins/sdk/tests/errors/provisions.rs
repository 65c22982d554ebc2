//! What can not stand in a provision.

use stele_sdk::prelude::*;

/// A month.
#[derive(Facts)]
pub struct Month {
    /// Wages.
    #[fact(unit = "EUR")]
    pub wages: Decimal,
}

/// Lines.
#[derive(Items, Clone, Copy)]
pub enum Item {
    /// Tax.
    #[item(category = "tax")]
    Tax,
}

stele_sdk::provisions! {
    /// Steps.
    pub enum Step = { listed };
}

type Payslip = Outcome<Item, Nothing, Step>;

#[provision]
fn listed(month: &Month, out: &mut Payslip) {
    work!(out, Item::Tax = month.wages);
}

#[provision]
fn unknown_operand(month: &Month, rate: Decimal, out: &mut Payslip) {
    work!(out, Item::Tax = month.wages * rate);
}

#[provision]
fn unknown_function(month: &Month, out: &mut Payslip) {
    work!(out, Item::Tax = rounded(month.wages, 2));
}

#[provision]
fn no_target(month: &Month, out: &mut Payslip) {
    work!(out, month.wages + 1);
}

#[provision]
fn only_one_branch(month: &Month, out: &mut Payslip) {
    work!(out, Item::Tax = if month.wages > 1 { month.wages });
}

#[provision]
fn unclosed(month: &Month, out: &mut Payslip) {
    say!(out, Said, "Wages of {wages are taxed.", wages = month.wages);
}

#[provision]
fn not_in_the_sentence(month: &Month, out: &mut Payslip) {
    say!(out, Said, "Nothing is taxed.", wages = month.wages);
}

#[provision]
fn nothing_said(month: &Month) -> Decimal {
    month.wages
}

#[provision(articles = 3)]
fn no_citation(month: &Month, out: &mut Payslip) {
    work!(out, Item::Tax = month.wages);
}

fn main() {}
