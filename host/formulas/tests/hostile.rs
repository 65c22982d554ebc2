//! Hostile texts are refused, or made, within bounds.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

use proptest::prelude::*;
use std::fmt::Write as _;
use stele_formula_program::evaluate::write_value;
use stele_formula_program::program::Program;
use stele_formulas::document::compile;
use stele_formulas::error::Kind;
use stele_formulas::expression::{NoValue, check};
use stele_formulas::limits::{LONGEST_FORMULA, MOST_ERRORS, MOST_FORMULAS};
use stele_formulas::source::Lines;

fn refused(text: &str) -> Kind {
    match check(text) {
        Err(NoValue::Wrong(errors)) => errors[0].kind,
        other => panic!("expected a refusal, found {other:?}"),
    }
}

#[test]
fn nesting_is_bounded_whatever_nests() {
    for (open, close) in [
        ("(", ")"),
        ("[", "]"),
        ("-", ""),
        ("not(", ")"),
        ("if true then ", " else 1"),
        ("{a: ", "}"),
        ("for x in [1] return ", ""),
        ("1 in (", ")"),
        ("1[", "]"),
        ("abs(", ")"),
        ("(1..", ")"),
        ("some x in [1] satisfies ", ""),
        ("function(x) ", ""),
    ] {
        let text = format!("{}1{}", open.repeat(2_000), close.repeat(2_000));
        assert_eq!(refused(&text), Kind::TooLarge, "{open}");
    }
    let types = format!("1 instance of {}number{}", "list<".repeat(2_000), ">".repeat(2_000));
    assert_eq!(refused(&types), Kind::TooLarge);
    assert_eq!(refused(&format!("a{}", ".a".repeat(20_000))), Kind::TooLarge);
    assert_eq!(refused(&format!("[1]{}", "[1]".repeat(20_000))), Kind::TooLarge);
    assert_eq!(refused(&format!("1{}", " = 1".repeat(10_000))), Kind::TooLarge);
    assert_eq!(refused(&format!("1{}", " * 1".repeat(10_000))), Kind::TooLarge);
}

#[test]
fn a_net_of_cycles_is_refused_with_short_words() {
    let mut text = "meaning = \"x\"\n".to_owned();
    for figure in 0..MOST_FORMULAS {
        let next = (figure + 1) % MOST_FORMULAS;
        writeln!(text, "[[figure]]\nname = \"f{figure}\"\nformula = \"f{next} + f0\"").unwrap();
    }
    let errors = compile("x", &text).unwrap_err();
    assert_eq!(errors.len(), MOST_ERRORS);
    assert!(errors.iter().all(|error| error.message().len() < 200));
    let longest = "f0 → f1 → f2 → f3 → … → f96 → f97 → f98 → f99 → f0";
    assert!(errors.iter().any(|error| error.message().ends_with(longest)));
}

#[test]
fn of_a_long_line_what_stands_around_the_piece_is_shown() {
    let formula = format!("{}nobody{}", "1 + ".repeat(5_000), " + 1".repeat(5_000));
    let text = format!("meaning = \"x\"\n[[figure]]\nname = \"a\"\nformula = \"{formula}\"\n");
    let errors = compile("x", &text).unwrap_err();
    let shown = errors[0].render("formulas.toml", &Lines::of(&text));
    assert!(shown.len() < 700, "{shown}");
    let lines: Vec<&str> = shown.lines().collect();
    let place = lines[3].find('^').unwrap();
    assert_eq!(&lines[2][place..place + 6], "nobody");
}

#[test]
fn a_long_sum_is_made() {
    let text = format!("0{}", " + 1".repeat(10_000));
    let sum = check(&text).unwrap().value(|value| {
        let mut text = String::new();
        write_value(value, &mut text);
        text
    });
    assert_eq!(sum.unwrap(), "10000");
}

#[test]
fn a_formula_that_is_too_long_is_refused_before_it_is_read() {
    assert_eq!(refused(&"1 + ".repeat(LONGEST_FORMULA)), Kind::TooLarge);
}

#[test]
fn letters_that_look_like_others_are_no_names() {
    for name in ["gr\u{043e}ss", "\u{202e}gross", "\u{5d0}\u{5d1}", "ﬁx", "gross\u{200d}"] {
        assert_eq!(refused(&format!("1 + {name}")), Kind::Syntax, "{name}");
    }
}

