//! The checks of a publication, in their order: who signed; the component (by the engine); then
//! whether manifest, parameters, texts and cases fit it, and whether callers of the version before
//! can call this one. The first check that fails ends it; the report says so of every check.

mod cases;
mod parameters;
mod progress;

use std::sync::Arc;

use stele_digest::Digest;
use stele_engine::contract::{self, Description};
use stele_engine::{Engine, Exactness, Failure, Lease, Rejection, Rule};

use super::cases::Case;
use super::defect::Defect;
use super::difference::breaks;
use super::manifest::{MANIFEST_FILE, Manifest};
use super::package::{Package, SIGNATURES_FILE};
use super::parameters::Parameters;
use super::report::{CheckName, Report};
use super::signature::{Subject, TrustPolicy};
use super::texts::Texts;
use super::version::{PAYROLL, Ruleset, exactness};
use progress::{Failed, Progress};

/// What a package is checked against, beside itself. The default trusts nobody, accepts unsigned
/// packages and knows no version before.
#[derive(Debug, Clone, Default)]
pub struct Conditions {
    /// Whose signatures are trusted, and whether one is needed.
    pub trust: TrustPolicy,
    /// The version before, with the same major number, whose callers may call this one.
    pub previous: Option<Arc<Ruleset>>,
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

fn reason(report: &Report) -> String {
    match report.failed() {
        Some(check) => format!("{}: {}", check.check.name(), check.detail),
        None => "the checks did not end".to_owned(),
    }
}

/// Runs every check on a package under the default conditions.
pub async fn check(engine: &Engine, package: &Package) -> Result<Published, Box<Refused>> {
    check_under(engine, package, Conditions::default()).await
}

/// Runs every check on a package. Works on a thread where blocking is allowed, because compiling
/// takes some 100 ms.
pub async fn check_under(
    engine: &Engine,
    package: &Package,
    conditions: Conditions,
) -> Result<Published, Box<Refused>> {
    let runtime = tokio::runtime::Handle::current();
    let (engine, owned) = (engine.clone(), package.clone());
    let checking =
        tokio::task::spawn_blocking(move || runtime.block_on(run(&engine, &owned, &conditions)));
    match checking.await {
        Ok(outcome) => outcome,
        Err(error) => {
            // Only a shutdown or a mistake of ours ends it early; either way it is not published.
            tracing::error!(%error, "the checks of a publication did not end");
            Err(Box::new(Refused { report: Progress::new(package).into_report(None) }))
        }
    }
}

async fn run(
    engine: &Engine,
    package: &Package,
    conditions: &Conditions,
) -> Result<Published, Box<Refused>> {
    let mut progress = Progress::new(package);
    match run_checks(engine, package, conditions, &mut progress).await {
        Ok(ruleset) => Ok(Published { ruleset, report: progress.into_report(None) }),
        Err(failed) => Err(Box::new(Refused { report: progress.into_report(Some(failed)) })),
    }
}

async fn run_checks(
    engine: &Engine,
    package: &Package,
    conditions: &Conditions,
    progress: &mut Progress,
) -> Result<Arc<Ruleset>, Failed> {
    let manifest = package.manifest();

    progress.begin(CheckName::Signature);
    progress.pass(signature(package, &conditions.trust)?);

    let rule = component(engine, package, progress)?;
    let description = rule.description();

    progress.begin(CheckName::Manifest);
    let defects = manifest_defects(manifest, description);
    if !defects.is_empty() {
        return Err(Failed::defects("the manifest does not fit the component", defects));
    }
    progress.pass(format!("{} {}, {}", manifest.name, manifest.version, manifest.kind));

    progress.begin(CheckName::Compatibility);
    progress.pass(compatibility(conditions.previous.as_deref(), manifest, description)?);

    progress.begin(CheckName::Parameters);
    let parameters = Parameters::parse(package.parameters(), description, manifest.validity)
        .map_err(|defects| Failed::defects("the parameters are not complete and valid", defects))?;
    let sets = parameters::accepted(engine, &rule, &parameters).await?;
    progress.pass(format!("known from {}, {sets} different sets", manifest.validity));

    progress.begin(CheckName::Texts);
    let texts = Texts::parse(package.texts(), manifest, description)
        .map_err(|defects| Failed::defects("the texts are not complete", defects))?;
    progress.pass(manifest.languages.join(", "));

    progress.begin(CheckName::Cases);
    let ruleset = Ruleset::assemble(package, rule, parameters, texts);
    let cases = read_cases(package, ruleset.description())?;
    cases::run(engine, &ruleset, &cases, progress).await?;
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
    let detail = format!(
        "callers of {before} would break; take the next major number, {}.0.0, or keep what it \
         promises",
        manifest.version.major + 1
    );
    Err(Failed::defects(&detail, breaks))
}

/// The engine's checks.
fn component(engine: &Engine, package: &Package, progress: &mut Progress) -> Result<Rule, Failed> {
    let bytes = package.component();
    progress.begin(CheckName::Size);
    let exactness = exactness(package.manifest());
    let checked = engine.check(bytes, exactness);
    let failed = checked.as_ref().err().map(Rejection::check);
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
            CheckName::World => format!("contract {}", contract::VERSION),
            _ => String::new(),
        });
    }
    checked.map_err(|rejection| Failed::because(rejection.reason()))
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
