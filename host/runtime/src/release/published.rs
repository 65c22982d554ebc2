//! Reading what is published: rulesets, their versions, everything that is known of one, and what
//! changed between two.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use stele_digest::Digest;
use stele_ruleset::{Difference, Package, Report, Ruleset, Side};
use stele_store::{Scope, TenantId, VersionRecord};

use crate::state::{
    catalog::Version,
    runtime::Runtime,
    shelf::{self, LoadError},
};

/// A version as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = Version)]
pub struct VersionView {
    /// The ruleset.
    pub name: String,
    /// The version.
    pub version: String,
    /// The package's digest.
    pub digest: Digest,
    /// The component's digest.
    pub component: Digest,
    /// Kind.
    pub kind: String,
    /// Jurisdiction, where there is one.
    pub jurisdiction: Option<String>,
    /// First day of the horizon.
    pub from: jiff::civil::Date,
    /// Last day of the horizon.
    pub until: jiff::civil::Date,
    /// Whether it is published for this tenant alone.
    pub own: bool,
    /// When it was published.
    pub recorded_at: Timestamp,
    /// The name of who published it.
    pub published_by: String,
}

impl From<&Version> for VersionView {
    fn from(version: &Version) -> Self {
        let record = &version.record;
        Self {
            name: record.name.clone(),
            version: record.version.clone(),
            digest: record.digest,
            component: record.component,
            kind: record.kind.clone(),
            jurisdiction: record.jurisdiction.clone(),
            from: record.from,
            until: record.until,
            own: record.scope != Scope::Everyone,
            recorded_at: record.recorded_at,
            published_by: record.actor.name.clone(),
        }
    }
}

/// A ruleset as it is listed: its newest version, and the numbers of all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesetView {
    /// The newest version by number.
    pub latest: VersionView,
    /// The numbers of all versions, the newest first.
    pub versions: Vec<String>,
}

/// A version with all that is known of it.
#[derive(Debug, Clone)]
pub struct VersionDetail {
    /// As it is listed.
    pub view: VersionView,
    /// Ready to be read and run.
    pub ruleset: Arc<Ruleset>,
    /// What the checks found when it was published.
    pub report: Report,
}

impl Runtime {
    pub(crate) async fn report(&self, version: &Version) -> Result<Report, LoadError> {
        let (package, digest) = (version.record.digest, version.record.report);
        let stored = self.store().object(&digest).await?;
        let missing = || LoadError::Missing { package, object: digest.to_string() };
        serde_json::from_slice(&stored.ok_or_else(missing)?).map_err(|_| missing())
    }

    /// The rulesets that a tenant sees, by name.
    pub fn rulesets(&self, tenant: &TenantId) -> Vec<RulesetView> {
        let catalog = self.state().catalog();
        catalog.versions.all_visible(tenant).values().filter_map(|numbers| view(numbers)).collect()
    }

    /// The rulesets for everyone, by name.
    pub fn rulesets_for_everyone(&self) -> Vec<RulesetView> {
        let catalog = self.state().catalog();
        catalog.versions.for_everyone().values().filter_map(|numbers| view(numbers)).collect()
    }

    /// The versions of a ruleset that a tenant sees, the newest first; none: no such ruleset.
    pub fn versions(&self, tenant: &TenantId, name: &str) -> Option<Vec<VersionView>> {
        let catalog = self.state().catalog();
        let numbers = catalog.versions.visible(tenant, name)?;
        Some(numbers.values().rev().map(|version| VersionView::from(version.as_ref())).collect())
    }

    /// One version that a tenant sees, made ready if it is not; none: no such version.
    pub async fn version(
        &self,
        tenant: &TenantId,
        name: &str,
        version: &str,
    ) -> Result<Option<VersionDetail>, LoadError> {
        let Some(version) = self.visible_version(tenant, name, version) else { return Ok(None) };
        let ruleset = version.place.open(tenant.shared(), self.engine(), self.store()).await?;
        let report = self.report(&version).await?;
        Ok(Some(VersionDetail { view: version.as_ref().into(), ruleset, report }))
    }

    /// The package of a version that a tenant sees, as it was published.
    pub async fn package(
        &self,
        tenant: &TenantId,
        name: &str,
        version: &str,
    ) -> Result<Option<Package>, LoadError> {
        let Some(version) = self.visible_version(tenant, name, version) else { return Ok(None) };
        self.package_of(&version).await.map(Some)
    }

    async fn package_of(&self, version: &Version) -> Result<Package, LoadError> {
        let VersionRecord { digest, signatures, .. } = &version.record;
        shelf::load(self.store().as_ref(), *digest, *signatures).await
    }

    /// What changed from one version that a tenant sees to another of the same ruleset; none: one
    /// of them does not exist.
    pub async fn difference(
        &self,
        tenant: &TenantId,
        name: &str,
        from: &str,
        to: &str,
    ) -> Result<Option<Difference>, LoadError> {
        let (Some(old), Some(new)) =
            (self.visible_version(tenant, name, from), self.visible_version(tenant, name, to))
        else {
            return Ok(None);
        };
        let (old_package, new_package) =
            (self.package_of(&old).await?, self.package_of(&new).await?);
        let old = old.place.open(tenant.shared(), self.engine(), self.store()).await?;
        let new = new.place.open(tenant.shared(), self.engine(), self.store()).await?;
        Ok(Some(Difference::between(
            Side { ruleset: &old, package: &old_package },
            Side { ruleset: &new, package: &new_package },
        )))
    }

    pub(crate) fn visible_version(
        &self,
        tenant: &TenantId,
        name: &str,
        version: &str,
    ) -> Option<Arc<Version>> {
        let number = semver::Version::parse(version).ok()?;
        self.state().catalog().versions.visible(tenant, name)?.get(&number).cloned()
    }
}

fn view(numbers: &Arc<crate::state::catalog::Numbers>) -> Option<RulesetView> {
    let (_, latest) = numbers.last_key_value()?;
    let versions = numbers.keys().rev().map(ToString::to_string).collect();
    Some(RulesetView { latest: latest.as_ref().into(), versions })
}
