//! Wages in mainland China: what is withheld from an employee's pay in a month, what the employer
//! adds, and what is paid out.
//!
//! The rule follows the statute from top to bottom: social insurance and housing fund
//! (`contributions`, `housing_fund`, `shares`), individual income tax on wages by cumulative
//! withholding (`income_tax`), the annual one-off bonus (`annual_bonus`), the payment for ending the
//! employment (`severance`), and the sum of it all (`net_pay`). Every number of the law is a
//! dated parameter (`law`); none is in the code. What stays out: income other than wages, the
//! annual settlement, and people who are not resident for tax.

mod annual_bonus;
mod brackets;
mod contributions;
mod facts;
mod housing_fund;
mod income_tax;
mod items;
mod law;
mod net_pay;
mod rounding;
mod severance;
mod shares;
mod steps;

pub use facts::{
    Adjustment, AdjustmentKind, BasicDeduction, BonusTaxation, Branch, City, ContributionTerm,
    Month,
};
pub use items::{Finding, Item};
pub use law::{AverageWage, Bracket, Contribution, HousingFund, Law};
pub use steps::Step;

use stele_sdk::prelude::*;

/// Where this rule writes its lines, findings and steps.
pub type Payslip = Outcome<Item, Finding, Step>;

/// The rule: Chinese payroll for resident employees.
pub struct ChinaPayroll;

impl Rule for ChinaPayroll {
    const NAME: &'static str = "payroll-cn";
    const MEANING: &'static str = "Monthly payroll in mainland China for employees who are resident for tax: individual income \
         tax on wages by cumulative withholding, the annual one-off bonus, the severance exemption, \
         the five social insurances and the housing fund by city, net pay and employer cost.";

    type Facts = Month;
    type Parameters = Law;
    type Item = Item;
    type Finding = Finding;
    type Step = Step;

    fn check(law: &Law) -> Result<(), Fault> {
        law::check(law)
    }

    fn evaluate(law: &Law, month: &Month, out: &mut Payslip) -> Result<(), Fault> {
        let bonus = annual_bonus::choice(month)?;
        let paid = net_pay::earnings(month, out);
        let contributions = contributions::contributions(law, month, out)?;
        let wages = paid.wages + annual_bonus::merged_with_wages(&bonus, out);
        let wage_tax = income_tax::withhold(law, month, wages, contributions.employee, out)?;
        let bonus_tax = annual_bonus::tax(law, &bonus, out)?;
        let severance_tax = severance::tax(law, month, out)?;
        net_pay::settle(&paid, &contributions, wage_tax + bonus_tax + severance_tax, out);
        Ok(())
    }
}

stele_sdk::export!(ChinaPayroll);
