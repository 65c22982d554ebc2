//! The ledger: points in lots, used up in the order that the tariff book says, each until it expires.
//!
//! A balance is either lots or a debt, never both: what is granted pays the debt first.

use crate::facts::{OpeningLot, Period};
use crate::parameters::OrderOfUse;
use stele_sdk::prelude::*;

/// Points granted on one day that expire on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lot {
    pub(crate) granted_on: Date,
    /// The last day on which they can be used.
    pub(crate) expires_on: Option<Date>,
    pub(crate) points: Decimal,
}

impl Lot {
    /// Its place in the order of use. Lots with one place are one lot.
    fn place(&self, order: OrderOfUse) -> (Date, Date) {
        let expires_on = self.expires_on.unwrap_or(Date::MAX);
        match order {
            OrderOfUse::OldestFirst => (self.granted_on, expires_on),
            OrderOfUse::SoonestToExpireFirst => (expires_on, self.granted_on),
        }
    }
}

/// What a deduction took: parts of lots, and what it left owed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Taken {
    parts: Vec<Lot>,
    owed: Decimal,
}

impl Taken {
    /// Points in all.
    pub(crate) fn points(&self) -> Decimal {
        self.parts.iter().map(|part| part.points).sum::<Decimal>() + self.owed
    }
}

/// Lots in the order in which they are used, or a debt.
#[derive(Clone, Debug)]
pub(crate) struct Ledger {
    order: OrderOfUse,
    lots: Vec<Lot>,
    debt: Decimal,
    /// The sum of the lots less the debt, kept so that a deduction need not add up all lots.
    balance: Decimal,
}

impl Ledger {
    /// The ledger as it stands when the period begins.
    ///
    /// # Errors
    /// A fault that names the row and column of a lot that is from the period or after it, or
    /// that had expired before; one that names the debt where there are lots as well.
    pub(crate) fn open(order: OrderOfUse, period: &Period) -> Result<Self, Fault> {
        let start = period.period_start;
        let debt = period.opening_debt.unwrap_or(Decimal::ZERO);
        let lots = Vec::with_capacity(period.opening_lots.len());
        let mut ledger = Ledger { order, lots, debt, balance: -debt };
        for (row, lot) in period.opening_lots.iter().enumerate() {
            let cell = |column, message: String| {
                Err(Fault::fact_cell(Period::OPENING_LOTS, row, column, message))
            };
            if lot.granted_on >= start {
                return cell(
                    OpeningLot::GRANTED_ON,
                    format!("must be before {start}, the first day, found {}", lot.granted_on),
                );
            }
            if let Some(expired) = lot.expires_on.filter(|last| *last < start) {
                return cell(
                    OpeningLot::EXPIRES_ON,
                    format!("must not be before {start}, the first day, found {expired}"),
                );
            }
            ledger.put(lot.granted_on, lot.expires_on, lot.points);
            ledger.balance += lot.points;
        }
        if !ledger.debt.is_zero() && !ledger.lots.is_empty() {
            return Err(Fault::fact(
                Period::OPENING_DEBT,
                format!("must be 0 where there are opening lots, found {}", ledger.debt),
            ));
        }
        Ok(ledger)
    }

    /// Points that can be used, or below zero what is owed.
    pub(crate) fn balance(&self) -> Decimal {
        self.balance
    }

    /// The lots that are left, in the order in which they are used.
    pub(crate) fn lots(&self) -> &[Lot] {
        &self.lots
    }

    /// Adds points: to the debt first, the rest as a lot. Returns how many paid the debt.
    pub(crate) fn grant(&mut self, on: Date, expires_on: Option<Date>, points: Decimal) -> Decimal {
        let repaid = points.min(self.debt);
        self.debt -= repaid;
        self.balance += points;
        self.put(on, expires_on, points - repaid);
        repaid
    }

    /// Takes points in the order of use, no further than down to the floor. Returns what it took.
    pub(crate) fn deduct(&mut self, points: Decimal, floor: Decimal) -> Taken {
        let mut open = points.min((self.balance - floor).max(Decimal::ZERO));
        self.balance -= open;
        let mut taken = Taken::default();
        let mut used_up = 0;
        for lot in &mut self.lots {
            let part = open.min(lot.points);
            lot.points -= part;
            open -= part;
            if !part.is_zero() {
                taken.parts.push(Lot { points: part, ..lot.clone() });
            }
            if !lot.points.is_zero() {
                break;
            }
            used_up += 1;
        }
        self.lots.drain(..used_up);
        self.debt += open;
        taken.owed = open;
        taken
    }

    /// Takes back points that were granted: from their own lot first, then, where they were used,
    /// like a deduction. Returns how many.
    pub(crate) fn take_back_grant(
        &mut self,
        granted_on: Date,
        expires_on: Option<Date>,
        points: Decimal,
        floor: Decimal,
    ) -> Decimal {
        let own = |lot: &Lot| lot.granted_on == granted_on && lot.expires_on == expires_on;
        let mut from_own = Decimal::ZERO;
        if let Some(at) = self.lots.iter().position(own) {
            from_own = points.min(self.lots[at].points);
            self.lots[at].points -= from_own;
            self.balance -= from_own;
            if self.lots[at].points.is_zero() {
                self.lots.remove(at);
            }
        }
        from_own + self.deduct(points - from_own, floor).points()
    }

    /// Takes back so many of the points that were deducted: they return to the lots that they came
    /// from, the last taken first; what would have expired before `on` does not return. Returns how
    /// many did.
    pub(crate) fn take_back_deduction(
        &mut self,
        taken: &mut Taken,
        points: Decimal,
        on: Date,
    ) -> Decimal {
        let mut open = points;
        let owed = open.min(taken.owed);
        taken.owed -= owed;
        open -= owed;
        self.grant(on, None, owed);
        let mut returned = owed;
        while let Some(last) = taken.parts.last_mut() {
            let part = open.min(last.points);
            if part.is_zero() {
                break;
            }
            last.points -= part;
            open -= part;
            let Lot { granted_on, expires_on, points: left } = *last;
            if expires_on.is_none_or(|expires| expires >= on) {
                self.grant(granted_on, expires_on, part);
                returned += part;
            }
            if left.is_zero() {
                taken.parts.pop();
            }
        }
        returned
    }

    /// Takes out the lots whose last day is over, in the order in which they expire.
    pub(crate) fn expire(&mut self, over: impl Fn(Date) -> bool) -> Vec<Lot> {
        let over = |lot: &Lot| lot.expires_on.is_some_and(&over);
        let mut expired: Vec<Lot> = self.lots.iter().filter(|lot| over(lot)).cloned().collect();
        self.lots.retain(|lot| !over(lot));
        self.balance -= expired.iter().map(|lot| lot.points).sum::<Decimal>();
        expired.sort_by_key(|lot| (lot.expires_on, lot.granted_on));
        expired
    }

    fn put(&mut self, granted_on: Date, expires_on: Option<Date>, points: Decimal) {
        if points.is_zero() {
            return;
        }
        let lot = Lot { granted_on, expires_on, points };
        let order = self.order;
        let place = lot.place(order);
        let at = self.lots.partition_point(|other| other.place(order) <= place);
        match at.checked_sub(1).map(|before| &mut self.lots[before]) {
            Some(same) if same.place(order) == place => same.points += points,
            _ => self.lots.insert(at, lot),
        }
    }
}
