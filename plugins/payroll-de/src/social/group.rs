//! The contribution group (Beitragsgruppenschlüssel) of the social insurance report: four digits,
//! for health, pension, unemployment and care insurance (DEÜV, Gemeinsame Grundsätze, Anlage 1).

use stele_sdk::prelude::*;

use crate::choices::{Employment, HealthInsurance, PensionInsurance};
use crate::facts::Payment;
use crate::missing;

/// Where the digits are explained.
const CITATION: &str =
    "SGB IV § 28b Abs. 1, Gemeinsame Grundsätze für die Datenerfassung (Beitragsgruppen)";

/// First digit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Health {
    /// 0: none.
    None,
    /// 1: general rate.
    General,
    /// 3: reduced rate, without sick pay.
    Reduced,
    /// 6: the employer's flat rate for a mini-job.
    FlatRate,
    /// 9: voluntary member, the employer pays to the fund.
    Voluntary,
}

/// Second to fourth digit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Share {
    /// 0: none.
    None,
    /// 1: full contribution.
    Full,
    /// 3 in pension, 2 in unemployment insurance: the employer's half alone.
    EmployerHalf,
    /// 5 in pension insurance: the employer's flat rate for a mini-job.
    FlatRate,
}

/// Which contributions are due.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Group {
    pub health: Health,
    pub pension: Share,
    pub unemployment: Share,
    pub care: Share,
    pub employment: Employment,
}

impl Group {
    /// The group of the facts, unless they say that no contributions are computed.
    pub(crate) fn read(payment: &Payment) -> Result<Option<Self>, Fault> {
        if !payment.with_contributions() {
            return Ok(None);
        }
        let text = &payment.contribution_group;
        let &[health, pension, unemployment, care] = text.as_bytes() else {
            return Err(refused(
                text,
                "must have four digits, or be none where only taxes are computed",
            ));
        };
        let health = match health {
            b'0' => Health::None,
            b'1' => Health::General,
            b'3' => Health::Reduced,
            b'6' => Health::FlatRate,
            b'9' => Health::Voluntary,
            _ => return Err(refused(text, "first digit (health) must be 0, 1, 3, 6 or 9")),
        };
        let pension = match pension {
            b'0' => Share::None,
            b'1' => Share::Full,
            b'3' => Share::EmployerHalf,
            b'5' => Share::FlatRate,
            _ => return Err(refused(text, "second digit (pension) must be 0, 1, 3 or 5")),
        };
        let unemployment = match unemployment {
            b'0' => Share::None,
            b'1' => Share::Full,
            b'2' => Share::EmployerHalf,
            _ => return Err(refused(text, "third digit (unemployment) must be 0, 1 or 2")),
        };
        let care = match care {
            b'0' => Share::None,
            b'1' => Share::Full,
            _ => return Err(refused(text, "fourth digit (care) must be 0 or 1")),
        };
        let flat = health == Health::FlatRate || pension == Share::FlatRate;
        let employment = match payment.employment {
            None if flat => {
                return Err(missing::refused(
                    Payment::EMPLOYMENT,
                    "in a mini-job, whose rates are lower in a private household: mini_job or mini_job_in_household",
                    "SGB IV §§ 8, 8a",
                ));
            }
            // Whether a low pay is that of an apprentice is asked in the transition zone.
            stated => stated.unwrap_or(Employment::Regular),
        };
        let group = Self { health, pension, unemployment, care, employment };
        group.check(text, flat)?;
        Ok(Some(group))
    }

    /// Combinations that cannot be.
    fn check(&self, text: &str, flat: bool) -> Result<(), Fault> {
        if self.mini_job() {
            let none = self.unemployment == Share::None && self.care == Share::None;
            let health = matches!(self.health, Health::None | Health::FlatRate);
            let pension = matches!(self.pension, Share::Full | Share::FlatRate);
            if !(none && health && pension) {
                return Err(refused(text, "must be 6500, 6100, 0500 or 0100 in a mini-job"));
            }
        } else if flat {
            return Err(refused(text, "flat rates (6 and 5) are for mini-jobs"));
        }
        Ok(())
    }

    /// Geringfügig entlohnte Beschäftigung, SGB IV § 8 and § 8a.
    pub(crate) fn mini_job(&self) -> bool {
        matches!(self.employment, Employment::MiniJob | Employment::MiniJobInHousehold)
    }

    /// Compulsory health insurance: its ceiling decides about the March clause.
    pub(crate) fn health_compulsory(&self) -> bool {
        matches!(self.health, Health::General | Health::Reduced)
    }

    /// Member of a statutory health fund, whose additional rate is shared.
    pub(crate) fn in_fund(&self) -> bool {
        matches!(self.health, Health::General | Health::Reduced | Health::Voluntary)
    }

    /// PKV of the wage tax chart, where the digit says it: the flat rate is due for members of
    /// statutory insurance alone (SGB V § 249b), and 0 leaves it open.
    pub(crate) fn health_insurance(&self) -> Option<HealthInsurance> {
        let statutory = self.in_fund() || self.health == Health::FlatRate;
        statutory.then_some(HealthInsurance::Statutory)
    }

    /// KRV of the wage tax chart, where the digit says it: 0 leaves a professional scheme open.
    pub(crate) fn pension_insurance(&self) -> Option<PensionInsurance> {
        match self.pension {
            Share::Full => Some(PensionInsurance::Statutory),
            Share::EmployerHalf | Share::FlatRate => Some(PensionInsurance::None),
            Share::None => None,
        }
    }

    /// ALV of the wage tax chart.
    pub(crate) fn unemployment_insured(&self) -> bool {
        self.unemployment == Share::Full
    }
}

fn refused(found: &str, expected: &str) -> Fault {
    Fault::fact(Payment::CONTRIBUTION_GROUP, format!("{expected}, found {found}")).citing(CITATION)
}
