//! The shipped rulesets: every case comes out as it says, every text is there.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

mod support;

use std::collections::BTreeSet;

use labor_law::LaborLaw;
use stele_sdk::contract::Shape;
use support::{date, decimal, evaluate, facts, file, folder, law, pointer};

const RULESETS: [&str; 2] = ["cn/labor-law", "eu/working-time"];

#[test]
fn every_case_comes_out_as_it_says() {
    for ruleset in RULESETS {
        let mut cases = std::fs::read_dir(folder(ruleset).join("cases"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect::<Vec<_>>();
        cases.sort();
        assert!(cases.len() >= 12, "{ruleset} has {} cases", cases.len());
        for path in cases {
            run(ruleset, &file(&path), &path.display().to_string());
        }
    }
}

fn run(ruleset: &str, case: &toml::Table, name: &str) {
    let on = date(&case["date"].to_string());
    let outcome = evaluate(&law(ruleset, on), &facts(case["facts"].as_table().unwrap(), on));
    let expect = case["expect"].as_table().unwrap();
    if let Some(fault) = expect.get("fault") {
        let found = outcome.err().unwrap_or_else(|| panic!("{name}: no fault"));
        assert_eq!(pointer(&found), fault["pointer"].as_str().unwrap(), "{name}: {found}");
        let words = fault["contains"].as_str().unwrap();
        assert!(found.message().contains(words), "{name}: {found}");
        return;
    }
    let out = outcome.unwrap_or_else(|fault| panic!("{name}: {fault}"));
    for (item, amount) in
        expect.get("lines").and_then(|lines| lines.as_table()).into_iter().flatten()
    {
        let found = out.lines().find(|line| line.name == item);
        let found = found.unwrap_or_else(|| panic!("{name}: no line {item}"));
        assert_eq!(found.amount, decimal(amount.as_str().unwrap()), "{name}: {item}");
    }
    let none = Vec::new();
    let expected = expect.get("findings").map_or(&none, |findings| findings.as_array().unwrap());
    let found = out.findings().collect::<Vec<_>>();
    let names = |found: &[_]| format!("{name}: {found:?}");
    assert_eq!(found.len(), expected.len(), "{}", names(&found));
    for (found, expected) in found.iter().zip(expected) {
        let text = |key| {
            let value = expected.get(key)?;
            Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
        };
        assert_eq!(Some(found.name.to_owned()), text("finding"), "{name}");
        for (key, value) in [
            ("subject", found.subject.map(str::to_owned)),
            ("on", found.on.map(|on| on.to_string())),
        ] {
            assert!(text(key).is_none() || text(key) == value, "{name}: {key} {value:?}");
        }
        for (key, value) in [("limit", found.limit), ("actual", found.actual)] {
            let expected = text(key).map(|text| decimal(&text));
            assert!(expected.is_none() || expected == value, "{name}: {key} {value:?}");
        }
    }
}

#[test]
fn every_declared_name_has_a_text_in_both_languages() {
    let description = stele_sdk::describe::<LaborLaw>();
    let mut facts = BTreeSet::new();
    for fact in &description.facts {
        facts.insert(fact.name.clone());
        if let Shape::Table(shape) = &fact.shape {
            facts.extend(
                shape.columns.iter().map(|column| format!("{}.{}", fact.name, column.name)),
            );
        }
    }
    let names = |names: &mut dyn Iterator<Item = &String>| names.cloned().collect::<BTreeSet<_>>();
    let items = names(&mut description.items.iter().map(|item| &item.name));
    let findings = names(&mut description.findings.iter().map(|finding| &finding.name));
    let steps = names(&mut description.steps.iter().map(|step| &step.name));
    let parameters = names(&mut description.parameters.iter().map(|parameter| &parameter.name));
    for ruleset in RULESETS {
        for language in ["en", "zh"] {
            let texts = file(&folder(ruleset).join(format!("texts/{language}.toml")));
            let mut groups = vec![
                ("facts", &facts),
                ("items", &items),
                ("findings", &findings),
                ("parameters", &parameters),
            ];
            if language == "zh" {
                groups.push(("steps", &steps));
            }
            for (group, declared) in groups {
                let found =
                    texts[group].as_table().unwrap().keys().cloned().collect::<BTreeSet<_>>();
                assert_eq!(&found, declared, "{ruleset} {language} {group}");
            }
        }
    }
}

#[test]
fn sentences_have_the_placeholders_that_are_declared() {
    let description = stele_sdk::describe::<LaborLaw>();
    let findings = description.findings.iter().map(|finding| (&finding.name, &finding.meaning));
    let steps = description.steps.iter().map(|step| (&step.name, &step.text));
    let groups: [(&str, Vec<_>); 2] =
        [("findings", findings.collect()), ("steps", steps.collect())];
    for ruleset in RULESETS {
        for language in ["en", "zh"] {
            let texts = file(&folder(ruleset).join(format!("texts/{language}.toml")));
            for (group, sentences) in &groups {
                let Some(translated) = texts.get(*group) else { continue };
                for (name, declared) in sentences {
                    let translated = translated[name.as_str()].as_str().unwrap();
                    assert_eq!(placeholders(translated), placeholders(declared), "{group} {name}");
                }
            }
        }
    }
}

fn placeholders(sentence: &str) -> BTreeSet<String> {
    let after = sentence.split('{').skip(1);
    after.filter_map(|rest| rest.split_once('}')).map(|(name, _)| name.to_owned()).collect()
}
