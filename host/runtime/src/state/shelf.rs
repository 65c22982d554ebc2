//! Rulesets that are made ready when they are first needed, once for each digest, however many
//! versions and activations name it.

use std::{collections::HashMap, sync::Arc};

use parking_lot::Mutex;
use stele_digest::Digest;
use stele_engine::Engine;
use stele_ruleset::{OpenError, Package, PackageError, Ruleset, SIGNATURES_FILE};
use stele_store::{Store, StoreError};
use tokio::sync::OnceCell;

/// Why a published version cannot be made ready.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The store cannot give its content.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A part of its content is not in the store.
    #[error(
        "the object {object} of the package {package} is not in the store; restore the last backup"
    )]
    Missing {
        /// The package.
        package: Digest,
        /// The missing part.
        object: String,
    },
    /// The content makes no package.
    #[error("the package {package} can not be read back: {source}")]
    Package {
        /// The package.
        package: Digest,
        /// What is wrong.
        source: PackageError,
    },
    /// This version of the program cannot run it.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The work was stopped.
    #[error("making the package {0} ready was stopped")]
    Stopped(Digest),
}

/// A published package that may not be ready yet.
#[derive(Debug)]
pub(crate) struct Shelved {
    digest: Digest,
    ruleset: OnceCell<Arc<Ruleset>>,
}

impl Shelved {
    /// The ruleset if it is ready: no waiting, no lock.
    pub(crate) fn ready(&self) -> Option<&Arc<Ruleset>> {
        self.ruleset.get()
    }

    /// The ruleset, made ready if it is not. Whoever comes meanwhile waits for the same one.
    pub(crate) async fn open(
        &self,
        engine: &Engine,
        store: &Arc<dyn Store>,
    ) -> Result<Arc<Ruleset>, LoadError> {
        let opened = self.ruleset.get_or_try_init(|| async {
            let (engine, store, digest) = (engine.clone(), store.clone(), self.digest);
            let open = move || {
                let package = load(store.as_ref(), digest, None)?;
                Ok(Ruleset::open(&engine, &package)?)
            };
            // Whoever starts a thread hands his priority on, and the one who asks may compute, below
            // those that serve: a serving thread starts it.
            let opening = tokio::spawn(async move { tokio::task::spawn_blocking(open).await });
            opening.await.flatten().unwrap_or(Err(LoadError::Stopped(digest)))
        });
        opened.await.cloned()
    }
}

/// All packages that somebody has named since the start.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    places: Mutex<HashMap<Digest, Arc<Shelved>>>,
}

impl Shelf {
    /// The place of a package.
    pub(crate) fn place(&self, digest: Digest) -> Arc<Shelved> {
        let mut places = self.places.lock();
        let place = places
            .entry(digest)
            .or_insert_with(|| Arc::new(Shelved { digest, ruleset: OnceCell::new() }));
        Arc::clone(place)
    }

    /// Puts a ruleset in its place that was just checked, so that it is not compiled again.
    pub(crate) fn put(&self, ruleset: Arc<Ruleset>) {
        // An error says that it is there already.
        let _ = self.place(ruleset.digest()).ruleset.set(ruleset);
    }
}

/// Puts a package together from the store. The object under the package's digest lists its files,
/// a line each: SHA-256, space, path. Signatures lie apart, because no digest covers them.
pub(crate) fn load(
    store: &dyn Store,
    digest: Digest,
    signatures: Option<Digest>,
) -> Result<Package, LoadError> {
    let missing = |object: &str| LoadError::Missing { package: digest, object: object.to_owned() };
    let list = store.object(&digest)?.ok_or_else(|| missing(&digest.to_string()))?;
    let mut files = std::collections::BTreeMap::new();
    for line in String::from_utf8_lossy(&list).lines() {
        let (object, path) = line.split_once(' ').ok_or_else(|| missing(line))?;
        let key = object.parse().map_err(|_| missing(object))?;
        let content = store.object(&key)?.ok_or_else(|| missing(object))?;
        files.insert(path.to_owned(), content);
    }
    if let Some(signatures) = signatures {
        let object = signatures.to_string();
        let content = store.object(&signatures)?.ok_or_else(|| missing(&object))?;
        files.insert(SIGNATURES_FILE.to_owned(), content);
    }
    Package::from_files(files).map_err(|source| LoadError::Package { package: digest, source })
}

/// The list of a package's files, whose SHA-256 is the package's digest, and the files.
pub(crate) fn objects(package: &Package) -> Vec<Arc<[u8]>> {
    let mut list = String::new();
    let mut objects: Vec<Arc<[u8]>> = Vec::new();
    for (path, content) in package.files() {
        list.push_str(&format!("{} {path}\n", Digest::of(content)));
        objects.push(Arc::from(content));
    }
    objects.push(Arc::from(list.into_bytes()));
    objects
}
