//! What the state in which an employee works takes from the pay: income tax by the state's
//! withholding publication, taxes of its cities, and the employee's contributions to its insurances.
//!
//! Each state is a file here and a section of `rulesets/us/payroll/parameters.toml`; how the next one
//! is added stands in `docs/adding-a-us-state.md`. A state without income tax has no line. A state
//! that the ruleset does not know is refused: nothing is withheld by guess. Only the state of work
//! counts; agreements between states and taxes of the state of residence stay out.

mod california;
mod choices;
mod flat_tax;
mod illinois;
mod insurance;
mod law;
mod law_check;
mod massachusetts;
mod new_jersey;
mod new_york;
mod new_york_city;
mod pennsylvania;
mod year;
mod yonkers;

pub use choices::{Locality, NewJerseyTable, Schedule, State, StateFilingStatus, StateInsurance};
pub use law::{
    AnnualBracket, AnnualTerms, CaliforniaAllowance, CaliforniaPeriod, CityBracket,
    HouseholdCredit, MassachusettsPeriod, MassachusettsTerms, NewJerseyAllowance, NewYorkAllowance,
    NewYorkLocalRates, NewYorkRecapture, NewYorkTopIncome, NewYorkTopRate, PennsylvaniaLocal,
    PeriodBracket, StateContribution, StateFlatTax, StateTerms, YonkersExclusion,
};

pub(crate) use law_check::check;

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::amounts::{cents, percent};
use crate::facts::Payment;
use crate::items::Item;
use crate::law::Law;
use crate::sentences::together;
use crate::steps::StateStep;

/// What the federal part knows of a payment when the state's turn comes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct StateWages {
    /// Pay of the period in money before any deduction, without supplemental wages.
    pub regular: Decimal,
    /// Supplemental wages that the federal law taxes at the flat rate. Others are in `regular`.
    pub supplemental: Decimal,
    /// Elective deferrals to a retirement plan out of the pay before tax.
    pub retirement: Decimal,
    /// Contributions to a cafeteria plan out of the pay.
    pub cafeteria: Decimal,
    /// Contributions to a health savings account out of the pay, by a cafeteria plan.
    pub health_savings: Decimal,
    /// Social security and Medicare withheld from this payment.
    pub social_security_and_medicare: Decimal,
}

impl StateWages {
    /// Deductions that the state knows: not every state knows every one.
    fn deducted(&self, terms: &StateTerms) -> Decimal {
        let mut deducted = Decimal::ZERO;
        for (reduces, deduction) in [
            (terms.retirement, self.retirement),
            (terms.cafeteria, self.cafeteria),
            (terms.health_savings, self.health_savings),
        ] {
            if reduces {
                deducted += deduction;
            }
        }
        deducted
    }

    /// Regular wages that the state taxes.
    fn taxable(&self, terms: &StateTerms) -> Decimal {
        (self.regular - self.deducted(terms)).max(Decimal::ZERO)
    }

    /// Supplemental wages less the deductions for which the regular wages do not suffice, as where a
    /// bonus is paid by itself.
    fn taxable_supplemental(&self, terms: &StateTerms) -> Decimal {
        let left = (self.deducted(terms) - self.regular).max(Decimal::ZERO);
        (self.supplemental - left).max(Decimal::ZERO)
    }

    /// Says which wages the state taxes.
    fn explain(&self, terms: &StateTerms, out: &mut Payslip) {
        out.step(|| {
            let pay = self.regular + self.supplemental;
            let deductions = self.deducted(terms);
            let regular = self.taxable(terms);
            if self.supplemental.is_zero() {
                return StateStep::StateWages { pay, deductions, wages: regular };
            }
            let supplemental = self.taxable_supplemental(terms);
            StateStep::StateWagesApart { pay, deductions, regular, supplemental }
        });
    }
}

/// What a state's file of law withholds, before what the employee asked for on top.
struct Withheld {
    /// On regular wages, and on supplemental wages that are taken with them.
    regular: Decimal,
    /// On supplemental wages apart.
    supplemental: Decimal,
}

impl Withheld {
    fn nothing() -> Self {
        Self { regular: Decimal::ZERO, supplemental: Decimal::ZERO }
    }
}

