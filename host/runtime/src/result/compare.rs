//! What a second run of a recorded result may differ in, part by part.

use serde::{Deserialize, Serialize};
use stele_digest::Digest;
use stele_ruleset::{
    Calculation, CalculationError, RecordedFinding, RecordedLine, RecordedOutcome, Ruleset,
};
use stele_store::ResultId;

use super::content::ResultContent;
use crate::{
    result::calculation::Receipt,
    state::program::{ENGINE_VERSION, HOST_VERSION},
};

/// What came of running a recorded result again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Replay {
    /// Which result.
    pub result: Option<ResultId>,
    /// Whether nothing differs. Fuel and the versions of the programs are not part of it: a newer
    /// engine may count fuel otherwise, and an evaluator that was used before takes a little more
    /// or less of it.
    pub identical: bool,
    /// How it ran when it was recorded; none where what is kept of it cannot be read.
    pub recorded: Option<Ran>,
    /// How it ran now; none where it did not run to its end.
    pub replayed: Option<Ran>,
    /// Everything that differs: `part` says what (`audit_log`, `content`, `result`, `version`,
    /// `package`, `component`, `parameters`, `facts`, `stored_outcome`, `outcome`, `line`,
    /// `finding`, `failed`), `recorded` and `replayed` or `found` say how.
    #[schema(value_type = Vec<Object>)]
    pub differences: Vec<Difference>,
}

/// A run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Ran {
    /// Digest of lines and findings.
    pub outcome_digest: Digest,
    /// Fuel that it took.
    pub fuel: u64,
    /// Version of the host.
    pub host_version: String,
    /// Version of the engine.
    pub engine_version: String,
    /// Version of the contract between host and rule.
    pub contract_version: String,
}

impl Ran {
    fn recorded(receipt: &Receipt) -> Self {
        Self {
            outcome_digest: receipt.outcome_digest,
            fuel: receipt.fuel,
            host_version: receipt.host_version.clone(),
            engine_version: receipt.engine_version.clone(),
            contract_version: receipt.contract_version.clone(),
        }
    }

    fn now(calculation: &Calculation, ruleset: &Ruleset) -> Self {
        Self {
            outcome_digest: calculation.digests.outcome,
            fuel: calculation.fuel,
            host_version: HOST_VERSION.to_owned(),
            engine_version: ENGINE_VERSION.to_owned(),
            contract_version: ruleset.contract().name().to_owned(),
        }
    }
}

/// One thing that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "part")]
pub enum Difference {
    /// The audit log has another digest for what was recorded: it was changed afterwards.
    AuditLog {
        /// Position in the tenant's log.
        sequence: u64,
        /// The digest there; none: there is no such entry.
        recorded: Option<String>,
        /// The digest of what is stored now.
        found: String,
    },
    /// The content that is stored cannot be read.
    Content {
        /// Why.
        reason: String,
    },
    /// The receipt names another result.
    Result {
        /// The one in the receipt; none: it names none.
        recorded: Option<ResultId>,
        /// The one that was asked for.
        found: ResultId,
    },
    /// The receipt's ruleset or version is not what the package with its digest says of itself.
    Version {
        /// Name and version in the receipt.
        recorded: String,
        /// Name and version of the package.
        found: String,
    },
    /// The package has another digest.
    Package {
        /// In the receipt.
        recorded: Digest,
        /// Of the package.
        found: Digest,
    },
    /// The component has another digest.
    Component {
        /// In the receipt.
        recorded: Digest,
        /// Of the component in the package.
        found: Digest,
    },
    /// The parameters in force have another digest.
    Parameters {
        /// In the receipt.
        recorded: Digest,
        /// Of those that the package has in force on the date.
        found: Digest,
    },
    /// The facts that are stored have another digest.
    Facts {
        /// In the receipt.
        recorded: Digest,
        /// Of the stored ones.
        found: Digest,
    },
    /// The lines and findings that are stored have another digest.
    StoredOutcome {
        /// In the receipt.
        recorded: Digest,
        /// Of the stored ones.
        found: Digest,
    },
    /// The second run has another outcome.
    Outcome {
        /// In the receipt.
        recorded: Digest,
        /// Of the second run.
        replayed: Digest,
    },
    /// A line differs, or is only on one side.
    Line {
        /// As recorded.
        recorded: Option<RecordedLine>,
        /// As it is now.
        replayed: Option<RecordedLine>,
    },
    /// A finding differs, or is only on one side.
    Finding {
        /// As recorded.
        recorded: Option<RecordedFinding>,
        /// As it is now.
        replayed: Option<RecordedFinding>,
    },
    /// There is no second outcome.
    Failed {
        /// Why.
        reason: String,
    },
}

