//! Dated parameters: complete, typed, and the right ones on each day.

use jiff::civil::{Date, date};
use proptest::prelude::*;
use stele_engine::contract::{Choice, Description, Scalar, ScalarKind, Shape, TableShape, Value};
use stele_ruleset::{CheckName, Defect, Horizon, Manifest, Parameters, check};

use crate::support::{
    MANIFEST, PARAMETERS, column, decimal, description, engine, field, honest, package, report_of,
    with,
};

const HORIZON: Horizon = Horizon { from: date(2020, 1, 1), until: date(2021, 12, 31) };

fn cities() -> ScalarKind {
    let choice = |name: &str| Choice { name: name.to_owned(), meaning: "A city.".to_owned() };
    ScalarKind::Choice(vec![choice("beijing"), choice("shanghai"), choice("guangzhou")])
}

/// A scalar `rate`, a table `brackets` that is dated as a whole, and a table `bases` that is dated
/// city by city.
fn declared() -> Description {
    let mut description = description();
    let rate = decimal(Some("0"), Some("1"), Some(4));
    let mut top = column("up_to", decimal(Some("0"), None, None), false);
    top.required = false;
    let whole =
        TableShape { columns: vec![top, column("rate", rate.clone(), false)], maximum_rows: 3 };
    let keyed = TableShape {
        columns: vec![
            column("city", cities(), true),
            column("floor", decimal(Some("0"), None, Some(2)), false),
        ],
        maximum_rows: 3,
    };
    description.facts.push(field("city", Shape::Scalar(cities())));
    description.parameters = vec![
        field("rate", Shape::Scalar(rate)),
        field("brackets", Shape::Table(whole)),
        field("bases", Shape::Table(keyed)),
    ];
    description
}

const SOUND: &str = r#"
[[rate]]
from = 2019-01-01
value = "0.1"
source = "Act, art. 1"
[[brackets]]
from = 2019-01-01
source = "Act, art. 2"
rows = [ { up_to = "100", rate = "0.1" }, { rate = "0.2" } ]
"#;

fn parse(text: &str) -> Result<Parameters, Vec<Defect>> {
    Parameters::parse(text, &declared(), HORIZON)
}

/// The problems of a text, as `key: expected …, found …`.
fn problems(text: &str) -> Vec<String> {
    let defects = parse(text).expect_err("it must be refused");
    assert!(defects.iter().all(|defect| defect.file == "parameters.toml"));
    defects
        .iter()
        .map(|defect| defect.to_string()["parameters.toml: ".len()..].to_owned())
        .collect()
}

