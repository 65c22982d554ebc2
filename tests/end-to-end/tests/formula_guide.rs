//! `docs/writing-formulas.md` is true: every command in it runs, in its order, in an empty folder, and
//! every answer that it shows is given.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

use stele_end_to_end::Guide;

#[test]
fn the_guide_leads_from_nothing_to_a_formula_in_force() {
    let folder = tempfile::tempdir().unwrap();
    let guide = Guide::open("writing-formulas.md").unwrap();
    let ran = guide.run(folder.path()).unwrap();
    assert!(ran.succeeded, "{}\n{}", ran.did, ran.said);
    let answers = guide.answers();
    assert!(answers.len() > 10, "the guide shows answers");
    for answer in answers {
        assert!(
            ran.said.contains(&answer) || ran.did.contains(&answer),
            "nobody said {answer:?}\n{}\n{}",
            ran.did,
            ran.said
        );
    }
    let page = folder.path().join("rulesets/acme/overtime/overtime.html");
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.contains("Acme Overtime Policy 2026, section 3"), "the page has the provision");
    assert!(page.contains("120.00 EUR"), "and what comes out of the case");
}
