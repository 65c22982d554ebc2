//! What changed between two versions of a rule of formulas is said in words.

use std::sync::Arc;
use stele_ruleset::{
    Change, Difference, FORMULAS_FILE, FormulaOwner, FormulaText, Package, Ruleset, Side,
};

use crate::support::{Files, engine, ready, repository};

/// The shipped ruleset of formulas with changes: of which file, what, and into what.
fn allowances(changes: &[(&str, &str, &str)]) -> (Arc<Ruleset>, Package) {
    let folder = repository().join("rulesets/acme/allowances");
    let package = Package::from_folder(&folder, &repository()).unwrap();
    let mut files: Files =
        package.files().map(|(path, content)| (path.to_owned(), content.to_vec())).collect();
    for (path, from, to) in changes {
        let before = String::from_utf8(files[*path].clone()).unwrap();
        assert!(before.contains(from), "{path} has no {from}");
        files.insert((*path).to_owned(), before.replacen(from, to, 1).into_bytes());
    }
    let text = String::from_utf8(files[FORMULAS_FILE].clone()).unwrap();
    let component = FormulaText::read("acme-allowances", 1, &text).component();
    files.insert("component.wasm".to_owned(), component.unwrap_or_else(|wrong| panic!("{wrong}")));
    let package = Package::from_files(files).unwrap();
    (ready(&engine(), &package), package)
}

fn difference(changes: &[(&str, &str, &str)]) -> Difference {
    let (old, new) = (allowances(&[]), allowances(changes));
    Difference::between(
        Side { ruleset: &old.0, package: &old.1 },
        Side { ruleset: &new.0, package: &new.1 },
    )
}

#[test]
fn the_same_content_has_nothing_to_say() {
    let same = difference(&[]);
    assert!(same.same && same.formulas.is_empty() && same.in_words.is_empty(), "{same:?}");
}

/// The sentence with this in it.
fn said<'a>(difference: &'a Difference, part: &str) -> &'a str {
    let found = difference.in_words.iter().find(|said| said.contains(part));
    found.unwrap_or_else(|| panic!("{part}: {:#?}", difference.in_words))
}

#[test]
fn a_changed_number_is_said_with_day_old_new_and_sources() {
    let changed = difference(&[(
        "parameters.toml",
        "value = \"25\"\nsource = \"Acme Allowances Policy 2026, section 2\"",
        "value = \"30\"\nsource = \"Acme Allowances Policy 2027, section 2\"",
    )]);
    assert_eq!(
        said(&changed, "meal_rate"),
        "meal_rate from 2026-01-01: 30 CNY/day, was 25 CNY/day (source: Acme Allowances Policy 2027, \
         section 2; was: Acme Allowances Policy 2026, section 2)."
    );
    assert_eq!(changed.in_words.len(), 1, "{:#?}", changed.in_words);
    assert!(!changed.component_changed && changed.formulas.is_empty());
}

#[test]
fn a_number_of_a_later_day_is_said_with_what_it_supersedes() {
    let later = "[[meal_rate]]\nfrom = 2026-07-01\nvalue = \"28\"\nsource = \"Acme Allowances Policy \
                 2026, amendment 1\"\n\n[[meal_maximum]]";
    let changed = difference(&[("parameters.toml", "[[meal_maximum]]", later)]);
    assert_eq!(
        changed.in_words,
        ["meal_rate changes on 2026-07-01: 28 CNY/day, was 25 CNY/day (source: Acme Allowances \
          Policy 2026, amendment 1)."]
    );
    let back = difference(&[(
        "parameters.toml",
        "[[grades]]\nfrom = 2026-07-01\nsource = \"Acme Allowances Policy 2026, section 4 as \
         amended\"\nrow = { grade = \"senior\", amount = \"550\" }\n",
        "",
    )]);
    assert!(
        said(&back, "grades (grade = senior)").contains("does not change on 2026-07-01 any more")
    );
}

#[test]
fn a_changed_row_is_said_by_row_and_column() {
    let changed = difference(&[
        (
            "parameters.toml",
            "{ up_to = \"20\", amount = \"300\" }",
            "{ up_to = \"25\", amount = \"310\" }",
        ),
        (
            "parameters.toml",
            "grade = \"junior\", amount = \"200\"",
            "grade = \"junior\", amount = \"210\"",
        ),
    ]);
    let ways = said(&changed, "ways from 2026-01-01");
    assert!(ways.contains("row 2, up_to 25, was 20"), "{ways}");
    assert!(ways.contains("row 2, amount 310, was 300"), "{ways}");
    let grade = said(&changed, "grades (grade = junior) from 2026-01-01");
    assert!(grade.contains(": amount 210, was 200 (source"), "{grade}");
}

