//! What must hold for every employee, whatever the numbers.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod support;

use std::sync::LazyLock;

use payroll_cn::{
    Branch, City, Item, Law, Month, NetDeduction, NetDeductionKind, Payslip, TaxResidence,
};
use proptest::prelude::*;
use stele_sdk::prelude::{Choice as _, Date, Decimal};
use stele_sdk_test::{amount, day};
use support::{employee, law_on, month, payslip};

static DATE: LazyLock<Date> = LazyLock::new(|| day("2026-12-31"));
static LAW: LazyLock<Law> = LazyLock::new(|| law_on(*DATE));

/// Left in a sentence only if an argument is missing.
const OPENING_BRACE: char = '{';

/// A wage of so many fen.
fn yuan(fen: u64) -> Decimal {
    Decimal::new(fen.try_into().expect("a wage"), 2)
}

fn month_of(gross: Decimal, months_employed: i64) -> Month {
    let mut month = month(&employee(&[("gross", "0"), ("months_employed", "1")]), *DATE);
    month.gross = gross;
    month.months_employed = months_employed;
    month
}

fn paid(month: &Month) -> Payslip {
    payslip(&LAW, month).unwrap_or_else(|fault| panic!("{fault}"))
}

fn line(out: &Payslip, item: Item) -> Decimal {
    out.amount(item).unwrap_or_default()
}

/// A year of months, each carried on from the lines of the one before.
fn year(wages: &[u64], contributions: &[u64], additional: &[u64]) -> Vec<Payslip> {
    let mut slips: Vec<Payslip> = Vec::new();
    for (index, ((wage, contribution), deduction)) in
        wages.iter().zip(contributions).zip(additional).enumerate()
    {
        let mut month = month_of(yuan(*wage), index as i64 + 1);
        month.employee_contributions = Some(yuan(*contribution));
        month.additional_deductions = Some(yuan(*deduction));
        if let Some(last) = slips.last() {
            month.earlier_gross = last.amount(Item::CumulativeGross);
            month.earlier_contributions = last.amount(Item::CumulativeContributions);
            month.earlier_additional_deductions = last.amount(Item::CumulativeAdditionalDeductions);
            month.earlier_tax_withheld = last.amount(Item::CumulativeTaxWithheld);
        }
        slips.push(paid(&month));
    }
    slips
}

fn twelve(most: u64) -> impl Strategy<Value = Vec<u64>> {
    prop::collection::vec(0..most, 12)
}

