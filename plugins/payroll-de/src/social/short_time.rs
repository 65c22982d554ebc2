//! Short-time work: SGB III §§ 95 to 106; SGB V § 232a Abs. 2; SGB VI § 163 Abs. 6; SGB XI § 57
//! Abs. 1.
//!
//! Beside the pay that is still earned, contributions are due on 80 % of what was lost. The employer
//! bears them alone (SGB V § 249 Abs. 2; SGB VI § 168 Abs. 1 Nr. 1a; SGB XI § 58 Abs. 1), and none
//! are due to unemployment insurance. The surcharge of care insurance for the childless is not due
//! on them (SGB XI § 60 Abs. 7). The allowance itself is a fact: it follows from tables of the
//! Federal Employment Agency.

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::amounts::Amount;
use crate::facts::Payment;
use crate::items::Item;
use crate::law::Law;
use crate::missing;
use crate::rounding::{half_up, percent};
use crate::social::Group;
use crate::social::basis::Shares;
use crate::social::group::{Health, Share};
use crate::social::one_off::ByCeiling;
use crate::social::terms::Terms;
use crate::steps::{BaseStep, SocialStep, Step};

const CITATION: &str = "SGB III § 106 Abs. 1; SGB V § 232a Abs. 2";
/// What lines of the lost pay are about.
const SUBJECT: &str = "short_time";

/// What was lost, and what counts of it.
#[derive(Clone, Copy)]
pub(crate) struct LostPay {
    /// Pay without short-time work.
    target: Decimal,
    /// Pay that is still earned.
    earned: Decimal,
    /// 80 % of the difference.
    fictitious: Decimal,
    /// What of it lies below the ceilings, above the pay earned.
    pub counted: ByCeiling,
}

/// The lost pay of the month, where there was short-time work.
pub(crate) fn lost_pay(
    law: &Law,
    payment: &Payment,
    earned: Decimal,
    room: ByCeiling,
) -> Result<Option<LostPay>, Fault> {
    let Some(target) = payment.short_time_target_pay else {
        return Ok(None);
    };
    if target < earned {
        return Err(Fault::fact(
            Payment::SHORT_TIME_TARGET_PAY,
            format!("must not be less than the pay that is still earned, {earned}, found {target}"),
        )
        .citing(CITATION));
    }
    let fictitious = half_up((target - earned) * law.short_time_rate);
    let counted = ByCeiling {
        pension: fictitious.at_most(room.pension),
        health: fictitious.at_most(room.health),
    };
    Ok(Some(LostPay { target, earned, fictitious, counted }))
}

/// Contributions on the lost pay, line by line.
pub(crate) fn contributions(
    law: &Law,
    terms: &Terms<'_>,
    lost: LostPay,
    out: &mut Payslip,
) -> Shares {
    let year = terms.year;
    let ByCeiling { pension, health } = lost.counted;
    let health_rate = match terms.group.health {
        Health::General | Health::Voluntary => Some(year.health_rate),
        Health::Reduced => Some(year.reduced_health_rate),
        Health::None | Health::FlatRate => None,
    };
    let insured = terms.group.pension == Share::Full;
    let cared = terms.group.care == Share::Full;
    if insured {
        base(law, lost, pension, Item::PensionBase, out);
    }
    if health_rate.is_some() || cared {
        base(law, lost, health, Item::HealthBase, out);
    }
    let branches = [
        (Item::PensionEmployer, pension, insured.then_some(year.pension_rate)),
        (Item::HealthEmployer, health, health_rate),
        (Item::HealthAdditionalEmployer, health, health_rate.map(|_| terms.additional_rate)),
        (Item::CareEmployer, health, cared.then_some(year.care_rate)),
    ];
    let mut employer = Decimal::ZERO;
    for (item, base, rate) in branches {
        let amount = half_up(base * rate.unwrap_or_default());
        if amount.is_zero() {
            continue;
        }
        out.step(|| {
            let rate = percent(rate.unwrap_or_default());
            Step::from(SocialStep::OfLostPay { base, rate, amount })
        });
        out.line_about(item, SUBJECT, amount);
        employer += amount;
    }
    Shares { employee: Decimal::ZERO, employer }
}

fn base(law: &Law, lost: LostPay, counted: Decimal, item: Item, out: &mut Payslip) {
    out.step(|| {
        Step::from(BaseStep::LostPay {
            target: lost.target,
            earned: lost.earned,
            rate: percent(law.short_time_rate),
            fictitious: lost.fictitious,
            counted,
        })
    });
    out.line_about(item, SUBJECT, counted);
}

/// Short-time work is for insured employees; mini-jobs have none (SGB III § 98 Abs. 1).
pub(crate) fn check(payment: &Payment, group: &Group) -> Result<(), Fault> {
    let given = [
        (payment.short_time_target_pay, Payment::SHORT_TIME_TARGET_PAY),
        (payment.short_time_allowance, Payment::SHORT_TIME_ALLOWANCE),
    ];
    match given.into_iter().find(|(amount, _)| amount.is_some()) {
        None => return Ok(()),
        Some((_, fact)) if group.unemployment != Share::Full => {
            return Err(Fault::fact(
                fact,
                "must be left out without compulsory unemployment insurance (third digit 1 in contribution_group), found a value",
            )
            .citing("SGB III § 98 Abs. 1"));
        }
        Some(_) => {}
    }
    for (amount, fact) in given {
        missing::required(
            amount,
            fact,
            "in short-time work, with the pay without it and the allowance (0 is allowed)",
            "SGB III §§ 105, 106",
        )?;
    }
    Ok(())
}
