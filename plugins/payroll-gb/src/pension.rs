//! Workplace pensions: Pensions Act 2008, ss. 13, 20 and 26 (qualifying earnings and the least
//! contributions); Finance Act 2004, ss. 192 and 193 (relief at source, net pay arrangement).

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::choices::{PensionArrangement, PensionBasis};
use crate::counted_pay::{self, Apart};
use crate::facts::Payment;
use crate::items::{Finding, Item};
use crate::law::Law;
use crate::rounding::nearest_penny;
use crate::steps::{PayStep, PensionStep, percent};

/// What the pension scheme does to the payment.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Pension {
    /// Pay given up before tax and National Insurance.
    pub sacrifice: Decimal,
    /// Taken before tax: net pay arrangement.
    pub before_tax: Decimal,
    /// Taken after tax, without the relief that the scheme claims: relief at source.
    pub after_tax: Decimal,
    /// What the employer pays into the scheme, the sacrifice included.
    pub employer: Decimal,
}

/// The contributions to the scheme from `pay`, all pay before any sacrifice.
pub(crate) fn contributions(
    law: &Law,
    payment: &Payment,
    pay: Decimal,
    out: &mut Payslip,
) -> Result<Pension, Fault> {
    let base = basis(law, payment, pay, out)?;
    let employee = contribution(
        base,
        (payment.employee_pension_rate, payment.employee_pension_amount),
        Payment::EMPLOYEE_PENSION_AMOUNT,
    )?;
    let employer = contribution(
        base,
        (payment.employer_pension_rate, payment.employer_pension_amount),
        Payment::EMPLOYER_PENSION_AMOUNT,
    )?;
    let mut pension = Pension { employer: employer.unwrap_or_default(), ..Pension::default() };
    if let Some(employee) = employee {
        explain(base, payment.employee_pension_rate, employee, out);
        employee_share(law, payment, employee, pay, &mut pension, out)?;
    } else if let Some(arrangement) = payment.pension_arrangement {
        return Err(Fault::fact(
            Payment::PENSION_ARRANGEMENT,
            format!(
                "must be left out where the employee contributes nothing (give employee_pension_rate or employee_pension_amount), found {}",
                arrangement.name()
            ),
        ));
    }
    if employer.is_some() || !pension.sacrifice.is_zero() {
        explain_employer(base, payment, employer, &pension, out);
        out.line(Item::EmployerPension, pension.employer);
    }
    least_contributions(law, payment, out);
    Ok(pension)
}

/// The pay to which rates apply. None where no rate is given.
fn basis(
    law: &Law,
    payment: &Payment,
    pay: Decimal,
    out: &mut Payslip,
) -> Result<Option<Decimal>, Fault> {
    let rates = payment.employee_pension_rate.is_some() || payment.employer_pension_rate.is_some();
    let Some(basis) = payment.pension_basis else {
        return match (rates, payment.pensionable_pay) {
            (true, _) => Err(Fault::fact(
                Payment::PENSION_BASIS,
                "must be qualifying_earnings, total_pay or pensionable_pay where a pension rate is given, found none",
            )),
            (false, Some(_)) => Err(unused(Payment::PENSIONABLE_PAY)),
            (false, None) => Ok(None),
        };
    };
    if !rates {
        return Err(unused(Payment::PENSION_BASIS));
    }
    if basis != PensionBasis::PensionablePay && payment.pensionable_pay.is_some() {
        return Err(unused(Payment::PENSIONABLE_PAY));
    }
    let base = match basis {
        PensionBasis::TotalPay => {
            counted_pay::explain(payment, Apart::default(), out);
            pay
        }
        PensionBasis::QualifyingEarnings => qualifying_earnings(law, payment, pay, out)?,
        PensionBasis::PensionablePay => {
            let stated = payment.pensionable_pay.ok_or_else(|| {
                Fault::fact(
                    Payment::PENSIONABLE_PAY,
                    "must be given where pension_basis is pensionable_pay, found none",
                )
            })?;
            out.step(|| PayStep::Stated { amount: stated });
            stated
        }
    };
    out.line(Item::PensionBase, base);
    Ok(Some(base))
}

#[cold]
fn unused(fact: stele_sdk::FactField) -> Fault {
    Fault::fact(
        fact,
        "must be left out unless a pension rate applies to it (employee_pension_rate or employer_pension_rate, and pension_basis pensionable_pay for pensionable_pay), found a value",
    )
}

/// Section 13: earnings between the lower and the upper level for the pay reference period.
fn qualifying_earnings(
    law: &Law,
    payment: &Payment,
    pay: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let frequency = payment.pay_frequency;
    let band = law.qualifying_earnings.iter().find(|band| band.pay_frequency == frequency);
    let band = band.ok_or_else(|| {
        Fault::parameter(
            Law::QUALIFYING_EARNINGS,
            format!("must have a row for {}, found none", frequency.name()),
        )
    })?;
    let base = (pay.min(band.upper) - band.lower).max(Decimal::ZERO);
    counted_pay::explain(payment, Apart::default(), out);
    out.step(|| PensionStep::QualifyingEarnings {
        pay,
        lower: band.lower,
        upper: band.upper,
        base,
    });
    Ok(base)
}

