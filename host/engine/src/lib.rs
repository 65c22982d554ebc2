//! A rule as bytes, checked, compiled, instantiated, limited and called: wasmtime narrowed to what
//! the product uses. Nobody else in the house knows wasmtime.
//!
//! What may not enter here: tenants (an evaluator has an opaque holder), names of facts and lines
//! (everything travels by position), the disk (except the folder for compiled code and the key that it is told),
//! HTTP, the clock's date.
//!
//! What it promises, and where:
//!
//! | promise | file |
//! |---|---|
//! | nothing unverified is compiled or run; no imports; no floats where exactness is demanded; nothing that is costly to compile | `check` |
//! | the compiler takes down nobody; compiled code is ours before it is loaded, and bounded | `compile` |
//! | a description that the host can rely on | `description` |
//! | the narrow configuration of wasmtime, and a pool that fits the settings | `config` |
//! | fuel, deadline, memory and answer bounded for every call | `store`, `limits`, `ticker` |
//! | nothing of a call is left for the next one, where that is asked for | `check/state`, `memory`, `lease` |
//! | facts and answers as they lie in a rule's memory | `canonical` |
//! | answers that keep the contract | `outcome` |
//! | one holder and one digest an instance, dropped in time; bounded density | `pool`, `lease` |
//! | nothing long in place of something short | `history` |

mod canonical;
mod check;
mod classification;
mod compile;
mod config;
pub mod contract;
mod description;
mod evaluator;
mod failure;
mod functions;
mod history;
mod lease;
mod limits;
mod memory;
mod outcome;
mod pool;
mod rule;
mod settings;
mod shared;
mod statistics;
mod store;
mod ticker;
mod trap;

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::Mutex;

use compile::Compiler;
use contract::Value;
use pool::Pool;
use rule::WeakRule;
use shared::Shared;

pub use compile::compile_for_parent;
pub use evaluator::Evaluation;
pub use failure::{Check, CheckError, Failure, Rejection, StartError};
pub use lease::{Lease, Start};
pub use pool::EvaluatorKey;
pub use rule::{Exactness, Rule};
pub use settings::{Cache, Compilation, CompilerProgram, ComponentLimits, Settings};
pub use statistics::Statistics;
pub use stele_digest::{Digest, InvalidDigest};
pub use trap::TrapCause;

/// Checks, compiles and runs rules. Cheap to clone; the last clone, lease and rule to go ends it.
#[derive(Clone)]
pub struct Engine(Arc<Parts>);

struct Parts {
    shared: Arc<Shared>,
    compiler: Arc<Compiler>,
    pool: Arc<Pool>,
    /// Rules that somebody still holds, so that a component shared by several rulesets is compiled
    /// once.
    rules: Mutex<HashMap<(Digest, Exactness), WeakRule>>,
}

impl Engine {
    /// Starts an engine and the thread behind its deadlines.
    pub fn new(settings: Settings) -> Result<Self, StartError> {
        let wasmtime = wasmtime::Engine::new(&config::running(&settings))
            .map_err(|error| StartError::Engine(format!("{error:#}")))?;
        let tick = settings.tick();
        let compiler = Arc::new(Compiler::new(&settings, &wasmtime)?);
        let shared = Arc::new(Shared {
            settings,
            wasmtime,
            describing: Mutex::new(()),
            counters: Arc::default(),
        });
        let pool = Arc::new(Pool::new(shared.clone()));
        ticker::start(Arc::downgrade(&shared), Arc::downgrade(&pool), tick)
            .map_err(StartError::Ticker)?;
        Ok(Self(Arc::new(Parts { shared, compiler, pool, rules: Mutex::new(HashMap::new()) })))
    }

    /// What it was started with.
    pub fn settings(&self) -> &Settings {
        &self.0.shared.settings
    }

    /// Runs every check on untrusted bytes and compiles them, in the holder's turn: some 100 ms for
    /// a usual rule. Whoever stops waiting ends the compilation. Nothing of it is kept: see
    /// [`Engine::keep`]. Needs a tokio runtime with time and, where a program compiles, I/O.
    pub async fn check(
        &self,
        holder: &str,
        bytes: &[u8],
        exactness: Exactness,
    ) -> Result<Rule, CheckError> {
        self.checked(holder, bytes, exactness).await.map(|(rule, _)| rule)
    }

    /// The rule of bytes that were checked and accepted before: the one that somebody still holds
    /// or, where nobody does, checked again, with the compiled code out of the cache folder if it
    /// is there, and kept there otherwise.
    pub async fn load(
        &self,
        holder: &str,
        bytes: &[u8],
        exactness: Exactness,
    ) -> Result<Rule, CheckError> {
        let known = (Digest::of(bytes), exactness);
        if let Some(rule) = self.0.rules.lock().get(&known).and_then(WeakRule::upgrade) {
            return Ok(rule);
        }
        let (rule, kept) = self.checked(holder, bytes, exactness).await?;
        if !kept {
            self.keep(&rule).await?;
        }
        Ok(rule)
    }