fn rate_on(parameters: &Parameters, day: Date) -> Option<String> {
    let in_force = parameters.on(&declared(), day)?;
    match &in_force.values()[0] {
        Value::Scalar(Scalar::Decimal(value)) => {
            Some(rust_decimal::Decimal::try_from(*value).unwrap().to_string())
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_latest_entry_that_has_begun_is_in_force() {
    let text = format!("{SOUND}\n[[rate]]\nfrom = 2021-01-01\nvalue = \"0.2\"\nsource = \"Act\"\n");
    let parameters = parse(&text).unwrap();
    assert_eq!(rate_on(&parameters, date(2020, 1, 1)).as_deref(), Some("0.1"));
    assert_eq!(rate_on(&parameters, date(2020, 12, 31)).as_deref(), Some("0.1"));
    assert_eq!(rate_on(&parameters, date(2021, 1, 1)).as_deref(), Some("0.2"));
    assert_eq!(rate_on(&parameters, date(2021, 12, 31)).as_deref(), Some("0.2"));
    assert_eq!(parameters.changes(), [date(2020, 1, 1), date(2021, 1, 1)]);
}

#[test]
fn outside_of_the_horizon_nothing_is_in_force() {
    let parameters = parse(SOUND).unwrap();
    assert!(parameters.on(&declared(), date(2019, 12, 31)).is_none());
    assert!(parameters.on(&declared(), date(2022, 1, 1)).is_none());
}

#[test]
fn days_with_the_same_parameters_share_them() {
    let parameters = parse(SOUND).unwrap();
    let declared = declared();
    let first = parameters.on(&declared, date(2020, 1, 1)).unwrap();
    let last = parameters.on(&declared, date(2021, 12, 31)).unwrap();
    assert!(std::sync::Arc::ptr_eq(first, last));
}

#[test]
fn every_problem_is_reported_at_once() {
    let found = problems(
        r#"
        [[rate]]
        from = "2020-01-01"
        value = 0.1
        source = ""
        colour = "red"
        [[rate]]
        from = 2020-02-01
        until = 2020-01-01
        value = "1.00001"
        source = "Act"
        rows = []
        [[brackets]]
        from = 2020-01-01
        source = "Act"
        rows = [ { up_to = "-1", rate = "0.1" }, { rat = "0.2" } ]
        [[bases]]
        from = 2020-01-01
        source = "Notice"
        row = { city = "paris", floor = "1.005" }
        [[wages]]
        from = 2020-01-01
        value = "1"
        source = "Act"
        "#,
    );
    let expected = [
        "wages: expected a parameter that the rule declares, found an unknown name",
        "rate[0].colour: expected from, until, value, source, unconfirmed or note, found an unknown key",
        "rate[0].from: expected a date such as 2026-01-01, unquoted, found \"2020-01-01\"",
        "rate[0].source: expected law, article or publication, found nothing",
        "rate[0].value: expected a decimal from 0 to 1, at most 4 decimals, found a number with a point; write it in quotes",
        "rate[1].rows: expected from, until, value, source, unconfirmed or note, found an unknown key",
        "rate[1].until: expected a date on or after 2020-02-01, found 2020-01-01",
        "rate[1].value: expected a decimal from 0 to 1, at most 4 decimals, found \"1.00001\"",
        "brackets[0].rows[0].up_to: expected a decimal of at least 0, at most 28 digits, found \"-1\"",
        "brackets[0].rows[1].rat: expected a declared column, found an unknown name",
        "brackets[0].rows[1].rate: expected a decimal from 0 to 1, at most 4 decimals, found nothing",
        "bases[0].row.city: expected one of beijing, shanghai, guangzhou, found \"paris\"",
        "bases[0].row.floor: expected a decimal of at least 0, at most 2 decimals, found \"1.005\"",
    ];
    for expected in expected {
        assert!(
            found.iter().any(|found| found.starts_with(expected)),
            "missing: {expected}\nfound:\n{}",
            found.join("\n")
        );
    }
    assert_eq!(found.len(), expected.len(), "{}", found.join("\n"));
}

#[test]
fn a_gap_in_the_horizon_is_refused_with_its_days() {
    let text = r#"
        [[rate]]
        from = 2020-02-01
        until = 2020-12-31
        value = "0.1"
        source = "Act"
        [[rate]]
        from = 2021-02-01
        value = "0.2"
        source = "Act"
        [[brackets]]
        from = 2020-01-01
        source = "Act"
        rows = []
    "#;
    let horizon = "a value on every day from 2020-01-01 to 2021-12-31";
    assert_eq!(
        problems(text),
        [
            format!("rate: expected {horizon}, found none from 2020-01-01 to 2020-01-31"),
            format!("rate: expected {horizon}, found none from 2021-01-01 to 2021-01-31"),
        ]
    );
}

#[test]
fn an_entry_that_was_superseded_does_not_come_back() {
    let text = format!(
        "{SOUND}\n[[rate]]\nfrom = 2020-07-01\nuntil = 2020-12-31\nvalue = \"0.05\"\nsource = \"Act\"\n"
    );
    let found = problems(&text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].ends_with("found none from 2021-01-01 to 2021-12-31"), "{found:?}");
}

#[test]
fn two_entries_from_the_same_day_are_refused() {
    let row = |city: &str| {
        format!(
            "[[bases]]\nfrom = 2020-01-01\nsource = \"N\"\nrow = {{ city = \"{city}\", floor = \"1\" }}\n"
        )
    };
    let text = format!(
        "{SOUND}\n[[rate]]\nfrom = 2019-01-01\nvalue = \"0.2\"\nsource = \"Act\"\n{}{}{}",
        row("beijing"),
        row("shanghai"),
        row("beijing")
    );
    assert_eq!(
        problems(&text),
        [
            "rate[1].from: expected one entry from a day, found 2019-01-01, as in rate[0]",
            "bases[2].from: expected one entry from a day for city = \"beijing\", found 2020-01-01, as in bases[0]",
        ]
    );
}

#[test]
fn equal_values_have_the_same_digest_however_they_are_written() {
    let digest =
        |text: &str| parse(text).unwrap().on(&declared(), date(2020, 1, 1)).unwrap().digest();
    let other = SOUND.replace("\"0.1\"", "\"0.1000\"").replace("Act, art. 1", "Act, article 1");
    assert_eq!(digest(SOUND), digest(&other));
    assert_ne!(digest(SOUND), digest(&SOUND.replace("\"0.1\"", "\"0.1001\"")));
}

#[test]
fn a_file_of_broken_or_endless_toml_is_refused() {
    for text in ["[[rate]", "rate = 1", &"[".repeat(100_000), &"a.".repeat(50_000)] {
        assert!(parse(text).is_err());
    }
    let nested = format!("rate = {}1{}", "[".repeat(50_000), "]".repeat(50_000));
    assert!(parse(&nested).is_err());
}

/// An entry of `bases`: city, first day after 2019-12-01, length in days if it ends, floor.
type Row = (usize, i32, Option<i32>, u32);

fn toml_of(rows: &[Row]) -> String {
    let mut text = SOUND.to_owned();
    for (city, from, length, floor) in rows {
        let from = day(*from);
        let city = ["beijing", "shanghai", "guangzhou"][*city];
        text.push_str(&format!("[[bases]]\nfrom = {from}\nsource = \"N\"\n"));
        if let Some(length) = length {
            text.push_str(&format!("until = {}\n", day_after(from, *length)));
        }
        text.push_str(&format!("row = {{ city = \"{city}\", floor = {floor} }}\n"));
    }
    text
}

fn day(offset: i32) -> Date {
    day_after(date(2019, 12, 1), offset)
}

fn day_after(day: Date, days: i32) -> Date {
    day.checked_add(jiff::Span::new().days(days)).unwrap()
}

/// The simplest thing that can be right: of the rows of a city that have begun, the last; none if
/// it has ended.
fn naive(rows: &[Row], on: Date) -> Vec<(usize, u32)> {
    (0..3)
        .filter_map(|city| {
            let mut latest: Option<&Row> = None;
            for row in rows {
                let begun = row.0 == city && day(row.1) <= on;
                if begun && latest.is_none_or(|other| day(other.1) < day(row.1)) {
                    latest = Some(row);
                }
            }
            let (_, from, length, floor) = latest?;
            let ended = length.is_some_and(|length| day_after(day(*from), length) < on);
            (!ended).then_some((city, *floor))
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_picked_rows_are_those_of_a_naive_model(
        rows in proptest::collection::btree_map(
            (0usize..3, 0i32..760),
            (proptest::option::of(0i32..400), 0u32..1000),
            0..12,
        ),
        days in proptest::collection::vec(0i32..731, 20),
    ) {
        let rows: Vec<Row> =
            rows.into_iter().map(|((city, from), (length, floor))| (city, from, length, floor)).collect();
        let parameters = parse(&toml_of(&rows)).unwrap();
        for offset in days {
            let on = day_after(HORIZON.from, offset);
            let picked: Vec<(usize, u32)> =
                match &parameters.on(&declared(), on).unwrap().values()[2] {
                    Value::Table(rows) => rows
                        .iter()
                        .map(|row| match row.as_slice() {
                            [Scalar::Choice(city), Scalar::Decimal(floor)] => {
                                (*city as usize, u32::try_from(floor.low).unwrap())
                            }
                            other => panic!("{other:?}"),
                        })
                        .collect(),
                    other => panic!("{other:?}"),
                };
            prop_assert_eq!(picked, naive(&rows, on), "on {}", on);
        }
    }
}

#[test]
fn a_misspelt_name_is_told_which_one_it_was_meant_for() {
    let written = PARAMETERS.replacen("[[bonus]]", "[[bonsu]]", 1).replacen("source", "sauce", 1);
    let manifest = Manifest::parse(MANIFEST).unwrap();
    let found: Vec<String> = Parameters::parse(&written, &description(), manifest.validity)
        .expect_err("refused")
        .iter()
        .map(ToString::to_string)
        .collect();
    let meant =
        |name: &str| found.iter().any(|found| found.ends_with(&format!("did you mean {name}?")));
    assert!(meant("bonus"), "{found:?}");
    let written = PARAMETERS.replacen("source", "sourec", 1);
    let found =
        Parameters::parse(&written, &description(), manifest.validity).expect_err("refused");
    assert!(found.iter().any(|found| found.found.ends_with("did you mean source?")), "{found:?}");
}

#[tokio::test]
async fn blank_parameters_name_everything_that_the_rule_takes_and_pass_nowhere() {
    let blank = Parameters::blank(&description(), jiff::civil::date(2020, 1, 1));
    let manifest = Manifest::parse(MANIFEST).unwrap();
    let defects =
        Parameters::parse(&blank, &description(), manifest.validity).expect_err("refused");
    for field in &description().parameters {
        let key = format!("{}[0]", field.name);
        assert!(defects.iter().any(|defect| defect.key.starts_with(&key)), "{key}: {defects:?}");
        assert!(blank.contains(&format!("# {}", field.meaning)), "{blank}");
    }
    // A value that was written does not let a source pass that was not.
    let half = PARAMETERS.replace("Agreement of 2019, item 1", "TO BE WRITTEN: law or publication");
    let files = with(honest(), "parameters.toml", &half);
    let report = report_of(check(&engine(), &package(files)).await);
    assert_eq!(report.failed().unwrap().check, CheckName::Citations);
}
