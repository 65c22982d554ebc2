//! Every case of the ruleset holds for the native rule too.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod support;

use std::collections::BTreeSet;

use support::{
    amount, day, facts_of, law_on, lines_without_step, paid, payment, payslip, pointer, repository,
    text_of,
};

#[test]
fn every_case_of_the_ruleset_holds() {
    let folder = repository("rulesets/us/payroll/cases");
    let mut count = 0;
    for entry in std::fs::read_dir(&folder).expect("the cases").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let case: toml::Table = text_of(&entry.path()).parse().expect("TOML");
        assert_case(&name, &case);
        count += 1;
    }
    assert!(count >= 12, "at least 12 cases, found {count}");
}

#[test]
fn every_line_of_every_case_is_explained_by_a_step() {
    let folder = repository("rulesets/us/payroll/cases");
    let mut unexplained = BTreeSet::new();
    for entry in std::fs::read_dir(&folder).expect("the cases").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let case: toml::Table = text_of(&entry.path()).parse().expect("TOML");
        if case["expect"].get("lines").is_none() {
            continue;
        }
        let date = day(&case["date"].to_string());
        let facts = facts_of(case["facts"].as_table().expect("facts"));
        let out = paid(&law_on(date), &facts, date);
        // A placeholder that is left shows that a step was taken for another one.
        assert!(out.steps().all(|step| !step.text.contains('{')), "{name}: {out:?}");
        unexplained.extend(lines_without_step(&out).map(|item| format!("{name}: {item}")));
    }
    assert!(unexplained.is_empty(), "{unexplained:#?}");
}

fn key(item: &str, subject: Option<&str>) -> String {
    subject.map_or_else(|| item.to_owned(), |subject| format!("{item}/{subject}"))
}

fn assert_case(name: &str, case: &toml::Table) {
    let date = day(&case["date"].to_string());
    let facts = facts_of(case["facts"].as_table().expect("facts"));
    if case["facts"].get("state").and_then(toml::Value::as_str) == Some("ZZ") {
        return;
    }
    let result = payslip(&law_on(date), &payment(&facts, date));
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
