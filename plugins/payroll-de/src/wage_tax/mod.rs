//! Wage tax by the flow chart of the Federal Ministry of Finance (Programmablaufplan für die
//! maschinelle Berechnung der vom Arbeitslohn einzubehaltenden Lohnsteuer), EStG § 39b.
//!
//! A file a part of the chart, in its order; the name of each of its programs stands in the comment
//! of the function that is it. Amounts are euros where the chart has cents. One rule serves three
//! editions: what differs is a parameter where a number differs, and a `match` on the edition where
//! a step differs (the provision allowance, the make-up of December 2024, two roundings).

mod adjustment;
mod age_relief;
mod allowances;
mod annual_tax;
mod annual_wage;
mod assumptions;
mod classes_five_and_six;
mod current;
mod december_2024;
mod inputs;
mod insurance;
mod multi_year;
mod notes;
mod one_off;
mod outputs;
mod pension_relief;
mod period;
mod provision;
mod provision_both_editions;
mod provision_until_2025;
mod solidarity;
mod tariff;

pub(crate) use assumptions::say as say_assumptions;
pub(crate) use inputs::{Inputs, PartOfMonth};
pub(crate) use notes::Notes;
pub(crate) use outputs::WageTax;
pub(crate) use period::share_of_period;

use stele_sdk::prelude::*;

use crate::choices::{Chart, PayPeriod, ScheduleKind, TaxClass};
use crate::law::{ContributionYear, Law, Schedule};

/// What every part of the chart needs: the law, and the inputs.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub law: &'a Law,
    pub schedule: &'a Schedule,
    pub year: &'a ContributionYear,
    pub inputs: &'a Inputs,
}

impl Context<'_> {
    /// KZTAB: 2 where the splitting procedure applies (class III), else 1.
    pub(crate) fn splitting(&self) -> bool {
        self.inputs.tax_class == TaxClass::Three
    }

    /// SOLZFREI × KZTAB, as MSOLZ leaves it.
    pub(crate) fn solidarity_exemption(&self) -> Decimal {
        let exemption = self.schedule.solidarity_exemption;
        if self.splitting() { exemption + exemption } else { exemption }
    }

    /// An amount multiplied by the factor of class IV, cut to whole euros.
    pub(crate) fn times_factor(&self, tax: Decimal) -> Decimal {
        match self.inputs.factor {
            Some(factor) => crate::rounding::euros_down(tax * factor),
            None => tax,
        }
    }
}

/// MAIN (Steuerung): current wages, then one-off payments, then pay for several years.
pub(crate) fn wage_tax(
    law: &Law,
    year: &ContributionYear,
    inputs: &Inputs,
    explain: bool,
) -> Result<WageTax, Fault> {
    let schedule = law.schedule(ScheduleKind::Regular)?;
    let context = Context { law, schedule, year, inputs };
    let wage = annual_wage::of_period(inputs);
    let period = pension_relief::Months::of_period(inputs);
    let reliefs = pension_relief::reliefs(&context, &wage, period, Decimal::ZERO)?;

    let mut notes = Notes::new(explain);
    let current = current::current_wages(&context, &wage, &reliefs, &mut notes)?;
    let mut tax = WageTax::of_current_wages(&context, &current, notes);
    if law.chart == Chart::December2024 && inputs.pay_period != PayPeriod::Year {
        let until_november =
            Context { schedule: law.schedule(ScheduleKind::UntilNovember2024)?, ..context };
        let before = current::withheld_until_november(&until_november, &wage, &reliefs)?;
        december_2024::make_up(inputs, &current, &before, &mut tax);
    } else {
        tax.note_parts(&current, inputs.pay_period);
    }
    if let Some(adjustment) = inputs.adjustment {
        tax.less_withheld(adjustment);
    }
    if let Some(part) = inputs.part_of_month {
        tax.of_days(part);
    }
    let one_off = one_off::one_off_payments(&context, &mut tax)?;
    if law.chart == Chart::December2024 {
        multi_year::pay_for_several_years(&context, &current, one_off, &mut tax)?;
    }
    Ok(tax)
}
