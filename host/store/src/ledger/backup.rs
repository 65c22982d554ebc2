//! Writes a backup while commits go on.
//!
//! Records are only ever added, and each knows when it was recorded, so "everything up to the
//! horizon" can be read at leisure. Credentials are changed in place, by revocation; they are few
//! and are copied while the writer waits. Results and impact reports lose contents by erasure;
//! each batch and each report is copied while the writer waits, so that it is whole. So is what
//! says how long each log is.
//!
//! The file: the line [`MAGIC`], then a zstd stream of values, each as tree (one byte, position in
//! `Tree::ALL`), length of the key and key, length of the value and value (lengths as u32), then
//! [`END`], the number of values (u64), the horizon (microseconds, i64) and the SHA-256 of all of
//! the stream before it. Numbers are big-endian.

use std::{
    io::{self, Write as _},
    ops::Bound,
};

use jiff::Timestamp;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use stele_digest::Digest;

use super::{Ledger, log_ends::LogEnds};
use crate::{
    backend::{self, Backend, Pair},
    envelope,
    error::StoreError,
    layout::{self, Tree},
    store::BackupSummary,
};

/// First line of a backup.
pub(super) const MAGIC: &[u8] = b"stele-backup 1\n";
/// Stands where the next value's tree would stand.
pub(super) const END: u8 = u8::MAX;
/// Backups are written while the server works: fast rather than small.
const LEVEL: i32 = 3;

/// The one field that every filtered record has.
#[derive(Deserialize)]
struct Stamped {
    recorded_at: Timestamp,
}

/// Digests what passes.
struct Digesting<W> {
    inner: W,
    hasher: Sha256,
}

impl<W: io::Write> io::Write for Digesting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hasher.update(bytes.get(..written).unwrap_or(bytes));
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<B: Backend> Ledger<B> {
    pub(super) fn write_backup(
        &self,
        writer: &mut dyn io::Write,
    ) -> Result<BackupSummary, StoreError> {
        let (horizon, tokens, heads) = {
            let _writer = self.writer.lock();
            let all = |tree| -> Result<Vec<Pair>, StoreError> {
                self.backend.scan(tree, Bound::Unbounded, Bound::Unbounded).collect()
            };
            (self.horizon(), all(Tree::Tokens)?, all(Tree::AuditHeads)?)
        };
        let failed = |error: io::Error| StoreError::io("writing the backup", error);
        writer.write_all(MAGIC).map_err(failed)?;
        let stream = zstd::Encoder::new(writer, LEVEL).map_err(failed)?;
        let mut out = Digesting { inner: stream, hasher: Sha256::new() };
        let mut values = 0;

        for (key, number) in [
            (
                layout::FORMAT_KEY,
                envelope::record(Tree::Meta, layout::FORMAT_KEY, &layout::FORMAT)?,
            ),
            (layout::HORIZON_KEY, envelope::record(Tree::Meta, layout::HORIZON_KEY, &horizon)?),
        ] {
            put(&mut out, Tree::Meta, key, &number).map_err(failed)?;
            values += 1;
        }
        for (key, value) in tokens {
            if is_recorded(Tree::Tokens, &key, &value, horizon)? {
                put(&mut out, Tree::Tokens, &key, &value).map_err(failed)?;
                values += 1;
            }
        }
        values += self.put_whole(
            Tree::ResultBatches,
            &[Tree::ResultHeads, Tree::Results],
            horizon,
            &mut out,
        )?;
        values += self.put_whole(Tree::ImpactContents, &[], horizon, &mut out)?;
        // Tiles and heads are left for the end: what of them is written depends on the entries.
        let is_listed = |tree: &Tree| {
            !matches!(
                tree,
                Tree::Meta
                    | Tree::Tokens
                    | Tree::Results
                    | Tree::ResultHeads
                    | Tree::ResultBatches
                    | Tree::ImpactContents
                    | Tree::AuditTiles
                    | Tree::AuditHeads
            )
        };
        let mut logs = LogEnds::default();
        for tree in Tree::ALL.into_iter().filter(is_listed) {
            for pair in self.backend.scan(tree, Bound::Unbounded, Bound::Unbounded) {
                let (key, value) = pair?;
                if is_recorded(tree, &key, &value, horizon)? {
                    if tree == Tree::Audit {
                        logs.follow(&key, &value)?;
                    }
                    put(&mut out, tree, &key, &value).map_err(failed)?;
                    values += 1;
                }
            }
        }

        for pair in self.backend.scan(Tree::AuditTiles, Bound::Unbounded, Bound::Unbounded) {
            let (key, value) = pair?;
            if logs.fill(&key, &value)? {
                put(&mut out, Tree::AuditTiles, &key, &value).map_err(failed)?;
                values += 1;
            }
        }
        for (key, value) in logs.heads(heads, horizon)? {
            put(&mut out, Tree::AuditHeads, &key, &value).map_err(failed)?;
            values += 1;
        }

        out.write_all(&[END]).map_err(failed)?;
        out.write_all(&u64::to_be_bytes(values)).map_err(failed)?;
        out.write_all(&horizon.as_microsecond().to_be_bytes()).map_err(failed)?;
        let digest = Digest::from_bytes(out.hasher.finalize().into());
        let mut stream = out.inner;
        stream.write_all(digest.as_bytes()).map_err(failed)?;
        stream.finish().map_err(failed)?.flush().map_err(failed)?;
        Ok(BackupSummary { horizon, values, digest })
    }
}