/// Everything that the state of work withholds from a payment: the sum of its lines.
pub(crate) fn withhold(
    law: &Law,
    payment: &Payment,
    mut wages: StateWages,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let Some(terms) = terms(law, payment)? else {
        return Ok(Decimal::ZERO);
    };
    refuse_facts_of_other_states(payment, terms)?;
    let mut sum = insurance::contribute(law, payment, terms.state, wages, out);
    if !terms.income_tax {
        return Ok(sum);
    }
    wages.explain(terms, out);
    wages.supplemental = wages.taxable_supplemental(terms);
    let exempt = payment.state_exempt == Some(true);
    let tax = match terms.state {
        _ if exempt => {
            let wages = wages.taxable(terms) + wages.supplemental;
            out.step(|| StateStep::StateExempt { wages });
            Withheld::nothing()
        }
        State::California => california::withhold(law, payment, terms, wages, out)?,
        State::NewYork => new_york::withhold(law, payment, terms, wages, out)?,
        State::Illinois => illinois::withhold(law, payment, terms, wages, out)?,
        State::Pennsylvania => pennsylvania::withhold(law, payment, terms, wages, out)?,
        State::Massachusetts => massachusetts::withhold(law, payment, terms, wages, out)?,
        State::NewJersey => new_jersey::withhold(law, payment, terms, wages, out)?,
        state => return Err(not_written(state)),
    };
    let extra = payment.state_extra_withholding.unwrap_or_default();
    if !extra.is_zero() {
        out.step(|| StateStep::StateExtra { amount: extra });
    }
    together(&[tax.regular, tax.supplemental, extra], out);
    let line = tax.regular + tax.supplemental + extra;
    out.line_about(Item::StateIncomeTax, terms.state.name(), line);
    sum += line;
    sum += match terms.state {
        State::NewYork if !exempt => local_taxes_of_new_york(law, payment, terms, wages, out)?,
        State::Pennsylvania => {
            pennsylvania::local_taxes(law, payment, wages.taxable(terms) + wages.supplemental, out)?
        }
        _ => Decimal::ZERO,
    };
    Ok(sum)
}

/// Tax of a resident on a whole year's wages, as an estimate.
pub(crate) fn estimate_year(
    law: &Law,
    payment: &Payment,
    wages: StateWages,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let Some(terms) = terms(law, payment)? else {
        return Ok(Decimal::ZERO);
    };
    refuse_facts_of_other_states(payment, terms)?;
    if !terms.income_tax {
        return Ok(Decimal::ZERO);
    }
    wages.explain(terms, out);
    let tax = year::tax(law, payment, terms.state, wages.taxable(terms), out)?;
    out.line_about(Item::StateIncomeTax, terms.state.name(), tax);
    Ok(tax)
}

/// The state of work, if it is given and known.
fn terms<'a>(law: &'a Law, payment: &Payment) -> Result<Option<&'a StateTerms>, Fault> {
    let Some(state) = payment.state else {
        return match state_facts(payment).into_iter().find(|(given, _)| *given) {
            None => Ok(None),
            Some((_, fact)) => Err(Fault::fact(
                fact,
                "must be left out where the state of work is not given, found a value",
            )),
        };
    };
    if let Some(terms) = law.states.iter().find(|row| row.state == state) {
        return Ok(Some(terms));
    }
    let known: Vec<&str> = law.states.iter().map(|row| row.state.name()).collect();
    let on = payment.on;
    Err(Fault::fact(
        Payment::STATE,
        if known.is_empty() {
            format!(
                "no state is known on {on}: the tables of the states begin on 2025-01-01; found {}",
                state.name()
            )
        } else {
            format!(
                "must be a state whose law is known on {on} ({}), found {}",
                known.join(", "),
                state.name()
            )
        },
    )
    .citing("docs/adding-a-us-state.md"))
}

