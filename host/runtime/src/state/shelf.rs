//! Rulesets that are made ready when they are first needed, once for each digest, however many
//! versions and activations name it. So many stay ready; what was used longest ago goes, and is made
//! ready again, out of the engine's cache of compiled code, when it is needed.

use std::{
    collections::HashMap,
    num::NonZeroUsize,
    sync::{
        Arc, Weak,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

use arc_swap::ArcSwapOption;
use parking_lot::Mutex;
use stele_digest::Digest;
use stele_engine::Engine;
use stele_ruleset::{OpenError, Package, PackageError, Ruleset, SIGNATURES_FILE};
use stele_store::{Store, StoreError};

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

/// A published package that may not be ready yet, or no longer.
#[derive(Debug)]
pub(crate) struct Shelved {
    digest: Digest,
    ruleset: ArcSwapOption<Ruleset>,
    /// Held while it is made ready.
    opening: tokio::sync::Mutex<()>,
    /// The shelf's turn when it was last used.
    used: AtomicU64,
    shelf: Arc<Ready>,
}

/// What all places share: which of them are ready, and how many may be.
#[derive(Debug)]
struct Ready {
    most: usize,
    /// Goes on whenever something is made ready: the clock of what was used longest ago.
    turn: AtomicU64,
    places: Mutex<Vec<Weak<Shelved>>>,
}

impl Shelved {
    /// The ruleset if it is ready: no waiting, no lock.
    pub(crate) fn ready(&self) -> Option<Arc<Ruleset>> {
        let turn = self.shelf.turn.load(Relaxed);
        // Not written each time: many threads read it.
        if self.used.load(Relaxed) != turn {
            self.used.store(turn, Relaxed);
        }
        self.ruleset.load_full()
    }

    /// The ruleset, made ready if it is not. Whoever comes meanwhile waits for the same one.
    pub(crate) async fn open(
        self: &Arc<Self>,
        engine: &Engine,
        store: &Arc<dyn Store>,
    ) -> Result<Arc<Ruleset>, LoadError> {
        if let Some(ruleset) = self.ready() {
            return Ok(ruleset);
        }
        let _alone = self.opening.lock().await;
        if let Some(ruleset) = self.ready() {
            return Ok(ruleset);
        }
        let (reading, digest) = (store.clone(), self.digest);
        let load = move || load(reading.as_ref(), digest, None);
        // Whoever starts a thread hands his priority on, and the one who asks may compute, below
        // those that serve: a serving thread starts it.
        let loading = tokio::spawn(async move { tokio::task::spawn_blocking(load).await });
        let package = loading.await.flatten().unwrap_or(Err(LoadError::Stopped(digest)))?;
        let ruleset = Ruleset::open(engine, &package).await?;
        self.put(Arc::clone(&ruleset));
        Ok(ruleset)
    }

    /// It is ready now; what was used longest ago makes room.
    fn put(self: &Arc<Self>, ruleset: Arc<Ruleset>) {
        self.used.store(self.shelf.turn.fetch_add(1, Relaxed) + 1, Relaxed);
        self.ruleset.store(Some(ruleset));
        let mut places = self.shelf.places.lock();
        places.retain(|place| {
            let place = place.upgrade();
            place.is_some_and(|place| !Arc::ptr_eq(&place, self) && place.is_ready())
        });
        places.push(Arc::downgrade(self));
        while places.len() > self.shelf.most {
            let used = |place: &Weak<Self>| place.upgrade().map(|place| place.used.load(Relaxed));
            let oldest = (0..places.len()).min_by_key(|at| places.get(*at).and_then(used));
            let Some(oldest) = oldest else { return };
            if let Some(place) = places.swap_remove(oldest).upgrade() {
                // Whoever calculates with it goes on doing so.
                place.ruleset.store(None);
            }
        }
    }

    fn is_ready(&self) -> bool {
        self.ruleset.load().is_some()
    }
}

/// All packages that somebody has named since the start.
#[derive(Debug)]
pub(crate) struct Shelf {
    places: Mutex<HashMap<Digest, Arc<Shelved>>>,
    ready: Arc<Ready>,
}

impl Shelf {
    /// Without anything on it, and with room for so many that are ready.
    pub(crate) fn new(most: NonZeroUsize) -> Self {
        let ready = Ready { most: most.get(), turn: AtomicU64::new(0), places: Mutex::default() };
        Self { places: Mutex::default(), ready: Arc::new(ready) }
    }

    /// The place of a package.
    pub(crate) fn place(&self, digest: Digest) -> Arc<Shelved> {
        let mut places = self.places.lock();
        let place = places.entry(digest).or_insert_with(|| {
            Arc::new(Shelved {
                digest,
                ruleset: ArcSwapOption::empty(),
                opening: tokio::sync::Mutex::new(()),
                used: AtomicU64::new(0),
                shelf: Arc::clone(&self.ready),
            })
        });
        Arc::clone(place)
    }

    /// Puts a ruleset in its place that was just checked, so that it is not compiled again.
    pub(crate) fn put(&self, ruleset: Arc<Ruleset>) {
        let place = self.place(ruleset.digest());
        if !place.is_ready() {
            place.put(ruleset);
        }
    }

    /// Takes a ruleset away again that was not published after all. If somebody else published the
    /// same meanwhile, it is made ready when it is needed.
    pub(crate) fn take_back(&self, digest: Digest) {
        self.place(digest).ruleset.store(None);
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
