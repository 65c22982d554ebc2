//! Workplace pensions: Pensions Act 2008, ss. 13, 20 and 26 (qualifying earnings and the least
//! contributions); Finance Act 2004, ss. 192 and 193 (relief at source, net pay arrangement).

use stele_sdk::prelude::*;
use stele_sdk::rounding::PENNY;

use crate::Payslip;
use crate::choices::{PensionArrangement, PensionBasis};
use crate::facts::Payment;
use crate::figures::Figure;
use crate::items::{Finding, Item};
use crate::law::{Law, QualifyingEarnings};

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

impl Pension {
    /// What the employee contributes from pay.
    pub(crate) fn taken_from_pay(&self) -> Decimal {
        self.before_tax + self.after_tax
    }
}

/// The contributions to the scheme, of the gross pay and the statutory payments before any sacrifice.
pub(crate) fn contributions(
    law: &Law,
    payment: &Payment,
    statutory: Decimal,
    out: &mut Payslip,
) -> Result<Pension, Fault> {
    let base = basis(law, payment, statutory, out)?.unwrap_or_default();
    let employee = one_of_two(
        (payment.employee_pension_rate, payment.employee_pension_amount),
        Payment::EMPLOYEE_PENSION_AMOUNT,
    )?;
    let employer = one_of_two(
        (payment.employer_pension_rate, payment.employer_pension_amount),
        Payment::EMPLOYER_PENSION_AMOUNT,
    )?;
    let mut pension = Pension::default();
    if employee {
        let contribution = of_employee(payment, base, out);
        let arrangement = arrangement(payment, contribution, payment.gross + statutory)?;
        taken(law, arrangement, contribution, &mut pension, out);
    } else if let Some(arrangement) = payment.pension_arrangement {
        return Err(Fault::fact(
            Payment::PENSION_ARRANGEMENT,
            format!(
                "must be left out where the employee contributes nothing (give employee_pension_rate or employee_pension_amount), found {}",
                arrangement.name()
            ),
        ));
    }
    if employer || !pension.sacrifice.is_zero() {
        pension.employer = of_employer(payment, base, pension.sacrifice, out);
    }
    least_contributions(law, payment, out);
    Ok(pension)
}

/// The pay to which rates apply. None where no rate is given.
fn basis(
    law: &Law,
    payment: &Payment,
    statutory: Decimal,
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
        PensionBasis::TotalPay => total_pay(payment, statutory, out),
        PensionBasis::QualifyingEarnings => {
            qualifying_earnings(payment, band(law, payment)?, statutory, out)
        }
        PensionBasis::PensionablePay if payment.pensionable_pay.is_none() => {
            return Err(Fault::fact(
                Payment::PENSIONABLE_PAY,
                "must be given where pension_basis is pensionable_pay, found none",
            ));
        }
        PensionBasis::PensionablePay => pensionable_pay(payment, out),
    };
    Ok(Some(base))
}

/// As the scheme calls it.
#[provision]
fn pensionable_pay(payment: &Payment, out: &mut Payslip) -> Decimal {
    work!(out, Item::PensionBase = payment.pensionable_pay)
}

/// All pay.
#[provision]
fn total_pay(
    payment: &Payment,
    #[is(Figure::StatutoryPayments)] statutory: Decimal,
    out: &mut Payslip,
) -> Decimal {
    work!(out, Item::PensionBase = payment.gross + statutory)
}

/// Section 13: earnings between the lower and the upper level for the pay reference period.
#[provision]
fn qualifying_earnings(
    payment: &Payment,
    band: &QualifyingEarnings,
    #[is(Figure::StatutoryPayments)] statutory: Decimal,
    out: &mut Payslip,
) -> Decimal {
    work!(
        out,
        Item::PensionBase =
            at_least(at_most(payment.gross + statutory, band.upper) - band.lower, 0)
    )
}

/// The band of the pay reference period.
fn band<'law>(law: &'law Law, payment: &Payment) -> Result<&'law QualifyingEarnings, Fault> {
    let frequency = payment.pay_frequency;
    let band = law.qualifying_earnings.iter().find(|band| band.pay_frequency == frequency);
    band.ok_or_else(|| {
        Fault::parameter(
            Law::QUALIFYING_EARNINGS,
            format!("must have a row for {}, found none", frequency.name()),
        )
    })
}

#[cold]
fn unused(fact: stele_sdk::FactField) -> Fault {
    Fault::fact(
        fact,
        "must be left out unless a pension rate applies to it (employee_pension_rate or employer_pension_rate, and pension_basis pensionable_pay for pensionable_pay), found a value",
    )
}

