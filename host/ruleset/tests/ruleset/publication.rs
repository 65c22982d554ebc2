//! The checks of a publication: what holds is published, what does not is refused by name.

use stele_engine::contract::Description;
use stele_ruleset::{CaseResult, CheckName, CheckState, Report, check};

use crate::support::{
    CHINESE, Files, MANIFEST, PARAMETERS, case, description, engine, files, from_text, honest,
    hostile, package, ready, report_of, with,
};

async fn refused(files: Files) -> Report {
    let report = report_of(check(&engine(), &package(files)).await);
    assert!(!report.passed);
    let failed = report.checks.iter().position(|check| check.state == CheckState::Failed).unwrap();
    for (index, check) in report.checks.iter().enumerate() {
        assert_eq!(check.check, CheckName::ALL[index]);
        let expected = match index.cmp(&failed) {
            std::cmp::Ordering::Less => CheckState::Passed,
            std::cmp::Ordering::Equal => CheckState::Failed,
            std::cmp::Ordering::Greater => CheckState::NotRun,
        };
        assert_eq!(check.state, expected, "{report}");
    }
    report
}

/// The failed check and everything that the report says.
async fn refusal(files: Files) -> (CheckName, String) {
    let report = refused(files).await;
    (report.failed().unwrap().check, report.to_string())
}

#[tokio::test]
async fn a_sound_ruleset_is_published_with_a_report_of_every_check() {
    let published = check(&engine(), &package(honest())).await.unwrap();
    let report = &published.report;
    assert!(report.passed);
    assert_eq!(report.checks.len(), CheckName::ALL.len());
    assert!(report.checks.iter().all(|check| check.state == CheckState::Passed), "{report}");
    assert_eq!(report.cases.len(), 2);
    for case in &report.cases {
        assert!(case.passed && case.fuel.unwrap() > 0 && case.outcome.is_some());
    }
    assert_eq!(report.digest, published.ruleset.digest());
    assert_eq!(report.component, published.ruleset.component_digest());
}

#[tokio::test]
async fn a_report_survives_being_stored() {
    let report = check(&engine(), &package(honest())).await.unwrap().report;
    let stored = serde_json::to_vec(&report).unwrap();
    assert_eq!(serde_json::from_slice::<Report>(&stored).unwrap(), report);
}

#[tokio::test]
async fn the_same_package_gives_the_same_digests_and_fuel_every_time() {
    let facts = |report: &Report| {
        let cases = report.cases.iter().map(|case| (case.fuel, case.outcome));
        (report.digest, cases.collect::<Vec<_>>())
    };
    let first = check(&engine(), &package(honest())).await.unwrap().report;
    let again = check(&engine(), &package(honest())).await.unwrap().report;
    assert_eq!(facts(&first), facts(&again));
}

#[tokio::test]
async fn a_component_that_the_engine_refuses_is_refused_by_the_name_of_its_check() {
    let description = description();
    for (component, expected) in [
        (b"not wasm".to_vec(), CheckName::Parse),
        (hostile("uses_floats", &description), CheckName::Validate),
        (hostile("describe_traps", &description), CheckName::Describe),
        (vec![0; 3 << 20], CheckName::Size),
    ] {
        assert_eq!(refusal(files(component)).await.0, expected);
    }
}

#[tokio::test]
async fn payroll_is_exact_whatever_its_manifest_says() {
    let manifest = MANIFEST
        .replace("\"points\"", "\"payroll\"")
        .replace("[validity]", "exact = false\n[validity]");
    let (failed, text) = refusal(with(honest(), "ruleset.toml", &manifest)).await;
    assert_eq!(failed, CheckName::Manifest);
    assert!(text.contains("payroll is always exact"), "{text}");
    let floats = files(hostile("uses_floats", &description()));
    assert_eq!(refusal(with(floats, "ruleset.toml", &manifest)).await.0, CheckName::Validate);
}

#[tokio::test]
async fn a_manifest_that_does_not_fit_the_component_is_refused() {
    let manifest = MANIFEST.replace("text-rule", "another-rule");
    let (failed, text) = refusal(with(honest(), "ruleset.toml", &manifest)).await;
    assert_eq!(failed, CheckName::Manifest);
    assert!(text.contains("text-rule") && text.contains("another-rule"), "{text}");
}

