//! What must hold for every employee, whatever the numbers.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod support;

use std::sync::LazyLock;

use payroll_de::{Church, Employment, FlatTaxKind, Item, Law, Payment, Payslip, State, TaxClass};
use proptest::prelude::*;
use stele_sdk::prelude::{Choice as _, Date, Decimal};
use stele_sdk_test::{amount, day};
use support::{insured_days, law_on, payment, payslip, plain};

static DATES: LazyLock<[Date; 3]> =
    LazyLock::new(|| [day("2024-12-31"), day("2025-06-30"), day("2026-06-30")]);
static LAWS: LazyLock<[Law; 3]> = LazyLock::new(|| DATES.map(law_on));

/// Left in a sentence only if an argument is missing.
const OPENING_BRACE: char = '{';

/// Contribution groups of employees who are not in a mini-job.
const GROUPS: [&str; 5] = ["1111", "0100", "3321", "9111", "0110"];

/// An amount of so many cents.
fn euro(cents: u64) -> Decimal {
    Decimal::new(cents.try_into().expect("a wage"), 2)
}

/// A month with contributions.
fn month(year: usize, class: usize, group: &str, gross: Decimal) -> Payment {
    let given = [
        ("state", "berlin"),
        ("additional_rate", "0.0269"),
        ("contribution_group", group),
        ("employment", "regular"),
        ("transition_zone", "true"),
        ("several_jobs", "false"),
        ("u1_rate", "0.016"),
        ("u2_rate", "0.0039"),
    ];
    let mut month = payment(&plain(&given), DATES[year]);
    month.gross = gross;
    month.tax_class = TaxClass::ALL[class];
    month
}

fn paid(year: usize, payment: &Payment) -> Payslip {
    payslip(&LAWS[year], payment).unwrap_or_else(|fault| panic!("{fault}"))
}

fn line(out: &Payslip, item: Item) -> Decimal {
    out.amount(item).unwrap_or_default()
}

/// Sum of all lines of these items.
fn sum(out: &Payslip, items: &[Item]) -> Decimal {
    out.lines().filter(|line| items.contains(&line.item)).map(|line| line.amount).sum()
}

const TAXES: [Item; 9] = [
    Item::WageTax,
    Item::SolidaritySurcharge,
    Item::OneOffWageTax,
    Item::OneOffSolidaritySurcharge,
    Item::MultiYearWageTax,
    Item::MultiYearSolidaritySurcharge,
    Item::ChurchTax,
    Item::OneOffChurchTax,
    Item::MultiYearChurchTax,
];

const EMPLOYEE: [Item; 5] = [
    Item::PensionEmployee,
    Item::UnemploymentEmployee,
    Item::HealthEmployee,
    Item::HealthAdditionalEmployee,
    Item::CareEmployee,
];

const EMPLOYER: [Item; 8] = [
    Item::PensionEmployer,
    Item::UnemploymentEmployer,
    Item::HealthEmployer,
    Item::HealthAdditionalEmployer,
    Item::CareEmployer,
    Item::LevyU1,
    Item::LevyU2,
    Item::InsolvencyLevy,
];

