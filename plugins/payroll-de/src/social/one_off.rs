//! One-off payments: SGB IV § 23a.

use stele_sdk::prelude::*;

use crate::amounts::Amount;
use crate::choices::PensionInsurance;
use crate::days::MONTH;
use crate::facts::Payment;
use crate::law::{ContributionYear, Law};
use crate::missing;
use crate::rounding::share_half_up;
use crate::social::Group;
use crate::steps::BaseStep;

/// Days of a whole year.
pub(crate) const YEAR: i64 = 360;
/// Last month of the March clause.
const MARCH: i8 = 3;

/// Where a one-off payment is contributory.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct OneOff {
    /// Part that counts in pension and unemployment insurance.
    pub pension: Decimal,
    /// Part that counts in health and care insurance.
    pub health: Decimal,
    /// Whether it belongs to the last period of the year before (March clause).
    pub last_year: bool,
}

/// Amounts by the two ceilings: pension and unemployment insurance, health and care insurance.
#[derive(Clone, Copy)]
pub(crate) struct ByCeiling {
    pub pension: Decimal,
    pub health: Decimal,
}

impl ByCeiling {
    /// Together with other amounts.
    pub(crate) fn and(self, other: ByCeiling) -> ByCeiling {
        ByCeiling { pension: self.pension + other.pension, health: self.health + other.health }
    }

    /// What is left of these ceilings after so much.
    pub(crate) fn less(self, taken: ByCeiling) -> ByCeiling {
        ByCeiling {
            pension: (self.pension - taken.pension).not_negative(),
            health: (self.health - taken.health).not_negative(),
        }
    }
}

/// Beitragsverfahrensverordnung § 1: ceilings for so many days, a month having 30, rounded half up
/// at the end.
pub(crate) fn ceilings(year: &ContributionYear, payment: &Payment, days: i64) -> ByCeiling {
    let east = payment.pension_insurance == Some(PensionInsurance::StatutoryEast);
    let pension = match (east, year.pension_ceiling_east) {
        (true, Some(ceiling)) => ceiling,
        _ => year.pension_ceiling,
    };
    ByCeiling {
        pension: share_half_up(pension, days, YEAR),
        health: share_half_up(year.health_ceiling, days, YEAR),
    }
}

/// § 23a Abs. 3: a one-off payment counts as far as the contributory pay of the year so far does
/// not reach the part of the yearly ceiling that the employment so far makes up. Abs. 4: from
/// January to March it belongs to the year before if it exceeds that part; the ceiling of health
/// insurance decides for those who are in it compulsorily, else that of pension insurance.
pub(crate) fn one_off(
    law: &Law,
    payment: &Payment,
    group: &Group,
    year: &ContributionYear,
    amount: Decimal,
    current: ByCeiling,
    days: i64,
) -> Result<OneOff, Fault> {
    let earlier_days = required(payment.earlier_days, Payment::EARLIER_DAYS)?;
    let most = i64::from(payment.on.month() - 1) * MONTH;
    if earlier_days > most {
        return Err(Fault::fact(
            Payment::EARLIER_DAYS,
            format!(
                "must not exceed the {most} days of the months of the year before {}, found {earlier_days}",
                payment.on
            ),
        )
        .citing("Beitragsverfahrensverordnung § 1 Abs. 1"));
    }
    let earlier = ByCeiling {
        pension: required(payment.earlier_pension_base, Payment::EARLIER_PENSION_BASE)?,
        health: required(payment.earlier_health_base, Payment::EARLIER_HEALTH_BASE)?,
    };
    let room = ceilings(year, payment, earlier_days + days).less(earlier).less(current);
    let deciding = if group.health_compulsory() { room.health } else { room.pension };
    if payment.on.month() <= MARCH && amount > deciding {
        let last_year_days = missing::required(
            payment.last_year_days,
            Payment::LAST_YEAR_DAYS,
            "with a one-off payment from January to March that exceeds what the ceilings of the year so far leave (0 where not employed there)",
            "SGB IV § 23a Abs. 4",
        )?;
        if last_year_days > 0 {
            return in_last_year(law, payment, year, amount, last_year_days);
        }
    }
    Ok(OneOff {
        pension: amount.at_most(room.pension),
        health: amount.at_most(room.health),
        last_year: false,
    })
}

/// § 23a Abs. 4: the last period of the year before, up to what its ceilings left.
fn in_last_year(
    law: &Law,
    payment: &Payment,
    year: &ContributionYear,
    amount: Decimal,
    days: i64,
) -> Result<OneOff, Fault> {
    let before = law.contribution_year(year.year - 1)?;
    let paid = ByCeiling {
        pension: required(payment.last_year_pension_base, Payment::LAST_YEAR_PENSION_BASE)?,
        health: required(payment.last_year_health_base, Payment::LAST_YEAR_HEALTH_BASE)?,
    };
    let room = ceilings(before, payment, days).less(paid);
    Ok(OneOff {
        pension: amount.at_most(room.pension),
        health: amount.at_most(room.health),
        last_year: true,
    })
}

fn required<T>(given: Option<T>, fact: stele_sdk::FactField) -> Result<T, Fault> {
    missing::required(
        given,
        fact,
        "with contributions and this one-off payment (0 is allowed)",
        "SGB IV § 23a Abs. 3 and 4",
    )
}

/// How much of a one-off payment counts, by one of the two ceilings.
#[cold]
pub(crate) fn explain(
    year: &ContributionYear,
    payment: &Payment,
    one_off: Decimal,
    current: ByCeiling,
    days: i64,
    of: fn(ByCeiling) -> Decimal,
) -> BaseStep {
    let days = payment.earlier_days.unwrap_or_default() + days;
    let ceilings = ceilings(year, payment, days);
    let earlier = ByCeiling {
        pension: payment.earlier_pension_base.unwrap_or_default(),
        health: payment.earlier_health_base.unwrap_or_default(),
    };
    let room = of(ceilings.less(earlier).less(current));
    BaseStep::CountedOneOff {
        days,
        ceiling: of(ceilings),
        earlier: of(earlier),
        current: of(current),
        room,
        counted: one_off.at_most(room),
        one_off,
    }
}

/// The same in the year before.
#[cold]
pub(crate) fn explain_last_year(
    before: &ContributionYear,
    payment: &Payment,
    one_off: Decimal,
    of: fn(ByCeiling) -> Decimal,
) -> BaseStep {
    let days = payment.last_year_days.unwrap_or_default();
    let ceilings = ceilings(before, payment, days);
    let paid = ByCeiling {
        pension: payment.last_year_pension_base.unwrap_or_default(),
        health: payment.last_year_health_base.unwrap_or_default(),
    };
    let room = of(ceilings.less(paid));
    BaseStep::CountedOneOffLastYear {
        days,
        ceiling: of(ceilings),
        paid: of(paid),
        room,
        counted: one_off.at_most(room),
        one_off,
    }
}
