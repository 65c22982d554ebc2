//! Social insurance: SGB IV with the books of the branches, and the levies of the employer.
//!
//! It is computed unless the facts say that only taxes are, for a month: bases with the ceilings
//! (`one_off`), the transition zone or the low pay of an apprentice, then branch by branch, then
//! the levies.

mod basis;
mod branches;
mod explanation;
mod group;
mod levies;
mod mini_job;
mod one_off;
mod private;
mod rates;
mod several_jobs;
mod short_time;
mod terms;
mod transition_zone;

pub(crate) use group::Group;
pub(crate) use private::subsidy;

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::amounts::Amount;
use crate::choices::{Employment, HealthInsurance, PayPeriod, State};
use crate::days::MONTH;
use crate::facts::Payment;
use crate::fund;
use crate::items::Item;
use crate::law::{ContributionYear, Law};
use crate::missing;
use crate::parenthood::Parenthood;
use crate::rounding::half_up;
use crate::social::basis::{Basis, Shares};
use crate::social::branches::Bases;
use crate::social::group::{Health, Share};
use crate::social::levies::LevyBases;
use crate::social::one_off::{ByCeiling, OneOff};
use crate::social::terms::Terms;
use crate::social::transition_zone::ZonePay;

/// What lines of the March clause are about.
const LAST_YEAR: &str = "last_year";

/// Contributions of the month, levies in the employer's part.
pub(crate) struct Contributions {
    pub employee: Decimal,
    pub employer: Decimal,
}

/// What the contributions of a month are computed from.
struct Month<'a> {
    law: &'a Law,
    year: &'a ContributionYear,
    payment: &'a Payment,
    group: &'a Group,
    parenthood: Parenthood,
    days: i64,
    pay: Decimal,
    one_off: Decimal,
}

/// Contributions and levies of the month.
pub(crate) fn contributions(
    law: &Law,
    year: &ContributionYear,
    payment: &Payment,
    group: &Group,
    out: &mut Payslip,
) -> Result<Contributions, Fault> {
    check(payment, group)?;
    let month = Month {
        law,
        year,
        payment,
        group,
        parenthood: Parenthood::read(payment, group.care == Share::Full)?,
        days: payment.insurance_days.unwrap_or(MONTH),
        pay: payment.contributory_gross.unwrap_or(payment.gross),
        one_off: payment.contributory_one_off.or(payment.one_off).unwrap_or_default(),
    };
    if group.mini_job() { Ok(month.mini_job(out)) } else { month.regular(out) }
}

