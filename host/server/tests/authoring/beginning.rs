//! How a ruleset begins: from a ready-made component, as a copy, with the texts of a language.

use crate::support::{NEW, change, json, refused, repository, said, with_points, workplace};

#[test]
fn every_ready_made_component_starts_with_a_ruleset_that_works() {
    let union = ["--jurisdiction", "EU"];
    for (component, law) in
        [("points", &[][..]), ("performance", &[][..]), ("labor-law", &union[..])]
    {
        let place = workplace();
        let arguments = ["ruleset", "new", "acme/first", "--data-only", "--component", component];
        let languages = ["--language", "en", "zh"];
        let made = json(place.path(), &[&arguments[..], law, &languages[..]].concat());
        assert_eq!(made["report"]["passed"], true, "{component}: {made}");
        assert_eq!(made["report"]["cases"].as_array().unwrap().len(), 1);
        let folder = place.path().join("rulesets/acme/first");
        assert!(folder.join("README.md").is_file());
        assert!(said(place.path(), &["ruleset", "test", "rulesets/acme/first"]).contains("passed"));
    }
}

#[test]
fn no_number_of_another_law_is_written_for_a_place_and_none_passes_until_it_is() {
    let place = workplace();
    let new = ["ruleset", "new", "ke/labor-law", "--data-only", "--component", "labor-law"];
    assert!(refused(place.path(), &new, 2).contains("--jurisdiction"), "whose law it is, is asked");
    let kenya = [&new[..], &["--jurisdiction", "KE", "--from", "2026-01-01"]].concat();
    let said = refused(place.path(), &kenya, 1);
    assert!(said.contains("maximum_average_weekly_hours[0].value: expected a decimal"), "{said}");

    let folder = place.path().join("rulesets/ke/labor-law");
    let file = folder.join("parameters.toml");
    let parameters = std::fs::read_to_string(&file).unwrap();
    assert!(!parameters.contains("2003/88/EC"), "{parameters}");
    for line in parameters.lines().filter(|line| line.starts_with("value") || line.contains('{')) {
        let values = line.split(" = ").skip(1).filter(|value| !value.contains('{'));
        assert!(values.clone().count() > 0, "{line}");
        assert!(values.into_iter().all(|value| value.contains("TO BE WRITTEN")), "{line}");
    }
    let case = std::fs::read_to_string(folder.join("cases/annual-leave.toml")).unwrap();
    assert!(case.contains("TO BE WRITTEN") && !case.contains("\"20\""), "{case}");

    // A number with a source that is not written is no number of the law either.
    let weekly = "[[normal_weekly_hours]]\nfrom = 2026-01-01\nvalue = \"52\"\n";
    let source = "source = \"TO BE WRITTEN: law, article or publication\"\n";
    std::fs::write(&file, format!("{weekly}{source}")).unwrap();
    let said = refused(place.path(), &["ruleset", "test", "rulesets/ke/labor-law"], 1);
    assert!(said.contains("normal_weekly_hours[0].source"), "{said}");
    std::fs::write(&file, format!("{weekly}source = \"Regulation of Wages Order, item 1\"\n"))
        .unwrap();
    let said = refused(place.path(), &["ruleset", "test", "rulesets/ke/labor-law"], 1);
    assert!(said.contains("annual-leave.toml: title"), "{said}");
}

#[test]
fn what_a_component_takes_is_shown_before_there_is_a_ruleset() {
    let place = workplace();
    let shown = json(place.path(), &["ruleset", "inspect", "--component", "labor-law"]);
    let parameters = shown["parameters"].as_array().unwrap();
    assert!(parameters.len() > 40, "{}", parameters.len());
    let weekly = parameters.iter().find(|one| one["name"] == "normal_weekly_hours").unwrap();
    assert_eq!(weekly["unit"], "hours");
    assert_eq!(weekly["takes"], "a decimal from 0 to 168, at most 28 digits");
    assert!(weekly["meaning"].as_str().unwrap().starts_with("Normal working time of a week"));
    let text = said(place.path(), &["ruleset", "inspect", "--component", "labor-law"]);
    for parameter in parameters {
        assert!(text.contains(parameter["name"].as_str().unwrap()), "{text}");
    }
    let unknown = refused(place.path(), &["ruleset", "inspect", "--component", "labour-law"], 2);
    assert!(unknown.contains("did you mean labor-law?"), "{unknown}");
    refused(place.path(), &["ruleset", "inspect"], 2);
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