/// Facts that only a state's law reads.
fn state_facts(payment: &Payment) -> [(bool, stele_sdk::FactField); 12] {
    [
        (payment.state_filing_status.is_some(), Payment::STATE_FILING_STATUS),
        (payment.state_allowances.is_some(), Payment::STATE_ALLOWANCES),
        (payment.state_additional_allowances.is_some(), Payment::STATE_ADDITIONAL_ALLOWANCES),
        (payment.state_extra_withholding.is_some(), Payment::STATE_EXTRA_WITHHOLDING),
        (payment.state_exempt.is_some(), Payment::STATE_EXEMPT),
        (payment.locality.is_some(), Payment::LOCALITY),
        (payment.new_york_city_allowances.is_some(), Payment::NEW_YORK_CITY_ALLOWANCES),
        (payment.local_income_tax_rate.is_some(), Payment::LOCAL_INCOME_TAX_RATE),
        (payment.local_services_tax.is_some(), Payment::LOCAL_SERVICES_TAX),
        (payment.new_jersey_table.is_some(), Payment::NEW_JERSEY_TABLE),
        (payment.blindness.is_some(), Payment::BLINDNESS),
        (
            payment.earlier_massachusetts_deduction.is_some(),
            Payment::EARLIER_MASSACHUSETTS_DEDUCTION,
        ),
    ]
}

/// A fact that the law of this state does not know is a mistake, not something to pass over.
fn refuse_facts_of_other_states(payment: &Payment, terms: &StateTerms) -> Result<(), Fault> {
    let state = terms.state;
    let taxes = terms.income_tax;
    let knows = [
        true, // a filing status says nothing wrong anywhere
        taxes && state != State::Pennsylvania,
        matches!(state, State::California | State::Illinois),
        taxes,
        taxes,
        state == State::NewYork,
        state == State::NewYork && payment.locality == Some(Locality::NewYorkCity),
        state == State::Pennsylvania,
        state == State::Pennsylvania,
        state == State::NewJersey,
        state == State::Massachusetts,
        state == State::Massachusetts,
    ];
    for ((given, fact), knows) in state_facts(payment).into_iter().zip(knows) {
        if given && !knows {
            let message = format!(
                "must be left out: the law of {} does not know it here, found a value",
                state.name()
            );
            return Err(Fault::fact(fact, message));
        }
    }
    let extra = payment.state_extra_withholding.unwrap_or_default();
    if payment.state_exempt == Some(true) && !extra.is_zero() {
        return Err(Fault::fact(
            Payment::STATE_EXTRA_WITHHOLDING,
            format!("must be absent or 0 for one who is exempt from withholding, found {extra}"),
        ));
    }
    Ok(())
}

/// Taxes of New York City and Yonkers.
fn local_taxes_of_new_york(
    law: &Law,
    payment: &Payment,
    terms: &StateTerms,
    wages: StateWages,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let Some(locality) = payment.locality else {
        return Ok(Decimal::ZERO);
    };
    let (city, tax) = match locality {
        Locality::NewYorkCity => {
            ("new_york_city", new_york_city::withhold(law, payment, terms, wages, out)?)
        }
        Locality::Yonkers => ("yonkers", yonkers::surcharge(law, payment, terms, wages, out)?),
        Locality::YonkersNonresident => {
            ("yonkers", yonkers::earnings_tax(law, payment, terms, wages, out)?)
        }
    };
    out.line_about(Item::LocalIncomeTax, city, tax);
    Ok(tax)
}

/// The parameters name a state whose law is not written.
fn not_written(state: State) -> Fault {
    Fault::fact(
        Payment::STATE,
        format!("{} taxes wages by the ruleset, but the rule holds no law of it", state.name()),
    )
    .citing("docs/adding-a-us-state.md")
}

/// A table lacks what the employee's facts ask for.
fn no_table(payment: &Payment, what: &str) -> Fault {
    let state = payment.state.map_or("no state", |state| state.name());
    Fault::fact(
        Payment::PAY_FREQUENCY,
        format!(
            "{state}: no {what} is known for {} on {}",
            payment.pay_frequency.name(),
            payment.on
        ),
    )
}

/// Rate of supplemental wages, or none where they are taken with the regular wages.
fn supplemental_tax(
    terms: &StateTerms,
    payment: &Payment,
    wages: Decimal,
    out: &mut Payslip,
) -> Option<Decimal> {
    let other =
        terms.other_supplemental_rate.filter(|_| payment.supplemental_is_no_bonus == Some(true));
    let rate = other.or(terms.supplemental_rate)?;
    let tax = cents(wages * rate);
    if !wages.is_zero() {
        out.step(|| StateStep::StateSupplemental { wages, rate: percent(rate), tax });
    }
    Some(tax)
}
