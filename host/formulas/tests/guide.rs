//! The rulesets in the page about the language are right.

#![allow(clippy::unwrap_used, clippy::panic)]

use stele_formulas::document::compile;
use stele_formulas::source::Lines;

#[test]
fn every_ruleset_of_the_page_is_right() {
    let page = include_str!("../../../docs/formula-language.md");
    let mut found = 0;
    for block in page.split("```toml\n").skip(1) {
        let text = block.split("```").next().unwrap();
        found += 1;
        match compile("guide", text) {
            Ok(compiled) => assert_eq!(compiled.warnings, [], "nothing is unused"),
            Err(errors) => panic!("{}", errors[0].render("formulas.toml", &Lines::of(text))),
        }
    }
    assert_eq!(found, 1);
}
