//! A version as one file, `.stele`: a tar archive of a fixed shape, compressed with zstd.
//!
//! ```text
//! ruleset.toml        what it is
//! component.wasm      the rule
//! formulas.toml       what the rule is made of, where it is made of formulas
//! parameters.toml     the numbers of the law
//! cases/<name>.toml   inputs with their expected outcome
//! texts/<language>.toml
//! signatures.dsse.json   who released it, if anybody signed
//! ```
//!
//! Nothing else may be inside. The identity of a package is its [digest](Package::digest): SHA-256
//! over the lines `<SHA-256 of the file in hex> <path>\n` of all its files but the signatures, in
//! the order of their paths, so it covers every byte of what the version is and no detail of
//! compression. The signatures are over the digest. Writing is deterministic: the same files give
//! the same bytes on any machine.

mod archive;
mod folder;

use std::collections::BTreeMap;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};
use stele_digest::Digest;

use super::defect::{Defect, shorten};
use super::formula_text::{FormulaText, NotMade};
use super::manifest::{MANIFEST_FILE, Manifest};
use super::signature::{
    Envelope, EnvelopeError, LARGEST_ENVELOPE, PrivateKey, Subject, WrongSubject,
};

/// Path of the rule inside a package.
pub const COMPONENT_FILE: &str = "component.wasm";
/// Path of the formulas inside a package whose rule is made of them.
pub const FORMULAS_FILE: &str = "formulas.toml";
/// Path of the dated parameters inside a package.
pub const PARAMETERS_FILE: &str = "parameters.toml";
/// Folder of the cases inside a package.
pub const CASES_FOLDER: &str = "cases/";
/// Folder of the texts inside a package.
pub const TEXTS_FOLDER: &str = "texts/";
/// Path of the English texts.
const ENGLISH_FILE: &str = "texts/en.toml";
/// Path of the signatures inside a package.
pub const SIGNATURES_FILE: &str = "signatures.dsse.json";

/// Most bytes of a `.stele` file as it is sent. The largest rule that we know has 200 KiB.
pub const LARGEST_ARCHIVE: usize = 16 << 20;
/// Most bytes that an archive may unpack to; beyond that it is taken for a bomb.
pub const LARGEST_CONTENT: usize = 64 << 20;
/// Most bytes of one file that is not the component.
pub const LARGEST_TEXT: usize = 4 << 20;
/// Most files. A publication runs every case several times, so more would not be run in time.
pub const MOST_FILES: usize = 2_000;

