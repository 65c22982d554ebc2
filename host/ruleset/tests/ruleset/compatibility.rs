//! What a new version may not take away from the callers of the one before.

use proptest::prelude::*;
use std::sync::Arc;
use stele_engine::contract::{
    Choice, Description, IntegerBounds, Item, Origin, ScalarKind, Severity, Shape, TableShape,
};
use stele_ruleset::{Change, Defect, Difference, Manifest, Package, Ruleset, Side, breaks};

use crate::support::{
    MANIFEST, PARAMETERS, case, column, decimal, description, engine, field, files, hostile,
    package, ready, shipped, with,
};

fn opened(description: &Description) -> Arc<Ruleset> {
    let package = package(files(hostile("honest", description)));
    ready(&engine(), &package)
}

fn manifest(change: impl Fn(String) -> String) -> Manifest {
    Manifest::parse(&change(MANIFEST.to_owned())).unwrap()
}

/// The places at which callers of the honest rule would break.
fn places(change: impl FnOnce(&mut Description)) -> Vec<String> {
    let mut new = description();
    change(&mut new);
    let old = opened(&description());
    breaks(&old, &manifest(|text| text), &new).into_iter().map(|lost| lost.key).collect()
}

/// The places at which a fact of this shape breaks its callers when it becomes that shape.
fn narrower(old: Shape, new: Shape) -> Vec<String> {
    let with_fact = |shape: Shape| {
        let mut description = description();
        description.facts[0].shape = shape;
        description
    };
    let old = Described(with_fact(old));
    old.breaks(&with_fact(new)).into_iter().map(|lost| lost.key).collect()
}

/// A description as an opened ruleset: the engine takes any that makes sense, whatever its code
/// would do with the facts.
struct Described(Description);

impl Described {
    fn breaks(&self, new: &Description) -> Vec<Defect> {
        breaks(&opened_any(&self.0), &manifest(|text| text), new)
    }
}

fn opened_any(description: &Description) -> Arc<Ruleset> {
    let mut files = files(hostile("honest", description));
    files.remove("texts/zh.toml");
    let mut english = String::from("title = \"x\"\n[facts]\n");
    for fact in &description.facts {
        english.push_str(&format!("{} = \"x\"\n", fact.name));
        if let Shape::Table(table) = &fact.shape {
            for column in &table.columns {
                english.push_str(&format!("\"{}.{}\" = \"x\"\n", fact.name, column.name));
            }
        }
    }
    english.push_str("[items]\n");
    for item in &description.items {
        english.push_str(&format!("{} = \"x\"\n", item.name));
    }
    let files = with(files, "texts/en.toml", &english);
    let files = with(files, "ruleset.toml", &MANIFEST.replace("[\"en\", \"zh\"]", "[\"en\"]"));
    ready(&engine(), &package(files))
}

fn integer(minimum: Option<i64>, maximum: Option<i64>) -> Shape {
    Shape::Scalar(ScalarKind::Integer(IntegerBounds { minimum, maximum }))
}

fn choice(names: &[&str]) -> Shape {
    let choice = |name: &&str| Choice { name: (*name).to_owned(), meaning: "One.".to_owned() };
    Shape::Scalar(ScalarKind::Choice(names.iter().map(choice).collect()))
}

#[test]
fn the_same_promises_break_nobody() {
    assert!(places(|_| {}).is_empty());
}

#[test]
fn a_fact_that_went_away_or_became_required_breaks_callers() {
    assert_eq!(places(|new| new.facts.clear()), ["facts.number"]);
    let more = |required: bool| {
        places(|new| {
            let mut more = new.facts[0].clone();
            (more.name, more.required) = ("more".to_owned(), required);
            new.facts.push(more);
        })
    };
    assert_eq!(more(true), ["facts.more"]);
    assert!(more(false).is_empty(), "a new optional fact breaks nobody");
    let mut optional = description();
    optional.facts[0].required = false;
    let lost = Described(optional).breaks(&description());
    assert_eq!(lost[0].key, "facts.number.required");
    assert_eq!((&*lost[0].expected, &*lost[0].found), ("an optional fact", "a required one"));
}

