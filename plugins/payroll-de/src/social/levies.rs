//! Levies that the employer pays on top: AAG § 7 (U1, U2), SGB III § 358 (U3).

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::facts::Payment;
use crate::items::Item;
use crate::law::ContributionYear;
use crate::missing;
use crate::rounding::{half_up, percent};
use crate::steps::{SocialStep, Step};

/// What the levies are computed on: the pay on which pension contributions are or would be due.
#[derive(Clone, Copy)]
pub(crate) struct LevyBases {
    /// Without one-off payments (AAG § 7 Abs. 2).
    pub current: Decimal,
    /// In the transition zone, the pay without and with one-off payments by which `current` is
    /// their part of `whole`.
    pub divided: Option<[Decimal; 2]>,
    /// With one-off payments (SGB III § 358 Abs. 2).
    pub whole: Decimal,
}

/// The levies' rates differ by fund, and who takes no part says 0: with more than 30 employees U1
/// is not due (AAG § 1 Abs. 1).
pub(crate) fn check(payment: &Payment) -> Result<(), Fault> {
    let rates = [(payment.u1_rate, Payment::U1_RATE), (payment.u2_rate, Payment::U2_RATE)];
    for (rate, fact) in rates {
        missing::required(
            rate,
            fact,
            "with contributions (0 where the employer takes no part in the levy)",
            "AAG §§ 1, 7, 11",
        )?;
    }
    Ok(())
}

/// U1 for sick pay, U2 for maternity pay, U3 for insolvency. A one-off payment that belongs to the
/// year before bears the insolvency levy of that year.
pub(crate) fn levies(
    payment: &Payment,
    year: &ContributionYear,
    household: bool,
    bases: LevyBases,
    last_year: Option<(&ContributionYear, Decimal)>,
    out: &mut Payslip,
) -> Decimal {
    let mut sum = Decimal::ZERO;
    for (item, rate) in [(Item::LevyU1, payment.u1_rate), (Item::LevyU2, payment.u2_rate)] {
        sum += levy(item, rate, bases.current, bases.divided.map(|pay| (pay, bases.whole)), out);
    }
    // SGB III § 358 Abs. 1: public employers and private households do not pay it.
    if payment.insolvency_levy.unwrap_or(!household) {
        sum += levy(Item::InsolvencyLevy, Some(year.insolvency_rate), bases.whole, None, out);
        if let Some((before, base)) = last_year {
            let rate = before.insolvency_rate;
            let amount = half_up(base * rate);
            out.step(|| Step::from(SocialStep::Levy { rate: percent(rate), base, amount }));
            out.line_about(Item::InsolvencyLevy, super::LAST_YEAR, amount);
            sum += amount;
        }
    }
    sum
}

fn levy(
    item: Item,
    rate: Option<Decimal>,
    base: Decimal,
    divided: Option<([Decimal; 2], Decimal)>,
    out: &mut Payslip,
) -> Decimal {
    let amount = half_up(base * rate.unwrap_or_default());
    if !amount.is_zero() {
        if let Some(([current, pay], whole)) = divided {
            out.step(|| {
                Step::from(SocialStep::LevyBaseInTransitionZone { whole, current, pay, base })
            });
        }
        out.step(|| {
            Step::from(SocialStep::Levy { rate: percent(rate.unwrap_or_default()), base, amount })
        });
        out.line(item, amount);
    }
    amount
}
