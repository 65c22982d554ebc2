//! A citation belongs to the state whose law was used, and is law or an official publication.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod support;

use payroll_us::UnitedStatesPayroll;
use serde_json::{Map, Value as Json, json};
use stele_sdk_test::day;
use support::{SHIPPED, law_on, paid};

/// Words by which the law and the publications of a state are known.
const MARKS: [(&str, &[&str]); 8] = [
    ("CA", &["California", "EDD", "Franchise Tax Board"]),
    ("NY", &["New York", "NYS-50", "Yonkers"]),
    ("IL", &["Illinois", "ILCS", "IL-700", "IL-W"]),
    ("PA", &["Pennsylvania", "P.S.", "Pa. Code", "REV-4", "Philadelphia"]),
    ("MA", &["Massachusetts", "M.G.L.", "Circular M", "Department of Family and Medical Leave"]),
    ("NJ", &["New Jersey", "N.J.", "NJ"]),
    ("WA", &["Washington", "RCW", "WA Cares"]),
    ("AK", &["Alaska", "AS 23."]),
];

/// Everything that an employee of the state may have on a payslip.
fn facts(state: &str) -> Vec<Json> {
    let all = json!({
        "gross": "4000.00", "supplemental_wages": "500.00", "pay_frequency": "biweekly",
        "retirement_deferral": "100.00", "cafeteria_contribution": "80.00",
        "health_savings_contribution": "60.00", "employer_health_savings_contribution": "40.00",
        "taxable_benefits": "30.00", "reported_tips": "20.00", "state": state,
        "retirement_plan": "plan_401k",
    });
    let with = |more: Json| {
        let mut facts = all.clone();
        let members = facts.as_object_mut().expect("facts");
        members.extend(more.as_object().expect("facts").clone());
        facts
    };
    let year = json!({
        "gross": "90000.00", "pay_frequency": "year_estimate", "state": state,
        "filing_status": "single", "state_filing_status": "single",
    });
    match state {
        "NY" => vec![
            with(json!({ "locality": "new_york_city", "state_allowances": 2 })),
            with(json!({ "locality": "yonkers", "pay_frequency": "quarterly" })),
            with(json!({ "locality": "yonkers_nonresident" })),
            year,
        ],
        "PA" => vec![
            with(json!({ "local_income_tax_rate": "0.01", "local_services_tax": "52.00" })),
            with(json!({ "locality": "philadelphia" })),
            year,
        ],
        "CA" => vec![
            with(json!({ "state_allowances": 2, "state_additional_allowances": 1 })),
            with(json!({ "gross": "100.00", "retirement_deferral": "0.00" })),
            year,
        ],
        "MA" => vec![
            with(json!({ "state_allowances": 1, "blindness": 1 })),
            with(json!({ "gross": "300.00", "state_allowances": 1 })),
        ],
        "IL" => {
            vec![with(json!({ "state_allowances": 1, "state_extra_withholding": "5.00" })), year]
        }
        "NJ" => vec![with(json!({ "state_allowances": 1 })), with(json!({ "state_exempt": true }))],
        _ => vec![all],
    }
}

fn assert_only(state: &str, text: &str, place: &str) {
    for (other, marks) in MARKS.iter().filter(|(other, _)| *other != state) {
        for mark in *marks {
            assert!(!text.contains(mark), "{state}, {place}: {text:?} is of {other} ({mark})");
        }
    }
}

/// Sources of the entries of a table that a payslip of the state shows: all, or those of the state.
fn sources<'a>(
    parameters: &'a toml::Table,
    table: &str,
    state: &str,
) -> impl Iterator<Item = &'a str> {
    let entries = parameters.get(table).and_then(toml::Value::as_array).into_iter().flatten();
    entries.filter_map(move |entry| {
        let of_other = entry
            .get("row")
            .and_then(|row| row.get("state")?.as_str())
            .is_some_and(|other| other != state);
        if of_other { None } else { entry.get("source")?.as_str() }
    })
}

#[test]
fn every_step_of_a_state_cites_that_state_alone() {
    let parameters: toml::Table = SHIPPED.package().parameters().parse().expect("TOML");
    let kinds = stele_sdk::describe::<UnitedStatesPayroll>();
    for (state, _) in MARKS {
        let mut cited = 0;
        for facts in facts(state) {
            let facts: Map<String, Json> = facts.as_object().expect("facts").clone();
            let date = day("2025-11-28");
            let out = paid(&law_on(date), &facts, date);
            for step in out.steps() {
                let kind = kinds.steps.iter().find(|kind| kind.name == step.name).expect("a kind");
                assert_only(state, kind.citation.as_deref().unwrap_or_default(), &kind.name);
                for position in &kind.parameters {
                    let table = &kinds.parameters[*position as usize].name;
                    for source in sources(&parameters, table, state) {
                        assert_only(state, source, table);
                        cited += 1;
                    }
                }
            }
        }
        assert!(cited > 0, "{state}: no source was seen");
    }
}

#[test]
fn a_step_of_new_york_or_a_city_of_it_shows_no_publication_of_another() {
    let date = day("2026-11-27");
    let mut cited = 0;
    for facts in facts("NY") {
        let facts = facts.as_object().expect("facts");
        for step in paid(&law_on(date), facts, date).steps() {
            let foreign = match step.name {
                name if name.starts_with("yonkers_") => "NYS-50-T-NYC",
                name if name.starts_with("new_york_city_") => "NYS-50-T-Y ",
                name if name.starts_with("new_york_") => "NYS-50-T-NYC",
                _ => continue,
            };
            for source in SHIPPED.sources(step.name, facts, date) {
                assert!(!source.contains(foreign), "{}: {source}", step.name);
                cited += 1;
            }
        }
    }
    assert!(cited > 0, "no source was seen");
}

#[test]
fn an_agreement_of_two_states_cites_the_law_of_residence_for_its_tax() {
    let kinds = stele_sdk::describe::<UnitedStatesPayroll>();
    let facts = json!({
        "gross": "3000.00", "pay_frequency": "biweekly", "state": "NJ", "residence_state": "PA",
        "state_exempt": true,
    });
    let date = day("2026-03-06");
    let out = paid(&law_on(date), facts.as_object().expect("facts"), date);
    let line = out.lines().position(|line| line.name == "state_income_tax").expect("a line");
    let of_tax: Vec<_> = out.steps().filter(|step| step.line == Some(line)).collect();
    assert!(of_tax.len() > 2, "{out:?}");
    for step in of_tax {
        let kind = kinds.steps.iter().find(|kind| kind.name == step.name).expect("a kind");
        assert_only("PA", kind.citation.as_deref().unwrap_or_default(), &kind.name);
    }
}

#[test]
fn no_citation_is_a_path_or_a_placeholder() {
    let kinds = stele_sdk::describe::<UnitedStatesPayroll>();
    let citations = (kinds.steps.iter().map(|kind| (&kind.name, &kind.citation)))
        .chain(kinds.items.iter().map(|item| (&item.name, &item.citation)))
        .chain(kinds.findings.iter().map(|kind| (&kind.name, &kind.citation)));
    for (name, citation) in citations {
        let Some(citation) = citation else { continue };
        let placeholder = ["The state", ".md", "docs/", "e.g."];
        assert!(!placeholder.iter().any(|word| citation.contains(word)), "{name}: {citation}");
    }
}
