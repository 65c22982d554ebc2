//! Federal tables that contradict themselves are refused before anyone is paid by them.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod support;

use payroll_us::{FilingStatus, Law, UnitedStatesPayroll};
use stele_sdk::prelude::{Decimal, Fault, Rule};
use stele_sdk_test::{amount, day};
use support::law_on;

fn refused(change: impl FnOnce(&mut Law)) -> Fault {
    let mut law = law_on(day("2026-06-30"));
    change(&mut law);
    UnitedStatesPayroll::check(&law).expect_err("a fault")
}

#[test]
fn a_misprint_in_a_withholding_table_is_found() {
    let fault = refused(|law| law.withholding_brackets[3].tax += Decimal::TEN);
    assert!(fault.concerns_parameter(Law::WITHHOLDING_BRACKETS), "{fault}");
    let fault = refused(|law| law.withholding_brackets[3].at_least = Decimal::ZERO);
    assert!(fault.message().contains("rise"), "{fault}");
}

#[test]
fn a_filing_status_without_table_is_found() {
    let fault = refused(|law| {
        law.withholding_brackets
            .retain(|row| row.status != FilingStatus::HeadOfHousehold || !row.multiple_jobs);
    });
    assert!(fault.message().contains("head_of_household"), "{fault}");
}

#[test]
fn a_misprint_of_a_cent_in_a_rate_schedule_is_found() {
    let fault = refused(|law| law.income_tax_brackets[2].tax += amount("0.01"));
    assert!(fault.concerns_parameter(Law::INCOME_TAX_BRACKETS), "{fault}");
}

#[test]
fn a_missing_table_for_nonresident_aliens_and_a_credit_above_the_tax_are_found() {
    let fault = refused(|law| law.nonresident_alien_amounts.truncate(1));
    assert!(fault.concerns_parameter(Law::NONRESIDENT_ALIEN_AMOUNTS), "{fault}");
    let fault = refused(|law| law.futa_credit = amount("0.061"));
    assert!(fault.concerns_parameter(Law::FUTA_CREDIT), "{fault}");
}
