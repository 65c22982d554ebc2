//! What employees contribute to the insurances of the state of work: disability, family leave,
//! unemployment, workforce development, long-term care. Each is a rate on wages of its own, up to the
//! year's wage base.

use stele_sdk::prelude::*;
use stele_sdk::rounding::CENT;

use super::choices::State;
use super::law::InsuranceTerms;
use super::wages::StateWages;
use crate::amounts::{WORKING_DAYS, periods};
use crate::facts::Payment;
use crate::figures::Figure;
use crate::items::Item;
use crate::law::Law;
use crate::payslip::Payslip;
use crate::year_so_far;

/// What is contributed to each insurance.
#[derive(Clone, Copy, Default)]
pub(super) struct Insured {
    pub disability: Decimal,
    pub family_leave: Decimal,
    pub unemployment: Decimal,
    pub workforce: Decimal,
    pub long_term_care: Decimal,
}

fn of(table: &[InsuranceTerms], state: State) -> Option<&InsuranceTerms> {
    table.iter().find(|row| row.state == state)
}

/// All insurances that the state has.
fn all(law: &Law, state: State) -> impl Iterator<Item = &InsuranceTerms> {
    let tables = [
        &law.state_disability_insurance,
        &law.paid_family_leave,
        &law.state_unemployment,
        &law.workforce_development,
        &law.long_term_care,
    ];
    tables.into_iter().filter_map(move |table| of(table, state))
}

/// Whether employees contribute to an insurance of the state.
pub(super) fn is_due(law: &Law, state: State) -> bool {
    all(law, state).next().is_some()
}

/// Writes the state's contributions.
pub(super) fn contribute(
    law: &Law,
    payment: &Payment,
    state: State,
    wages: StateWages,
    out: &mut Payslip,
) -> Insured {
    if all(law, state).any(|terms| terms.wage_base.is_some()) {
        let stated = payment.earlier_state_wages;
        year_so_far::earlier(payment, "earlier_state_wages", stated, out);
    }
    let mut due = |table, contribution: Contribution| {
        of(table, state).map_or(Decimal::ZERO, |terms| contribution(terms, payment, wages, out))
    };
    Insured {
        disability: due(&law.state_disability_insurance, state_disability_insurance),
        family_leave: due(&law.paid_family_leave, paid_family_leave),
        unemployment: due(&law.state_unemployment, state_unemployment),
        workforce: due(&law.workforce_development, workforce_development),
        long_term_care: match payment.long_term_care_exempt {
            Some(true) => Decimal::ZERO,
            _ => due(&law.long_term_care, long_term_care),
        },
    }
}

/// The contribution to one insurance, with its line.
type Contribution = fn(&InsuranceTerms, &Payment, StateWages, &mut Payslip) -> Decimal;

/// The provision of one insurance, which shows the sources of its own table alone: a rate, or the
/// employee's share of one, on what of the wages lies below the year's base, to a weekly maximum.
macro_rules! insurance {
    ($name:ident, $table:ident, $item:ident, $parameter:tt) => {
        #[provision(parameters($parameter))]
        pub(super) fn $name(
            #[is(Law::$table)] terms: &InsuranceTerms,
            payment: &Payment,
            wages: StateWages,
            out: &mut Payslip,
        ) -> Decimal {
            let [pay, deductions, further] = wages.insured(terms);
            let counted = work!(
                out,
                Figure::InsuredWages =
                    at_least(stated(pay) - stated(deductions) + stated(further), 0)
            );
            let liable = match terms.wage_base {
                None => work!(out, Figure::InsuredBelowBase = counted),
                Some(_) => work!(
                    out,
                    Figure::InsuredBelowBase = at_least(
                        smallest(counted, terms.wage_base - payment.earlier_state_wages),
                        0
                    )
                ),
            };
            let contribution = match terms.employee_share {
                None => work!(
                    out,
                    Figure::InsuranceContribution = half_up(share(liable, terms.rate), CENT)
                ),
                Some(_) => work!(
                    out,
                    Figure::InsuranceContribution =
                        half_up(share(share(liable, terms.rate), terms.employee_share), CENT)
                ),
            };
            let state = terms.state.name();
            match terms.weekly_maximum {
                None => work!(out, Item::$item.about(state) = contribution),
                Some(_) => {
                    let periods = periods(payment.pay_frequency, WORKING_DAYS);
                    work!(
                        out,
                        Item::$item.about(state) = smallest(
                            contribution,
                            half_up(terms.weekly_maximum * 52 / stated(periods), CENT)
                        )
                    )
                }
            }
        }
    };
}

insurance!(
    state_disability_insurance,
    STATE_DISABILITY_INSURANCE,
    StateDisabilityInsurance,
    "state_disability_insurance"
);
insurance!(paid_family_leave, PAID_FAMILY_LEAVE, PaidFamilyLeave, "paid_family_leave");
insurance!(state_unemployment, STATE_UNEMPLOYMENT, StateUnemployment, "state_unemployment");
insurance!(
    workforce_development,
    WORKFORCE_DEVELOPMENT,
    WorkforceDevelopment,
    "workforce_development"
);
insurance!(long_term_care, LONG_TERM_CARE, LongTermCare, "long_term_care");

impl StateWages {
    /// Pay, what of it an insurance does not count, and what it counts besides: not as the state's
    /// income tax does.
    fn insured(&self, terms: &InsuranceTerms) -> [Decimal; 3] {
        let deductions = [
            (terms.retirement, self.retirement + self.other_retirement),
            (terms.cafeteria, self.cafeteria),
            (terms.health_savings, self.health_savings),
            (!terms.tips, self.tips),
        ];
        let deductions =
            deductions.into_iter().filter_map(|(reduces, part)| reduces.then_some(part)).sum();
        let further = match terms.employer_health_savings {
            true => self.employer_health_savings,
            false => Decimal::ZERO,
        };
        [self.pay(), deductions, further]
    }
}
