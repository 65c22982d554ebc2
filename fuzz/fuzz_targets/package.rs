//! Bytes that are said to be a package: whatever is read from them is bounded, has one digest, and
//! is written to bytes that are read as the same.
//!
//! What is not compressed is compressed first: a change within compressed bytes seldom passes beyond
//! the decompressor.

#![no_main]
#![allow(clippy::panic, reason = "a panic is how a target says what it found")]

use libfuzzer_sys::fuzz_target;
use stele_ruleset::{LARGEST_CONTENT, MOST_FILES, Package};

/// How compressed bytes begin (RFC 8878).
const COMPRESSED: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

fuzz_target!(|bytes: &[u8]| {
    let compressed = match bytes.starts_with(&COMPRESSED) {
        true => bytes.to_vec(),
        false => zstd::encode_all(bytes, 1).unwrap_or_default(),
    };
    let Ok(package) = Package::read(&compressed) else { return };
    let size: usize = package.files().map(|(_, content)| content.len()).sum();
    assert!(size as u64 <= LARGEST_CONTENT as u64 && package.files().count() <= MOST_FILES);
    let Ok(written) = package.write() else { panic!("what was read can not be written") };
    let Ok(again) = Package::read(&written) else { panic!("what was written can not be read") };
    assert_eq!(package.digest(), again.digest());
    assert!(package.files().eq(again.files()));
});
