//! Rules of formulas do what their text says: figures, lines, findings, refusals, tables, steps.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

mod given;

use given::{Given, compiled, evaluate, number, one, rows};
use stele_formula_program::fault::{Cell, Place};
use stele_formula_program::value::Value;
use stele_formula_writer::contract::{Source, Target, Token};
use stele_formulas::document::compile;

const PAYE: &str = r#"
meaning = "A tax and a contribution."
fact = [
  { name = "gross", type = "money", unit = "KES/month" },
  { name = "bonus", type = "money?" },
  { name = "entries", type = "rows", columns = [{ name = "kind", type = "text" }, { name = "amount", type = "money" }] },
]
parameter = [
  { name = "bands", type = "rows", columns = [{ name = "up_to", type = "money?" }, { name = "rate", type = "rate" }] },
  { name = "relief", type = "money" },
  { name = "share", type = "rate" },
]

# A figure may need one that stands below it.
[[figure]]
name = "taxable"
formula = "max(0, gross + get or else(bonus, 0) - contribution)"

[[line]]
item = "contribution"
category = "employee-contribution"
formula = "round half up(gross * share, 2)"

[[line]]
item = "tax"
category = "tax"
formula = "round half up(max(0, tax by brackets(taxable, bands) - relief), 2)"

[[line]]
item = "bonus_paid"
category = "earning"
when = "bonus != null"
formula = "bonus"

[[line]]
item = "extra"
category = "earning"
each = "entry in entries"
when = "entry.amount > 0"
subject = "entry.kind"
formula = "entry.amount * 2"

[[line]]
item = "net"
category = "net"
formula = "gross + bonus_paid + extra - contribution - tax"

[[finding]]
name = "high"
severity = "warning"
meaning = "{actual} is more than {limit}."
when = "gross > 1000"
limit = "1000"
actual = "gross"

[[refusal]]
fact = "bonus"
when = "bonus != null and bonus > gross"
message = "A bonus is at most the gross pay."

[[refusal]]
parameter = "share"
when = "share > 1"
message = "The share is a fraction."
"#;

fn parameters() -> Vec<Given> {
    vec![rows(&[&["100", "0.1"], &["300", "0.2"], &["-", "0.3"]]), one("5"), one("0.1")]
}

fn facts(gross: &str, bonus: Option<&str>) -> Vec<Given> {
    let entry = |kind: &'static str, amount: &str| vec![Value::Text(kind), number(amount)];
    let bonus = bonus.map_or(Given::One(Value::None), one);
    vec![one(gross), bonus, Given::Rows(vec![entry("a", "1"), entry("b", "0"), entry("c", "3")])]
}

fn line(lines: &[(u32, String, Option<String>)], item: u32) -> Vec<&str> {
    lines.iter().filter(|line| line.0 == item).map(|line| line.1.as_str()).collect()
}

#[test]
fn lines_come_to_what_their_formulas_say_in_the_order_of_the_text() {
    let came = evaluate(PAYE, parameters(), facts("500", Some("100"))).unwrap();
    // 600 - 50 = 550 taxable: 10 + 40 + 75 - 5.
    assert_eq!(line(&came.lines, 0), ["50"]);
    assert_eq!(line(&came.lines, 1), ["120"]);
    assert_eq!(line(&came.lines, 2), ["100"]);
    assert_eq!(line(&came.lines, 4), ["438"]);
    let items: Vec<u32> = came.lines.iter().map(|line| line.0).collect();
    assert_eq!(items, [0, 1, 2, 3, 3, 4]);
}

#[test]
fn a_line_for_each_row_has_a_subject_and_its_sum_is_what_others_refer_to() {
    let came = evaluate(PAYE, parameters(), facts("500", None)).unwrap();
    let extra: Vec<_> = came.lines.iter().filter(|line| line.0 == 3).collect();
    assert_eq!(extra.len(), 2);
    assert_eq!((extra[0].1.as_str(), extra[0].2.as_deref()), ("2", Some("a")));
    assert_eq!((extra[1].1.as_str(), extra[1].2.as_deref()), ("6", Some("c")));
    // 500 + 8 - 50 - (10 + 40 + 45 - 5)
    assert_eq!(line(&came.lines, 4), ["368"]);
}

#[test]
fn a_line_that_is_not_given_is_zero_to_others() {
    let came = evaluate(PAYE, parameters(), facts("500", None)).unwrap();
    assert!(line(&came.lines, 2).is_empty());
}

#[test]
fn a_finding_says_limit_and_actual_value() {
    assert!(evaluate(PAYE, parameters(), facts("1000", None)).unwrap().findings.is_empty());
    let came = evaluate(PAYE, parameters(), facts("1001", None)).unwrap();
    assert_eq!(came.findings, [(0, Some("1000".to_owned()), Some("1001".to_owned()))]);
}

#[test]
fn a_refusal_names_its_fact() {
    let fault = evaluate(PAYE, parameters(), facts("10", Some("11"))).unwrap_err();
    assert_eq!(fault.place, Place::Fact(Cell::whole(1)));
    assert_eq!(&*fault.message, "A bonus is at most the gross pay.");
}

