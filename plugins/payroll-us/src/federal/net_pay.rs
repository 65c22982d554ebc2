//! What is paid out, and what the payment costs the employer.

use stele_sdk::prelude::*;

use super::social_security::SocialSecurity;
use super::unemployment::Unemployment;
use super::wages::Wages;
use crate::facts::Payment;
use crate::figures::Figure;
use crate::items::{Finding, Item};
use crate::payslip::Payslip;

/// Deductions from pay after tax, line by line.
#[provision]
pub(super) fn after_tax(payment: &Payment, out: &mut Payslip) {
    if payment.roth_deferral.is_some() {
        work!(out, Item::RothDeferral = payment.roth_deferral);
    }
    if payment.other_deductions.is_some() {
        work!(out, Item::OtherDeductions = payment.other_deductions);
    }
}

/// Everything that is taken from the pay of a payment.
#[provision("Publication 15")]
pub(super) fn deductions(
    payment: &Payment,
    wages: &Wages,
    #[is(Item::FederalIncomeTax)] income_tax: Decimal,
    #[is(Figure::SocialSecurityTaken)] social_security: Decimal,
    #[is(Figure::StateTaken)] state: Decimal,
    out: &mut Payslip,
) -> Decimal {
    after_tax(payment, out);
    work!(
        out,
        Item::TotalDeductions = wages.before_tax as Figure::BeforeTax
            + income_tax
            + social_security
            + state
            + payment.roth_deferral
            + payment.other_deductions
    )
}

/// The same of a year, where the tax is that of the return: negative where more is refunded.
#[provision("Publication 15")]
pub(super) fn deductions_of_year(
    payment: &Payment,
    wages: &Wages,
    #[is(Item::IncomeTaxAfterCredits)] income_tax: Decimal,
    #[is(Figure::SocialSecurityTaken)] social_security: Decimal,
    #[is(Item::StateIncomeTax)] state: Decimal,
    out: &mut Payslip,
) -> Decimal {
    after_tax(payment, out);
    work!(
        out,
        Item::TotalDeductions = wages.before_tax as Figure::BeforeTax
            + income_tax
            + social_security
            + state
            + payment.roth_deferral
            + payment.other_deductions
    )
}

/// Pay in money less everything that is taken from it.
#[provision("Publication 15")]
pub(super) fn net_pay(
    #[is(Figure::PayInMoney)] pay: Decimal,
    #[is(Item::TotalDeductions)] total: Decimal,
    out: &mut Payslip,
) {
    let net = work!(out, Item::NetPay = pay - total);
    if net < Decimal::ZERO {
        out.finding(Finding::NetPayNegative).actual(net);
    }
}

/// What the employer contributes to plans, line by line.
#[provision]
fn contributions(payment: &Payment, out: &mut Payslip) {
    if payment.employer_contributions.is_some() {
        work!(out, Item::EmployerContributions = payment.employer_contributions);
    }
    if payment.employer_health_savings_contribution.is_some() {
        work!(
            out,
            Item::EmployerHealthSavingsContribution = payment.employer_health_savings_contribution
        );
    }
}

/// Pay in money, the employer's taxes, and what it contributes to plans; what benefits that are not money
/// cost it is not known.
#[provision("26 U.S.C. ss. 3111 and 3301")]
pub(super) fn employer_cost(
    payment: &Payment,
    wages: &Wages,
    taxes: SocialSecurity,
    unemployment: Unemployment,
    out: &mut Payslip,
) {
    contributions(payment, out);
    work!(
        out,
        Item::EmployerCost = wages.pay as Figure::PayInMoney
            + taxes.employer_social_security as Item::EmployerSocialSecurity
            + taxes.employer_medicare as Item::EmployerMedicare
            + unemployment.tax as Item::Futa
            + unemployment.reduction as Item::FutaCreditReduction
            + payment.employer_contributions
            + payment.employer_health_savings_contribution
    );
}

/// The same of a year, without unemployment tax, with the taxes on the wages of the spouse.
#[provision("26 U.S.C. s. 3111")]
pub(super) fn employer_cost_of_year(
    payment: &Payment,
    #[is(Figure::PayInMoney)] pay: Decimal,
    own: SocialSecurity,
    spouse: SocialSecurity,
    out: &mut Payslip,
) {
    contributions(payment, out);
    match payment.spouse_wages {
        None => work!(
            out,
            Item::EmployerCost = pay
                + own.employer_social_security as Item::EmployerSocialSecurity
                + own.employer_medicare as Item::EmployerMedicare
                + payment.employer_contributions
                + payment.employer_health_savings_contribution
        ),
        Some(_) => work!(
            out,
            Item::EmployerCost = pay
                + own.employer_social_security as Item::EmployerSocialSecurity
                + own.employer_medicare as Item::EmployerMedicare
                + spouse.employer_social_security as Item::EmployerSocialSecurity
                + spouse.employer_medicare as Item::EmployerMedicare
                + payment.employer_contributions
                + payment.employer_health_savings_contribution
        ),
    };
}
