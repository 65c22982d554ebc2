//! Mini-jobs: SGB V § 249b, SGB VI § 172 Abs. 3 and 3a, § 168 Abs. 1 Nr. 1b and 1c, § 163 Abs. 8.

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::choices::Employment;
use crate::days::MONTH;
use crate::facts::Payment;
use crate::items::{Finding, Item};
use crate::law::{ContributionYear, Law};
use crate::rounding::{half_up, percent, share_half_up};
use crate::social::Group;
use crate::social::basis::Shares;
use crate::social::group::{Health, Share};
use crate::steps::{SocialStep, Step};

/// The employer pays flat rates; the employee tops pension insurance up, unless exempted.
pub(crate) fn contributions(
    law: &Law,
    year: &ContributionYear,
    payment: &Payment,
    group: &Group,
    pay: Decimal,
    days: i64,
    out: &mut Payslip,
) -> Shares {
    if pay > year.mini_job_limit {
        out.finding(Finding::MiniJobLimitExceeded).limit(year.mini_job_limit).actual(pay);
    }
    let (health_rate, pension_rate) = match group.employment {
        Employment::MiniJobInHousehold => {
            (law.mini_job_household_rate, law.mini_job_household_rate)
        }
        _ => (law.mini_job_health_rate, law.mini_job_pension_rate),
    };
    // SGB VI § 163 Abs. 8 counts the pay of all compulsory insurances of the person.
    let least = match payment.least_base_elsewhere {
        Some(true) => Decimal::ZERO,
        _ => share_half_up(law.mini_job_least_base, days, MONTH),
    };
    let by_least_base = group.pension != Share::FlatRate && pay < least;
    if by_least_base && payment.least_base_elsewhere.is_none() {
        out.finding(Finding::LeastBaseNotStated).limit(least).actual(pay);
    }
    let mut sum = Shares::default();
    if group.health == Health::FlatRate {
        let employer = half_up(pay * health_rate);
        out.step(|| {
            Step::from(SocialStep::MiniJobHealth { pay, rate: percent(health_rate), employer })
        });
        out.line(Item::HealthEmployer, employer);
        sum = sum + Shares { employee: Decimal::ZERO, employer };
    }
    let pension = pension(year, group, pay, least, pension_rate);
    let employer_pays = || {
        let (rate, employer) = (percent(pension_rate), pension.employer);
        Step::from(SocialStep::MiniJobPension { pay, rate, employer })
    };
    if !pension.employee.is_zero() {
        out.step(employer_pays);
        out.step(|| Step::from(topped_up(year, pay, (least, days), pension_rate, pension)));
        out.line(Item::PensionEmployee, pension.employee);
    }
    out.step(employer_pays);
    out.line(Item::PensionEmployer, pension.employer);
    sum + pension
}

/// The employer's flat rate; what is missing to the full rate is the employee's, on the least base
/// at the least (Beitragsverfahrensverordnung § 2 Abs. 1 Satz 5).
fn pension(
    year: &ContributionYear,
    group: &Group,
    pay: Decimal,
    least: Decimal,
    employer_rate: Decimal,
) -> Shares {
    let employer = half_up(pay * employer_rate);
    if group.pension == Share::FlatRate {
        return Shares { employee: Decimal::ZERO, employer };
    }
    let employee = if pay > least {
        half_up(pay * (year.pension_rate - employer_rate))
    } else {
        half_up(least * year.pension_rate) - employer
    };
    Shares { employee, employer }
}

/// How the employee's part comes about.
#[cold]
fn topped_up(
    year: &ContributionYear,
    pay: Decimal,
    (least, days): (Decimal, i64),
    employer_rate: Decimal,
    shares: Shares,
) -> SocialStep {
    let Shares { employee, employer } = shares;
    let full_rate = percent(year.pension_rate);
    if pay > least {
        let rate = percent(year.pension_rate - employer_rate);
        return SocialStep::MiniJobTopUp { full_rate, rate, pay, employee };
    }
    let whole = half_up(least * year.pension_rate);
    SocialStep::MiniJobLeastBase { least, days, full_rate, whole, employer, employee }
}
