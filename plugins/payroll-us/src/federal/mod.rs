//! What federal law takes from a payment, from top to bottom of the payslip: which facts go together
//! (`certificate`), the pay and what is not taxed of it (`wages`), income tax withholding by
//! Publication 15-T (`worksheet_1a`; `worksheet_1b` for pensions; `supplemental`), social security and
//! Medicare (`social_security`), unemployment tax (`unemployment`), what is paid out (`net_pay`); and
//! the estimate of a whole year (`year`, `year_terms`, `family_credits`).
//!
//! What stays out: household and agricultural employees, tips, sick pay by third parties, fringe
//! benefits that are not money, railroad retirement, and the territories.

mod certificate;
mod family_credits;
mod law;
mod law_check;
mod net_pay;
mod retirement;
mod social_security;
mod supplemental;
mod unemployment;
mod wages;
mod worksheet_1a;
mod worksheet_1b;
mod year;
mod year_terms;

pub use law::{
    DeferralLimit, EarnedIncomeCredit, FamilyTerms, FutaCreditReduction, IncomeTaxBracket,
    IncomeTaxTerms, NonresidentAlienAmount, WithholdingBracket,
};

pub(crate) use law_check::check;
pub(crate) use year::estimate;

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::choices::FilingStatus;
use crate::facts::Payment;
use crate::items::Item;
use crate::law::Law;
use crate::sentences::stated_line;
use crate::states::{self, StateWages};
use crate::steps::PayStep;

/// One payment: federal law, the state of work, net pay.
pub(crate) fn pay(law: &Law, payment: &Payment, out: &mut Payslip) -> Result<(), Fault> {
    let certificate = certificate::read(payment)?;
    if certificate.form.is_pension() {
        return pension(law, payment, certificate, out);
    }
    let wages = wages::of(payment, out)?;
    retirement::check_limit(law, payment, out);
    let income_tax = supplemental::withhold(law, payment, certificate, wages, out)?;
    let social_security = social_security::of_payment(law, payment, wages, out);
    let state = StateWages {
        regular: wages.state_regular,
        supplemental: wages.state_supplemental,
        retirement: wages.retirement,
        cafeteria: wages.cafeteria,
        health_savings: wages.health_savings,
        social_security_and_medicare: social_security.employee,
    };
    let state = states::withhold(law, payment, state, out)?;
    let unemployment = unemployment::of_payment(law, payment, wages.fica, out)?;
    let taken = net_pay::Taken {
        before_tax: wages.before_tax(),
        income_tax,
        social_security: social_security.employee,
        state,
    };
    net_pay::settle(payment, wages.pay, taken, out);
    let taxes = net_pay::EmployerTaxes {
        social_security: social_security.employer,
        unemployment: Some(unemployment),
    };
    net_pay::employer_cost(payment, wages.pay, taxes, out);
    Ok(())
}

/// A periodic pension or annuity payment: income tax only (26 U.S.C. s. 3405 (a)).
fn pension(
    law: &Law,
    payment: &Payment,
    certificate: certificate::Certificate,
    out: &mut Payslip,
) -> Result<(), Fault> {
    stated_line(payment, Item::Gross, payment.gross, out);
    out.step(|| PayStep::PensionPayment { amount: payment.gross });
    out.line(Item::FederalTaxableWages, payment.gross);
    let income_tax = worksheet_1b::withhold(law, payment, certificate, out);
    out.line(Item::FederalIncomeTax, income_tax);
    let taken = net_pay::Taken { income_tax, ..net_pay::Taken::default() };
    net_pay::settle(payment, payment.gross, taken, out);
    Ok(())
}

/// Tax on an adjusted annual amount by the tables of Publication 15-T: columns A, C and D of the line.
fn withholding_bracket(
    law: &Law,
    status: FilingStatus,
    multiple_jobs: bool,
    adjusted: Decimal,
) -> Option<&WithholdingBracket> {
    law.withholding_brackets.iter().rfind(|row| {
        row.status == status && row.multiple_jobs == multiple_jobs && row.at_least <= adjusted
    })
}