#[test]
fn parameters_that_contradict_the_law_are_refused_before_any_fact() {
    let mut wrong = parameters();
    wrong[2] = one("1.5");
    let fault = evaluate(PAYE, wrong, facts("10", None)).unwrap_err();
    assert_eq!(fault.place, Place::Parameter(Cell::whole(2)));
}

#[test]
fn a_refusal_by_a_function_that_asks_for_facts_waits_for_them() {
    let text = "meaning = \"x\"\nfact = [{ name = \"a\", type = \"money\" }]\nparameter = [{ name = \"p\", type = \"money\" }]\n[[function]]\nname = \"beyond\"\nparameters = [{ name = \"x\", type = \"money\" }]\nformula = \"a > x\"\n[[refusal]]\nfact = \"a\"\nwhen = \"beyond(p)\"\nmessage = \"Too much.\"\n";
    let fault = evaluate(text, vec![one("5")], vec![one("6")]).unwrap_err();
    assert_eq!((fault.place, &*fault.message), (Place::Fact(Cell::whole(0)), "Too much."));
    assert!(evaluate(text, vec![one("5")], vec![one("4")]).is_ok());
}

#[test]
fn a_row_that_is_not_found_is_a_fault_where_it_is_used_and_null_where_that_is_asked() {
    let text = |formula: &str| {
        format!(
            "meaning = \"x\"\nfact = [{{ name = \"n\", type = \"integer\" }}]\nparameter = [{{ name = \"t\", type = \"rows\", columns = [{{ name = \"k\", type = \"integer\" }}, {{ name = \"v\", type = \"money\" }}] }}]\n[[line]]\nitem = \"l\"\ncategory = \"c\"\nformula = \"{formula}\"\n"
        )
    };
    let table = || vec![rows(&[&["1", "10"], &["2", "20"]])];
    let amount = |formula: &str, n: &str| {
        evaluate(&text(formula), table(), vec![one(n)]).map(|came| came.lines[0].1.clone())
    };
    assert_eq!(amount("t[k = n][1].v", "2").unwrap(), "20");
    let fault = amount("t[k = n][1].v", "3").unwrap_err();
    assert!(fault.message.contains("no row meets the condition: n = 3"), "{fault}");
    assert_eq!(amount("if t[k = n][1] = null then 0 else t[k = n][1].v", "3").unwrap(), "0");
    assert_eq!(amount("get or else((row of(t, n)).v, 0)", "1").unwrap(), "10");
    assert_eq!(amount("sum(t.v)", "1").unwrap(), "30");
    assert_eq!(amount("sum(t[k > n].v)", "1").unwrap(), "20");
    assert_eq!(amount("max(for row in t return row.v)", "1").unwrap(), "20");
}

#[test]
fn a_branch_that_is_not_taken_is_not_computed() {
    let text = "meaning = \"x\"\nfact = [{ name = \"n\", type = \"number\" }]\n[[figure]]\nname = \"quotient\"\nformula = \"100 / n\"\n[[line]]\nitem = \"l\"\ncategory = \"c\"\nunit = \"parts\"\nformula = \"if n = 0 then 0 else quotient\"\n";
    let came = evaluate(text, Vec::new(), vec![one("0")]).unwrap();
    assert_eq!(came.lines[0].1, "0");
}

#[test]
fn functions_of_the_rules_own_take_values_and_need_no_order() {
    let text = "meaning = \"x\"\nfact = [{ name = \"a\", type = \"money\" }]\n[[line]]\nitem = \"l\"\ncategory = \"c\"\nformula = \"doubled(doubled(a)) + halved(a)\"\n[[function]]\nname = \"doubled\"\nparameters = [{ name = \"x\", type = \"money\" }]\nformula = \"x * 2\"\n[[function]]\nname = \"halved\"\nparameters = [{ name = \"x\", type = \"money\" }]\nformula = \"doubled(x) / 4\"\n";
    let came = evaluate(text, Vec::new(), vec![one("10")]).unwrap();
    assert_eq!(came.lines[0].1, "45");
}

#[test]
fn every_figure_and_line_of_numbers_is_explained_by_what_it_names() {
    let description = compiled(PAYE).description;
    let tax = description.steps.iter().find(|step| step.name == "tax").unwrap();
    let formula = tax.formula.as_ref().unwrap();
    assert_eq!(formula.gives, Target::Item(1));
    assert!(matches!(
        formula.tokens[..],
        [
            Token::Number(_),
            Token::Argument(0),
            Token::Tax(_),
            Token::Argument(2),
            Token::Subtract,
            Token::Largest(2),
            Token::Rounded(_)
        ]
    ));
    let sources: Vec<_> = tax.arguments.iter().map(|argument| &argument.source).collect();
    assert_eq!(sources, [&Source::Figure(0), &Source::Parameter(0), &Source::Parameter(1)]);
    let came = evaluate(PAYE, parameters(), facts("200", None)).unwrap();
    let kind = description.steps.iter().position(|step| step.name == "tax").unwrap() as u32;
    let step = came.steps.iter().find(|step| step.0 == kind).unwrap();
    // 180 taxable lies in the second band: two rows are used.
    assert_eq!(step.2, ["180", "[row 1, row 2]", "5"]);
    assert_eq!(step.3, "21");
    assert_eq!(step.1, Some(1));
}