impl<B: Backend> Ledger<B> {
    /// Copies what an erasure may change: all that lies under an identifier, each identifier whole.
    /// Those that are in `listing` are copied from it and from `others`.
    fn put_whole(
        &self,
        listing: Tree,
        others: &[Tree],
        horizon: Timestamp,
        out: &mut impl io::Write,
    ) -> Result<u64, StoreError> {
        let mut values = 0;
        let mut from = Bound::Unbounded;
        loop {
            let writer = self.writer.lock();
            let first = self.backend.scan(listing, from.clone(), Bound::Unbounded).next();
            let Some((key, _)) = first.transpose()? else { return Ok(values) };
            let prefix = layout::identified_part(&key)
                .ok_or_else(|| envelope::damaged(listing, &key, "its key is too short"))?;
            let mut whole: Vec<(Tree, Pair)> = Vec::new();
            for tree in std::iter::once(&listing).chain(others) {
                for pair in backend::scan_prefix(&self.backend, *tree, prefix) {
                    whole.push((*tree, pair?));
                }
            }
            drop(writer);
            let mut is_wanted = true;
            for (tree, (key, value)) in &whole {
                is_wanted &= is_recorded(*tree, key, value, horizon)?;
            }
            for (tree, (key, value)) in whole.iter().filter(|_| is_wanted) {
                put(out, *tree, key, value)
                    .map_err(|error| StoreError::io("writing the backup", error))?;
                values += 1;
            }
            from = match layout::after(prefix) {
                Some(after) => Bound::Included(after),
                None => return Ok(values),
            };
        }
    }
}

/// Whether a value belongs to a commit up to the horizon. Damaged values stop the backup: a backup
/// that hides them would be worse than none.
fn is_recorded(
    tree: Tree,
    key: &[u8],
    value: &[u8],
    horizon: Timestamp,
) -> Result<bool, StoreError> {
    envelope::check(tree, key, value)?;
    match tree {
        // Content without a version or a report that names it does no harm, and neither does an
        // index without a result.
        Tree::Meta | Tree::Objects | Tree::ImpactContents | Tree::ResultsOf => Ok(true),
        // Decided by the record of their batch.
        Tree::Results | Tree::ResultHeads => Ok(true),
        // Decided by the entries of their log.
        Tree::AuditTiles | Tree::AuditHeads => Ok(true),
        Tree::Employees => match layout::revision_suffix(key) {
            Some((_, recorded_at, _)) => Ok(recorded_at <= horizon),
            None => Err(envelope::damaged(tree, key, "its key is too short")),
        },
        Tree::ResponseTimes => Ok(key < layout::response_time(horizon, &[u8::MAX]).as_slice()),
        Tree::Tenants
        | Tree::Tokens
        | Tree::Versions
        | Tree::Activations
        | Tree::Audit
        | Tree::Responses
        | Tree::Policies
        | Tree::Organizations
        | Tree::Proposals
        | Tree::ImpactReports
        | Tree::ResultBatches
        | Tree::AuditSalts
        | Tree::Erasures => Ok(envelope::read::<Stamped>(tree, key, value)?.recorded_at <= horizon),
    }
}

fn put(out: &mut impl io::Write, tree: Tree, key: &[u8], value: &[u8]) -> io::Result<()> {
    let length = |bytes: &[u8]| {
        u32::try_from(bytes.len())
            .map(u32::to_be_bytes)
            .map_err(|_| io::Error::other("a value is longer than 4 GiB"))
    };
    out.write_all(&[tree.position() as u8])?;
    out.write_all(&length(key)?)?;
    out.write_all(key)?;
    out.write_all(&length(value)?)?;
    out.write_all(value)
}
