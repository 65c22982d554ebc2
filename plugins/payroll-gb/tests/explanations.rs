//! Every line of every payslip is led to by a sentence with its amount in it.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod support;

use std::sync::LazyLock;

use payroll_gb::{
    DirectorMethod, Law, MinimumWageBand, NiCategory, PayFrequency, Payment, Payslip,
    PensionArrangement, PensionBasis, StatutoryKind, StatutoryPayment, StudentLoan, TaxBasis,
};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use stele_sdk::prelude::{Choice as _, Date, Decimal};
use support::{cases, day, facts, facts_of, law_on, payment, payslip};

static DATE: LazyLock<Date> = LazyLock::new(|| day("2026-09-30"));
static LAW: LazyLock<Law> = LazyLock::new(|| law_on(*DATE));

/// What is wrong with the explanation: the item, and the sentences that lead to it.
fn unexplained(out: &Payslip) -> Vec<String> {
    let steps: Vec<_> = out.steps().collect();
    let mut faults = Vec::new();
    for (position, line) in out.lines().enumerate() {
        let texts: Vec<_> = (steps.iter().filter(|step| step.line == Some(position)))
            .map(|step| step.text.as_str())
            .collect();
        if !texts.iter().any(|text| says(text, line.amount)) {
            faults.push(format!("{} = {}: {texts:?}", line.name, line.amount));
        }
    }
    faults
}

/// Whether the sentence has the amount in it, or says in words that there is none.
fn says(text: &str, amount: Decimal) -> bool {
    let apart = |letter: char| !(letter.is_ascii_digit() || ".-".contains(letter));
    let mut numbers = text.split(apart).filter_map(|word| word.trim_end_matches('.').parse().ok());
    let in_words = ["Nothing of it is taxable.", "Code NT: no tax is due."];
    numbers.any(|number: Decimal| number == amount)
        || (amount.is_zero() && in_words.contains(&text))
}

