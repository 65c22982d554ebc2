//! Texts: complete in every language, with the same placeholders, found by the reader's wishes.

use stele_ruleset::{Defect, Manifest, Texts};

use crate::support::{CHINESE, ENGLISH, MANIFEST, description};

fn parse(english: &str, chinese: &str) -> Result<Texts, Vec<Defect>> {
    let manifest = Manifest::parse(MANIFEST).unwrap();
    let files = [("texts/en.toml", english), ("texts/zh.toml", chinese)];
    Texts::parse(files, &manifest, &description())
}

fn problems(english: &str, chinese: &str) -> Vec<String> {
    parse(english, chinese).expect_err("refused").iter().map(ToString::to_string).collect()
}

#[test]
fn the_reader_gets_the_nearest_language() {
    let texts = parse(ENGLISH, CHINESE).unwrap();
    for (wanted, language) in [
        (&["zh"][..], "zh"),
        (&["zh-CN"], "zh"),
        (&["ZH-hans-cn"], "zh"),
        (&["en-GB", "zh"], "en"),
        (&["fr", "zh"], "zh"),
        (&["fr"], "en"),
        (&[""], "en"),
        (&[], "en"),
    ] {
        assert_eq!(texts.language(wanted).tag(), language, "{wanted:?}");
    }
}

#[test]
fn what_is_missing_or_unknown_is_reported_at_once() {
    let chinese = r#"
        titel = "奖金"
        [facts]
        number = ""
        weight = "重量"
        [items]
        answer = 1
        [findings]
        too_much = "{actual}太多。"
        [choices.number]
        one = "一"
        [categories]
        question = "问题"
    "#;
    let found = problems(ENGLISH, chinese);
    for expected in [
        "texts/zh.toml: titel: ",
        "texts/zh.toml: title: ",
        "texts/zh.toml: facts.number: expected a text, found \"\"",
        "texts/zh.toml: facts.weight: expected a name that the rule declares",
        "texts/zh.toml: items.answer: expected a text, found 1",
        "texts/zh.toml: items.other_answer: expected a text, found nothing",
        "texts/zh.toml: findings.too_much: expected the placeholders {actual}, {limit}, found {actual}",
        "texts/zh.toml: steps.addition: expected a text, found nothing",
        "texts/zh.toml: choices.number: ",
        "texts/zh.toml: categories.question: ",
    ] {
        assert!(
            found.iter().any(|found| found.starts_with(expected)),
            "missing: {expected}\n{}",
            found.join("\n")
        );
    }
    assert_eq!(found.len(), 10, "{}", found.join("\n"));
}

#[test]
fn a_language_without_a_file_and_a_file_without_a_language_are_named() {
    let manifest = Manifest::parse(&MANIFEST.replace("\"zh\"", "\"de\"")).unwrap();
    let files = [("texts/en.toml", ENGLISH), ("texts/zh.toml", CHINESE)];
    let defects = Texts::parse(files, &manifest, &description()).expect_err("refused");
    let files: Vec<&str> = defects.iter().map(|defect| defect.file.as_str()).collect();
    assert_eq!(files, ["texts/zh.toml", "texts/de.toml"]);
}

#[test]
fn sentences_with_broken_braces_are_refused() {
    for sentence in ["{actual", "actual}", "{}", "{Actual}{limit}", "{actual}{limit} {other}"] {
        let chinese = CHINESE.replace("{actual}超过{limit}。", sentence);
        assert_eq!(problems(ENGLISH, &chinese).len(), 1, "{sentence}");
    }
}

#[test]
fn a_ruleset_without_english_falls_back_to_declared_names() {
    let manifest = Manifest::parse(&MANIFEST.replace("\"en\", ", "")).unwrap();
    let texts = Texts::parse([("texts/zh.toml", CHINESE)], &manifest, &description()).unwrap();
    let language = texts.language(&["fr"]);
    assert_eq!((language.tag(), language.item(0)), ("en", "answer"));
    assert_eq!(texts.language(&["zh-TW"]).item(0), "结果");
}

#[test]
fn what_a_language_leaves_out_comes_from_english() {
    let english =
        format!("{ENGLISH}\n[categories]\nanswer = \"Answers\"\n[parameters]\nbonus = \"Bonus\"\n");
    let chinese = CHINESE.replace("[parameters]\nbonus = \"奖金\"\n", "");
    let texts = parse(&english, &chinese).unwrap();
    let language = texts.language(&["zh"]);
    assert_eq!(language.category("answer"), "Answers");
    assert_eq!(language.parameter(0).unwrap().label, "Bonus");
    assert_eq!(language.subject("2026-W10"), "2026-W10");
}