    /// Keeps the compiled code of a rule that was accepted, for the next start. Without a folder
    /// for it nothing happens.
    pub async fn keep(&self, rule: &Rule) -> Result<(), CheckError> {
        let (compiler, rule) = (Arc::clone(&self.0.compiler), rule.clone());
        compile::blocking(move || {
            compiler.keep(rule.digest(), rule.functions().component());
        })
        .await
    }

    /// The rule, and whether its compiled code lay in the cache.
    async fn checked(
        &self,
        holder: &str,
        bytes: &[u8],
        exactness: Exactness,
    ) -> Result<(Rule, bool), CheckError> {
        let shared = &self.0.shared;
        // Before anything is copied.
        check::size(bytes, shared.settings.component_bytes)?;
        let bytes: Arc<[u8]> = bytes.into();
        let digest = Digest::of(&bytes);
        let (inspecting, looked_at) = (Arc::clone(shared), Arc::clone(&bytes));
        let inspected =
            compile::blocking(move || check::inspect(&inspecting.settings, &looked_at, exactness))
                .await??;
        let compiled = (self.0.compiler)
            .compile(&shared.settings, &shared.counters, &shared.wasmtime, holder, digest, &bytes)
            .await?;
        let describing = Arc::clone(shared);
        let component = compiled.component;
        let rule = compile::blocking(move || {
            check::describe(&describing, &component, digest, exactness, inspected)
        })
        .await??;
        let mut rules = self.0.rules.lock();
        rules.retain(|_, rule| !rule.is_gone());
        rules.insert((digest, exactness), rule.downgrade());
        Ok((rule, compiled.kept))
    }

    /// A lease on a warm evaluator of this key, or on a fresh one if there is none. Waits for room,
    /// in turn, up to [`Settings::queue_wait`]; needs a tokio runtime with time. `parameters` must
    /// be what `key.parameters` stands for.
    pub async fn lease(
        &self,
        rule: &Rule,
        key: &EvaluatorKey,
        parameters: &Arc<[Value]>,
    ) -> Result<Lease, Failure> {
        if key.component != rule.digest() {
            return Err(Failure::Internal("the key names another component".to_owned()));
        }
        let (room, warm) = self.enter(Some(key)).await?;
        Lease::new(room, warm, rule.clone(), parameters.clone(), Some(key.clone()))
    }

    /// Evaluates at once, for callers that have others to serve. None, without having waited, where
    /// it may not be short: there is no warm evaluator of this key, evaluations of it were long
    /// lately, or this one turned out to need more than [`Settings::short_fuel`]. It is then for
    /// [`Engine::lease`], on a thread that can spend the time.
    pub fn evaluate_briefly(
        &self,
        rule: &Rule,
        key: &EvaluatorKey,
        parameters: &Arc<[Value]>,
        (start, facts): (Start, &[Value]),
        explain: bool,
    ) -> Option<Result<Evaluation, Failure>> {
        let (room, warm) = self.0.pool.enter_briefly(key)?;
        let (rule, key) = (rule.clone(), Some(key.clone()));
        match Lease::new(room, Some(warm), rule, parameters.clone(), key) {
            Ok(mut lease) => lease.evaluate_briefly(start, facts, explain),
            Err(failure) => Some(Err(failure)),
        }
    }

    /// Like [`Engine::lease`], on an instance that nobody has used and nobody will use again: for
    /// the cases of a publication.
    pub async fn fresh(&self, rule: &Rule, parameters: &[Value]) -> Result<Lease, Failure> {
        let (room, warm) = self.enter(None).await?;
        Lease::new(room, warm, rule.clone(), parameters.into(), None)
    }

    /// Drops the idle evaluators of a holder that is gone.
    pub fn forget(&self, holder: &str) {
        self.0.pool.forget(holder);
    }

    /// What it has done so far and how it is now.
    pub fn statistics(&self) -> Statistics {
        let mut statistics = self.0.shared.counters.snapshot();
        self.0.pool.gauges(&mut statistics);
        self.0.compiler.gauges(&mut statistics);
        statistics
    }

    async fn enter(
        &self,
        key: Option<&EvaluatorKey>,
    ) -> Result<(pool::Room, Option<evaluator::Evaluator>), Failure> {
        let entered = self.0.pool.enter(key).await;
        entered.inspect_err(|failure| self.0.shared.counters.failed(failure))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Neither the ticker nor idle evaluators keep an engine alive.
    #[test]
    fn an_engine_ends_with_its_last_owner() {
        let engine = Engine::new(Settings::default()).unwrap();
        let shared = Arc::downgrade(&engine.0.shared);
        let wasmtime = engine.0.shared.wasmtime.weak();
        drop(engine);
        let started = std::time::Instant::now();
        // The ticker may be holding it for the length of one increment.
        while shared.strong_count() > 0 || wasmtime.upgrade().is_some() {
            assert!(started.elapsed() < std::time::Duration::from_secs(30));
            std::thread::yield_now();
        }
    }
}
