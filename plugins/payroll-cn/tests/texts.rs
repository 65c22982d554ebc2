//! Every declared name has a text in both languages, and every sentence its placeholders.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod support;

use std::collections::BTreeSet;

use payroll_cn::ChinaPayroll;
use stele_sdk::contract::{Field, Shape};
use support::{repository, text_of};

fn texts(language: &str) -> toml::Table {
    let path = repository(&format!("rulesets/cn/payroll/texts/{language}.toml"));
    text_of(&path).parse().expect("TOML")
}

fn names(table: &toml::Table, section: &str) -> BTreeSet<String> {
    table
        .get(section)
        .and_then(toml::Value::as_table)
        .into_iter()
        .flat_map(|texts| texts.keys().cloned())
        .collect()
}

fn fields(fields: &[Field]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for field in fields {
        names.insert(field.name.clone());
        if let Shape::Table(table) = &field.shape {
            names.extend(
                table.columns.iter().map(|column| format!("{}.{}", field.name, column.name)),
            );
        }
    }
    names
}

fn placeholders(sentence: &str) -> BTreeSet<&str> {
    sentence.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0)).collect()
}

#[test]
fn every_name_has_a_text_in_english_and_chinese() {
    let description = stele_sdk::describe::<ChinaPayroll>();
    for language in ["en", "zh"] {
        let texts = texts(language);
        assert_eq!(names(&texts, "facts"), fields(&description.facts), "{language}");
        assert_eq!(names(&texts, "parameters"), fields(&description.parameters), "{language}");
        let items = description.items.iter().map(|item| item.name.clone()).collect();
        assert_eq!(names(&texts, "items"), items, "{language}");
        let categories = description.items.iter().map(|item| item.category.clone()).collect();
        assert_eq!(names(&texts, "categories"), categories, "{language}");
    }
}

#[test]
fn what_lines_and_findings_are_about_has_a_text_in_both_languages() {
    assert_eq!(names(&texts("zh"), "subjects"), names(&texts("en"), "subjects"));
    let english = names(&texts("en"), "subjects");
    for case in support::cases() {
        let Ok(out) = case.payslip() else { continue };
        let about =
            out.lines().map(|line| line.subject).chain(out.findings().map(|found| found.subject));
        for subject in about.flatten() {
            assert!(english.contains(subject), "{}: {subject}", case.name);
        }
    }
}

#[test]
fn chinese_sentences_say_the_same_numbers_as_the_english_ones() {
    let description = stele_sdk::describe::<ChinaPayroll>();
    let texts = texts("zh");
    let findings = description.findings.iter().map(|kind| (&kind.name, &kind.meaning));
    for (name, english) in findings {
        let chinese = texts["findings"][name.as_str()].as_str().expect("a sentence");
        assert_eq!(placeholders(chinese), placeholders(english), "{name}");
    }
    let steps = description.steps.iter().map(|kind| (&kind.name, &kind.text));
    for (name, english) in steps {
        let chinese = texts["steps"][name.as_str()].as_str().expect("a sentence");
        assert_eq!(placeholders(chinese), placeholders(english), "{name}");
    }
    assert_eq!(names(&texts, "steps").len(), description.steps.len());
    assert_eq!(names(&texts, "findings").len(), description.findings.len());
}
