//! Reads everything and believes nothing.

use std::{collections::HashSet, ops::Bound};

use super::Ledger;
use crate::{
    audit,
    backend::Backend,
    envelope,
    error::StoreError,
    layout::{self, Tree},
    names::{Digest, TenantId},
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
            let mut chain = Chain::default();
            let mut objects = HashSet::new();
            for pair in self.backend.scan(tree, Bound::Unbounded, Bound::Unbounded) {
                let (key, value) = pair?;
                envelope::check(tree, &key, &value)?;
                verification.values += 1;
                match tree {
                    Tree::Audit => {
                        chain.follow(&key, &value)?;
                        verification.audit_entries += 1;
                    }
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
                    Tree::Meta | Tree::ResponseTimes | Tree::ImpactContents | Tree::ResultsOf => {}
                }
            }
            for digest in objects {
                self.object(&Digest::from_bytes(digest))?;
                verification.objects += 1;
            }
        }
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

/// Where the walk through the logs is: keys come log by log, in order.
#[derive(Default)]
struct Chain {
    log: Vec<u8>,
    next: u64,
    previous: Option<Digest>,
}

impl Chain {
    fn follow(&mut self, key: &[u8], value: &[u8]) -> Result<(), StoreError> {
        let damaged = |detail: &str| envelope::damaged(Tree::Audit, key, detail);
        let sequence = layout::sequence(key).ok_or_else(|| damaged("its key is too short"))?;
        let log = key.get(..key.len() - 8).unwrap_or_default();
        if log != self.log || self.previous.is_none() {
            *self = Self { log: log.to_vec(), next: 0, previous: Some(Digest::ZERO) };
        }
        let json = envelope::read_json(Tree::Audit, key, value)?;
        let entry: AuditEntry = envelope::read(Tree::Audit, key, value)?;
        if sequence != self.next || entry.sequence != sequence {
            return Err(damaged("the entry before it is missing"));
        }
        if Some(entry.previous) != self.previous {
            return Err(damaged("it does not follow the entry before it"));
        }
        self.next += 1;
        self.previous = Some(audit::leaf_hash(&json));
        Ok(())
    }
}
