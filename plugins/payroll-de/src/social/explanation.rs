//! What the explanation says of bases and shares. Nothing here is computed unless it is asked for.

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::amounts::Amount;
use crate::law::ContributionYear;
use crate::rounding::{half, half_up, percent};
use crate::social::basis::{Basis, Shares};
use crate::social::one_off::{self, ByCeiling, OneOff};
use crate::social::terms::Terms;
use crate::social::{Month, several_jobs, short_time, transition_zone};
use crate::steps::{BaseStep, PayStep, SocialStep, Step};
use crate::sums::{OF_EMPLOYEE, OF_EMPLOYER, parts, written};

/// What a branch says of pay up to the ceiling: base, rates of employee and employer, shares.
type OnPay = fn(Decimal, [Decimal; 2], Shares) -> SocialStep;

pub(super) fn pension(base: Decimal, [rate, _]: [Decimal; 2], shares: Shares) -> SocialStep {
    let Shares { employee, employer } = shares;
    SocialStep::Pension { base, rate: percent(rate), employee, employer }
}

pub(super) fn unemployment(base: Decimal, [rate, _]: [Decimal; 2], shares: Shares) -> SocialStep {
    let Shares { employee, employer } = shares;
    SocialStep::Unemployment { base, rate: percent(rate), employee, employer }
}

pub(super) fn health(base: Decimal, [rate, _]: [Decimal; 2], shares: Shares) -> SocialStep {
    let Shares { employee, employer } = shares;
    SocialStep::Health { base, rate: percent(rate), employee, employer }
}

pub(super) fn health_additional(
    base: Decimal,
    [rate, _]: [Decimal; 2],
    shares: Shares,
) -> SocialStep {
    let Shares { employee, employer } = shares;
    SocialStep::HealthAdditional { base, rate: percent(rate), employee, employer }
}

pub(super) fn care(base: Decimal, rates: [Decimal; 2], shares: Shares) -> SocialStep {
    let [employee_rate, employer_rate] = rates.map(percent);
    let Shares { employee, employer } = shares;
    SocialStep::Care { base, employee_rate, employee, employer_rate, employer }
}

/// Equal halves; `free` says that the employee has none to pay.
#[cold]
pub(super) fn halves(
    on_pay: OnPay,
    basis: &Basis,
    rate: Decimal,
    paid: Shares,
    free: bool,
) -> SocialStep {
    if free {
        let (base, employer) = (basis.amount(), paid.employer);
        return SocialStep::EmployerHalf { rate: percent(rate), base, employer };
    }
    shares(on_pay, basis, [rate, rate], paid)
}

/// Shares by the rates of employee and employer.
#[cold]
pub(super) fn shares(
    on_pay: OnPay,
    basis: &Basis,
    rates: [Decimal; 2],
    shares: Shares,
) -> SocialStep {
    let Shares { employee, employer } = shares;
    let [employee_rate, employer_rate] = rates.map(percent);
    match *basis {
        Basis::Pay(base) => on_pay(base, rates, shares),
        Basis::Transition { whole, employee: reduced } => {
            let rate = half(rates[0] + rates[1]);
            let half_of_whole = half_up(whole * rate);
            SocialStep::SharesInTransitionZone {
                rate: percent(rate),
                whole,
                total: half_of_whole + half_of_whole,
                employee_rate,
                reduced,
                employee,
                employer,
            }
        }
        Basis::LowPay { low, beyond } => SocialStep::SharesOfLowPay {
            low,
            employee_rate,
            employer_rate,
            beyond,
            employee,
            employer,
        },
    }
}

/// How surcharge or discounts make the employee's rate of care insurance. Nothing where there are
/// none, and for the surcharge in the transition zone, which has a base of its own.
#[cold]
pub(super) fn care_rate(
    terms: &Terms<'_>,
    basis: &Basis,
    share: Decimal,
    rate: Decimal,
) -> Option<SocialStep> {
    let in_zone = matches!(basis, Basis::Transition { .. });
    let (share, rate) = (percent(share), percent(rate));
    if terms.childless {
        let surcharge = percent(terms.year.care_childless_surcharge);
        return (!in_zone).then_some(SocialStep::CareRateOfChildless { share, surcharge, rate });
    }
    let children = terms.children;
    let discount = percent(Decimal::from(children) * terms.year.care_child_discount);
    (children > 0).then_some(SocialStep::CareRateOfChildren { share, children, discount, rate })
}

