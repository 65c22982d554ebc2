//! Which facts go together: the withholding certificates, and what they know. A fact that the form
//! does not know is a mistake, not something to pass over.

use stele_sdk::FactField;
use stele_sdk::prelude::*;

use crate::choices::{FilingStatus, SupplementalMethod, WithholdingForm};
use crate::facts::Payment;
use crate::states::choices::State;

/// What the certificate says of the table to use.
#[derive(Clone, Copy, Debug)]
pub(super) struct Certificate {
    /// Which form.
    pub form: WithholdingForm,
    /// Filing status on it.
    pub status: FilingStatus,
}

/// Reads the certificate and refuses what contradicts it.
pub(super) fn read(payment: &Payment) -> Result<Certificate, Fault> {
    refuse(
        &estimate_facts(payment),
        "must be left out of a payment: only the estimate of a year knows it, found a value",
        "26 U.S.C. s. 3402",
    )?;
    let form = payment.withholding_form.unwrap_or(WithholdingForm::W4);
    let status = payment.filing_status.unwrap_or(FilingStatus::Single);
    if form == WithholdingForm::NoneFurnished {
        refuse(
            &entries(payment),
            "must be left out where no certificate was furnished (none): single without entries is what is withheld then; found a value",
            "26 CFR s. 31.3402(f)(2)-1(a); IRS Publication 15-T, Introduction",
        )?;
    }
    if form.has_allowances() {
        check_form_with_allowances(payment, status)?;
    } else if let Some(allowances) = payment.allowances {
        return Err(Fault::fact(
            Payment::ALLOWANCES,
            format!(
                "must be left out with {}: only forms of 2019 or earlier (W-4) and 2021 or earlier (W-4P) claim allowances; found {allowances}",
                form.name()
            ),
        )
        .citing("IRS Publication 15-T, Worksheets 1A and 1B, lines 1d to 1l"));
    }
    if form.is_pension() {
        check_pension(payment, form)?;
    } else if let Some(other) = payment.other_jobs_and_pensions {
        return Err(Fault::fact(
            Payment::OTHER_JOBS_AND_PENSIONS,
            format!("must be left out with {}: it is Step 2(b)(iii) of Form W-4P of 2022 or later; found {other}", form.name()),
        )
        .citing("IRS Publication 15-T, Worksheet 1B, line 2a"));
    }
    check_nonresident_alien(payment, form, status)?;
    check_exemption(payment)?;
    check_supplemental(payment)?;
    Ok(Certificate { form, status })
}

/// Faults at the first of the facts that is given.
pub(super) fn refuse(
    facts: &[(bool, FactField)],
    message: &str,
    citation: &str,
) -> Result<(), Fault> {
    match facts.iter().find(|(given, _)| *given) {
        None => Ok(()),
        Some((_, fact)) => Err(Fault::fact(*fact, message).citing(citation)),
    }
}

/// Facts of Steps 2 to 4 of the forms without allowances.
fn steps(payment: &Payment) -> [(bool, FactField); 4] {
    [
        (payment.multiple_jobs == Some(true), Payment::MULTIPLE_JOBS),
        (payment.tax_credits.is_some(), Payment::TAX_CREDITS),
        (payment.other_income.is_some(), Payment::OTHER_INCOME),
        (payment.deductions.is_some(), Payment::DEDUCTIONS),
    ]
}

/// Entries of a certificate, beyond those of one who is single without any.
fn entries(payment: &Payment) -> [(bool, FactField); 8] {
    let status = payment.filing_status.is_some_and(|status| status != FilingStatus::Single);
    let [multiple_jobs, credits, income, deductions] = steps(payment);
    [
        (status, Payment::FILING_STATUS),
        multiple_jobs,
        credits,
        income,
        deductions,
        (payment.extra_withholding.is_some(), Payment::EXTRA_WITHHOLDING),
        (payment.exempt == Some(true), Payment::EXEMPT),
        (payment.lock_in_letter == Some(true), Payment::LOCK_IN_LETTER),
    ]
}

/// Facts that only the estimate of a year reads.
fn estimate_facts(payment: &Payment) -> [(bool, FactField); 3] {
    [
        (payment.spouse_wages.is_some(), Payment::SPOUSE_WAGES),
        (payment.spouse_age.is_some(), Payment::SPOUSE_AGE),
        (!payment.children.is_empty(), Payment::CHILDREN),
    ]
}

