//! What a finished impact report stands for.

use jiff::Timestamp;
use stele_store::{Digest, ImpactState, Slot, StoreError, TenantId};
use uuid::Uuid;

use crate::Runtime;

/// A finished impact report, without its content.
#[derive(Debug, Clone)]
pub struct FinishedImpact {
    /// The slot that it looked at.
    pub slot: Slot,
    /// Digest of the candidate's package.
    pub candidate: Digest,
    /// As known at this time.
    pub known_at: Timestamp,
    /// SHA-256 of its content.
    pub content_digest: Digest,
}

impl Runtime {
    /// A finished report of the tenant; none: no such report, or not finished.
    pub fn finished_impact(
        &self,
        tenant: &TenantId,
        id: Uuid,
    ) -> Result<Option<FinishedImpact>, StoreError> {
        let Some(record) = self.store().impact_report(tenant, id)? else { return Ok(None) };
        let ImpactState::Finished { digest } = record.state else { return Ok(None) };
        let text = |name: &str| record.request.get(name).and_then(|value| value.as_str());
        let slot = text("slot").and_then(|slot| Slot::new(slot).ok());
        let candidate = text("digest").and_then(|digest| digest.parse().ok());
        let (Some(slot), Some(candidate)) = (slot, candidate) else { return Ok(None) };
        let known_at = record.asked_at;
        Ok(Some(FinishedImpact { slot, candidate, known_at, content_digest: digest }))
    }
}
