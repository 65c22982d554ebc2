//! An explanation that does not add up is refused at publication, and is never shown afterwards.

use std::sync::Arc;

use jiff::civil::date;
use stele_engine::contract::{Argument, Description, Formula, Source, Target, Token};
use stele_ruleset::{
    CalculationError, CheckName, Disagreement, RecordedOutcome, RecordedStep, check,
};

use crate::support::{
    CHINESE, ENGLISH, Files, case, description, engine, files, from_text, object, package, ready,
    report_of, with,
};

/// Says that the answer is number + bonus. What it says of the number 5 is wrong: of its result; of 6:
/// of the number itself.
const RULE: &str = r#"
(func $evaluate (param $self i32) (param $facts i32) (param $count i32) (param $explain i32)
  (result i32)
  (local $number i64) (local $said i64) (local $result i64)
  (local.set $number (call $number (local.get $facts)))
  (local.set $said (i64.add (local.get $number) (i64.extend_i32_u (i64.eq (local.get $number) (i64.const 6)))))
  (local.set $result (i64.add (local.get $said) (global.get $bonus)))
  (drop (call $line (i32.const 0) (local.get $result)))
  (if (i64.eq (local.get $number) (i64.const 5))
    (then (local.set $result (i64.sub (local.get $result) (i64.const 1)))))
  (if (local.get $explain)
    (then
      (i32.store (i32.const 1044) (i32.const 1240))
      (i32.store (i32.const 1048) (i32.const 1))
      (memory.fill (i32.const 1240) (i32.const 0) (i32.const 56))
      (memory.fill (i32.const 1344) (i32.const 0) (i32.const 64))
      ;; It leads to the line, with two integers and the result.
      (i32.store8 (i32.const 1244) (i32.const 1))
      (i32.store (i32.const 1252) (i32.const 1344))
      (i32.store (i32.const 1256) (i32.const 2))
      (i32.store8 (i32.const 1264) (i32.const 1))
      (i32.store8 (i32.const 1272) (i32.const 2))
      (i64.store (i32.const 1280) (local.get $result))
      (i32.store8 (i32.const 1352) (i32.const 2))
      (i64.store (i32.const 1360) (local.get $said))
      (i32.store8 (i32.const 1384) (i32.const 2))
      (i64.store (i32.const 1392) (global.get $bonus))))
  (i32.const 1024))
"#;

fn with_formula() -> Description {
    let mut described = description();
    let argument = |name: &str, source| Argument { name: name.to_owned(), unit: None, source };
    let step = &mut described.steps[0];
    step.text = None;
    step.arguments =
        vec![argument("number", Source::Fact(0)), argument("bonus", Source::Parameter(0))];
    step.formula = Some(Formula {
        gives: Target::Item(0),
        tokens: vec![Token::Argument(0), Token::Argument(1), Token::Add],
    });
    step.parameters = Vec::new();
    described
}

fn ruleset() -> Files {
    let chinese = CHINESE.replace("[steps]\naddition = \"在{number}上加奖金。\"\n", "");
    let files = with(files(from_text(RULE, &with_formula())), "texts/zh.toml", &chinese);
    with(files, "texts/en.toml", ENGLISH)
}

#[tokio::test]
async fn a_ruleset_whose_explanations_add_up_is_published() {
    let published = check(&engine(), &package(ruleset())).await.unwrap();
    let checks = &published.report.checks;
    let explanations = checks.iter().find(|check| check.check == CheckName::Explanations).unwrap();
    assert_eq!(explanations.detail, "2 formulas add up");
    let world = checks.iter().find(|check| check.check == CheckName::World).unwrap();
    assert_eq!(world.detail, "contract 1.1.0");
}

