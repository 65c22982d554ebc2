//! Every line of anyone's payslip is led to by a formula or a sentence with its amount in it; those of the cases
//! are looked at by `suite`.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod support;

use proptest::prelude::*;
use stele_sdk_test::{Exceptions, unexplained};
use support::anyone::{LAW, anyone};
use support::payslip;

proptest! {
    // Whoever is taken here may be refused; those who are not reach all branches many times.
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn every_line_of_anyones_payslip_is_explained(payment in anyone()) {
        let result = payslip(&LAW, &payment);
        prop_assume!(result.is_ok());
        let faults = unexplained(&result.expect("a payslip"), &Exceptions::none());
        prop_assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
