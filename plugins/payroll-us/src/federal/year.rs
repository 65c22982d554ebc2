//! The federal taxes of a whole year on wages alone, as an estimate: the return of a citizen or resident
//! with the standard deduction, the tax by the rate schedules (not by the table of 50-dollar steps),
//! credits for children, and social security. Withholding follows other tables and differs from it.

use stele_sdk::prelude::*;

use super::certificate::{payment_facts, refuse};
use super::law::FamilyTerms;
use super::wages::Wages;
use super::year_terms::{Terms, terms, unknown_year};
use super::{family_credits, net_pay, social_security, wages};
use crate::amounts::{cents, percent};
use crate::choices::FilingStatus;
use crate::facts::Payment;
use crate::items::{Finding, Item};
use crate::law::Law;
use crate::payslip::Payslip;
use crate::sentences::addition;
use crate::states;
use crate::states::wages::StateWages;
use crate::steps::{PayStep, SocialSecurityStep, YearStep};

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
    let spouse = payment.spouse_wages.unwrap_or_default();

    let mut fica = contributions(law, Person::Employee(wages), out);
    if payment.spouse_wages.is_some() {
        let of_spouse = contributions(law, Person::Spouse(spouse), out);
        fica.employee += of_spouse.employee;
        fica.employer += of_spouse.employer;
    }
    let additional = additional_medicare(law, terms, wages.fica + spouse, out);

    let own = wages.regular + wages.supplemental;
    let income = own + spouse;
    out.step(|| match payment.spouse_wages {
        None => YearStep::AdjustedGrossIncome { income },
        Some(spouse) => YearStep::AdjustedGrossIncomeJoint { own, spouse, income },
    });
    out.line(Item::AdjustedGrossIncome, income);
    let earned = family_credits::Income { adjusted: income, earned: income, fica: fica.employee };
    let tax = income_tax(law, payment, terms, earned, out)?;
    let own_state = wages.for_states(payment);
    let state =
        StateWages { regular: own_state.pay() + spouse, supplemental: Decimal::ZERO, ..own_state };
    let state = states::year::estimate(law, payment, state, out)?;

    let pay = wages.pay + spouse;
    let taken = net_pay::Taken {
        before_tax: wages.before_tax(),
        income_tax: tax,
        social_security: fica.employee + additional,
        state,
    };
    net_pay::settle(payment, pay, taken, out);
    let taxes = net_pay::EmployerTaxes { social_security: fica.employer, unemployment: None };
    net_pay::employer_cost(payment, pay, taxes, out);
    Ok(())
}