/// Facts of the certificate and of the year so far, which the estimate of a year does not know.
pub(super) fn payment_facts(payment: &Payment) -> [(bool, FactField); 27] {
    [
        (payment.withholding_form.is_some(), Payment::WITHHOLDING_FORM),
        (payment.multiple_jobs.is_some(), Payment::MULTIPLE_JOBS),
        (payment.other_jobs_and_pensions.is_some(), Payment::OTHER_JOBS_AND_PENSIONS),
        (payment.tax_credits.is_some(), Payment::TAX_CREDITS),
        (payment.other_income.is_some(), Payment::OTHER_INCOME),
        (payment.deductions.is_some(), Payment::DEDUCTIONS),
        (payment.extra_withholding.is_some(), Payment::EXTRA_WITHHOLDING),
        (payment.allowances.is_some(), Payment::ALLOWANCES),
        (payment.exempt.is_some(), Payment::EXEMPT),
        (payment.lock_in_letter.is_some(), Payment::LOCK_IN_LETTER),
        (payment.nonresident_alien.is_some(), Payment::NONRESIDENT_ALIEN),
        (payment.supplemental_method.is_some(), Payment::SUPPLEMENTAL_METHOD),
        (payment.earlier_supplemental_wages.is_some(), Payment::EARLIER_SUPPLEMENTAL_WAGES),
        (payment.wages_already_paid.is_some(), Payment::WAGES_ALREADY_PAID),
        (payment.tax_already_withheld.is_some(), Payment::TAX_ALREADY_WITHHELD),
        (payment.earlier_deferrals.is_some(), Payment::EARLIER_DEFERRALS),
        (payment.earlier_fica_wages.is_some(), Payment::EARLIER_FICA_WAGES),
        (payment.fica_exempt.is_some(), Payment::FICA_EXEMPT),
        (payment.futa_exempt.is_some(), Payment::FUTA_EXEMPT),
        (payment.futa_credit_reduction.is_some(), Payment::FUTA_CREDIT_REDUCTION),
        (payment.taxable_benefits.is_some(), Payment::TAXABLE_BENEFITS),
        (payment.group_term_life_cost.is_some(), Payment::GROUP_TERM_LIFE_COST),
        (payment.reported_tips.is_some(), Payment::REPORTED_TIPS),
        (
            payment.employer_health_savings_contribution.is_some(),
            Payment::EMPLOYER_HEALTH_SAVINGS_CONTRIBUTION,
        ),
        (payment.earlier_futa_wages.is_some(), Payment::EARLIER_FUTA_WAGES),
        (payment.residence_state.is_some(), Payment::RESIDENCE_STATE),
        (payment.long_term_care_exempt.is_some(), Payment::LONG_TERM_CARE_EXEMPT),
    ]
}

fn check_form_with_allowances(payment: &Payment, status: FilingStatus) -> Result<(), Fault> {
    refuse(
        &steps(payment),
        "must be left out with a form that claims allowances: Steps 2 to 4 came with Form W-4 of 2020 and Form W-4P of 2022; found a value",
        "IRS Publication 15-T, Worksheets 1A and 1B, lines 1j to 1l and 3",
    )?;
    if status == FilingStatus::HeadOfHousehold {
        return Err(Fault::fact(
            Payment::FILING_STATUS,
            "must be single or married_joint with a form that claims allowances, found head_of_household",
        )
        .citing("IRS Publication 15-T, section 1: head of household is a status of Form W-4 of 2020 or later"));
    }
    Ok(())
}

/// Pensions: 26 U.S.C. s. 3405, not wages.
fn check_pension(payment: &Payment, form: WithholdingForm) -> Result<(), Fault> {
    if form.has_allowances()
        && let Some(other) = payment.other_jobs_and_pensions
    {
        return Err(Fault::fact(
            Payment::OTHER_JOBS_AND_PENSIONS,
            format!("must be left out with Form W-4P of 2021 or earlier, which has no Step 2(b)(iii); found {other}"),
        )
        .citing("IRS Publication 15-T, Worksheet 1B, line 2a"));
    }
    refuse(
        &[
            (payment.multiple_jobs == Some(true), Payment::MULTIPLE_JOBS),
            (payment.supplemental_wages.is_some(), Payment::SUPPLEMENTAL_WAGES),
            (payment.supplemental_method.is_some(), Payment::SUPPLEMENTAL_METHOD),
            (payment.earlier_supplemental_wages.is_some(), Payment::EARLIER_SUPPLEMENTAL_WAGES),
            (payment.wages_already_paid.is_some(), Payment::WAGES_ALREADY_PAID),
            (payment.tax_already_withheld.is_some(), Payment::TAX_ALREADY_WITHHELD),
            (payment.retirement_deferral.is_some(), Payment::RETIREMENT_DEFERRAL),
            (payment.cafeteria_contribution.is_some(), Payment::CAFETERIA_CONTRIBUTION),
            (payment.health_savings_contribution.is_some(), Payment::HEALTH_SAVINGS_CONTRIBUTION),
            (payment.roth_deferral.is_some(), Payment::ROTH_DEFERRAL),
            (payment.earlier_deferrals.is_some(), Payment::EARLIER_DEFERRALS),
            (payment.employer_contributions.is_some(), Payment::EMPLOYER_CONTRIBUTIONS),
            (payment.earlier_fica_wages.is_some(), Payment::EARLIER_FICA_WAGES),
            (payment.fica_exempt.is_some(), Payment::FICA_EXEMPT),
            (payment.futa_exempt.is_some(), Payment::FUTA_EXEMPT),
            (payment.futa_credit_reduction.is_some(), Payment::FUTA_CREDIT_REDUCTION),
            (payment.lock_in_letter == Some(true), Payment::LOCK_IN_LETTER),
            (payment.nonresident_alien == Some(true), Payment::NONRESIDENT_ALIEN),
            (payment.taxable_benefits.is_some(), Payment::TAXABLE_BENEFITS),
            (payment.group_term_life_cost.is_some(), Payment::GROUP_TERM_LIFE_COST),
            (payment.reported_tips.is_some(), Payment::REPORTED_TIPS),
            (payment.retirement_plan.is_some(), Payment::RETIREMENT_PLAN),
            (
                payment.employer_health_savings_contribution.is_some(),
                Payment::EMPLOYER_HEALTH_SAVINGS_CONTRIBUTION,
            ),
            (payment.earlier_futa_wages.is_some(), Payment::EARLIER_FUTA_WAGES),
            (payment.state.is_some_and(|state| state != State::NoState), Payment::STATE),
            (payment.residence_state.is_some(), Payment::RESIDENCE_STATE),
        ],
        "must be left out with Form W-4P: a pension or annuity payment is not wages, so it knows no box in Step 2(c), no supplemental wages, deferrals, social security, lock-in letter, adjustment for nonresident aliens or state of work; found a value",
        "26 U.S.C. s. 3405 (a) and (e) (13); IRS Publication 15-T, Worksheet 1B",
    )
}

