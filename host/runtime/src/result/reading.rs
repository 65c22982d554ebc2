//! Who read what somebody was paid: an entry in the audit log for each reading, where the tenant's
//! policy asks for it.

use stele_digest::Digest;
use stele_store::{About, AuditDraft, Log, ResultHead, ResultId, StoreError, TenantId};

use crate::{
    release::policy::Readings,
    state::{actor::Actor, runtime::Runtime, salt::seed},
};

/// How a result was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// As it was recorded.
    Shown,
    /// With how it came about.
    Explained,
}

impl Reading {
    fn action(self) -> &'static str {
        match self {
            Self::Shown => "result.read",
            Self::Explained => "result.explained",
        }
    }
}

impl Runtime {
    /// Writes into the audit log that a result is read, if the policy asks for that. Before it is
    /// shown: what can not be logged is not shown.
    pub async fn note_reading(
        &self,
        actor: &Actor,
        tenant: &TenantId,
        id: ResultId,
        head: &ResultHead,
        reading: Reading,
    ) -> Result<(), StoreError> {
        let policy = self.policy(Some(tenant)).await?.policy;
        if policy.readings == Readings::Unlogged {
            return Ok(());
        }
        let entry = AuditDraft {
            log: Log::Tenant(tenant.clone()),
            action: reading.action().to_owned(),
            subject: id.to_string(),
            // The salted digest stands for the result.
            digest: Digest::of_texts(&[&id.to_string(), &head.digest.to_string()]),
            about: Some(About::results_of(head.employee.clone(), seed()?)),
        };
        self.note(actor, entry).await
    }
}
