//! Everything that a request needs to know before it reads an employee, in memory: one immutable
//! structure, replaced whole. Parts that did not change are shared with the one before.
//!
//! The store tells of every durable commit before it acknowledges it, in order; the new catalog is
//! in place by then. So whoever was told of a change, and whoever asks after that, sees it.

mod history;
mod versions;

use std::{
    collections::{BTreeMap, HashMap},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use arc_swap::ArcSwap;
use jiff::Timestamp;
use stele_digest::Digest;
use stele_store::{
    ActivationRecord, Committed, Effect, Observer, OrganizationRecord, Slot, Store, StoreError,
    TenantId, TenantRecord, TokenRecord,
};
use uuid::Uuid;

pub(crate) use self::{
    history::{Active, History},
    versions::{Numbers, Version, Versions},
};
use crate::state::{
    credential::Credential, organization::Organized, settings::ReadyRulesets, shelf::Shelf,
};

/// A tenant's slots.
pub(crate) type Slots = HashMap<Slot, Arc<History>>;

/// What is in memory.
#[derive(Debug, Clone, Default)]
pub(crate) struct Catalog {
    pub(crate) tenants: Arc<BTreeMap<TenantId, TenantRecord>>,
    pub(crate) tokens: Arc<BTreeMap<Uuid, TokenRecord>>,
    /// By digest of the secret; revoked ones are not in it.
    pub(crate) credentials: Arc<HashMap<Digest, Arc<Credential>>>,
    pub(crate) versions: Arc<Versions>,
    pub(crate) slots: Arc<HashMap<TenantId, Arc<Slots>>>,
    /// How each tenant is organized: all revisions, by when they were recorded.
    pub(crate) organizations: Arc<HashMap<TenantId, Arc<BTreeMap<Timestamp, Organized>>>>,
}

impl Catalog {
    fn token(&mut self, record: &TokenRecord) {
        let credentials = Arc::make_mut(&mut self.credentials);
        if record.revoked_at.is_some() {
            credentials.remove(&record.secret);
        } else {
            credentials.insert(record.secret, Arc::new(Credential::of(record)));
        }
        Arc::make_mut(&mut self.tokens).insert(record.id, record.clone());
    }

    fn activation(&mut self, record: ActivationRecord, shelf: &Shelf) {
        let place = shelf.place(record.digest);
        let slots = Arc::make_mut(&mut self.slots).entry(record.tenant.clone()).or_default();
        let history = Arc::make_mut(slots).entry(record.slot.clone()).or_default();
        Arc::make_mut(history).insert(Arc::new(Active { record, place }));
    }

    fn organization(&mut self, record: &OrganizationRecord) -> Result<(), StoreError> {
        let organized = Organized::of(record)?;
        let organizations = Arc::make_mut(&mut self.organizations);
        let revisions = Arc::make_mut(organizations.entry(record.tenant.clone()).or_default());
        revisions.insert(record.recorded_at, organized);
        Ok(())
    }

    /// How the tenant was organized, as known at a time; none: nothing was said of it by then.
    pub(crate) fn organized(&self, tenant: &TenantId, known_at: Timestamp) -> Option<&Organized> {
        let (_, organized) = self.organizations.get(tenant)?.range(..=known_at).next_back()?;
        Some(organized)
    }

    fn apply(&mut self, effect: &Effect, shelf: &Shelf) {
        match effect {
            Effect::Tenant(record) => {
                Arc::make_mut(&mut self.tenants).insert(record.id.clone(), record.clone());
            }
            Effect::Token(record) => self.token(record),
            Effect::Version(record) => {
                let place = shelf.place(record.digest);
                Arc::make_mut(&mut self.versions).insert(record.clone(), place);
            }
            Effect::Activation(record) => self.activation(record.clone(), shelf),
            Effect::Organization(record) => {
                // What is written was read first.
                if let Err(error) = self.organization(record) {
                    tracing::error!(tenant = %record.tenant, %error, "an organization is left out");
                }
            }
            // Read when they are asked for.
            Effect::Employee { .. }
            | Effect::Imported { .. }
            | Effect::Policy(_)
            | Effect::Proposal(_)
            | Effect::ImpactReport(_)
            | Effect::Results { .. }
            | Effect::Erased(_) => {}
        }
    }
}

/// Records read at a time at the start.
const PAGE: usize = 4096;

impl Catalog {
    async fn read_activations(
        &mut self,
        store: &dyn Store,
        tenant: &TenantId,
        shelf: &Shelf,
    ) -> Result<(), StoreError> {
        let mut from = 0;
        loop {
            let page = store.activations_of(tenant, from, PAGE).await?;
            let Some(last) = page.last() else { return Ok(()) };
            from = last.sequence + 1;
            page.into_iter().for_each(|record| self.activation(record, shelf));
        }
    }
}

/// The catalog in place, and up to when it and the store are known.
#[derive(Debug)]
pub(crate) struct State {
    catalog: ArcSwap<Catalog>,
    /// Microseconds since the epoch.
    as_of: AtomicI64,
    pub(crate) shelf: Shelf,
}

impl State {
    /// Reads everything but content and employees.
    pub(crate) async fn read(store: &dyn Store, ready: &ReadyRulesets) -> Result<Self, StoreError> {
        let shelf = Shelf::new(ready);
        let mut catalog = Catalog::default();
        let mut after = None;
        loop {
            let page = store.tokens(after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            page.into_iter().for_each(|record| catalog.apply(&Effect::Token(record), &shelf));
        }
        let mut after = None;
        loop {
            let page = store.versions(after.as_ref(), PAGE).await?;
            let Some(last) = page.last() else { break };
            after = Some(last.clone());
            page.into_iter().for_each(|record| catalog.apply(&Effect::Version(record), &shelf));
        }
        let mut after = None;
        loop {
            let page = store.tenants(after.as_ref(), PAGE).await?;
            let Some(last) = page.last() else { break };
            after = Some(last.id.clone());
            for record in page {
                let tenant = record.id.clone();
                catalog.apply(&Effect::Tenant(record), &shelf);
                catalog.read_activations(store, &tenant, &shelf).await?;
                let organizations = store.organizations(&tenant).await?;
                organizations.iter().try_for_each(|record| catalog.organization(record))?;
            }
        }
        let as_of = AtomicI64::new(store.horizon().as_microsecond());
        Ok(Self { catalog: ArcSwap::from_pointee(catalog), as_of, shelf })
    }

    /// The time up to which everything recorded is visible, now and for ever, and a catalog that
    /// holds it. Read in this order: the catalog is never older than the time.
    pub(crate) fn now(&self) -> (Timestamp, Arc<Catalog>) {
        let as_of = self.as_of.load(Ordering::Acquire);
        let as_of = Timestamp::from_microsecond(as_of).unwrap_or(Timestamp::UNIX_EPOCH);
        (as_of, self.catalog.load_full())
    }

    /// The catalog.
    pub(crate) fn catalog(&self) -> Arc<Catalog> {
        self.catalog.load_full()
    }
}

impl Observer for State {
    fn committed(&self, commits: &[Arc<Committed>]) {
        let changes = |effect: &&Effect| {
            matches!(
                effect,
                Effect::Tenant(_)
                    | Effect::Token(_)
                    | Effect::Version(_)
                    | Effect::Activation(_)
                    | Effect::Organization(_)
            )
        };
        let mut effects =
            commits.iter().flat_map(|commit| &commit.effects).filter(changes).peekable();
        if effects.peek().is_some() {
            let mut catalog = Catalog::clone(&self.catalog.load());
            for effect in effects {
                catalog.apply(effect, &self.shelf);
            }
            self.catalog.store(Arc::new(catalog));
        }
        if let Some(last) = commits.last() {
            self.as_of.store(last.recorded_at.as_microsecond(), Ordering::Release);
        }
    }
}
