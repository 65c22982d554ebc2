//! Rows of a file together with what is known of their employees, a chunk at a time: one question to
//! the store for many, and never more of them in memory than a chunk.

use std::{iter::Peekable, sync::Arc};

use jiff::Timestamp;
use stele_store::{EmployeeId, EmployeeRevision, InvalidName, Store, StoreError, TenantId};

use crate::people::file::Row;

/// Most rows of a chunk: of that many the question costs little beside the answers, and no more than
/// 64 MiB are held if each of the employees is as large as one may be.
const ROWS: usize = 64;
/// Bytes of rows after which a chunk ends earlier. A row may be as long as a chunk of usual ones.
const BYTES: usize = 1 << 20;

/// What was known of a tenant's employees at one moment, for threads that may block.
#[derive(Clone)]
pub(super) struct Known {
    store: Arc<dyn Store>,
    tenant: TenantId,
    at: Timestamp,
}

impl Known {
    /// What is known at a moment.
    pub(super) fn at(store: Arc<dyn Store>, tenant: TenantId, at: Timestamp) -> Self {
        Self { store, tenant, at }
    }

    pub(super) fn tenant(&self) -> &TenantId {
        &self.tenant
    }

    fn read(&self, ids: &[EmployeeId]) -> Result<Vec<Option<EmployeeRevision>>, StoreError> {
        self.store.employees_by_ids_here(&self.tenant, ids, self.at)
    }
}

/// A row of a file.
pub(super) struct Drawn {
    pub(super) row: Row,
    pub(super) id: Result<EmployeeId, InvalidName>,
    /// The latest revision, a deletion too.
    pub(super) known: Option<EmployeeRevision>,
}

/// The rows of a file, with what is known.
pub(super) struct Chunks {
    rows: Peekable<Box<dyn Iterator<Item = Row> + Send>>,
    known: Known,
}

impl Chunks {
    pub(super) fn new(rows: Box<dyn Iterator<Item = Row> + Send>, known: Known) -> Self {
        Self { rows: rows.peekable(), known }
    }

    fn draw(&mut self) -> Result<Vec<Drawn>, StoreError> {
        let (mut rows, mut bytes) = (Vec::new(), 0);
        while rows.len() < ROWS
            && let Some(row) =
                self.rows.next_if(|row| rows.is_empty() || bytes + row.bytes <= BYTES)
        {
            bytes += row.bytes;
            let id = EmployeeId::new(&row.employee);
            rows.push((row, id));
        }
        let ids: Vec<EmployeeId> = rows.iter().filter_map(|(_, id)| id.clone().ok()).collect();
        let mut known = self.known.read(&ids)?.into_iter();
        let drawn = rows.into_iter().map(|(row, id)| {
            let known = id.is_ok().then(|| known.next().flatten()).flatten();
            Drawn { row, id, known }
        });
        Ok(drawn.collect())
    }
}

impl Iterator for Chunks {
    type Item = Result<Vec<Drawn>, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.rows.peek()?;
        Some(self.draw())
    }
}