/// A rate of the basis, to the nearest penny, or an amount.
fn contribution(
    base: Option<Decimal>,
    (rate, amount): (Option<Decimal>, Option<Decimal>),
    field: stele_sdk::FactField,
) -> Result<Option<Decimal>, Fault> {
    match (rate, amount) {
        (None, amount) => Ok(amount),
        (Some(rate), None) => Ok(base.map(|base| nearest_penny(base * rate))),
        (Some(rate), Some(amount)) => Err(Fault::fact(
            field,
            format!(
                "must be left out where the rate is given, found {amount} and a rate of {rate}"
            ),
        )),
    }
}

/// How a contribution came about.
fn explain(base: Option<Decimal>, rate: Option<Decimal>, amount: Decimal, out: &mut Payslip) {
    match (base, rate) {
        (Some(base), Some(rate)) => {
            out.step(|| PensionStep::PensionByRate { rate: percent(rate), base, amount });
        }
        _ => out.step(|| PayStep::Stated { amount }),
    }
}

/// How the employer's contribution came about: its own, the pay that was given up, or both.
fn explain_employer(
    base: Option<Decimal>,
    payment: &Payment,
    own: Option<Decimal>,
    pension: &Pension,
    out: &mut Payslip,
) {
    let Pension { sacrifice, employer: total, .. } = *pension;
    let Some(own) = own else {
        out.step(|| PensionStep::EmployerPensionOfSacrifice { amount: sacrifice });
        return;
    };
    explain(base, payment.employer_pension_rate, own, out);
    if !sacrifice.is_zero() {
        out.step(|| PensionStep::EmployerPensionWithSacrifice { own, sacrifice, total });
    }
}

/// Takes the employee's contribution where the arrangement takes it.
fn employee_share(
    law: &Law,
    payment: &Payment,
    amount: Decimal,
    pay: Decimal,
    pension: &mut Pension,
    out: &mut Payslip,
) -> Result<(), Fault> {
    let Some(arrangement) = payment.pension_arrangement else {
        return Err(Fault::fact(
            Payment::PENSION_ARRANGEMENT,
            "must be net_pay_arrangement, relief_at_source or salary_sacrifice where the employee contributes, found none",
        )
        .citing("Finance Act 2004, s. 188"));
    };
    // Statutory payments cannot be given up.
    let most = match arrangement {
        PensionArrangement::SalarySacrifice => payment.gross,
        _ => pay,
    };
    if amount > most {
        let field = match payment.employee_pension_amount {
            Some(_) => Payment::EMPLOYEE_PENSION_AMOUNT,
            None => Payment::PENSIONABLE_PAY,
        };
        return Err(Fault::fact(
            field,
            format!(
                "must not lead to a contribution above the pay that it is taken from, {most}, found {amount}"
            ),
        ));
    }
    match arrangement {
        PensionArrangement::NetPayArrangement => {
            pension.before_tax = amount;
            out.step(|| PensionStep::NetPayArrangement { amount });
            out.line(Item::EmployeePension, amount);
        }
        PensionArrangement::ReliefAtSource => {
            let relief = nearest_penny(amount * law.relief_at_source);
            pension.after_tax = amount - relief;
            out.step(|| PensionStep::ReliefAtSource {
                amount,
                rate: percent(law.relief_at_source),
                relief,
                net: amount - relief,
            });
            out.line(Item::EmployeePension, amount - relief);
            out.further_line(Item::PensionTaxRelief, relief);
        }
        PensionArrangement::SalarySacrifice => {
            pension.sacrifice = amount;
            pension.employer += amount;
            out.step(|| PensionStep::SalarySacrifice { amount });
            out.line(Item::SalarySacrifice, amount);
        }
    }
    Ok(())
}

/// Sections 20 and 26: of qualifying earnings the employer contributes at least 3 %, both together
/// 8 %. Checked where both are rates of qualifying earnings. Without a word on what the employer
/// contributes beside the employee, that is said instead.
fn least_contributions(law: &Law, payment: &Payment, out: &mut Payslip) {
    let given = |rate: Option<Decimal>, amount: Option<Decimal>| rate.or(amount).is_some();
    let stated = given(payment.employer_pension_rate, payment.employer_pension_amount);
    if !stated && given(payment.employee_pension_rate, payment.employee_pension_amount) {
        out.finding(Finding::EmployerPensionNotStated).limit(percent(law.minimum_employer_pension));
    }
    let amounts =
        payment.employee_pension_amount.is_some() || payment.employer_pension_amount.is_some();
    if payment.pension_basis != Some(PensionBasis::QualifyingEarnings) || amounts {
        return;
    }
    let employee = payment.employee_pension_rate.unwrap_or_default();
    let own = payment.employer_pension_rate.unwrap_or_default();
    // Pay that was given up is the employer's contribution.
    let sacrificed = payment.pension_arrangement == Some(PensionArrangement::SalarySacrifice);
    let employer = if sacrificed { own + employee } else { own };
    let minimum = law.minimum_employer_pension;
    if stated && employer < minimum {
        out.finding(Finding::EmployerPensionBelowMinimum)
            .limit(percent(minimum))
            .actual(percent(employer));
    }
    let (total, minimum) = (employee + own, law.minimum_total_pension);
    if total < minimum {
        out.finding(Finding::PensionBelowMinimum).limit(percent(minimum)).actual(percent(total));
    }
}