proptest! {
    #[test]
    fn tax_is_never_negative_and_its_months_add_up_to_the_cumulative_tax(
        wages in twelve(20_000_000), contributions in twelve(500_000), additional in twelve(1_500_000),
    ) {
        let mut sum = Decimal::ZERO;
        let mut highest = Decimal::ZERO;
        for out in year(&wages, &contributions, &additional) {
            let tax = line(&out, Item::IncomeTax);
            prop_assert!(tax >= Decimal::ZERO);
            sum += tax;
            prop_assert_eq!(sum, line(&out, Item::CumulativeTaxWithheld));
            // Without a refund, what was withheld is the highest tax due in any month so far.
            highest = highest.max(line(&out, Item::CumulativeTax));
            prop_assert_eq!(sum, highest);
            prop_assert_eq!(out.findings().any(|finding| finding.name == "tax_carried_forward"), sum > line(&out, Item::CumulativeTax));
        }
    }

    #[test]
    fn more_wages_never_mean_less_tax_nor_less_net_pay(
        wage in 0u64..50_000_000, more in 1u64..1_000_000, months in 1i64..=12,
    ) {
        let slip = |wage| {
            let mut month = month_of(yuan(wage), months);
            month.employee_contributions = Some(Decimal::ZERO);
            paid(&month)
        };
        let (low, high) = (slip(wage), slip(wage + more));
        prop_assert!(line(&high, Item::IncomeTax) >= line(&low, Item::IncomeTax));
        prop_assert!(line(&high, Item::NetPay) >= line(&low, Item::NetPay));
    }

    #[test]
    fn net_pay_is_what_was_earned_less_contributions_and_tax(
        wage in 0u64..20_000_000, bonus in 0u64..200_000_000, severance in 0u64..200_000_000, city in 0usize..6,
    ) {
        let mut month = month_of(yuan(wage), 12);
        in_city(&mut month, City::ALL[city]);
        month.annual_bonus = Some(yuan(bonus));
        month.severance = Some(yuan(severance));
        month.severance_city = month.city;
        let out = paid(&month);
        let sum = |category: &str| -> Decimal {
            let described = stele_sdk::describe::<payroll_cn::ChinaPayroll>();
            let of = |name: &str| described.items.iter().any(|item| item.name == name && item.category == category);
            out.lines().filter(|line| of(line.name)).map(|line| line.amount).sum()
        };
        prop_assert_eq!(
            line(&out, Item::NetPay),
            sum("earning") - sum("employee-contribution") - sum("tax")
        );
        prop_assert_eq!(line(&out, Item::EmployeeContributions), sum("employee-contribution"));
        prop_assert_eq!(line(&out, Item::EmployerContributions), sum("employer-contribution"));
        prop_assert_eq!(line(&out, Item::EmployerCost), sum("earning") + sum("employer-contribution"));
    }

    #[test]
    fn what_is_kept_back_or_paid_back_changes_neither_tax_nor_contributions(
        wage in 100_000u64..20_000_000, kept in 0u64..100_000, back in 0u64..100_000, city in 0usize..6,
    ) {
        let mut month = month_of(yuan(wage), 12);
        in_city(&mut month, City::ALL[city]);
        let plain = paid(&month);
        month.net_deductions = vec![NetDeduction { kind: NetDeductionKind::Loan, amount: yuan(kept) }];
        month.reimbursements = Some(yuan(back));
        let out = paid(&month);
        for item in [Item::IncomeTax, Item::CumulativeGross, Item::EmployeeContributions, Item::EmployerContributions] {
            prop_assert_eq!(line(&out, item), line(&plain, item));
        }
        prop_assert_eq!(line(&out, Item::NetPay), line(&plain, Item::NetPay) + yuan(back) - yuan(kept));
        prop_assert_eq!(line(&out, Item::EmployerCost), line(&plain, Item::EmployerCost) + yuan(back));
    }

    #[test]
    fn a_benefit_in_kind_is_taxed_as_wages_and_not_paid_out(
        wage in 0u64..20_000_000, in_kind in 1u64..5_000_000,
    ) {
        let mut month = month_of(yuan(wage + in_kind), 1);
        month.employee_contributions = Some(Decimal::ZERO);
        let in_money = paid(&month);
        month.gross = yuan(wage);
        month.benefits_in_kind = Some(yuan(in_kind));
        let out = paid(&month);
        prop_assert_eq!(line(&out, Item::IncomeTax), line(&in_money, Item::IncomeTax));
        prop_assert_eq!(line(&out, Item::NetPay), line(&in_money, Item::NetPay) - yuan(in_kind));
    }

    #[test]
    fn the_tax_of_a_non_resident_does_not_know_other_months(
        wage in 0u64..20_000_000, before in 0u64..100_000_000, bonus in 0u64..100_000_000,
    ) {
        let mut month = month_of(yuan(wage), 1);
        month.tax_residence = Some(TaxResidence::NonResident);
        month.employee_contributions = Some(Decimal::ZERO);
        month.annual_bonus = Some(yuan(bonus));
        let alone = paid(&month);
        month.months_employed = 12;
        month.earlier_gross = Some(yuan(before));
        let out = paid(&month);
        prop_assert!(out.lines().eq(alone.lines()));
        prop_assert!(out.findings().eq(alone.findings()));
        prop_assert!(line(&out, Item::AnnualBonusTax) <= yuan(bonus));
    }

    #[test]
    fn every_base_lies_within_the_limits_of_its_city(wage in 0u64..10_000_000, city in 0usize..6) {
        let city = City::ALL[city];
        let mut month = month_of(yuan(wage), 1);
        in_city(&mut month, city);
        let out = paid(&month);
        for row in LAW.contributions.iter().filter(|row| row.city == city) {
            let base = line(&out, base_of(row.branch));
            prop_assert!(row.floor.is_none_or(|floor| base >= floor), "{:?}", row);
            prop_assert!(row.cap.is_none_or(|cap| base <= cap), "{:?}", row);
        }
        let fund = LAW.housing_funds.iter().find(|row| row.city == city).expect("a fund");
        let base = line(&out, Item::HousingFundBase);
        prop_assert!(base >= fund.floor && base <= fund.cap);
        prop_assert!(line(&out, Item::HousingFundEmployee) <= fund.cap * fund.highest_rate + Decimal::ONE);
    }

    #[test]
    fn bonus_tax_is_that_of_the_bracket_of_a_twelfth(bonus in 1u64..300_000_000) {
        let mut month = month_of(Decimal::ZERO, 12);
        month.employee_contributions = Some(Decimal::ZERO);
        month.annual_bonus = Some(yuan(bonus));
        let out = paid(&month);
        let tax = line(&out, Item::AnnualBonusTax);
        prop_assert!(tax >= Decimal::ZERO && tax < yuan(bonus));
        // Never below the tax that progressive brackets without the jump would give.
        prop_assert!(tax >= yuan(bonus) * amount("0.03") - amount("0.005"));
    }

    #[test]
    fn an_explanation_changes_nothing(wage in 0u64..20_000_000, city in 0usize..6) {
        use stele_sdk::prelude::{Outcome, Rule as _};
        let mut month = month_of(yuan(wage), 3);
        in_city(&mut month, City::ALL[city]);
        let explained = paid(&month);
        let mut plain = Outcome::new(false);
        payroll_cn::ChinaPayroll::evaluate(&LAW, &month, &mut plain).expect("an outcome");
        prop_assert!(explained.lines().eq(plain.lines()));
        prop_assert_eq!(plain.steps().count(), 0);
        let complete = explained.steps().all(|step| step.line.is_some() && !step.text.contains(OPENING_BRACE));
        prop_assert!(complete);
    }
}

fn in_city(month: &mut Month, city: City) {
    month.city = Some(city);
    month.housing_fund_rate = Some(amount("0.06"));
    month.work_injury_rate = Some(amount("0.004"));
    month.local_household = Some(true);
}

fn base_of(branch: Branch) -> Item {
    match branch {
        Branch::Pension => Item::PensionBase,
        Branch::SupplementaryPension => Item::SupplementaryPensionBase,
        Branch::Medical => Item::MedicalBase,
        Branch::Maternity => Item::MaternityBase,
        Branch::Unemployment => Item::UnemploymentBase,
        Branch::WorkInjury => Item::WorkInjuryBase,
        Branch::HousingFund => Item::HousingFundBase,
    }
}
