//! Every line of every payslip is led to by a sentence with its amount in it.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod support;

use payroll_gb::Payslip;
use proptest::prelude::*;
use stele_sdk::prelude::Decimal;
use support::anyone::{LAW, anyone};
use support::{cases, day, facts_of, law_on, payslip, read};

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
        let result = read(&facts, date).and_then(|payment| payslip(&law_on(date), &payment));
        if let Ok(out) = result {
            faults.extend(unexplained(&out).iter().map(|fault| format!("{name}: {fault}")));
            count += 1;
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(count >= 12, "at least 12 payslips, found {count}");
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
