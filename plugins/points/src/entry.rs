//! Entries: each posting is cut at its cap and at the floor, entered, and written as a line.

use crate::PeriodOutcome;
use crate::calendar::months_later;
use crate::cap::{Caps, Exceeded};
use crate::facts::Period;
use crate::ledger::{Ledger, Lot, Taken};
use crate::outcome::{Finding, Item};
use crate::parameters::{Tariff, TariffBook};
use crate::posting::Posting;
use crate::reversal::Reversed;
use crate::subject::Subjects;
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
    /// What is left, in the order of use.
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
    brought_forward(period, opening, out);
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
    // What each posting took, to be given back where it is taken back.
    let mut takings: Vec<Taken> = vec![Taken::default(); postings.len()];
    for (at, posting) in postings.iter().enumerate() {
        expire(ledger.expire(|last| last < posting.on), &mut entered, out);
        let subject = subjects.next(posting, postings);
        if posting.on > period.on {
            // Only what is counted for the whole period can be: it is entered on the last day.
            out.finding(Finding::CountedAhead)
                .about(subject.as_str())
                .on(posting.on)
                .actual(posting.points);
        }
        let effect = match posting.reverses {
            Some(reversed) => {
                let (day, taken) = match reversed {
                    Reversed::InPeriod(of) => (postings[of].on, Some(&mut takings[of])),
                    Reversed::Before(day) => (day, None),
                };
                let returned = taken_back(posting, day, caps, out);
                match posting.points < Decimal::ZERO {
                    true => take_back_grant(book, posting, day, returned, &subject, ledger, out)?,
                    false => take_back_deduction(posting, returned, taken, &subject, ledger, out),
                }
            }
            None => {
                let points = admitted(book, posting, &subject, caps, out);
                if points.is_sign_negative() {
                    let taken = deduct(book, posting, -points, &subject, ledger, out)?;
                    takings[at] = taken;
                    negative(takings[at].points())
                } else {
                    ledger.grant(posting.on, expiry(posting, posting.on)?, points);
                    points
                }
            }
        };
        out.line_about(Item::Entry, format!("{} {subject}", posting.on), effect);
        entered.count(posting.tariff, effect);
        if out.explaining() {
            entered.effects.push((posting.tariff, effect));
        }
    }
    expire(ledger.expire(|last| last <= period.period_end), &mut entered, out);
    entered.closing = ledger.balance();
    entered.lots = ledger.lots().to_vec();
    Ok(entered)
}

/// What was there before the period.
#[provision]
fn brought_forward(period: &Period, balance: Decimal, out: &mut PeriodOutcome) {
    let lots = i64::try_from(period.opening_lots.len()).unwrap_or(i64::MAX);
    let debt = period.opening_debt.unwrap_or_default();
    say!(
        out,
        Opening,
        "Brought forward: {lots} lots of points less a debt of {debt:points} make a balance of \
         {balance:points}."
    );
    out.line(Item::OpeningBalance, balance);
}

