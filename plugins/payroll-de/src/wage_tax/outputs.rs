//! The outputs of the chart.

use stele_sdk::prelude::*;

use crate::choices::PayPeriod;
use crate::items::Item;
use crate::steps::TaxStep;
use crate::wage_tax::current::Current;
use crate::wage_tax::{Context, Notes, PartOfMonth, share_of_period};

/// Taxes of the period, and what the chart yields beside them. Amounts are euros.
#[derive(Default)]
pub(crate) struct WageTax {
    /// LSTLZZ
    pub tax: Decimal,
    /// SOLZLZZ
    pub solidarity: Decimal,
    /// BK
    pub church_base: Decimal,
    /// STS
    pub one_off_tax: Decimal,
    /// SOLZS
    pub one_off_solidarity: Decimal,
    /// BKS
    pub one_off_church_base: Decimal,
    /// STV
    pub multi_year_tax: Decimal,
    /// SOLZV
    pub multi_year_solidarity: Decimal,
    /// BKV
    pub multi_year_church_base: Decimal,
    /// VFRB, VFRBS1, VFRBS2
    pub allowances_used: [Decimal; 3],
    /// WVFRB, WVFRBO, WVFRBM
    pub above_basic_allowance: [Decimal; 3],
    /// VKVLZZ, VKVSONST
    pub private_insurance: [Decimal; 2],
    /// ZVE with child allowances of the year, for the limit of church tax.
    pub surcharge_income: Decimal,
    /// ZVE of the year without and with one-off payments, for the limit of church tax.
    pub one_off_incomes: [Decimal; 2],
    /// Tax of the year without one-off payments, for the limit of church tax.
    pub tax_without_one_off: Decimal,
    /// How these amounts came about.
    pub notes: Notes,
}

impl WageTax {
    /// UPLSTLZZ, UPVKVLZZ and the ends of MBERECH and MSOLZ: yearly amounts to the period.
    pub(crate) fn of_current_wages(context: &Context<'_>, current: &Current, notes: Notes) -> Self {
        let period = context.inputs.pay_period;
        let church_base = match context.inputs.church {
            true => share_of_period(current.surcharge_base, period),
            false => Decimal::ZERO,
        };
        let zero = Decimal::ZERO;
        let private_insurance = share_of_period(current.private_insurance, period);
        let mut notes = notes;
        notes.part(Item::PrivateInsurance, current.private_insurance, period, private_insurance);
        Self {
            tax: share_of_period(current.tax, period),
            solidarity: share_of_period(current.solidarity, period),
            church_base,
            allowances_used: [current.allowances_used, zero, zero],
            above_basic_allowance: [current.income_above_basic_allowance, zero, zero],
            private_insurance: [private_insurance, zero],
            surcharge_income: current.surcharge_income,
            notes,
            ..Self::default()
        }
    }

    /// R 39b.5 Abs. 2 LStR: the amounts of a day, multiplied by the days of the employment.
    pub(crate) fn of_days(&mut self, part: PartOfMonth) {
        let notes = &mut self.notes;
        let amounts = [
            (Item::WageTax, &mut self.tax),
            (Item::SolidaritySurcharge, &mut self.solidarity),
            (Item::ChurchTaxBase, &mut self.church_base),
            (Item::PrivateInsurance, &mut self.private_insurance[0]),
        ];
        for (item, amount) in amounts {
            let of_a_day = *amount;
            *amount = of_a_day * Decimal::from(part.days);
            let amount = *amount;
            notes.step(item, || TaxStep::OfDays { of_a_day, days: part.days, amount });
        }
    }

    /// What of the yearly taxes falls to the period.
    pub(crate) fn note_parts(&mut self, current: &Current, period: PayPeriod) {
        let notes = &mut self.notes;
        notes.part(Item::WageTax, current.tax, period, self.tax);
        notes.part(Item::SolidaritySurcharge, current.solidarity, period, self.solidarity);
        notes.part(Item::ChurchTaxBase, current.surcharge_base, period, self.church_base);
    }
}
