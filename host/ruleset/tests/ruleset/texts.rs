//! Texts: complete in every language, with the same placeholders, found by the reader's wishes.

use stele_ruleset::{Defect, LONGEST_TEXT, Manifest, Parameters, Texts};

use crate::support::{CHINESE, ENGLISH, MANIFEST, PARAMETERS, description};

fn of(manifest: &Manifest, files: &[(&str, &str)]) -> Result<Texts, Vec<Defect>> {
    let description = description();
    let parameters = Parameters::parse(PARAMETERS, &description, manifest.validity).unwrap();
    Texts::parse(files.iter().copied(), manifest, &description, &parameters)
}

fn parse(english: &str, chinese: &str) -> Result<Texts, Vec<Defect>> {
    let files = [("texts/en.toml", english), ("texts/zh.toml", chinese)];
    of(&Manifest::parse(MANIFEST).unwrap(), &files)
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
    let defects = of(&manifest, &files).expect_err("refused");
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
fn who_reads_no_language_of_a_ruleset_gets_its_first() {
    let manifest = Manifest::parse(&MANIFEST.replace("\"en\", \"zh\"", "\"zh\", \"en\"")).unwrap();
    let texts = of(&manifest, &[("texts/en.toml", ENGLISH), ("texts/zh.toml", CHINESE)]).unwrap();
    for wanted in [&["fr"][..], &[]] {
        assert_eq!(texts.language(wanted).tag(), "zh", "{wanted:?}");
    }
    assert_eq!(texts.language(&["fr", "en-GB"]).tag(), "en");
}

#[test]
fn in_a_ruleset_without_english_whoever_wants_it_reads_what_is_declared() {
    let manifest = Manifest::parse(&MANIFEST.replace("\"en\", ", "")).unwrap();
    let texts = of(&manifest, &[("texts/zh.toml", CHINESE)]).unwrap();
    let language = texts.language(&["en"]);
    assert_eq!((language.tag(), language.item(0)), ("en", "An answer"));
    assert_eq!(texts.language(&["zh-TW"]).item(0), "结果");
    assert_eq!(texts.language(&["fr"]).tag(), "zh", "the ruleset's first");
}

#[test]
fn units_and_sources_are_shown_in_the_language_where_it_has_them() {
    let chinese = format!(
        "{CHINESE}\n[units]\npoints = \"分\"\n[citations]\n\"Agreement of 2019, item 1\" = \
         \"2019年协议第1条\"\n"
    );
    let texts = parse(ENGLISH, &chinese).unwrap();
    let language = texts.language(&["zh"]);
    assert_eq!((language.unit("points"), language.unit("hours")), ("分", "hours"));
    assert_eq!(language.citation("Agreement of 2019, item 1"), "2019年协议第1条");
    assert_eq!(language.citation("Agreement of 2020, item 1"), "Agreement of 2020, item 1");
    let english = texts.language(&["en"]);
    assert_eq!((english.unit("points"), english.citation("Act")), ("points", "Act"));

    let found =
        problems(ENGLISH, &chinese.replace("points =", "hours =").replace("of 2019", "of 2018"));
    assert_eq!(found.len(), 2, "what nothing counts or cites: {found:?}");
    assert!(found.iter().any(|found| found.contains("units.hours")), "{found:?}");
    let meant = "did you mean Agreement of 2019, item 1?";
    assert!(found.iter().any(|found| found.ends_with(meant)), "{found:?}");
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

#[test]
fn a_text_that_is_too_long_is_refused_with_its_place() {
    let most = "x".repeat(LONGEST_TEXT);
    let with_label = |label: &str| CHINESE.replace("\"结果\"", &format!("\"{label}\""));
    parse(ENGLISH, &with_label(&most)).unwrap();
    let long = with_label(&format!("{most}x"));
    assert_eq!(
        problems(ENGLISH, &long),
        ["texts/zh.toml: items.answer: expected a text of at most 4096 bytes, found 4097 bytes"]
    );
    // An error about a megabyte is not a megabyte long.
    let huge = problems(ENGLISH, &with_label(&"x".repeat(1 << 20))).join("\n");
    assert!(huge.len() < 500, "{huge}");
}

#[test]
fn all_texts_of_a_language_together_have_a_bound() {
    let mut chinese = format!("{CHINESE}\n[subjects]\n");
    for number in 0..300 {
        chinese.push_str(&format!("s{number} = \"{}\"\n", "x".repeat(4000)));
    }
    let found = problems(ENGLISH, &chinese);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("texts/zh.toml: expected at most 1048576 bytes of texts"));
}

#[test]
fn sources_notes_versions_and_lists_of_languages_have_a_bound() {
    let long = "x".repeat(LONGEST_TEXT + 1);
    let parameters = format!(
        "[[bonus]]\nfrom = 2020-01-01\nvalue = 1\nsource = \"{long}\"\nnote = \"{long}\"\n"
    );
    let manifest = Manifest::parse(MANIFEST).unwrap();
    let refused = Parameters::parse(&parameters, &description(), manifest.validity);
    let keys =
        |defects: Vec<Defect>| defects.into_iter().map(|defect| defect.key).collect::<Vec<_>>();
    assert_eq!(keys(refused.expect_err("refused")), ["bonus[0].source", "bonus[0].note"]);

    let validity = MANIFEST.replace("[validity]", &format!("[validity]\nsource = \"{long}\""));
    assert_eq!(keys(Manifest::parse(&validity).expect_err("refused")), ["validity.source"]);
    let version = MANIFEST.replace("1.0.0", &format!("1.0.0-{}", "x".repeat(200)));
    assert_eq!(keys(Manifest::parse(&version).expect_err("refused")), ["version"]);
    let tags: Vec<_> =
        (0..65).map(|number| format!("\"x{}\"", (b'a' + number / 26) as char)).collect();
    let languages = MANIFEST.replace("\"en\", \"zh\"", &tags.join(", "));
    let found = keys(Manifest::parse(&languages).expect_err("refused"));
    assert!(found.contains(&"languages".to_owned()), "{found:?}");
}