#[test]
fn a_narrower_fact_breaks_callers_and_a_wider_one_does_not() {
    let scalar = Shape::Scalar;
    let wide = integer(None, Some(100));
    assert_eq!(narrower(wide.clone(), integer(Some(0), Some(100))), ["facts.number.minimum"]);
    assert_eq!(narrower(wide.clone(), integer(None, Some(99))), ["facts.number.maximum"]);
    assert!(narrower(wide.clone(), integer(None, None)).is_empty());
    assert_eq!(narrower(wide, scalar(ScalarKind::Date)), ["facts.number.type"]);
    let money = |decimals| scalar(decimal(Some("0"), None, decimals));
    assert_eq!(narrower(money(None), money(Some(2))), ["facts.number.decimals"]);
    assert_eq!(narrower(money(Some(4)), money(Some(2))), ["facts.number.decimals"]);
    assert!(narrower(money(Some(2)), money(None)).is_empty());
    let text = |longest| scalar(ScalarKind::Text(longest));
    assert_eq!(narrower(text(10), text(9)), ["facts.number.maximum_length"]);
    assert!(narrower(text(9), text(10)).is_empty());
    assert_eq!(narrower(choice(&["a", "b"]), choice(&["b"])), ["facts.number.choices.a"]);
    assert!(narrower(choice(&["a", "b"]), choice(&["c", "b", "a"])).is_empty());
}

#[test]
fn a_narrower_table_breaks_callers_column_by_column() {
    let day = |required: bool| {
        let mut day = column("day", ScalarKind::Date, false);
        day.required = required;
        day
    };
    let table = |columns: Vec<_>, maximum_rows| Shape::Table(TableShape { columns, maximum_rows });
    let note = || column("note", ScalarKind::Boolean, false);
    assert_eq!(
        narrower(table(vec![day(true)], 5), table(vec![day(true)], 4)),
        ["facts.number.maximum_rows"]
    );
    assert_eq!(
        narrower(table(vec![day(false)], 5), table(vec![day(true)], 5)),
        ["facts.number.day.required"]
    );
    assert_eq!(
        narrower(table(vec![day(true)], 5), table(vec![note()], 5)),
        ["facts.number.day", "facts.number.note"]
    );
    assert_eq!(narrower(table(vec![day(true)], 5), integer(None, None)), ["facts.number.type"]);
}

#[test]
fn another_unit_breaks_callers() {
    assert_eq!(places(|new| new.facts[0].unit = Some("hours".to_owned())), ["facts.number.unit"]);
    assert_eq!(places(|new| new.items[0].unit = None), ["items.answer.unit"]);
}

#[test]
fn a_fact_that_the_host_fills_in_is_no_business_of_callers() {
    let date = |origin| {
        let mut date = field("on", Shape::Scalar(ScalarKind::Date));
        date.origin = origin;
        date
    };
    assert!(places(|new| new.facts.push(date(Origin::CalculationDate))).is_empty());
    let mut old = description();
    old.facts.push(date(Origin::Caller));
    let mut new = description();
    new.facts.push(date(Origin::CalculationDate));
    assert_eq!(Described(old).breaks(&new)[0].key, "facts.on");
}

#[test]
fn answers_that_went_away_or_changed_their_group_break_callers() {
    assert_eq!(places(|new| new.items.truncate(1)), ["items.other_answer"]);
    assert_eq!(places(|new| new.items[0].category = "tax".to_owned()), ["items.answer.category"]);
    assert_eq!(places(|new| new.findings.clear()), ["findings.too_much"]);
    let severity = places(|new| new.findings[0].severity = Severity::Breach);
    assert_eq!(severity, ["findings.too_much.severity"]);
    let more = Item { name: "more".to_owned(), ..description().items[0].clone() };
    assert!(places(|new| new.items.push(more)).is_empty(), "more answers break nobody");
}

