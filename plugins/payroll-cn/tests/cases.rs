//! Every case of the ruleset holds for the native rule too.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod support;

use support::{Case, amount, cases, pointer};

#[test]
fn every_case_of_the_ruleset_holds() {
    let cases = cases();
    assert!(cases.len() >= 12, "at least 12 cases, found {}", cases.len());
    for case in &cases {
        assert_case(case);
    }
}

fn assert_case(case: &Case) {
    let Case { name, expected, .. } = case;
    let result = case.payslip();
    if let Some(fault) = expected.get("fault") {
        let found = result.err().unwrap_or_else(|| panic!("{name}: expected a fault"));
        assert_eq!(pointer(&found), fault["pointer"].as_str().expect("pointer"), "{name}: {found}");
        let part = fault["contains"].as_str().expect("contains");
        assert!(found.message().contains(part), "{name}: {found} does not contain {part}");
        return;
    }
    let out = result.unwrap_or_else(|fault| panic!("{name}: {fault}"));
    let lines = expected["lines"].as_table().expect("lines");
    for (item, wanted) in lines {
        let (name_of_item, subject) = match item.split_once('/') {
            Some((name, subject)) => (name, Some(subject)),
            None => (item.as_str(), None),
        };
        let line = out.lines().find(|line| line.name == name_of_item && line.subject == subject);
        let found = line.unwrap_or_else(|| panic!("{name}: no line {item}\n{out:?}")).amount;
        let wanted = amount(wanted.as_str().expect("an amount"));
        assert_eq!(found, wanted, "{name}: {item}\n{out:?}");
    }
    if expected.get("complete").and_then(toml::Value::as_bool) == Some(true) {
        for line in out.lines() {
            assert!(lines.contains_key(line.name), "{name}: unexpected line {}", line.name);
        }
    }
    let findings: Vec<_> = out.findings().collect();
    let none = Vec::new();
    let wanted = expected.get("findings").and_then(toml::Value::as_array).unwrap_or(&none);
    assert_eq!(findings.len(), wanted.len(), "{name}: findings\n{out:?}");
    for (found, wanted) in findings.iter().zip(wanted) {
        assert_eq!(Some(found.name), wanted["finding"].as_str(), "{name}");
        assert_eq!(found.subject, wanted.get("subject").and_then(toml::Value::as_str), "{name}");
        for (field, value) in [("limit", found.limit), ("actual", found.actual)] {
            if let Some(text) = wanted.get(field) {
                assert_eq!(
                    value,
                    Some(amount(text.as_str().expect("a decimal"))),
                    "{name}: {field}"
                );
            }
        }
    }
}
