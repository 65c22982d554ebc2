//! The four branches whose contributions employee and employer share.

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::amounts::Amount;
use crate::items::Item;
use crate::law::ContributionYear;
use crate::rounding::{half, percent};
use crate::social::Group;
use crate::social::basis::{Basis, Shares};
use crate::social::group::{Health, Share};
use crate::steps::Step;

/// What decides the shares beside the bases.
pub(crate) struct Terms<'a> {
    pub year: &'a ContributionYear,
    pub group: &'a Group,
    /// Additional rate of the health fund.
    pub additional_rate: Decimal,
    pub saxony: bool,
    pub childless: bool,
    pub children: i64,
    /// What the lines are about, where it is not the month itself.
    pub subject: Option<&'static str>,
}

/// Bases of the branches.
#[derive(Clone, Copy)]
pub(crate) struct Bases {
    /// Pension and unemployment insurance.
    pub pension: Basis,
    /// Health and care insurance.
    pub health: Basis,
}

/// All four branches, line by line.
pub(crate) fn contributions(terms: &Terms<'_>, bases: &Bases, out: &mut Payslip) -> Shares {
    let pension = pension(terms, bases, out);
    let unemployment = unemployment(terms, bases, out);
    let health = health(terms, bases, out);
    let care = care(terms, bases, out);
    pension + unemployment + health + care
}

/// SGB VI § 168 Abs. 1 Nr. 1: halves. § 172 Abs. 1: for a pensioner the employer's half.
fn pension(terms: &Terms<'_>, bases: &Bases, out: &mut Payslip) -> Shares {
    let rate = half(terms.year.pension_rate);
    let shares = match terms.group.pension {
        Share::None | Share::FlatRate => return Shares::default(),
        Share::Full => bases.pension.shares(rate, rate),
        Share::EmployerHalf => bases.pension.employer_half(rate),
    };
    out.step(|| Step::Pension {
        base: bases.pension.amount(),
        rate: percent(rate),
        employee: shares.employee,
        employer: shares.employer,
    });
    terms.lines(Item::PensionEmployee, Item::PensionEmployer, shares, out)
}

/// SGB III § 346 Abs. 1: halves. Abs. 3: past the age of retirement the employer's half.
fn unemployment(terms: &Terms<'_>, bases: &Bases, out: &mut Payslip) -> Shares {
    let rate = half(terms.year.unemployment_rate);
    let shares = match terms.group.unemployment {
        Share::None | Share::FlatRate => return Shares::default(),
        Share::Full => bases.pension.shares(rate, rate),
        Share::EmployerHalf => bases.pension.employer_half(rate),
    };
    out.step(|| Step::Unemployment {
        base: bases.pension.amount(),
        rate: percent(rate),
        employee: shares.employee,
        employer: shares.employer,
    });
    terms.lines(Item::UnemploymentEmployee, Item::UnemploymentEmployer, shares, out)
}

/// SGB V § 249 Abs. 1 (for voluntary members § 257 Abs. 1): halves of the general or reduced rate,
/// and of the fund's additional rate, which is computed apart.
fn health(terms: &Terms<'_>, bases: &Bases, out: &mut Payslip) -> Shares {
    let rate = match terms.group.health {
        Health::None | Health::FlatRate => return Shares::default(),
        Health::General | Health::Voluntary => half(terms.year.health_rate),
        Health::Reduced => half(terms.year.reduced_health_rate),
    };
    let additional_rate = half(match bases.health {
        // SGB V § 242 Abs. 3: for apprentices with low pay the average additional rate.
        Basis::LowPay { .. } => terms.year.average_additional_rate,
        Basis::Pay(_) | Basis::Transition { .. } => terms.additional_rate,
    });
    let basic = bases.health.shares(rate, rate);
    out.step(|| Step::Health {
        base: bases.health.amount(),
        rate: percent(rate),
        employee: basic.employee,
        employer: basic.employer,
    });
    let basic = terms.lines(Item::HealthEmployee, Item::HealthEmployer, basic, out);
    if additional_rate.is_zero() {
        return basic;
    }
    let additional = bases.health.shares(additional_rate, additional_rate);
    out.step(|| Step::HealthAdditional {
        base: bases.health.amount(),
        rate: percent(additional_rate),
        employee: additional.employee,
        employer: additional.employer,
    });
    let (employee, employer) = (Item::HealthAdditionalEmployee, Item::HealthAdditionalEmployer);
    basic + terms.lines(employee, employer, additional, out)
}

/// SGB XI § 58: halves, other in Saxony; § 55 Abs. 3: the employee alone bears the surcharge for
/// the childless and has the discounts for children, at most the own share.
fn care(terms: &Terms<'_>, bases: &Bases, out: &mut Payslip) -> Shares {
    if terms.group.care != Share::Full {
        return Shares::default();
    }
    let year = terms.year;
    let rate = year.employee_care_share(terms.saxony);
    let mut shares = bases.health.shares(rate, year.employer_care_rate(terms.saxony));
    let mut change = Shares::default();
    if terms.childless {
        change = bases.health.alone(year.care_childless_surcharge);
    } else if terms.children > 0 {
        let discount = Decimal::from(terms.children) * year.care_child_discount;
        change = bases.health.alone(discount);
        change.employee = -change.employee.at_most(shares.employee);
        change.employer = -change.employer.at_most(shares.employer);
    }
    shares = shares + change;
    out.step(|| Step::Care {
        base: bases.health.amount(),
        rate: percent(rate),
        change: change.employee,
        employee: shares.employee,
        employer: shares.employer,
    });
    terms.lines(Item::CareEmployee, Item::CareEmployer, shares, out)
}

impl Terms<'_> {
    /// Writes the two lines of a branch, as far as there is something to pay.
    fn lines(&self, employee: Item, employer: Item, shares: Shares, out: &mut Payslip) -> Shares {
        for (item, amount) in [(employee, shares.employee), (employer, shares.employer)] {
            if amount.is_zero() {
                continue;
            }
            match self.subject {
                None => out.line(item, amount),
                Some(subject) => out.line_about(item, subject, amount),
            }
        }
        shares
    }
}
