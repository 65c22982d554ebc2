//! Compiled code between starts: a file for each component and engine, under a keyed checksum.
//!
//! What is loaded from here is run as native code, so nothing is loaded that this installation did
//! not write: a flipped bit, a torn write, a file that somebody put there are compiled again and
//! said. The files are bounded in number and bytes; what was used longest ago goes.

use std::fs::{self, File};
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::SystemTime;

use hmac::{Hmac, Mac as _};
use parking_lot::Mutex;
use rand::TryRngCore as _;
use sha2::Sha256;

use crate::failure::StartError;
use crate::settings::Cache;
use crate::statistics::{Statistics, add};

/// Bytes of the checksum, before the code.
const CHECKSUM: usize = 32;

/// Bytes of the key.
const KEY: usize = 32;

pub(super) struct CodeCache {
    settings: Cache,
    key: [u8; KEY],
    /// Held while the folder is looked through.
    trimming: Mutex<()>,
    hits: AtomicU64,
    misses: AtomicU64,
    damaged: AtomicU64,
}

impl CodeCache {
    /// Opens the folder and the key; makes both where they are missing.
    pub(super) fn open(settings: Cache) -> Result<Self, StartError> {
        make_private(&settings.folder).map_err(|error| StartError::CacheFolder {
            folder: settings.folder.clone(),
            reason: error.to_string(),
        })?;
        let key = open_key(&settings.key).map_err(|error| StartError::CacheKey {
            file: settings.key.clone(),
            reason: error.to_string(),
        })?;
        let cache = Self {
            settings,
            key,
            trimming: Mutex::new(()),
            hits: AtomicU64::new(0),
            misses: AtomicU64::new(0),
            damaged: AtomicU64::new(0),
        };
        cache.trim();
        Ok(cache)
    }

    /// The code of that name, if it is there and exactly what was written.
    pub(super) fn get(&self, name: &str) -> Option<Vec<u8>> {
        let path = self.settings.folder.join(name);
        let mut content = match self.read(&path) {
            Ok(content) => content,
            Err(error) => {
                if error.kind() != io::ErrorKind::NotFound {
                    tracing::warn!(name, %error, "compiled code can not be read: compiled again");
                }
                add(&self.misses, 1);
                return None;
            }
        };
        let whole = content.split_at_checked(CHECKSUM).is_some_and(|(checksum, code)| {
            self.checksum(name, code).is_some_and(|mac| mac.verify_slice(checksum).is_ok())
        });
        if !whole {
            add(&self.damaged, 1);
            add(&self.misses, 1);
            tracing::warn!(name, "compiled code is not what was written: compiled again");
            self.remove(&path);
            return None;
        }
        add(&self.hits, 1);
        content.drain(..CHECKSUM);
        Some(content)
    }

    /// Reads a file and marks it as used now.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let mut file = File::open(path)?;
        let mut content = Vec::new();
        Read::by_ref(&mut file).take(self.settings.bytes).read_to_end(&mut content)?;
        // Where it may not be changed, it only goes earlier than it should.
        let _ = file.set_modified(SystemTime::now());
        Ok(content)
    }

    /// Writes code, whole or not at all. Where the folder takes nothing, nothing is kept.
    pub(super) fn put(&self, name: &str, code: &[u8]) {
        if let Err(error) = self.write(name, code) {
            tracing::warn!(name, %error, "compiled code is not kept");
        }
        self.trim();
    }

    fn write(&self, name: &str, code: &[u8]) -> io::Result<()> {
        let Some(checksum) = self.checksum(name, code) else {
            return Err(io::Error::other("the key has no usable length"));
        };
        let mut file = tempfile::NamedTempFile::new_in(&self.settings.folder)?;
        file.write_all(&checksum.finalize().into_bytes())?;
        file.write_all(code)?;
        // Not flushed: what a power cut leaves of it does not match its checksum.
        file.persist(self.settings.folder.join(name))?;
        Ok(())
    }

    /// Over the name, too: a file of another component does not pass for this one.
    fn checksum(&self, name: &str, code: &[u8]) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).ok()?;
        mac.update(&(name.len() as u64).to_le_bytes());
        mac.update(name.as_bytes());
        mac.update(code);
        Some(mac)
    }

    /// Removes what was used longest ago until the rest is within the limits. Whatever lies in the
    /// folder counts, also what a killed process began to write.
    fn trim(&self) {
        let _alone = self.trimming.lock();
        let mut files = match files(&self.settings.folder) {
            Ok(files) => files,
            Err(error) => {
                tracing::warn!(%error, "the folder of compiled code can not be looked through");
                return;
            }
        };
        files.sort_unstable_by_key(|file| std::cmp::Reverse(file.used));
        let mut bytes = 0_u64;
        for (at, file) in files.iter().enumerate() {
            bytes = bytes.saturating_add(file.bytes);
            if at >= self.settings.files || bytes > self.settings.bytes {
                self.remove(&file.path);
            }
        }
    }

    fn remove(&self, path: &Path) {
        if let Err(error) = fs::remove_file(path)
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(path = %path.display(), %error, "compiled code can not be removed");
        }
    }

    pub(super) fn gauges(&self, statistics: &mut Statistics) {
        statistics.cache_hits = self.hits.load(Relaxed);
        statistics.cache_misses = self.misses.load(Relaxed);
        statistics.cache_damaged = self.damaged.load(Relaxed);
    }
}

struct Kept {
    path: PathBuf,
    used: SystemTime,
    bytes: u64,
}

fn files(folder: &Path) -> io::Result<Vec<Kept>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        if metadata.is_file() {
            let (used, bytes) = (metadata.modified()?, metadata.len());
            files.push(Kept { path: entry.path(), used, bytes });
        }
    }
    Ok(files)
}

/// The key, made where there is none.
fn open_key(path: &Path) -> io::Result<[u8; KEY]> {
    match read_key(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            let mut key = [0; KEY];
            rand::rngs::OsRng.try_fill_bytes(&mut key).map_err(io::Error::other)?;
            // Only this user may read it: a temporary file is made so.
            let mut file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
            file.write_all(&key)?;
            file.as_file().sync_all()?;
            file.persist_noclobber(path)?;
            Ok(key)
        }
        other => other,
    }
}

fn read_key(path: &Path) -> io::Result<[u8; KEY]> {
    let mut file = File::open(path)?;
    refuse_others(&file.metadata()?, "600")?;
    let mut key = Vec::new();
    Read::by_ref(&mut file).take(KEY as u64 + 1).read_to_end(&mut key)?;
    key.try_into().map_err(|found: Vec<u8>| {
        let reason = format!("expected {KEY} bytes, found {}: remove it", found.len());
        io::Error::new(io::ErrorKind::InvalidData, reason)
    })
}

/// Makes the folder, which nobody else may reach.
#[cfg(unix)]
fn make_private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    refuse_others(&fs::metadata(folder)?, "700")
}

#[cfg(not(unix))]
fn make_private(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

#[cfg(unix)]
fn refuse_others(metadata: &fs::Metadata, expected: &str) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = metadata.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        let reason = format!(
            "others may reach it (mode {mode:o}), expected {expected}: run `chmod {expected}` on \
             it or name another"
        );
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, reason));
    }
    Ok(())
}

#[cfg(not(unix))]
fn refuse_others(_metadata: &fs::Metadata, _expected: &str) -> io::Result<()> {
    Ok(())
}
