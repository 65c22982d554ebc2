//! What a version leaves out: said by the version, and by each result that it touches.

use std::sync::Arc;

use jiff::civil::date;
use serde_json::json;
use stele_engine::Engine;
use stele_engine::contract::{Choice, Description, ScalarKind, Shape, TableShape};
use stele_ruleset::{CheckName, Manifest, Ruleset, Texts, UNWRITTEN, check, leaves_out};

use crate::support::{
    CHINESE, ENGLISH, Files, MANIFEST, column, decimal, description, engine, field, files, hostile,
    object, package, ready, report_of, with,
};

const LEFT_OUT: &str = r#"
[[leaves_out]]
name = "tips"
what = "Tips are not counted."
when = { fact = "tips" }
[[leaves_out]]
name = "state_insurance"
what = "The insurance of the state is not deducted."
when = [{ fact = "state", choices = ["wa", "ak"] }, { fact = "benefits.kind", choices = ["car"] }]
[[leaves_out]]
name = "appeals"
what = "Appeals are not followed."
"#;

const IN_CHINESE: &str = r#"
[leaves_out]
tips = "小费不计入。"
state_insurance = "不扣除州保险。"
appeals = "不跟踪申诉。"
"#;

fn choice(names: &[&str]) -> ScalarKind {
    let choice = |name: &&str| Choice { name: (*name).to_owned(), meaning: "One.".to_owned() };
    ScalarKind::Choice(names.iter().map(choice).collect())
}

/// The rule that adds a bonus, with facts of which some touch what is left out.
fn declared() -> Description {
    let mut description = description();
    let benefits = TableShape {
        columns: vec![
            column("kind", choice(&["car", "meal"]), false),
            column("value", decimal(None, None, None), false),
        ],
        maximum_rows: 3,
    };
    let mut facts = [
        field("tips", Shape::Scalar(decimal(None, None, None))),
        field("state", Shape::Scalar(choice(&["wa", "ny", "ak"]))),
        field("benefits", Shape::Table(benefits)),
    ];
    facts.iter_mut().for_each(|fact| fact.required = false);
    description.facts.extend(facts);
    description
}

fn leaving_out(left_out: &str) -> Files {
    let labels = "number = \"N\"\ntips = \"T\"\nstate = \"S\"\nbenefits = \"B\"\n\
                  \"benefits.kind\" = \"K\"\n\"benefits.value\" = \"V\"\n";
    let labelled = |texts: &str, old: &str| texts.replace(old, labels);
    let mut all = files(hostile("honest", &declared()));
    all = with(all, "ruleset.toml", &format!("{MANIFEST}{left_out}"));
    all = with(all, "texts/en.toml", &labelled(ENGLISH, "number = \"Number\"\n"));
    let chinese = labelled(CHINESE, "number = \"数字\"\n");
    with(all, "texts/zh.toml", &format!("{chinese}{IN_CHINESE}"))
}

/// Code, subject and message of every finding.
async fn findings(
    engine: &Engine,
    ruleset: &Ruleset,
    facts: &str,
    language: &str,
) -> Vec<(String, String, String)> {
    let (holder, on) = (Arc::from("tenant"), date(2020, 6, 30));
    let calculation = ruleset.calculate(engine, &holder, on, &object(facts), false).await.unwrap();
    let view = calculation.render(ruleset, ruleset.wording(&[language])).unwrap();
    // What was recorded of it says the same, without running the rule.
    let recorded = calculation.recorded_outcome(ruleset);
    let facts = serde_json::from_slice(calculation.facts_json()).unwrap();
    let recalled = ruleset.recall(on, &facts, &recorded, &[], calculation.fuel).unwrap();
    assert_eq!(recalled.render(ruleset, ruleset.wording(&[language])).unwrap(), view);
    assert_eq!(recalled.digests, calculation.digests);
    let finding = |finding: &stele_ruleset::FindingView<'_>| {
        let subject = finding.subject.unwrap_or_default();
        (finding.code.to_owned(), subject.to_owned(), finding.message.clone())
    };
    view.findings.iter().map(finding).collect()
}

fn not_covered(subject: &str, message: &str) -> (String, String, String) {
    ("not_covered".to_owned(), subject.to_owned(), message.to_owned())
}