#[test]
fn an_item_may_be_called_as_the_fact_that_it_shows_and_the_name_is_the_facts() {
    let text = r#"
meaning = "A payslip that shows what was given."
fact = [{ name = "gross", type = "money" }, { name = "bonus", type = "money?" }]
[[line]]
item = "gross"
category = "earning"
formula = "gross"
[[line]]
item = "bonus"
category = "earning"
when = "bonus != null and bonus > 100"
formula = "bonus"
[[line]]
item = "net"
category = "net"
formula = "gross + get or else(bonus, 0)"
"#;
    let came = evaluate(text, Vec::new(), facts("1000", Some("50"))[..2].to_vec()).unwrap();
    assert_eq!(line(&came.lines, 0), ["1000"]);
    assert!(line(&came.lines, 1).is_empty(), "the line has a condition");
    assert_eq!(line(&came.lines, 2), ["1050"], "the fact has none");

    let figure = text
        .replace("[[line]]\nitem = \"net\"", "[[figure]]\nname = \"gross\"")
        .replace("category = \"net\"\n", "");
    let errors = compile("test", &figure).unwrap_err();
    assert!(errors[0].message().contains("is there twice"), "{}", errors[0].message());
    let twice =
        format!("{text}[[line]]\nitem = \"bonus\"\ncategory = \"net\"\nformula = \"gross\"");
    assert_eq!(compile("test", &twice).unwrap_err().len(), 1);
}

#[test]
fn a_figure_that_may_be_missing_is_explained_where_it_is_used() {
    let text = r#"
meaning = "A bonus that may be missing."
fact = [{ name = "gross", type = "money" }, { name = "bonus", type = "money?" }]
[[figure]]
name = "paid_bonus"
formula = "bonus"
[[line]]
item = "net"
category = "net"
formula = "gross + get or else(paid_bonus, 0)"
"#;
    for (bonus, net) in [(None, "1000"), (Some("50"), "1050")] {
        let came = evaluate(text, Vec::new(), facts("1000", bonus)[..2].to_vec()).unwrap();
        let results: Vec<&str> = came.steps.iter().map(|step| step.3.as_str()).collect();
        assert_eq!(results, [net], "there is no step of what is not there");
        assert_eq!(came.steps[0].2, ["1000", bonus.unwrap_or("0")]);
    }
}

#[test]
fn cycles_are_errors_that_name_their_way() {
    let text = "meaning = \"x\"\n[[figure]]\nname = \"a\"\nformula = \"b + 1\"\n[[figure]]\nname = \"b\"\nformula = \"c\"\n[[figure]]\nname = \"c\"\nformula = \"a\"\n";
    let errors = compile("x", text).unwrap_err();
    assert_eq!(errors[0].message(), "these need each other: a → b → c → a");
}

#[test]
fn beside_a_cycle_everything_else_that_is_wrong_is_said() {
    let text = "meaning = \"x\"\n[[figure]]\nname = \"a\"\nformula = \"b + 1\"\n[[figure]]\nname = \"b\"\nformula = \"a * tru\"\n[[function]]\nname = \"f\"\nparameters = [{ name = \"x\", type = \"number\" }]\nformula = \"f(x) + 1\"\n";
    let errors = compile("x", text).unwrap_err();
    let said: Vec<_> = errors.iter().map(|error| error.message()).collect();
    assert_eq!(said.len(), 3, "{said:?}");
    assert_eq!(said[0], "these need each other: a → b → a");
    assert!(said[1].contains("`tru`"), "{said:?}");
    assert_eq!(said[2], "these need each other: f → f");
}

#[test]
fn what_nothing_uses_is_reported() {
    let text = PAYE.replace("- relief", "- 5");
    let found: Vec<_> = compiled(&text).warnings.iter().map(|error| error.message()).collect();
    assert_eq!(found, ["the parameter `relief` is used by nothing"]);
}

#[test]
fn the_same_text_gives_the_same_bytes() {
    assert_eq!(compiled(PAYE).program, compiled(PAYE).program);
}

#[test]
fn declarations_that_are_wrong_are_reported_at_once() {
    let text = "fact = [{ name = \"a\", type = \"mony\" }, { name = \"B\", type = \"money\" }, { nam = \"c\", type = \"money\" }]\n[[line]]\nitem = \"l\"\nformula = \"1\"\n";
    let errors = compile("x", text).unwrap_err();
    let found: Vec<_> = errors.iter().map(|error| error.message()).collect();
    for expected in [
        "`money`",
        "snake_case",
        "a table without `name`",
        "a field `nam`",
        "a table without `category`",
    ] {
        assert!(found.iter().any(|message| message.contains(expected)), "{expected}: {found:#?}");
    }
}