/// What surcharge or discounts change in the transition zone.
#[cold]
pub(super) fn care_in_zone(
    terms: &Terms<'_>,
    (whole, reduced): (Decimal, Decimal),
    rate: Decimal,
    before: Shares,
    after: Shares,
) -> Option<SocialStep> {
    let employee = after.employee;
    if terms.childless {
        return Some(SocialStep::CareSurcharge {
            rate: percent(terms.year.care_childless_surcharge),
            base: whole,
            surcharge: employee - before.employee,
            employee,
        });
    }
    let rate = percent(rate);
    (terms.children > 0).then_some(SocialStep::CareDiscountInTransitionZone {
        rate,
        reduced,
        employee,
        employer: after.employer,
    })
}

impl Month<'_> {
    /// How a base comes about; `of` picks the ceiling.
    #[cold]
    pub(super) fn explain_base(
        &self,
        basis: &Basis,
        current: ByCeiling,
        one_off: OneOff,
        of: fn(ByCeiling) -> Decimal,
        out: &mut Payslip,
    ) {
        // In the transition zone, one base serves all branches.
        let of = match basis {
            Basis::Transition { .. } => |amounts: ByCeiling| amounts.pension,
            Basis::Pay(_) | Basis::LowPay { .. } => of,
        };
        let ceilings = one_off::ceilings(self.year, self.payment, self.days);
        let ceiling = of(ceilings);
        // What is wrong with lost pay was said before anything is explained.
        let lost = short_time::lost_pay(self.law, self.payment, self.pay, ceilings.less(current));
        let taken = lost.ok().flatten().map_or(current, |lost| current.and(lost.counted));
        let (pay, days, counted) = (self.pay, self.days, of(current));
        let alone = pay.at_most(ceiling);
        out.step(|| Step::from(BaseStep::CountedPay { pay, ceiling, days, counted: alone }));
        if let Some(divided) = several_jobs::explain(self.payment, pay, ceiling) {
            out.step(|| Step::from(divided));
        }
        let extra = of(ByCeiling { pension: one_off.pension, health: one_off.health });
        let base = counted + extra;
        if one_off.last_year {
            out.step(|| Step::from(self.march_clause(one_off)));
        } else if !self.one_off.is_zero() {
            out.step(|| {
                let (year, payment) = (self.year, self.payment);
                Step::from(one_off::explain(year, payment, self.one_off, taken, days, of))
            });
            out.step(|| {
                Step::from(BaseStep::BaseTogether { current: counted, one_off: extra, base })
            });
        }
        match *basis {
            Basis::Pay(_) => {}
            Basis::Transition { whole, employee } => {
                let extra = if one_off.last_year { Decimal::ZERO } else { extra };
                let pay = self.zone_pay(counted, extra);
                out.step(|| Step::from(transition_zone::explain(self.year, pay, whole, employee)));
            }
            Basis::LowPay { low, beyond } => {
                let limit = self.law.low_pay_limit;
                out.step(|| Step::from(BaseStep::LowPay { limit, low, beyond }));
            }
        }
    }

    /// Why lines are about the year before, by the ceilings of pension and of health insurance.
    #[cold]
    pub(super) fn lead_to_last_year(
        &self,
        before: &ContributionYear,
        extra: OneOff,
    ) -> [Vec<BaseStep>; 2] {
        let ceilings: [fn(ByCeiling) -> Decimal; 2] = [|by| by.pension, |by| by.health];
        ceilings.map(|of| {
            let counted = one_off::explain_last_year(before, self.payment, self.one_off, of);
            vec![self.march_clause(extra), counted]
        })
    }

    /// To which year the one-off payment belongs.
    pub(super) fn march_clause(&self, extra: OneOff) -> BaseStep {
        BaseStep::MarchClause {
            amount: self.one_off,
            year: self.year.year - 1,
            pension: extra.pension,
            health: extra.health,
        }
    }
}

/// What the employee pays in all branches.
#[cold]
pub(super) fn employee_total(total: Decimal, out: &mut Payslip) {
    let paid = parts(OF_EMPLOYEE, out);
    out.step(|| match paid.is_empty() {
        true => Step::from(PayStep::NoEmployeeContributions { total }),
        false => Step::from(PayStep::EmployeeContributions { parts: written(paid), total }),
    });
}

/// What the employer pays in all branches, with levies.
#[cold]
pub(super) fn employer_total(total: Decimal, out: &mut Payslip) {
    let paid = parts(OF_EMPLOYER, out);
    out.step(|| match paid.is_empty() {
        true => Step::from(PayStep::NoEmployerContributions { total }),
        false => Step::from(PayStep::EmployerContributions { parts: written(paid), total }),
    });
}
