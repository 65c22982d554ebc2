//! Explanations: the numbers and the law that were applied, in the reader's language.

use jiff::civil::date;
use serde_json::json;
use stele_ruleset::Shown;
use stele_runtime::{CalculationRequest, FactOrigin, Runtime, Scope, explanation::Explanation};

use crate::{
    results::{of_number, one},
    rulesets,
    support::{acme, activate, draft, of, put, ready, slot, somebody},
};

async fn explained(runtime: &Runtime, id: stele_runtime::ResultId, wanted: &str) -> Explanation {
    runtime.explanation(&somebody(), &acme(), id, &[wanted]).await.unwrap()
}

#[tokio::test]
async fn a_rule_that_gives_no_step_is_said_to_give_none() {
    let runtime = ready().await;
    let id = one(&runtime, of_number(7)).await;
    let explanation = explained(&runtime, id, "zh").await;
    assert_eq!((&*explanation.language, explanation.words), ("zh", "zh"));
    let line = &explanation.lines[0];
    assert_eq!((&*line.label, &*line.amount), ("结果", "17"));
    assert_eq!(line.steps[0].text, "该金额没有单独的步骤，由本页所列事实和其他金额得出。");
}

#[tokio::test]
async fn facts_are_named_with_where_they_came_from() {
    let runtime = ready().await;
    put(&runtime, "e1", &[(date(2020, 3, 1), 5)]).await;
    let asked = CalculationRequest { record: true, ..of("e1", date(2020, 6, 30), None) };
    let id = one(&runtime, asked).await;
    let explanation = explained(&runtime, id, "en").await;
    let [fact] = explanation.facts.as_slice() else { panic!("{:?}", explanation.facts) };
    assert_eq!((&*fact.label, &fact.value), ("Number", &json!("5")));
    assert_eq!(fact.origin, FactOrigin::Employee { since: date(2020, 3, 1), revision: 1 });
    assert!(fact.origin_text.contains("March 1, 2020"), "{}", fact.origin_text);
    assert!(explanation.introduction[0].contains("e1"), "{:?}", explanation.introduction);
}

#[tokio::test]
async fn who_put_the_version_in_force_is_said_even_after_another_took_over() {
    let runtime = ready().await;
    let id = one(&runtime, of_number(7)).await;
    activate(&runtime, "2.0.0", date(2020, 1, 1)).await;
    let authority = explained(&runtime, id, "en").await.authority;
    assert_eq!((&*authority.version, authority.valid_from), ("1.0.0", Some(date(2020, 1, 1))));
    assert_eq!(authority.decisions[0].who, "Somebody");
    assert!(authority.sentences.iter().any(|one| one.contains("Somebody")), "{authority:?}");
}

#[tokio::test]
async fn a_language_that_nobody_speaks_is_answered_in_the_first_of_the_ruleset() {
    let runtime = ready().await;
    let id = one(&runtime, of_number(7)).await;
    let explanation = explained(&runtime, id, "fi").await;
    assert_eq!((&*explanation.language, explanation.words), ("en", "en"));
    let german = explained(&runtime, id, "de-AT").await;
    assert_eq!((&*german.language, german.words), ("en", "de"));
}

/// A runtime that pays by the Chinese payroll of the repository.
async fn paying() -> std::sync::Arc<Runtime> {
    let runtime = ready().await;
    let package = rulesets::shipped("cn/payroll").write().unwrap();
    let published = runtime.publish(&somebody(), Scope::Everyone, package).await.unwrap();
    let activation = stele_runtime::ActivationDraft {
        slot: "payroll".to_owned(),
        ruleset: "cn/payroll".to_owned(),
        version: published.version,
        ..draft("", date(2026, 1, 1))
    };
    runtime.activate(&somebody(), &acme(), activation).await.unwrap();
    runtime
}

fn payslip(facts: &serde_json::Value) -> CalculationRequest {
    CalculationRequest {
        slot: slot("payroll"),
        date: date(2026, 1, 31),
        facts: rulesets::object(&facts.to_string()),
        ..of_number(0)
    }
}

#[tokio::test]
async fn a_chinese_reader_gets_chinese_units_and_provisions_and_each_line_its_own_values() {
    let runtime = paying().await;
    let facts = json!({ "income_kind": "wages", "tax_residence": "resident", "gross": "30000",
        "months_employed": 1, "city": "beijing", "housing_fund_employee_rate": "0.12",
        "contribution_base": "30000", "housing_fund_base": "30000",
        "housing_fund_rate": "0.12", "work_injury_rate": "0.005" });
    let id = one(&runtime, payslip(&facts)).await;
    let explanation = explained(&runtime, id, "zh").await;
    let line = |code: &str| explanation.lines.iter().find(|line| line.code == code).unwrap();
    assert_eq!(line("gross").unit.as_deref(), Some("元"));
    let pension = line("pension_employee");
    assert_eq!(pension.citation.as_deref(), Some("《中华人民共和国社会保险法》第十条、第十二条"));
    let used: Vec<&str> = (pension.steps.iter())
        .flat_map(|step| &step.parameters)
        .map(|position| explanation.parameters[*position].label.as_str())
        .collect();
    assert_eq!(used, ["社会保险（北京，养老保险）"]);
    let value = explanation.parameters.iter().find(|value| value.label == used[0]).unwrap();
    let Shown::Table { columns, .. } = &value.shown else { panic!("{value:?}") };
    assert!(columns.contains(&"基数上限（元/月）".to_owned()), "{columns:?}");
    assert!(!columns.contains(&"城市".to_owned()), "the key stands in the label: {columns:?}");
    assert!(value.source.starts_with("北京市人力资源和社会保障局"), "{}", value.source);
}

/// A payslip of the repository, as it would be handed to the employee.
#[tokio::test]
async fn a_payslip_is_explained_to_the_cent_with_its_law() {
    let runtime = paying().await;
    let asked = payslip(
        &json!({ "income_kind": "wages", "tax_residence": "resident", "gross": "30000", "months_employed": 1,
        "employee_contributions": "4500", "additional_deductions": "2000" }),
    );
    let with_steps = CalculationRequest { explain: true, ..asked.clone() };
    let (plain, with_steps) = (one(&runtime, asked).await, one(&runtime, with_steps).await);
    for language in ["en", "zh"] {
        let explanation = explained(&runtime, plain, language).await;
        // Whether steps were recorded or are made again.
        let recorded = explained(&runtime, with_steps, language).await;
        assert_eq!(explanation.lines, recorded.lines);
        assert_eq!(explanation.parameters, recorded.parameters);
        let tax = explanation.lines.iter().find(|line| line.code == "income_tax").unwrap();
        assert_eq!(tax.amount, "555.00");
        assert!(tax.citation.is_some());
        let text: String = tax.steps.iter().map(|step| step.text.as_str()).collect();
        assert!(text.contains("555.00"), "{text}");
        let all = explanation.lines.iter().flat_map(|line| &line.steps);
        let all = all.chain(&explanation.other_steps).map(|step| step.text.as_str());
        let all: String = all.collect();
        assert!(all.contains("18,500") && all.contains("30,000.00"), "{all}");
        assert!(!explanation.parameters.is_empty());
        for parameter in &explanation.parameters {
            assert!(!parameter.source.is_empty(), "{parameter:?}");
        }
        let table = |shown: &Shown| matches!(shown, Shown::Table { rows, .. } if !rows.is_empty());
        assert!(explanation.parameters.iter().any(|parameter| table(&parameter.shown)));
    }
}
