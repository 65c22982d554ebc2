//! How far the checks have come, and the report that comes of it.

use std::time::Instant;

use super::component_digest;
use crate::defect::Defect;
use crate::package::Package;
use crate::report::{CaseResult, CheckName, CheckResult, CheckState, Coverage, Report};

/// Most defects that a report keeps for one check.
const MOST_ERRORS: usize = 200;

/// Why the current check does not hold.
pub(super) struct Failed {
    detail: String,
    errors: Vec<Defect>,
}

impl Failed {
    pub(super) fn because(detail: impl Into<String>) -> Self {
        Self { detail: detail.into(), errors: Vec::new() }
    }

    pub(super) fn with(detail: String, errors: Vec<Defect>) -> Self {
        Self { detail, errors }
    }

    pub(super) fn defects(detail: &str, mut errors: Vec<Defect>) -> Self {
        let detail = match errors.len() {
            1 => format!("{detail}: 1 problem"),
            many => format!("{detail}: {many} problems"),
        };
        errors.truncate(MOST_ERRORS);
        Self { detail, errors }
    }
}

/// The checks that are done and the one that is running.
pub(super) struct Progress {
    report: Report,
    running: Option<CheckName>,
    since: Instant,
}

impl Progress {
    pub(super) fn new(package: &Package) -> Self {
        let manifest = package.manifest();
        let report = Report {
            ruleset: manifest.name.to_string(),
            version: manifest.version.to_string(),
            digest: package.digest(),
            component: component_digest(package),
            passed: false,
            checks: Vec::with_capacity(CheckName::ALL.len()),
            cases: Vec::new(),
            coverage: None,
            evaluations_per_second: None,
        };
        Self { report, running: None, since: Instant::now() }
    }

    /// Begins a check and its clock.
    pub(super) fn begin(&mut self, check: CheckName) {
        self.since = Instant::now();
        self.running = Some(check);
    }

    /// Goes on to a check that is timed together with the one before.
    pub(super) fn continue_with(&mut self, check: CheckName) {
        self.running = Some(check);
    }

    /// The running check holds.
    pub(super) fn pass(&mut self, detail: String) {
        self.end(CheckState::Passed, detail, Vec::new(), Vec::new());
    }

    /// The running check holds, and something of it should be looked at.
    pub(super) fn pass_with(&mut self, detail: String, mut warnings: Vec<Defect>) {
        warnings.truncate(MOST_ERRORS);
        self.end(CheckState::Passed, detail, Vec::new(), warnings);
    }

    pub(super) fn cases(&mut self, cases: Vec<CaseResult>) {
        self.report.cases = cases;
    }

    pub(super) fn coverage(&mut self, coverage: Coverage) {
        self.report.coverage = Some(coverage);
    }

    pub(super) fn speed(&mut self, evaluations_per_second: u64) {
        self.report.evaluations_per_second = Some(evaluations_per_second);
    }

    fn end(
        &mut self,
        state: CheckState,
        detail: String,
        errors: Vec<Defect>,
        warnings: Vec<Defect>,
    ) {
        let Some(check) = self.running.take() else { return };
        let microseconds = u64::try_from(self.since.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.report.checks.push(CheckResult {
            check,
            state,
            detail,
            errors,
            warnings,
            microseconds,
        });
    }

    /// The report, with the running check failed if there is a reason, and every later one not
    /// run.
    pub(super) fn into_report(mut self, failed: Option<Failed>) -> Report {
        if let Some(Failed { detail, errors }) = failed {
            self.end(CheckState::Failed, detail, errors, Vec::new());
        }
        let done = self.report.checks.len();
        for check in CheckName::ALL.into_iter().skip(done) {
            self.report.checks.push(CheckResult {
                check,
                state: CheckState::NotRun,
                detail: String::new(),
                errors: Vec::new(),
                warnings: Vec::new(),
                microseconds: 0,
            });
        }
        self.report.passed =
            self.report.checks.iter().all(|check| check.state == CheckState::Passed);
        self.report
    }
}
