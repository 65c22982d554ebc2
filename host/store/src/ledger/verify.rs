//! Reads everything and believes nothing.

use std::{collections::HashSet, ops::Bound};
use stele_digest::Digest;

use super::{Ledger, batch::read_index};
use crate::{
    backend::Backend,
    envelope,
    error::StoreError,
    layout::{self, Tree},
    records::{
        ActivationRecord, AuditEntry, AuditSalt, EmployeeRevision, ErasureRecord,
        ImpactReportRecord, IndexedHead, Log, OrganizationRecord, PolicyRecord, ProposalRecord,
        ResponseRecord, ResultId, TenantRecord, TokenRecord, VersionRecord, digest_of_batch,
    },
    store::Verification,
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
                    Tree::AuditSalts => {
                        envelope::read::<AuditSalt>(tree, &key, &value).map(drop)?
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
                    Tree::Organizations => {
                        envelope::read::<OrganizationRecord>(tree, &key, &value).map(drop)?;
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
                    Tree::ResultBatches => {
                        verification.results += self.verify_batch(&key)?;
                    }
                    Tree::Results | Tree::ResultHeads => self.verify_piece(tree, &key)?,
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

    /// Checks that a piece belongs to a batch; what it holds is checked with the batch.
    fn verify_piece(&self, tree: Tree, key: &[u8]) -> Result<(), StoreError> {
        let damaged = |detail: &str| envelope::damaged(tree, key, detail);
        let (tenant, id) = layout::batch_of(key).ok_or_else(|| damaged("its key is no batch's"))?;
        // Of the others of a batch, the first is missed when they are joined.
        if key.ends_with(&[0; 4]) && self.batch_record(&tenant, id)?.is_none() {
            return Err(damaged("its batch is missing"));
        }
        Ok(())
    }

    /// Checks a batch: each content against its digest, all digests against the audit log. Counts
    /// its results.
    fn verify_batch(&self, key: &[u8]) -> Result<u64, StoreError> {
        let damaged = |detail: &str| envelope::damaged(Tree::ResultBatches, key, detail);
        let (tenant, id) = layout::batch_of(key).ok_or_else(|| damaged("its key is no batch's"))?;
        let batch = self.batch(&tenant, id)?.ok_or_else(|| damaged("it cannot be read"))?;
        for (position, placed) in (0..).zip(&batch.heads) {
            if let Some(employee) = &placed.head.employee {
                let key = layout::result_of(&tenant, employee, ResultId { batch: id, position });
                let value = self.backend.get(Tree::ResultsOf, &key)?;
                let value = value.ok_or_else(|| damaged("the index leaves a result out"))?;
                if read_index(&key, &value)? != IndexedHead::of(&placed.head) {
                    let detail = "it is not what its batch holds";
                    return Err(envelope::damaged(Tree::ResultsOf, &key, detail));
                }
            }
        }
        let log = Log::Tenant(tenant);
        let entry = layout::entry(&log, batch.record.audit_sequence);
        let value = self
            .backend
            .get(Tree::Audit, &entry)?
            .ok_or_else(|| damaged("the audit log has no entry for it"))?;
        let entry: AuditEntry = envelope::read(Tree::Audit, &entry, &value)?;
        let digest = digest_of_batch(batch.heads.iter().map(|placed| &placed.head));
        if entry.digest != digest || entry.recorded_at != batch.record.recorded_at {
            return Err(damaged("the audit log has another digest for it"));
        }
        Ok(u64::from(batch.record.results))
    }
}
