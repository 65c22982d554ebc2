//! A log as a file: a line that says what it is, then every entry exactly as it was hashed.

use std::sync::Arc;

use futures::{Stream, stream};
use serde::{Deserialize, Serialize};
use stele_digest::Digest;
use stele_store::{AuditDraft, Commit, Expectation, Log, StoreError, TenantId};

use super::checkpoint::origin;
use crate::state::{
    actor::Actor,
    runtime::{Runtime, log_of, store_error},
};

/// The form of an export.
pub const EXPORT_FORMAT: &str = "stele-audit-export 1";
/// Entries read at a time.
const READ: usize = 1000;

/// The first line of an export. All of it can be checked against what follows and a checkpoint;
/// what could not would only seem to be proven.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportHeader {
    /// [`EXPORT_FORMAT`].
    pub format: String,
    /// Server and log, as in its checkpoints.
    pub origin: String,
    /// Number of entries, from the first on.
    pub entries: u64,
}

/// An export that is in the log and may be written.
#[derive(Debug)]
pub struct AuditExport {
    log: Log,
    /// Its first line.
    pub header: ExportHeader,
}

impl Runtime {
    /// Begins an export of a tenant's log, or with none of the operator's. That it was made is an
    /// entry of the log, and the last one in the export.
    pub async fn begin_audit_export(
        &self,
        actor: &Actor,
        tenant: Option<&TenantId>,
    ) -> Result<AuditExport, StoreError> {
        let log = log_of(tenant);
        let size = self.store().audit_length(&log).await?;
        let root = self.store().tree_root(&log, size).await?;
        let commit = Commit {
            actor: actor.record(),
            expect: tenant.cloned().map(Expectation::TenantPresent).into_iter().collect(),
            changes: Vec::new(),
            audit: AuditDraft {
                log: log.clone(),
                action: "audit.exported".to_owned(),
                subject: format!("{size} entries and this one"),
                digest: Digest::of_texts(&[&size.to_string(), &root.to_string()]),
                about: None,
            },
            response: None,
        };
        let committed = self.commit(commit).await.map_err(store_error)?;
        let header = ExportHeader {
            format: EXPORT_FORMAT.to_owned(),
            origin: origin(&self.audit_verifier(), &log),
            entries: committed.audit_sequence + 1,
        };
        Ok(AuditExport { log, header })
    }

    /// The export, some lines at a time.
    pub fn audit_export(
        self: Arc<Self>,
        export: AuditExport,
    ) -> impl Stream<Item = Result<Vec<u8>, StoreError>> + Send {
        let begin = (self, export, None);
        stream::try_unfold(begin, async |(runtime, export, at)| {
            let (lines, next) = match at {
                None => (export.head()?, 0),
                Some(at) if at >= export.header.entries => return Ok(None),
                Some(at) => runtime.lines_of(&export, at).await?,
            };
            Ok(Some((lines, (runtime, export, Some(next)))))
        })
    }

    /// Lines from an entry on, and the entry after them.
    async fn lines_of(&self, export: &AuditExport, at: u64) -> Result<(Vec<u8>, u64), StoreError> {
        let wanted = usize::try_from(export.header.entries - at).unwrap_or(READ).min(READ);
        let entries = self.store().audit_json(&export.log, at, wanted).await?;
        if entries.is_empty() {
            return Err(failed(&format!("entry {at} can not be read")));
        }
        let next = at + entries.len() as u64;
        let mut lines = Vec::new();
        for json in entries {
            lines.extend(json);
            lines.push(b'\n');
        }
        Ok((lines, next))
    }
}

impl AuditExport {
    /// The first line.
    fn head(&self) -> Result<Vec<u8>, StoreError> {
        let mut line = serde_json::to_vec(&self.header).map_err(|error| failed(&error))?;
        line.push(b'\n');
        Ok(line)
    }
}

fn failed(error: &dyn std::fmt::Display) -> StoreError {
    StoreError::Io { action: "writing the export", detail: error.to_string() }
}
