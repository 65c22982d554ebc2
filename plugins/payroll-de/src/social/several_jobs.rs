//! Several insured jobs at once: SGB IV § 22 Abs. 2.

use stele_sdk::prelude::*;

use crate::amounts::Amount;
use crate::facts::Payment;
use crate::missing;
use crate::rounding::half_up;
use crate::social::Group;
use crate::social::one_off::ByCeiling;
use crate::steps::BaseStep;

const CITATION: &str = "SGB IV § 22 Abs. 2";

/// The current pay that counts, by ceiling. Where the jobs together exceed a ceiling, it is divided
/// among them by their pay, of which each counts up to the ceiling at most (Satz 2).
pub(crate) fn share_of_ceilings(payment: &Payment, pay: Decimal, ceilings: ByCeiling) -> ByCeiling {
    ByCeiling {
        pension: share_of_ceiling(payment, pay, ceilings.pension),
        health: share_of_ceiling(payment, pay, ceilings.health),
    }
}

fn share_of_ceiling(payment: &Payment, pay: Decimal, ceiling: Decimal) -> Decimal {
    let own = pay.at_most(ceiling);
    let together = own + elsewhere(payment, ceiling);
    if together <= ceiling { own } else { half_up(ceiling * own / together) }
}

/// Pay of the other jobs, each up to the ceiling.
fn elsewhere(payment: &Payment, ceiling: Decimal) -> Decimal {
    payment.other_jobs.iter().map(|job| job.pay.at_most(ceiling)).sum()
}

/// How a ceiling is divided, where it is.
#[cold]
pub(crate) fn explain(payment: &Payment, pay: Decimal, ceiling: Decimal) -> Option<BaseStep> {
    let (own, others) = (pay.at_most(ceiling), elsewhere(payment, ceiling));
    let together = own + others;
    (together > ceiling).then(|| BaseStep::CeilingDivided {
        others,
        together,
        ceiling,
        own,
        counted: share_of_ceiling(payment, pay, ceiling),
    })
}

/// A mini-job is not added to other jobs; and how the yearly ceilings of one-off payments are
/// divided is not known here.
pub(crate) fn check(payment: &Payment, group: &Group) -> Result<(), Fault> {
    let others = !payment.other_jobs.is_empty();
    if group.mini_job() {
        return match others {
            false => Ok(()),
            true => Err(Fault::fact(
                Payment::OTHER_JOBS,
                "must be left out in a mini-job, which is not added to other jobs, found a row",
            )
            .citing("SGB IV § 8 Abs. 2, § 22 Abs. 2")),
        };
    }
    match (payment.several_jobs, others) {
        (Some(true), false) => {
            return Err(missing::refused(
                Payment::OTHER_JOBS,
                "where several_jobs is true: a row for each other insured job",
                CITATION,
            ));
        }
        (Some(false), true) => {
            return Err(Fault::fact(
                Payment::SEVERAL_JOBS,
                "must be left out or true where other_jobs has rows, found false",
            )
            .citing(CITATION));
        }
        (_, false) => return Ok(()),
        (_, true) => {}
    }
    let paid = [payment.one_off, payment.contributory_one_off].into_iter().flatten();
    if paid.into_iter().any(|amount| !amount.is_zero()) {
        return Err(Fault::fact(
            Payment::OTHER_JOBS,
            "must be left out with a one-off payment: how several employers divide the yearly ceiling is not covered, found both",
        )
        .citing(CITATION));
    }
    Ok(())
}
