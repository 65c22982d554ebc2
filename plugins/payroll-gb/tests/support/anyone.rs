//! People of all sorts, for what must hold for everybody. Some of them may be refused.

use std::sync::LazyLock;

use payroll_gb::{
    DirectorMethod, Law, MinimumWageBand, NiCategory, PayFrequency, Payment, PensionArrangement,
    PensionBasis, StatutoryKind, StatutoryPayment, StudentLoan, TaxBasis,
};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use stele_sdk::prelude::{Choice as _, Date, Decimal};

use stele_sdk_test::day;

use super::{facts, law_on, payment};

/// Pay days: one in the first week and month of the tax year, one in the middle of it.
pub(crate) static DATES: LazyLock<[Date; 2]> =
    LazyLock::new(|| [day("2026-04-10"), day("2026-09-30")]);

/// The law of that tax year.
pub(crate) static LAW: LazyLock<Law> = LazyLock::new(|| law_on(DATES[0]));

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
        on in select(DATES.as_slice()),
        tax_code in "[SC]?(1257L|K475|9L|0T|BR|D0|D1)|SD2|NT",
        basis in of(select(TaxBasis::ALL)),
        earlier in of([money(), money()]),
        besides in [of(money()), of(money()), of(money())],
        statutory in vec((select(StatutoryKind::ALL), money()), 0..3),
        apprenticeship_levy: Option<bool>,
        uncommon in [of(money()), of(money()), of(money()), of(money()), of(money())],
        minimum_wage in of((1i64..30_000, select(MinimumWageBand::ALL))),
    ) -> Payment {
        let mut it = payment(&facts(&[("gross", "0"), ("pay_frequency", "monthly")]), on);
        (it.gross, it.pay_frequency) = (gross, pay_frequency);
        // The estimate of a year refuses what was before.
        if pay_frequency != PayFrequency::YearEstimate {
            it.earlier_taxable_pay = earlier.map(|[pay, _]| pay);
            it.earlier_tax = earlier.map(|[_, tax]| tax);
            it.tax_basis = basis;
        }
        let [other_deductions, benefits, allowance] = besides;
        it.other_deductions = other_deductions;
        it.payrolled_benefits = benefits;
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
    pub(crate) fn anyone()(
        mut it in pensioned(),
        ni_category in select(NiCategory::ALL),
        ni_frequency in of(select(PayFrequency::ALL)),
        director in of(select(DirectorMethod::ALL)),
        director_since_week in of(1i64..=53),
        before in any::<[bool; 2]>(),
        earlier in [money(), money(), money(), money(), money()],
        student_loan in of(select(StudentLoan::ALL)),
        postgraduate_loan: Option<bool>,
    ) -> Payment {
        it.ni_category = ni_category;
        let [in_the_year, in_the_period] = before;
        let payment = it.pay_frequency != PayFrequency::YearEstimate;
        if ni_category != NiCategory::NotLiable && payment {
            it.director = director;
        }
        let on_the_year = director.is_some_and(|method| method != DirectorMethod::Alternative);
        if it.director.is_some() {
            let week = director_since_week;
            it.director_since_week = if on_the_year { week.or(Some(1)) } else { week };
        }
        if it.director.is_some() && in_the_year {
            let [earnings, employee, employer, student, postgraduate] = earlier.map(Some);
            (it.earlier_ni_earnings, it.earlier_employee_ni) = (earnings, part(employee, earnings));
            it.earlier_employer_ni = part(employer, earnings);
            (it.earlier_student_loan, it.earlier_postgraduate_loan) = (student, postgraduate);
        }
        if it.director.is_none() && payment && in_the_period {
            it.ni_frequency = ni_frequency.filter(|period| *period != PayFrequency::YearEstimate);
            let [earnings, employee, employer, student, postgraduate] = earlier.map(Some);
            (it.period_ni_earnings, it.period_employee_ni) = (earnings, part(employee, earnings));
            it.period_employer_ni = part(employer, earnings);
            (it.period_student_loan, it.period_postgraduate_loan) = (student, postgraduate);
        }
        (it.student_loan, it.postgraduate_loan) = (student_loan, postgraduate_loan);
        it
    }
}
