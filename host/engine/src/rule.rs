//! A checked and compiled rule.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use stele_digest::Digest;

use crate::contract::{Description, Version};
use crate::functions::Functions;
use crate::memory::Image;
use crate::outcome::Bounds;

/// Whether floating-point numbers may occur.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Exactness {
    /// No float instruction and no float type anywhere in the component: it may touch money.
    Exact,
    /// Floats are allowed, with canonical NaNs, so that results are still the same everywhere.
    Approximate,
}

/// A component that passed every check, compiled. Cheap to clone.
#[derive(Clone)]
pub struct Rule(Arc<Inner>);

struct Inner {
    digest: Digest,
    exactness: Exactness,
    description: Description,
    bounds: Bounds,
    functions: Functions,
    /// Its memory before anything ran, where that is all that it can remember by.
    initial_memory: Option<Arc<Image>>,
    /// It made a handle after `create`: it is not restorable after all.
    makes_handles: AtomicBool,
}

impl Rule {
    pub(crate) fn new(
        digest: Digest,
        exactness: Exactness,
        description: Description,
        bounds: Bounds,
        functions: Functions,
        initial_memory: Option<Arc<Image>>,
    ) -> Self {
        Self(Arc::new(Inner {
            digest,
            exactness,
            description,
            bounds,
            functions,
            initial_memory,
            makes_handles: AtomicBool::new(false),
        }))
    }

    /// SHA-256 of the component's bytes.
    pub fn digest(&self) -> Digest {
        self.0.digest
    }

    /// What was demanded when it was checked.
    pub fn exactness(&self) -> Exactness {
        self.0.exactness
    }

    /// The version of the contract that it was made for.
    pub fn contract(&self) -> Version {
        self.0.functions.version()
    }

    /// What the rule takes and yields.
    pub fn description(&self) -> &Description {
        &self.0.description
    }

    /// Whether its memory can be put back to what it was after `create`. Otherwise an evaluation
    /// that must start there takes a fresh instance, which is some twenty times slower.
    pub fn is_restorable(&self) -> bool {
        self.initial_memory().is_some()
    }

    pub(crate) fn initial_memory(&self) -> Option<&Arc<Image>> {
        self.0.initial_memory.as_ref().filter(|_| !self.0.makes_handles.load(Relaxed))
    }

    /// It made a handle after `create`, which can not be put back.
    pub(crate) fn makes_handles(&self) {
        self.0.makes_handles.store(true, Relaxed);
    }

    pub(crate) fn bounds(&self) -> &Bounds {
        &self.0.bounds
    }

    pub(crate) fn functions(&self) -> &Functions {
        &self.0.functions
    }

    pub(crate) fn downgrade(&self) -> WeakRule {
        WeakRule(Arc::downgrade(&self.0))
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rule")
            .field("name", &self.0.description.name)
            .field("digest", &self.0.digest)
            .field("exactness", &self.0.exactness)
            .finish_non_exhaustive()
    }
}

/// A rule that somebody else may still hold.
pub(crate) struct WeakRule(std::sync::Weak<Inner>);

impl WeakRule {
    pub(crate) fn upgrade(&self) -> Option<Rule> {
        self.0.upgrade().map(Rule)
    }

    pub(crate) fn is_gone(&self) -> bool {
        self.0.strong_count() == 0
    }
}
