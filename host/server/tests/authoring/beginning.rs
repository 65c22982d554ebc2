//! How a ruleset begins: from a ready-made component, as a copy, with the texts of a language.

use crate::support::{NEW, change, json, refused, repository, said, with_points, workplace};

#[test]
fn every_ready_made_component_starts_with_a_ruleset_that_works() {
    for component in ["points", "performance", "labor-law"] {
        let place = workplace();
        let arguments = ["ruleset", "new", "acme/first", "--data-only", "--component", component];
        let made = json(place.path(), &[&arguments[..], &["--language", "en", "zh"]].concat());
        assert_eq!(made["report"]["passed"], true, "{component}: {made}");
        assert_eq!(made["report"]["cases"].as_array().unwrap().len(), 1);
        let folder = place.path().join("rulesets/acme/first");
        assert!(folder.join("README.md").is_file());
        assert!(said(place.path(), &["ruleset", "test", "rulesets/acme/first"]).contains("passed"));
    }
}

#[test]
fn a_copy_of_a_ruleset_works_under_its_new_name() {
    let place = workplace();
    let like = repository().join("rulesets/acme/probation").display().to_string();
    let made = json(place.path(), &["ruleset", "new", "acme/trial", "--like", &like]);
    assert_eq!(made["report"]["passed"], true, "{made}");
    let manifest = place.path().join("rulesets/acme/trial/ruleset.toml");
    let manifest = std::fs::read_to_string(manifest).unwrap();
    assert!(manifest.contains("name = \"acme/trial\""), "{manifest}");
}

#[test]
fn nothing_is_made_where_something_is_wrong() {
    let place = with_points();
    assert!(refused(place.path(), &NEW, 2).contains("exists"));
    let new = |arguments: &[&str]| {
        refused(place.path(), &[&["ruleset", "new"][..], arguments].concat(), 2)
    };
    assert!(new(&["Acme", "--data-only", "--component", "points"]).contains("NAME"));
    assert!(new(&["acme/x", "--data-only"]).contains("--component"));
    assert!(new(&["acme/x", "--data-only", "--component", "nothing"]).contains("--like"));
    assert!(new(&["acme/x"]).contains("inside a clone"));
    let currency = new(&["acme/x", "--data-only", "--component", "points", "--currency", "euro"]);
    assert!(currency.contains("ISO 4217"), "{currency}");
    assert!(!place.path().join("rulesets").exists());
}

#[test]
fn a_language_without_texts_is_filled_and_refused_until_they_are_written() {
    let place = with_points();
    let manifest = place.path().join("points/ruleset.toml");
    change(&manifest, "languages = [\"en\"]", "languages = [\"en\", \"de\"]");
    let filled = json(place.path(), &["ruleset", "fill", "points"]);
    assert_eq!(filled["languages"][0]["added"].as_array().unwrap().len(), 0);
    assert!(filled["languages"][1]["added"].as_array().unwrap().len() > 20, "{filled}");
    let german = place.path().join("points/texts/de.toml");
    assert!(std::fs::read_to_string(&german).unwrap().contains("balance = \"TO BE WRITTEN: "));
    assert!(refused(place.path(), &["ruleset", "test", "points"], 1).contains("TO BE WRITTEN"));
    let written = std::fs::read_to_string(&german).unwrap().replace("TO BE WRITTEN: ", "");
    std::fs::write(&german, written).unwrap();
    said(place.path(), &["ruleset", "test", "points"]);
}
