//! A version for someone who reads no code.

use jiff::civil::date;
use stele_formulas::labelled::Part;
use stele_ruleset::Shown;
use stele_ruleset::review::{Review, ReviewError};

use crate::support::{engine, names, ready, shipped};

fn text(parts: &[Part]) -> String {
    let part = |part: &Part| match part {
        Part::Named(text) | Part::Text(text) => text.clone(),
    };
    parts.iter().map(part).collect()
}

async fn review(name: &str, language: &str) -> Review {
    let (engine, package) = (engine(), shipped(name));
    let ruleset = ready(&engine, &package);
    let wording = ruleset.wording(&[language]);
    let date = date(2026, 3, 31);
    Review::of(&engine, &ruleset, &package, date, wording).await.unwrap()
}

#[tokio::test]
async fn every_formula_stands_beside_its_citation_with_labels_in_the_order_of_the_text() {
    let review = review("acme/allowances", "en").await;
    assert_eq!(review.title, "Acme: allowances");
    assert!(review.formulas.iter().all(|formula| formula.citation.is_some()));
    let names: Vec<&str> = review.formulas.iter().map(|formula| formula.name.as_str()).collect();
    assert_eq!(names[..3], ["share_of_month", "paid_children", "meals"]);

    let meals = &review.formulas[2];
    assert_eq!(meals.label, "Meal allowance");
    assert_eq!(text(meals.when.as_ref().unwrap()), "Days in the office ≠ null");
    assert_eq!(
        text(&meals.formula),
        "the smaller of Days in the office × Meals of a day and Most for meals"
    );
    let written = "min(get or else(days_in_office, 0) * meal_rate, meal_maximum)";
    assert_eq!(meals.text.as_deref(), Some(written));
    // What the host has no words for is as it is written, with labels.
    let children = text(&review.formulas[1].formula);
    let day = "The day for which it is calculated";
    assert_eq!(children, format!("count(Children[age(Born, {day}) < Age limit for children])"));

    let found = &review.findings[0];
    assert_eq!(found.sentence, "Allowances of {actual} are more than the usual {limit}.");
    assert_eq!(found.compared.len(), 2);
    assert_eq!(review.refusals[0].of.as_deref(), Some("Days worked"));
}

#[tokio::test]
async fn values_are_those_of_the_day_with_their_sources_and_cases_are_calculated() {
    let review = review("acme/allowances", "zh").await;
    assert_eq!((review.language.as_str(), review.words), ("zh", "zh"));
    let grades = review.values.iter().find(|value| value.label == "职级").unwrap();
    let Shown::Table { columns, rows } = &grades.shown else { panic!("a table") };
    assert_eq!(columns.len(), 2);
    assert!(rows.contains(&vec!["高级".to_owned(), "500.00".to_owned()]), "{rows:?}");
    assert!(grades.sources.iter().all(|source| source.source.contains("section 4")));
    assert_eq!(review.cases.len(), 8);
    assert!(review.cases.iter().all(|case| case.holds));
    let refused: Vec<_> = review.cases.iter().filter_map(|case| case.refused.as_ref()).collect();
    assert_eq!(refused.len(), 1);
    let usual = review.cases.iter().find(|case| case.title.contains("everything")).unwrap();
    assert!(usual.lines.contains(&("津贴合计".to_owned(), "1,761.50 CNY".to_owned())));
}

#[tokio::test]
async fn a_day_without_law_is_refused() {
    let (engine, package) = (engine(), shipped("acme/allowances"));
    let ruleset = ready(&engine, &package);
    let wording = ruleset.wording(&[]);
    let refused = Review::of(&engine, &ruleset, &package, date(2030, 1, 1), wording).await;
    let Err(ReviewError::OutsideHorizon { horizon, .. }) = refused else { panic!("no law") };
    assert_eq!(horizon.until, date(2026, 12, 31));
}

/// Of a rule in Rust, too, as far as its component declares it.
#[tokio::test]
async fn every_shipped_version_can_be_reviewed() {
    for name in names() {
        let (engine, package) = (engine(), shipped(&name));
        let ruleset = ready(&engine, &package);
        let until = ruleset.manifest().validity.until;
        let wording = ruleset.wording(&["de"]);
        let review = Review::of(&engine, &ruleset, &package, until, wording).await.unwrap();
        assert!(review.cases.iter().all(|case| case.holds), "{name}");
        assert!(!review.formulas.is_empty(), "{name}");
        let written = review.formulas.iter().any(|formula| formula.text.is_some());
        assert_eq!(written, ruleset.manifest().machine.is_some(), "{name}");
    }
}