proptest! {
    #[test]
    fn the_lines_add_up_to_net_pay_and_employer_cost(
        year in 0..3_usize, class in 0..6_usize, group in 0..5_usize, cents in 0..2_500_000_u64,
        one_off in prop_oneof![Just(0), 1..3_000_000_u64], children in 0..5_i64,
        childless: bool, saxony: bool, church: bool, days in 1..=30_i64,
    ) {
        let mut month = month(year, class, GROUPS[group], euro(cents));
        month.church = if church { Church::Protestant } else { Church::None };
        month.state = if saxony { State::Saxony } else { State::Hamburg };
        month.care_childless = Some(childless);
        month.care_discounts = Some(if childless { 0 } else { children });
        month.insurance_days = Some(insured_days(days, DATES[year]));
        month.tax_days = Some(i64::from(DATES[year].days_in_month()));
        month.one_off = Some(euro(one_off));
        month.annual_gross = Some(euro(cents * 12));
        month.earlier_days = Some(150);
        month.earlier_pension_base = Some(euro(cents * 2));
        month.earlier_health_base = Some(euro(cents * 2));
        let out = paid(year, &month);

        let earned = sum(&out, &[Item::Gross, Item::OneOff]);
        let employee = sum(&out, &EMPLOYEE);
        let employer = sum(&out, &EMPLOYER);
        prop_assert_eq!(line(&out, Item::EmployeeContributions), employee);
        prop_assert_eq!(line(&out, Item::EmployerContributions), employer);
        prop_assert_eq!(line(&out, Item::NetPay), earned - sum(&out, &TAXES) - employee);
        prop_assert_eq!(line(&out, Item::EmployerCost), earned + employer);
        for line in out.lines() {
            prop_assert!(line.item == Item::NetPay || line.amount >= Decimal::ZERO, "{out:?}");
            prop_assert!(line.amount.scale() <= 2 || line.amount.normalize().scale() <= 2);
        }
    }

    #[test]
    fn an_explanation_changes_no_line_and_leaves_no_gap(
        year in 0..3_usize, class in 0..6_usize, cents in 0..2_000_000_u64, zone: bool,
    ) {
        let mut month = month(year, class, "1111", euro(cents));
        month.church = Church::Protestant;
        month.transition_zone = Some(zone);
        let explained = paid(year, &month);
        let mut bare = Payslip::new(false);
        <payroll_de::GermanyPayroll as stele_sdk::Rule>::evaluate(&LAWS[year], &month, &mut bare)
            .unwrap_or_else(|fault| panic!("{fault}"));
        prop_assert!(explained.lines().eq(bare.lines()));
        prop_assert_eq!(bare.steps().count(), 0);
        for step in explained.steps() {
            prop_assert!(!step.text.contains(OPENING_BRACE), "{}", step.text);
            prop_assert!(step.line.is_some(), "{} leads to no line", step.text);
        }
    }

    #[test]
    fn a_factor_and_children_never_raise_what_is_withheld(
        year in 0..3_usize, cents in 0..2_000_000_u64, factor in 1..=1000_i64, children in 1..10_i64,
    ) {
        let mut month = month(year, 3, "1111", euro(cents));
        month.church = Church::Protestant;
        let plain = paid(year, &month);
        month.factor = Some(Decimal::new(factor, 3));
        let with_factor = paid(year, &month);
        // December 2024 makes up for eleven months by whole euros of a year: a small factor can round
        // the whole make-up away, and what it would have taken off is withheld.
        if year > 0 {
            prop_assert!(line(&with_factor, Item::WageTax) <= line(&plain, Item::WageTax));
        }
        month.factor = None;
        month.child_allowances = Some(Decimal::new(children * 5, 1));
        let with_children = paid(year, &month);
        prop_assert_eq!(line(&with_children, Item::WageTax), line(&plain, Item::WageTax));
        for item in [Item::SolidaritySurcharge, Item::ChurchTaxBase, Item::ChurchTax] {
            prop_assert!(line(&with_children, item) <= line(&plain, item));
        }
    }

    #[test]
    fn the_transition_zone_relieves_the_employee_and_not_the_whole(
        year in 0..3_usize, cents in 60_301..200_000_u64, saxony: bool,
    ) {
        let mut month = month(year, 0, "1111", euro(cents));
        month.state = if saxony { State::Saxony } else { State::Hesse };
        let inside = paid(year, &month);
        month.transition_zone = Some(false);
        let outside = paid(year, &month);
        let employee = |out: &Payslip| line(out, Item::EmployeeContributions);
        prop_assert!(employee(&inside) <= employee(&outside));
        prop_assert!(line(&inside, Item::PensionBase) <= line(&outside, Item::PensionBase));
        // The employer pays the rest of the rounded whole, so the last euro of the zone can cost the
        // employer a cent less than the first one beyond.
        let cent = Decimal::new(1, 2);
        let employer = |out: &Payslip| line(out, Item::PensionEmployer);
        prop_assert!(employer(&inside) + cent >= employer(&outside));
    }

    #[test]
    fn a_year_of_one_off_payments_never_exceeds_the_yearly_ceiling(
        cents in 100_000..900_000_u64, one_offs in prop::collection::vec(0..1_500_000_u64, 12),
    ) {
        let law = &LAWS[2];
        let year = law.contribution_years.iter().find(|row| row.year == 2026).expect("2026");
        let (mut pension, mut health) = (Decimal::ZERO, Decimal::ZERO);
        for (index, one_off) in one_offs.iter().enumerate() {
            let mut month = month(2, 0, "1111", euro(cents));
            month.on = Date::new(2026, index as i8 + 1, 28).expect("a date");
            month.one_off = Some(euro(*one_off));
            month.annual_gross = Some(euro(cents * 12));
            month.earlier_days = Some(index as i64 * 30);
            month.earlier_pension_base = Some(pension);
            month.earlier_health_base = Some(health);
            month.last_year_days = Some(0);
            let out = payslip(law, &month).unwrap_or_else(|fault| panic!("{fault}"));
            pension += line(&out, Item::PensionBase);
            health += line(&out, Item::HealthBase);
            let months = Decimal::from(index as i64 + 1);
            prop_assert!(pension * Decimal::from(12) <= year.pension_ceiling * months);
            prop_assert!(health * Decimal::from(12) <= year.health_ceiling * months);
        }
    }

    #[test]
    fn a_mini_job_costs_the_employee_at_most_the_own_pension_contribution(
        year in 0..3_usize, cents in 0..55_600_u64, own: bool, household: bool,
    ) {
        let mut month = month(year, 0, if own { "6100" } else { "6500" }, euro(cents));
        month.flat_tax = Some(true);
        month.flat_tax_kind = Some(FlatTaxKind::MiniJob);
        month.employment = Some(match household {
            true => Employment::MiniJobInHousehold,
            false => Employment::MiniJob,
        });
        let out = paid(year, &month);
        let employee = line(&out, Item::EmployeeContributions);
        prop_assert_eq!(employee, line(&out, Item::PensionEmployee));
        prop_assert!(own || employee.is_zero());
        prop_assert_eq!(sum(&out, &TAXES), Decimal::ZERO);
        prop_assert!(employee >= Decimal::ZERO);
        prop_assert!(employee <= amount("81.84"), "at most 13.6 % of the limit");
    }

    #[test]
    fn the_annual_adjustment_leaves_the_tax_of_the_year(
        class in 0usize..4, earlier in 0u64..20_000_000, now in 0u64..2_000_000, one_off in 0u64..2_000_000,
        withheld in [0u64..5_000_000, 0u64..500_000],
    ) {
        let on = day("2026-12-31");
        let mut december = payment(&plain(&[]), on);
        december.tax_class = TaxClass::ALL[class];
        let mut year = december.clone();
        december.gross = euro(now);
        december.one_off = Some(euro(one_off));
        december.wages_of_earlier_months = Some(euro(earlier));
        december.withheld_wage_tax = Some(euro(withheld[0]));
        december.withheld_solidarity_surcharge = Some(euro(withheld[1]));
        year.pay_period = payroll_de::PayPeriod::Year;
        year.gross = euro(earlier + now + one_off);
        let law = &LAWS[2];
        let of = |payment| payslip(law, payment).unwrap_or_else(|fault| panic!("{fault}"));
        let (december, year) = (of(&december), of(&year));
        for (item, before) in [(Item::WageTax, withheld[0]), (Item::SolidaritySurcharge, withheld[1])] {
            prop_assert_eq!(line(&december, item), line(&year, item) - euro(before));
        }
        prop_assert_eq!(line(&december, Item::OneOffWageTax), Decimal::ZERO);
    }
}

#[test]
fn a_ceiling_that_64_bits_do_not_hold_in_cents_is_a_ceiling_all_the_same() {
    let mut law = law_on(day("2026-03-31"));
    for year in &mut law.contribution_years {
        year.health_ceiling = amount("900000000000000000000");
    }
    let mut month = month(2, 0, "1111", amount("9000.00"));
    month.insurance_days = Some(11);
    month.tax_days = Some(30);
    let out = payslip(&law, &month).unwrap_or_else(|fault| panic!("{fault}"));
    assert_eq!(line(&out, Item::HealthBase), amount("9000.00"));
}