#[test]
fn a_changed_formula_is_said_with_its_owner_provision_old_and_new() {
    let changed = difference(&[
        (FORMULAS_FILE, "paid_children * child_rate", "max(1, paid_children) * child_rate"),
        (FORMULAS_FILE, "days_worked / days_in_month", "min(1, days_worked / days_in_month)"),
        (
            FORMULAS_FILE,
            "allowances > usual_share * base_salary",
            "allowances >= usual_share * base_salary",
        ),
        (FORMULAS_FILE, "days_worked > days_in_month", "days_worked > days_in_month + 1"),
    ]);
    assert_eq!(
        said(&changed, "the line child_allowance"),
        "The formula of the line child_allowance (Allowances Policy 2026, section 5) is \
         `max(1, paid_children) * child_rate`, was `paid_children * child_rate`."
    );
    assert!(said(&changed, "The formula of the figure share_of_month (").contains("is `min(1, "));
    assert!(
        said(&changed, "The condition of the finding unusually_high (")
            .contains("is `allowances >= ")
    );
    assert!(said(&changed, "The condition of the refusal of days_worked (").contains("+ 1`, was"));
    assert_eq!(changed.in_words.len(), 4, "{:#?}", changed.in_words);
    assert!(changed.component_changed);
    let figure = &changed.formulas[0];
    assert_eq!((figure.of, &*figure.name), (FormulaOwner::Figure, "share_of_month"));
    assert_eq!((figure.part, figure.change), ("formula", Change::Changed));
    let json = serde_json::to_value(&changed).unwrap();
    assert_eq!(json["formulas"][0]["of"], "figure");
    assert_eq!(json["formulas"][0]["old"], "days_worked / days_in_month");
    assert_eq!(json["formulas"][0]["new"], "min(1, days_worked / days_in_month)");
}

#[test]
fn a_changed_label_is_said_in_its_language() {
    let changed = difference(&[(FORMULAS_FILE, "label = \"Meal allowance\"", "label = \"Meals\"")]);
    assert_eq!(
        said(&changed, "The label of the line meals"),
        "The label of the line meals (en) is “Meals”, was “Meal allowance”."
    );
    let zh = difference(&[("texts/zh.toml", "交通津贴", "通勤津贴")]);
    assert_eq!(
        said(&zh, "transport"),
        "The label of the line transport (zh) is “通勤津贴”, was “交通津贴”."
    );
}

#[test]
fn facts_lines_and_findings_that_came_or_went_are_said() {
    let line = "[[line]]\nitem = \"phone\"\nlabel = \"Phone\"\ncategory = \"earning\"\ncitation = \
                \"Allowances Policy 2026, section 8\"\nformula = \"round half up(phone_bill, 2)\"\n\n\
                [[fact]]\nname = \"phone_bill\"\ntype = \"money\"\nlabel = \"Phone bill\"\nmeaning = \
                \"Phone bill.\"\n\n[[finding]]\nname = \"long_calls\"\nseverity = \"note\"\nmeaning = \
                \"Long calls.\"\nwhen = \"phone_bill > 100\"\n\n[[line]]\nitem = \"on_call\"";
    let added = difference(&[
        (FORMULAS_FILE, "[[line]]\nitem = \"on_call\"", line),
        ("texts/zh.toml", "[items]", "[items]\nphone = \"电话\""),
        ("texts/zh.toml", "[facts]", "[facts]\nphone_bill = \"话费\""),
        ("texts/zh.toml", "[findings]", "[findings]\nlong_calls = \"通话过长。\""),
    ]);
    assert!(said(&added, "The fact phone_bill is new: type ").contains("required yes"));
    said(&added, "The line phone is new: category earning, citation Allowances");
    said(&added, "The finding long_calls is new: severity note");
    assert_eq!(
        said(&added, "The formula of the line phone"),
        "The formula of the line phone (Allowances Policy 2026, section 8) is new: \
         `round half up(phone_bill, 2)`."
    );
    let breaks: Vec<&str> = added.breaks.iter().map(|lost| &*lost.key).collect();
    assert_eq!(breaks, ["facts.phone_bill"]);
}
