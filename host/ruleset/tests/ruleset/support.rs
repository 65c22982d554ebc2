//! Rulesets in memory around rules in text format, and the rulesets of the repository.

#[allow(dead_code, reason = "the engine's tests use more of it")]
#[path = "../../../engine/tests/promises/support/mod.rs"]
mod rules;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rust_decimal::Decimal;
use serde_json::{Map, Value as Json};
use stele_engine::contract::{
    Column, DecimalBounds, Description, Field, Origin, ScalarKind, Shape,
};
use stele_engine::{Engine, Settings};
use stele_ruleset::{CheckFailure, Package, Published, Report, Ruleset};
use stele_words::Words;

pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// Every folder with a manifest, as `cn/payroll`.
pub(crate) fn names() -> Vec<String> {
    fn walk(folder: &Path, prefix: &str, names: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if !path.is_dir() {
                continue;
            }
            let name = format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
            if path.join("ruleset.toml").is_file() {
                names.push(name);
            } else {
                walk(&path, &format!("{name}/"), names);
            }
        }
    }
    let mut names_found = Vec::new();
    walk(&repository().join("rulesets"), "", &mut names_found);
    names_found.sort();
    assert!(names_found.len() >= 6, "rulesets found: {names_found:?}");
    names_found
}

/// The numbers in a text, without their signs, by the customs of a language.
pub(crate) fn numbers(text: &str, words: &Words) -> BTreeSet<Decimal> {
    // Both signs of the language, from a number that has them.
    let sample = words.number("11111.5");
    let mut signs = sample.chars().filter(|letter| !letter.is_ascii_digit());
    let (thousands, point) = (signs.next().unwrap(), signs.next().unwrap());
    let digits = |letter: char| letter.is_ascii_digit() || letter == thousands || letter == point;
    let parsed = text.split(|letter: char| !digits(letter)).filter_map(|number| {
        let number = number.trim_end_matches([thousands, point]).replace(thousands, "");
        number.replace(point, ".").parse().ok()
    });
    parsed.collect()
}

/// The description of the text-format rules: fact `number`, parameter `bonus`, item `answer`.
pub(crate) fn description() -> Description {
    rules::description()
}

/// A rule of the text of its functions.
pub(crate) fn from_text(body: &str, description: &Description) -> Vec<u8> {
    rules::from_text(body, description)
}

pub(crate) fn engine() -> Engine {
    Engine::new(Settings::default()).unwrap()
}

/// A rule of the engine's hostile tests, with the description given.
pub(crate) fn hostile(name: &str, description: &Description) -> Vec<u8> {
    let file = repository().join(format!("host/engine/tests/hostile/{name}.wat"));
    from_text(&std::fs::read_to_string(file).unwrap(), description)
}

/// Files of a ruleset around the text-format rule that adds a bonus to a number.
pub(crate) fn files(component: Vec<u8>) -> Files {
    let mut files = Files::new();
    let mut add = |path: &str, text: &str| {
        files.insert(path.to_owned(), text.as_bytes().to_vec());
    };
    add("ruleset.toml", MANIFEST);
    add("parameters.toml", PARAMETERS);
    add("cases/one.toml", &case("1", "11"));
    add("cases/two.toml", &case("2", "12"));
    add("texts/en.toml", ENGLISH);
    add("texts/zh.toml", CHINESE);
    files.insert("component.wasm".to_owned(), component);
    files
}

pub(crate) const MANIFEST: &str = r#"
name = "test/bonus"
version = "1.0.0"
kind = "points"
languages = ["en", "zh"]
component = "text-rule"
[validity]
from = 2020-01-01
until = 2021-12-31
"#;

pub(crate) const PARAMETERS: &str = r#"
[[bonus]]
from = 2020-01-01
value = 10
source = "Agreement of 2019, item 1"
[[bonus]]
from = 2021-01-01
value = "20"
source = "Agreement of 2020, item 1"
unconfirmed = true
"#;

pub(crate) const ENGLISH: &str = r#"
title = "Bonus"
[facts]
number = "Number"
[items]
answer = "Answer"
other_answer = "Other answer"
"#;

pub(crate) const CHINESE: &str = r#"
title = "奖金"
[facts]
number = "数字"
[items]
answer = "结果"
other_answer = "其他结果"
[findings]
too_much = "{actual}超过{limit}。"
[steps]
addition = "在{number}上加奖金。"
[parameters]
bonus = "奖金"
"#;

/// A case of 2020.
pub(crate) fn case(number: &str, answer: &str) -> String {
    format!(
        "title = \"A number\"\ndate = 2020-06-30\n[facts]\nnumber = {number}\n\
         [expect]\ncomplete = true\n[expect.lines]\nanswer = \"{answer}\"\n"
    )
}

/// The files with one of them replaced.
pub(crate) fn with(mut files: Files, path: &str, text: &str) -> Files {
    files.insert(path.to_owned(), text.as_bytes().to_vec());
    files
}

pub(crate) fn package(files: Files) -> Package {
    Package::from_files(files).unwrap()
}

/// The honest ruleset in memory.
pub(crate) fn honest() -> Files {
    files(hostile("honest", &description()))
}

pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A ruleset of the repository with its built rule.
pub(crate) fn shipped(name: &str) -> Package {
    let rules = repository().join("target/rules");
    Package::from_folder(&repository().join("rulesets").join(name), &rules).unwrap_or_else(
        |error| panic!("{name}: {error}\nThe rules are built by: cargo xtask rules"),
    )
}

pub(crate) fn open(engine: &Engine, name: &str) -> Arc<Ruleset> {
    ready(engine, &shipped(name))
}

/// A package made ready, for whoever can not wait for it himself.
pub(crate) fn ready(engine: &Engine, package: &Package) -> Arc<Ruleset> {
    let opening = || {
        let waiting = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        waiting.block_on(Ruleset::open(engine, package)).unwrap_or_else(|error| panic!("{error}"))
    };
    std::thread::scope(|scope| scope.spawn(opening).join().unwrap())
}

/// The report of a package that must be refused.
pub(crate) fn report_of(outcome: Result<Published, CheckFailure>) -> Report {
    match outcome {
        Err(CheckFailure::Refused(refused)) => refused.report,
        other => panic!("it must be refused: {other:?}"),
    }
}

pub(crate) fn object(text: &str) -> Map<String, Json> {
    serde_json::from_str(text).unwrap()
}

pub(crate) fn decimal(
    minimum: Option<&str>,
    maximum: Option<&str>,
    decimals: Option<u8>,
) -> ScalarKind {
    let bound = |text: &str| stele_ruleset::decimal_from_text(text).unwrap().into();
    ScalarKind::Decimal(DecimalBounds {
        minimum: minimum.map(bound),
        maximum: maximum.map(bound),
        decimals,
    })
}

pub(crate) fn field(name: &str, shape: Shape) -> Field {
    Field {
        name: name.to_owned(),
        meaning: "A field.".to_owned(),
        unit: None,
        required: true,
        origin: Origin::Caller,
        shape,
    }
}

pub(crate) fn column(name: &str, kind: ScalarKind, key: bool) -> Column {
    Column {
        name: name.to_owned(),
        meaning: "A column.".to_owned(),
        unit: None,
        required: true,
        kind,
        key,
        selected_by: None,
    }
}
