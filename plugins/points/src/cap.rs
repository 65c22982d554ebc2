//! Caps: how much of an event counts in a month, a quarter or a year.

use crate::calendar::{Window, window};
use crate::facts::{Earlier, Period};
use crate::parameters::{CapPeriod, Tariff, TariffBook};
use crate::posting::tariff_of;
use stele_sdk::prelude::*;

/// What a cap lets through.
pub(crate) struct Admitted {
    /// The points that count.
    pub(crate) points: Decimal,
    /// Where not all of them do.
    pub(crate) exceeded: Option<Exceeded>,
}

/// A cap that was reached.
pub(crate) struct Exceeded {
    pub(crate) cap: Decimal,
    /// What would have counted in its window without it.
    pub(crate) demanded: Decimal,
}

/// What an event came to in one window.
#[derive(Clone, Copy, Default)]
struct Used {
    /// What counted.
    counted: Decimal,
    /// What was beyond the cap.
    beyond: Decimal,
}

/// What has counted so far, for each capped event and window.
pub(crate) struct Caps<'a> {
    period: &'a Period,
    used: Vec<(&'a str, Window, Used)>,
}

impl<'a> Caps<'a> {
    /// The caps as they stand when the period begins.
    ///
    /// # Errors
    /// A fault that names the row of an event that the tariff does not have.
    pub(crate) fn with_earlier(book: &'a TariffBook, period: &'a Period) -> Result<Self, Fault> {
        let mut caps = Caps { period, used: Vec::new() };
        for (row, earlier) in period.earlier.iter().enumerate() {
            // What counted before the tariff's first day only needs its window.
            let first = book.tariff.iter().filter(|tariff| tariff.event == earlier.event);
            let first = first.map(|tariff| tariff.applies_from).min();
            let on = first.map_or(earlier.on, |first| earlier.on.max(first));
            let tariff = tariff_of(book, &earlier.event, on).map_err(|message| {
                Fault::fact_cell(Period::EARLIER, row, Earlier::EVENT, message)
            })?;
            caps.used_by(tariff, earlier.on).counted += earlier.points;
        }
        Ok(caps)
    }

    /// Lets these points, given without sign, count on the day as far as the cap allows.
    pub(crate) fn admit(&mut self, tariff: &'a Tariff, on: Date, points: Decimal) -> Admitted {
        let Some(cap) = tariff.cap else { return Admitted { points, exceeded: None } };
        let used = self.used_by(tariff, on);
        let demanded = used.counted + points;
        let admitted = points.min((cap - used.counted).max(Decimal::ZERO));
        used.counted += admitted;
        used.beyond += points - admitted;
        let exceeded = (admitted < points).then_some(Exceeded { cap, demanded });
        Admitted { points: admitted, exceeded }
    }

    /// Takes back points, given without sign, that an event of the day came to, and returns how many
    /// of them had counted: what others lost to the cap takes the place of what is taken back.
    pub(crate) fn take_back(&mut self, tariff: &'a Tariff, on: Date, points: Decimal) -> Decimal {
        if tariff.cap.is_none() {
            return points;
        }
        let used = self.used_by(tariff, on);
        let replaced = points.min(used.beyond);
        used.beyond -= replaced;
        let counted = points - replaced;
        used.counted = (used.counted - counted).max(Decimal::ZERO);
        counted
    }

    fn used_by(&mut self, tariff: &'a Tariff, on: Date) -> &mut Used {
        let kind = tariff.cap_period.unwrap_or(CapPeriod::Period);
        let window = window(kind, on, self.period);
        let event = tariff.event.as_str();
        let found = self.used.iter().position(|(e, w, _)| *e == event && *w == window);
        let position = found.unwrap_or_else(|| {
            self.used.push((event, window, Used::default()));
            self.used.len() - 1
        });
        &mut self.used[position].2
    }
}
