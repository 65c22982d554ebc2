//! What is kept of a request for a report, with every revision of it.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use stele_store::{ImpactReportRecord, Slot, StoreError};

use super::content::{CommonFacts, ImpactVersion, PopulationKind};
use super::covered::{Computed, Covered};
use super::paid::PaidFilter;

/// What is kept of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Asked {
    pub(super) slot: Slot,
    pub(super) candidate: ImpactVersion,
    pub(super) population: PopulationKind,
    pub(super) listed: Option<u64>,
    pub(super) dates: Vec<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) results: Option<PaidFilter>,
    #[serde(default, skip_serializing_if = "CommonFacts::is_empty")]
    pub(super) facts: CommonFacts,
    pub(super) known_at: Timestamp,
    /// Over how many of the tenant's people it is, once it is finished.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) covered: Option<Covered>,
    /// How much of it could be calculated, once it is finished.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) computed: Option<Computed>,
}

/// What a record says of its request.
pub(super) fn asked(record: &ImpactReportRecord) -> Result<Asked, StoreError> {
    Asked::deserialize(&record.request).map_err(|error| unreadable(&error))
}

pub(super) fn unreadable(error: &serde_json::Error) -> StoreError {
    StoreError::Defect { action: "reading an impact report", detail: error.to_string() }
}
