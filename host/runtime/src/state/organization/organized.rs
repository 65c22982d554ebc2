//! A revision of an organization as it lies in the catalog.

use std::sync::Arc;

use jiff::Timestamp;
use serde::Deserialize as _;
use stele_store::{OrganizationRecord, StoreError};

use super::document::Organization;

/// A revision, read.
#[derive(Debug, Clone)]
pub(crate) struct Organized {
    /// Its number, from 1.
    pub(crate) revision: u64,
    /// What it says.
    pub(crate) organization: Arc<Organization>,
    /// When it was written.
    pub(crate) recorded_at: Timestamp,
    /// The name of who wrote it.
    pub(crate) written_by: String,
}

impl Organized {
    /// Reads a revision. It was read before it was written, so one that can not be read comes from a
    /// later version of this program or from damage.
    pub(crate) fn of(record: &OrganizationRecord) -> Result<Self, StoreError> {
        let organization = Organization::deserialize(&record.content);
        let organization = organization.map_err(|error| StoreError::Defect {
            action: "reading an organization",
            detail: error.to_string(),
        })?;
        Ok(Self {
            revision: record.revision,
            organization: Arc::new(organization),
            recorded_at: record.recorded_at,
            written_by: record.actor.name.clone(),
        })
    }
}
