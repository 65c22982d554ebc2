//! Pay in mainland China: what is withheld from it in a month, what the employer adds, and what is
//! paid out.
//!
//! The rule follows the statute from top to bottom: social insurance and housing fund
//! (`contributions` by city, `given_terms` where the caller knows the city, `bases`, `housing_fund`,
//! `total_contributions`), individual income tax (`withholding` says by which method, `earlier_months`
//! what of the year is not known: on wages cumulatively in `income_tax`, on labour remuneration in `labour_remuneration`,
//! of people who are not resident in `non_resident`), the annual one-off bonus (`annual_bonus`), the
//! payment for ending the employment (`severance`), what else is kept back (`net_deductions`), and
//! the sum of it all (`net_pay`). Every number of the law is a dated parameter (`law`); none is in
//! the code. What stays out: income that is not paid for work, and the annual settlement.

mod adjustments;
mod annual_bonus;
mod bases;
mod contributions;
mod earlier_months;
mod facts;
mod figures;
mod given_terms;
mod housing_fund;
mod income_tax;
mod items;
mod labour_remuneration;
mod law;
mod net_deductions;
mod net_pay;
mod non_resident;
mod severance;
mod total_contributions;
mod withholding;

pub use facts::{
    Adjustment, AdjustmentKind, BasicDeduction, BonusTaxation, Branch, City, ContributionTerm,
    IncomeKind, Month, NetDeduction, NetDeductionKind, TaxResidence,
};
pub use figures::Figure;
pub use items::{Finding, Item};
pub use law::{AverageWage, Bracket, Contribution, HousingFund, Law};

use stele_sdk::prelude::*;

use crate::net_pay::Taxes;
use crate::withholding::Method;

/// Where this rule writes its lines, findings and steps.
pub type Payslip = Outcome<Item, Finding, Step>;

stele_sdk::provisions! {
    /// How each line comes about, in the order of a payslip.
    pub enum Step = {
        net_pay::earnings,
        bases::declared,
        contributions::{computed_elsewhere, shared, employer_alone, work_injury},
        housing_fund::shares,
        given_terms::{given_to_both, given_to_employer, fixed_amounts, decimals},
        total_contributions::total,
        net_pay::income,
        adjustments::added,
        income_tax::{withhold, additional_deductions, basic_deduction, tax_of_month},
        labour_remuneration::{by_payment, taxable_payment, of_agent, income_so_far, cumulatively},
        non_resident::{wages, labour_remuneration, taxed_in_china, by_monthly_table},
        annual_bonus::{tax_of_resident, tax_of_non_resident},
        severance::{tax, local_average_wage},
        net_deductions::kept_back,
        net_pay::{net_pay, employer_cost},
    };
}

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
    type Figure = Figure;
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
        net_pay::earnings(month, out);
        let contributions = contributions::contributions(law, month, method, out)?;
        let merged = !bonus.combined_with_wages.is_zero();
        let income = net_pay::income(month, merged, out);
        let taxes = Taxes {
            income: withholding::tax(law, month, method, income, contributions.employee, out)?,
            annual_bonus: annual_bonus::tax(law, month, method, &bonus, out),
            severance: severance::tax(law, month, out)?,
        };
        let deductions = net_deductions::deductions(law, month, out);
        net_pay::net_pay(month, &contributions, &taxes, deductions, out);
        net_pay::employer_cost(month, &contributions, out);
        Ok(())
    }
}

stele_sdk::export!(ChinaPayroll);
