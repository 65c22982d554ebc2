//! The ledger: points in lots, used up oldest first, each until it expires.
//!
//! A balance is either lots or a debt, never both: what is granted pays the debt first.

use crate::facts::{OpeningLot, Period};
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
    /// Oldest first; of one day, what expires first.
    fn age(&self) -> (Date, Date) {
        (self.granted_on, self.expires_on.unwrap_or(Date::MAX))
    }
}

/// Lots from the oldest to the newest, or a debt.
#[derive(Clone, Debug)]
pub(crate) struct Ledger {
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
    pub(crate) fn open(period: &Period) -> Result<Self, Fault> {
        let start = period.period_start;
        let debt = period.opening_debt.unwrap_or(Decimal::ZERO);
        let mut ledger =
            Ledger { lots: Vec::with_capacity(period.opening_lots.len()), debt, balance: -debt };
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

    /// The lots that are left, oldest first.
    pub(crate) fn lots(&self) -> &[Lot] {
        &self.lots
    }

    /// Adds points: to the debt first, the rest as a lot.
    pub(crate) fn grant(&mut self, on: Date, expires_on: Option<Date>, points: Decimal) {
        let repaid = points.min(self.debt);
        self.debt -= repaid;
        self.balance += points;
        self.put(on, expires_on, points - repaid);
    }

    /// Takes points, oldest lots first, no further than down to the floor. Returns how many.
    pub(crate) fn deduct(&mut self, points: Decimal, floor: Decimal) -> Decimal {
        let taken = points.min((self.balance - floor).max(Decimal::ZERO));
        let mut open = taken;
        let mut used_up = 0;
        for lot in &mut self.lots {
            let part = open.min(lot.points);
            lot.points -= part;
            open -= part;
            if !lot.points.is_zero() {
                break;
            }
            used_up += 1;
        }
        self.lots.drain(..used_up);
        self.debt += open;
        self.balance -= taken;
        taken
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
        let at = self.lots.partition_point(|other| other.age() <= lot.age());
        match at.checked_sub(1).map(|before| &mut self.lots[before]) {
            Some(same) if same.age() == lot.age() => same.points += points,
            _ => self.lots.insert(at, lot),
        }
    }
}