#[tokio::test]
async fn money_needs_a_currency_but_only_where_a_line_has_it() {
    let mut money = description();
    money.items[1].unit = None;
    assert!(check(&engine(), &package(files(hostile("honest", &money)))).await.is_ok());
    money.items[0].unit = None;
    let (failed, text) = refusal(files(hostile("honest", &money))).await;
    assert_eq!(failed, CheckName::Cases);
    assert!(text.contains("no currency"), "{text}");
}

#[tokio::test]
async fn parameters_that_end_before_the_horizon_are_refused() {
    let (failed, text) =
        refusal(with(honest(), "ruleset.toml", &MANIFEST.replace("2020-01-01", "2019-01-01")))
            .await;
    assert_eq!(failed, CheckName::Parameters);
    assert!(text.contains("none from 2019-01-01 to 2019-12-31"), "{text}");
}

#[tokio::test]
async fn parameters_that_the_rule_refuses_on_any_day_are_refused() {
    // The rule refuses the bonus 1, which is in force from 2021.
    let files = files(hostile("create_faults", &description()));
    let files = with(files, "parameters.toml", &PARAMETERS.replace("\"20\"", "1"));
    let (failed, text) = refusal(files).await;
    assert_eq!(failed, CheckName::Parameters);
    assert!(text.contains("on 2021-01-01: ") && !text.contains("on 2020-01-01: "), "{text}");
}

#[tokio::test]
async fn texts_that_are_not_complete_are_refused() {
    let (failed, text) =
        refusal(with(honest(), "texts/zh.toml", &CHINESE.replace("answer = \"结果\"\n", ""))).await;
    assert_eq!(failed, CheckName::Texts);
    assert!(text.contains("texts/zh.toml: items.answer"), "{text}");
}

