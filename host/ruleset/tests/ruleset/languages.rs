//! What a reader of one language gets to read, over every case of a payroll.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::date;
use stele_ruleset::{Calculation, Case, Ruleset, View};
use stele_words::Words;

use crate::support::{engine, object, open, shipped};

fn holder() -> Arc<str> {
    "reader".into()
}

/// Every text of a calculation that is for people, with what it is.
fn texts(view: &View<'_>) -> Vec<(&'static str, String)> {
    let mut texts = Vec::new();
    let mut add = |what, text: Option<&str>| texts.extend(text.map(|text| (what, text.to_owned())));
    for line in &view.lines {
        add("label", Some(line.label));
        add("category", Some(line.category_label));
        add("unit of a line", line.unit_label.or(line.unit));
        add("citation of a line", line.citation);
    }
    for finding in &view.findings {
        add("finding", Some(&finding.message));
        add("citation of a finding", finding.citation);
    }
    let of_steps = view.steps.iter().flat_map(|step| &step.parameters);
    for step in &view.steps {
        add("step", Some(&step.text));
        add("citation of a step", step.citation);
    }
    for parameter in of_steps {
        add("label of a value", Some(&parameter.label_with_key(Words::of(&["zh"]))));
        add("unit of a value", parameter.unit_label.or(parameter.unit));
        add("source", Some(parameter.source));
    }
    texts
}

/// Words of two or more Latin letters that stand outside of addresses.
fn latin(text: &str) -> bool {
    let addresses = |word: &str| word.starts_with("http");
    let words = text.split(|letter: char| !letter.is_ascii() || letter.is_whitespace());
    let words = words.filter(|word| !addresses(word));
    words
        .flat_map(|word| word.split(|letter: char| !letter.is_ascii_alphabetic()))
        .any(|word| word.len() > 1)
}

#[tokio::test]
async fn a_chinese_payslip_is_chinese() {
    let engine = engine();
    let package = shipped("cn/payroll");
    let ruleset = open(&engine, "cn/payroll");
    let mut foreign = BTreeSet::new();
    let mut shown = 0;
    for (file, text) in package.cases() {
        let case = Case::parse(file, text, ruleset.description()).unwrap();
        let calculated = ruleset.calculate(&engine, &holder(), case.date, &case.facts, true).await;
        let Ok(calculation) = calculated else { continue };
        let view = calculation.render(&ruleset, ruleset.wording(&["zh"])).unwrap();
        for (what, text) in texts(&view) {
            shown += 1;
            if latin(&text) {
                foreign.insert(format!("{what}: {text}"));
            }
        }
    }
    assert!(shown > 1000, "{shown}");
    assert!(foreign.is_empty(), "{foreign:#?}");
}

async fn of_beijing() -> (Arc<Ruleset>, Calculation) {
    let engine = engine();
    let ruleset = open(&engine, "cn/payroll");
    let facts = object(
        r#"{"income_kind": "wages", "tax_residence": "resident",
            "gross": "30000", "months_employed": 1, "city": "beijing",
            "contribution_base": "30000", "housing_fund_base": "30000",
            "housing_fund_rate": "0.12", "work_injury_rate": "0.005"}"#,
    );
    let on = date(2026, 1, 31);
    let calculation = ruleset.calculate(&engine, &holder(), on, &facts, true).await.unwrap();
    (ruleset, calculation)
}

#[tokio::test]
async fn a_step_names_the_values_of_the_law_that_it_used_and_no_others() {
    let (ruleset, calculation) = of_beijing().await;
    let view = calculation.render(&ruleset, ruleset.wording(&["en"])).unwrap();
    // The rate for work injuries is a fact: the law's row is named by the totals alone.
    for key in [
        "Beijing, Pension insurance",
        "Beijing, Medical insurance",
        "Beijing, Unemployment insurance",
    ] {
        let keys = view
            .steps
            .iter()
            .map(|step| step.parameters.iter().map(|used| used.key.as_deref()).collect::<Vec<_>>());
        let steps: Vec<_> = keys.filter(|keys| keys.contains(&Some(key))).collect();
        assert!(!steps.is_empty(), "{key}");
        // The step that adds all branches up names the rows of all.
        let of_one = |keys: &Vec<_>| keys.iter().all(|used| *used == Some(key));
        assert!(steps.iter().any(of_one), "{key}: {steps:?}");
    }
}

#[tokio::test]
async fn a_unit_keeps_its_code_and_has_a_name_where_the_language_has_one() {
    let (ruleset, calculation) = of_beijing().await;
    let units = |language: &str| {
        let view = calculation.render(&ruleset, ruleset.wording(&[language])).unwrap();
        (view.lines[0].unit, view.lines[0].unit_label)
    };
    assert_eq!(units("zh"), (Some("CNY"), Some("元")));
    assert_eq!(units("en"), (Some("CNY"), None));
}

#[tokio::test]
async fn who_wants_a_language_that_only_the_host_speaks_gets_labels_in_the_first_of_the_ruleset() {
    let (ruleset, calculation) = of_beijing().await;
    let first = ruleset.texts().languages()[0].tag();
    for (wanted, labels, words) in [
        (&["de"][..], first, "de"),
        (&["fi", "de"], first, "de"),
        (&["zh-TW"], "zh", "zh-Hant"),
        (&["en"], "en", "en"),
        (&["fi"], first, first),
    ] {
        let wording = ruleset.wording(wanted);
        let view = calculation.render(&ruleset, wording).unwrap();
        assert_eq!((view.language, view.words), (labels, words), "{wanted:?}");
        // What is remembered of an answer gives the same answer.
        let again = ruleset.wording_again(&wording.to_string());
        assert_eq!(calculation.render(&ruleset, again).unwrap(), view, "{wanted:?}");
    }
}

#[tokio::test]
async fn numbers_in_sentences_are_written_by_custom_and_those_for_programs_are_not() {
    let (ruleset, calculation) = of_beijing().await;
    for (wanted, written) in [("en", "30,000.00"), ("de", "30.000,00"), ("fr", "30\u{202f}000,00")]
    {
        let view = calculation.render(&ruleset, ruleset.wording(&[wanted])).unwrap();
        assert!(view.steps.iter().any(|step| step.text.contains(written)), "{wanted}");
        assert_eq!(view.lines[0].amount, "30000.00");
        let values = view.steps.iter().flat_map(|step| &step.arguments);
        let mut values = values.filter_map(|argument| argument.value.as_deref());
        assert!(values.any(|value| value == "30000.00"), "{wanted}");
    }
}
