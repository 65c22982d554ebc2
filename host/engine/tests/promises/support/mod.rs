//! Rules in text format, and engines to run them.

mod description;

use std::path::Path;
use std::sync::Arc;

use stele_engine::contract::{
    Argument, Description, Field, FindingKind, IntegerBounds, Item, Origin, Outcome, Scalar,
    ScalarKind, Severity, Shape, Source, StepKind, Value, Version,
};
use stele_engine::{
    CheckError, Digest, Engine, EvaluatorKey, Exactness, Failure, Rejection, Rule, Settings,
};
use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};
use wit_parser::Resolve;

/// Where the description lies in a rule's memory.
const DESCRIPTION: u32 = 4096;

/// The description of every text-format rule unless a test says otherwise.
pub(crate) fn description() -> Description {
    let integer = |name: &str| Field {
        name: name.to_owned(),
        meaning: "A number.".to_owned(),
        unit: None,
        required: true,
        origin: Origin::Caller,
        shape: Shape::Scalar(ScalarKind::Integer(IntegerBounds { minimum: None, maximum: None })),
    };
    let item = |name: &str| Item {
        name: name.to_owned(),
        meaning: "An answer.".to_owned(),
        category: "answer".to_owned(),
        unit: Some("points".to_owned()),
        citation: None,
    };
    Description {
        name: "text-rule".to_owned(),
        meaning: "Adds a bonus to a number.".to_owned(),
        facts: vec![integer("number")],
        parameters: vec![integer("bonus")],
        items: vec![item("answer"), item("other_answer")],
        figures: Vec::new(),
        findings: vec![FindingKind {
            name: "too_much".to_owned(),
            meaning: "{actual} is more than {limit}.".to_owned(),
            severity: Severity::Warning,
            unit: None,
            citation: None,
        }],
        steps: vec![StepKind {
            name: "addition".to_owned(),
            text: Some("The bonus is added to {number}.".to_owned()),
            formula: None,
            citation: None,
            arguments: vec![own("number")],
            parameters: vec![0],
        }],
    }
}

/// A value of a step alone.
pub(crate) fn own(name: &str) -> Argument {
    Argument { name: name.to_owned(), unit: None, source: Source::Own }
}

/// The file `tests/hostile/<name>.wat`.
pub(crate) fn hostile_text(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile");
    std::fs::read_to_string(folder.join(format!("{name}.wat"))).unwrap()
}

/// The rule of `tests/hostile/<name>.wat` as a component.
pub(crate) fn hostile(name: &str) -> Vec<u8> {
    described(name, &description())
}

/// The same with another description.
pub(crate) fn described(name: &str, description: &Description) -> Vec<u8> {
    from_text(&hostile_text(name), description)
}

/// A file of `tests/hostile` that is a whole component itself.
pub(crate) fn whole(name: &str) -> Vec<u8> {
    wat::parse_str(hostile_text(name)).unwrap()
}

/// A rule out of the text of its functions.
pub(crate) fn from_text(body: &str, description: &Description) -> Vec<u8> {
    from_text_of(Version::V1_1, body, description)
}

/// The same for a version of the contract.
pub(crate) fn from_text_of(version: Version, body: &str, description: &Description) -> Vec<u8> {
    encode(&module(version, body, description), &contract(version))
}

/// The same with everything that changes in its memory, as compiled languages have it: the
/// allocator's position and the bonus at 2000 and 2008 instead of in globals.
pub(crate) fn in_memory(body: &str) -> Vec<u8> {
    let mut text = module(Version::V1_1, body, &description());
    for (of_global, of_memory) in [
        (
            "(global $top (mut i32) (i32.const 65536))",
            "(data (i32.const 2000) \"\\00\\00\\01\\00\")",
        ),
        ("(global $bonus (mut i64) (i64.const 0))", ""),
        ("(global.get $top)", "(i32.load (i32.const 2000))"),
        ("(global.set $top ", "(i32.store (i32.const 2000) "),
        ("(global.get $bonus)", "(i64.load (i32.const 2008))"),
        ("(global.set $bonus ", "(i64.store (i32.const 2008) "),
    ] {
        text = text.replace(of_global, of_memory);
    }
    encode(&text, &contract(Version::V1_1))
}

/// A rule of `tests/hostile` built against a changed contract. It exports a function `run` too,
/// which counts only where the changed contract has one.
pub(crate) fn with_contract(name: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let body = format!("{} (func (export \"run\"))", hostile_text(name));
    let text = module(Version::V1_1, &body, &description());
    encode(&change(text), &change(contract(Version::V1_1)))
}

/// A rule made for one version of the contract under the name of another.
pub(crate) fn renamed(made_for: Version, named: Version, body: &str) -> Vec<u8> {
    let change = |text: String| text.replace(made_for.name(), named.name());
    encode(&change(module(made_for, body, &description())), &change(contract(made_for)))
}

