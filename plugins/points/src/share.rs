//! The part of the performance bonus that points decide.
//!
//! The performance rule pays the bonus; it takes the two totals as facts. The amount in money is
//! given here too where the bonus is known, for a company that pays the two apart.

use crate::PeriodOutcome;
use crate::entry::Entered;
use crate::facts::Period;
use crate::outcome::Item;
use crate::parameters::{BonusShare, TariffBook};
use stele_sdk::prelude::*;
use stele_sdk::sentence;

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
    let mut parts = Vec::with_capacity(book.bonus_shares.len());
    for share in &book.bonus_shares {
        let points = entered.of_category(&share.category);
        parts.push(of_category(book, share, points, out));
    }
    let earned = of_all(book, &parts, out);
    if period.grade_bonus.is_some() {
        in_money(book, period, earned, out);
    }
}

/// In proportion to the points, from none to the whole share. Rounding never earns more than is
/// at stake.
#[provision]
fn of_category(
    book: &TariffBook,
    share: &BonusShare,
    #[is(Item::CategoryPoints)] points: Decimal,
    out: &mut PeriodOutcome,
) -> Decimal {
    work!(
        out,
        Item::CategoryShare.about(share.category.as_str()) = at_most(
            half_up_to(
                share.percent * at_most(at_least(points, 0), share.full_points) / share.full_points,
                book.share_decimals
            ),
            share.percent
        )
    )
}

/// What all categories decide, and what was earned of it.
#[provision(parameters("bonus_shares"))]
fn of_all(book: &TariffBook, earned: &[Decimal], out: &mut PeriodOutcome) -> Decimal {
    let shares = || book.bonus_shares.iter().map(|share| share.percent);
    let percent: Decimal = shares().sum();
    say!(
        out,
        SharesAtStake,
        "All categories decide {parts} = {percent:percent} % of the bonus.",
        parts = sentence::sum(shares(), 0)
    );
    out.line(Item::PointsShareAtStake, percent);
    let percent: Decimal = earned.iter().sum();
    say!(
        out,
        SharesEarned,
        "Points earned {parts} = {percent:percent} % of the bonus.",
        parts = sentence::sum(earned.iter().copied(), 0)
    );
    out.line(Item::PointsShareEarned, percent);
    percent
}

/// The part that was earned, of a bonus that is known.
#[provision]
fn in_money(
    book: &TariffBook,
    period: &Period,
    #[is(Item::PointsShareEarned)] earned: Decimal,
    out: &mut PeriodOutcome,
) {
    work!(
        out,
        Item::PointsBonus = half_up_to(percent(period.grade_bonus, earned), book.money_decimals)
    );
}
