//! What the formulas pay is what the Rust rule pays, through the host's engine.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use payroll_cn::ChinaPayroll;
use stele_engine::contract::{Description, Value};
use stele_engine::{Engine, EvaluatorKey, Exactness, Failure, Rule, Settings};
use stele_ruleset::{
    CheckFailure, FaultReport, Outcome, Package, Ruleset, check, normal_text, read_facts_with,
};
use stele_sdk_test::{Drawn, Shipped};

/// Months that are drawn: half of them have a payslip, the rest show what is refused.
const MONTHS: u64 = 40_000;

/// Fewest payslips that are compared.
const PAYSLIPS: u64 = 20_000;

/// A version that is asked.
struct Version {
    engine: Engine,
    ruleset: Arc<Ruleset>,
    rule: Rule,
}

/// What somebody is paid, or the fact for which the answer is refused.
#[derive(Debug, PartialEq)]
enum Answer {
    Paid {
        lines: Vec<String>,
        findings: Vec<String>,
    },
    Refused {
        fact: String,
    },
    /// The host takes no such outcome: two lines of the same item with the same subject.
    NotTaken,
}

impl Version {
    async fn open(engine: &Engine, package: &Package) -> Self {
        let ruleset = Ruleset::open(engine, package).await.unwrap();
        let rule = engine.check("test", package.component(), Exactness::Exact).await.unwrap();
        Self { engine: engine.clone(), ruleset, rule }
    }

    fn description(&self) -> &Description {
        self.ruleset.description()
    }

    /// What the version says to facts; nothing on a day of which it does not know the law.
    async fn answer(&self, Drawn { date, facts }: &Drawn) -> Option<Answer> {
        let (description, parameters) = (self.ruleset.description(), self.ruleset.parameters());
        let in_force = parameters.on(description, *date)?;
        let (component, digest) = (self.ruleset.component_digest(), in_force.digest());
        let key = EvaluatorKey { holder: "test".into(), component, parameters: digest };
        let mut lease = self.engine.lease(&self.rule, &key, in_force.values()).await.unwrap();
        Some(match lease.evaluate(facts, false) {
            Ok(evaluation) => {
                let money = self.ruleset.money();
                paid(Outcome::accept(evaluation.outcome, description, money).unwrap(), description)
            }
            Err(Failure::Fault(fault)) => {
                let report = FaultReport::of(fault, description, parameters, in_force);
                refused(report.pointer.as_deref())
            }
            Err(Failure::InvalidOutcome(_)) => Answer::NotTaken,
            Err(failure) => panic!("{failure}"),
        })
    }
}

/// A refusal of a cell is one of its fact.
fn refused(pointer: Option<&str>) -> Answer {
    let fact = pointer.and_then(|pointer| pointer.split('/').nth(1)).unwrap_or_default();
    Answer::Refused { fact: fact.to_owned() }
}

/// Lines and findings by name: each rule has an order of its own.
fn paid(outcome: Outcome, description: &Description) -> Answer {
    let line = |line: &stele_ruleset::Line| {
        let name = &description.items[line.item].name;
        format!("{name} {:?} {}", line.subject, normal_text(line.amount))
    };
    let finding = |finding: &stele_ruleset::Finding| {
        let name = &description.findings[finding.kind].name;
        let number = |number: Option<_>| number.map(normal_text);
        let (limit, actual) = (number(finding.limit), number(finding.actual));
        format!("{name} {:?} {:?} {limit:?} {actual:?}", finding.subject, finding.on)
    };
    let mut lines: Vec<String> = outcome.lines.iter().map(line).collect();
    let mut findings: Vec<String> = outcome.findings.iter().map(finding).collect();
    lines.sort();
    findings.sort();
    Answer::Paid { lines, findings }
}

fn shipped_package() -> Package {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    Package::from_folder(&root.join("rulesets/cn/payroll"), &root.join("target/rules"))
        .unwrap_or_else(|error| panic!("{error}\nThe rules are built by: cargo xtask rules"))
}

fn engine() -> Engine {
    Engine::new(Settings::default()).unwrap()
}

async fn both(engine: &Engine) -> [Version; 2] {
    let formulas = stele_cn_formulas::package().unwrap_or_else(|error| panic!("{error}"));
    [Version::open(engine, &shipped_package()).await, Version::open(engine, &formulas).await]
}