#[test]
fn a_shorter_horizon_another_kind_or_currency_break_callers() {
    let lost = |change: &dyn Fn(String) -> String| {
        let lost = breaks(&opened(&description()), &manifest(change), &description());
        lost.into_iter().map(|lost| format!("{}/{}", lost.file, lost.key)).collect::<Vec<_>>()
    };
    assert_eq!(
        lost(&|text| text.replace("2020-01-01", "2020-01-02")),
        ["ruleset.toml/validity.from"]
    );
    assert_eq!(
        lost(&|text| text.replace("2021-12-31", "2021-12-30")),
        ["ruleset.toml/validity.until"]
    );
    assert!(lost(&|text| text.replace("2021-12-31", "2022-12-31")).is_empty());
    assert_eq!(lost(&|text| text.replace("points", "performance")), ["ruleset.toml/kind"]);
    let money = "component = \"text-rule\"\ncurrency = \"EUR\"\ndecimals = 2";
    assert_eq!(
        lost(&|text| text.replace("component = \"text-rule\"", money)),
        ["ruleset.toml/currency"]
    );
}

proptest! {
    /// Whoever fits the old bounds fits the new ones, or the place is named.
    #[test]
    fn bounds_break_exactly_where_a_number_is_lost(
        old in (proptest::option::of(-3..3_i64), proptest::option::of(-3..3_i64)),
        new in (proptest::option::of(-3..3_i64), proptest::option::of(-3..3_i64)),
    ) {
        let inside = |(least, most): (Option<i64>, Option<i64>), number: i64| {
            least.is_none_or(|least| least <= number) && most.is_none_or(|most| number <= most)
        };
        prop_assume!(old.0.unwrap_or(-9) <= old.1.unwrap_or(9));
        prop_assume!(new.0.unwrap_or(-9) <= new.1.unwrap_or(9));
        let lost = (-9..=9).any(|number| inside(old, number) && !inside(new, number));
        let mut then = description();
        then.facts[0].shape = integer(old.0, old.1);
        let mut now = description();
        now.facts[0].shape = integer(new.0, new.1);
        let named = !OLD.with(|cache| cache.breaks(&then, &now)).is_empty();
        prop_assert_eq!(lost, named);
    }
}

thread_local! {
    static OLD: Cache = Cache::default();
}

/// Rulesets by description: opening one takes a compilation.
#[derive(Default)]
struct Cache(std::cell::RefCell<std::collections::HashMap<Description, Arc<Ruleset>>>);

impl Cache {
    fn breaks(&self, old: &Description, new: &Description) -> Vec<Defect> {
        let mut opened = self.0.borrow_mut();
        let old = opened.entry(old.clone()).or_insert_with(|| opened_any(old));
        breaks(old, &manifest(|text| text), new)
    }
}

fn difference(old: &Package, new: &Package) -> Difference {
    let engine = engine();
    let (from, to) = (ready(&engine, old), ready(&engine, new));
    Difference::between(Side { ruleset: &from, package: old }, Side { ruleset: &to, package: new })
}

#[test]
fn a_version_does_not_differ_from_itself() {
    let same = package(files(hostile("honest", &description())));
    let difference = difference(&same, &same);
    assert!(difference.same && !difference.component_changed);
    let json = serde_json::to_value(&difference).unwrap();
    for (name, member) in json.as_object().unwrap() {
        assert!(member.as_array().is_none_or(Vec::is_empty), "{name}: {member}");
    }
}