#[tokio::test]
async fn a_result_says_what_its_facts_touch_and_nothing_else() {
    let engine = engine();
    let ruleset = ready(&engine, &package(leaving_out(LEFT_OUT)));
    let tips = not_covered("tips", "Tips are not counted.");
    let insurance = not_covered("state_insurance", "The insurance of the state is not deducted.");
    for (facts, expected) in [
        (r#"{"number": 1}"#, vec![]),
        (r#"{"number": 1, "tips": "0.00", "state": "ny"}"#, vec![]),
        (r#"{"number": 1, "benefits": [{"kind": "meal", "value": 1}]}"#, vec![]),
        (r#"{"number": 1, "tips": "12.50"}"#, vec![tips.clone()]),
        (r#"{"number": 1, "state": "ak", "tips": 1}"#, vec![tips.clone(), insurance.clone()]),
        (
            r#"{"number": 1, "benefits": [{"kind": "meal", "value": 1}, {"kind": "car", "value": 1}]}"#,
            vec![insurance.clone()],
        ),
    ] {
        assert_eq!(findings(&engine, &ruleset, facts, "en").await, expected, "{facts}");
    }
    let in_chinese = findings(&engine, &ruleset, r#"{"number": 1, "tips": 1}"#, "zh-CN").await;
    assert_eq!(in_chinese, [not_covered("tips", "小费不计入。")]);
}

#[tokio::test]
async fn a_version_says_all_that_it_leaves_out_in_the_readers_language() {
    let ruleset = ready(&engine(), &package(leaving_out(LEFT_OUT)));
    let said = leaves_out(&ruleset, ruleset.texts().language(&["zh"]));
    assert_eq!(
        serde_json::to_value(said).unwrap(),
        json!([
            { "name": "tips", "what": "小费不计入。", "when": [{ "fact": "tips" }] },
            { "name": "state_insurance", "what": "不扣除州保险。", "when": [
                { "fact": "state", "choices": ["wa", "ak"] },
                { "fact": "benefits.kind", "choices": ["car"] },
            ] },
            { "name": "appeals", "what": "不跟踪申诉。", "when": [] },
        ])
    );
}

#[tokio::test]
async fn what_no_rule_declares_is_refused_at_publication_with_its_place() {
    let left_out = r#"
        [[leaves_out]]
        name = "tips"
        what = "Tips are not counted."
        when = [
            { fact = "tip" },
            { fact = "benefits.sort" },
            { fact = "state.kind" },
            { fact = "state", choices = ["wa", "washington"] },
            { fact = "tips", choices = ["wa"] },
        ]
    "#;
    check(&engine(), &package(leaving_out(LEFT_OUT))).await.unwrap();
    let report = report_of(check(&engine(), &package(leaving_out(left_out))).await);
    let failed = report.failed().unwrap();
    assert_eq!(failed.check, CheckName::Manifest);
    let found: Vec<_> = failed.errors.iter().map(ToString::to_string).collect();
    let unknown = "expected a fact that callers give, or table.column, found the unknown name";
    assert_eq!(
        found,
        [
            format!("ruleset.toml: leaves_out[0].when[0].fact: {unknown} \"tip\""),
            format!("ruleset.toml: leaves_out[0].when[1].fact: {unknown} \"benefits.sort\""),
            format!("ruleset.toml: leaves_out[0].when[2].fact: {unknown} \"state.kind\""),
            "ruleset.toml: leaves_out[0].when[3].choices[1]: expected one of wa, ny, ak, found \
             \"washington\""
                .to_owned(),
            "ruleset.toml: leaves_out[0].when[4].choices: expected choices of a fact that is a \
             choice, found \"tips\", which is none"
                .to_owned(),
        ]
    );
}

#[test]
fn every_problem_of_its_form_is_reported_at_once() {
    let left_out = r#"
        [[leaves_out]]
        what = "Tips are not counted."
        [[leaves_out]]
        name = "Tips!"
        what = " "
        where = "everywhere"
        [[leaves_out]]
        name = "tips"
        what = "Tips are not counted."
        when = []
        [[leaves_out]]
        name = "tips"
        what = "Tips are not counted."
        when = { fact = 1, choices = "wa", state = "wa" }
    "#;
    let defects = Manifest::parse(&format!("{MANIFEST}{left_out}")).unwrap_err();
    let places: Vec<_> = defects.iter().map(|defect| &*defect.key).collect();
    assert_eq!(
        places,
        [
            "leaves_out[0].name",
            "leaves_out[1].where",
            "leaves_out[1].name",
            "leaves_out[1].what",
            "leaves_out[2].when",
            "leaves_out[3].when.state",
            "leaves_out[3].when.fact",
            "leaves_out[3].when.choices",
            "leaves_out[3].name",
        ]
    );
    let scalar = Manifest::parse(&MANIFEST.replace("[validity]", "leaves_out = 1\n[validity]"));
    assert_eq!(scalar.unwrap_err()[0].key, "leaves_out");
}

#[tokio::test]
async fn each_language_says_what_is_left_out_or_is_refused() {
    let chinese = |files: &Files| String::from_utf8(files["texts/zh.toml"].clone()).unwrap();
    let all = leaving_out(LEFT_OUT);
    let lacking = chinese(&all).replace("tips = \"小费不计入。\"\n", "extra = \"多余\"\n");
    let report = check(&engine(), &package(with(all, "texts/zh.toml", &lacking))).await;
    let report = report_of(report);
    let failed = report.failed().unwrap();
    assert_eq!(failed.check, CheckName::Texts);
    let places: Vec<_> = failed.errors.iter().map(|error| &*error.key).collect();
    assert_eq!(places, ["leaves_out.extra", "leaves_out.tips"]);

    let manifest = Manifest::parse(&format!("{MANIFEST}{LEFT_OUT}")).unwrap();
    let lacking = lacking.replace("extra = \"多余\"\n", "");
    let filled =
        Texts::fill("texts/zh.toml", &lacking, "zh", &manifest, &declared(), false).unwrap();
    assert_eq!(filled.added, ["leaves_out.tips"]);
    assert!(filled.text.contains(&format!("tips = \"{UNWRITTEN}: Tips are not counted.\"")));
    let english = Texts::fill("texts/en.toml", "", "en", &manifest, &declared(), false).unwrap();
    assert!(!english.text.contains("leaves_out"), "English is what the manifest says");
}
