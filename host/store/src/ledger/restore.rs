//! Reads a backup into empty maps.

use std::io;

use sha2::{Digest as _, Sha256};
use stele_digest::Digest;

use super::backup::{END, MAGIC};
use crate::{
    backend::{Backend, Write},
    error::StoreError,
    layout::Tree,
    store::BackupSummary,
};

/// Values written in one transaction.
const BATCH: usize = 512;
/// No key and no value is longer; guards against a damaged length. 64 MiB.
const LONGEST: usize = 64 * 1024 * 1024;

/// Digests what passes.
struct Digesting<R> {
    inner: R,
    hasher: Sha256,
}

impl<R: io::Read> io::Read for Digesting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.hasher.update(buffer.get(..read).unwrap_or_default());
        Ok(read)
    }
}

fn unusable(detail: impl ToString) -> StoreError {
    StoreError::Backup { detail: detail.to_string() }
}

/// Writes all values of the backup and flushes. The values themselves are checked afterwards, by
/// `verify` on the store that they make.
pub(crate) fn read_backup<B: Backend>(
    reader: &mut dyn io::Read,
    backend: &B,
) -> Result<BackupSummary, StoreError> {
    let mut magic = [0; MAGIC.len()];
    reader.read_exact(&mut magic).map_err(|_| unusable("it is too short"))?;
    if magic != MAGIC {
        return Err(unusable("it does not begin as a backup of this format does"));
    }
    let stream = zstd::Decoder::new(reader).map_err(unusable)?;
    let mut input = Digesting { inner: io::BufReader::new(stream), hasher: Sha256::new() };
    let mut values = 0_u64;
    let mut batch = Vec::with_capacity(BATCH);
    loop {
        let [position] = array(&mut input)?;
        if position == END {
            break;
        }
        let tree = *Tree::ALL
            .get(usize::from(position))
            .ok_or_else(|| unusable(format!("it has a value of unknown sort {position}")))?;
        let key = bytes(&mut input)?;
        let value = Some(bytes(&mut input)?);
        batch.push(Write { tree, key, value });
        values += 1;
        if batch.len() == BATCH {
            backend.write(std::mem::take(&mut batch))?;
        }
    }
    backend.write(batch)?;
    let counted = u64::from_be_bytes(array(&mut input)?);
    let horizon = i64::from_be_bytes(array(&mut input)?);
    let digest = Digest::from_bytes(input.hasher.clone().finalize().into());
    let expected: [u8; 32] = array(&mut input)?;
    if counted != values {
        return Err(unusable(format!("it should hold {counted} values and holds {values}")));
    }
    if expected != *digest.as_bytes() {
        return Err(unusable("its digest does not match its content"));
    }
    backend.flush()?;
    let horizon = jiff::Timestamp::from_microsecond(horizon).map_err(unusable)?;
    Ok(BackupSummary { horizon, values, digest })
}

fn array<const N: usize>(input: &mut impl io::Read) -> Result<[u8; N], StoreError> {
    let mut bytes = [0; N];
    input
        .read_exact(&mut bytes)
        .map_err(|error| unusable(format!("it is cut off or damaged: {error}")))?;
    Ok(bytes)
}

fn bytes(input: &mut impl io::Read) -> Result<Vec<u8>, StoreError> {
    let length = u32::from_be_bytes(array(input)?) as usize;
    if length > LONGEST {
        return Err(unusable(format!("it has a value of {length} bytes")));
    }
    let mut bytes = vec![0; length];
    input
        .read_exact(&mut bytes)
        .map_err(|error| unusable(format!("it is cut off or damaged: {error}")))?;
    Ok(bytes)
}
