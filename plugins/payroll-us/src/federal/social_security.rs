//! Federal Insurance Contributions Act: social security (26 U.S.C. ss. 3101 (a) and 3111 (a)) up to the
//! contribution and benefit base, Medicare (ss. 3101 (b) and 3111 (b)) on all wages, and the additional
//! Medicare tax of the employee (ss. 3101 (b) (2) and 3102 (f)).

use stele_sdk::prelude::*;

use super::wages::Wages;
use crate::amounts::{cents, percent};
use crate::facts::Payment;
use crate::items::Item;
use crate::law::Law;
use crate::payslip::Payslip;
use crate::steps::SocialSecurityStep;
use crate::year_so_far;

/// Both sides of the tax.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SocialSecurity {
    /// Withheld from the employee.
    pub employee: Decimal,
    /// Paid by the employer.
    pub employer: Decimal,
}

/// The taxes of a payment; nothing where the service is not employment (s. 3121 (b)).
pub(super) fn of_payment(
    law: &Law,
    payment: &Payment,
    wages: Wages,
    out: &mut Payslip,
) -> SocialSecurity {
    if payment.fica_exempt == Some(true) {
        return SocialSecurity::default();
    }
    let stated = payment.earlier_fica_wages;
    let earlier = year_so_far::earlier(payment, "earlier_fica_wages", stated, out);
    let social_security = social_security(law, earlier, wages.fica);
    // Each step stands before the lines that it leads to: the wages and the tax on them.
    wages.explain_fica(out);
    social_security.explain(law, earlier, wages.fica, out);
    out.line(Item::SocialSecurityWages, social_security.wages);
    out.further_line(Item::SocialSecurity, social_security.tax);
    wages.explain_fica(out);
    let medicare = medicare(law, wages.fica, out);
    out.line(Item::MedicareWages, wages.fica);
    out.further_line(Item::Medicare, medicare);
    let additional = additional_medicare(law, earlier, wages.fica, medicare, out);
    // The employer's taxes have the employee's rates and no additional tax: the same amounts.
    social_security.explain_employer(law, out);
    out.line(Item::EmployerSocialSecurity, social_security.tax);
    explain_employer_medicare(law, wages.fica, medicare, out);
    out.line(Item::EmployerMedicare, medicare);
    let employer = social_security.tax + medicare;
    SocialSecurity { employee: employer + additional, employer }
}

/// A tax and the wages on which it is due.
#[derive(Clone, Copy, Debug)]
pub(super) struct Taxed {
    /// Wages that count.
    pub wages: Decimal,
    /// The tax on them.
    pub tax: Decimal,
}

/// Section 3101 (a) with 3121 (a) (1): on wages of the year up to the base. Half a cent and more is a
/// cent (26 CFR s. 31.3102-1 (c)).
pub(super) fn social_security(law: &Law, earlier: Decimal, wages: Decimal) -> Taxed {
    let liable = (law.social_security_wage_base - earlier).max(Decimal::ZERO).min(wages);
    Taxed { wages: liable, tax: cents(liable * law.social_security_rate) }
}

impl Taxed {
    /// Says how social security came about, of which wages.
    pub(super) fn explain(self, law: &Law, earlier: Decimal, wages: Decimal, out: &mut Payslip) {
        out.step(|| {
            let (liable, tax) = (self.wages, self.tax);
            let base = law.social_security_wage_base;
            let rate = percent(law.social_security_rate);
            if earlier.is_zero() {
                return SocialSecurityStep::SocialSecurity { wages, liable, base, rate, tax };
            }
            SocialSecurityStep::SocialSecurityLater { earlier, liable, wages, base, rate, tax }
        });
    }

    /// Says how the employer's social security came about.
    pub(super) fn explain_employer(self, law: &Law, out: &mut Payslip) {
        out.step(|| SocialSecurityStep::EmployerSocialSecurity {
            rate: percent(law.social_security_rate),
            wages: self.wages,
            tax: self.tax,
        });
    }
}

/// Section 3101 (b) (1): on all wages.
pub(super) fn medicare(law: &Law, wages: Decimal, out: &mut Payslip) -> Decimal {
    let tax = cents(wages * law.medicare_rate);
    out.step(|| SocialSecurityStep::Medicare { wages, rate: percent(law.medicare_rate), tax });
    tax
}

/// Section 3111 (b): what the employee pays, the employer pays too.
pub(super) fn explain_employer_medicare(
    law: &Law,
    wages: Decimal,
    tax: Decimal,
    out: &mut Payslip,
) {
    out.step(|| SocialSecurityStep::EmployerMedicare {
        rate: percent(law.medicare_rate),
        wages,
        tax,
    });
}

/// Section 3102 (f): withheld from wages of the year above the amount, whatever the filing status.
/// Section 3101 (b) imposes one tax of two rates: its sum is rounded, so this line is what the sum
/// exceeds the line before by.
fn additional_medicare(
    law: &Law,
    earlier: Decimal,
    wages: Decimal,
    medicare: Decimal,
    out: &mut Payslip,
) -> Decimal {
    let from = law.additional_medicare_from;
    let liable = (earlier + wages - from).max(Decimal::ZERO).min(wages);
    if liable.is_zero() {
        return Decimal::ZERO;
    }
    let sum = wages * law.medicare_rate + liable * law.additional_medicare_rate;
    let tax = cents(sum) - medicare;
    out.step(|| SocialSecurityStep::AdditionalMedicareWithheld {
        earlier,
        liable,
        wages,
        from,
        medicare_rate: percent(law.medicare_rate),
        rate: percent(law.additional_medicare_rate),
        sum: cents(sum),
        medicare,
        tax,
    });
    out.line(Item::AdditionalMedicare, tax);
    tax
}
