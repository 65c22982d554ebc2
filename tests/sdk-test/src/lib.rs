//! What every rule of a shipped ruleset promises, tested on the native rule: `suite!(ChinaPayroll,
//! "cn/payroll")` in a test file of the rule declares the tests. Start reading at `suite`.
//!
//! The files are read by the host's own code: its package, its parameters in force on a day, its
//! facts, its cases and how they are compared, its texts. Only the rule is not a component here: it
//! runs natively, so that it can be debugged and called hundreds of thousands of times.
//!
//! | file | idea |
//! |---|---|
//! | `shipped` | a ruleset of this repository, with its law on a day and its cases |
//! | `suite` | the promises, one function each |
//! | `exceptions` | what a rule does not promise, and why |
//! | `kept` | what was paid before a change is paid after it |
//! | `random` | inputs drawn at random that are the same everywhere |
//! | `drawn` | such inputs for whoever compares a rule with another |
//! | `explanation` | whether a line is led to by a sentence in which its amount stands |
//! | `contract` | the contract's values between the SDK's types and the host's |
//!
//! What may not enter: what only one rule promises, and the law of any country.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod contract;
mod drawn;
mod exceptions;
mod explanation;
mod kept;
mod random;
mod shipped;
mod suite;

pub use drawn::Drawn;
pub use exceptions::Exceptions;
pub use explanation::unexplained;
pub use shipped::{Shipped, Written, amount, day, facts, oracle};
pub use suite::Suite;

/// Declares the tests of a rule with a shipped ruleset, in the module where it stands. What a rule
/// does not promise is an [`Exceptions`] of its own, with the reason.
#[macro_export]
macro_rules! suite {
    ($rule:ty, $ruleset:literal $(,)?) => {
        $crate::suite!($rule, $ruleset, $crate::Exceptions::none());
    };
    ($rule:ty, $ruleset:literal, $exceptions:expr $(,)?) => {
        static SUITE: ::std::sync::LazyLock<$crate::Suite<$rule>> =
            ::std::sync::LazyLock::new(|| $crate::Suite::of($ruleset, $exceptions));

        $crate::suite!(@tests
            every_case_holds,
            what_was_paid_before_is_paid,
            the_law_is_accepted_on_every_day_on_which_it_changes,
            every_name_has_a_text_in_every_language,
            what_lines_and_findings_are_about_has_a_text_in_every_language,
            an_explanation_changes_nothing,
            every_explanation_adds_up,
            every_line_is_led_to_by_a_sentence_with_its_amount,
        );
    };
    (@tests $($promise:ident),* $(,)?) => {
        $(
            #[test]
            fn $promise() {
                SUITE.$promise();
            }
        )*
    };
}