#[tokio::test]
async fn an_explanation_that_does_not_add_up_is_refused_with_step_case_formula_and_amounts() {
    let mut lying = with(ruleset(), "cases/five.toml", &case("5", "15"));
    lying = with(lying, "cases/six.toml", &case("6", "17"));
    let report = report_of(check(&engine(), &package(lying)).await);
    let failed = report.failed().unwrap();
    assert_eq!(failed.check, CheckName::Explanations, "{report}");
    let [five, six] = failed.errors.as_slice() else { panic!("{report}") };
    assert_eq!((&*five.file, &*five.key), ("cases/five.toml", "steps.addition"));
    assert_eq!(
        five.found,
        "the step addition does not add up: Answer = Number 5 + A number 10 = 14; worked out again \
         it is 15"
    );
    assert_eq!((&*six.file, &*six.key), ("cases/six.toml", "steps.addition"));
    assert_eq!(six.found, "the step addition has 7 for fact number, which is 6");
}

#[tokio::test]
async fn an_explanation_that_does_not_add_up_is_an_error_and_the_plain_answer_is_none() {
    let engine = engine();
    let ruleset = ready(&engine, &package(ruleset()));
    let (holder, on) = (Arc::from("test"), date(2020, 6, 30));
    let facts = object(r#"{"number": 5}"#);
    let plain = ruleset.calculate(&engine, &holder, on, &facts, false).await.unwrap();
    assert_eq!(plain.outcome.lines[0].amount, 15.into());
    match ruleset.calculate(&engine, &holder, on, &facts, true).await {
        Err(CalculationError::Disagreement(wrong)) => {
            assert!(matches!(*wrong, Disagreement::Result { .. }), "{wrong}");
        }
        other => panic!("{other:?}"),
    }
    let mut session = ruleset.session(&engine, &holder);
    assert!(matches!(
        session.calculate(on, &facts, true).await,
        Err(CalculationError::Disagreement(_))
    ));
}

/// What is kept of a result that is recorded.
type Kept = (RecordedOutcome, Vec<RecordedStep>);

#[tokio::test]
async fn a_step_is_shown_with_its_formula_and_kept_with_its_values() {
    let engine = engine();
    let ruleset = ready(&engine, &package(ruleset()));
    let (holder, on) = (Arc::from("test"), date(2020, 6, 30));
    let facts = object(r#"{"number": 7}"#);
    let calculation = ruleset.calculate(&engine, &holder, on, &facts, true).await.unwrap();
    let view = calculation.render(&ruleset, ruleset.wording(&["zh"])).unwrap();
    let [step] = view.steps.as_slice() else { panic!("{:?}", view.steps) };
    let formula = "结果 = 数字 7 + 奖金 10 = 17";
    assert_eq!((step.formula.as_deref(), &*step.text), (Some(formula), formula));
    assert_eq!((step.result.as_deref(), step.line), (Some("17"), Some(0)));
    // The parameter that an argument names is one that the step used.
    assert_eq!(step.parameters[0].name, "bonus");

    let recorded = (calculation.recorded_outcome(&ruleset), calculation.recorded_steps(&ruleset));
    let kept = serde_json::to_string(&recorded).unwrap();
    let (outcome, steps): Kept = serde_json::from_str(&kept).unwrap();
    assert_eq!((&outcome, &steps), (&recorded.0, &recorded.1));
    let facts = serde_json::from_slice(calculation.facts_json()).unwrap();
    let fuel = calculation.fuel;
    let recalled = ruleset.recall(on, &facts, &outcome, &steps, fuel).unwrap();
    assert_eq!(recalled.render(&ruleset, ruleset.wording(&["zh"])).unwrap(), view);

    // Whoever changed what is kept changed an explanation that added up.
    let forged = kept.replace("\"17\"", "\"18\"");
    let (outcome, steps): Kept = serde_json::from_str(&forged).unwrap();
    let error = ruleset.recall(on, &facts, &outcome, &steps, fuel).unwrap_err();
    assert!(error.to_string().contains("does not add up"), "{error}");
}

#[tokio::test]
async fn what_a_step_is_worked_out_by_is_described() {
    let ruleset = ready(&engine(), &package(ruleset()));
    let language = ruleset.wording(&["en"]).labels();
    let described = stele_ruleset::description(&ruleset, language);
    assert_eq!(described["steps"][0]["formula"], "answer = number + bonus");
    assert!(described["steps"][0]["text"].is_null());
}
