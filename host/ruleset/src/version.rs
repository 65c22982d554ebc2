//! One version of a ruleset, ready to calculate.

use std::sync::Arc;

use serde_json::Value as Json;
use stele_digest::Digest;
use stele_engine::contract::{self, Description, Field};
use stele_engine::{CheckError, Engine, Exactness, Rejection, Rule};

use super::calculation::Calculation;
use super::canonical::Layout;
use super::defect::Defect;
use super::facts::{self, FieldError};
use super::formula::{Calculated, Formulas};
use super::leaves_out::Touches;
use super::manifest::{Manifest, RulesetName};
use super::outcome::Money;
use super::package::Package;
use super::parameters::Parameters;
use super::texts::Texts;

/// Why a stored package can't be made ready. It passed every check when it was published, so
/// either the store or the host has changed since.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The engine refuses the component.
    #[error("the component of {ruleset} {version} is refused: {rejection}")]
    Rejected {
        /// Name of the ruleset.
        ruleset: RulesetName,
        /// Its version.
        version: semver::Version,
        /// What the engine said.
        rejection: Rejection,
    },
    /// The engine has no room or can not do it: nothing is said of the version.
    #[error("{ruleset} {version} can not be made ready: {error}")]
    Engine {
        /// Name of the ruleset.
        ruleset: RulesetName,
        /// Its version.
        version: semver::Version,
        /// What the engine said: busy, or a failure of the host.
        error: CheckError,
    },
    /// Parameters or texts don't fit the component.
    #[error("{ruleset} {version}: {}", .defects.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Defective {
        /// Name of the ruleset.
        ruleset: RulesetName,
        /// Its version.
        version: semver::Version,
        /// Everything that is wrong.
        defects: Vec<Defect>,
    },
}

/// One version of a ruleset: its rule compiled, its parameters typed, its texts resolved. It is
/// immutable and shared; calculating takes nothing but a reference.
#[derive(Debug)]
pub struct Ruleset {
    manifest: Manifest,
    digest: Digest,
    rule: Rule,
    parameters: Parameters,
    texts: Texts,
    touches: Touches,
    layout: Layout,
    money: Money,
    formulas: Formulas,
}

/// What was read of a package against what its rule declares.
pub(crate) struct Parts {
    pub(crate) parameters: Parameters,
    pub(crate) texts: Texts,
    pub(crate) touches: Touches,
}

impl Ruleset {
    /// Makes a package that was checked before ready. Compiles the component, or takes the
    /// compiled code from the engine's cache: some milliseconds to some hundred, so do it when the
    /// version is first needed. Takes turns at the compiler with other packages.
    pub async fn open(engine: &Engine, package: &Package) -> Result<Arc<Self>, OpenError> {
        let manifest = package.manifest();
        let name = || (manifest.name.clone(), manifest.version.clone());
        let defective = |defects| {
            let (ruleset, version) = name();
            OpenError::Defective { ruleset, version, defects }
        };
        let turn = package.digest().to_string();
        let rule = engine.load(&turn, package.component(), exactness(manifest)).await;
        let rule = rule.map_err(|error| {
            let (ruleset, version) = name();
            match error {
                CheckError::Rejected(rejection) => {
                    OpenError::Rejected { ruleset, version, rejection }
                }
                error => OpenError::Engine { ruleset, version, error },
            }
        })?;
        let description = rule.description();
        let parameters = Parameters::parse(package.parameters(), description, manifest.validity)
            .map_err(defective)?;
        let texts =
            Texts::parse(package.texts(), manifest, description, &parameters).map_err(defective)?;
        let touches = Touches::of(&manifest.leaves_out, description).map_err(defective)?;
        let unknown = manifest.stored.check(description);
        if !unknown.is_empty() {
            return Err(defective(unknown));
        }
        Ok(Self::assemble(package, rule, Parts { parameters, texts, touches }))
    }

    /// Puts the parts together that were checked one by one.
    pub(crate) fn assemble(
        package: &Package,
        rule: Rule,
        Parts { parameters, texts, touches }: Parts,
    ) -> Arc<Self> {
        let manifest = package.manifest().clone();
        let layout = Layout::of(&rule.description().facts);
        let money = Money::new(rule.description(), &manifest);
        let formulas = Formulas::of(rule.description());
        Arc::new(Self {
            manifest,
            digest: package.digest(),
            rule,
            parameters,
            texts,
            touches,
            layout,
            money,
            formulas,
        })
    }

    /// What the version says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// What identifies the package.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// What identifies the component, which several rulesets may share.
    pub fn component_digest(&self) -> Digest {
        self.rule.digest()
    }

    /// What the rule takes and yields.
    pub fn description(&self) -> &Description {
        self.rule.description()
    }

    /// The dated parameters.
    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// Labels and sentences.
    pub fn texts(&self) -> &Texts {
        &self.texts
    }

    /// Which facts touch what the version leaves out.
    pub(crate) fn touches(&self) -> &Touches {
        &self.touches
    }

    /// The language, among those that the version speaks, that is best for a reader who wants
    /// these, in the order of preference.
    pub fn language(&self, wanted: &[&str]) -> &str {
        self.texts.language(wanted).tag()
    }

    /// The declared fact of a name.
    pub fn fact(&self, name: &str) -> Option<&Field> {
        self.description().facts.iter().find(|field| field.name == name)
    }

    /// Checks a value that will be handed in as a fact later. None: no fact has the name.
    pub fn check_fact(&self, name: &str, value: &Json) -> Option<Vec<FieldError>> {
        self.fact(name).map(|field| facts::check_one(field, value))
    }

    /// Has the compiled code kept for the next start: for a version that was accepted.
    pub async fn keep(&self, engine: &Engine) -> Result<(), CheckError> {
        engine.keep(&self.rule).await
    }

    pub(crate) fn rule(&self) -> &Rule {
        &self.rule
    }

    pub(crate) fn layout(&self) -> &Layout {
        &self.layout
    }

    /// A calculation of this version as its formulas see it.
    pub(crate) fn calculated<'a>(&'a self, calculation: &'a Calculation) -> Calculated<'a> {
        Calculated {
            description: self.description(),
            formulas: &self.formulas,
            manifest: &self.manifest,
            texts: &self.texts,
            in_force: &calculation.in_force,
            facts: &calculation.facts,
            outcome: &calculation.outcome,
        }
    }

    /// The version of the contract that the rule was made for.
    pub fn contract(&self) -> contract::Version {
        self.rule.contract()
    }

    /// Which items are money.
    pub fn money(&self) -> &Money {
        &self.money
    }
}

/// What the component may do with numbers. Payroll is exact whatever its manifest says.
pub(crate) fn exactness(manifest: &Manifest) -> Exactness {
    if manifest.exact || manifest.kind == PAYROLL {
        Exactness::Exact
    } else {
        Exactness::Approximate
    }
}

/// The kind that is always exact.
pub(crate) const PAYROLL: &str = "payroll";
