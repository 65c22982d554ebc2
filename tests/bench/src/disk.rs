//! What the disk and the file system take for the same bytes, without a database: what durable
//! writing and starting are compared with.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;

/// All files of a folder, in bytes.
pub(crate) fn size(folder: &Path) -> anyhow::Result<u64> {
    let mut sum = 0;
    visit(folder, &mut |file| {
        sum += file.metadata()?.len();
        Ok(())
    })?;
    Ok(sum)
}

/// How long it takes to write so many bytes to a new file of the folder, in so many pieces, each
/// flushed before the next one. The bytes are such as no disk can make smaller.
pub(crate) fn write_and_flush(folder: &Path, bytes: u64, flushes: u64) -> anyhow::Result<Duration> {
    let piece = usize::try_from((bytes / flushes.max(1)).max(1))?;
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut noise: Vec<u8> = Vec::with_capacity(piece + 8);
    while noise.len() < piece {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        noise.extend_from_slice(&state.to_le_bytes());
    }
    noise.truncate(piece);
    let path = folder.join("written-to-compare");
    let mut file = File::create_new(&path).with_context(|| path.display().to_string())?;
    let begun = Instant::now();
    for _ in 0..flushes {
        file.write_all(&noise)?;
        file.sync_data()?;
    }
    let taken = begun.elapsed();
    fs::remove_file(&path)?;
    Ok(taken)
}

/// How long it takes to read every byte of a folder.
pub(crate) fn read(folder: &Path) -> anyhow::Result<Duration> {
    let mut buffer = vec![0; 1 << 20];
    let begun = Instant::now();
    visit(folder, &mut |file| {
        while file.read(&mut buffer)? > 0 {}
        Ok(())
    })?;
    Ok(begun.elapsed())
}

fn visit(
    folder: &Path,
    what: &mut dyn FnMut(&mut File) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            visit(&path, what)?;
        } else {
            what(&mut File::open(&path)?)?;
        }
    }
    Ok(())
}
