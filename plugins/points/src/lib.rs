//! Points: events in, entries of a ledger out.
//!
//! What an event is worth, how much of it counts in a month, a quarter or a year, when points
//! expire and which part of the performance bonus they decide is data of the ruleset. A period
//! passes through in one direction:
//!
//! facts → postings in the order of the ledger (`posting`) → cut at their caps (`cap`) →
//! entered into lots that are used up in order and expire (`ledger`, `entry`) → the share
//! of the bonus that each category of points decides (`share`). What is taken back of an earlier
//! event is an entry of its own (`reversal`).
//!
//! An event is worth what the tariff of its own day says, not that of the day of the calculation.
//!
//! Points are conserved: opening balance + granted − deducted − expired = closing balance.

mod calendar;
mod cap;
mod check;
mod entry;
mod facts;
mod ledger;
mod outcome;
mod parameters;
mod posting;
mod reversal;
mod share;
mod subject;

pub use facts::{Earlier, Event, OpeningLot, Period};
pub use outcome::{Finding, Item};
pub use parameters::{
    BalanceFloor, BonusShare, CapPeriod, OrderOfUse, SameDay, Tariff, TariffBook,
};
use stele_sdk::prelude::*;

/// The outcome of a period.
pub type PeriodOutcome = Outcome<Item, Finding, Step>;

stele_sdk::provisions! {
    /// How the lines of a period came about.
    pub enum Step = {
        entry::{
            brought_forward, admitted, capped, taken_back, take_back_deduction, say_if_cut, expire, totals,
        },
        share::{of_category, of_all, in_money},
    };
}

/// The rule: one person's events of a period in, entries and balances out.
pub struct Points;

impl Rule for Points {
    const NAME: &'static str = "points";
    const MEANING: &'static str = "A ledger of points: what events grant and deduct, with caps by \
        month, quarter or year, expiry, a floor for the balance, events taken back, and the part of \
        the performance bonus that points decide.";

    type Facts = Period;
    type Parameters = TariffBook;
    type Item = Item;
    type Figure = Nothing;
    type Finding = Finding;
    type Step = Step;

    fn check(book: &TariffBook) -> Result<(), Fault> {
        check::tariff_book(book)
    }

    fn evaluate(book: &TariffBook, period: &Period, out: &mut PeriodOutcome) -> Result<(), Fault> {
        facts::check_period(period)?;
        let order = book.order_of_use.unwrap_or_default();
        let mut ledger = ledger::Ledger::open(order, period)?;
        let postings = posting::in_order(book, period)?;
        let mut caps = cap::Caps::with_earlier(book, period)?;
        let entered = entry::enter(book, period, &postings, &mut caps, &mut ledger, out)?;
        entry::totals(book, &entered, out);
        share::of_bonus(book, period, &entered, out);
        Ok(())
    }
}

stele_sdk::export!(Points);
