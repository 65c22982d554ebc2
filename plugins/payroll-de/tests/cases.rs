//! Every case of the ruleset holds for the native rule too.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod support;

use support::{amount, day, facts_of, law_on, payslip, pointer, read, repository, text_of};

#[test]
fn every_case_of_the_ruleset_holds() {
    let folder = repository("rulesets/de/payroll/cases");
    let mut count = 0;
    for entry in std::fs::read_dir(&folder).expect("the cases").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let case: toml::Table = text_of(&entry.path()).parse().expect("TOML");
        assert_case(&name, &case);
        count += 1;
    }
    assert!(count >= 60, "at least 60 cases, found {count}");
}

fn assert_case(name: &str, case: &toml::Table) {
    let date = day(&case["date"].to_string());
    let facts = facts_of(case["facts"].as_table().expect("facts"));
    let expected = case["expect"].as_table().expect("expect");
    let payment = match read(&facts, date) {
        Ok(payment) => payment,
        Err(missing) => {
            let fault = expected.get("fault").unwrap_or_else(|| panic!("{name}: no {missing}"));
            assert_eq!(Some(&*format!("/{missing}")), fault["pointer"].as_str(), "{name}");
            assert_eq!(Some("found nothing"), fault["contains"].as_str(), "{name}");
            return;
        }
    };
    let result = payslip(&law_on(date), &payment);
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
        let line = out.lines().find(|line| code(line.name, line.subject) == *item);
        let found = line.unwrap_or_else(|| panic!("{name}: no line {item}\n{out:?}")).amount;
        let wanted = amount(wanted.as_str().expect("an amount"));
        assert_eq!(found, wanted, "{name}: {item}\n{out:?}");
    }
    if expected.get("complete").and_then(toml::Value::as_bool) == Some(true) {
        for line in out.lines() {
            let code = code(line.name, line.subject);
            assert!(lines.contains_key(&code), "{name}: unexpected line {code}");
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

/// A line as a case names it: the item, or the item and what it is about.
fn code(item: &str, subject: Option<&str>) -> String {
    subject.map_or(item.to_owned(), |subject| format!("{item}/{subject}"))
}
