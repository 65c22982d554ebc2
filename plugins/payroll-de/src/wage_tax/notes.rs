//! What the explanation says of the wage tax, kept until the lines are written: the chart computes
//! several lines at once, and not in the order of the payslip.

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::choices::PayPeriod;
use crate::items::Item;
use crate::steps::{ReliefStep, Step, SurchargeStep, TaxStep};
use crate::wage_tax::allowances::{Allowances, Reduced};
use crate::wage_tax::annual_tax::{self, AnnualTax};
use crate::wage_tax::annual_wage::AnnualWage;
use crate::wage_tax::{Context, provision};

/// Steps by the item of the line that they lead to.
#[derive(Default)]
pub(crate) struct Notes {
    explain: bool,
    steps: Vec<(Item, Step)>,
}

impl Notes {
    /// Notes that are kept only if an explanation is asked for.
    pub(crate) fn new(explain: bool) -> Self {
        Self { explain, steps: Vec::new() }
    }

    /// Was an explanation asked for?
    pub(crate) fn explaining(&self) -> bool {
        self.explain
    }

    /// A step that leads to the line of that item.
    pub(crate) fn step<S: Into<Step>>(&mut self, item: Item, step: impl FnOnce() -> S) {
        if self.explain {
            self.steps.push((item, step().into()));
        }
    }

    /// Forgets what led to these items, for a part of the chart that is run again.
    pub(crate) fn forget(&mut self, items: &[Item]) {
        if self.explain {
            self.steps.retain(|(item, _)| !items.contains(item));
        }
    }

    /// Writes the steps that lead to the line of this item.
    pub(crate) fn lead_to(&mut self, item: Item, out: &mut Payslip) {
        for (_, step) in self.steps.extract_if(.., |(of, _)| *of == item) {
            out.step(|| step);
        }
    }

    /// How the tax of a year comes about, from the wages to the schedule, for these items.
    #[cold]
    pub(crate) fn annual_tax(&mut self, items: &[Item], of: &Derivation<'_>) {
        let mut steps = of.taxable_income();
        steps.extend(annual_tax::explain(of.context, of.taxed.income).into_iter().map(Step::from));
        steps.push(of.tax().into());
        for &item in items {
            self.steps.extend(steps.iter().map(|step| (item, step.clone())));
        }
    }

    /// How the income above the basic allowance comes about.
    #[cold]
    pub(crate) fn above_basic_allowance(&mut self, item: Item, of: &Derivation<'_>) {
        let basic = of.context.schedule.basic_allowance;
        let income = of.taxed.income;
        self.steps.extend(of.taxable_income().into_iter().map(|step| (item, step)));
        self.step(item, || TaxStep::AboveBasicAllowance { income, basic, amount: income - basic });
    }

    /// Whether allowances for children count for a surcharge, and the tax that they leave.
    #[cold]
    pub(crate) fn surcharge_base(
        &mut self,
        items: &[Item],
        context: &Context<'_>,
        children: Decimal,
        income: Decimal,
        tax: Decimal,
    ) {
        let steps = match children.is_zero() {
            true => vec![SurchargeStep::WithoutChildAllowances { tax }.into()],
            false => {
                let mut steps =
                    vec![SurchargeStep::WithChildAllowances { children, income }.into()];
                let by_schedule = annual_tax::explain(context, income);
                steps.extend(by_schedule.into_iter().map(Step::from));
                let whole = annual_tax::tax_on(context, income).tax;
                let class = context.inputs.tax_class.name().to_owned();
                steps.push(TaxStep::AnnualTax { class, income, tax: whole }.into());
                if let Some(factor) = context.inputs.factor {
                    let step = TaxStep::TimesFactor { tax: whole, factor, reduced: tax };
                    steps.push(step.into());
                }
                steps
            }
        };
        for &item in items {
            self.steps.extend(steps.iter().map(|step: &Step| (item, step.clone())));
        }
    }

    /// What of a yearly amount falls to the period; in a year's calculation all of it, which needs
    /// no words.
    pub(crate) fn part(&mut self, item: Item, yearly: Decimal, period: PayPeriod, amount: Decimal) {
        if period != PayPeriod::Year {
            self.step(item, || TaxStep::PartOfPeriod {
                yearly,
                part: period.part_in_words(),
                amount,
            });
        }
    }
}

/// From the wages of a year to the tax on them.
pub(crate) struct Derivation<'a> {
    pub context: &'a Context<'a>,
    pub wage: &'a AnnualWage,
    /// Exempt part of a pension.
    pub exemption: Decimal,
    /// Relief for old age.
    pub age: Decimal,
    /// How both come about.
    pub reliefs: Vec<ReliefStep>,
    pub reduced: Reduced,
    pub allowed: Allowances,
    /// ZRE4VP: the wages for the provision allowance.
    pub insurable: Decimal,
    /// MBV: benefits from equity within `insurable`.
    pub equity: Decimal,
    pub taxed: AnnualTax,
}

impl Derivation<'_> {
    fn taxable_income(&self) -> Vec<Step> {
        let (wage, allowed, reduced) = (self.wage, &self.allowed, self.reduced.wages);
        let mut steps: Vec<Step> = self.reliefs.iter().cloned().map(Step::from).collect();
        steps.extend([
            Step::from(TaxStep::AnnualWages {
                wages: wage.gross,
                exemption: self.exemption,
                age: self.age,
                allowance: wage.allowance,
                addition: wage.addition,
                reduced,
            }),
            ReliefStep::FixedAllowances {
                expenses: allowed.expenses,
                special_expenses: allowed.special_expenses,
                single_parent: allowed.single_parent,
                supplement: allowed.supplement,
                total: allowed.total,
            }
            .into(),
        ]);
        let (wages, equity, counted) = (wage.gross, self.equity, self.insurable);
        if counted != wages {
            let compensation = wages + equity - counted;
            let step = TaxStep::CountedForProvision { wages, equity, compensation, counted };
            steps.push(step.into());
        }
        let of_provision = provision::explain(self.context, self.insurable);
        steps.extend(of_provision.into_iter().map(Step::from));
        let (allowances, provision) = (allowed.total, self.taxed.provision.allowance);
        steps.push(match self.taxed.income.is_zero() {
            true => TaxStep::NoTaxableIncome { reduced, allowances, provision }.into(),
            false => {
                let income = self.taxed.income;
                TaxStep::TaxableIncome { reduced, allowances, provision, income }.into()
            }
        });
        steps
    }

    fn tax(&self) -> TaxStep {
        TaxStep::AnnualTax {
            class: self.context.inputs.tax_class.name().to_owned(),
            income: self.taxed.income,
            tax: self.taxed.tax,
        }
    }
}
