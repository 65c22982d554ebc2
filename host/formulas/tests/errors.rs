//! Errors name their place, what was expected, what is near, all at once.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

use stele_formulas::document::compile;
use stele_formulas::error::Kind;
use stele_formulas::expression::{NoValue, check};
use stele_formulas::source::Lines;

fn message(text: &str) -> String {
    match check(text) {
        Err(NoValue::Wrong(errors)) => {
            errors.iter().map(|error| error.message()).collect::<Vec<_>>().join("\n")
        }
        other => panic!("{text}: expected an error, found {other:?}"),
    }
}

fn document(formula: &str) -> String {
    format!(
        r#"
meaning = "A test."
fact = [
  {{ name = "gross", type = "money", unit = "KES/month", meaning = "Gross." }},
  {{ name = "bonus", type = "money?", meaning = "Bonus." }},
  {{ name = "rate", type = "rate", meaning = "Rate." }},
  {{ name = "worked", type = "hours", meaning = "Hours." }},
  {{ name = "leave", type = "days", meaning = "Days." }},
  {{ name = "city", type = "choice", choices = {{ nairobi = "Nairobi", mombasa = "Mombasa" }} }},
]
[[line]]
item = "pay"
category = "earning"
formula = '''{formula}'''
"#
    )
}

fn wrong(formula: &str) -> Vec<(Kind, String, String)> {
    let text = document(formula);
    let errors = compile("test", &text).expect_err(formula);
    errors
        .into_iter()
        .map(|error| (error.kind, error.span.of(&text).to_owned(), error.message()))
        .collect()
}

#[test]
fn a_misspelt_name_is_shown_with_the_one_that_is_near() {
    let [(kind, piece, message)] = &wrong("max(0, gros * rate)")[..] else { panic!("one error") };
    assert_eq!((*kind, piece.as_str()), (Kind::UnknownName, "gros"));
    assert!(message.contains("did you mean `gross`?"), "{message}");
}

#[test]
fn all_errors_of_a_formula_are_reported_at_once() {
    let found = wrong("gros + leav * rate + max(worked, gross)");
    let pieces: Vec<&str> = found.iter().map(|(_, piece, _)| piece.as_str()).collect();
    assert_eq!(pieces, ["gros", "leav", "gross"]);
}

#[test]
fn units_that_do_not_go_together_are_refused_at_the_operand() {
    for (formula, piece) in [
        ("gross * gross", "gross"),
        ("worked + leave", "leave"),
        ("gross + rate", "rate"),
        ("rate", "rate"),
        ("if gross > rate then gross else gross", "rate"),
        ("if rate > 0.5 then gross else worked", "worked"),
    ] {
        let [(kind, found, _)] = &wrong(formula)[..] else { panic!("{formula}: one error") };
        assert_eq!((*kind, found.as_str()), (Kind::Unit, piece), "{formula}");
    }
}

#[test]
fn units_that_go_together_are_taken() {
    for formula in [
        "gross * rate + 100",
        "gross * worked / 160",
        "gross * (gross / (gross + 1)) / leave",
        "round half up(gross * (1 - rate), 2)",
    ] {
        compile("test", &document(formula))
            .unwrap_or_else(|errors| panic!("{formula}: {errors:?}"));
    }
}

#[test]
fn what_may_be_missing_must_be_dealt_with() {
    let [(kind, piece, message)] = &wrong("gross + bonus")[..] else { panic!("one error") };
    assert_eq!((*kind, piece.as_str()), (Kind::MayBeMissing, "bonus"));
    assert!(message.contains("get or else"), "{message}");
    for formula in [
        "gross + get or else(bonus, 0)",
        "if bonus = null then gross else gross + bonus",
        "if bonus != null and bonus > 5 then bonus else gross",
        "if bonus = null or bonus < 5 then gross else bonus",
        "if not(bonus = null) then bonus else gross",
    ] {
        compile("test", &document(formula))
            .unwrap_or_else(|errors| panic!("{formula}: {errors:?}"));
    }
    for formula in [
        "if bonus = null then bonus else gross",
        "if bonus != null or bonus > 5 then gross else gross",
    ] {
        assert_eq!(wrong(formula)[0].0, Kind::MayBeMissing, "{formula}");
    }
}

#[test]
fn a_choice_is_compared_with_its_names_only() {
    let [(_, piece, message)] = &wrong("if city = \"nairobbi\" then gross else 0")[..] else {
        panic!("one error")
    };
    assert_eq!(piece, "\"nairobbi\"");
    assert!(message.contains("did you mean `nairobi`?"), "{message}");
}

#[test]
fn an_error_on_a_terminal_shows_the_line_with_the_piece_underlined() {
    let text = document("max(0, gros)");
    let errors = compile("test", &text).unwrap_err();
    let shown = errors[0].render("formulas.toml", &Lines::of(&text));
    assert_eq!(
        shown,
        "formulas.toml:14:21: nothing is called `gros`; did you mean `gross`?\n   \
         |\n14 | formula = '''max(0, gros)'''\n   |                     ^^^^\n",
    );
}

#[test]
fn an_error_in_a_text_with_escapes_is_at_its_own_place() {
    let text = document("").replace("''''''", "\"if city = \\\"nairobi\\\" then gros else 0\"");
    let errors = compile("test", &text).unwrap_err();
    assert_eq!(errors[0].span.of(&text), "gros");
}

#[test]
fn an_error_for_editors_has_its_place_and_its_parts() {
    let text = document("gros");
    let errors = compile("test", &text).unwrap_err();
    let report = errors[0].report("formulas.toml", &Lines::of(&text));
    let json = serde_json::to_value(report).unwrap();
    assert_eq!(json["kind"], "unknown_name");
    assert_eq!(json["start"], serde_json::json!({ "line": 14, "column": 14 }));
    assert_eq!(json["end"]["column"], 18);
    assert_eq!(json["near"], "gross");
}

#[test]
fn syntax_errors_name_what_was_expected() {
    for (formula, expected) in [
        ("1 +", "a value, a name or `(`"),
        ("if true then 1", "`else`"),
        ("(1 + 2", "`)`"),
        ("\"abc", "`\"` at its end"),
        ("1 2", "an operator or the end of the formula"),
        ("for x in [1] x", "`return`"),
    ] {
        assert!(message(formula).contains(expected), "{formula}: {}", message(formula));
    }
}

#[test]
fn a_function_is_called_with_what_it_takes() {
    assert!(message("round half up(1.5)").contains("round half up(n, scale)"));
    assert!(message("rond half up(1.5, 2)").contains("found"), "words that are no function");
    assert!(message("abbs(1)").contains("did you mean `abs`?"));
    assert!(message("abs(\"1\")").contains("found a text"));
}

/// An attack: the column that was meant to be compared with the fact is compared with itself, and the
/// first row is everybody's.
#[test]
fn a_name_is_not_compared_with_itself() {
    let grades = r#"[{ city: "nairobi", pay: 1 }, { city: "mombasa", pay: 2 }]"#;
    for comparison in ["city = city", "city != city", "(city) = city"] {
        let found = wrong(&format!("gross * {grades}[{comparison}][1].pay"));
        let [(kind, _, message)] = &found[..] else { panic!("{comparison}: {found:?}") };
        assert_eq!(*kind, Kind::Type, "{comparison}");
        assert!(message.contains("`city` on both sides"), "{message}");
        assert!(message.contains("give that another name"), "{message}");
    }
}
