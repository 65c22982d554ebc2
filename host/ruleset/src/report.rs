//! What a publication's checks found. It is stored with the version and shown wherever the version
//! is.

use serde::{Deserialize, Serialize};
use stele_digest::Digest;

use super::cases::Mismatch;
use super::defect::Defect;

/// The checks of a publication, in their order. The first that fails is the last that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CheckName {
    /// Whoever signed is trusted for this ruleset, and signed this very package.
    Signature,
    /// A component that is made of formulas is what they give, byte by byte.
    Formulas,
    /// The component is not larger than the limit.
    Size,
    /// It is a WebAssembly component.
    Parse,
    /// It is valid, without floats where exactness is demanded.
    Validate,
    /// It exports the rule interface and nothing else.
    World,
    /// It imports nothing.
    Imports,
    /// It compiles.
    Compile,
    /// Its description makes sense: names, units, choices, bounds.
    Describe,
    /// The manifest fits the component.
    Manifest,
    /// Whoever calls the version before, with the same major number, can call this one.
    Compatibility,
    /// Every parameter is typed, has a source and is known on every day of the horizon, and the
    /// rule accepts every set of them.
    Parameters,
    /// The tables in which formulas look rows up have no gaps and no overlaps on any day.
    Tables,
    /// No amount of a formula can have more decimals than its currency.
    Decimals,
    /// Every citation names law or an official publication: no file of the author's, and nothing
    /// that stands for a citation which is yet to be written.
    Citations,
    /// Every declared name has a text in every language.
    Texts,
    /// Every case holds, in an instance of its own.
    Cases,
    /// The same case gives the same outcome on a fresh instance, on one evaluator after other
    /// cases, in reverse order and with an explanation.
    Determinism,
    /// Every formula of every case's explanation adds up.
    Explanations,
    /// The cases reach as much of the formulas and of their tables as the policy asks for.
    Coverage,
    /// The fuel of every case is known, and none comes close to the fuel of one evaluation.
    Fuel,
    /// Evaluations are far from their deadline.
    Speed,
}

impl CheckName {
    /// All of them, in the order in which they run.
    pub const ALL: [Self; 22] = [
        Self::Signature,
        Self::Formulas,
        Self::Size,
        Self::Parse,
        Self::Validate,
        Self::World,
        Self::Imports,
        Self::Compile,
        Self::Describe,
        Self::Manifest,
        Self::Compatibility,
        Self::Parameters,
        Self::Tables,
        Self::Decimals,
        Self::Citations,
        Self::Texts,
        Self::Cases,
        Self::Determinism,
        Self::Explanations,
        Self::Coverage,
        Self::Fuel,
        Self::Speed,
    ];

    /// Those that the engine runs on the component.
    pub(crate) const ENGINE: [Self; 7] = [
        Self::Size,
        Self::Parse,
        Self::Validate,
        Self::World,
        Self::Imports,
        Self::Compile,
        Self::Describe,
    ];

    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Signature => "signature",
            Self::Formulas => "formulas",
            Self::Size => "size",
            Self::Parse => "parse",
            Self::Validate => "validate",
            Self::World => "world",
            Self::Imports => "imports",
            Self::Compile => "compile",
            Self::Describe => "describe",
            Self::Manifest => "manifest",
            Self::Compatibility => "compatibility",
            Self::Parameters => "parameters",
            Self::Tables => "tables",
            Self::Decimals => "decimals",
            Self::Citations => "citations",
            Self::Texts => "texts",
            Self::Cases => "cases",
            Self::Determinism => "determinism",
            Self::Explanations => "explanations",
            Self::Coverage => "coverage",
            Self::Fuel => "fuel",
            Self::Speed => "speed",
        }
    }
}

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CheckState {
    /// It holds.
    Passed,
    /// It does not.
    Failed,
    /// An earlier one failed.
    NotRun,
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct CheckResult {
    /// Which one.
    pub check: CheckName,
    /// How it ended.
    pub state: CheckState,
    /// What was looked at, or why it failed, in one sentence.
    pub detail: String,
    /// Everything that is wrong, where it can be told by file and key.
    pub errors: Vec<Defect>,
    /// What refuses nothing and should be looked at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Defect>,
    /// How long it took. The engine's checks up to `describe` are timed together, at `describe` or
    /// at the one that failed.
    pub microseconds: u64,
}

/// One case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct CaseResult {
    /// Path inside the package.
    pub file: String,
    /// What the case shows.
    pub title: String,
    /// Whether it holds.
    pub passed: bool,
    /// Expected and found, line by line, where it does not.
    pub differences: Vec<Mismatch>,
    /// Fuel on a fresh instance; none where the rule did not answer.
    pub fuel: Option<u64>,
    /// Digest of the outcome; none where the rule did not answer.
    pub outcome: Option<Digest>,
}

/// What a publication's checks found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Report {
    /// Name of the ruleset.
    pub ruleset: String,
    /// Its version.
    pub version: String,
    /// Digest of the package.
    pub digest: Digest,
    /// Digest of the component.
    pub component: Digest,
    /// Whether every check holds.
    pub passed: bool,
    /// Every check, in order.
    pub checks: Vec<CheckResult>,
    /// Every case, in the order of their files.
    pub cases: Vec<CaseResult>,
    /// How much of the formulas the cases reach; none where the rule was written as a component, or
    /// where it did not come to that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Coverage>,
    /// Evaluations a second on a warm evaluator over all cases, on the machine that checked; none
    /// where it did not come to that.
    pub evaluations_per_second: Option<u64>,
}

/// How much of a rule of formulas its cases reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Coverage {
    /// Ways that an evaluation can take: both of each `if`, and whether each condition of a line, a
    /// finding or a refusal holds.
    pub branches: Reached,
    /// Rows of tables of the law, each as often as it changes.
    pub rows: Reached,
}

/// How many of something were reached.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Reached {
    /// How many the cases reach.
    pub reached: usize,
    /// How many there are.
    pub of: usize,
}

impl Reached {
    /// The share in percent, rounded down; all of nothing is everything.
    pub fn percent(self) -> u32 {
        let percent = (self.reached.saturating_mul(100)).checked_div(self.of);
        percent.and_then(|percent| u32::try_from(percent).ok()).unwrap_or(100)
    }
}

impl Report {
    /// The check that failed, if one did.
    pub fn failed(&self) -> Option<&CheckResult> {
        self.checks.iter().find(|check| check.state == CheckState::Failed)
    }
}

impl std::fmt::Display for Report {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(formatter, "{} {} {}", self.ruleset, self.version, self.digest)?;
        for check in &self.checks {
            let state = match check.state {
                CheckState::Passed => "passed",
                CheckState::Failed => "FAILED",
                CheckState::NotRun => "not run",
            };
            writeln!(formatter, "  {:13} {state:8} {}", check.check.name(), check.detail)?;
            for error in &check.errors {
                writeln!(formatter, "    {error}")?;
            }
            for warning in &check.warnings {
                writeln!(formatter, "    warning: {warning}")?;
            }
        }
        for case in self.cases.iter().filter(|case| !case.passed) {
            writeln!(formatter, "  {}: {}", case.file, case.title)?;
            for difference in &case.differences {
                writeln!(formatter, "    {difference}")?;
            }
        }
        Ok(())
    }
}
