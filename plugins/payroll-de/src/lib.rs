//! Wages in Germany: what is withheld from an employee's pay, what the employer adds, and what is
//! paid out.
//!
//! The rule follows the official texts from top to bottom: which day selects which law (`dates`),
//! how many days the month can have (`days`), wage tax and solidarity surcharge by the flow chart
//! of the Federal Ministry of Finance (`wage_tax`), church tax by state (`church_tax`), flat taxes
//! (`flat_tax`), social insurance with mini-jobs, transition zone, one-off payments and levies
//! (`social`), and the sum of it all (`net_pay`). Every number of the law is a dated parameter
//! (`law`); none is in the code. A fact that decides whether something is due is given or refused
//! (`missing`). With the contribution group `none` only taxes are computed, for any pay period.
//! What stays out is said by `leaves_out` in `rulesets/de/payroll/ruleset.toml`.

mod amounts;
mod check;
mod choices;
mod church_tax;
mod dates;
mod days;
mod facts;
mod flat_tax;
mod fund;
mod items;
mod law;
mod missing;
mod net_pay;
mod parenthood;
mod rounding;
mod social;
mod steps;
mod sums;
mod wage_tax;

pub use choices::{
    Chart, Church, Employment, FlatTaxKind, HealthInsurance, NetDeductionKind, PayPeriod,
    PensionInsurance, ScheduleKind, State, TaxClass,
};
pub use facts::{FlatTaxedBenefit, NetDeduction, OtherJob, Payment};
pub use items::{Finding, Item};
pub use law::{
    AgeRelief, ChurchTax, ChurchTaxCap, ContributionYear, FlatChurchTax, FlatTax, Law,
    PensionRelief, Schedule,
};
pub use steps::{
    BaseStep, PayStep, ReliefStep, SocialStep, Step, SurchargeStep, TariffStep, TaxStep,
};

use stele_sdk::prelude::*;

/// Where this rule writes its lines, findings and steps.
pub type Payslip = Outcome<Item, Finding, Step>;

/// The rule: German payroll.
pub struct GermanyPayroll;

impl Rule for GermanyPayroll {
    const NAME: &'static str = "payroll-de";
    const MEANING: &'static str = "Payroll in Germany: wage tax and solidarity surcharge by the official flow chart, church tax \
         by state, pension, unemployment, health and care insurance with mini-jobs and the \
         transition zone, levies, net pay and employer cost.";

    type Facts = Payment;
    type Parameters = Law;
    type Item = Item;
    type Figure = Nothing;
    type Finding = Finding;
    type Step = Step;

    fn check(law: &Law) -> Result<(), Fault> {
        check::check(law)
    }

    fn evaluate(law: &Law, payment: &Payment, out: &mut Payslip) -> Result<(), Fault> {
        dates::check(payment)?;
        days::check(payment)?;
        net_pay::check(payment)?;
        let group = social::Group::read(payment)?;
        let year = law.contribution_year(i64::from(payment.on.year()))?;
        let earned = net_pay::earnings(payment, out);
        let (taxes, on_pay) = match flat_tax::on_pay(payment, group.as_ref())? {
            Some(kind) => (Decimal::ZERO, flat_tax::of_pay(law, payment, kind, out)?),
            None => (taxes(law, year, payment, group.as_ref(), out)?, Decimal::ZERO),
        };
        let flat_tax = on_pay + flat_tax::of_benefits(law, payment, out)?;
        flat_tax::say_assumption(law, payment, out);
        let Some(group) = group else {
            return Ok(());
        };
        let contributions = social::contributions(law, year, payment, &group, out)?;
        let subsidy = social::subsidy(year, payment, out);
        let sums = net_pay::Sums { earned, taxes, contributions, subsidy, flat_tax };
        net_pay::settle(payment, &sums, out);
        Ok(())
    }
}

/// Taxes by the employee's class: wage tax, solidarity surcharge, church tax.
fn taxes(
    law: &Law,
    year: &ContributionYear,
    payment: &Payment,
    group: Option<&social::Group>,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let inputs = wage_tax::Inputs::read(law, payment, group)?;
    wage_tax::say_assumptions(payment, &inputs, out);
    let mut tax = wage_tax::wage_tax(law, year, &inputs, out.explaining())?;
    let state_taxes = net_pay::taxes(&mut tax, out);
    Ok(state_taxes + church_tax::church_tax(law, payment, &inputs, &tax, out)?)
}

stele_sdk::export!(GermanyPayroll);
