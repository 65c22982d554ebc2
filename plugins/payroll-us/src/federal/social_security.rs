//! Federal Insurance Contributions Act: social security (26 U.S.C. ss. 3101 (a) and 3111 (a)) up to the
//! contribution and benefit base, Medicare (ss. 3101 (b) and 3111 (b)) on all wages, and the additional
//! Medicare tax of the employee (ss. 3101 (b) (2) and 3102 (f)).

use stele_sdk::Later;
use stele_sdk::prelude::*;
use stele_sdk::rounding::CENT;

use super::wages::{self, Wages};
use crate::facts::Payment;
use crate::figures::Figure;
use crate::items::Item;
use crate::law::Law;
use crate::payslip::Payslip;
use crate::year_so_far;

/// Both sides of the tax.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SocialSecurity {
    /// Social security of the employee.
    pub social_security: Decimal,
    /// Medicare of the employee.
    pub medicare: Decimal,
    /// Withheld from the employee, the additional tax of a payment included.
    pub employee: Decimal,
    /// Social security of the employer.
    pub employer_social_security: Decimal,
    /// Medicare of the employer.
    pub employer_medicare: Decimal,
}

/// The employee's taxes on wages.
#[derive(Clone, Copy, Debug)]
pub(super) struct Taxes {
    social_security_wages: Decimal,
    pub social_security: Decimal,
    pub medicare: Decimal,
}

/// The taxes of a payment; nothing where the service is not employment (s. 3121 (b)).
pub(super) fn of_payment(
    law: &Law,
    payment: &Payment,
    wages: &Wages,
    out: &mut Payslip,
) -> SocialSecurity {
    if payment.fica_exempt == Some(true) {
        return SocialSecurity::default();
    }
    year_so_far::earlier(payment, "earlier_fica_wages", payment.earlier_fica_wages, out);
    let fica = wages::fica(payment, wages, out);
    let taxes = of_employee(law, payment, fica, None, out);
    let additional = additional_medicare(law, payment, fica, taxes.medicare, out);
    let employee = taken(taxes, additional, out);
    SocialSecurity { employee, ..of_employer(law, taxes, fica, None, out) }
}

/// Whose line it is: the employee's, or about the spouse.
fn write(line: Later<Item>, about: Option<&'static str>, out: &mut Payslip) -> Decimal {
    match about {
        None => out.write(line),
        Some(person) => out.write_about(line, person),
    }
    line.amount()
}

/// Section 3101 (a) with 3121 (a) (1): on wages of the year up to the base; section 3101 (b) (1): on all
/// wages. Half a cent and more is a cent (26 CFR s. 31.3102-1 (c)).
#[provision("26 U.S.C. ss. 3101 and 3121 (a) (1)")]
pub(super) fn of_employee(
    law: &Law,
    payment: &Payment,
    #[is(Figure::FicaWages)] wages: Decimal,
    about: Option<&'static str>,
    out: &mut Payslip,
) -> Taxes {
    let line = work!(
        out,
        Item::SocialSecurityWages.later() =
            at_most(at_least(law.social_security_wage_base - payment.earlier_fica_wages, 0), wages)
    );
    #[is(Item::SocialSecurityWages)]
    let liable = write(line, about, out);
    let line = work!(
        out,
        Item::SocialSecurity.later() = half_up(share(liable, law.social_security_rate), CENT)
    );
    let social_security = write(line, about, out);
    let line = work!(out, Item::MedicareWages.later() = wages);
    #[is(Item::MedicareWages)]
    let all = write(line, about, out);
    let line = work!(out, Item::Medicare.later() = half_up(share(all, law.medicare_rate), CENT));
    let medicare = write(line, about, out);
    Taxes { social_security_wages: liable, social_security, medicare }
}

/// Section 3111: what the employee pays, the employer pays too, but for the additional tax.
#[provision("26 U.S.C. s. 3111")]
pub(super) fn of_employer(
    law: &Law,
    taxes: Taxes,
    #[is(Item::MedicareWages)] wages: Decimal,
    about: Option<&'static str>,
    out: &mut Payslip,
) -> SocialSecurity {
    #[is(Item::SocialSecurityWages)]
    let liable = taxes.social_security_wages;
    let line = work!(
        out,
        Item::EmployerSocialSecurity.later() =
            half_up(share(liable, law.social_security_rate), CENT)
    );
    let employer_social_security = write(line, about, out);
    let line =
        work!(out, Item::EmployerMedicare.later() = half_up(share(wages, law.medicare_rate), CENT));
    let employer_medicare = write(line, about, out);
    let Taxes { social_security, medicare, .. } = taxes;
    let employee = social_security + medicare;
    SocialSecurity {
        social_security,
        medicare,
        employee,
        employer_social_security,
        employer_medicare,
    }
}

/// Section 3102 (f): withheld from wages of the year above the amount, whatever the filing status.
/// Section 3101 (b) imposes one tax of two rates: its sum is rounded, so this line is what the sum
/// exceeds the line before by.
#[provision("26 U.S.C. ss. 3101 (b) and 3102 (f)")]
fn additional_medicare(
    law: &Law,
    payment: &Payment,
    #[is(Figure::FicaWages)] wages: Decimal,
    #[is(Item::Medicare)] medicare: Decimal,
    out: &mut Payslip,
) -> Decimal {
    let earlier = payment.earlier_fica_wages.unwrap_or_default();
    if wages.is_zero() || earlier + wages <= law.additional_medicare_from {
        return Decimal::ZERO;
    }
    let liable = work!(
        out,
        Figure::AdditionalMedicareWages = at_most(
            at_least(payment.earlier_fica_wages + wages - law.additional_medicare_from, 0),
            wages
        )
    );
    work!(
        out,
        Item::AdditionalMedicare = half_up(
            share(wages, law.medicare_rate) + share(liable, law.additional_medicare_rate),
            CENT
        ) - medicare
    )
}

/// What is withheld from the employee.
#[provision]
pub(super) fn taken(
    taxes: Taxes,
    #[is(Item::AdditionalMedicare)] additional: Decimal,
    out: &mut Payslip,
) -> Decimal {
    work!(
        out,
        Figure::SocialSecurityTaken = taxes.social_security as Item::SocialSecurity
            + taxes.medicare as Item::Medicare
            + additional
    )
}
