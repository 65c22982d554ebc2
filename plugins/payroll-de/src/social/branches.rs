//! The four branches whose contributions employee and employer share.

use crate::Payslip;
use crate::amounts::Amount;
use crate::items::Item;
use crate::rounding::{half, half_up};
use crate::social::basis::{Basis, Shares};
use crate::social::explanation;
use crate::social::group::{Health, Share};
use crate::social::terms::Terms;
use crate::steps::{SocialStep, Step};

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
    let items = [Item::PensionEmployee, Item::PensionEmployer];
    let free = terms.group.pension == Share::EmployerHalf;
    terms.lines(items, shares, out, || {
        let pay = explanation::pension;
        vec![explanation::halves(pay, &bases.pension, rate, shares, free)]
    })
}

/// SGB III § 346 Abs. 1: halves. Abs. 3: past the age of retirement the employer's half.
fn unemployment(terms: &Terms<'_>, bases: &Bases, out: &mut Payslip) -> Shares {
    let rate = half(terms.year.unemployment_rate);
    let shares = match terms.group.unemployment {
        Share::None | Share::FlatRate => return Shares::default(),
        Share::Full => bases.pension.shares(rate, rate),
        Share::EmployerHalf => bases.pension.employer_half(rate),
    };
    let items = [Item::UnemploymentEmployee, Item::UnemploymentEmployer];
    let free = terms.group.unemployment == Share::EmployerHalf;
    terms.lines(items, shares, out, || {
        let pay = explanation::unemployment;
        vec![explanation::halves(pay, &bases.pension, rate, shares, free)]
    })
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
    terms.lines([Item::HealthEmployee, Item::HealthEmployer], basic, out, || {
        vec![explanation::halves(explanation::health, &bases.health, rate, basic, false)]
    });
    if additional_rate.is_zero() {
        return basic;
    }
    let additional = bases.health.shares(additional_rate, additional_rate);
    let items = [Item::HealthAdditionalEmployee, Item::HealthAdditionalEmployer];
    terms.lines(items, additional, out, || {
        let pay = explanation::health_additional;
        vec![explanation::halves(pay, &bases.health, additional_rate, additional, false)]
    });
    basic + additional
}

/// SGB XI § 58: halves, other in Saxony. § 55 Abs. 3: the surcharge for the childless raises, the
/// discounts for children lower "the contribution rate": the employee's share has one rate, and is
/// rounded once (Beitragsverfahrensverordnung § 2 Abs. 1 Satz 2; so for the surcharge the joint
/// circular of 3 December 2004 on the Kinder-Berücksichtigungsgesetz, 2.2). The employer's share
/// stays as it is.
fn care(terms: &Terms<'_>, bases: &Bases, out: &mut Payslip) -> Shares {
    if terms.group.care != Share::Full {
        return Shares::default();
    }
    let (year, basis) = (terms.year, &bases.health);
    let share = year.employee_care_share(terms.saxony);
    let rate =
        year.employee_care_rate(terms.saxony, terms.childless, terms.children).not_negative();
    let employer_rate = year.employer_care_rate(terms.saxony);
    let (before, shares) = match *basis {
        Basis::Pay(_) | Basis::LowPay { .. } => {
            let shares = basis.shares(rate, employer_rate);
            (shares, shares)
        }
        Basis::Transition { whole, employee: reduced } => {
            let before = basis.shares(share, employer_rate);
            let employee = match terms.childless {
                // § 58 with SGB IV § 20 Abs. 2a: the surcharge is due on the base of the whole
                // contribution, so that it is a product of its own.
                true => before.employee + half_up(whole * year.care_childless_surcharge),
                false => half_up(reduced * rate),
            };
            (before, Shares { employee, ..before })
        }
    };
    terms.lines([Item::CareEmployee, Item::CareEmployer], shares, out, || {
        let mut steps: Vec<_> =
            explanation::care_rate(terms, basis, share, rate).into_iter().collect();
        let shown = match basis {
            Basis::Transition { .. } => share,
            Basis::Pay(_) | Basis::LowPay { .. } => rate,
        };
        let rates = [shown, employer_rate];
        steps.push(explanation::shares(explanation::care, basis, rates, before));
        if let Basis::Transition { whole, employee: reduced } = *basis {
            let bases = (whole, reduced);
            steps.extend(explanation::care_in_zone(terms, bases, rate, before, shares));
        }
        steps
    })
}

impl Terms<'_> {
    /// Writes the two lines of a branch, as far as there is something to pay. The same sentences
    /// lead to both.
    fn lines(
        &self,
        items: [Item; 2],
        shares: Shares,
        out: &mut Payslip,
        steps: impl Fn() -> Vec<SocialStep>,
    ) -> Shares {
        let steps = if out.explaining() { steps() } else { Vec::new() };
        for (item, amount) in items.into_iter().zip([shares.employee, shares.employer]) {
            if amount.is_zero() {
                continue;
            }
            if out.explaining() {
                self.lead_to(item, &steps, out);
            }
            match self.subject {
                None => out.line(item, amount),
                Some(subject) => out.line_about(item, subject, amount),
            }
        }
        shares
    }

    #[cold]
    fn lead_to(&self, item: Item, steps: &[SocialStep], out: &mut Payslip) {
        let by_pension_ceiling = matches!(
            item,
            Item::PensionEmployee
                | Item::PensionEmployer
                | Item::UnemploymentEmployee
                | Item::UnemploymentEmployer
        );
        let [pension, health] = &self.leading;
        for step in if by_pension_ceiling { pension } else { health } {
            out.step(|| Step::from(step.clone()));
        }
        for step in steps {
            out.step(|| Step::from(step.clone()));
        }
    }
}