/// Form 1040, lines 11 to 24 and 27 to 28, for one who has wages only.
fn income_tax(
    law: &Law,
    payment: &Payment,
    terms: Terms<'_>,
    income: family_credits::Income,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let seniors = seniors(payment, terms.family);
    let standard = standard_deduction(terms, seniors, out);
    let senior = senior_deduction(terms, income.adjusted, seniors, out);
    let taxable = (income.adjusted - standard - senior).max(Decimal::ZERO);
    out.step(|| YearStep::TaxableIncome { income: income.adjusted, standard, senior, taxable });
    out.line(Item::TaxableIncome, taxable);
    let before = rate_schedule(law, payment, terms.status, taxable, out)?;
    out.line(Item::IncomeTaxBeforeCredits, before);
    let credits = family_credits::of(law, payment, terms, income, before, out)?;
    let after = before - credits.sum();
    out.step(|| {
        if credits.sum().is_zero() {
            return YearStep::IncomeTaxWithoutCredits { after };
        }
        let parts = [before, -credits.against_tax, -credits.refunded, -credits.earned];
        YearStep::IncomeTaxAfterCredits { parts: addition(&parts), after }
    });
    out.line(Item::IncomeTaxAfterCredits, after);
    Ok(after)
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
fn standard_deduction(terms: Terms<'_>, seniors: Decimal, out: &mut Payslip) -> Decimal {
    let basic = terms.of_status.standard_deduction;
    let each = terms.of_status.aged_deduction;
    let deduction = basic + each * seniors;
    out.step(|| {
        if seniors.is_zero() {
            return YearStep::StandardDeduction { deduction };
        }
        let age = terms.family.senior_age;
        YearStep::StandardDeductionAged { basic, each, seniors, age, deduction }
    });
    out.line(Item::StandardDeduction, deduction);
    deduction
}

/// Section 151 (d) (5) (C): the amount of each senior is reduced by a share of the income above the
/// limit. Nothing has no line.
fn senior_deduction(
    terms: Terms<'_>,
    income: Decimal,
    seniors: Decimal,
    out: &mut Payslip,
) -> Decimal {
    let above = (income - terms.of_status.senior_limit).max(Decimal::ZERO);
    let reduction = above * terms.family.senior_reduction;
    let each = (terms.family.senior_deduction - reduction).max(Decimal::ZERO);
    let deduction = cents(each * seniors);
    if deduction.is_zero() {
        return deduction;
    }
    out.step(|| YearStep::SeniorDeduction {
        full: terms.family.senior_deduction,
        rate: percent(terms.family.senior_reduction),
        limit: terms.of_status.senior_limit,
        above,
        each,
        seniors,
        deduction,
    });
    out.line(Item::SeniorDeduction, deduction);
    deduction
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
    let tax = cents(line.tax + (taxable - line.over) * line.rate);
    out.step(|| YearStep::IncomeTaxBracket {
        taxable,
        over: line.over,
        base_tax: line.tax,
        rate: percent(line.rate),
        tax,
    });
    Ok(tax)
}

/// Whose wages of the year.
#[derive(Clone, Copy, Debug)]
enum Person {
    /// The employee.
    Employee(Wages),
    /// The spouse, of whom only the wages are known.
    Spouse(Decimal),
}

impl Person {
    /// Wages for social security and Medicare.
    fn fica(self) -> Decimal {
        match self {
            Self::Employee(wages) => wages.fica,
            Self::Spouse(wages) => wages,
        }
    }

    /// Says what they are.
    fn explain(self, out: &mut Payslip) {
        match self {
            Self::Employee(wages) => wages.explain_fica(out),
            Self::Spouse(amount) => out.step(|| PayStep::SpouseWages { amount }),
        }
    }

    fn line(self, item: Item, amount: Decimal, out: &mut Payslip) {
        match self {
            Self::Employee(_) => out.line(item, amount),
            Self::Spouse(_) => out.line_about(item, SPOUSE, amount),
        }
    }
}

/// Social security and Medicare taxes of one person's year.
fn contributions(law: &Law, person: Person, out: &mut Payslip) -> social_security::SocialSecurity {
    let wages = person.fica();
    let social_security = social_security::social_security(law, Decimal::ZERO, wages);
    for (item, amount) in [
        (Item::SocialSecurityWages, social_security.wages),
        (Item::SocialSecurity, social_security.tax),
    ] {
        person.explain(out);
        social_security.explain(law, Decimal::ZERO, wages, out);
        person.line(item, amount, out);
    }
    person.explain(out);
    person.line(Item::MedicareWages, wages, out);
    let medicare = social_security::medicare(law, wages, out);
    person.line(Item::Medicare, medicare, out);
    social_security.explain_employer(law, out);
    person.line(Item::EmployerSocialSecurity, social_security.tax, out);
    social_security::explain_employer_medicare(law, wages, medicare, out);
    person.line(Item::EmployerMedicare, medicare, out);
    let sum = social_security.tax + medicare;
    social_security::SocialSecurity { employee: sum, employer: sum }
}

/// Section 3101 (b) (2) on the return: above a limit that depends on the filing status.
fn additional_medicare(law: &Law, terms: Terms<'_>, wages: Decimal, out: &mut Payslip) -> Decimal {
    let from = terms.of_status.additional_medicare_limit;
    let liable = (wages - from).max(Decimal::ZERO);
    let tax = cents(liable * law.additional_medicare_rate);
    let rate = percent(law.additional_medicare_rate);
    out.step(|| SocialSecurityStep::AdditionalMedicare { wages, liable, from, rate, tax });
    out.line(Item::AdditionalMedicare, tax);
    tax
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
