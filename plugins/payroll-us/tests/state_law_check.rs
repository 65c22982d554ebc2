//! Tables of the states that contradict themselves are refused before anyone is paid by them.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod support;

use payroll_us::{Law, State, UnitedStatesPayroll};
use stele_sdk::prelude::Rule;
use stele_sdk_test::day;
use support::law_on;

#[test]
fn none_is_no_state_whose_law_is_known() {
    let mut law = law_on(day("2026-06-30"));
    law.states[0].state = State::NoState;
    let fault = UnitedStatesPayroll::check(&law).expect_err("a fault");
    assert!(fault.concerns_parameter(Law::STATES), "{fault}");
    assert!(fault.message().contains("found none"), "{fault}");
}
