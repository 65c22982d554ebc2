//! What must hold for every employee, whatever the numbers.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod support;

use std::sync::LazyLock;

use payroll_gb::{DirectorMethod, Item, Law, NiCategory, PayFrequency, Payment, Payslip, TaxBasis};
use proptest::prelude::*;
use stele_sdk::prelude::{Choice as _, Date, Decimal};
use stele_sdk::rust_decimal::prelude::ToPrimitive;
use stele_sdk_test::{amount, day};
use support::{facts, law_on, payment, payslip};

static DATE: LazyLock<Date> = LazyLock::new(|| day("2026-09-30"));
static LAW: LazyLock<Law> = LazyLock::new(|| law_on(*DATE));

/// Left in a sentence only if an argument is missing.
const BRACES: [char; 2] = ['{', '}'];

/// An amount of so many pence.
fn pounds(pence: u64) -> Decimal {
    Decimal::new(pence.try_into().expect("an amount"), 2)
}

fn pence(amount: Decimal) -> i64 {
    (amount * Decimal::ONE_HUNDRED).to_i64().expect("pence")
}

fn monthly(gross: Decimal) -> Payment {
    let mut payment = payment(&facts(&[("gross", "0"), ("pay_frequency", "monthly")]), *DATE);
    payment.gross = gross;
    payment
}

fn paid(payment: &Payment) -> Payslip {
    payslip(&LAW, payment).unwrap_or_else(|fault| panic!("{fault}"))
}

fn line(out: &Payslip, item: Item) -> Decimal {
    out.amount(item).unwrap_or_default()
}

/// A month of tax, carried on from what was before.
fn month_of_tax(code: &str, number: i64, gross: Decimal, before: (Decimal, Decimal)) -> Payslip {
    let mut month = monthly(gross);
    month.tax_code = code.to_owned();
    month.tax_period = Some(number);
    (month.earlier_taxable_pay, month.earlier_tax) = (Some(before.0), Some(before.1));
    paid(&month)
}

fn code() -> impl Strategy<Value = String> {
    prop_oneof![
        ("[SC]?", 1u32..20_000, "[LMNT]")
            .prop_map(|(prefix, number, suffix)| format!("{prefix}{number}{suffix}")),
        ("[SC]?", 1u32..=9_999).prop_map(|(prefix, number)| format!("{prefix}K{number}")),
        "[SC]?(BR|D0|D1|0T)",
        "SD[23]",
        Just("NT".to_owned()),
    ]
}