/// Why bytes or a folder are no package.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// The file as sent is larger than allowed.
    #[error("the package has {found} bytes; at most {most} are accepted")]
    ArchiveTooLarge {
        /// Bytes that were sent.
        found: usize,
        /// Bytes that are accepted.
        most: usize,
    },
    /// The bytes can't be unpacked.
    #[error("the package is not a tar archive compressed with zstd: {0}")]
    NotAnArchive(String),
    /// What it unpacks to is larger than allowed.
    #[error("the package unpacks to more than {most} bytes")]
    ContentTooLarge {
        /// Bytes that are accepted.
        most: usize,
    },
    /// One file is larger than allowed.
    #[error("{file}: {found} bytes; at most {most} are accepted")]
    FileTooLarge {
        /// Path inside the package.
        file: String,
        /// Its size.
        found: u64,
        /// Bytes that are accepted.
        most: usize,
    },
    /// More files than allowed.
    #[error("the package has more than {most} files")]
    TooManyFiles {
        /// Files that are accepted.
        most: usize,
    },
    /// A path that no package has: an unknown file, a traversal, a link.
    #[error(
        "{file}: {problem}; a package holds ruleset.toml, component.wasm, perhaps formulas.toml, parameters.toml, cases/<name>.toml, texts/<language>.toml and perhaps signatures.dsse.json, and nothing else"
    )]
    UnexpectedFile {
        /// The path, shortened.
        file: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// The same path occurs twice.
    #[error("{file}: occurs twice")]
    DuplicateFile {
        /// Path inside the package.
        file: String,
    },
    /// A file that every package has is not there.
    #[error("{file}: missing")]
    MissingFile {
        /// Path inside the package, or in the file system.
        file: String,
    },
    /// A text file is not UTF-8.
    #[error("{file}: not UTF-8 text")]
    NotText {
        /// Path inside the package.
        file: String,
    },
    /// `ruleset.toml` is not a manifest.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Manifest(Vec<Defect>),
    /// No component can be made of `formulas.toml`.
    #[error(transparent)]
    Formulas(#[from] NotMade),
    /// `signatures.dsse.json` holds no signatures of a package.
    #[error("{SIGNATURES_FILE}: {0}")]
    Signatures(#[from] EnvelopeError),
    /// The file system refused.
    #[error("{file}: {source}")]
    Unreadable {
        /// Path in the file system.
        file: String,
        /// What the system said.
        source: std::io::Error,
    },
}

/// Why a package can't be signed.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// It carries signatures of another package.
    #[error(transparent)]
    WrongSubject(#[from] WrongSubject),
    /// No room for one more.
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
}

/// The files of one version, complete and with a manifest that can be read. Whether the rule
/// works, the parameters are complete and the cases hold is for [`check`](super::check()) to say.
#[derive(Debug, Clone)]
pub struct Package {
    files: BTreeMap<String, Vec<u8>>,
    manifest: Manifest,
    digest: Digest,
    signatures: Option<Envelope>,
    formula_text: Option<Arc<FormulaText>>,
}

impl Package {
    /// Unpacks a `.stele` file. Reads within fixed bounds whatever is sent.
    pub fn read(bytes: &[u8]) -> Result<Self, PackageError> {
        Self::from_files(archive::unpack(bytes)?)
    }

    /// Packs the files in the folder of a ruleset, with the component named in its manifest from
    /// the folder of built rules.
    pub fn from_folder(
        folder: &std::path::Path,
        rules: &std::path::Path,
    ) -> Result<Self, PackageError> {
        Self::from_files(folder::gather(folder, rules)?)
    }

    /// Makes a package of files given by path and content, for tests and for tools that have them
    /// in memory. The same rules hold as for an archive.
    pub fn from_files(mut files: BTreeMap<String, Vec<u8>>) -> Result<Self, PackageError> {
        if files.len() > MOST_FILES {
            return Err(PackageError::TooManyFiles { most: MOST_FILES });
        }
        for (path, content) in &files {
            admit(path, content.len() as u64)?;
        }
        if files.values().map(Vec::len).sum::<usize>() > LARGEST_CONTENT {
            return Err(PackageError::ContentTooLarge { most: LARGEST_CONTENT });
        }
        for compulsory in [MANIFEST_FILE, COMPONENT_FILE, PARAMETERS_FILE] {
            if !files.contains_key(compulsory) {
                return Err(PackageError::MissingFile { file: compulsory.to_owned() });
            }
        }
        let signatures = files.remove(SIGNATURES_FILE);
        let signatures = signatures.map(|bytes| Envelope::parse(&bytes)).transpose()?;
        let mut hash = Sha256::new();
        for (path, content) in &files {
            if path != COMPONENT_FILE && std::str::from_utf8(content).is_err() {
                return Err(PackageError::NotText { file: path.clone() });
            }
            hash.update(hex::encode(Sha256::digest(content)));
            hash.update(b" ");
            hash.update(path);
            hash.update(b"\n");
        }
        let digest = Digest::from_bytes(hash.finalize().into());
        let manifest = match files.get(MANIFEST_FILE).map(|file| std::str::from_utf8(file)) {
            Some(Ok(text)) => Manifest::parse(text).map_err(PackageError::Manifest)?,
            _ => return Err(PackageError::MissingFile { file: MANIFEST_FILE.to_owned() }),
        };
        let formula_text = match (manifest.machine, files.get(FORMULAS_FILE)) {
            (None, None) => None,
            (Some(machine), Some(text)) => {
                let text = std::str::from_utf8(text).unwrap_or_default();
                Some(Arc::new(FormulaText::read(&manifest.component, machine, text)))
            }
            (Some(_), None) => {
                return Err(PackageError::MissingFile { file: FORMULAS_FILE.to_owned() });
            }
            (None, Some(_)) => {
                return Err(PackageError::UnexpectedFile {
                    file: FORMULAS_FILE.to_owned(),
                    problem: "ruleset.toml names a component, and no `machine` that runs formulas",
                });
            }
        };
        Ok(Self { files, manifest, digest, signatures, formula_text })
    }

    /// The package as one `.stele` file; the same files give the same bytes.
    pub fn write(&self) -> Result<Vec<u8>, PackageError> {
        let mut files: BTreeMap<&str, &[u8]> = self.files().collect();
        files.extend(self.signatures.as_ref().map(|envelope| (SIGNATURES_FILE, envelope.bytes())));
        archive::pack(files)
            .map_err(|error| PackageError::NotAnArchive(shorten(&error.to_string())))
    }

    /// What identifies the content; independent of compression.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// Who released it, not verified; none: nobody has signed. See
    /// [`TrustPolicy`](super::TrustPolicy).
    pub fn signatures(&self) -> Option<&Envelope> {
        self.signatures.as_ref()
    }

    /// Adds the signature of a key to those that are there. Signing again with the same key
    /// changes nothing. The digest stays.
    pub fn sign(&mut self, key: &PrivateKey) -> Result<(), SignError> {
        let subject = Subject::of(self);
        self.signatures = Some(match &self.signatures {
            None => Envelope::sign(&subject, key)?,
            Some(present) => {
                present.is_about(&subject)?;
                present.clone().with(key)?
            }
        });
        Ok(())
    }

    /// What the version says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The rule's bytes, not checked.
    pub fn component(&self) -> &[u8] {
        self.files.get(COMPONENT_FILE).map_or(&[], Vec::as_slice)
    }

    /// `parameters.toml`.
    pub fn parameters(&self) -> &str {
        self.text(PARAMETERS_FILE)
    }

    /// Path and text of every case, in the order of their paths.
    pub fn cases(&self) -> impl Iterator<Item = (&str, &str)> {
        self.folder(CASES_FOLDER)
    }

    /// Path and text of every language's texts, in the order of their paths. Formulas bring the
    /// English ones with them, where there is no file of its own for them.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        let speaks = self.manifest.languages.iter().any(|tag| tag == "en");
        let english = self.formula_text().and_then(FormulaText::english);
        let english = english.filter(|_| speaks && !self.files.contains_key(ENGLISH_FILE));
        self.folder(TEXTS_FOLDER).chain(english.map(|text| (ENGLISH_FILE, text)))
    }

    /// What the rule is made of; none where it was written as a component.
    pub fn formula_text(&self) -> Option<&FormulaText> {
        self.formula_text.as_deref()
    }

    /// Path and content of every file that the digest covers, in the order of their paths.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, content)| (path.as_str(), content.as_slice()))
    }

    fn folder<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files
            .keys()
            .filter(move |path| path.starts_with(folder))
            .map(|path| (path.as_str(), self.text(path)))
    }

    fn text(&self, path: &str) -> &str {
        // Every text file was found to be UTF-8 when the package was made.
        self.files.get(path).and_then(|file| std::str::from_utf8(file).ok()).unwrap_or_default()
    }
}

/// Says whether a file of this path and size may be in a package. Paths are matched against what
/// is allowed, so there is no list of forbidden tricks to keep complete.
fn admit(path: &str, size: u64) -> Result<(), PackageError> {
    let name = |file: &str| {
        file.strip_suffix(".toml").is_some_and(|stem| {
            (1..=80).contains(&stem.len())
                && !stem.starts_with(['.', '-'])
                && stem
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
        })
    };
    let most = match path {
        COMPONENT_FILE => LARGEST_CONTENT,
        MANIFEST_FILE | PARAMETERS_FILE | FORMULAS_FILE => LARGEST_TEXT,
        SIGNATURES_FILE => LARGEST_ENVELOPE,
        _ if path.strip_prefix(CASES_FOLDER).is_some_and(name) => LARGEST_TEXT,
        _ if path.strip_prefix(TEXTS_FOLDER).is_some_and(name) => LARGEST_TEXT,
        _ => {
            return Err(PackageError::UnexpectedFile {
                file: super::defect::quote(path),
                problem: "not a file of a package",
            });
        }
    };
    if size > most as u64 {
        return Err(PackageError::FileTooLarge { file: path.to_owned(), found: size, most });
    }
    Ok(())
}
