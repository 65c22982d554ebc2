//! Reads everything and believes nothing.

use std::{collections::HashSet, ops::Bound};
use stele_digest::Digest;

use super::Ledger;
use crate::{
    backend::Backend,
    envelope,
    error::StoreError,
    layout::{self, Tree},
    names::TenantId,
    records::{
        ActivationRecord, AuditEntry, EmployeeRevision, ErasureRecord, ImpactReportRecord, Log,
        PolicyRecord, ProposalRecord, ResponseRecord, TenantRecord, TokenRecord, VersionRecord,
        digest_of_batch,
    },
    store::{Store, Verification},
};

impl<B: Backend> Ledger<B> {
    pub(super) fn verify_all(&self) -> Result<Verification, StoreError> {
        let mut verification = Verification::default();
        for tree in Tree::ALL {
            // Read log by log, below.
            if matches!(tree, Tree::Audit | Tree::AuditTiles | Tree::AuditHeads) {
                continue;
            }
            let mut objects = HashSet::new();
            for pair in self.backend.scan(tree, Bound::Unbounded, Bound::Unbounded) {
                let (key, value) = pair?;
                envelope::check(tree, &key, &value)?;
                verification.values += 1;
                match tree {
                    Tree::Objects => {
                        objects.extend(key.first_chunk::<32>().copied());
                    }
                    Tree::Tenants => {
                        envelope::read::<TenantRecord>(tree, &key, &value).map(drop)?
                    }
                    Tree::Tokens => envelope::read::<TokenRecord>(tree, &key, &value).map(drop)?,
                    Tree::Versions => {
                        let version = envelope::read::<VersionRecord>(tree, &key, &value)?;
                        for digest in [version.digest, version.component, version.report] {
                            if self
                                .backend
                                .get(Tree::Objects, &layout::chunk(&digest, 0))?
                                .is_none()
                            {
                                let detail =
                                    format!("the object {digest} that it names is missing");
                                return Err(envelope::damaged(tree, &key, &detail));
                            }
                        }
                    }
                    Tree::Activations => {
                        envelope::read::<ActivationRecord>(tree, &key, &value).map(drop)?;
                    }
                    Tree::Employees => {
                        envelope::read::<EmployeeRevision>(tree, &key, &value).map(drop)?;
                    }
                    Tree::Responses => {
                        envelope::read::<ResponseRecord>(tree, &key, &value).map(drop)?;
                    }
                    Tree::Policies => {
                        envelope::read::<PolicyRecord>(tree, &key, &value).map(drop)?;
                    }
                    Tree::Proposals => {
                        envelope::read::<ProposalRecord>(tree, &key, &value).map(drop)?;
                    }
                    Tree::ImpactReports => {
                        envelope::read::<ImpactReportRecord>(tree, &key, &value).map(drop)?;
                    }
                    Tree::Erasures => {
                        envelope::read::<ErasureRecord>(tree, &key, &value).map(drop)?;
                    }
                    Tree::Results => {
                        verification.results += self.verify_batch(&key)?;
                    }
                    Tree::Meta
                    | Tree::ResponseTimes
                    | Tree::ImpactContents
                    | Tree::ResultsOf
                    | Tree::Audit
                    | Tree::AuditTiles
                    | Tree::AuditHeads => {}
                }
            }
            for digest in objects {
                self.object(&Digest::from_bytes(digest))?;
                verification.objects += 1;
            }
        }
        let (values, entries) = self.verify_logs()?;
        verification.values += values;
        verification.audit_entries += entries;
        Ok(verification)
    }

    /// Checks the batch that the key's piece is the first of: each content against its digest, all
    /// digests against the audit log. Counts its results; none for another piece.
    fn verify_batch(&self, key: &[u8]) -> Result<u64, StoreError> {
        let damaged = |detail: &str| envelope::damaged(Tree::Results, key, detail);
        let split = key.len().checked_sub(20).ok_or_else(|| damaged("its key is too short"))?;
        let (owner, suffix) = key.split_at(split);
        if suffix.get(16..) != Some(&[0; 4]) {
            return Ok(0);
        }
        let tenant = owner
            .strip_suffix(&[0])
            .and_then(|name| std::str::from_utf8(name).ok())
            .and_then(|name| TenantId::new(name).ok());
        let id = layout::identifier(key, 4);
        let (tenant, id) = tenant.zip(id).ok_or_else(|| damaged("its key is no batch's"))?;
        let batch = self.batch(&tenant, id)?.ok_or_else(|| damaged("it cannot be read"))?;
        let log = Log::Tenant(tenant);
        let entry = layout::entry(&log, batch.head.audit_sequence);
        let value = self
            .backend
            .get(Tree::Audit, &entry)?
            .ok_or_else(|| damaged("the audit log has no entry for it"))?;
        let entry: AuditEntry = envelope::read(Tree::Audit, &entry, &value)?;
        let digest = digest_of_batch(batch.head.results.iter().map(|placed| &placed.head));
        if entry.digest != digest || entry.recorded_at != batch.head.recorded_at {
            return Err(damaged("the audit log has another digest for it"));
        }
        Ok(batch.head.results.len() as u64)
    }
}
