//! Every case of the ruleset holds for the native rule too.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod support;

use support::{amount, cases, day, facts_of, law_on, payslip, pointer, read};

#[test]
fn every_case_of_the_ruleset_holds() {
    let cases = cases();
    for (name, case) in &cases {
        assert_case(name, case);
    }
    assert!(cases.len() >= 12, "at least 12 cases, found {}", cases.len());
}

fn key(item: &str, subject: Option<&str>) -> String {
    subject.map_or_else(|| item.to_owned(), |subject| format!("{item}/{subject}"))
}

fn assert_case(name: &str, case: &toml::Table) {
    let date = day(&case["date"].to_string());
    let facts = facts_of(case["facts"].as_table().expect("facts"));
    let result = read(&facts, date).and_then(|payment| payslip(&law_on(date), &payment));
    let expected = case["expect"].as_table().expect("expect");
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
        let line = out.lines().find(|line| key(line.name, line.subject) == *item);
        let found = line.unwrap_or_else(|| panic!("{name}: no line {item}\n{out:?}")).amount;
        let wanted = amount(wanted.as_str().expect("an amount"));
        assert_eq!(found, wanted, "{name}: {item}\n{out:?}");
    }
    if expected.get("complete").and_then(toml::Value::as_bool) == Some(true) {
        for line in out.lines() {
            let key = key(line.name, line.subject);
            assert!(lines.contains_key(&key), "{name}: unexpected line {key}");
        }
    }
    let findings: Vec<_> = out.findings().collect();
    let none = Vec::new();
    let wanted = expected.get("findings").and_then(toml::Value::as_array).unwrap_or(&none);
    assert_eq!(findings.len(), wanted.len(), "{name}: findings\n{out:?}");
    for (found, wanted) in findings.iter().zip(wanted) {
        assert_eq!(Some(found.name), wanted["finding"].as_str(), "{name}");
        if let Some(subject) = wanted.get("subject") {
            assert_eq!(found.subject, subject.as_str(), "{name}");
        }
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
