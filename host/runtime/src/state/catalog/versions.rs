//! Published versions, by scope, name and version.

use std::{collections::BTreeMap, sync::Arc};

use stele_store::{Scope, TenantId, VersionRecord};

use crate::state::shelf::Shelved;

/// A version and its package.
#[derive(Debug)]
pub(crate) struct Version {
    pub(crate) record: VersionRecord,
    pub(crate) place: Arc<Shelved>,
}

/// The versions of one ruleset.
pub(crate) type Numbers = BTreeMap<semver::Version, Arc<Version>>;

/// All versions of all rulesets.
#[derive(Debug, Clone, Default)]
pub(crate) struct Versions {
    scopes: BTreeMap<Scope, Arc<BTreeMap<String, Arc<Numbers>>>>,
}

impl Versions {
    /// Adds a version. One whose number is none is left out: it passed the manifest's check when it
    /// was published, so it can only come from damage that the checksum did not see.
    pub(crate) fn insert(&mut self, record: VersionRecord, place: Arc<Shelved>) {
        let Ok(number) = semver::Version::parse(&record.version) else {
            tracing::error!(
                ruleset = record.name,
                version = record.version,
                "not a version number"
            );
            return;
        };
        let names = self.scopes.entry(record.scope.clone()).or_default();
        let numbers = Arc::make_mut(names).entry(record.name.clone()).or_default();
        let version = Arc::new(Version { record, place });
        Arc::make_mut(numbers).insert(number, version);
    }

    /// How many there are in exactly this scope.
    pub(crate) fn count(&self, scope: &Scope) -> usize {
        let names = self.scopes.get(scope).into_iter().flat_map(|names| names.values());
        names.map(|numbers| numbers.len()).sum()
    }

    /// The versions of a ruleset in exactly this scope.
    pub(crate) fn in_scope(&self, scope: &Scope, name: &str) -> Option<&Arc<Numbers>> {
        self.scopes.get(scope)?.get(name)
    }

    /// The versions of a ruleset that a tenant sees: its own if it has published any under the
    /// name, else everyone's.
    pub(crate) fn visible(&self, tenant: &TenantId, name: &str) -> Option<&Arc<Numbers>> {
        self.in_scope(&Scope::Tenant(tenant.clone()), name)
            .or_else(|| self.in_scope(&Scope::Everyone, name))
    }

    /// All rulesets that a tenant sees, by name.
    pub(crate) fn all_visible(&self, tenant: &TenantId) -> BTreeMap<&str, &Arc<Numbers>> {
        let own = Scope::Tenant(tenant.clone());
        [&Scope::Everyone, &own]
            .into_iter()
            .filter_map(|scope| self.scopes.get(scope))
            .flat_map(|names| names.iter())
            .map(|(name, numbers)| (name.as_str(), numbers))
            .collect()
    }

    /// All rulesets for everyone, by name.
    pub(crate) fn for_everyone(&self) -> BTreeMap<&str, &Arc<Numbers>> {
        let names = self.scopes.get(&Scope::Everyone);
        names.into_iter().flat_map(|names| names.iter()).map(|(n, v)| (n.as_str(), v)).collect()
    }
}
