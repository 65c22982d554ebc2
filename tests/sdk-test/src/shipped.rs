//! A ruleset of this repository beside its rule as Rust code.

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Map, Value as Json};
use stele_engine::Failure;
use stele_engine::contract::{Description, Value};
use stele_ruleset::{
    COMPONENT_FILE, CalculationError, Case, FaultReport, InForce, MANIFEST_FILE, Manifest, Money,
    PARAMETERS_FILE, Package, Parameters, fact_pointer, read_facts_with,
};
use stele_sdk::contract::Place;
use stele_sdk::prelude::*;

use crate::contract;

/// What a rule yields.
pub type Written<R> = Outcome<<R as Rule>::Item, <R as Rule>::Finding, <R as Rule>::Step>;

/// A ruleset of this repository, read against the rule's own description.
pub struct Shipped<R: Rule> {
    package: Package,
    description: Description,
    parameters: Parameters,
    money: Money,
    cases: Vec<Case>,
    rule: PhantomData<fn() -> R>,
}

impl<R: Rule> Shipped<R> {
    /// The ruleset in `rulesets/`, such as `cn/payroll`. Stops with every defect of its files.
    pub fn open(ruleset: &str) -> Self {
        let package = package(&repository("rulesets").join(ruleset));
        let manifest = package.manifest();
        let description = contract::description(stele_sdk::describe::<R>());
        let parameters = Parameters::parse(package.parameters(), &description, manifest.validity)
            .unwrap_or_else(|defects| panic!("{ruleset}: {defects:#?}"));
        let case = |(file, text)| {
            Case::parse(file, text, &description)
                .unwrap_or_else(|defects| panic!("{ruleset}: {defects:#?}"))
        };
        let cases = package.cases().map(case).collect();
        let money = Money::new(&description, manifest);
        Self { description, parameters, money, cases, package, rule: PhantomData }
    }

    /// What the ruleset says of itself.
    pub fn manifest(&self) -> &Manifest {
        self.package.manifest()
    }

    /// The files, without a component.
    pub fn package(&self) -> &Package {
        &self.package
    }

    /// What the rule takes and yields, as the host reads it.
    pub fn description(&self) -> &Description {
        &self.description
    }

    /// The dated parameters.
    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// Every case, in the order of the files.
    pub fn cases(&self) -> &[Case] {
        &self.cases
    }

    /// The law on a day for which the ruleset holds.
    pub fn law(&self, date: Date) -> R::Parameters {
        self.try_law(date).unwrap_or_else(|error| panic!("{error}"))
    }

    /// The law on a day, or why there is none.
    pub fn try_law(&self, date: Date) -> Result<R::Parameters, CalculationError> {
        let in_force = self.in_force(date)?;
        let values = in_force.values().iter().cloned().map(contract::value).collect();
        let law = <R::Parameters as stele_sdk::Parameters>::read(values);
        let checked = law.and_then(|law| R::check(&law).map(|()| law));
        checked.map_err(|fault| self.refused(fault, in_force))
    }

    /// Facts by name that are known to be good.
    pub fn facts(&self, facts: &Map<String, Json>, date: Date) -> R::Facts {
        self.try_facts(facts, date).unwrap_or_else(|error| panic!("{}", shown(&error)))
    }

    /// Facts by name, or all that is wrong with them.
    pub fn try_facts(
        &self,
        facts: &Map<String, Json>,
        date: Date,
    ) -> Result<R::Facts, CalculationError> {
        let in_force = self.in_force(date)?;
        let values: Vec<Value> = read_facts_with(&self.description, facts, |_| None, date)
            .map_err(CalculationError::InvalidFacts)?;
        let values = values.into_iter().map(contract::value).collect();
        <R::Facts as Facts>::read(values).map_err(|fault| self.refused(fault, in_force))
    }

    /// Facts on a day, written as in a case, that are known to be good.
    pub fn facts_in_toml(&self, text: &str, date: Date) -> R::Facts {
        let text = format!("title = \"facts\"\ndate = {date}\n[expect.lines]\n[facts]\n{text}");
        let case = Case::parse("facts", &text, &self.description)
            .unwrap_or_else(|defects| panic!("{defects:#?}"));
        self.facts(&case.facts, date)
    }

    /// The sources of the law that a step of that name shows beside a result with these facts.
    pub fn sources(&self, step: &str, facts: &Map<String, Json>, date: Date) -> Vec<&str> {
        let read = read_facts_with(&self.description, facts, |_| None, date);
        let facts = read.unwrap_or_else(|errors| panic!("{errors:#?}"));
        let in_force = self.in_force(date).unwrap_or_else(|error| panic!("{error}"));
        let kind = self.description.steps.iter().find(|kind| kind.name == step);
        let parameters = kind.into_iter().flat_map(|kind| &kind.parameters);
        let used = parameters
            .flat_map(|position| self.parameters.used(in_force, *position as usize, &facts));
        used.map(|entry| entry.source.as_str()).collect()
    }