/// Writes what the period came to, by event and category and in all, and the lots that are left.
#[provision]
pub(crate) fn totals(book: &TariffBook, entered: &Entered<'_>, out: &mut PeriodOutcome) {
    let mut categories: Vec<&str> = Vec::new();
    for (row, tariff) in book.tariff.iter().enumerate() {
        if book.tariff[..row].iter().any(|other| other.event == tariff.event) {
            continue;
        }
        let happened = entered.events.iter().find(|(other, _)| other.event == tariff.event);
        if let Some((_, points)) = happened {
            say!(
                out,
                OfEvent,
                "{event} in all: {parts} = {points:points}.",
                event = tariff.event.clone(),
                parts = entered.added(|other| other.event == tariff.event),
                points = *points
            );
            out.line_about(Item::EventPoints, tariff.event.as_str(), *points);
        }
        if !categories.contains(&tariff.category.as_str()) {
            categories.push(&tariff.category);
        }
    }
    for category in categories {
        let points = entered.of_category(category);
        say!(
            out,
            OfCategory,
            "{category}, by event: {parts} = {points:points}.",
            category = category.to_owned(),
            parts = sentence::sum(entered.of_events(category), 0)
        );
        out.line_about(Item::CategoryPoints, category, points);
    }
    let Entered { opening, granted, deducted, expired, closing, .. } = *entered;
    say!(
        out,
        OfPeriod,
        "In the period {granted:points} points were granted, {deducted:points} deducted; \
         {expired:points} expired."
    );
    out.line(Item::Granted, granted);
    out.further_line(Item::Deducted, deducted);
    out.further_line(Item::Expired, expired);
    work!(out, Item::PeriodPoints = granted as Item::Granted - deducted as Item::Deducted);
    work!(
        out,
        Item::Balance = opening as Item::OpeningBalance + granted as Item::Granted
            - deducted as Item::Deducted
            - expired as Item::Expired
    );
    if closing < Decimal::ZERO {
        out.finding(Finding::NegativeBalance).on(entered.end).limit(Decimal::ZERO).actual(closing);
    }
    for Lot { granted_on, expires_on, points } in entered.lots.iter().cloned() {
        match expires_on {
            Some(expires_on) => say!(
                out,
                LotUntil,
                "Of what was granted on {granted_on}, {points:points} points are left until \
                 {expires_on}."
            ),
            None => say!(
                out,
                LotForGood,
                "Of what was granted on {granted_on}, {points:points} points are left; they do not \
                 expire."
            ),
        }
        let until = expires_on.map_or_else(|| "..".to_owned(), |last| last.to_string());
        out.line_about(Item::Lot, format!("{granted_on}/{until}"), points);
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
}

/// Writes what expired.
#[provision]
fn expire(lots: Vec<Lot>, entered: &mut Entered<'_>, out: &mut PeriodOutcome) {
    for Lot { granted_on, expires_on, points } in lots {
        let Some(expires_on) = expires_on else { continue };
        say!(
            out,
            Expiry,
            "{points:points} points granted on {granted_on} could be used until {expires_on}."
        );
        out.line_about(Item::Entry, format!("{expires_on} expiry {granted_on}"), -points);
        out.finding(Finding::PointsExpired)
            .about(granted_on.to_string())
            .on(expires_on)
            .actual(points);
        entered.expired += points;
    }
}

/// The points of a posting, with their sign, as far as the cap lets them count.
#[provision(parameters("tariff", "points_decimals"))]
fn admitted<'a>(
    book: &TariffBook,
    posting: &Posting<'a>,
    subject: &str,
    caps: &mut Caps<'a>,
    out: &mut PeriodOutcome,
) -> Decimal {
    let tariff = posting.tariff;
    let (on, quantity, points) = (posting.on, posting.quantity, posting.points);
    say!(
        out,
        Valued,
        "{event} on {on}: {quantity} × {each} points, rounded to {decimals} decimals: \
         {points:points}.",
        event = tariff.event.clone(),
        each = tariff.points,
        decimals = book.points_decimals
    );
    let admitted = caps.admit(tariff, on, points.abs());
    if let Some(exceeded) = &admitted.exceeded {
        capped(tariff, exceeded, admitted.points, out);
        out.finding(Finding::CapReached)
            .about(subject)
            .on(on)
            .limit(exceeded.cap)
            .actual(exceeded.demanded);
    }
    if points < Decimal::ZERO { negative(admitted.points) } else { admitted.points }
}

/// Says what the cap lets through.
#[provision(parameters("tariff"))]
fn capped(tariff: &Tariff, exceeded: &Exceeded, points: Decimal, out: &mut PeriodOutcome) {
    let Exceeded { cap, demanded } = *exceeded;
    say!(
        out,
        Capped,
        "At most {cap:points} points count for {event}; of {demanded:points} so far that leaves \
         {points:points}.",
        event = tariff.event.to_owned()
    );
}

/// How many of the points that are taken back had counted.
#[provision(parameters("tariff", "points_decimals"))]
fn taken_back<'a>(
    posting: &Posting<'a>,
    happened_on: Date,
    caps: &mut Caps<'a>,
    out: &mut PeriodOutcome,
) -> Decimal {
    let points = posting.points.abs();
    let returned = caps.take_back(posting.tariff, happened_on, points);
    say!(
        out,
        TakenBack,
        "{event} of {happened_on} is taken back: {points:points} points, of which \
         {returned:points} had counted and are not replaced by others beyond the cap.",
        event = posting.tariff.event.clone()
    );
    returned
}