/// Compares a second run with what is kept of the first.
pub(crate) fn compare(
    content: &ResultContent,
    ruleset: &Ruleset,
    again: Result<&Calculation, &CalculationError>,
) -> Replay {
    let receipt = &content.receipt;
    let mut differences = Vec::new();
    identity(receipt, ruleset, &mut differences);
    let stored = content.outcome.digest();
    if stored != receipt.outcome_digest {
        let recorded = receipt.outcome_digest;
        differences.push(Difference::StoredOutcome { recorded, found: stored });
    }
    match again {
        Ok(calculation) => {
            let digests = &calculation.digests;
            let (recorded, found) = (receipt.parameters_digest, digests.parameters);
            if found != recorded {
                differences.push(Difference::Parameters { recorded, found });
            }
            let (recorded, found) = (receipt.facts_digest, digests.facts);
            if found != recorded {
                differences.push(Difference::Facts { recorded, found });
            }
            let (recorded, replayed) = (receipt.outcome_digest, digests.outcome);
            if replayed != recorded {
                differences.push(Difference::Outcome { recorded, replayed });
            }
            // Line by line only where the digests say that there is something to find.
            if replayed != stored {
                lines(&content.outcome, &calculation.recorded_outcome(ruleset), &mut differences);
            }
        }
        Err(error) => {
            let (recorded, found) = (receipt.facts_digest, content.facts_digest());
            if found != recorded {
                differences.push(Difference::Facts { recorded, found });
            }
            differences.push(Difference::Failed { reason: error.to_string() });
        }
    }
    Replay {
        result: receipt.result,
        identical: differences.is_empty(),
        recorded: Some(Ran::recorded(receipt)),
        replayed: again.ok().map(|calculation| Ran::now(calculation, ruleset)),
        differences,
    }
}

impl Replay {
    /// With something else that differs, found outside of the content.
    pub(crate) fn with(mut self, difference: Option<Difference>) -> Self {
        if let Some(difference) = difference {
            self.identical = false;
            self.differences.insert(0, difference);
        }
        self
    }
}

fn identity(receipt: &Receipt, ruleset: &Ruleset, differences: &mut Vec<Difference>) {
    let manifest = ruleset.manifest();
    if manifest.name.as_str() != receipt.ruleset || manifest.version.to_string() != receipt.version
    {
        differences.push(Difference::Version {
            recorded: format!("{} {}", receipt.ruleset, receipt.version),
            found: format!("{} {}", manifest.name, manifest.version),
        });
    }
    let (recorded, found) = (receipt.digest, ruleset.digest());
    if recorded != found {
        differences.push(Difference::Package { recorded, found });
    }
    let (recorded, found) = (receipt.component_digest, ruleset.component_digest());
    if recorded != found {
        differences.push(Difference::Component { recorded, found });
    }
}

/// Pairs what stands for the same thing on both sides, and names what differs. What differs in
/// nothing but order is told by the digest alone.
fn lines(recorded: &RecordedOutcome, replayed: &RecordedOutcome, found: &mut Vec<Difference>) {
    let same = |one: &RecordedLine, other: &RecordedLine| {
        one.item == other.item && one.subject == other.subject
    };
    for (recorded, replayed) in pairs(&recorded.lines, &replayed.lines, same) {
        found.push(Difference::Line { recorded, replayed });
    }
    let same = |one: &RecordedFinding, other: &RecordedFinding| {
        one.finding == other.finding && one.subject == other.subject && one.on == other.on
    };
    for (recorded, replayed) in pairs(&recorded.findings, &replayed.findings, same) {
        found.push(Difference::Finding { recorded, replayed });
    }
}

/// Pairs that differ, in the order of the first list, then what only the second has.
fn pairs<T: Clone + PartialEq>(
    first: &[T],
    second: &[T],
    same: impl Fn(&T, &T) -> bool,
) -> Vec<(Option<T>, Option<T>)> {
    let mut rest: Vec<&T> = second.iter().collect();
    let mut pairs = Vec::new();
    for one in first {
        let exact = rest.iter().position(|other| **other == *one);
        let partner = exact.or_else(|| rest.iter().position(|other| same(one, other)));
        let other = partner.map(|position| rest.remove(position));
        if other != Some(one) {
            pairs.push((Some(one.clone()), other.cloned()));
        }
    }
    pairs.extend(rest.into_iter().map(|other| (None, Some(other.clone()))));
    pairs
}
