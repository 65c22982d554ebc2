//! On what a contribution is computed, and how it is split: Beitragsverfahrensverordnung § 2.

use stele_sdk::prelude::*;

use crate::rounding::{half, half_up};

/// What employee and employer pay in a branch.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Shares {
    pub employee: Decimal,
    pub employer: Decimal,
}

impl std::ops::Add for Shares {
    type Output = Shares;

    #[inline(never)]
    fn add(self, other: Shares) -> Shares {
        Shares {
            employee: self.employee + other.employee,
            employer: self.employer + other.employer,
        }
    }
}

/// Pay on which contributions are due.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Basis {
    /// Pay up to the ceiling.
    Pay(Decimal),
    /// Transition zone: one base for the whole contribution, a lower one for the employee's share.
    Transition {
        /// For the whole contribution (SGB IV § 20 Abs. 2a Satz 1).
        whole: Decimal,
        /// For the employee's share (Satz 6).
        employee: Decimal,
    },
    /// Low pay of an apprentice: the employer bears `low` alone.
    LowPay {
        /// Up to the low pay limit.
        low: Decimal,
        /// What a one-off payment adds beyond it.
        beyond: Decimal,
    },
}

impl Basis {
    /// The pay that the report shows.
    pub(crate) fn amount(&self) -> Decimal {
        match *self {
            Basis::Pay(pay) => pay,
            Basis::Transition { whole, .. } => whole,
            Basis::LowPay { low, beyond } => low + beyond,
        }
    }

    /// § 2 Abs. 1: each share by its own rate, rounded. Abs. 2: in the transition zone the whole
    /// contribution is twice the rounded half, and the employer pays what the employee does not.
    pub(crate) fn shares(&self, employee_rate: Decimal, employer_rate: Decimal) -> Shares {
        match *self {
            Basis::Pay(pay) => {
                let employee = half_up(pay * employee_rate);
                let employer = match employee_rate == employer_rate {
                    true => employee,
                    false => half_up(pay * employer_rate),
                };
                Shares { employee, employer }
            }
            Basis::Transition { whole, employee } => {
                let half_of_whole = half_up(whole * half(employee_rate + employer_rate));
                let employee = half_up(employee * employee_rate);
                Shares { employee, employer: half_of_whole + half_of_whole - employee }
            }
            Basis::LowPay { low, beyond } => Shares {
                employee: half_up(beyond * employee_rate),
                employer: half_up(low * employee_rate)
                    + half_up(low * employer_rate)
                    + half_up(beyond * employer_rate),
            },
        }
    }

    /// The employer's half of a branch in which the employee is free.
    pub(crate) fn employer_half(&self, rate: Decimal) -> Shares {
        Shares { employee: Decimal::ZERO, employer: half_up(self.amount() * rate) }
    }
}