#[test]
fn every_line_of_every_case_of_the_ruleset_is_explained() {
    let mut faults = Vec::new();
    let mut count = 0;
    for (name, case) in cases() {
        let date = day(&case["date"].to_string());
        let facts = facts_of(case["facts"].as_table().expect("facts"));
        if let Ok(out) = payslip(&law_on(date), &payment(&facts, date)) {
            faults.extend(unexplained(&out).iter().map(|fault| format!("{name}: {fault}")));
            count += 1;
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(count >= 12, "at least 12 payslips, found {count}");
}

fn money() -> impl Strategy<Value = Decimal> {
    prop_oneof![Just(0), 0i64..100_000, 0i64..5_000_000].prop_map(|pence| Decimal::new(pence, 2))
}

fn rate() -> impl Strategy<Value = Decimal> {
    (0i64..=8).prop_map(|percent| Decimal::new(percent, 2))
}

prop_compose! {
    /// Pay, tax, and what the employer says about itself.
    fn plain()(
        gross in money(),
        pay_frequency in select(PayFrequency::ALL),
        tax_code in of("[SC]?(1257L|K475|9L|0T|BR|D0|D1)|SD2|NT"),
        alone: bool,
        earlier in [of(money()), of(money())],
        besides in [of(money()), of(money()), of(money())],
        statutory in vec((select(StatutoryKind::ALL), money()), 0..3),
        apprenticeship_levy: Option<bool>,
        uncommon in [of(money()), of(money()), of(money()), of(money()), of(money())],
        minimum_wage in of((1i64..30_000, select(MinimumWageBand::ALL))),
    ) -> Payment {
        let mut it = payment(&facts(&[("gross", "0"), ("pay_frequency", "monthly")]), *DATE);
        (it.gross, it.pay_frequency) = (gross, pay_frequency);
        // The estimate of a year refuses what was before.
        if pay_frequency != PayFrequency::YearEstimate {
            [it.earlier_taxable_pay, it.earlier_tax] = earlier;
            it.tax_basis = alone.then_some(TaxBasis::Week1Month1);
        }
        let [other_deductions, benefits, allowance] = besides;
        it.other_deductions = other_deductions;
        it.payrolled_benefits = benefits.filter(|_| tax_code.is_some());
        it.employment_allowance_left = allowance.map(|left| left.min(LAW.employment_allowance));
        it.tax_code = tax_code;
        let row = |(kind, amount)| StatutoryPayment { kind, amount };
        it.statutory_payments = statutory.into_iter().map(row).collect();
        it.apprenticeship_levy = apprenticeship_levy;
        let [tax_free, without_ni, ni_only, award, awarded_before] = uncommon;
        (it.tax_free_pay, it.pay_without_ni, it.ni_only_earnings) = (tax_free, without_ni, ni_only);
        it.termination_award = award;
        it.earlier_termination_awards = awarded_before.filter(|_| award.is_some());
        if let Some((hours, band)) = minimum_wage {
            it.minimum_wage_hours = Some(Decimal::new(hours, 2));
            it.minimum_wage_band = Some(band);
        }
        it
    }
}

prop_compose! {
    /// With a pension scheme.
    fn pensioned()(
        mut it in plain(),
        arrangement in select(PensionArrangement::ALL),
        basis in select(PensionBasis::ALL),
        pensionable_pay in money(),
        [employee, employer] in [of(rate()), of(rate())],
        [employee_amount, employer_amount] in [of(money()), of(money())],
    ) -> Payment {
        it.employee_pension_rate = employee;
        it.employer_pension_rate = employer;
        it.employee_pension_amount = employee_amount.filter(|_| employee.is_none());
        it.employer_pension_amount = employer_amount.filter(|_| employer.is_none());
        let contributes = employee.is_some() || employee_amount.is_some();
        it.pension_arrangement = contributes.then_some(arrangement);
        if employee.is_some() || employer.is_some() {
            it.pension_basis = Some(basis);
            it.pensionable_pay = (basis == PensionBasis::PensionablePay).then_some(pensionable_pay);
        }
        it
    }
}

/// No more contributed than can be due on the earnings.
fn part(contributed: Option<Decimal>, earnings: Option<Decimal>) -> Option<Decimal> {
    let most = (earnings? - Decimal::from(242)).max(Decimal::ZERO) * Decimal::new(8, 2);
    Some(contributed?.min(most).trunc_with_scale(2))
}

prop_compose! {
    /// With National Insurance and loans, perhaps as a director.
    fn anyone()(
        mut it in pensioned(),
        ni_category in of(select(NiCategory::ALL)),
        director in of(select(DirectorMethod::ALL)),
        director_since_week in of(1i64..=53),
        earlier in [money(), money(), money(), money(), money()],
        student_loan in of(select(StudentLoan::ALL)),
        postgraduate_loan: Option<bool>,
    ) -> Payment {
        it.ni_category = ni_category;
        if ni_category.is_some() && it.pay_frequency != PayFrequency::YearEstimate {
            it.director = director;
        }
        if it.director.is_some() {
            it.director_since_week = director_since_week;
            let [earnings, employee, employer, student, postgraduate] = earlier.map(Some);
            (it.earlier_ni_earnings, it.earlier_employee_ni) = (earnings, part(employee, earnings));
            it.earlier_employer_ni = part(employer, earnings);
            (it.earlier_student_loan, it.earlier_postgraduate_loan) = (student, postgraduate);
        }
        if it.director.is_none() && ni_category.is_some() {
            let [earnings, employee, employer, student, postgraduate] = earlier.map(Some);
            (it.period_ni_earnings, it.period_employee_ni) = (earnings, part(employee, earnings));
            it.period_employer_ni = part(employer, earnings);
            (it.period_student_loan, it.period_postgraduate_loan) = (student, postgraduate);
        }
        it.employment_allowance_left = it.employment_allowance_left.filter(|_| ni_category.is_some());
        (it.student_loan, it.postgraduate_loan) = (student_loan, postgraduate_loan);
        it
    }
}

proptest! {
    // Whoever is taken here may be refused; those who are not reach all branches many times.
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn every_line_of_anyones_payslip_is_explained(payment in anyone()) {
        let result = payslip(&LAW, &payment);
        prop_assume!(result.is_ok());
        let out = result.expect("a payslip");
        let faults = unexplained(&out);
        prop_assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