    /// What the rule says to facts by name, with its explanation.
    pub fn calculate(
        &self,
        facts: &Map<String, Json>,
        date: Date,
    ) -> Result<Written<R>, CalculationError> {
        let law = self.try_law(date)?;
        let facts = self.try_facts(facts, date)?;
        let in_force = self.in_force(date)?;
        evaluate::<R>(&law, &facts, true).map_err(|fault| self.refused(fault, in_force))
    }

    /// What the host takes over of what the rule wrote.
    pub(crate) fn accepted(
        &self,
        out: Written<R>,
    ) -> Result<stele_ruleset::Outcome, CalculationError> {
        let outcome = contract::outcome(out.into_contract());
        let accepted = stele_ruleset::Outcome::accept(outcome, &self.description, &self.money);
        accepted.map_err(|failure: Failure| failure.into())
    }

    /// Where a fault is, as a JSON pointer inside the facts; nothing where no fact is at fault.
    pub fn pointer(&self, fault: &Fault) -> String {
        let Place::Fact(cell) = fault.place() else { return String::new() };
        fact_pointer(&self.description.facts, &contract::cell(*cell)).unwrap_or_default()
    }

    pub(crate) fn in_force(&self, date: Date) -> Result<&Arc<InForce>, CalculationError> {
        let manifest = self.manifest();
        self.parameters.on(&self.description, date).ok_or_else(|| {
            CalculationError::OutsideHorizon {
                ruleset: manifest.name.clone(),
                version: manifest.version.clone(),
                date,
                horizon: manifest.validity,
                citation: manifest.validity_source.clone(),
            }
        })
    }

    fn refused(&self, fault: Fault, in_force: &InForce) -> CalculationError {
        let fault = contract::fault(&fault);
        let report = FaultReport::of(fault, &self.description, &self.parameters, in_force);
        CalculationError::Fault(report)
    }
}

/// One evaluation.
pub(crate) fn evaluate<R: Rule>(
    law: &R::Parameters,
    facts: &R::Facts,
    explain: bool,
) -> Result<Written<R>, Fault> {
    let mut out = Outcome::new(explain);
    R::evaluate(law, facts, &mut out)?;
    Ok(out)
}

/// The error with every wrong fact.
fn shown(error: &CalculationError) -> String {
    match error {
        CalculationError::InvalidFacts(errors) => {
            errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}

/// The folder of a ruleset as a package whose component is left out: what runs is the rule's own
/// code.
fn package(folder: &Path) -> Package {
    let mut files = BTreeMap::from([(COMPONENT_FILE.to_owned(), Vec::new())]);
    let mut add = |name: String| {
        let path = folder.join(&name);
        let content = std::fs::read(&path);
        files.insert(name, content.unwrap_or_else(|error| panic!("{}: {error}", path.display())));
    };
    add(MANIFEST_FILE.to_owned());
    add(PARAMETERS_FILE.to_owned());
    for inside in [stele_ruleset::CASES_FOLDER, stele_ruleset::TEXTS_FOLDER] {
        let path = folder.join(inside);
        let entries = std::fs::read_dir(&path);
        let entries = entries.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for entry in entries {
            let name = entry.expect("an entry of the folder").file_name();
            add(format!("{inside}{}", name.to_string_lossy()));
        }
    }
    Package::from_files(files).unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
}

/// A file or folder of the repository.
fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// The rows of a sample of what an independent program answers, or of the whole file where `ORACLES`
/// names the folder that holds it; see `tests/conformance/samples/README.md`.
pub fn oracle(file: &str) -> Vec<Json> {
    let folder = std::env::var_os("ORACLES").map(PathBuf::from);
    let path = folder.unwrap_or_else(|| repository("tests/conformance/samples")).join(file);
    let text = std::fs::read_to_string(&path);
    let text = text.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.lines().map(|line| serde_json::from_str(line).expect("a row")).collect()
}

/// A decimal from its text.
pub fn amount(text: &str) -> Decimal {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// A date from its text.
pub fn day(text: &str) -> Date {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// A JSON object, for facts: texts, but for `true` and `false`.
pub fn facts(pairs: &[(&str, &str)]) -> Map<String, Json> {
    let pair = |(name, value): &(&str, &str)| {
        let value = value.parse::<bool>().map_or_else(|_| Json::from(*value), Json::from);
        ((*name).to_owned(), value)
    };
    pairs.iter().map(pair).collect()
}