impl Month<'_> {
    /// Mini-jobs: flat rates on the whole pay.
    fn mini_job(&self, out: &mut Payslip) -> Contributions {
        let whole = self.pay + self.one_off;
        let sum = mini_job::contributions(
            self.law,
            self.year,
            self.payment,
            self.group,
            whole,
            self.days,
            out,
        );
        self.finish(sum, LevyBases { current: self.pay, divided: None, whole }, None, out)
    }

    /// Every other employment.
    fn regular(&self, out: &mut Payslip) -> Result<Contributions, Fault> {
        let ceilings = one_off::ceilings(self.year, self.payment, self.days);
        let current = several_jobs::share_of_ceilings(self.payment, self.pay, ceilings);
        // SGB IV § 23a Abs. 3: pay that was lost in short-time work is contributory pay as well.
        let lost = short_time::lost_pay(self.law, self.payment, self.pay, ceilings.less(current))?;
        let taken = lost.map_or(current, |lost| current.and(lost.counted));
        let extra = self.one_off(taken)?;
        let now = if extra.last_year { OneOff::default() } else { extra };
        let terms = self.terms();
        self.check_low_pay(current.pension, extra.pension)?;
        let zone = self.zone_pay(current.pension, now.pension);
        transition_zone::check(self.year, self.payment, self.group, zone)?;
        let bases = self.bases(current, now);
        self.write_bases(&bases, current, extra, out);
        let mut sum = branches::contributions(&terms, &bases, out);
        if let Some(lost) = lost {
            sum = sum + short_time::contributions(self.law, &terms, lost, out);
        }
        let levy_bases = levy_bases(&bases, current.pension, now.pension);
        if !extra.last_year {
            return Ok(self.finish(sum, levy_bases, None, out));
        }
        let before = self.law.contribution_year(self.year.year - 1)?;
        sum = sum + self.in_last_year(terms, before, extra, out)?;
        Ok(self.finish(sum, levy_bases, Some((before, extra.pension)), out))
    }

    fn one_off(&self, current: ByCeiling) -> Result<OneOff, Fault> {
        if self.one_off.is_zero() {
            return Ok(OneOff::default());
        }
        let Self { law, payment, group, year, .. } = *self;
        one_off::one_off(law, payment, group, year, self.one_off, current, self.days)
    }

    fn terms(&self) -> Terms<'_> {
        let payment = self.payment;
        Terms {
            year: self.year,
            group: self.group,
            additional_rate: payment.additional_rate.unwrap_or_default(),
            saxony: payment.state == State::Saxony,
            childless: self.parenthood.childless,
            children: self.parenthood.discounts,
            subject: None,
            leading: [Vec::new(), Vec::new()],
        }
    }

    /// SGB IV § 23a Abs. 4: the rates of the year to which the one-off payment belongs.
    fn in_last_year(
        &self,
        terms: Terms<'_>,
        before: &ContributionYear,
        extra: OneOff,
        out: &mut Payslip,
    ) -> Result<Shares, Fault> {
        let additional_rate = match (self.group.in_fund(), self.payment.last_year_additional_rate) {
            (true, None) => {
                return Err(missing::refused(
                    Payment::LAST_YEAR_ADDITIONAL_RATE,
                    "with statutory health insurance where a one-off payment belongs to the year before: the rate of the fund in its December",
                    "SGB IV § 23a Abs. 4; SGB V § 242",
                ));
            }
            (_, stated) => stated.unwrap_or_default(),
        };
        let terms = Terms {
            year: before,
            additional_rate,
            subject: Some(LAST_YEAR),
            leading: if out.explaining() {
                self.lead_to_last_year(before, extra)
            } else {
                terms.leading
            },
            ..terms
        };
        let bases = Bases { pension: Basis::Pay(extra.pension), health: Basis::Pay(extra.health) };
        Ok(branches::contributions(&terms, &bases, out))
    }

    /// Whether a low pay is that of an apprentice, which the employer bears alone, is said.
    fn check_low_pay(&self, current: Decimal, one_off: Decimal) -> Result<(), Fault> {
        let low = current <= self.law.low_pay_limit && !(current + one_off).is_zero();
        match self.payment.employment {
            None if low => Err(missing::refused(
                Payment::EMPLOYMENT,
                "up to the low pay that the employer bears alone in vocational training",
                "SGB IV § 20 Abs. 3",
            )),
            _ => Ok(()),
        }
    }

    /// Pay on which contributions of the month are due, by branch.
    fn bases(&self, current: ByCeiling, one_off: OneOff) -> Bases {
        let pension = current.pension + one_off.pension;
        let health = current.health + one_off.health;
        let pay = self.zone_pay(current.pension, one_off.pension);
        let zone = transition_zone::basis(self.year, self.payment, self.group, pay);
        if let Some(basis) = zone {
            return Bases { pension: basis, health: basis };
        }
        // SGB IV § 20 Abs. 3: an apprentice's low pay; what a one-off payment adds beyond is
        // shared.
        let limit = self.law.low_pay_limit;
        if self.group.employment == Employment::Apprentice && current.pension <= limit {
            let low = |base: Decimal| {
                let low = base.at_most(limit);
                Basis::LowPay { low, beyond: base - low }
            };
            return Bases { pension: low(pension), health: low(health) };
        }
        Bases { pension: Basis::Pay(pension), health: Basis::Pay(health) }
    }

    /// What the transition zone is decided by.
    fn zone_pay(&self, current: Decimal, one_off: Decimal) -> ZonePay {
        let elsewhere = self.payment.other_jobs.iter().map(|job| job.pay).sum();
        ZonePay { current, one_off, elsewhere, days: self.days }
    }

    fn write_bases(&self, bases: &Bases, current: ByCeiling, one_off: OneOff, out: &mut Payslip) {
        let group = self.group;
        if group.pension != Share::None || group.unemployment != Share::None {
            if out.explaining() {
                self.explain_base(&bases.pension, current, one_off, |by| by.pension, out);
            }
            out.line(Item::PensionBase, bases.pension.amount());
        }
        if group.health != Health::None || group.care != Share::None {
            if out.explaining() {
                self.explain_base(&bases.health, current, one_off, |by| by.health, out);
            }
            out.line(Item::HealthBase, bases.health.amount());
        }
    }

    /// Sums and levies.
    fn finish(
        &self,
        sum: Shares,
        levy_bases: LevyBases,
        last_year: Option<(&ContributionYear, Decimal)>,
        out: &mut Payslip,
    ) -> Contributions {
        if out.explaining() {
            explanation::employee_total(sum.employee, out);
        }
        out.line(Item::EmployeeContributions, sum.employee);
        let household = self.group.employment == Employment::MiniJobInHousehold;
        let levies = levies::levies(self.payment, self.year, household, levy_bases, last_year, out);
        let employer = sum.employer + levies;
        if out.explaining() {
            explanation::employer_total(employer, out);
        }
        out.line(Item::EmployerContributions, employer);
        Contributions { employee: sum.employee, employer }
    }
}

