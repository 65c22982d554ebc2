//! The income tax schedule: EStG § 32a Abs. 1 and 5.

use stele_sdk::prelude::*;

use crate::law::Schedule;
use crate::rounding::{euros_down, percent};
use crate::steps::TariffStep;
use crate::wage_tax::Context;

/// y and z of § 32a are ten-thousandths of the income in the zone.
const TEN_THOUSANDTH: Decimal = Decimal::from_parts(1, 0, 0, false, 4);

/// UPTAB24, UPTAB25, UPTAB26: tax of the schedule on `x`, doubled in the splitting procedure.
pub(crate) fn tax(context: &Context<'_>, x: Decimal) -> Decimal {
    let tax = context.schedule.tax(x);
    if context.splitting() { tax + tax } else { tax }
}

impl Schedule {
    /// EStG § 32a Abs. 1: five zones; the tax is cut to whole euros.
    pub(crate) fn tax(&self, x: Decimal) -> Decimal {
        if x < self.basic_allowance + Decimal::ONE {
            return Decimal::ZERO;
        }
        let tax = if x < self.zone_three_from {
            let y = (x - self.basic_allowance) * TEN_THOUSANDTH;
            (y * self.zone_two_square + self.zone_two_linear) * y
        } else if x < self.zone_four_from {
            // z counts from the end of zone 2, which is a euro below the first of zone 3.
            let z = (x - (self.zone_three_from - Decimal::ONE)) * TEN_THOUSANDTH;
            (z * self.zone_three_square + self.zone_three_linear) * z + self.zone_three_tax
        } else if x < self.zone_five_from {
            x * self.zone_four_rate - self.zone_four_deduction
        } else {
            x * self.zone_five_rate - self.zone_five_deduction
        };
        euros_down(tax)
    }

    /// How the tax on `x` comes about.
    #[cold]
    pub(crate) fn explain(&self, x: Decimal) -> TariffStep {
        let tax = self.tax(x);
        let end = self.zone_three_from - Decimal::ONE;
        if x < self.basic_allowance + Decimal::ONE {
            TariffStep::BelowBasicAllowance { income: x, basic: self.basic_allowance, tax }
        } else if x < self.zone_three_from {
            TariffStep::ZoneTwo {
                income: x,
                basic: self.basic_allowance,
                y: (x - self.basic_allowance) * TEN_THOUSANDTH,
                square: self.zone_two_square,
                linear: self.zone_two_linear,
                tax,
            }
        } else if x < self.zone_four_from {
            TariffStep::ZoneThree {
                income: x,
                end,
                z: (x - end) * TEN_THOUSANDTH,
                square: self.zone_three_square,
                linear: self.zone_three_linear,
                start: self.zone_three_tax,
                tax,
            }
        } else {
            let (rate, deduction) = match x < self.zone_five_from {
                true => (self.zone_four_rate, self.zone_four_deduction),
                false => (self.zone_five_rate, self.zone_five_deduction),
            };
            TariffStep::ZoneOfRate { income: x, rate: percent(rate), deduction, tax }
        }
    }
}
