//! The checks of a publication, in their order: who signed; whether the component is what its formulas
//! give; the component (by the engine); then
//! whether manifest, parameters, texts and cases fit it, and whether callers of the version before
//! can call this one. The first check that fails ends it; the report says so of every check.

mod cases;
mod citations;
mod parameters;
mod progress;

use std::sync::Arc;
use std::time::Duration;

use stele_compute::{Compute, ComputeError, Turn};
use stele_digest::Digest;
use stele_engine::contract::{self, Description};
use stele_engine::{CheckError, Engine, Exactness, Failure, Lease, Rule};

use super::accumulator::misfits;
use super::cases::Case;
use super::defect::Defect;
use super::difference::breaks;
use super::formula_text::{NotMade, WrongFormula};
use super::leaves_out::Touches;
use super::manifest::{MANIFEST_FILE, Manifest};
use super::package::{Package, SIGNATURES_FILE};
use super::parameters::Parameters;
use super::report::{CheckName, Report};
use super::signature::{Subject, TrustPolicy};
use super::texts::Texts;
use super::version::{PAYROLL, Parts, Ruleset, exactness};
use progress::{Failed, Progress};

/// What a package is checked against, beside itself. The default trusts nobody, accepts unsigned
/// packages and knows no version before.
#[derive(Debug, Clone, Default)]
pub struct Conditions {
    /// For whom it is published: a tenant's identifier, or nothing for the house. Holders take
    /// turns at the compiler and at the processor.
    pub holder: Arc<str>,
    /// Whose signatures are trusted, and whether one is needed.
    pub trust: TrustPolicy,
    /// The version before, with the same major number, whose callers may call this one.
    pub previous: Option<Arc<Ruleset>>,
    /// The threads that run the rule, where others need them as well. None: in place, for a program
    /// that does nothing else.
    pub compute: Option<Compute>,
}

/// A package that holds in every check.
#[derive(Debug, Clone)]
pub struct Published {
    /// Ready to calculate.
    pub ruleset: Arc<Ruleset>,
    /// What was checked.
    pub report: Report,
}

/// A package that failed a check.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{} {} is refused: {}", report.ruleset, report.version, reason(report))]
pub struct Refused {
    /// Which check failed, and why.
    pub report: Report,
}

