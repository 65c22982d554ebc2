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

/// What has counted so far, for each capped event and window.
pub(crate) struct Caps<'a> {
    period: &'a Period,
    used: Vec<(&'a str, Window, Decimal)>,
}

impl<'a> Caps<'a> {
    /// The caps as they stand when the period begins.
    ///
    /// # Errors
    /// A fault that names the row of an event that the tariff does not have.
    pub(crate) fn with_earlier(book: &'a TariffBook, period: &'a Period) -> Result<Self, Fault> {
        let mut caps = Caps { period, used: Vec::new() };
        for (row, earlier) in period.earlier.iter().enumerate() {
            let tariff = tariff_of(book, &earlier.event).map_err(|message| {
                Fault::fact_cell(Period::EARLIER, row, Earlier::EVENT, message)
            })?;
            *caps.used_by(tariff, earlier.on) += earlier.points;
        }
        Ok(caps)
    }

    /// Lets these points, given without sign, count on the day as far as the cap allows.
    pub(crate) fn admit(&mut self, tariff: &'a Tariff, on: Date, points: Decimal) -> Admitted {
        let Some(cap) = tariff.cap else { return Admitted { points, exceeded: None } };
        let used = self.used_by(tariff, on);
        let demanded = *used + points;
        let admitted = points.min((cap - *used).max(Decimal::ZERO));
        *used += admitted;
        let exceeded = (admitted < points).then_some(Exceeded { cap, demanded });
        Admitted { points: admitted, exceeded }
    }

    fn used_by(&mut self, tariff: &'a Tariff, on: Date) -> &mut Decimal {
        let kind = tariff.cap_period.unwrap_or(CapPeriod::Period);
        let window = window(kind, on, self.period);
        let event = tariff.event.as_str();
        let found = self.used.iter().position(|(e, w, _)| *e == event && *w == window);
        let position = found.unwrap_or_else(|| {
            self.used.push((event, window, Decimal::ZERO));
            self.used.len() - 1
        });
        &mut self.used[position].2
    }
}
