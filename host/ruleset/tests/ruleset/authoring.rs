//! Files that are edited for their author: texts that lack keys, cases that are brought up to date.

use std::sync::Arc;

use stele_ruleset::{Case, CheckName, Manifest, NotAcceptable, Ruleset, Texts, UNWRITTEN, check};

use crate::support::{
    CHINESE, ENGLISH, MANIFEST, description, engine, honest, package, ready, report_of, with,
};

fn manifest() -> Manifest {
    Manifest::parse(MANIFEST).unwrap()
}

#[test]
fn what_a_language_lacks_is_added_and_the_rest_is_left_as_it_was() {
    let description = description();
    let there = "# Ours.\ntitle = \"奖金\"\n\n[facts] # in their order\nnumber = \"数字\"\n";
    let filled =
        Texts::fill("texts/zh.toml", there, "zh", &manifest(), &description, false).unwrap();
    assert!(filled.text.starts_with(there), "{}", filled.text);
    assert_eq!(
        filled.added,
        ["items.answer", "items.other_answer", "findings.too_much", "steps.addition"]
    );
    assert_eq!(filled.unwritten, filled.added);
    let sentence = format!("too_much = \"{UNWRITTEN}: {{actual}} is more than {{limit}}.\"");
    assert!(filled.text.contains(&sentence), "{}", filled.text);
    let again =
        Texts::fill("texts/zh.toml", &filled.text, "zh", &manifest(), &description, false).unwrap();
    assert_eq!((again.added.len(), again.text), (0, filled.text));
    assert_eq!(again.unwritten.len(), 4, "they are still to be written");
}

#[test]
fn english_needs_no_labels_and_no_sentences_of_its_own_unless_all_are_asked_for() {
    let description = description();
    let few = Texts::fill("texts/en.toml", "", "en", &manifest(), &description, false).unwrap();
    assert_eq!(few.added, ["title"]);
    let all = Texts::fill("texts/en.toml", "", "en", &manifest(), &description, true).unwrap();
    for key in [
        "facts.number",
        "items.answer",
        "parameters.bonus",
        "findings.too_much",
        "steps.addition",
        "categories.answer",
    ] {
        assert!(all.added.iter().any(|added| added == key), "{key}: {:?}", all.added);
    }
}

#[test]
fn a_file_that_is_no_toml_is_refused_with_its_line() {
    let error = Texts::fill("texts/en.toml", "title =\n", "en", &manifest(), &description(), false)
        .unwrap_err();
    assert_eq!((&*error.file, &*error.key), ("texts/en.toml", "line 1"));
    let error = Texts::fill("texts/en.toml", "facts = 1", "en", &manifest(), &description(), true)
        .unwrap_err();
    assert_eq!((&*error.key, &*error.expected), ("facts", "a table of texts"));
}

#[tokio::test]
async fn a_version_with_a_text_that_is_to_be_written_is_refused() {
    let texts = CHINESE.replace("items]\nanswer = \"结果\"", "items]");
    let filled =
        Texts::fill("texts/zh.toml", &texts, "zh", &manifest(), &description(), false).unwrap();
    assert_eq!(filled.added, ["items.answer"]);
    let files = with(honest(), "texts/zh.toml", &filled.text);
    let report = report_of(check(&engine(), &package(files)).await);
    let failed = report.failed().unwrap();
    assert_eq!(failed.check, CheckName::Texts);
    let [error] = failed.errors.as_slice() else { panic!("{report}") };
    assert_eq!((&*error.file, &*error.key), ("texts/zh.toml", "items.answer"));
    assert!(error.found.contains(UNWRITTEN), "{error}");
    let title = ENGLISH.replace("\"Bonus\"", &format!("\"{UNWRITTEN}: what it is called\""));
    let report = check(&engine(), &package(with(honest(), "texts/en.toml", &title))).await;
    assert!(report_of(report).to_string().contains("texts/en.toml: title"));
}

struct Bench {
    engine: stele_engine::Engine,
    ruleset: Arc<Ruleset>,
}

impl Bench {
    fn new() -> Self {
        let engine = engine();
        let ruleset = ready(&engine, &package(honest()));
        Self { engine, ruleset }
    }

