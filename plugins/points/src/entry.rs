//! Entries: each posting is cut at its cap and at the floor, entered, and written as a line.

use crate::PeriodOutcome;
use crate::calendar::months_later;
use crate::cap::Caps;
use crate::facts::Period;
use crate::ledger::{Ledger, Lot};
use crate::outcome::{Finding, Item, Step};
use crate::parameters::{Tariff, TariffBook};
use crate::posting::Posting;
use stele_sdk::prelude::*;
use stele_sdk::sentence;

/// What the period came to.
pub(crate) struct Entered<'a> {
    /// Balance before.
    opening: Decimal,
    /// Points of each event that happened, below zero where they were deducted.
    events: Vec<(&'a Tariff, Decimal)>,
    /// The effect of each posting, if an explanation was asked for.
    effects: Vec<(&'a Tariff, Decimal)>,
    granted: Decimal,
    deducted: Decimal,
    expired: Decimal,
    /// Balance after.
    closing: Decimal,
    /// What is left, oldest first.
    lots: Vec<Lot>,
    /// Last day of the period.
    end: Date,
}

impl Entered<'_> {
    /// What a category granted less what it deducted.
    pub(crate) fn of_category(&self, category: &str) -> Decimal {
        self.of_events(category).sum()
    }

    /// Points of each event of a category.
    fn of_events(&self, category: &str) -> impl Iterator<Item = Decimal> {
        let mine = self.events.iter().filter(move |(tariff, _)| tariff.category == category);
        mine.map(|(_, points)| *points)
    }

    /// The effects of an event's postings as they are added up.
    fn added(&self, counts: impl Fn(&Tariff) -> bool) -> String {
        let mine = self.effects.iter().filter(|(tariff, _)| counts(tariff));
        sentence::sum(mine.map(|(_, points)| *points), 0)
    }
}

/// Enters the postings one after the other. What expires on a day does so after its events.
///
/// # Errors
/// A fault where points would expire after the year 9999.
pub(crate) fn enter<'a>(
    book: &TariffBook,
    period: &Period,
    postings: &[Posting<'a>],
    caps: &mut Caps<'a>,
    ledger: &mut Ledger,
    out: &mut PeriodOutcome,
) -> Result<Entered<'a>, Fault> {
    let opening = ledger.balance();
    out.step(|| Step::Opening {
        lots: i64::try_from(period.opening_lots.len()).unwrap_or(i64::MAX),
        debt: period.opening_debt.unwrap_or_default(),
        balance: opening,
    });
    out.line(Item::OpeningBalance, opening);
    let mut entered = Entered {
        opening,
        events: Vec::new(),
        effects: Vec::new(),
        granted: Decimal::ZERO,
        deducted: Decimal::ZERO,
        expired: Decimal::ZERO,
        closing: opening,
        lots: Vec::new(),
        end: period.period_end,
    };
    let mut subjects = Subjects::default();
    for posting in postings {
        entered.expire(ledger.expire(|last| last < posting.on), out);
        let points = admitted(book, posting, caps, out);
        let effect = if points.is_sign_negative() {
            deduct(book, posting, -points, ledger, out)
        } else {
            ledger.grant(posting.on, expiry(posting)?, points);
            points
        };
        out.line_about(Item::Entry, subjects.next(posting), effect);
        entered.count(posting.tariff, effect);
        if out.explaining() {
            entered.effects.push((posting.tariff, effect));
        }
    }
    entered.expire(ledger.expire(|last| last <= period.period_end), out);
    entered.closing = ledger.balance();
    entered.lots = ledger.lots().to_vec();
    Ok(entered)
}

/// Writes what the period came to, by event and category and in all, and the lots that are left.
pub(crate) fn totals(book: &TariffBook, entered: &Entered<'_>, out: &mut PeriodOutcome) {
    let mut categories: Vec<&str> = Vec::new();
    for tariff in &book.tariff {
        let happened = entered.events.iter().find(|(other, _)| other.event == tariff.event);
        if let Some((_, points)) = happened {
            out.step(|| Step::OfEvent {
                event: tariff.event.clone(),
                parts: entered.added(|other| other.event == tariff.event),
                points: *points,
            });
            out.line_about(Item::EventPoints, tariff.event.as_str(), *points);
        }
        if !categories.contains(&tariff.category.as_str()) {
            categories.push(&tariff.category);
        }
    }
    for category in categories {
        let points = entered.of_category(category);
        out.step(|| Step::OfCategory {
            category: category.to_owned(),
            parts: sentence::sum(entered.of_events(category), 0),
            points,
        });
        out.line_about(Item::CategoryPoints, category, points);
    }
    let Entered { opening, granted, deducted, expired, closing, .. } = *entered;
    let points = granted - deducted;
    out.step(|| Step::OfPeriod { granted, deducted, expired, points });
    out.line(Item::Granted, granted);
    out.further_line(Item::Deducted, deducted);
    out.further_line(Item::Expired, expired);
    out.further_line(Item::PeriodPoints, points);
    out.step(|| Step::Balanced { opening, granted, deducted, expired, balance: closing });
    out.line(Item::Balance, closing);
    if closing < Decimal::ZERO {
        out.finding(Finding::NegativeBalance).on(entered.end).limit(Decimal::ZERO).actual(closing);
    }
    for lot in &entered.lots {
        out.step(|| lot_left(lot));
        let until = lot.expires_on.map_or_else(|| "..".to_owned(), |last| last.to_string());
        out.line_about(Item::Lot, format!("{}/{until}", lot.granted_on), lot.points);
    }
}