#[test]
fn ten_thousand_figures_in_a_chain_are_made() {
    let mut text = String::from("meaning = \"A chain.\"\n");
    let last = MOST_FORMULAS - 1;
    for number in 0..last {
        let formula = if number == 0 { "1".to_owned() } else { format!("f{} + 1", number - 1) };
        writeln!(text, "[[figure]]\nname = \"f{number}\"\nformula = \"{formula}\"").unwrap();
    }
    writeln!(text, "[[line]]\nitem = \"all\"\ncategory = \"total\"\nformula = \"f{}\"", last - 1)
        .unwrap();
    let compiled = compile("chain", &text).unwrap_or_else(|errors| panic!("{:?}", errors[0]));
    let program = Program::decode(&compiled.program).unwrap();
    assert_eq!(program.figures.len(), MOST_FORMULAS);
    assert_eq!(program.schedule.len(), MOST_FORMULAS);
}

#[test]
fn lists_of_lists_and_contexts_of_contexts_are_bounded() {
    for formula in ["[f]", "{a: f, b: f}", "[f, [f]]"] {
        let mut text =
            String::from("meaning = \"Nested.\"\n[[figure]]\nname = \"f0\"\nformula = \"1\"\n");
        for number in 1..5_000 {
            let formula = formula.replace('f', &format!("f{}", number - 1));
            writeln!(text, "[[figure]]\nname = \"f{number}\"\nformula = \"{formula}\"").unwrap();
        }
        let errors = compile("nested", &text).unwrap_err();
        assert_eq!(errors[0].kind, Kind::TooLarge, "{formula}");
    }
}

#[test]
fn one_formula_too_many_is_refused() {
    let figure = "[[figure]]\nname = \"f\"\nformula = \"1\"\n";
    let errors = compile("many", &figure.repeat(MOST_FORMULAS + 1)).unwrap_err();
    assert_eq!(errors[0].kind, Kind::TooLarge);
}

#[test]
fn a_range_counts_no_further_than_a_list_may_be_long() {
    for text in
        ["for i in 1..1000000000 return i", "count(for i in 1..99999, j in 1..99999 return 1)"]
    {
        let fault = check(text).unwrap().value(|_| ()).unwrap_err();
        assert!(fault.to_string().contains("too many"), "{fault}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_the_check_panic(text in "\\PC{0,200}") {
        let _ = check(&text);
    }

    #[test]
    fn no_words_of_the_language_make_it_panic(words in prop::collection::vec(prop::sample::select(WORDS), 0..40)) {
        let text = words.join(" ");
        if let Ok(checked) = check(&text) {
            let _ = checked.value(|value| {
                let mut text = String::new();
                write_value(value, &mut text);
            });
        }
    }

    #[test]
    fn no_bytes_make_a_program_that_panics(mut bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        bytes.splice(0..0, *b"SFP\x01");
        let _ = Program::decode(&bytes);
    }

    #[test]
    fn no_document_makes_the_compiler_panic(formula in "[a-z0-9 +*/()\\[\\].,<>=\"-]{0,60}") {
        let text = format!("meaning = \"x\"\nfact = [{{ name = \"a\", type = \"money?\" }}]\n[[line]]\nitem = \"b\"\ncategory = \"c\"\nformula = '{formula}'\n");
        let _ = compile("x", &text);
    }
}

const WORDS: &[&str] = &[
    "1",
    "2.5",
    "-3",
    "\"a\"",
    "true",
    "false",
    "null",
    "@\"2026-01-31\"",
    "@\"P1M\"",
    "@\"PT36H\"",
    "@\"10:00:00+02:00\"",
    "@\"2026-01-31T10:00:00\"",
    "+",
    "-",
    "*",
    "/",
    "**",
    "=",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    ".",
    "..",
    "a",
    "x",
    "item",
    "if",
    "then",
    "else",
    "for",
    "in",
    "return",
    "some",
    "every",
    "satisfies",
    "and",
    "or",
    "not",
    "between",
    "instance of",
    "number",
    "list<number>",
    "function(x)",
    "round half up(",
    "max(",
    "sum(",
    "count(",
    "sort(",
    "date(",
    "string(",
    "substring(",
    "append(",
    "concatenate(",
    "min(",
    "years and months duration(",
    "get or else(",
    "range(",
    "context put(",
    "get entries(",
    "list replace(",
    "index of(",
    "duration(",
    "time(",
    "clamp(",
    "modulo(",
];