    /// What a case becomes: its new text, or none where it holds.
    async fn accept(&self, text: &str) -> Result<Option<String>, NotAcceptable> {
        let description = self.ruleset.description();
        let case = Case::parse("cases/one.toml", text, description).unwrap();
        let holder = Arc::from("test");
        let answer =
            self.ruleset.calculate(&self.engine, &holder, case.date, &case.facts, false).await;
        let accepted = case.accept(text, description, &answer)?;
        let Some(accepted) = accepted else { return Ok(None) };
        assert!(!accepted.differences.is_empty());
        let now = Case::parse("cases/one.toml", &accepted.text, description).unwrap();
        assert!(
            now.differences(description, answer.as_ref().map(|answer| &answer.outcome)).is_empty(),
            "{}",
            accepted.text
        );
        Ok(Some(accepted.text))
    }
}

const HEAD: &str = "# Of the agreement.\ntitle = \"A number\" # shown\ndate = 2020-06-30\n\n[facts]\nnumber = 1\n\n";

#[tokio::test]
async fn an_amount_is_brought_up_to_date_and_every_comment_stays() {
    let bench = Bench::new();
    let text =
        format!("{HEAD}[expect]\ncomplete = true\n\n[expect.lines]\nanswer = \"12\" # 1 and 10\n");
    let expected = text.replace("\"12\" #", "\"11\" #");
    assert_eq!(bench.accept(&text).await, Ok(Some(expected.clone())));
    assert_eq!(bench.accept(&expected).await, Ok(None), "a case that holds is left alone");
}

#[tokio::test]
async fn lines_come_and_go_as_the_case_asks_for() {
    let bench = Bench::new();
    let text = format!("{HEAD}[expect.lines]\nother_answer = \"1\"\n");
    let accepted = bench.accept(&text).await.unwrap().unwrap();
    assert!(!accepted.contains("answer ="), "only what was listed is looked at: {accepted}");
    let complete = format!("{HEAD}[expect]\ncomplete = true\n");
    let accepted = bench.accept(&complete).await.unwrap().unwrap();
    assert!(accepted.contains("[expect.lines]\nanswer = \"11\""), "{accepted}");
}

#[tokio::test]
async fn every_line_that_a_case_does_not_list_can_be_added() {
    let bench = Bench::new();
    let description = bench.ruleset.description();
    let complete = async |text: &str| {
        let case = Case::parse("cases/one.toml", text, description).unwrap();
        let holder = Arc::from("test");
        let answer =
            bench.ruleset.calculate(&bench.engine, &holder, case.date, &case.facts, false).await;
        case.complete(text, description, &answer).unwrap()
    };
    let text = format!("{HEAD}[expect]\n");
    let more = complete(&text).await.unwrap();
    assert_eq!(more.text, format!("{text}\n[expect.lines]\nanswer = \"11\"\n"));
    assert_eq!(more.differences[0].to_string(), "answer: expected nothing, found 11");
    assert_eq!(complete(&more.text).await, None, "it lists every line");
    // What does not hold is not looked at here, and a refusal has no lines.
    let wrong = format!("{HEAD}[expect.lines]\nanswer = \"12\"\n");
    assert_eq!(complete(&wrong).await, None);
    let refused = format!("{HEAD}[expect.fault]\npointer = \"/number\"\n");
    assert_eq!(complete(&refused).await, None);
}

#[tokio::test]
async fn findings_that_do_not_occur_are_taken_out_in_whatever_form_they_stand() {
    let bench = Bench::new();
    for findings in [
        "[[expect.findings]]\nfinding = \"too_much\"\nlimit = \"5\"\n",
        "[expect]\nfindings = [{ finding = \"too_much\", limit = \"5\" }]\n",
    ] {
        let accepted = bench.accept(&format!("{HEAD}{findings}")).await.unwrap().unwrap();
        assert!(!accepted.contains("too_much"), "{accepted}");
        assert!(accepted.starts_with(HEAD.trim_end()), "{accepted}");
    }
}

#[tokio::test]
async fn a_case_that_would_show_something_else_is_left_to_its_author() {
    let bench = Bench::new();
    let outcome = format!("{HEAD}[expect.lines]\nanswer = \"11\"\n").replace("= 1\n", "= \"x\"\n");
    let error = bench.accept(&outcome).await.unwrap_err();
    assert!(matches!(error, NotAcceptable::OtherAnswer { expected: "an outcome", .. }), "{error}");
    let refusal = format!("{HEAD}[expect.fault]\npointer = \"/number\"\n");
    let error = bench.accept(&refusal).await.unwrap_err();
    assert!(matches!(error, NotAcceptable::OtherAnswer { expected: "a refusal", .. }), "{error}");
}
