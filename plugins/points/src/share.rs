//! The part of the performance bonus that points decide.
//!
//! The performance rule pays the bonus; it takes the two totals as facts. The amount in money is
//! given here too where the bonus is known, for a company that pays the two apart.

use crate::PeriodOutcome;
use crate::entry::Entered;
use crate::facts::Period;
use crate::outcome::{Item, Step};
use crate::parameters::{BonusShare, TariffBook};
use crate::rounding::half_up;
use stele_sdk::prelude::*;
use stele_sdk::sentence;

const HUNDRED_PERCENT: Decimal = Decimal::ONE_HUNDRED;

/// Writes the share of each category and of all; nothing where no category decides anything.
pub(crate) fn of_bonus(
    book: &TariffBook,
    period: &Period,
    entered: &Entered<'_>,
    out: &mut PeriodOutcome,
) {
    if book.bonus_shares.is_empty() {
        return;
    }
    let mut at_stake = Decimal::ZERO;
    let mut earned = Decimal::ZERO;
    let mut parts = Vec::new();
    for share in &book.bonus_shares {
        let points = entered.of_category(&share.category);
        let part = part(book, share, points);
        out.step(|| Step::Shared {
            category: share.category.clone(),
            percent: share.percent,
            points,
            full: share.full_points,
            earned: part,
        });
        out.line_about(Item::CategoryShare, share.category.as_str(), part);
        at_stake += share.percent;
        earned += part;
        if out.explaining() {
            parts.push(part);
        }
    }
    out.step(|| Step::SharesAtStake {
        parts: sentence::sum(book.bonus_shares.iter().map(|share| share.percent), 0),
        percent: at_stake,
    });
    out.line(Item::PointsShareAtStake, at_stake);
    out.step(|| Step::SharesEarned { parts: sentence::sum(parts, 0), percent: earned });
    out.line(Item::PointsShareEarned, earned);

    if let Some(bonus) = period.grade_bonus {
        let decimals = book.money_decimals;
        let amount = half_up(bonus * earned / HUNDRED_PERCENT, decimals);
        out.step(|| Step::InMoney { earned, bonus, decimals, amount });
        out.line(Item::PointsBonus, amount);
    }
}

/// In proportion to the points, from none to the whole share. Rounding never earns more than is
/// at stake.
fn part(book: &TariffBook, share: &BonusShare, points: Decimal) -> Decimal {
    let counted = points.clamp(Decimal::ZERO, share.full_points);
    half_up(share.percent * counted / share.full_points, book.share_decimals).min(share.percent)
}