/// What differs in a case, a sentence each.
fn said(case: &CaseResult) -> Vec<String> {
    case.differences.iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn a_case_that_does_not_hold_is_shown_with_its_difference() {
    let report = refused(with(honest(), "cases/two.toml", &case("2", "12.5"))).await;
    assert_eq!(report.failed().unwrap().check, CheckName::Cases);
    let wrong: Vec<_> = report.cases.iter().filter(|case| !case.passed).collect();
    assert_eq!(wrong.len(), 1);
    assert_eq!(wrong[0].file, "cases/two.toml");
    assert_eq!(said(wrong[0]), ["answer: expected 12.5, found 12 (0.5 less)"]);
}

#[tokio::test]
async fn every_way_in_which_a_case_can_differ_is_told() {
    let differ = async |text: &str| {
        let report = refused(with(honest(), "cases/one.toml", text)).await;
        assert_eq!(report.failed().unwrap().check, CheckName::Cases, "{report}");
        said(&report.cases[0])
    };
    let head = "title = \"x\"\ndate = 2020-06-30\n[facts]\nnumber = 1\n";
    let text = format!("{head}[expect.lines]\nother_answer = \"1\"\n\"answer/a\" = \"11\"\n");
    assert_eq!(
        differ(&text).await,
        ["answer/a: expected 11, found nothing", "other_answer: expected 1, found nothing",]
    );
    let text = format!("{head}[expect]\ncomplete = true\n");
    assert_eq!(differ(&text).await, ["answer: expected nothing, found 11"]);
    let text = format!("{head}[[expect.findings]]\nfinding = \"too_much\"\nlimit = \"5\"\n");
    assert_eq!(differ(&text).await, ["finding: expected too_much (limit 5), found nothing"]);
    let text = format!("{head}[expect.fault]\npointer = \"/number\"\n");
    assert_eq!(differ(&text).await, ["answer: expected a refusal of /number, found an outcome"]);
    let text = case("1", "11").replace("2020-06-30", "2019-06-30");
    let found = differ(&text).await;
    assert!(found[0].contains("the date 2019-06-30 is outside"), "{found:?}");
    let text = case("\"eleven\"", "11");
    let found = differ(&text).await;
    assert!(found[0].contains("/number: expected a whole number, found \"eleven\""), "{found:?}");
}

#[tokio::test]
async fn a_case_may_expect_that_facts_are_refused() {
    let text = "title = \"x\"\ndate = 2020-06-30\n[facts]\nnumber = \"eleven\"\n\
                [expect.fault]\npointer = \"/number\"\ncontains = \"whole number\"\n";
    assert!(check(&engine(), &package(with(honest(), "cases/one.toml", text))).await.is_ok());
}

#[tokio::test]
async fn a_case_that_can_not_be_read_is_refused_with_every_problem() {
    let text = "titel = \"x\"\ndate = \"2020-06-30\"\n[facts]\nnumber = 1.5\n\
                [expect]\n[expect.lines]\nquestion = \"1\"\nanswer = true\n\
                [[expect.findings]]\nfinding = \"too_few\"\ncolour = 1\n";
    let report = refused(with(honest(), "cases/one.toml", text)).await;
    let errors = &report.failed().unwrap().errors;
    assert_eq!(errors.len(), 8, "{report}");
    assert!(errors.iter().all(|error| error.file == "cases/one.toml"));
}

#[tokio::test]
async fn a_ruleset_without_cases_is_refused() {
    let mut none = honest();
    none.retain(|path, _| !path.starts_with("cases/"));
    assert_eq!(refusal(none).await.0, CheckName::Cases);
}

/// Cases that hold on fresh instances of a rule that answers `answer` there.
fn fresh_cases(description: &Description, rule: &str, answer: &str) -> Files {
    let files = files(hostile(rule, description));
    let files = with(files, "cases/one.toml", &case("1", answer));
    with(files, "cases/two.toml", &case("2", answer))
}

#[tokio::test]
async fn a_rule_that_remembers_the_last_employee_is_refused() {
    // A fresh instance remembers nobody and answers 0, so every case alone holds.
    let (failed, text) = refusal(fresh_cases(&description(), "remembers", "0")).await;
    assert_eq!(failed, CheckName::Determinism, "{text}");
    assert!(text.contains("after other cases on the same evaluator"), "{text}");
}

#[tokio::test]
async fn a_rule_that_remembers_is_refused_even_with_a_single_case() {
    let mut one = fresh_cases(&description(), "remembers", "0");
    one.remove("cases/two.toml");
    assert_eq!(refusal(one).await.0, CheckName::Determinism);
}

#[tokio::test]
async fn a_rule_that_remembers_employees_of_another_year_is_refused() {
    // Each set of parameters has one case of the number 0, which leaves nothing to remember; only
    // the case of the other year does.
    let mut files = fresh_cases(&description(), "remembers", "0");
    files = with(files, "cases/one.toml", &case("0", "0"));
    files = with(files, "cases/two.toml", &case("7", "0").replace("2020-06-30", "2021-06-30"));
    assert_eq!(refusal(files).await.0, CheckName::Determinism);
}

#[tokio::test]
async fn a_rule_that_traps_on_the_third_employee_is_refused() {
    let body = "(global $count (mut i32) (i32.const 0))
        (func $evaluate (param i32) (param i32) (param i32) (param i32) (result i32)
          (global.set $count (i32.add (global.get $count) (i32.const 1)))
          (if (i32.eq (global.get $count) (i32.const 3)) (then (unreachable)))
          (call $line (i32.const 0) (i64.const 1)))";
    let files = files(from_text(body, &description()));
    let files = with(files, "cases/one.toml", &case("1", "1"));
    let files = with(files, "cases/two.toml", &case("2", "1"));
    let (failed, text) = refusal(files).await;
    assert_eq!(failed, CheckName::Determinism);
    assert!(text.contains("trap"), "{text}");
}

#[tokio::test]
async fn a_rule_that_answers_otherwise_when_it_explains_is_refused() {
    let body =
        "(func $evaluate (param i32) (param i32) (param i32) (param $explain i32) (result i32)
          (call $line (i32.const 0) (i64.extend_i32_u (local.get $explain))))";
    let files = files(from_text(body, &description()));
    let files = with(files, "cases/one.toml", &case("1", "0"));
    let files = with(files, "cases/two.toml", &case("2", "0"));
    let (failed, text) = refusal(files).await;
    assert_eq!(failed, CheckName::Determinism);
    assert!(text.contains("with an explanation"), "{text}");
}

