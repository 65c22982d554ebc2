//! The runtime itself: store, engine and catalog, opened and held together.

use std::{
    fs, io,
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::Path,
    sync::Arc,
    time::Duration,
};

use stele_compute::Compute;
use stele_engine::{Cache, Engine};
use stele_store::{
    AuditEntry, BackupSummary, Commit, CommitError, Committed, Database, Door, Log, ReadOnlyCause,
    SledStore, Store, StoreError, TenantId, Verification,
};
use tokio::sync::Mutex;
use tracing::Instrument as _;

use crate::state::{
    audit_key::AuditKey, catalog::State, ceiling::Ceilings, error::OpenError,
    examination::Examination, imports::Imports, reserved::Reserved, running::Running,
    settings::Settings,
};

/// Where the database lies in the data folder.
pub(crate) const DATABASE: &str = "db";
/// Where compiled code lies in the data folder. May be deleted while nothing runs.
const CACHE: &str = "cache";

/// The key of the checksums of compiled code, inside of the data folder and outside of `cache`.
const CACHE_KEY: &str = "cache-key";

/// Everything that runs behind the HTTP API. Shared by `Arc`; every method may be called from
/// anywhere at the same time.
pub struct Runtime {
    store: Arc<dyn Store>,
    engine: Engine,
    compute: Compute,
    state: Arc<State>,
    reserved: Arc<Reserved>,
    audit_key: AuditKey,
    /// Examines what the store did not examine when it was opened. Ends with the runtime.
    _examination: Examination,
    running: Running,
    imports: Imports,
    ceilings: Ceilings,
    /// One at a time: whether somebody acts alone a second time is looked up before the commit.
    emergencies: Arc<Mutex<()>>,
}

/// Counts since the start.
#[derive(Debug, Clone)]
pub struct Statistics {
    /// Of the engine.
    pub engine: stele_engine::Statistics,
    /// Of the threads that rules run on.
    pub compute: stele_compute::Statistics,
    /// Of the store.
    pub store: stele_store::Statistics,
    /// Rulesets that are ready now.
    pub ready_rulesets: usize,
}

impl Runtime {
    /// Opens the data folder, or makes an empty one: `db/` holds the database, `audit-key.pem` the
    /// key that signs checkpoints, `cache/` compiled code and `cache-key` the key of its
    /// checksums, readable by this user only. Content of versions is not read until it is needed.
    pub async fn open(data: &Path, settings: Settings) -> Result<Arc<Self>, OpenError> {
        let data = data.to_owned();
        let opening = tokio::task::spawn_blocking(move || open_folder(&data, settings));
        let (store, settings) = opening.await.map_err(|_| no_effect())??;
        Self::with_store(Arc::new(store), settings).await
    }

    /// Makes the next start quick, of a data folder that nobody has open, and forgets what was
    /// erased: afterwards it is in none of the folder's bytes. To be called after a runtime was
    /// dropped. Takes no longer than `forgetting` of the settings; what is not forgotten by then is
    /// left for the next time.
    pub fn settle(data: &Path, forgetting: Duration) -> Result<(), StoreError> {
        SledStore::settle(&data.join(DATABASE), forgetting)
    }

    /// On any store, such as one in memory.
    pub async fn with_store(
        store: Arc<dyn Store>,
        settings: Settings,
    ) -> Result<Arc<Self>, OpenError> {
        let audit_key = settings.audit_key.map_or_else(AuditKey::generate, Ok)?;
        let engine = Engine::new(settings.engine)?;
        let compute = Compute::new(settings.compute).map_err(OpenError::Compute)?;
        let state = Arc::new(State::read(store.as_ref(), &settings.ready_rulesets).await?);
        store.observe(state.clone());
        let examination = Examination::start(&store).await?;
        Ok(Arc::new(Self {
            store,
            engine,
            compute,
            state,
            reserved: Reserved::new(settings.keyed_requests),
            running: Running::new(settings.impact_reports),
            imports: Imports::default(),
            ceilings: settings.ceilings,
            emergencies: Arc::default(),
            audit_key,
            _examination: examination,
        }))
    }

    /// The engine, for those who check or run a package that is not published.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// The threads that rules run on.
    pub fn compute(&self) -> &Compute {
        &self.compute
    }

    /// Entries of a tenant's audit log, or with none of the operator's, from a sequence on.
    pub async fn audit(
        &self,
        tenant: Option<&TenantId>,
        from: u64,
        limit: usize,
    ) -> Result<Vec<AuditEntry>, StoreError> {
        self.store.audit(&log_of(tenant), from, limit).await
    }

    /// Why no changes are taken; none while they are.
    pub async fn read_only(&self) -> Option<ReadOnlyCause> {
        self.store.read_only().await
    }