/// Whether a rate or an amount is given; not both.
fn one_of_two(
    (rate, amount): (Option<Decimal>, Option<Decimal>),
    field: stele_sdk::FactField,
) -> Result<bool, Fault> {
    match (rate, amount) {
        (Some(rate), Some(amount)) => Err(Fault::fact(
            field,
            format!(
                "must be left out where the rate is given, found {amount} and a rate of {rate}"
            ),
        )),
        _ => Ok(rate.or(amount).is_some()),
    }
}

/// A rate of the basis, to the nearest penny, half up: no provision names a rounding; or an amount.
#[provision]
fn of_employee(
    payment: &Payment,
    #[is(Item::PensionBase)] base: Decimal,
    out: &mut Payslip,
) -> Decimal {
    match payment.employee_pension_rate {
        Some(_) => work!(
            out,
            Figure::EmployeeContribution =
                half_up(share(base, payment.employee_pension_rate), PENNY)
        ),
        None => work!(out, Figure::EmployeeContribution = payment.employee_pension_amount),
    }
}

/// The employer's own contribution, likewise, and pay that was given up (HMRC Employment Income
/// Manual, EIM42750).
#[provision]
fn of_employer(
    payment: &Payment,
    #[is(Item::PensionBase)] base: Decimal,
    #[is(Item::SalarySacrifice)] sacrifice: Decimal,
    out: &mut Payslip,
) -> Decimal {
    match payment.employer_pension_rate {
        Some(_) => work!(
            out,
            Item::EmployerPension =
                half_up(share(base, payment.employer_pension_rate), PENNY) + sacrifice
        ),
        None => work!(out, Item::EmployerPension = payment.employer_pension_amount + sacrifice),
    }
}

/// How the employee contributes, if the pay is enough.
fn arrangement(
    payment: &Payment,
    amount: Decimal,
    pay: Decimal,
) -> Result<PensionArrangement, Fault> {
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
    if amount <= most {
        return Ok(arrangement);
    }
    let field = match payment.employee_pension_amount {
        Some(_) => Payment::EMPLOYEE_PENSION_AMOUNT,
        None => Payment::PENSIONABLE_PAY,
    };
    Err(Fault::fact(
        field,
        format!(
            "must not lead to a contribution above the pay that it is taken from, {most}, found {amount}"
        ),
    ))
}

/// Takes the employee's contribution where the arrangement takes it: Finance Act 2004, ss. 192
/// (relief at source: the scheme claims it) and 193 (net pay arrangement).
#[provision("Finance Act 2004, ss. 192 and 193; HMRC Employment Income Manual, EIM42750")]
fn taken(
    law: &Law,
    arrangement: PensionArrangement,
    #[is(Figure::EmployeeContribution)] amount: Decimal,
    pension: &mut Pension,
    out: &mut Payslip,
) {
    match arrangement {
        PensionArrangement::NetPayArrangement => {
            say!(
                out,
                NetPayArrangement,
                "Your pension contribution is taken from pay before tax (net pay arrangement); \
                 National Insurance is paid on it."
            );
            let before_tax = work!(out, Figure::PensionBeforeTax = amount);
            work!(out, Item::EmployeePension = before_tax);
            pension.before_tax = before_tax;
        }
        PensionArrangement::ReliefAtSource => {
            let relief = work!(
                out,
                Item::PensionTaxRelief.later() =
                    half_up(share(amount, law.relief_at_source), PENNY)
            );
            pension.after_tax = work!(out, Item::EmployeePension = amount - relief);
            out.write(relief);
        }
        PensionArrangement::SalarySacrifice => {
            say!(
                out,
                SalarySacrifice,
                "You give up pay; your employer contributes it to your pension. Tax and National \
                 Insurance are not paid on it."
            );
            pension.sacrifice = work!(out, Item::SalarySacrifice = amount);
        }
    }
}

/// Sections 20 and 26: of qualifying earnings the employer contributes at least 3 %, both together
/// 8 %. Checked where both are rates of qualifying earnings. Without a word on what the employer
/// contributes beside the employee, that is said instead.
fn least_contributions(law: &Law, payment: &Payment, out: &mut Payslip) {
    let given = |rate: Option<Decimal>, amount: Option<Decimal>| rate.or(amount).is_some();
    let stated = given(payment.employer_pension_rate, payment.employer_pension_amount);
    if !stated && given(payment.employee_pension_rate, payment.employee_pension_amount) {
        out.finding(Finding::EmployerPensionNotStated)
            .limit(in_percent(law.minimum_employer_pension));
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
            .limit(in_percent(minimum))
            .actual(in_percent(employer));
    }
    let (total, minimum) = (employee + own, law.minimum_total_pension);
    if total < minimum {
        out.finding(Finding::PensionBelowMinimum)
            .limit(in_percent(minimum))
            .actual(in_percent(total));
    }
}

fn in_percent(fraction: Decimal) -> Decimal {
    fraction * Decimal::ONE_HUNDRED
}
