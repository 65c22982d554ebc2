//! A revision of an organization as it lies in the catalog.

use std::sync::Arc;

use stele_store::{OrganizationRecord, StoreError};

use super::document::Organization;

/// A revision, read.
#[derive(Debug, Clone)]
pub(crate) struct Organized {
    /// What it says.
    pub(crate) organization: Arc<Organization>,
    /// As it was written.
    pub(crate) record: Arc<OrganizationRecord>,
}

impl Organized {
    /// Reads a revision. It was read before it was written, so one that can not be read comes from a
    /// later version of this program or from damage.
    pub(crate) fn of(record: &OrganizationRecord) -> Result<Self, StoreError> {
        let organization = serde_json::from_value(record.content.clone());
        let organization = organization.map_err(|error| StoreError::Defect {
            action: "reading an organization",
            detail: error.to_string(),
        })?;
        Ok(Self { organization: Arc::new(organization), record: Arc::new(record.clone()) })
    }
}