/// AAG § 7 Abs. 2: in the transition zone the levies are computed on its base as well. One-off
/// payments do not count for U1 and U2.
fn levy_bases(bases: &Bases, current: Decimal, one_off: Decimal) -> LevyBases {
    let whole = bases.pension.amount();
    let divided = match bases.pension {
        Basis::Transition { .. } if !one_off.is_zero() => Some([current, current + one_off]),
        _ => None,
    };
    let current = match bases.pension {
        Basis::Transition { whole, .. } if one_off.is_zero() => whole,
        Basis::Transition { whole, .. } => half_up(whole * current / (current + one_off)),
        Basis::Pay(_) | Basis::LowPay { .. } => current,
    };
    LevyBases { current, divided, whole }
}

/// Contributions are monthly, and need what they depend on.
fn check(payment: &Payment, group: &Group) -> Result<(), Fault> {
    if payment.pay_period != PayPeriod::Month {
        return Err(Fault::fact(
            Payment::PAY_PERIOD,
            format!(
                "must be month unless contribution_group is none, found {}",
                payment.pay_period.name()
            ),
        )
        .citing("Beitragsverfahrensverordnung § 1 Abs. 1"));
    }
    if group.in_fund() {
        fund::additional_rate(payment)?;
    }
    levies::check(payment)?;
    several_jobs::check(payment, group)?;
    short_time::check(payment, group)?;
    if payment.least_base_elsewhere.is_some() && !group.mini_job() {
        return Err(Fault::fact(
            Payment::LEAST_BASE_ELSEWHERE,
            "must be left out unless contribution_group or employment says that it is a mini-job, found a value",
        )
        .citing("SGB VI § 163 Abs. 8"));
    }
    let private = !matches!(payment.health_insurance, None | Some(HealthInsurance::Statutory));
    let statutory = group.health_insurance().is_some();
    if statutory && private {
        return Err(Fault::fact(
            Payment::HEALTH_INSURANCE,
            "must be statutory with a first digit of 1, 3, 6 or 9 in contribution_group, found private",
        )
        .citing("SGB V §§ 5, 249b"));
    }
    Ok(())
}