/// The two rules take the same facts and the same law, and yield the same items and findings.
#[tokio::test]
async fn the_two_declare_the_same() {
    let engine = engine();
    let [rust, formulas] = both(&engine).await;
    let names = |description: &Description| {
        let mut all = BTreeSet::new();
        let item = |item: &stele_engine::contract::Item| {
            format!("item {} {} {:?} {:?}", item.name, item.category, item.unit, item.citation)
        };
        all.extend(description.items.iter().map(item));
        let finding = |kind: &stele_engine::contract::FindingKind| {
            format!("finding {} {:?} {:?} {:?}", kind.name, kind.severity, kind.unit, kind.citation)
        };
        all.extend(description.findings.iter().map(finding));
        all
    };
    let (rust_names, formula_names) = (names(rust.description()), names(formulas.description()));
    let different: Vec<&String> = rust_names.symmetric_difference(&formula_names).collect();
    assert!(different.is_empty(), "{different:#?}");
    let fields = |fields: &[stele_engine::contract::Field]| {
        let field = |field: &stele_engine::contract::Field| (field.name.clone(), field.required);
        fields.iter().map(field).collect::<Vec<_>>()
    };
    assert_eq!(fields(&rust.description().facts), fields(&formulas.description().facts));
    assert_eq!(fields(&rust.description().parameters), fields(&formulas.description().parameters));
}

#[tokio::test]
async fn the_formulas_pass_every_check_of_a_publication() {
    let package = stele_cn_formulas::package().unwrap_or_else(|error| panic!("{error}"));
    let published = check(&engine(), &package).await;
    let report = match published {
        Ok(published) => published.report,
        Err(CheckFailure::Refused(refused)) => panic!("{:#?}", refused.report.failed()),
        Err(failed) => panic!("{failed}"),
    };
    assert!(report.cases.len() >= 40, "{} cases", report.cases.len());
}

#[tokio::test]
async fn every_shipped_case_gives_the_same_lines() {
    let engine = engine();
    let [rust, formulas] = both(&engine).await;
    let cases = Shipped::<ChinaPayroll>::open("cn/payroll");
    let mut compared = 0;
    for case in cases.cases() {
        let facts = |version: &Version| -> Result<Vec<Value>, Vec<String>> {
            let read = read_facts_with(version.description(), &case.facts, |_| None, case.date);
            read.map_err(|errors| errors.iter().map(|error| error.pointer.clone()).collect())
        };
        let (of_rust, of_formulas) = (facts(&rust), facts(&formulas));
        assert_eq!(of_rust, of_formulas, "{}", case.file);
        let Ok(facts) = of_rust else { continue };
        let asked = Drawn { date: case.date, facts };
        let expected = rust.answer(&asked).await;
        assert_eq!(formulas.answer(&asked).await, expected, "{}", case.file);
        compared += u64::from(expected.is_some());
    }
    assert!(compared >= 55, "{compared} cases have an answer");
}

#[tokio::test]
async fn twenty_thousand_payslips_of_random_months_are_the_same() {
    let engine = engine();
    let [rust, formulas] = both(&engine).await;
    let shipped = Shipped::<ChinaPayroll>::open("cn/payroll");
    let (mut payslips, mut refusals, mut different) = (0, BTreeMap::new(), Vec::new());
    for (number, month) in shipped.drawn(MONTHS).enumerate() {
        let expected = rust.answer(&month).await;
        let found = formulas.answer(&month).await;
        match &expected {
            Some(Answer::Paid { .. }) => payslips += 1,
            Some(Answer::Refused { fact }) => *refusals.entry(fact.clone()).or_insert(0) += 1,
            Some(Answer::NotTaken) | None => {}
        }
        if found != expected && different.len() < 5 {
            different.push(format!("{number}: {:?}\n{expected:#?}\n{found:#?}", month.facts));
        }
    }
    println!("{payslips} of {MONTHS} months have a payslip; refused: {refusals:?}");
    assert!(different.is_empty(), "{}", different.join("\n"));
    assert!(payslips >= PAYSLIPS, "only {payslips} of {MONTHS} months have a payslip");
}
