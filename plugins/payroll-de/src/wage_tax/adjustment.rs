//! Annual adjustment by the employer (Lohnsteuer-Jahresausgleich): EStG § 42b.
//!
//! With the wages of December the tax of the year is computed on the wages of the year, and what was
//! withheld before is set against it (R 42b LStR allows to do both at once); solidarity surcharge
//! and church tax alike (EStG § 51a Abs. 1; SolZG § 1 Abs. 2). The chart computes a year as any other
//! period.

use stele_sdk::prelude::*;

use crate::choices::{Church, PayPeriod, TaxClass};
use crate::days;
use crate::facts::Payment;
use crate::items::Item;
use crate::missing;
use crate::steps::TaxStep;
use crate::wage_tax::WageTax;

const CITATION: &str = "EStG § 42b Abs. 1";
/// The month whose wages the adjustment goes with.
const DECEMBER: i8 = 12;

/// What was paid and withheld in the earlier months of the year.
#[derive(Clone, Copy)]
pub(crate) struct Adjustment {
    /// Wages, with one-off payments.
    pub wages: Decimal,
    /// Wages of this period, with one-off payments.
    pub now: Decimal,
    /// Wage tax.
    tax: Decimal,
    /// Solidarity surcharge.
    solidarity: Decimal,
    /// Church tax.
    pub church_tax: Decimal,
}

impl Adjustment {
    /// The adjustment that the facts ask for.
    pub(crate) fn read(payment: &Payment) -> Result<Option<Self>, Fault> {
        let withheld = [
            (payment.withheld_wage_tax, Payment::WITHHELD_WAGE_TAX),
            (payment.withheld_solidarity_surcharge, Payment::WITHHELD_SOLIDARITY_SURCHARGE),
            (payment.withheld_church_tax, Payment::WITHHELD_CHURCH_TAX),
        ];
        let Some(wages) = payment.wages_of_earlier_months else {
            return match withheld.into_iter().find(|(amount, _)| amount.is_some()) {
                None => Ok(None),
                Some((_, fact)) => Err(Fault::fact(
                    fact,
                    "must be left out unless wages_of_earlier_months asks for the annual adjustment, found a value",
                )
                .citing(CITATION)),
            };
        };
        refuse(payment)?;
        for (amount, fact) in withheld {
            if fact != Payment::WITHHELD_CHURCH_TAX || payment.church != Church::None {
                missing::required(
                    amount,
                    fact,
                    "with the annual adjustment: what was withheld in the earlier months (0 is allowed)",
                    CITATION,
                )?;
            }
        }
        let [tax, solidarity, church_tax] = withheld.map(|(amount, _)| amount.unwrap_or_default());
        let now = payment.gross + payment.one_off.unwrap_or_default();
        Ok(Some(Self { wages, now, tax, solidarity, church_tax }))
    }

    /// Wages of the year.
    pub(crate) fn of_year(self) -> Decimal {
        self.wages + self.now
    }
}

impl WageTax {
    /// Sets what was withheld before against the taxes of the year.
    pub(crate) fn less_withheld(&mut self, adjustment: Adjustment) {
        let Self { notes, .. } = self;
        let taxes = [
            (Item::WageTax, &mut self.tax, adjustment.tax),
            (Item::SolidaritySurcharge, &mut self.solidarity, adjustment.solidarity),
        ];
        for (item, amount, withheld) in taxes {
            let of_year = *amount;
            *amount = of_year - withheld;
            let amount = *amount;
            notes.step(item, || TaxStep::LessWithheld { of_year, withheld, amount });
        }
    }
}

/// Abs. 1 Satz 3: whom the employer may not adjust, as far as the facts show it.
fn refuse(payment: &Payment) -> Result<(), Fault> {
    let not_in = |fact, reason: String| Err(Fault::fact(fact, reason).citing(CITATION));
    if payment.on.month() != DECEMBER {
        return not_in(
            Payment::WAGES_OF_EARLIER_MONTHS,
            format!(
                "must be left out unless the period ends in December: the adjustment goes with the last wages of the year, found {}",
                payment.on
            ),
        );
    }
    if matches!(payment.tax_class, TaxClass::Five | TaxClass::Six) {
        return not_in(
            Payment::TAX_CLASS,
            format!(
                "must be I to IV for the annual adjustment, found {}",
                payment.tax_class.name()
            ),
        );
    }
    let period = payment.pay_period == PayPeriod::Year;
    let given = [
        (period, Payment::PAY_PERIOD),
        (payment.factor.is_some(), Payment::FACTOR),
        (payment.allowance.is_some(), Payment::ALLOWANCE),
        (payment.addition.is_some(), Payment::ADDITION),
        (payment.annual_allowance.is_some(), Payment::ANNUAL_ALLOWANCE),
        (payment.annual_addition.is_some(), Payment::ANNUAL_ADDITION),
        (days::part_of_month(payment).is_some(), Payment::TAX_DAYS),
        (payment.pension_pay.is_some(), Payment::PENSION_PAY),
        (payment.one_off_pension.is_some(), Payment::ONE_OFF_PENSION),
        (payment.one_off_compensation.is_some(), Payment::ONE_OFF_COMPENSATION),
        (payment.untaxed_equity.is_some(), Payment::UNTAXED_EQUITY),
        (payment.multi_year_pay.is_some(), Payment::MULTI_YEAR_PAY),
        (payment.short_time_allowance.is_some(), Payment::SHORT_TIME_ALLOWANCE),
    ];
    match given.into_iter().find(|(given, _)| *given) {
        None => Ok(()),
        Some((_, fact)) if fact == Payment::PAY_PERIOD => {
            not_in(fact, "must not be year: the year is adjusted with its last period, found year".to_owned())
        }
        Some((_, fact)) => not_in(
            fact,
            "must be left out with the annual adjustment, which the law or this ruleset does not know with it, found a value".to_owned(),
        ),
    }
}