/// Why a package was not published.
#[derive(Debug, Clone, thiserror::Error)]
pub enum CheckFailure {
    /// It failed a check.
    #[error(transparent)]
    Refused(Box<Refused>),
    /// The engine has no room for its component, or can not compile at the moment: nothing is said
    /// of the package.
    #[error(transparent)]
    Engine(CheckError),
    /// The rule had no turn at the processor, or the checks were stopped: nothing is said of the
    /// package.
    #[error(transparent)]
    NotRun(#[from] ComputeError),
}

impl CheckFailure {
    fn refused(progress: Progress, failed: Failed) -> Self {
        Self::Refused(Box::new(Refused { report: progress.into_report(Some(failed)) }))
    }
}

fn reason(report: &Report) -> String {
    match report.failed() {
        Some(check) => format!("{}: {}", check.check.name(), check.detail),
        None => "the checks did not end".to_owned(),
    }
}

/// Runs every check on a package under the default conditions.
pub async fn check(engine: &Engine, package: &Package) -> Result<Published, CheckFailure> {
    check_under(engine, package, Conditions::default()).await
}

/// How long the checks wait for a turn before they give up. Who publishes can wait longer than who is
/// paid.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs every check on a package. Whatever runs the rule works in its publisher's turns. Dropping the
/// future ends it, wherever it is.
pub async fn check_under(
    engine: &Engine,
    package: &Package,
    conditions: Conditions,
) -> Result<Published, CheckFailure> {
    let Conditions { holder, trust, previous, compute } = conditions;
    let mut progress = Progress::new(package);
    progress.begin(CheckName::Signature);
    match signature(package, &trust) {
        Ok(signed) => progress.pass(signed),
        Err(failed) => return Err(CheckFailure::refused(progress, failed)),
    }
    progress.begin(CheckName::Formulas);
    match made_of_formulas(package) {
        Ok(made) => progress.pass(made),
        Err(failed) => return Err(CheckFailure::refused(progress, failed)),
    }
    let rule = match component(engine, package, &holder, &mut progress).await {
        Ok(rule) => rule,
        Err(CheckError::Rejected(rejection)) => {
            let failed = Failed::because(rejection.reason());
            return Err(CheckFailure::refused(progress, failed));
        }
        Err(error) => return Err(CheckFailure::Engine(error)),
    };
    let (engine, owned) = (engine.clone(), package.clone());
    let job = move |turn| async move {
        let previous = previous.as_deref();
        match run(&engine, &owned, previous, rule, &mut progress, turn).await {
            Ok(ruleset) => Ok(Published { ruleset, report: progress.into_report(None) }),
            Err(failed) => Err(CheckFailure::refused(progress, failed)),
        }
    };
    match compute {
        None => job(Turn::alone()).await,
        Some(compute) => compute
            .run_patiently(&holder, PATIENCE, job)
            .await
            .unwrap_or_else(|error| Err(error.into())),
    }
}

/// The checks after the one that compiles.
async fn run(
    engine: &Engine,
    package: &Package,
    previous: Option<&Ruleset>,
    rule: Rule,
    progress: &mut Progress,
    turn: Turn,
) -> Result<Arc<Ruleset>, Failed> {
    let (manifest, description) = (package.manifest(), rule.description());

    progress.begin(CheckName::Manifest);
    let mut defects = manifest_defects(manifest, description);
    defects.extend(misfits(manifest, description));
    let touches = Touches::of(&manifest.leaves_out, description);
    let touches = touches.unwrap_or_else(|unknown| {
        defects.extend(unknown);
        Touches::default()
    });
    if !defects.is_empty() {
        return Err(Failed::defects("the manifest does not fit the component", defects));
    }
    progress.pass(format!("{} {}, {}", manifest.name, manifest.version, manifest.kind));

    progress.begin(CheckName::Compatibility);
    progress.pass(compatibility(previous, manifest, description)?);

    progress.begin(CheckName::Parameters);
    let parameters = Parameters::parse(package.parameters(), description, manifest.validity)
        .map_err(|defects| Failed::defects("the parameters are not complete and valid", defects))?;
    let overlaps = parameters.overlaps(description);
    if !overlaps.is_empty() {
        return Err(Failed::defects("values hold at the same time", overlaps));
    }
    let unwritten = parameters::unwritten(description, &parameters);
    if !unwritten.is_empty() {
        return Err(Failed::defects("the parameters are not all written", unwritten));
    }
    let sets = parameters::accepted(engine, &rule, &parameters, turn).await?;
    progress.pass(format!("known from {}, {sets} different sets", manifest.validity));

    progress.begin(CheckName::Citations);
    let (cited, defects) = citations::of(manifest, description, &parameters);
    if !defects.is_empty() {
        return Err(Failed::defects("citations that no reader can look up", defects));
    }
    progress.pass(match cited {
        1 => "1 citation".to_owned(),
        cited => format!("{cited} citations"),
    });

    progress.begin(CheckName::Texts);
    let texts = Texts::parse(package.texts(), manifest, description, &parameters)
        .map_err(|defects| Failed::defects("the texts are not complete", defects))?;
    progress.pass(manifest.languages.join(", "));

    progress.begin(CheckName::Cases);
    let ruleset = Ruleset::assemble(package, rule, Parts { parameters, texts, touches });
    let cases = read_cases(package, ruleset.description())?;
    cases::run(engine, &ruleset, &cases, progress, turn).await?;
    Ok(ruleset)
}

/// Who signed, in a sentence.
fn signature(package: &Package, trust: &TrustPolicy) -> Result<String, Failed> {
    let envelope = package.signatures();
    let signers = trust.check(&Subject::of(package), envelope).map_err(|error| {
        let (expected, found) = error.expectation();
        let defect = Defect::new(SIGNATURES_FILE, "", expected, found);
        Failed::with(error.to_string(), vec![defect])
    })?;
    Ok(match (envelope, signers.as_slice()) {
        (None, _) => "not signed, which the policy accepts".to_owned(),
        (Some(envelope), []) => format!(
            "{} over this package, not verified: the policy trusts no key for {}",
            match envelope.signatures().len() {
                1 => "1 signature".to_owned(),
                many => format!("{many} signatures"),
            },
            package.manifest().name
        ),
        (Some(_), signers) => {
            let names: Vec<String> = signers.iter().map(ToString::to_string).collect();
            format!("signed by {}", names.join(", "))
        }
    })
}

/// What was reviewed is what runs: the component is made again.
fn made_of_formulas(package: &Package) -> Result<String, Failed> {
    let Some(formulas) = package.formula_text() else {
        return Ok("none: the rule was written as a component".to_owned());
    };
    let defects = |wrong: &[WrongFormula]| wrong.iter().map(WrongFormula::defect).collect();
    match formulas.gives(package.component()) {
        Ok(()) => {}
        Err(NotMade::Wrong(wrong)) => {
            return Err(Failed::defects("the formulas can not be read", defects(&wrong)));
        }
        Err(other) => return Err(Failed::because(other.to_string())),
    }
    match formulas.unused() {
        [] => Ok(format!("the component is what they give, by machine {}", formulas.machine())),
        unused => Err(Failed::defects("declared and used by nothing", defects(unused))),
    }
}

/// What the version before promised and this one keeps.
fn compatibility(
    previous: Option<&Ruleset>,
    manifest: &Manifest,
    description: &Description,
) -> Result<String, Failed> {
    let Some(previous) = previous else {
        return Ok(match manifest.version.major {
            0 => "versions 0 promise nothing".to_owned(),
            major => format!("the first version {major}"),
        });
    };
    let before = &previous.manifest().version;
    let breaks = breaks(previous, manifest, description);
    if breaks.is_empty() {
        return Ok(format!("whoever calls {before} can call it"));
    }
    let detail = match manifest.version.major.checked_add(1) {
        Some(next) => format!(
            "callers of {before} would break; take the next major number, {next}.0.0, or keep what \
             it promises"
        ),
        // A version's numbers end at 2^64 - 1.
        None => format!(
            "callers of {before} would break, and there is no higher major number: keep what it \
             promises"
        ),
    };
    Err(Failed::defects(&detail, breaks))
}

/// The engine's checks.
async fn component(
    engine: &Engine,
    package: &Package,
    holder: &str,
    progress: &mut Progress,
) -> Result<Rule, CheckError> {
    let bytes = package.component();
    progress.begin(CheckName::Size);
    let exactness = exactness(package.manifest());
    let checked = engine.check(holder, bytes, exactness).await;
    let failed = match &checked {
        Ok(_) => None,
        Err(CheckError::Rejected(rejection)) => Some(rejection.check()),
        Err(_) => return checked,
    };
    for check in CheckName::ENGINE {
        progress.continue_with(check);
        if failed == Some(check.name()) {
            break;
        }
        progress.pass(match check {
            CheckName::Size => format!("{} bytes", bytes.len()),
            CheckName::Validate if exactness == Exactness::Exact => {
                "valid, without floating-point numbers".to_owned()
            }
            CheckName::Validate => "valid".to_owned(),
            CheckName::Imports => "none".to_owned(),
            CheckName::World => match &checked {
                Ok(rule) => format!("contract {}", rule.contract()),
                Err(_) => "a contract that is served".to_owned(),
            },
            _ => String::new(),
        });
    }
    checked
}

/// What the manifest promises and the component does not keep, or the other way round.
fn manifest_defects(manifest: &Manifest, description: &Description) -> Vec<Defect> {
    let mut defects = Vec::new();
    let mut wrong = |key: &str, expected: String, found: String| {
        defects.push(Defect::new(MANIFEST_FILE, key, expected, found));
    };
    if manifest.kind == PAYROLL && !manifest.exact {
        wrong("exact", "true: payroll is always exact".to_owned(), "false".to_owned());
    }
    if manifest.component != description.name {
        wrong(
            "component",
            format!("the name that the component gives itself, {}", description.name),
            manifest.component.clone(),
        );
    }
    defects
}

fn read_cases(package: &Package, description: &Description) -> Result<Vec<Case>, Failed> {
    let mut cases = Vec::new();
    let mut defects = Vec::new();
    for (file, text) in package.cases() {
        match Case::parse(file, text, description) {
            Ok(case) => cases.push(case),
            Err(wrong) => defects.extend(wrong),
        }
    }
    if cases.is_empty() && defects.is_empty() {
        defects.push(Defect::new("cases", "", "at least one case", "none"));
    }
    if defects.is_empty() {
        Ok(cases)
    } else {
        Err(Failed::defects("the cases can't be read", defects))
    }
}

/// A fresh instance. A publication can wait for room longer than an employee.
async fn fresh(
    engine: &Engine,
    rule: &Rule,
    parameters: &[contract::Value],
) -> Result<Lease, Failure> {
    const ATTEMPTS: usize = 30;
    let mut attempt = 1;
    loop {
        match engine.fresh(rule, parameters).await {
            Err(Failure::Saturated { retry_after }) if attempt < ATTEMPTS => {
                attempt += 1;
                tokio::time::sleep(retry_after).await;
            }
            other => return other,
        }
    }
}

/// The digest of a component that was not looked at.
fn component_digest(package: &Package) -> Digest {
    Digest::of(package.component())
}
