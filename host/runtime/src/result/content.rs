//! What is kept of a result: one JSON object, in no language of people.
//!
//! `{"facts": …, "format": 1, "origins": …, "outcome": …, "receipt": …, "steps": …}`. Facts and
//! outcome are canonical JSON (RFC 8785), whose SHA-256 stand in the receipt.

use std::{collections::BTreeMap, fmt, io::Write as _};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use stele_digest::Digest;
use stele_engine::contract::{Origin, Scalar, Value as Fact};
use stele_ruleset::{Calculation, RecallError, RecordedOutcome, RecordedStep, Ruleset};
use stele_store::StoreError;

use crate::result::calculation::{CalculationResult, Receipt};

/// The form that this version writes. It reads this one.
const FORMAT: u32 = 1;

/// Bytes of a usual content, so that writing one does not grow the buffer again and again.
const USUAL_BYTES: usize = 4 << 10;

/// A result as it is kept.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultContent {
    /// The facts exactly as the rule saw them, by name.
    pub facts: Map<String, Value>,
    /// The form of this object.
    pub format: u32,
    /// Where each fact came from.
    pub origins: BTreeMap<String, FactOrigin>,
    /// Lines and findings by name.
    pub outcome: RecordedOutcome,
    /// What is needed to reproduce it.
    pub receipt: Receipt,
    /// How the lines came about; empty unless it was asked for.
    pub steps: Vec<RecordedStep>,
}

/// Personal data never reaches a log by way of `{:?}`.
impl fmt::Debug for ResultContent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ResultContent")
            .field("result", &self.receipt.result)
            .finish_non_exhaustive()
    }
}

/// Where a fact came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case", tag = "from")]
pub enum FactOrigin {
    /// It was given in the request.
    Given,
    /// It was an attribute of the employee.
    Employee {
        /// The date from which the attribute's value holds.
        since: Date,
        /// The revision of the employee that was read.
        revision: u64,
    },
    /// It is the date of the calculation.
    CalculationDate,
}

/// Why a content cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ContentError {
    /// It is not the JSON object described above. The message quotes nothing of it.
    #[error("the content of the result is not what is written here: {0}")]
    Unreadable(String),
    /// A newer version of this program wrote it.
    #[error("the content of the result has the format {found}; this program reads {FORMAT}")]
    NewerFormat {
        /// The form that it names.
        found: u32,
    },
}

impl ResultContent {
    /// Reads what [`encode`] wrote.
    pub fn decode(bytes: &[u8]) -> Result<Self, ContentError> {
        let unreadable = |error: serde_json::Error| {
            let place = format!("line {}, column {}", error.line(), error.column());
            ContentError::Unreadable(place)
        };
        let content: Self = serde_json::from_slice(bytes).map_err(unreadable)?;
        match content.format {
            FORMAT => Ok(content),
            found => Err(ContentError::NewerFormat { found }),
        }
    }

    /// The calculation as it was recorded. `ruleset` must be the version that it names.
    pub fn recall(&self, ruleset: &Ruleset) -> Result<Calculation, RecallError> {
        let Receipt { date, fuel, .. } = self.receipt;
        let recalled = ruleset.recall(date, &self.facts, &self.outcome, &self.steps, fuel)?;
        Ok(self.of_employment(recalled))
    }

    /// The same calculation with how the employment stood when it was recorded, and with what was stale
    /// of what was known then.
    pub(super) fn of_employment(&self, mut calculation: Calculation) -> Calculation {
        calculation.standing = self.receipt.standing;
        calculation.stale.clone_from(&self.receipt.stale);
        calculation
    }

    /// Whether it was recorded with its explanation. Then it is run again with one, so that the
    /// same work is compared.
    pub fn has_steps(&self) -> bool {
        !self.steps.is_empty()
    }

    /// SHA-256 over the canonical JSON of the facts that are kept.
    pub fn facts_digest(&self) -> Digest {
        // serde_json keeps members sorted by the bytes of their names, which are ASCII.
        Digest::of(&serde_json::to_vec(&self.facts).unwrap_or_default())
    }
}

/// Writes a result as it is kept.
pub(super) fn encode(result: &CalculationResult) -> Result<Vec<u8>, StoreError> {
    let CalculationResult { ruleset, calculation, receipt, .. } = result;
    let failed = |error: serde_json::Error| StoreError::Defect {
        action: "writing a result as JSON",
        detail: error.to_string(),
    };
    let mut bytes = Vec::with_capacity(USUAL_BYTES);
    bytes.extend_from_slice(b"{\"facts\":");
    bytes.extend_from_slice(calculation.facts_json());
    // Writing to memory does not fail.
    let _ = write!(bytes, ",\"format\":{FORMAT},\"origins\":");
    serde_json::to_writer(&mut bytes, &origins(result)).map_err(failed)?;
    bytes.extend_from_slice(b",\"outcome\":");
    bytes.extend_from_slice(calculation.outcome_json());
    bytes.extend_from_slice(b",\"receipt\":");
    serde_json::to_writer(&mut bytes, receipt).map_err(failed)?;
    bytes.extend_from_slice(b",\"steps\":");
    serde_json::to_writer(&mut bytes, &calculation.recorded_steps(ruleset)).map_err(failed)?;
    bytes.push(b'}');
    Ok(bytes)
}

fn origins(result: &CalculationResult) -> BTreeMap<&str, FactOrigin> {
    let fields = result.ruleset.description().facts.iter().zip(&result.calculation.facts);
    let present = fields.filter(|(_, fact)| !matches!(fact, Fact::Scalar(Scalar::None)));
    let origins = present.map(|(field, _)| {
        let attribute = result.attributes.as_ref().and_then(|used| used.get(&field.name));
        let origin = match (field.origin, attribute) {
            (Origin::CalculationDate, _) => FactOrigin::CalculationDate,
            (Origin::Caller, Some(since)) => FactOrigin::Employee {
                since: *since,
                revision: result.receipt.employee_revision.unwrap_or_default(),
            },
            (Origin::Caller, None) => FactOrigin::Given,
        };
        (&*field.name, origin)
    });
    origins.collect()
}
