//! Hostile documents: an error stands at its place, and what is made grows with what was written.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

#[allow(dead_code, reason = "other tests use more of it")]
mod given;

use given::{Given, one};
use std::fmt::Write as _;
use stele_formula_program::evaluate::Prepared;
use stele_formula_program::inputs::NoFacts;
use stele_formula_program::program::{MAXIMUM_DEPTH, Program};
use stele_formula_program::value::Value;
use stele_formulas::document::decimals::{self, Bound, Digits};
use stele_formulas::document::{Compiled, compile};
use stele_formulas::error::{Error, Kind};
use stele_formulas::limits::MOST_FORMULAS;
use stele_formulas::source::{Lines, Position};

const HEAD: &str = "meaning = \"x\"\nfact = [{ name = \"a\", type = \"money\" }]\n";

fn line(formula: &str) -> String {
    format!("{HEAD}[[line]]\nitem = \"l\"\ncategory = \"c\"\nformula = '''{formula}'''\n")
}

/// The only error of a document, and where it is.
fn error(text: &str) -> (Error, Position) {
    let errors = compile("hostile", text).unwrap_err();
    let [error] = errors.as_slice() else { panic!("{}", errors.len()) };
    let place = Lines::of(text).position(error.span.start);
    (error.clone(), place)
}

#[test]
fn a_formula_of_a_megabyte_is_refused_at_its_place() {
    let (error, place) = error(&line(&format!("a{}", " + a".repeat(1 << 18))));
    assert_eq!((error.kind, place.line), (Kind::TooLarge, 6));
    assert!(error.message().len() < 300, "{}", error.message());
}

#[test]
fn ten_thousand_nested_parentheses_are_refused_where_they_nest_too_deeply() {
    let text = line(&format!("{}a{}", "(".repeat(10_000), ")".repeat(10_000)));
    let (error, place) = error(&text);
    assert_eq!((error.kind, place.line), (Kind::TooLarge, 6));
    assert!((60..90).contains(&place.column), "{place:?}");
    let shown = error.render("formulas.toml", &Lines::of(&text));
    assert!(shown.len() < 700, "{shown}");
}

/// Functions that each ask for the one before, within so many parentheses of their own.
fn nested(functions: usize) -> String {
    let mut text = HEAD.to_owned();
    for function in 0..functions {
        let inner = if function == 0 { "x".to_owned() } else { format!("f{}(x)", function - 1) };
        write!(
            text,
            "[[function]]\nname = \"f{function}\"\nparameters = [{{ name = \"x\", type = \"money\" }}]\n\
             formula = \"{}{inner}{}\"\n",
            "(1 + ".repeat(20),
            ")".repeat(20)
        )
        .unwrap();
    }
    write!(text, "[[line]]\nitem = \"l\"\ncategory = \"c\"\nformula = \"f{}(a)\"\n", functions - 1)
        .unwrap();
    text
}

#[test]
fn formulas_that_nest_too_deeply_by_what_they_ask_for_have_a_place() {
    assert!(compile("nested", &nested(12)).is_ok());
    let text = nested(15);
    let (error, place) = error(&text);
    assert_eq!(error.kind, Kind::TooLarge);
    let piece = error.span.of(&text);
    assert!(piece.starts_with("1 + ") || piece.contains("f11(x)"), "{piece}");
    assert!(place.line > 20, "{place:?}");
    let said = error.message();
    assert!(said.contains("in f12") && said.contains(&format!("{MAXIMUM_DEPTH} levels")), "{said}");
}

#[test]
fn names_that_look_like_others_or_run_the_other_way_are_refused_at_their_places() {
    for name in ["gr\u{43e}ss", "\u{5d0}\u{5d1}", "\u{202e}a", "a\u{200d}", "ﬁx", "а"] {
        let declared = HEAD.replace("name = \"a\"", &format!("name = \"{name}\""));
        let (found, place) = error(&format!(
            "{declared}[[line]]\nitem = \"l\"\ncategory = \"c\"\nformula = \"1\"\n"
        ));
        assert_eq!((found.kind, place.line), (Kind::Declaration, 2), "{name:?}");
        assert!(found.message().contains("the letters a to z"), "{}", found.message());
        let text = line(&format!("a + {name}"));
        let (found, place) = error(&text);
        assert_eq!((found.kind, place.line), (Kind::Syntax, 6), "{name:?}");
        assert!((18..=20).contains(&place.column), "{name:?}: {place:?}");
    }
}

