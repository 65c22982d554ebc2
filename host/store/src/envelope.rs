//! What surrounds every value on disk: a byte for the format, a byte for the form of the content
//! and a checksum over tree, key and content, so that a flipped byte, and a value under another's
//! key, is found and named instead of believed.
//!
//! Records are JSON: they outlive versions of this program, a field may be added, and a person can
//! read what is there. Long ones are compressed.

use serde::{Serialize, de::DeserializeOwned};

use crate::{error::StoreError, layout::Tree};

/// Format of the envelope.
const FORMAT: u8 = 1;
const JSON: u8 = 0;
const JSON_COMPRESSED: u8 = 1;
const BYTES: u8 = 2;
/// Format, form, checksum.
const HEADER: usize = 6;
/// Content longer than this is compressed: below it, compression gains nothing worth its time.
const COMPRESS_FROM: usize = 2048;
/// Level 3 is zstd's own default: half the size of level 1 and as fast as the disk.
const LEVEL: i32 = 3;

fn checksum(tree: Tree, key: &[u8], form: u8, content: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(tree.name().as_bytes());
    hasher.update(&[0, form]);
    hasher.update(&(key.len() as u64).to_be_bytes());
    hasher.update(key);
    hasher.update(content);
    hasher.finalize()
}

fn seal(tree: Tree, key: &[u8], form: u8, content: &[u8]) -> Vec<u8> {
    let mut value = Vec::with_capacity(HEADER + content.len());
    value.push(FORMAT);
    value.push(form);
    value.extend_from_slice(&checksum(tree, key, form, content).to_be_bytes());
    value.extend_from_slice(content);
    value
}

fn open<'a>(tree: Tree, key: &[u8], value: &'a [u8]) -> Result<(u8, &'a [u8]), StoreError> {
    let damaged = |detail: &str| damaged(tree, key, detail);
    let (&format, rest) = value.split_first().ok_or_else(|| damaged("it is empty"))?;
    if format != FORMAT {
        return Err(damaged("its format is unknown"));
    }
    let (&form, rest) = rest.split_first().ok_or_else(|| damaged("it is cut off"))?;
    let (expected, content) =
        rest.split_first_chunk::<4>().ok_or_else(|| damaged("it is cut off"))?;
    if checksum(tree, key, form, content) != u32::from_be_bytes(*expected) {
        return Err(damaged("its checksum does not match"));
    }
    Ok((form, content))
}

/// The error for a value that cannot be read.
pub(crate) fn damaged(tree: Tree, key: &[u8], detail: &str) -> StoreError {
    StoreError::CorruptValue {
        tree: tree.name(),
        key: key.escape_ascii().to_string(),
        detail: detail.to_owned(),
    }
}

/// Wraps a record.
pub(crate) fn record<T: Serialize>(
    tree: Tree,
    key: &[u8],
    record: &T,
) -> Result<Vec<u8>, StoreError> {
    encoded(tree, key, &json(record)?)
}

/// A record as the JSON that is stored and hashed.
pub(crate) fn json<T: Serialize>(record: &T) -> Result<Vec<u8>, StoreError> {
    serde_json::to_vec(record)
        .map_err(|error| StoreError::defect("writing a record as JSON", error))
}

/// Wraps JSON.
pub(crate) fn encoded(tree: Tree, key: &[u8], json: &[u8]) -> Result<Vec<u8>, StoreError> {
    if json.len() < COMPRESS_FROM {
        return Ok(seal(tree, key, JSON, json));
    }
    let compressed = compress(json)?;
    Ok(seal(tree, key, JSON_COMPRESSED, &compressed))
}

/// Unwraps a record's JSON.
pub(crate) fn read_json(tree: Tree, key: &[u8], value: &[u8]) -> Result<Vec<u8>, StoreError> {
    match open(tree, key, value)? {
        (JSON, content) => Ok(content.to_vec()),
        (JSON_COMPRESSED, content) => {
            zstd::decode_all(content).map_err(|_| damaged(tree, key, "it cannot be decompressed"))
        }
        _ => Err(damaged(tree, key, "it is not a record")),
    }
}

/// Unwraps a record.
pub(crate) fn read<T: DeserializeOwned>(
    tree: Tree,
    key: &[u8],
    value: &[u8],
) -> Result<T, StoreError> {
    let parse = |json: &[u8]| {
        serde_json::from_slice(json)
            .map_err(|error| damaged(tree, key, &format!("it is not the record expected: {error}")))
    };
    match open(tree, key, value)? {
        (JSON, content) => parse(content),
        _ => parse(&read_json(tree, key, value)?),
    }
}

/// Wraps bytes as they are.
pub(crate) fn bytes(tree: Tree, key: &[u8], content: &[u8]) -> Vec<u8> {
    seal(tree, key, BYTES, content)
}

/// Unwraps bytes.
pub(crate) fn read_bytes<'a>(
    tree: Tree,
    key: &[u8],
    value: &'a [u8],
) -> Result<&'a [u8], StoreError> {
    match open(tree, key, value)? {
        (BYTES, content) => Ok(content),
        _ => Err(damaged(tree, key, "it is a record where bytes should be")),
    }
}

/// Checks the envelope alone.
pub(crate) fn check(tree: Tree, key: &[u8], value: &[u8]) -> Result<(), StoreError> {
    open(tree, key, value).map(|_| ())
}

/// Compresses content.
pub(crate) fn compress(content: &[u8]) -> Result<Vec<u8>, StoreError> {
    compress_at(LEVEL, content)
}

/// Compresses content at a level of zstd.
pub(crate) fn compress_at(level: i32, content: &[u8]) -> Result<Vec<u8>, StoreError> {
    zstd::encode_all(content, level).map_err(|error| StoreError::io("compressing", error))
}