    /// Counts since the start.
    pub fn statistics(&self) -> Statistics {
        Statistics {
            engine: self.engine.statistics(),
            compute: self.compute.statistics(),
            store: self.store.statistics(),
            ready_rulesets: self.state.shelf.ready(),
        }
    }

    /// Writes everything that is durable at this moment, while the runtime goes on working.
    pub async fn backup(
        &self,
        writer: impl io::Write + Send + 'static,
    ) -> Result<BackupSummary, StoreError> {
        self.store.backup(Box::new(writer)).await
    }

    /// Reads everything that is stored and proves what can be proven.
    pub async fn verify(&self) -> Result<Verification, StoreError> {
        self.store.verify().await
    }

    pub(crate) fn audit_key(&self) -> &AuditKey {
        &self.audit_key
    }

    pub(crate) fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    pub(crate) fn state(&self) -> &State {
        &self.state
    }

    pub(crate) fn reserved(&self) -> &Arc<Reserved> {
        &self.reserved
    }

    /// How much of what is in memory there may be.
    pub(crate) fn ceilings(&self) -> &Ceilings {
        &self.ceilings
    }

    /// To be held from the look-up to the outcome of the commit.
    pub(crate) fn emergencies(&self) -> Arc<Mutex<()>> {
        self.emergencies.clone()
    }

    /// Whose turn it is to import employees.
    pub(crate) fn imports(&self) -> &Imports {
        &self.imports
    }

    /// The impact reports that are being made.
    pub(crate) fn running(&self) -> &Running {
        &self.running
    }

    /// Commits. Once begun it is carried out, whoever stops waiting.
    pub(crate) async fn commit(&self, commit: Commit) -> Result<Arc<Committed>, CommitError> {
        self.commit_holding(commit, ()).await
    }

    /// The same, and holds something until the commit has its outcome, whoever stops waiting.
    pub(crate) async fn commit_holding(
        &self,
        commit: Commit,
        held: impl Send + 'static,
    ) -> Result<Arc<Committed>, CommitError> {
        let passed = match self.imports.gate(&commit) {
            Some(gate) => Some(gate.pass().await),
            None => None,
        };
        self.commit_passed(commit, (held, passed)).await
    }

    /// The same for who has passed the gate that the commit has to pass, and holds it.
    pub(crate) async fn commit_passed(
        &self,
        commit: Commit,
        held: impl Send + 'static,
    ) -> Result<Arc<Committed>, CommitError> {
        let store = Arc::clone(&self.store);
        let span =
            tracing::debug_span!("commit", action = commit.audit.action, log = ?commit.audit.log);
        let committing = async move {
            let outcome = store.commit(commit).await;
            drop(held);
            outcome
        };
        let committing = tokio::spawn(committing.instrument(span));
        committing.await.unwrap_or_else(|_| Err(no_effect().into()))
    }
}

/// The error for a commit that ended without an outcome: only a mistake of ours can cause it.
pub(crate) fn no_effect() -> StoreError {
    StoreError::Defect { action: "committing", detail: "the writer gave no answer".to_owned() }
}

/// A commit's error where nothing was expected that could fail.
pub(crate) fn store_error(error: CommitError) -> StoreError {
    match error {
        CommitError::Store(error) => error,
        CommitError::Unmet(unmet) => {
            StoreError::Defect { action: "committing", detail: format!("unmet: {unmet:?}") }
        }
    }
}

/// The log of what concerns this tenant, or none.
pub(crate) fn log_of(tenant: Option<&TenantId>) -> Log {
    tenant.cloned().map_or(Log::Operator, Log::Tenant)
}

/// Opens what lies in the data folder.
fn open_folder(
    data: &Path,
    mut settings: Settings,
) -> Result<(Door<Database>, Settings), OpenError> {
    private_folder(data, false)?;
    let store = Door::new(SledStore::open_within(&data.join(DATABASE), settings.store)?)?;
    if settings.engine.cache.is_none() {
        let folder = data.join(CACHE);
        private_folder(&folder, true)?;
        settings.engine.cache = Some(Cache::new(folder, data.join(CACHE_KEY)));
    }
    if settings.audit_key.is_none() {
        settings.audit_key = Some(AuditKey::open(data)?);
    }
    Ok((store, settings))
}

/// Makes a folder that only this user can enter. An existing data folder keeps its permissions;
/// the folder of compiled code does not, because what lies in it is executed.
fn private_folder(path: &Path, narrow: bool) -> Result<(), OpenError> {
    let failed = |source| OpenError::Folder { path: path.to_owned(), source };
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(failed)?;
    if narrow {
        fs::set_permissions(path, fs::Permissions::from_mode(0o700)).map_err(failed)?;
    }
    Ok(())
}