fn lot_left(lot: &Lot) -> Step {
    let Lot { granted_on, expires_on, points } = *lot;
    match expires_on {
        Some(expires_on) => Step::LotUntil { points, granted_on, expires_on },
        None => Step::LotForGood { points, granted_on },
    }
}

impl<'a> Entered<'a> {
    fn count(&mut self, tariff: &'a Tariff, effect: Decimal) {
        if effect.is_sign_negative() {
            self.deducted -= effect;
        } else {
            self.granted += effect;
        }
        match self.events.iter_mut().find(|(other, _)| other.event == tariff.event) {
            Some((_, points)) => *points += effect,
            None => self.events.push((tariff, effect)),
        }
    }

    fn expire(&mut self, lots: Vec<Lot>, out: &mut PeriodOutcome) {
        for Lot { granted_on, expires_on, points } in lots {
            let Some(expires_on) = expires_on else { continue };
            out.step(|| Step::Expiry { points, granted_on, expires_on });
            out.line_about(Item::Entry, format!("{expires_on} expiry {granted_on}"), -points);
            out.finding(Finding::PointsExpired)
                .about(granted_on.to_string())
                .on(expires_on)
                .actual(points);
            self.expired += points;
        }
    }
}

/// The points of a posting, with their sign, as far as the cap lets them count.
fn admitted<'a>(
    book: &TariffBook,
    posting: &Posting<'a>,
    caps: &mut Caps<'a>,
    out: &mut PeriodOutcome,
) -> Decimal {
    let tariff = posting.tariff;
    out.step(|| Step::Valued {
        event: tariff.event.clone(),
        on: posting.on,
        quantity: posting.quantity,
        each: tariff.points,
        decimals: book.points_decimals,
        points: posting.points,
    });
    let admitted = caps.admit(tariff, posting.on, posting.points.abs());
    if let Some(exceeded) = admitted.exceeded {
        out.step(|| Step::Capped {
            event: tariff.event.clone(),
            demanded: exceeded.demanded,
            cap: exceeded.cap,
            points: admitted.points,
        });
        out.finding(Finding::CapReached)
            .about(tariff.event.as_str())
            .on(posting.on)
            .limit(exceeded.cap)
            .actual(exceeded.demanded);
    }
    if posting.points < Decimal::ZERO && !admitted.points.is_zero() {
        -admitted.points
    } else {
        admitted.points
    }
}

/// Deducts as far as the floor allows. Returns the effect on the balance, zero or below.
fn deduct(
    book: &TariffBook,
    posting: &Posting<'_>,
    points: Decimal,
    ledger: &mut Ledger,
    out: &mut PeriodOutcome,
) -> Decimal {
    let balance = ledger.balance();
    let taken = ledger.deduct(points, book.balance_floor);
    if taken < points {
        let floor = book.balance_floor;
        out.step(|| Step::CutAtFloor { balance, floor, points, taken });
        out.finding(Finding::DeductionCut)
            .about(posting.tariff.event.as_str())
            .on(posting.on)
            .limit(taken)
            .actual(points);
    }
    if taken.is_zero() { Decimal::ZERO } else { -taken }
}

fn expiry(posting: &Posting<'_>) -> Result<Option<Date>, Fault> {
    let Some(months) = posting.tariff.expires_after else { return Ok(None) };
    let last = months_later(posting.on, months).ok_or_else(|| {
        Fault::fact(
            Period::PERIOD_END,
            format!("must let points of {} expire before the year 10000", posting.on),
        )
    })?;
    Ok(Some(last))
}

/// What tells an entry from every other of the period: its day and event, then its reference, or
/// a number from the second without reference on. Postings come in the order of their days.
#[derive(Default)]
struct Subjects<'a> {
    day: Option<Date>,
    /// Events of the day that had no reference, and how often they happened.
    without_reference: Vec<(&'a str, usize)>,
}

impl<'a> Subjects<'a> {
    fn next(&mut self, posting: &Posting<'a>) -> String {
        let Posting { on, tariff, reference, .. } = posting;
        let event = tariff.event.as_str();
        if let Some(reference) = reference {
            return format!("{on} {event}: {reference}");
        }
        if self.day != Some(*on) {
            self.day = Some(*on);
            self.without_reference.clear();
        }
        match self.without_reference.iter_mut().find(|(other, _)| *other == event) {
            Some((_, count)) => {
                *count += 1;
                format!("{on} {event} #{count}")
            }
            None => {
                self.without_reference.push((event, 1));
                format!("{on} {event}")
            }
        }
    }
}
