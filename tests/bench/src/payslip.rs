//! One payslip, ready to be computed over and over: through the engine on a warm evaluator, and by
//! the same formula compiled natively.

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, anyhow};
use jiff::civil::Date;
use serde_json::{Map, Value as Json};
use stele_engine::contract::Value;
use stele_engine::{Engine, EvaluatorKey, Exactness, Lease};
use stele_ruleset::{Case, Package, Ruleset, check, date_from_text};
use stele_sdk::Outcome;
use stele_sdk::prelude::{Facts, Parameters, Rule};

use crate::values::native;

/// Facts and parameters of one payslip, as they cross to the rule.
pub(crate) struct Payslip {
    package: Package,
    key: EvaluatorKey,
    /// One value a declared fact.
    pub(crate) facts: Vec<Value>,
    /// One value a declared parameter.
    pub(crate) parameters: Arc<[Value]>,
    /// How many lines it has.
    pub(crate) lines: usize,
}

impl Payslip {
    /// Publishes the ruleset of the repository and calculates once.
    pub(crate) async fn new(
        engine: &Engine,
        root: &Path,
        ruleset: &str,
        date: &str,
        facts: &Json,
    ) -> anyhow::Result<Self> {
        Self::of_package(engine, package(root, ruleset)?, date, facts).await
    }

    /// The same of a package.
    pub(crate) async fn of_package(
        engine: &Engine,
        package: Package,
        date: &str,
        facts: &Json,
    ) -> anyhow::Result<Self> {
        let (package, ruleset) = checked(engine, package).await?;
        let date = date_from_text(date).context("no date")?;
        Self::of(engine, package, &ruleset, date, facts.as_object().context("no object")?).await
    }

    /// The same of a case of the ruleset: its date and its facts.
    pub(crate) async fn of_case(
        engine: &Engine,
        root: &Path,
        ruleset: &str,
        case: &str,
    ) -> anyhow::Result<Self> {
        let (package, ruleset) = checked(engine, package(root, ruleset)?).await?;
        let text = package.cases().find(|(file, _)| file.ends_with(case));
        let (file, text) = text.with_context(|| format!("there is no case {case}"))?;
        let case = Case::parse(file, text, ruleset.description());
        let case = case.map_err(|defects| anyhow!("{defects:?}"))?;
        Self::of(engine, package, &ruleset, case.date, &case.facts).await
    }

    async fn of(
        engine: &Engine,
        package: Package,
        ruleset: &Ruleset,
        date: Date,
        facts: &Map<String, Json>,
    ) -> anyhow::Result<Self> {
        let holder: Arc<str> = "bench".into();
        let calculation = ruleset.calculate(engine, &holder, date, facts, false).await?;
        let key = EvaluatorKey {
            holder,
            component: ruleset.component_digest(),
            parameters: calculation.in_force.digest(),
        };
        Ok(Self {
            package,
            key,
            parameters: calculation.in_force.values().clone(),
            lines: calculation.outcome.lines.len(),
            facts: calculation.facts,
        })
    }

    /// The component.
    pub(crate) fn component(&self) -> &[u8] {
        self.package.component()
    }

    /// A warm evaluator with all limits.
    pub(crate) async fn lease(&self, engine: &Engine) -> anyhow::Result<Lease> {
        let rule = engine.check("bench", self.component(), Exactness::Exact).await?;
        Ok(engine.lease(&rule, &self.key, &self.parameters).await?)
    }

    /// The formula in this process, without a sandbox.
    pub(crate) fn native<R: Rule>(&self) -> anyhow::Result<impl FnMut() -> anyhow::Result<()>> {
        let fault = |fault| anyhow!("{fault:?}");
        let law = R::Parameters::read(self.parameters.iter().map(native::value).collect());
        let law = law.map_err(fault)?;
        let facts = R::Facts::read(self.facts.iter().map(native::value).collect());
        let facts = facts.map_err(fault)?;
        Ok(move || {
            let mut out: Outcome<R::Item, R::Finding, R::Step> = Outcome::new(false);
            R::evaluate(black_box(&law), black_box(&facts), &mut out).map_err(fault)?;
            black_box(out);
            Ok(())
        })
    }
}

/// A ruleset of the repository.
fn package(root: &Path, ruleset: &str) -> anyhow::Result<Package> {
    let folder = root.join("rulesets").join(ruleset);
    Ok(Package::from_folder(&folder, &root.join("target/rules"))?)
}

/// A package, checked as a publication checks it.
async fn checked(engine: &Engine, package: Package) -> anyhow::Result<(Package, Arc<Ruleset>)> {
    let published = check(engine, &package).await.map_err(|refused| anyhow!("{refused}"))?;
    Ok((package, published.ruleset))
}
