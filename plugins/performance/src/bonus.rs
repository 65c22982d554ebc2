//! The bonus: base × factor of the grade × part of the period, less what points did not earn.

use crate::ReviewOutcome;
use crate::facts::Review;
use crate::outcome::{Finding, Item};
use crate::parameters::{Band, Scheme};
use stele_sdk::prelude::*;

const HUNDRED_PERCENT: Decimal = Decimal::ONE_HUNDRED;

/// For how much of the period the person was employed.
pub(crate) enum Employment {
    /// Throughout: no days were given.
    Throughout,
    /// On so many of so many days.
    Days {
        /// At most `whole`.
        employed: i64,
        /// At least 1.
        whole: i64,
    },
}

impl Employment {
    /// # Errors
    /// A fault where only one of the two facts is given, or more days than the period has.
    pub(crate) fn of(review: &Review) -> Result<Self, Fault> {
        match (review.days_employed, review.days_in_period) {
            (None, None) => Ok(Employment::Throughout),
            (None, Some(_)) => {
                Err(Fault::fact(Review::DAYS_EMPLOYED, "is required where days_in_period is given"))
            }
            (Some(_), None) => {
                Err(Fault::fact(Review::DAYS_IN_PERIOD, "is required where days_employed is given"))
            }
            (Some(employed), Some(whole)) if employed > whole => Err(Fault::fact(
                Review::DAYS_EMPLOYED,
                format!("must be at most the {whole} days of the period, found {employed}"),
            )),
            (Some(employed), Some(whole)) => Ok(Employment::Days { employed, whole }),
        }
    }

    /// Days employed and days of the period; 1 of 1 where no days were given.
    fn days(&self) -> (i64, i64) {
        match *self {
            Employment::Throughout => (1, 1),
            Employment::Days { employed, whole } => (employed, whole),
        }
    }

    /// Days employed, where they are given and too few to earn a bonus.
    fn too_short(&self, scheme: &Scheme) -> Option<i64> {
        match *self {
            Employment::Days { employed, .. } if employed < scheme.minimum_days_employed => {
                Some(employed)
            }
            _ => None,
        }
    }
}

/// The part of the bonus that points decide.
pub(crate) struct PointsShare {
    at_stake: Decimal,
    earned: Decimal,
}

impl PointsShare {
    /// # Errors
    /// A fault where only one of the two facts is given, or more was earned than is at stake.
    pub(crate) fn of(review: &Review) -> Result<Option<Self>, Fault> {
        match (review.points_share_at_stake, review.points_share_earned) {
            (None, None) => Ok(None),
            (None, Some(_)) => Err(Fault::fact(
                Review::POINTS_SHARE_AT_STAKE,
                "is required where points_share_earned is given",
            )),
            (Some(_), None) => Err(Fault::fact(
                Review::POINTS_SHARE_EARNED,
                "is required where points_share_at_stake is given",
            )),
            (Some(at_stake), Some(earned)) if earned > at_stake => Err(Fault::fact(
                Review::POINTS_SHARE_EARNED,
                format!("must be at most the {at_stake} % at stake, found {earned}"),
            )),
            (Some(at_stake), Some(earned)) => Ok(Some(PointsShare { at_stake, earned })),
        }
    }
}

/// Writes the proration and, where a bonus base is given, the bonus.
pub(crate) fn pay(
    scheme: &Scheme,
    review: &Review,
    grade: &Band,
    employment: &Employment,
    share: Option<&PointsShare>,
    out: &mut ReviewOutcome,
) {
    proration(scheme, employment, out);
    let Some(base) = review.bonus_base else { return };
    let bonus = match employment.too_short(scheme) {
        Some(employed) => too_short(scheme, employed, out),
        None => by_grade(scheme, base, grade, employment, out),
    };
    match share {
        Some(share) => split(scheme, bonus, share, out),
        None => out.further_line(Item::PerformanceBonus, bonus),
    }
}

/// The part of the period, as it is shown: the bonus uses the exact fraction.
#[provision(parameters("proration_decimals", "rounding"))]
fn proration(scheme: &Scheme, employment: &Employment, out: &mut ReviewOutcome) {
    let (employed, days) = employment.days();
    let percent = scheme.rounding.round(
        Decimal::from(employed) * HUNDRED_PERCENT / Decimal::from(days),
        scheme.proration_decimals,
    );
    match employment {
        Employment::Throughout => {
            say!(out, Throughout, "Employed throughout the period: {percent:percent} % of it.")
        }
        Employment::Days { .. } => say!(
            out,
            Prorated,
            "Employed on {employed:days} of {days:days} days: {percent:percent} % of the period."
        ),
    }
    out.line(Item::Proration, percent);
}

/// Too few days earn nothing.
#[provision(parameters("minimum_days_employed"))]
fn too_short(scheme: &Scheme, employed: i64, out: &mut ReviewOutcome) -> Decimal {
    let minimum = scheme.minimum_days_employed;
    out.finding(Finding::TooShortForBonus)
        .limit(Decimal::from(minimum))
        .actual(Decimal::from(employed));
    say!(out, TooShort, "Employed on {employed:days} days, fewer than {minimum:days}: no bonus.");
    out.line(Item::GradeBonus, Decimal::ZERO);
    Decimal::ZERO
}

/// Base × factor × the exact part of the period, rounded once.
#[provision(parameters("bands", "bonus_decimals", "rounding"))]
fn by_grade(
    scheme: &Scheme,
    base: Decimal,
    grade: &Band,
    employment: &Employment,
    out: &mut ReviewOutcome,
) -> Decimal {
    let (employed, days) = employment.days();
    let (factor, decimals) = (grade.bonus_factor, scheme.bonus_decimals);
    let exact = base * factor * Decimal::from(employed) / Decimal::from(days);
    let bonus = money(scheme, exact);
    say!(
        out,
        GradeBonus,
        "{base:currency} × {factor:factor} × {employed:days} / {days:days} days, rounded to \
         {decimals} decimals: {bonus:currency}."
    );
    out.line(Item::GradeBonus, bonus);
    bonus
}

/// Takes the share of points out of the bonus and gives back what was earned of it. Both amounts
/// are rounded alike, so someone who earns the whole share gets the whole bonus to the cent.
#[provision(parameters("bonus_decimals", "rounding"))]
fn split(scheme: &Scheme, bonus: Decimal, share: &PointsShare, out: &mut ReviewOutcome) {
    let PointsShare { at_stake, earned } = *share;
    let withheld = money(scheme, bonus * at_stake / HUNDRED_PERCENT);
    let rest = bonus - withheld;
    say!(
        out,
        ResultsBonus,
        "Points decide {at_stake:percent} % of the bonus: {bonus:currency} less {withheld:currency} \
         leaves {rest:currency}."
    );
    out.line(Item::ResultsBonus, rest);
    let amount = money(scheme, bonus * earned / HUNDRED_PERCENT);
    say!(
        out,
        PointsBonus,
        "Points earned {earned:percent} % of the bonus, of at most {at_stake:percent} %: \
         {amount:currency}."
    );
    out.line(Item::PointsBonus, amount);
    work!(out, Item::PerformanceBonus = rest as Item::ResultsBonus + amount as Item::PointsBonus);
}

fn money(scheme: &Scheme, exact: Decimal) -> Decimal {
    scheme.rounding.round(exact, scheme.bonus_decimals)
}
