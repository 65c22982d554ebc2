//! Rulesets that are made ready when they are needed, once for each digest, however many versions
//! and activations name it. Beyond a bound those used longest ago are dropped, and made ready again
//! when they are needed again.

use std::{
    collections::HashMap,
    sync::{
        Arc, Weak,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use arc_swap::ArcSwapOption;
use parking_lot::Mutex;
use stele_digest::Digest;
use stele_engine::Engine;
use stele_ruleset::{OpenError, Package, PackageError, Ruleset, SIGNATURES_FILE};
use stele_store::{Store, StoreError};

use crate::state::{
    openings::{Openings, TooManyOpenings},
    settings::ReadyRulesets,
};

/// How long a part of something long waits for its turn before all of it is given up.
const PATIENCE: Duration = Duration::from_secs(60);

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
    /// Too many wait for their turn.
    #[error(transparent)]
    Busy(#[from] TooManyOpenings),
    /// The work was stopped.
    #[error("making the package {0} ready was stopped")]
    Stopped(Digest),
}

/// A published package that may not be ready now.
#[derive(Debug)]
pub(crate) struct Shelved {
    digest: Digest,
    ruleset: ArcSwapOption<Ruleset>,
    /// Held while it is made ready.
    opening: tokio::sync::Mutex<()>,
    /// How many had been made ready when it was last asked for.
    used: AtomicU64,
    shelf: Weak<Inner>,
}

impl Shelved {
    fn new(digest: Digest, shelf: &Arc<Inner>) -> Arc<Self> {
        let shelf = Arc::downgrade(shelf);
        let (opening, used) = (tokio::sync::Mutex::default(), AtomicU64::default());
        Arc::new(Self { digest, ruleset: ArcSwapOption::empty(), opening, used, shelf })
    }

    /// The ruleset if it is ready: no waiting, no lock.
    pub(crate) fn ready(&self) -> Option<Arc<Ruleset>> {
        let ruleset = self.ruleset.load_full()?;
        if let Some(shelf) = self.shelf.upgrade() {
            let now = shelf.opened.load(Ordering::Relaxed);
            // Written only when it changes: many threads ask for the same one.
            if self.used.load(Ordering::Relaxed) != now {
                self.used.store(now, Ordering::Relaxed);
            }
        }
        Some(ruleset)
    }

    /// The ruleset, made ready in the holder's turn if it is not. Whoever comes meanwhile waits for
    /// the same one.
    pub(crate) async fn open(
        self: &Arc<Self>,
        holder: &Arc<str>,
        engine: &Engine,
        store: &Arc<dyn Store>,
    ) -> Result<Arc<Ruleset>, LoadError> {
        if let Some(ruleset) = self.ready() {
            return Ok(ruleset);
        }
        let shelf = self.shelf.upgrade();
        // Before the place is held: nobody waits for a place that waits for another's turn.
        let _turn = match &shelf {
            Some(shelf) => Some(shelf.openings.turn(holder).await?),
            None => None,
        };
        let _opening = self.opening.lock().await;
        if let Some(ruleset) = self.ready() {
            return Ok(ruleset);
        }
        let (reading, digest) = (store.clone(), self.digest);
        // Whoever starts a thread hands his priority on, and the one who asks may compute, below
        // those that serve: a serving thread starts those that read.
        let loading = tokio::spawn(async move { load(reading.as_ref(), digest, None).await });
        let package = loading.await.unwrap_or(Err(LoadError::Stopped(digest)))?;
        let ruleset = Ruleset::open(engine, &package).await?;
        self.put(ruleset.clone());
        Ok(ruleset)
    }

    /// The same for a part of something long that nobody wants to begin anew: where too many wait
    /// it asks again, for some time.
    pub(crate) async fn open_patiently(
        self: &Arc<Self>,
        holder: &Arc<str>,
        engine: &Engine,
        store: &Arc<dyn Store>,
    ) -> Result<Arc<Ruleset>, LoadError> {
        let begun = Instant::now();
        loop {
            match self.open(holder, engine, store).await {
                Err(LoadError::Busy(busy)) if begun.elapsed() < PATIENCE => {
                    tokio::time::sleep(busy.retry_after).await;
                }
                opened => return opened,
            }
        }
    }

    fn put(&self, ruleset: Arc<Ruleset>) {
        self.ruleset.store(Some(ruleset));
        if let Some(shelf) = self.shelf.upgrade() {
            let now = shelf.opened.fetch_add(1, Ordering::Relaxed) + 1;
            self.used.store(now, Ordering::Relaxed);
            shelf.trim();
        }
    }
}

/// All packages that somebody names, those used last ready.
#[derive(Debug)]
pub(crate) struct Shelf(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// Most that are ready.
    most: usize,
    openings: Openings,
    /// How many were made ready so far.
    opened: AtomicU64,
    places: Mutex<HashMap<Digest, Arc<Shelved>>>,
}

impl Shelf {
    /// An empty one.
    pub(crate) fn new(limits: &ReadyRulesets) -> Self {
        let (most, openings) = (limits.most, Openings::new(limits.openings_of_a_tenant));
        let (opened, places) = (AtomicU64::new(0), Mutex::default());
        Self(Arc::new(Inner { most, openings, opened, places }))
    }

    /// The place of a package.
    pub(crate) fn place(&self, digest: Digest) -> Arc<Shelved> {
        let mut places = self.0.places.lock();
        let place = places.entry(digest).or_insert_with(|| Shelved::new(digest, &self.0));
        Arc::clone(place)
    }

    /// Puts a ruleset in its place that was just checked, so that it is not compiled again. The
    /// place is there as long as somebody names it.
    pub(crate) fn put(&self, ruleset: Arc<Ruleset>) -> Arc<Shelved> {
        let place = self.place(ruleset.digest());
        place.put(ruleset);
        place
    }

    /// Drops what nobody names.
    pub(crate) fn tidy(&self) {
        self.0.trim();
    }

    /// How many are ready.
    pub(crate) fn ready(&self) -> usize {
        let places = self.0.places.lock();
        places.values().filter(|place| place.ruleset.load().is_some()).count()
    }
}

impl Inner {
    /// Drops what nobody names, and of the rest that are ready those used longest ago. Whoever uses
    /// one keeps it to the end.
    fn trim(&self) {
        let mut places = self.places.lock();
        places.retain(|_, place| Arc::strong_count(place) > 1);
        let mut ready: Vec<_> =
            places.values().filter(|place| place.ruleset.load().is_some()).collect();
        let Some(beyond) = ready.len().checked_sub(self.most).filter(|beyond| *beyond > 0) else {
            return;
        };
        ready.sort_by_key(|place| place.used.load(Ordering::Relaxed));
        for place in ready.into_iter().take(beyond) {
            place.ruleset.store(None);
        }
    }
}

/// Puts a package together from the store. The object under the package's digest lists its files,
/// a line each: SHA-256, space, path. Signatures lie apart, because no digest covers them.
pub(crate) async fn load(
    store: &dyn Store,
    digest: Digest,
    signatures: Option<Digest>,
) -> Result<Package, LoadError> {
    let missing = |object: &str| LoadError::Missing { package: digest, object: object.to_owned() };
    let list = store.object(&digest).await?.ok_or_else(|| missing(&digest.to_string()))?;
    let mut files = std::collections::BTreeMap::new();
    for line in String::from_utf8_lossy(&list).lines() {
        let (object, path) = line.split_once(' ').ok_or_else(|| missing(line))?;
        let key = object.parse().map_err(|_| missing(object))?;
        let content = store.object(&key).await?.ok_or_else(|| missing(object))?;
        files.insert(path.to_owned(), content);
    }
    if let Some(signatures) = signatures {
        let object = signatures.to_string();
        let content = store.object(&signatures).await?.ok_or_else(|| missing(&object))?;
        files.insert(SIGNATURES_FILE.to_owned(), content);
    }
    // Everything is hashed.
    let reading = tokio::task::spawn_blocking(move || Package::from_files(files));
    let read = reading.await.map_err(|_| LoadError::Stopped(digest))?;
    read.map_err(|source| LoadError::Package { package: digest, source })
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