#[test]
fn a_changed_value_shows_with_its_day_and_both_sources() {
    let old = files(hostile("honest", &description()));
    let parameters = PARAMETERS
        .replace("value = 10", "value = 11")
        .replace("Agreement of 2019, item 1", "Agreement of 2019, item 7")
        + "[[bonus]]\nfrom = 2021-07-01\nvalue = 30\nsource = \"Agreement of 2021\"\n";
    let new = with(old.clone(), "parameters.toml", &parameters);
    let difference = difference(&package(old), &package(new));
    let [changed, added] = difference.values.as_slice() else { panic!("{difference:?}") };
    assert_eq!((&*changed.parameter, changed.change), ("bonus", Change::Changed));
    assert_eq!(changed.from.to_string(), "2020-01-01");
    let (old, new) = (changed.old.as_ref().unwrap(), changed.new.as_ref().unwrap());
    assert_eq!((&old.value, &new.value), (&"10".into(), &"11".into()));
    assert_eq!(old.source, "Agreement of 2019, item 1");
    assert_eq!(new.source, "Agreement of 2019, item 7");
    assert_eq!((added.change, added.from.to_string()), (Change::Added, "2021-07-01".to_owned()));
    assert!(difference.breaks.is_empty(), "values are the law's, not a promise to callers");
}

#[test]
fn a_table_that_is_dated_row_by_row_differs_row_by_row() {
    let old = shipped("gb/payroll");
    let text = old.parameters();
    let at = text.find("row = {").unwrap();
    let line = text[at..].lines().next().unwrap();
    let start = text[..at].rfind("[[").unwrap();
    let source = text[start..at].lines().find(|line| line.starts_with("source")).unwrap();
    let entry = &text[start..at + line.len()];
    let changed = entry.replace(source, "source = \"Another publication\"");
    let mut files: crate::support::Files =
        old.files().map(|(path, content)| (path.to_owned(), content.to_vec())).collect();
    files.insert("parameters.toml".to_owned(), text.replacen(entry, &changed, 1).into_bytes());
    // A source that is gone has no name in another language.
    files.retain(|path, _| path != "texts/zh.toml");
    let manifest = String::from_utf8(files["ruleset.toml"].clone()).unwrap();
    let manifest = manifest.replace(", \"zh\"", "").replace("\"zh\", ", "");
    files.insert("ruleset.toml".to_owned(), manifest.into_bytes());
    let difference = difference(&old, &package(files));
    assert_eq!(difference.values.len(), 1, "{:?}", difference.values);
    assert!(difference.values[0].key.contains(" = "), "{:?}", difference.values[0].key);
    assert_eq!(difference.values[0].new.as_ref().unwrap().source, "Another publication");
}

#[test]
fn declarations_cases_and_texts_that_differ_are_named() {
    let old = files(hostile("honest", &description()));
    let mut declared = description();
    declared.items[0].category = "other".to_owned();
    declared.facts[0].meaning = "Another number.".to_owned();
    let mut new = files(hostile("honest", &declared));
    new.remove("cases/two.toml");
    let new = with(new, "cases/one.toml", &case("1", "11").replace("A number", "One number"));
    let new = with(new, "cases/three.toml", &case("3", "13"));
    let new = with(new, "texts/zh.toml", &crate::support::CHINESE.replace("结果", "答案"));
    let difference = difference(&package(old), &package(new));
    assert!(difference.component_changed);
    assert_eq!(difference.facts[0].properties[0].name, "meaning");
    assert_eq!(difference.items[0].properties[0].to.as_deref(), Some("other"));
    let cases: Vec<_> =
        difference.cases.iter().map(|case| (case.name.as_str(), case.change)).collect();
    assert_eq!(
        cases,
        [
            ("cases/one.toml", Change::Changed),
            ("cases/two.toml", Change::Removed),
            ("cases/three.toml", Change::Added),
        ]
    );
    assert_eq!(difference.cases[0].properties[0].name, "title");
    assert_eq!((&*difference.texts[0].name, difference.texts[0].change), ("zh", Change::Changed));
    assert_eq!(difference.breaks[0].key, "items.answer.category");
}