/// A rule of `tests/hostile` whose memory begins with so many pages.
pub(crate) fn with_memory(name: &str, pages: u32) -> Vec<u8> {
    let text = module(Version::V1_1, &hostile_text(name), &description());
    let memory = format!("(memory (export \"memory\") {pages})");
    encode(&text.replace("(memory (export \"memory\") 2)", &memory), &contract(Version::V1_1))
}

/// The text of a version of the contract.
fn contract(version: Version) -> String {
    let file = match version {
        Version::V1_0 => "../../wit/version-1.0/rule.wit",
        Version::V1_1 => "../../wit/rule.wit",
    };
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()
}

/// The text of the core module: the template with the body in it.
fn module(version: Version, body: &str, description: &Description) -> String {
    let (data, address) = description::lay_out(description, version, DESCRIPTION);
    let data: String = data.iter().map(|byte| format!("\\{byte:02x}")).collect();
    let mut functions = body.to_owned();
    for (name, default) in [
        ("(func $describe ", "(func $describe (result i32) (call $described))"),
        (
            "(func $create ",
            "(func $create (param $parameters i32) (param $count i32) (result i32)
               (global.set $bonus (call $number (local.get $parameters)))
               (call $created))",
        ),
        (
            "(func $evaluate ",
            "(func $evaluate (param i32) (param i32) (param i32) (param i32) (result i32)
               (call $line (i32.const 0) (i64.const 1)))",
        ),
    ] {
        if !body.contains(name) {
            functions.push_str(default);
        }
    }
    include_str!("template.wat")
        .replace("{{version}}", version.name())
        .replace("{{description}}", &address.to_string())
        .replace("{{data}}", &data)
        .replace("{{body}}", &functions)
}

/// The component of a core module.
fn encode(text: &str, contract: &str) -> Vec<u8> {
    let mut module = wat::parse_str(text).unwrap();
    let mut resolve = Resolve::default();
    let package = resolve.push_str("rule.wit", contract).unwrap();
    let world = resolve.select_world(&[package], Some("rule-component")).unwrap();
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8).unwrap();
    // Not validated: some of these rules are not valid, and the engine is who must see it.
    ComponentEncoder::default().validate(false).module(&module).unwrap().encode().unwrap()
}

/// An engine with small limits, so that tests meet them soon.
pub(crate) fn engine(change: impl FnOnce(&mut Settings)) -> Engine {
    let mut settings = Settings {
        evaluators: 4.try_into().unwrap(),
        queue_wait: std::time::Duration::from_millis(100),
        ..Settings::default()
    };
    change(&mut settings);
    Engine::new(settings).unwrap()
}

/// A rule that passes every check.
pub(crate) fn rule(engine: &Engine, name: &str) -> Rule {
    check(engine, &hostile(name), Exactness::Exact).unwrap()
}

/// What the engine says of a component, for whoever can not wait for it himself. It is never busy.
pub(crate) fn check(
    engine: &Engine,
    bytes: &[u8],
    exactness: Exactness,
) -> Result<Rule, Rejection> {
    settled(|| now(engine.check("test", bytes, exactness)))
}

/// The same of one that was checked before.
pub(crate) fn load(engine: &Engine, bytes: &[u8], exactness: Exactness) -> Result<Rule, Rejection> {
    settled(|| now(engine.load("test", bytes, exactness)))
}

fn settled(checking: impl FnOnce() -> Result<Rule, CheckError> + Send) -> Result<Rule, Rejection> {
    match std::thread::scope(|scope| scope.spawn(checking).join().unwrap()) {
        Ok(rule) => Ok(rule),
        Err(CheckError::Rejected(rejection)) => Err(rejection),
        Err(error) => panic!("{error}"),
    }
}

/// Waits on this thread.
pub(crate) fn now<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// The one fact or parameter.
pub(crate) fn number(number: i64) -> Arc<[Value]> {
    vec![Value::Scalar(Scalar::Integer(number))].into()
}

/// The key of a holder with a bonus.
pub(crate) fn key(rule: &Rule, holder: &str, bonus: i64) -> EvaluatorKey {
    EvaluatorKey {
        holder: holder.into(),
        component: rule.digest(),
        parameters: Digest::of(&bonus.to_le_bytes()),
    }
}

/// The amount of an outcome's only line.
pub(crate) fn amount(outcome: &Outcome) -> i64 {
    assert_eq!(outcome.lines.len(), 1);
    let amount = rust_decimal::Decimal::try_from(outcome.lines[0].amount).unwrap();
    amount.try_into().unwrap()
}

/// One evaluation on a fresh instance with bonus 0.
pub(crate) async fn evaluate(engine: &Engine, rule: &Rule, fact: i64) -> Result<Outcome, Failure> {
    let mut lease = engine.fresh(rule, &number(0)).await?;
    lease.evaluate(&number(fact), true).map(|evaluation| evaluation.outcome)
}