/// Takes back points that were granted on a day, as far as the floor allows. What has expired since
/// is gone already. Returns the effect on the balance, zero or below.
fn take_back_grant(
    book: &TariffBook,
    posting: &Posting<'_>,
    day: Date,
    points: Decimal,
    subject: &str,
    ledger: &mut Ledger,
    out: &mut PeriodOutcome,
) -> Result<Decimal, Fault> {
    let expires_on = expiry(posting, day)?;
    if expires_on.is_some_and(|last| last < posting.on) {
        return Ok(Decimal::ZERO);
    }
    let floor = floor(book, posting.on)?;
    let balance = ledger.balance();
    let taken = ledger.take_back_grant(day, expires_on, points, floor);
    say_if_cut(posting, [balance, floor, points, taken], subject, out);
    Ok(negative(taken))
}

/// Gives back points that were deducted. Returns the effect on the balance.
#[provision]
fn take_back_deduction(
    posting: &Posting<'_>,
    points: Decimal,
    taken: Option<&mut Taken>,
    subject: &str,
    ledger: &mut Ledger,
    out: &mut PeriodOutcome,
) -> Decimal {
    let Some(taken) = taken else {
        // Which points it took is not known any more: they return as new ones that do not expire.
        // What only pays a debt needs no last day.
        let kept = points - ledger.grant(posting.on, None, points);
        if kept > Decimal::ZERO {
            out.finding(Finding::ExpiryUnknown).about(subject).on(posting.on).actual(kept);
        }
        return points;
    };
    let returned = ledger.take_back_deduction(taken, points, posting.on);
    if returned != points {
        say!(
            out,
            NotAllReturn,
            "Of {points:points} points, {returned:points} return: the others had not been taken, or \
             would have expired."
        );
    }
    returned
}

/// Deducts as far as the floor allows.
fn deduct(
    book: &TariffBook,
    posting: &Posting<'_>,
    points: Decimal,
    subject: &str,
    ledger: &mut Ledger,
    out: &mut PeriodOutcome,
) -> Result<Taken, Fault> {
    let floor = floor(book, posting.on)?;
    let balance = ledger.balance();
    let taken = ledger.deduct(points, floor);
    say_if_cut(posting, [balance, floor, points, taken.points()], subject, out);
    Ok(taken)
}

/// Says where the floor kept a deduction from taking all its points.
#[provision(parameters("balance_floors"))]
fn say_if_cut(
    posting: &Posting<'_>,
    [balance, floor, points, taken]: [Decimal; 4],
    subject: &str,
    out: &mut PeriodOutcome,
) {
    if taken < points {
        say!(
            out,
            CutAtFloor,
            "The balance was {balance:points} and may fall to {floor:points}: of {points:points} \
             points, {taken:points} are deducted."
        );
        out.finding(Finding::DeductionCut)
            .about(subject)
            .on(posting.on)
            .limit(taken)
            .actual(points);
    }
}

/// The lowest balance of the day.
fn floor(book: &TariffBook, on: Date) -> Result<Decimal, Fault> {
    book.floor_on(on).ok_or_else(|| {
        Fault::parameter(
            TariffBook::BALANCE_FLOORS,
            format!("must have a row that holds on {on}, found none"),
        )
    })
}

/// Below zero, and never a negative zero.
fn negative(points: Decimal) -> Decimal {
    if points.is_zero() { Decimal::ZERO } else { -points }
}

/// Last day of points that were granted on a day.
fn expiry(posting: &Posting<'_>, granted_on: Date) -> Result<Option<Date>, Fault> {
    let Some(months) = posting.tariff.expires_after else { return Ok(None) };
    let last = months_later(granted_on, months).ok_or_else(|| {
        Fault::fact(
            Period::PERIOD_END,
            format!("must let points of {granted_on} expire before the year 10000"),
        )
    })?;
    Ok(Some(last))
}
