//! The federal taxes of a whole year on wages alone, as an estimate: the return of a citizen or resident
//! with the standard deduction, the tax by the rate schedules (not by the table of 50-dollar steps),
//! credits for children, and social security. Withholding follows other tables and differs from it.

use stele_sdk::prelude::*;
use stele_sdk::rounding::CENT;

use super::certificate::{payment_facts, refuse};
use super::law::{FamilyTerms, IncomeTaxBracket, IncomeTaxTerms};
use super::social_security::SocialSecurity;
use super::wages::Wages;
use super::year_terms::{Terms, terms, unknown_year};
use super::{family_credits, net_pay, social_security, wages};
use crate::choices::FilingStatus;
use crate::facts::Payment;
use crate::figures::Figure;
use crate::items::{Finding, Item};
use crate::law::Law;
use crate::payslip::Payslip;
use crate::states;
use crate::states::wages::StateWages;

/// The name of the spouse's lines.
const SPOUSE: &str = "spouse";

/// Income and social security taxes of the year, the state's income tax, and what is left.
pub(crate) fn estimate(law: &Law, payment: &Payment, out: &mut Payslip) -> Result<(), Fault> {
    refuse(
        &payment_facts(payment),
        "must be left out for the estimate of a year, which counts the whole year, found a value",
        "26 U.S.C. ss. 1 and 63",
    )?;
    let terms = terms(law, payment)?;
    refuse_spouse_of_one(payment, terms.status)?;
    let wages = wages::of(payment, out)?;
    find_not_stated(payment, terms.status, out);

    let fica = wages::fica(payment, &wages, out);
    let own = contributions(law, payment, fica, None, out);
    let of_spouse = match payment.spouse_wages {
        None => SocialSecurity::default(),
        Some(_) => {
            let fica = of_spouse(payment, out);
            contributions(law, payment, fica, Some(SPOUSE), out)
        }
    };
    let additional = additional_medicare_of_year(law, payment, terms.of_status, fica, out);
    let income = adjusted_gross_income(payment, &wages, out);
    let taxes = own.employee + of_spouse.employee;
    let tax = income_tax(law, payment, terms, income, taxes, out)?;
    let own_state = wages.for_states(payment);
    let spouse = payment.spouse_wages.unwrap_or_default();
    let state =
        StateWages { regular: own_state.pay() + spouse, supplemental: Decimal::ZERO, ..own_state };
    let state = states::year::estimate(law, payment, state, out)?;

    let taken = taken_of_year(payment, own, of_spouse, additional, out);
    let total = net_pay::deductions_of_year(payment, &wages, tax, taken, state, out);
    let pay = pay_in_all(payment, out);
    net_pay::net_pay(pay, total, out);
    net_pay::employer_cost_of_year(payment, pay, own, of_spouse, out);
    Ok(())
}

/// Of whom only the wages are known.
#[provision]
fn of_spouse(payment: &Payment, out: &mut Payslip) -> Decimal {
    work!(out, Figure::FicaWages = payment.spouse_wages)
}

/// Social security and Medicare taxes of one person's year.
fn contributions(
    law: &Law,
    payment: &Payment,
    fica: Decimal,
    about: Option<&'static str>,
    out: &mut Payslip,
) -> SocialSecurity {
    let taxes = social_security::of_employee(law, payment, fica, about, out);
    social_security::of_employer(law, taxes, fica, about, out)
}

/// Section 3101 (b) (2) on the return: above a limit that depends on the filing status.
#[provision("26 U.S.C. s. 3101 (b) (2)")]
fn additional_medicare_of_year(
    law: &Law,
    payment: &Payment,
    row: &IncomeTaxTerms,
    #[is(Item::MedicareWages)] wages: Decimal,
    out: &mut Payslip,
) -> Decimal {
    work!(
        out,
        Item::AdditionalMedicare = half_up(
            share(
                at_least(wages + payment.spouse_wages - row.additional_medicare_limit, 0),
                law.additional_medicare_rate
            ),
            CENT
        )
    )
}

/// Sections 62 and 6013.
#[provision("26 U.S.C. ss. 62 and 6013")]
fn adjusted_gross_income(payment: &Payment, wages: &Wages, out: &mut Payslip) -> Decimal {
    work!(
        out,
        Item::AdjustedGrossIncome =
            wages.taxable as Item::FederalTaxableWages + payment.spouse_wages
    )
}

/// Social security and Medicare of the year.
#[provision]
fn taken_of_year(
    payment: &Payment,
    own: SocialSecurity,
    spouse: SocialSecurity,
    #[is(Item::AdditionalMedicare)] additional: Decimal,
    out: &mut Payslip,
) -> Decimal {
    match payment.spouse_wages {
        None => work!(
            out,
            Figure::SocialSecurityTaken = own.social_security as Item::SocialSecurity
                + own.medicare as Item::Medicare
                + additional
        ),
        Some(_) => work!(
            out,
            Figure::SocialSecurityTaken = own.social_security as Item::SocialSecurity
                + own.medicare as Item::Medicare
                + spouse.social_security as Item::SocialSecurity
                + spouse.medicare as Item::Medicare
                + additional
        ),
    }
}

