//! From checked bytes to compiled code, and where compiled code is kept.
//!
//! The compiler is the only part of the engine whose time and memory a component decides before any
//! fuel counts. So it works in a process of its own (`process`, and `child` on the other side), with
//! limits that the system enforces, one for each holder and few at once (`turns`). It answers with
//! compiled code, which is loaded only if it comes from that process or out of the `cache`, whose
//! files carry a keyed checksum: what is loaded is run as native code.

mod cache;
mod child;
mod process;
mod turns;

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;
use std::time::Instant;

use stele_digest::Digest;
use wasmtime::component::Component;

use crate::failure::{Check, CheckError, Rejection, StartError};
use crate::settings::Settings;
use crate::statistics::{Counters, Statistics};
use cache::CodeCache;
use turns::Turns;

pub use child::compile_for_parent;

/// Compiles, and keeps what was compiled.
pub(crate) struct Compiler {
    turns: Turns,
    cache: Option<CodeCache>,
    /// What compiled code must have been made for: this version of wasmtime, configuration and
    /// processor.
    compatibility: u64,
}

/// Compiled code and where it came from.
pub(crate) struct Compiled {
    pub(crate) component: Component,
    /// False: it was just made.
    pub(crate) kept: bool,
}

impl Compiler {
    pub(crate) fn new(
        settings: &Settings,
        wasmtime: &wasmtime::Engine,
    ) -> Result<Self, StartError> {
        let mut hasher = DefaultHasher::new();
        wasmtime.precompile_compatibility_hash().hash(&mut hasher);
        Ok(Self {
            turns: Turns::new(&settings.compilation),
            cache: settings.cache.clone().map(CodeCache::open).transpose()?,
            compatibility: hasher.finish(),
        })
    }

    /// The compiled code of bytes that were checked: out of the cache, or made now. Dropping the
    /// future ends the process that makes it.
    pub(crate) async fn compile(
        self: &Arc<Self>,
        settings: &Settings,
        counters: &Counters,
        wasmtime: &wasmtime::Engine,
        holder: &str,
        digest: Digest,
        bytes: &Arc<[u8]>,
    ) -> Result<Compiled, CheckError> {
        if let Some(component) = self.find(wasmtime, digest).await? {
            return Ok(Compiled { component, kept: true });
        }
        let _turn = self.turns.take(holder).await?;
        let started = Instant::now();
        let code = match &settings.compilation.program {
            Some(program) => process::compile(program, &settings.compilation, bytes).await?,
            None => {
                let (wasmtime, bytes) = (wasmtime.clone(), Arc::clone(bytes));
                blocking(move || in_process(&wasmtime, &bytes)).await??
            }
        };
        let took = started.elapsed();
        counters.compiled(took);
        tracing::info!(
            component = %digest, bytes = bytes.len(), took_ms = took.as_millis(), "compiled"
        );
        let wasmtime = wasmtime.clone();
        let component = blocking(move || load(&wasmtime, &code)).await??;
        Ok(Compiled { component, kept: false })
    }

    /// The compiled code in the cache, if it is there and whole.
    async fn find(
        self: &Arc<Self>,
        wasmtime: &wasmtime::Engine,
        digest: Digest,
    ) -> Result<Option<Component>, CheckError> {
        if self.cache.is_none() {
            return Ok(None);
        }
        let (this, wasmtime) = (Arc::clone(self), wasmtime.clone());
        blocking(move || {
            let code = this.cache.as_ref()?.get(&this.name(digest))?;
            load(&wasmtime, &code).inspect_err(|error| tracing::warn!(%error, "not loaded")).ok()
        })
        .await
    }

    /// Keeps compiled code of a component that was accepted. Where it can not be written, it is
    /// compiled again at the next start.
    pub(crate) fn keep(&self, digest: Digest, component: &Component) {
        let Some(cache) = &self.cache else { return };
        match component.serialize() {
            Ok(code) => cache.put(&self.name(digest), &code),
            Err(error) => tracing::warn!(component = %digest, %error, "compiled code is not kept"),
        }
    }

    fn name(&self, digest: Digest) -> String {
        format!("{digest}-{:016x}", self.compatibility)
    }

    /// Fills in what the compiler counts.
    pub(crate) fn gauges(&self, statistics: &mut Statistics) {
        self.turns.gauges(statistics);
        if let Some(cache) = &self.cache {
            cache.gauges(statistics);
        }
    }
}

/// What the child does, without one.
fn in_process(wasmtime: &wasmtime::Engine, bytes: &[u8]) -> Result<Vec<u8>, CheckError> {
    wasmtime
        .precompile_component(bytes)
        .map_err(|error| Rejection::new(Check::Compile, format!("{error:#}")).into())
}

/// Loads compiled code. What the pool of instances has no room for is refused here.
fn load(wasmtime: &wasmtime::Engine, code: &[u8]) -> Result<Component, CheckError> {
    // SAFETY: the bytes come from `precompile_component`, by a process of ours over a pipe of ours,
    // or from the cache, where their keyed checksum was verified.
    let loaded = unsafe { Component::deserialize(wasmtime, code) };
    loaded.map_err(|error| {
        let message = format!("{error:#}");
        // The system's errors are ours: file descriptors or memory have run out.
        if error.chain().any(|cause| cause.is::<std::io::Error>()) {
            CheckError::Host(message)
        } else {
            Rejection::new(Check::Compile, message).into()
        }
    })
}

/// Runs what takes more than a moment where that is allowed.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, CheckError> {
    let working = tokio::task::spawn_blocking(work);
    working.await.map_err(|error| CheckError::Host(format!("the work was stopped: {error}")))
}