/// Publication 15, section 9: how a nonresident alien must complete Form W-4.
fn check_nonresident_alien(
    payment: &Payment,
    form: WithholdingForm,
    status: FilingStatus,
) -> Result<(), Fault> {
    if payment.nonresident_alien != Some(true) || form.is_pension() {
        return Ok(());
    }
    let citation = "IRS Notice 1392; IRS Publication 15, section 9";
    if status != FilingStatus::Single {
        return Err(Fault::fact(
            Payment::FILING_STATUS,
            format!("must be single for a nonresident alien, found {}", status.name()),
        )
        .citing(citation));
    }
    if payment.exempt == Some(true) {
        return Err(Fault::fact(
            Payment::EXEMPT,
            "must be absent or false for a nonresident alien, who can not claim exemption on Form W-4, found true",
        )
        .citing(citation));
    }
    Ok(())
}

/// Form W-4: one who claims exemption completes no other step.
fn check_exemption(payment: &Payment) -> Result<(), Fault> {
    if payment.exempt != Some(true) {
        return Ok(());
    }
    if payment.lock_in_letter == Some(true) {
        return Err(Fault::fact(
            Payment::EXEMPT,
            "must be absent or false under a lock-in letter: a certificate that withholds less is disregarded; found true",
        )
        .citing("26 CFR s. 31.3402(f)(2)-1(g)(2)"));
    }
    let citation = "Form W-4, Exemption from withholding; 26 U.S.C. s. 3402 (n)";
    refuse(
        &steps(payment),
        "must be left out by one who claims exemption from withholding, found a value",
        citation,
    )?;
    refuse(
        &[
            (payment.other_jobs_and_pensions.is_some(), Payment::OTHER_JOBS_AND_PENSIONS),
            (payment.extra_withholding.is_some(), Payment::EXTRA_WITHHOLDING),
            (payment.allowances.is_some(), Payment::ALLOWANCES),
        ],
        "must be left out by one who claims exemption from withholding, found a value",
        citation,
    )?;
    if payment.supplemental_method == Some(SupplementalMethod::Flat) {
        return Err(Fault::fact(
            Payment::SUPPLEMENTAL_METHOD,
            "must be absent or aggregate for one who is exempt: the flat rate is open only where tax was withheld from regular wages; found flat",
        )
        .citing("26 CFR s. 31.3402(g)-1(a)(7)(iii); IRS Publication 15, section 7"));
    }
    Ok(())
}

/// Publication 15, section 7: what is given of wages that were already paid.
fn check_supplemental(payment: &Payment) -> Result<(), Fault> {
    let citation = "IRS Publication 15, section 7, method 1b";
    let aggregate = payment.supplemental_method == Some(SupplementalMethod::Aggregate);
    let already = [
        (payment.wages_already_paid.is_some(), Payment::WAGES_ALREADY_PAID),
        (payment.tax_already_withheld.is_some(), Payment::TAX_ALREADY_WITHHELD),
    ];
    if !aggregate || !payment.gross.is_zero() {
        return refuse(
            &already,
            "must be left out unless supplemental wages are paid by themselves (gross of 0) and taxed by the aggregate method, found a value",
            citation,
        );
    }
    if let Some((_, missing)) = already.iter().find(|(given, _)| !given)
        && payment.exempt != Some(true)
    {
        return Err(Fault::fact(
            *missing,
            "must be given where supplemental wages are paid by themselves and taxed by the aggregate method, found none",
        )
        .citing(citation));
    }
    if let Some(state) = payment.state.filter(|state| *state != State::NoState) {
        return Err(Fault::fact(
            Payment::STATE,
            format!("must be none where supplemental wages are aggregated with wages that were paid before: the ruleset knows no state's law of that; found {}", state.name()),
        )
        .citing(citation));
    }
    Ok(())
}