#[tokio::test]
async fn a_rule_that_needs_most_of_its_fuel_for_a_case_is_refused() {
    // Spins as often as the number says: about five instructions a turn.
    let body = "(func $evaluate (param i32) (param $facts i32) (param i32) (param i32) (result i32)
          (local $left i64)
          (local.set $left (call $number (local.get $facts)))
          (loop $spin
            (local.set $left (i64.sub (local.get $left) (i64.const 1)))
            (br_if $spin (i64.gt_s (local.get $left) (i64.const 0))))
          (call $line (i32.const 0) (i64.const 1)))";
    let files = files(from_text(body, &description()));
    let files = with(files, "cases/one.toml", &case("5000000", "1"));
    let files = with(files, "cases/two.toml", &case("2", "1"));
    let (failed, text) = refusal(files).await;
    assert_eq!(failed, CheckName::Fuel, "{text}");
}

#[tokio::test]
async fn money_with_a_tenth_of_a_cent_fails_the_case() {
    let mut money = description();
    money.items[0].unit = None;
    // The decimal of the line is at 1096: negative, scale, high, low.
    let body = "(func $evaluate (param i32) (param i32) (param i32) (param i32) (result i32)
          (drop (call $line (i32.const 0) (i64.const 11001)))
          (i32.store8 (i32.const 1097) (i32.const 3))
          (i32.const 1024))";
    let manifest = format!("currency = \"CNY\"\ndecimals = 2\n{MANIFEST}");
    let files = with(files(from_text(body, &money)), "ruleset.toml", &manifest);
    let report = refused(files).await;
    assert_eq!(report.failed().unwrap().check, CheckName::Cases, "{report}");
    let difference = &said(&report.cases[0])[0];
    assert!(difference.contains("11.001") && difference.contains("2 decimals"), "{difference}");
}

#[tokio::test]
async fn an_unconfirmed_parameter_does_not_hinder_a_publication() {
    let text = PARAMETERS.replace("item 1\"", "item 1\"\nnote = \"draft\"");
    assert!(check(&engine(), &package(with(honest(), "parameters.toml", &text))).await.is_ok());
}

#[tokio::test]
async fn a_value_that_ends_after_the_next_one_has_begun_is_refused_with_its_place() {
    let until = |day: &str| {
        let entry = format!("until = {day}\nvalue = 10");
        with(honest(), "parameters.toml", &PARAMETERS.replace("value = 10", &entry))
    };
    check(&engine(), &package(until("2020-12-31"))).await.unwrap();
    for day in ["2021-01-01", "2021-06-30"] {
        let (failed, text) = refusal(until(day)).await;
        assert_eq!(failed, CheckName::Parameters);
        let expected = format!(
            "parameters.toml: bonus[0].until: expected a date before 2021-01-01, from which \
             bonus[1] holds, found {day}"
        );
        assert!(text.contains(&expected), "{text}");
        // What was published before this was refused is run again to the end of its days.
        ready(&engine(), &package(until(day)));
    }
}

#[tokio::test]
async fn a_citation_that_names_no_law_and_no_publication_is_refused_with_its_place() {
    let mut description = description();
    description.items[0].citation = Some("The state's withholding publication".to_owned());
    description.steps[0].citation = Some("plugins/text-rule/src/lib.rs".to_owned());
    let mut files = files(hostile("honest", &description));
    let source = "Agreement of 2019, item 1";
    let parameters = PARAMETERS.replace(source, "see rulesets/test/notes.md");
    files = with(files, "parameters.toml", &parameters);
    let manifest = MANIFEST.replace("[validity]", "[validity]\nsource = \"TODO\"");
    files = with(files, "ruleset.toml", &manifest);
    let report = refused(files).await;
    let failed = report.failed().unwrap();
    assert_eq!(failed.check, CheckName::Citations);
    let places: Vec<_> = failed.errors.iter().map(|error| (&*error.file, &*error.key)).collect();
    assert_eq!(
        places,
        [
            ("ruleset.toml", "validity.source"),
            ("component.wasm", "items.answer.citation"),
            ("component.wasm", "steps.addition.citation"),
            ("parameters.toml", "bonus[0].source"),
        ]
    );
    assert!(failed.errors[2].found.contains("a file of the author's"), "{}", failed.errors[2]);
}