proptest! {
    #[test]
    fn the_months_of_a_year_add_up_to_the_tax_of_the_year(
        wages in prop::collection::vec(0u64..3_000_000, 12), units in 1i64..2_000,
    ) {
        let (mut pay, mut tax) = (Decimal::ZERO, Decimal::ZERO);
        let mut limited = false;
        for (number, wage) in (1..).zip(&wages) {
            let out = month_of_tax(&format!("{units}L"), number, pounds(*wage), (pay, tax));
            pay += pounds(*wage);
            tax += line(&out, Item::IncomeTax);
            prop_assert_eq!(line(&out, Item::TaxToDate), tax);
            prop_assert_eq!(line(&out, Item::TaxablePayToDate), pay);
            prop_assert!(tax >= Decimal::ZERO);
            limited = out.findings().any(|finding| finding.name == "tax_limited");
        }
        // Month 12 has the whole bands; the free pay is twelve times that of a month.
        let (blocks, rest) = ((units - 1) / 500, (units - 1) % 500 + 1);
        let free = 12 * ((rest * 1_000 + 900 + 11) / 12 + blocks * 41_667);
        let taxable = ((pence(pay) - free).max(0) / 100) * 100;
        let by_bands = taxable.min(3_770_000) * 20
            + (taxable.min(12_514_000) - 3_770_000).max(0) * 40
            + (taxable - 12_514_000).max(0) * 45;
        prop_assume!(!limited);
        prop_assert_eq!(pence(tax), by_bands / 100);
    }

    #[test]
    fn no_code_takes_more_than_half_of_the_pay(
        code in code(), wage in 0u64..5_000_000, number in 1i64..=12,
        earlier in 0u64..30_000_000, earlier_tax in 0u64..10_000_000,
    ) {
        let gross = pounds(wage);
        let out = month_of_tax(&code, number, gross, (pounds(earlier), pounds(earlier_tax)));
        let tax = line(&out, Item::IncomeTax);
        prop_assert!(tax * Decimal::TWO <= gross, "{} of {}", tax, gross);
        prop_assert!(tax >= -pounds(earlier_tax), "no more is refunded than was deducted");
        prop_assert_eq!(tax, tax.round_dp(2));
    }

    #[test]
    fn more_pay_never_means_less_tax_nor_less_net_pay(
        code in code(), wage in 0u64..5_000_000, more in 1u64..1_000_000, week in 1i64..=56,
    ) {
        let frequency = match week {
            54 => PayFrequency::TwoWeekly,
            55 | 56 => PayFrequency::FourWeekly,
            _ => PayFrequency::Weekly,
        };
        let slip = |wage| {
            let mut payment = monthly(pounds(wage));
            payment.pay_frequency = frequency;
            payment.tax_period = Some(if week == 55 { 52 } else { week });
            payment.tax_basis = Some(TaxBasis::Week1Month1);
            payment.tax_code = code.clone();
            payment.ni_category = NiCategory::A;
            paid(&payment)
        };
        let (less, more) = (slip(wage), slip(wage + more));
        prop_assert!(line(&more, Item::IncomeTax) >= line(&less, Item::IncomeTax));
        prop_assert!(line(&more, Item::EmployeeNi) >= line(&less, Item::EmployeeNi));
        // A pound rounded down and a penny more pay may meet.
        prop_assert!(line(&more, Item::NetPay) + Decimal::ONE > line(&less, Item::NetPay));
    }

    #[test]
    fn national_insurance_is_the_exact_percentage_of_every_letter(
        wage in 0u64..1_000_000, letter in 0usize..24,
    ) {
        let category = NiCategory::ALL[letter];
        prop_assume!(category != NiCategory::X);
        let mut payment = monthly(pounds(wage));
        payment.ni_category = category;
        let out = paid(&payment);
        let name = category.name();
        // Rates in 1/10,000, amounts in pence: an independent calculation in whole numbers.
        let (main, additional) = match name {
            "B" | "E" | "I" | "T" => (185, 200),
            "C" | "K" | "S" | "W" => (0, 0),
            "D" | "J" | "L" | "P" | "Q" | "Z" => (200, 200),
            _ => (800, 200),
        };
        let employer = if "GPQRTWY".contains(name) { 1_450 } else { 1_500 };
        let from = match name {
            "H" | "M" | "V" | "Z" | "G" | "P" | "Y" => 418_900,
            "F" | "I" | "L" | "S" | "D" | "E" | "K" | "N" => 208_300,
            _ => 41_700,
        };
        let earnings = i64::try_from(wage).expect("a wage");
        // Of the penny's decimals only the first counts, 5 and below is dropped.
        let third_decimal = |parts: i64| (parts / 1_000 + 4) / 10;
        let employee = third_decimal((earnings.min(418_900) - 104_800).max(0) * main)
            + third_decimal((earnings - 418_900).max(0) * additional);
        prop_assert_eq!(pence(line(&out, Item::EmployeeNi)), employee);
        let employer = third_decimal((earnings - from).max(0) * employer);
        prop_assert_eq!(pence(line(&out, Item::EmployerNi)), employer);
    }

    #[test]
    fn a_director_pays_the_same_in_the_year_by_either_method(
        wages in prop::collection::vec(0u64..3_000_000, 12), week in 1i64..=53,
    ) {
        let year = |method: fn(usize) -> DirectorMethod| {
            let mut before = (Decimal::ZERO, Decimal::ZERO, Decimal::ZERO);
            for (index, wage) in wages.iter().enumerate() {
                let mut payment = monthly(pounds(*wage));
                payment.ni_category = NiCategory::A;
                payment.director = Some(method(index));
                payment.director_since_week = Some(week);
                payment.earlier_ni_earnings = Some(before.0);
                payment.earlier_employee_ni = Some(before.1);
                payment.earlier_employer_ni = Some(before.2);
                let out = paid(&payment);
                before = (
                    line(&out, Item::NiEarningsToDate),
                    line(&out, Item::EmployeeNiToDate),
                    line(&out, Item::EmployerNiToDate),
                );
            }
            before
        };
        let annual = year(|_| DirectorMethod::Annual);
        let alternative = year(|index| match index {
            11 => DirectorMethod::AlternativeLastPayment,
            _ => DirectorMethod::Alternative,
        });
        prop_assert_eq!(annual, alternative);
    }

    #[test]
    fn two_payments_of_a_month_contribute_as_one_of_their_sum(
        first in 0u64..800_000, second in 0u64..800_000, letter in 0usize..24, plan in 0usize..4,
    ) {
        let category = NiCategory::ALL[letter];
        prop_assume!(category != NiCategory::X);
        let of = |wage| {
            let mut payment = monthly(pounds(wage));
            payment.ni_category = category;
            payment.student_loan = Some(payroll_gb::StudentLoan::ALL[plan]);
            payment
        };
        let (whole, before) = (paid(&of(first + second)), paid(&of(first)));
        let mut later = of(second);
        later.period_ni_earnings = Some(pounds(first));
        later.period_employee_ni = Some(line(&before, Item::EmployeeNi));
        later.period_employer_ni = Some(line(&before, Item::EmployerNi));
        later.period_student_loan = Some(line(&before, Item::StudentLoan));
        let later = paid(&later);
        for item in [Item::EmployeeNi, Item::EmployerNi, Item::StudentLoan] {
            prop_assert_eq!(line(&before, item) + line(&later, item), line(&whole, item));
        }
        for item in [Item::NiEarningsToLel, Item::NiEarningsLelToPt, Item::NiEarningsPtToUel] {
            prop_assert_eq!(line(&later, item), line(&whole, item));
        }
    }

    #[test]
    fn what_was_deducted_by_the_week_is_never_refused_by_the_month(
        weeks in prop::collection::vec((0u64..300_000, 0usize..24), 1..5), letter in 0usize..24,
    ) {
        let category = |letter: usize| NiCategory::ALL[letter];
        prop_assume!(weeks.iter().all(|(_, letter)| category(*letter) != NiCategory::X));
        prop_assume!(category(letter) != NiCategory::X);
        let mut month = monthly(pounds(100_000));
        month.ni_category = category(letter);
        let (mut earnings, mut employee, mut employer) = Default::default();
        for (wage, letter) in weeks {
            let mut week = monthly(pounds(wage));
            (week.pay_frequency, week.ni_category) = (PayFrequency::Weekly, category(letter));
            let out = paid(&week);
            earnings += pounds(wage);
            employee += line(&out, Item::EmployeeNi);
            employer += line(&out, Item::EmployerNi);
        }
        month.period_ni_earnings = Some(earnings);
        (month.period_employee_ni, month.period_employer_ni) = (Some(employee), Some(employer));
        let out = payslip(&LAW, &month);
        prop_assert!(out.is_ok(), "{:?}", out.err());
        // A penny more than the highest letter takes of one week is too much.
        let mut week = monthly(earnings);
        (week.pay_frequency, week.ni_category) = (PayFrequency::Weekly, NiCategory::A);
        let most = line(&paid(&week), Item::EmployerNi);
        month.period_employer_ni = Some(most + Decimal::new(1, 2));
        let refused = payslip(&LAW, &month).err();
        prop_assert!(refused.is_some_and(|fault| fault.concerns(Payment::PERIOD_EMPLOYER_NI)));
    }

    #[test]
    fn gross_is_net_and_deductions_and_explaining_changes_nothing(
        code in code(), wage in 0u64..3_000_000, letter in 0usize..24, rate in 0i64..40,
        arrangement in 0usize..3, loan in 0usize..4,
    ) {
        let category = NiCategory::ALL[letter];
        prop_assume!(category != NiCategory::X);
        let mut payment = monthly(pounds(wage));
        payment.tax_code = code;
        payment.ni_category = category;
        payment.student_loan = Some(payroll_gb::StudentLoan::ALL[loan]);
        payment.postgraduate_loan = Some(true);
        payment.pension_arrangement = Some(payroll_gb::PensionArrangement::ALL[arrangement]);
        payment.pension_basis = Some(payroll_gb::PensionBasis::TotalPay);
        payment.employee_pension_rate = Some(Decimal::new(rate, 2));
        let out = paid(&payment);
        let pay = payment.gross - line(&out, Item::SalarySacrifice);
        prop_assert_eq!(line(&out, Item::NetPay) + line(&out, Item::TotalDeductions), pay);
        let parts: Decimal = [
            Item::IncomeTax, Item::EmployeeNi, Item::StudentLoan, Item::PostgraduateLoan, Item::EmployeePension,
        ].into_iter().map(|item| line(&out, item)).sum();
        prop_assert_eq!(line(&out, Item::TotalDeductions), parts);
        prop_assert_eq!(
            line(&out, Item::EmployerCost),
            pay + line(&out, Item::EmployerNi) + line(&out, Item::EmployerPension)
        );
        for loan in [Item::StudentLoan, Item::PostgraduateLoan] {
            prop_assert_eq!(line(&out, loan), line(&out, loan).trunc());
        }
        let mut plain = Payslip::new(false);
        <payroll_gb::UnitedKingdomPayroll as stele_sdk::Rule>::evaluate(&LAW, &payment, &mut plain)
            .expect("a payslip");
        prop_assert!(plain.lines().eq(out.lines()) && plain.findings().eq(out.findings()));
        let complete = out.steps().all(|step| !step.text.contains(BRACES));
        prop_assert!(complete);
    }

    #[test]
    fn any_text_is_a_code_or_a_fault_on_the_code(text in "\\PC{0,16}") {
        let mut payment = monthly(amount("3000"));
        payment.tax_code = text;
        if let Err(fault) = payslip(&LAW, &payment) {
            prop_assert!(fault.concerns(Payment::TAX_CODE), "{}", fault);
        }
    }

    #[test]
    fn the_estimate_of_a_year_is_near_twelve_equal_months(
        wage in 0u64..2_000_000, units in 1i64..2_000,
    ) {
        let code = format!("{units}L");
        let (mut pay, mut tax) = (Decimal::ZERO, Decimal::ZERO);
        for number in 1..=12 {
            let out = month_of_tax(&code, number, pounds(wage), (pay, tax));
            pay += pounds(wage);
            tax = line(&out, Item::TaxToDate);
        }
        let mut year = monthly(pay);
        year.pay_frequency = PayFrequency::YearEstimate;
        year.tax_code = code;
        let estimate = line(&paid(&year), Item::IncomeTax);
        prop_assert!((estimate - tax).abs() <= amount("5"), "{} and {}", estimate, tax);
    }
}
