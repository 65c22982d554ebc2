//! What the chart asks of the employee's insurance, for the provision allowance: from the facts, or
//! from the contribution group where it says it. EStG § 39b Abs. 2 Satz 5 Nr. 3.
//!
//! Where neither says it, it is refused: statutory insurance that was assumed of somebody without
//! it would lower the tax in silence.

use stele_sdk::prelude::*;

use crate::choices::{Chart, HealthInsurance, PensionInsurance};
use crate::facts::Payment;
use crate::fund;
use crate::law::Law;
use crate::missing;
use crate::parenthood::Parenthood;
use crate::social::Group;

const CITATION: &str = "EStG § 39b Abs. 2 Satz 5 Nr. 3";

/// The insurance of the employee, as the chart needs it.
pub(crate) struct Insurance {
    /// PKV
    pub health: HealthInsurance,
    /// KVZ as a fraction
    pub additional_rate: Decimal,
    /// PVZ, PVA
    pub parenthood: Parenthood,
    /// KRV
    pub pension: PensionInsurance,
    /// ALV = 0
    pub against_unemployment: bool,
}

impl Insurance {
    /// Reads the facts. Combinations that cannot be are refused here.
    pub(crate) fn read(law: &Law, payment: &Payment, group: Option<&Group>) -> Result<Self, Fault> {
        check(law, payment)?;
        let health = health(payment, group)?;
        let statutory = health == HealthInsurance::Statutory;
        if statutory {
            fund::additional_rate(payment)?;
        }
        let subsidised = health == HealthInsurance::PrivateWithSubsidy;
        if subsidised && (group.is_some() || law.chart == Chart::Year2026) {
            missing::required(
                payment.private_subsidy,
                Payment::PRIVATE_SUBSIDY,
                "where health_insurance is private_with_subsidy (0 is allowed)",
                "SGB V § 257 Abs. 2; EStG § 39b Abs. 2 Satz 5 Nr. 3",
            )?;
        }
        Ok(Self {
            health,
            additional_rate: payment.additional_rate.unwrap_or_default(),
            parenthood: Parenthood::read(payment, statutory)?,
            pension: pension(law, payment, group)?,
            against_unemployment: against_unemployment(law, payment, group)?,
        })
    }
}

fn health(payment: &Payment, group: Option<&Group>) -> Result<HealthInsurance, Fault> {
    let of_group = group.and_then(Group::health_insurance);
    missing::required(
        payment.health_insurance.or(of_group),
        Payment::HEALTH_INSURANCE,
        "where no first digit of contribution_group says that it is statutory",
        CITATION,
    )
}

/// KRV. The digit 0 leaves open whether there is a professional scheme, and in 2024 no digit tells
/// which ceiling holds.
fn pension(law: &Law, payment: &Payment, group: Option<&Group>) -> Result<PensionInsurance, Fault> {
    let of_group = group.and_then(Group::pension_insurance);
    let known = of_group
        .filter(|of_group| *of_group == PensionInsurance::None || law.chart != Chart::December2024);
    missing::required(
        payment.pension_insurance.or(known),
        Payment::PENSION_INSURANCE,
        "where contribution_group does not say it: with the second digit 0, in 2024 with the second digit 1, and without contributions",
        CITATION,
    )
}

/// ALV, for which no chart before 2026 asks.
fn against_unemployment(
    law: &Law,
    payment: &Payment,
    group: Option<&Group>,
) -> Result<bool, Fault> {
    let before_2026 = (law.chart != Chart::Year2026).then_some(true);
    let of_group = group.map(Group::unemployment_insured);
    missing::required(
        payment.unemployment_insured.or(of_group).or(before_2026),
        Payment::UNEMPLOYMENT_INSURED,
        "from 2026 on where contribution_group is none",
        CITATION,
    )
}

/// The edition of the chart knows which forms of insurance exist.
fn check(law: &Law, payment: &Payment) -> Result<(), Fault> {
    let subsidised = payment.health_insurance == Some(HealthInsurance::PrivateWithSubsidy);
    if payment.private_subsidy.is_some_and(|subsidy| !subsidy.is_zero()) && !subsidised {
        return Err(Fault::fact(
            Payment::PRIVATE_SUBSIDY,
            "must be left out unless health_insurance is private_with_subsidy",
        )
        .citing("SGB V § 257 Abs. 2"));
    }
    let private = matches!(
        payment.health_insurance,
        Some(HealthInsurance::Private | HealthInsurance::PrivateWithSubsidy)
    );
    if payment.private_premium.is_some_and(|premium| !premium.is_zero()) && !private {
        return Err(Fault::fact(
            Payment::PRIVATE_PREMIUM,
            "must be left out unless health_insurance is private or private_with_subsidy",
        )
        .citing(CITATION));
    }
    let east = payment.pension_insurance == Some(PensionInsurance::StatutoryEast);
    if east && law.chart != Chart::December2024 {
        return Err(Fault::fact(
            Payment::PENSION_INSURANCE,
            format!(
                "must be statutory or none on {}: the ceiling of the eastern states ended with 2024",
                payment.on
            ),
        )
        .citing("SGB VI § 275a"));
    }
    Ok(())
}
