//! Reads everything and believes nothing.

use std::{collections::HashSet, ops::Bound};

use super::Ledger;
use crate::{
    backend::Backend,
    envelope,
    error::StoreError,
    layout::{self, Tree},
    names::Digest,
    records::{
        ActivationRecord, EmployeeRevision, ResponseRecord, TenantRecord, TokenRecord,
        VersionRecord,
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
                    Tree::Meta
                    | Tree::ResponseTimes
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
}