/// Pay in money, that of the spouse included.
#[provision]
fn pay_in_all(payment: &Payment, out: &mut Payslip) -> Decimal {
    work!(
        out,
        Figure::PayInMoney = payment.gross + payment.supplemental_wages + payment.spouse_wages
    )
}

/// Form 1040, lines 11 to 24 and 27 to 28, for one who has wages only.
#[provision("26 U.S.C. ss. 1 (j), 24, 32, 63 and 151 (d) (5) (C)")]
fn income_tax(
    law: &Law,
    payment: &Payment,
    terms: Terms<'_>,
    #[is(Item::AdjustedGrossIncome)] income: Decimal,
    taxes: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let seniors = seniors(payment, terms.family);
    #[is(Item::StandardDeduction)]
    let standard = standard_deduction(terms.of_status, seniors, out);
    #[is(Item::SeniorDeduction)]
    let senior = senior_deduction(terms.of_status, terms.family, income, seniors, out);
    let taxable = work!(out, Item::TaxableIncome = at_least(income - standard - senior, 0));
    #[is(Item::IncomeTaxBeforeCredits)]
    let before = rate_schedule(law, payment, terms.status, taxable, out)?;
    let credits = family_credits::of(law, payment, terms, income, taxes, before, out)?;
    Ok(work!(
        out,
        Item::IncomeTaxAfterCredits = before
            - credits.against_tax as Item::ChildTaxCredit
            - credits.refunded as Item::AdditionalChildTaxCredit
            - credits.earned as Item::EarnedIncomeCredit
    ))
}

/// Says what is taken for nothing of the persons on the return.
fn find_not_stated(payment: &Payment, status: FilingStatus, out: &mut Payslip) {
    let joint = status == FilingStatus::MarriedJoint;
    for (missing, fact) in
        [(payment.age.is_none(), "age"), (joint && payment.spouse_age.is_none(), "spouse_age")]
    {
        if missing {
            out.finding(Finding::AgeNotStated).about(fact);
        }
    }
    if joint && payment.spouse_wages.is_none() {
        out.finding(Finding::SpouseWagesNotStated);
    }
}

/// How many of the employee and the spouse are aged.
fn seniors(payment: &Payment, family: &FamilyTerms) -> Decimal {
    let ages = [payment.age, payment.spouse_age];
    let aged = ages.into_iter().flatten().filter(|age| *age >= family.senior_age).count();
    Decimal::from(aged)
}

/// Section 63 (c) and (f).
#[provision("26 U.S.C. s. 63 (c) and (f)")]
fn standard_deduction(row: &IncomeTaxTerms, seniors: Decimal, out: &mut Payslip) -> Decimal {
    work!(
        out,
        Item::StandardDeduction = row.standard_deduction + row.aged_deduction * stated(seniors)
    )
}

/// Section 151 (d) (5) (C): the amount of each senior is reduced by a share of the income above the
/// limit. Nothing has no line.
#[provision("26 U.S.C. s. 151 (d) (5) (C)")]
fn senior_deduction(
    row: &IncomeTaxTerms,
    family: &FamilyTerms,
    #[is(Item::AdjustedGrossIncome)] income: Decimal,
    seniors: Decimal,
    out: &mut Payslip,
) -> Decimal {
    if seniors.is_zero() {
        return Decimal::ZERO;
    }
    let deduction = work!(
        out,
        Figure::SeniorAmount = half_up(
            at_least(
                family.senior_deduction
                    - share(at_least(income - row.senior_limit, 0), family.senior_reduction),
                0
            ) * stated(seniors),
            CENT
        )
    );
    if deduction.is_zero() {
        return Decimal::ZERO;
    }
    work!(out, Item::SeniorDeduction = deduction)
}

/// Section 1 (j): the rate schedule of the filing status.
fn rate_schedule(
    law: &Law,
    payment: &Payment,
    status: FilingStatus,
    taxable: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let line = law
        .income_tax_brackets
        .iter()
        .rfind(|row| row.status == status && row.over <= taxable)
        .ok_or_else(|| unknown_year(payment))?;
    Ok(by_schedule(line, taxable, out))
}

#[provision("26 U.S.C. s. 1 (j)")]
fn by_schedule(
    #[is(Law::INCOME_TAX_BRACKETS)] line: &IncomeTaxBracket,
    #[is(Item::TaxableIncome)] taxable: Decimal,
    out: &mut Payslip,
) -> Decimal {
    work!(
        out,
        Item::IncomeTaxBeforeCredits =
            half_up(line.tax + share(taxable - line.over, line.rate), CENT)
    )
}

/// Facts of a spouse belong to a joint return.
fn refuse_spouse_of_one(payment: &Payment, status: FilingStatus) -> Result<(), Fault> {
    if status == FilingStatus::MarriedJoint {
        return Ok(());
    }
    refuse(
        &[
            (payment.spouse_wages.is_some(), Payment::SPOUSE_WAGES),
            (payment.spouse_age.is_some(), Payment::SPOUSE_AGE),
        ],
        "must be left out unless filing_status is married_joint, found a value",
        "26 U.S.C. s. 6013",
    )
}
