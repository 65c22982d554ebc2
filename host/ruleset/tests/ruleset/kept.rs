//! Rules that were made for an earlier version of the contract go on being published, run, explained
//! and recalled, to the last digit and the last unit of fuel.

use std::path::Path;
use std::sync::Arc;

use stele_engine::contract::Version;
use stele_ruleset::{Case, CheckState, Package, Ruleset, check};

use crate::support::{engine, repository};

/// A package of each kind, and what its cases came to.
fn kept() -> Vec<(String, Package, serde_json::Value)> {
    let folder = repository().join("host/ruleset/tests/kept/contract-1.0");
    let read = |path: &Path| std::fs::read(path).unwrap();
    let mut kept = Vec::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "stele") {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let came_to = serde_json::from_slice(&read(&path.with_extension("json"))).unwrap();
            kept.push((name, Package::read(&read(&path)).unwrap(), came_to));
        }
    }
    let kinds: std::collections::BTreeSet<&str> =
        kept.iter().map(|(_, package, _)| package.manifest().kind.as_str()).collect();
    assert_eq!(
        kinds.into_iter().collect::<Vec<_>>(),
        ["labor-law", "payroll", "performance", "points"]
    );
    kept
}

#[tokio::test]
async fn a_rule_of_contract_1_0_is_published_with_the_same_outcomes_and_fuel() {
    let engine = engine();
    for (name, package, came_to) in kept() {
        let published = check(&engine, &package).await.unwrap_or_else(|error| panic!("{error}"));
        let report = &published.report;
        assert!(report.checks.iter().all(|check| check.state == CheckState::Passed), "{report}");
        assert_eq!(published.ruleset.contract(), Version::V1_0, "{name}");
        let cases: Vec<serde_json::Value> = (report.cases.iter())
            .map(|case| {
                serde_json::json!({
                    "file": case.file, "fuel": case.fuel, "outcome": case.outcome,
                })
            })
            .collect();
        assert_eq!(came_to, serde_json::Value::from(cases), "{name}");
    }
}

#[tokio::test]
async fn a_rule_of_contract_1_0_is_explained_by_its_sentences_and_recalled() {
    let engine = engine();
    for (name, package, _) in kept() {
        let ruleset = Arc::new(Ruleset::open(&engine, &package).await.unwrap());
        let mut session = ruleset.session(&engine, &Arc::from("kept"));
        let mut explained = 0;
        for (file, text) in package.cases() {
            let case = Case::parse(file, text, ruleset.description()).unwrap();
            let Ok(calculation) = session.calculate(case.date, &case.facts, true).await else {
                continue;
            };
            let wording = ruleset.wording(&["en"]);
            let view = calculation.render(&ruleset, wording).unwrap();
            for step in &view.steps {
                assert!(
                    !step.text.is_empty() && !step.text.contains('{'),
                    "{name} {file}: {step:?}"
                );
                assert_eq!((&step.formula, &step.result), (&None, &None));
                explained += 1;
            }
            let facts = serde_json::from_slice(calculation.facts_json()).unwrap();
            let (outcome, steps) =
                (calculation.recorded_outcome(&ruleset), calculation.recorded_steps(&ruleset));
            let recalled = ruleset
                .recall(case.date, &facts, &outcome, &steps, calculation.fuel)
                .unwrap_or_else(|error| panic!("{name} {file}: {error}"));
            assert_eq!(recalled.digests, calculation.digests, "{name} {file}");
            assert_eq!(recalled.render(&ruleset, wording).unwrap(), view, "{name} {file}");
        }
        assert!(explained > 10, "{name}: {explained}");
    }
}