#[test]
fn a_line_that_is_shown_keeps_its_marks_below_the_piece() {
    let text = line("a + /* \u{202e}abc\u{2066}\u{200b} */ nobody");
    let (error, _) = error(&text);
    let shown = error.render("formulas.toml", &Lines::of(&text));
    assert!(!shown.contains(['\u{202e}', '\u{2066}', '\u{200b}']), "{shown:?}");
    let lines: Vec<&str> = shown.lines().collect();
    let marked = lines[3].chars().position(|letter| letter == '^').unwrap();
    let piece: String = lines[2].chars().skip(marked).take(6).collect();
    assert_eq!(piece, "nobody");
}

/// Figures with a branch and a quotient each.
fn many(figures: usize) -> Compiled {
    let mut text = HEAD.to_owned();
    for figure in 0..figures {
        let before = if figure == 0 { "a".to_owned() } else { format!("f{}", figure - 1) };
        writeln!(
            text,
            "[[figure]]\nname = \"f{figure}\"\nformula = \"if {before} > {figure} then {before} / {} \
             else 0\"",
            figure + 2
        )
        .unwrap();
    }
    let last = figures - 1;
    write!(text, "[[line]]\nitem = \"l\"\ncategory = \"c\"\nformula = \"f{last}\"\n").unwrap();
    compile("many", &text).unwrap_or_else(|errors| panic!("{}", errors[0].message()))
}

#[test]
fn ten_thousand_formulas_with_branches_make_what_grows_with_them() {
    let (half, whole) = (many(MOST_FORMULAS / 2), many(MOST_FORMULAS - 1));
    assert_eq!(whole.forks.len(), MOST_FORMULAS - 1);
    let (before, after) = (half.program.len(), whole.program.len());
    assert!(after < before * 22 / 10, "{before} bytes, then {after}");
    let program = Program::decode(&whole.program).unwrap();
    let given = decimals::Given {
        facts: vec![Digits::One(Some(2))],
        parameters: Vec::new(),
        undeclared: 2,
    };
    let [(0, most)] = decimals::of_lines(&program, &given)[..] else { panic!("one line") };
    assert_eq!(most.digits, Bound::AsManyAsFit);
}

#[test]
fn choices_among_lists_of_choices_do_not_double_what_is_looked_at() {
    let mut text = format!(
        "{HEAD}parameter = [{{ name = \"t\", type = \"rows\", columns = [{{ name = \"up_to\", type = \
         \"money?\" }}, {{ name = \"rate\", type = \"rate\" }}] }}]\n"
    );
    text += "[[figure]]\nname = \"n0\"\nformula = \"[a, 1]\"\n[[figure]]\nname = \"t0\"\nformula = \"t\"\n";
    for number in 1..60 {
        let before = number - 1;
        writeln!(text, "[[figure]]\nname = \"n{number}\"\nformula = \"if a > {number} then n{before} else reverse(n{before})\"").unwrap();
        writeln!(text, "[[figure]]\nname = \"t{number}\"\nformula = \"if a > {number} then t{before} else t{before}[rate > 0]\"").unwrap();
    }
    text += "[[line]]\nitem = \"l\"\ncategory = \"c\"\nformula = \"sum(n59) + tax by brackets(a, t59)\"\n";
    let compiled =
        compile("choices", &text).unwrap_or_else(|errors| panic!("{}", errors[0].message()));
    assert!(compiled.lookups.is_empty(), "in which table is not known");
    let program = Program::decode(&compiled.program).unwrap();
    assert_eq!(decimals::of_lines(&program, &decimals::Given::default()).len(), 1);
}

#[test]
fn a_tax_by_a_hundred_thousand_rows_is_computed() {
    let text = format!(
        "{HEAD}parameter = [{{ name = \"t\", type = \"rows\", maximum_rows = 100000, columns = [{{ name = \
         \"up_to\", type = \"money?\" }}, {{ name = \"rate\", type = \"rate\" }}] }}]\n[[line]]\nitem = \
         \"l\"\ncategory = \"c\"\nformula = \"tax by brackets(a, t)\"\n"
    );
    let compiled = compile("rows", &text).unwrap();
    let program = Program::decode(&compiled.program).unwrap();
    let mut rows: Vec<Vec<Value<'static>>> = (1..100_000)
        .map(|limit: i64| vec![Value::Number(limit.into()), Value::Number(1.into())])
        .collect();
    rows.push(vec![Value::None, Value::Number(2.into())]);
    let parameters = given::All(vec![Given::Rows(rows)]);
    let prepared = Prepared::new(program, parameters, &NoFacts).unwrap();
    let mut came = given::Came::default();
    prepared.evaluate(&given::All(vec![one("100001")]), false, &mut came).unwrap();
    assert_eq!(came.lines[0].1, "100003");
}
