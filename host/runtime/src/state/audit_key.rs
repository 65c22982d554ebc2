//! The key that signs checkpoints: Ed25519, one for a data folder.
//!
//! It lies beside the database and is in no backup: whoever restores into a new folder brings it
//! along, or goes on with a new key, of which those who keep checkpoints must be told.

use std::{
    fmt,
    fs::{self, File},
    io::{self, Write as _},
    os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

use ed25519_dalek::{
    Signature, Signer as _, SigningKey, VerifyingKey,
    pkcs8::{
        DecodePrivateKey as _, DecodePublicKey as _, EncodePrivateKey as _, EncodePublicKey as _,
        spki::der::pem::LineEnding,
    },
};
use rand::{TryRngCore as _, rngs::OsRng};
use sha2::{Digest as _, Sha256};

/// Where the key lies in the data folder.
const FILE: &str = "audit-key.pem";
/// Bytes of the fingerprint that names the server in its logs' origins.
const FINGERPRINT: usize = 8;

/// Why there is no key to sign with, or to check with.
#[derive(Debug, thiserror::Error)]
pub enum AuditKeyError {
    /// The file cannot be read or written.
    #[error("the key {} can not be used: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file holds something else.
    #[error(
        "{} is no Ed25519 key in PKCS#8 PEM ({detail}). Bring the former file back; if it is lost, a new key is made where there is none",
        path.display()
    )]
    NotAKey {
        /// The file.
        path: PathBuf,
        /// What was found.
        detail: String,
    },
    /// A text that is no public key.
    #[error("expected a public Ed25519 key in PEM (-----BEGIN PUBLIC KEY-----), found {0}")]
    NotAPublicKey(String),
    /// The system has no random bytes.
    #[error("no key can be made: {0}")]
    NoRandom(String),
}

/// The signing key.
#[derive(Clone)]
pub struct AuditKey(SigningKey);

impl fmt::Debug for AuditKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "AuditKey({})", self.verifier().fingerprint())
    }
}

impl AuditKey {
    /// A new key.
    pub fn generate() -> Result<Self, AuditKeyError> {
        let mut secret = [0; 32];
        OsRng
            .try_fill_bytes(&mut secret)
            .map_err(|error| AuditKeyError::NoRandom(error.to_string()))?;
        Ok(Self(SigningKey::from_bytes(&secret)))
    }

    /// Reads the key of a server's data folder, `audit-key.pem`, wherever it was kept.
    pub fn read(path: &Path) -> Result<Self, AuditKeyError> {
        let failed = |source| AuditKeyError::File { path: path.to_owned(), source };
        Self::from_pem(&fs::read_to_string(path).map_err(failed)?, path)
    }

    fn from_pem(pem: &str, path: &Path) -> Result<Self, AuditKeyError> {
        SigningKey::from_pkcs8_pem(pem).map(Self).map_err(|error| AuditKeyError::NotAKey {
            path: path.to_owned(),
            detail: error.to_string(),
        })
    }

    /// The key of a data folder, made if there is none.
    pub(crate) fn open(data: &Path) -> Result<Self, AuditKeyError> {
        let path = data.join(FILE);
        let failed = |source| AuditKeyError::File { path: path.clone(), source };
        match fs::read_to_string(&path) {
            Ok(pem) => {
                let mode = fs::metadata(&path).map_err(failed)?.permissions().mode();
                if mode & 0o077 != 0 {
                    tracing::warn!(path = %path.display(), mode = format!("{:o}", mode & 0o777),
                        "others could read the key that signs checkpoints; now they can not");
                    fs::set_permissions(&path, fs::Permissions::from_mode(0o600))
                        .map_err(failed)?;
                }
                Self::from_pem(&pem, &path)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let key = Self::generate()?;
                key.keep(data)?;
                Ok(key)
            }
            Err(error) => Err(failed(error)),
        }
    }

    /// Makes it the key of a data folder that has none.
    pub(crate) fn keep(&self, data: &Path) -> Result<(), AuditKeyError> {
        let path = data.join(FILE);
        self.write(data, &path).map_err(|source| AuditKeyError::File { path, source })
    }

    /// Writes the file whole or not at all, readable by this user only.
    fn write(&self, data: &Path, path: &Path) -> io::Result<()> {
        let pem = self.0.to_pkcs8_pem(LineEnding::LF).map_err(io::Error::other)?;
        let partial = path.with_extension("partial");
        // What is left of an attempt that was interrupted.
        match fs::remove_file(&partial) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = File::options().write(true).create_new(true).mode(0o600).open(&partial)?;
        file.write_all(pem.as_bytes())?;
        file.sync_all()?;
        fs::rename(&partial, path)?;
        File::open(data)?.sync_all()
    }

    /// What others check signatures with.
    pub fn verifier(&self) -> VerifierKey {
        VerifierKey(self.0.verifying_key())
    }

    pub(crate) fn sign(&self, text: &[u8]) -> [u8; 64] {
        self.0.sign(text).to_bytes()
    }
}

/// The public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey(VerifyingKey);

impl VerifierKey {
    /// Reads a public key in PEM.
    pub fn from_pem(pem: &str) -> Result<Self, AuditKeyError> {
        VerifyingKey::from_public_key_pem(pem).map(Self).map_err(|_| {
            let line = pem.lines().next().unwrap_or("nothing");
            AuditKeyError::NotAPublicKey(format!("{:?}", line.chars().take(60).collect::<String>()))
        })
    }

    /// The key as PEM.
    pub fn to_pem(&self) -> Result<String, AuditKeyError> {
        self.0
            .to_public_key_pem(LineEnding::LF)
            .map_err(|error| AuditKeyError::NotAPublicKey(error.to_string()))
    }

    /// The 32 bytes.
    pub(crate) fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// The beginning of the key's SHA-256, hexadecimal.
    pub fn fingerprint(&self) -> String {
        let digest = Sha256::digest(self.0.as_bytes());
        hex::encode(digest.get(..FINGERPRINT).unwrap_or_default())
    }

    pub(crate) fn is_signed(&self, text: &[u8], signature: &[u8; 64]) -> bool {
        self.0.verify_strict(text, &Signature::from_bytes(signature)).is_ok()
    }
}
