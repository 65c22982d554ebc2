//! Pay in mainland China: what is withheld from it in a month, what the employer adds, and what is
//! paid out.
//!
//! The rule follows the statute from top to bottom: social insurance and housing fund
//! (`contributions` by city, `given_terms` where the caller knows the city, `bases`, `housing_fund`,
//! `shares`, `branches`), individual income tax (`withholding` says by which method, `earlier_months`
//! what of the year is not known: on wages cumulatively in `income_tax`, on labour remuneration in `labour_remuneration`,
//! of people who are not resident in `non_resident`), the annual one-off bonus (`annual_bonus`), the
//! payment for ending the employment (`severance`), what else is kept back (`net_deductions`), and
//! the sum of it all (`net_pay`). Every number of the law is a dated parameter (`law`); none is in
//! the code. What stays out: income that is not paid for work, and the annual settlement.

mod annual_bonus;
mod bases;
mod brackets;
mod branches;
mod contributions;
mod earlier_months;
mod facts;
mod given_terms;
mod housing_fund;
mod income_tax;
mod items;
mod labour_remuneration;
mod law;
mod net_deductions;
mod net_pay;
mod non_resident;
mod rounding;
mod severance;
mod shares;
mod steps;
mod withholding;

pub use facts::{
    Adjustment, AdjustmentKind, BasicDeduction, BonusTaxation, Branch, City, ContributionTerm,
    IncomeKind, Month, NetDeduction, NetDeductionKind, TaxResidence,
};
pub use items::{Finding, Item};
pub use law::{AverageWage, Bracket, Contribution, HousingFund, Law};
pub use steps::{ApartStep, CumulativeStep, PayStep, SocialStep, Step};

use stele_sdk::prelude::*;

use crate::withholding::Method;

/// Where this rule writes its lines, findings and steps.
pub type Payslip = Outcome<Item, Finding, Step>;

/// The rule: Chinese payroll.
pub struct ChinaPayroll;

impl Rule for ChinaPayroll {
    const NAME: &'static str = "payroll-cn";
    const MEANING: &'static str = "Monthly payroll in mainland China: individual income tax on wages by cumulative withholding, \
         on labour remuneration and of non-residents, the annual one-off bonus, the severance \
         exemption, the five social insurances and the housing fund by city, deductions from net \
         pay, net pay and employer cost.";

    type Facts = Month;
    type Parameters = Law;
    type Item = Item;
    type Figure = Nothing;
    type Finding = Finding;
    type Step = Step;

    fn check(law: &Law) -> Result<(), Fault> {
        law::check(law)
    }

    fn evaluate(law: &Law, month: &Month, out: &mut Payslip) -> Result<(), Fault> {
        let method = Method::of(month)?;
        let bonus = annual_bonus::choice(month, out)?;
        withholding::check(month, method)?;
        earlier_months::say_what_is_not_stated(month, method, out);
        let paid = net_pay::earnings(month, out);
        let contributions = contributions::contributions(law, month, method, out)?;
        let income = paid.taxed + annual_bonus::merged_with_wages(&bonus, out);
        let income_tax = withholding::tax(law, month, method, income, contributions.employee, out)?;
        let bonus_tax = annual_bonus::tax(law, method, &bonus, out)?;
        let severance_tax = severance::tax(law, month, out)?;
        let deductions = net_deductions::deductions(law, month, &paid, out);
        let tax = income_tax + bonus_tax + severance_tax;
        net_pay::settle(&paid, &contributions, tax, deductions, out);
        Ok(())
    }
}

stele_sdk::export!(ChinaPayroll);
