//! Publishing and reading versions of rulesets.
//!
//! A version's name, number and scope are unique and its content never changes. A name belongs to
//! everyone or to a tenant: a tenant may not publish under a name that exists for everyone, so that
//! `cn/payroll` means the same to all, unless the name begins with the tenant's own identifier
//! (`acme/points` for the tenant `acme`) or the tenant had the name first. Where both exist, the
//! tenant sees its own and not everyone's.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use stele_store::{
    AuditDraft, Change, Commit, CommitError, Effect, Expectation, Log, Scope, StoreError, TenantId,
    Unmet, VersionDraft,
};

use crate::{
    Actor, Digest, Runtime,
    catalog::Version,
    digests::{from_store, to_store},
    idempotency::response_of,
    ruleset::{self, Package, PackageError, Published, Refused, Report, Ruleset},
    shelf::{self, LoadError},
};

/// What came of a publication.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PublicationView {
    /// The ruleset.
    pub name: String,
    /// The version.
    pub version: String,
    /// The package's digest.
    #[serde(with = "crate::ruleset::digest")]
    pub digest: Digest,
    /// What the checks found.
    pub report: Report,
    /// True: the same content was published before, and nothing was written now.
    pub already: bool,
    /// When it was published.
    pub recorded_at: Timestamp,
}

/// Why nothing was published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The bytes are no package.
    #[error(transparent)]
    Package(#[from] PackageError),
    /// A check failed.
    #[error(transparent)]
    Refused(Box<Refused>),
    /// The version exists with other content.
    #[error(
        "{name} {version} is published with the digest {published}; this package has {offered}. Versions never change: give it a new number"
    )]
    Conflict {
        /// The ruleset.
        name: String,
        /// The version.
        version: String,
        /// The digest of what is published.
        published: Digest,
        /// The digest of what was sent.
        offered: Digest,
    },
    /// The name belongs to everyone.
    #[error(
        "the name {name} is published for everyone; a tenant's own ruleset needs another name, such as {suggestion}"
    )]
    NameTaken {
        /// The name.
        name: String,
        /// One that would do.
        suggestion: String,
    },
    /// No such tenant.
    #[error("there is no tenant {0}")]
    UnknownTenant(TenantId),
    /// What is published already can not be read back.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The store could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The work was stopped.
    #[error("the publication was stopped before it ended; nothing was published")]
    Stopped,
}

/// A version as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionView {
    /// The ruleset.
    pub name: String,
    /// The version.
    pub version: String,
    /// The package's digest.
    #[serde(with = "crate::ruleset::digest")]
    pub digest: Digest,
    /// The component's digest.
    #[serde(with = "crate::ruleset::digest")]
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
            digest: from_store(&record.digest),
            component: from_store(&record.component),
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
    /// Checks a package and publishes it. The same content again is no error and writes nothing.
    pub async fn publish(
        &self,
        actor: &Actor,
        scope: Scope,
        package: Vec<u8>,
    ) -> Result<PublicationView, PublishError> {
        let reading = tokio::task::spawn_blocking(move || Package::read(&package));
        let package = reading.await.map_err(|_| PublishError::Stopped)??;
        let manifest = package.manifest().clone();
        let (name, number) = (manifest.name.as_str().to_owned(), manifest.version.to_string());
        self.check_name(&scope, &name)?;
        if let Some(known) = self.published(&scope, &name, &manifest.version) {
            return self.again(&known, package.digest()).await;
        }

        let Published { ruleset, report } =
            ruleset::check(self.engine(), &package).await.map_err(PublishError::Refused)?;
        let draft = draft(&scope, &package, &report)?;
        let mut expect = vec![Expectation::VersionAbsent {
            scope: scope.clone(),
            name: name.clone(),
            version: number.clone(),
        }];
        if let Scope::Tenant(tenant) = &scope
            && !is_prefixed(tenant, &name)
            && self.state().catalog().versions.in_scope(&scope, &name).is_none()
        {
            expect.push(Expectation::NameAbsent { scope: Scope::Everyone, name: name.clone() });
        }
        let view = PublicationView {
            name: name.clone(),
            version: number.clone(),
            digest: package.digest(),
            report,
            already: false,
            recorded_at: Timestamp::UNIX_EPOCH,
        };
        let recorded = move |effects: &[Effect]| match effects {
            [Effect::Version(record)] => {
                Some(PublicationView { recorded_at: record.recorded_at, ..view })
            }
            _ => None,
        };
        let commit = Commit {
            actor: actor.record(),
            expect,
            audit: AuditDraft {
                log: Log::from(&scope),
                action: "ruleset.published".to_owned(),
                subject: format!("{name} {number}"),
                digest: to_store(package.digest()),
            },
            changes: vec![Change::Publish(Box::new(draft))],
            response: response_of(actor, 201, recorded.clone()),
        };
        // In its place before the commit, so that whoever sees the version finds it ready. If the
        // commit fails it is a ruleset that nobody names.
        self.state().shelf.put(ruleset);
        match self.commit(commit).await {
            Ok(committed) => recorded(&committed.effects).ok_or_else(|| crate::no_effect().into()),
            Err(CommitError::Unmet(Unmet { expectation, .. })) => match expectation {
                // Somebody else has published it meanwhile.
                Expectation::VersionAbsent { .. } => {
                    match self.published(&scope, &name, &manifest.version) {
                        Some(known) => self.again(&known, package.digest()).await,
                        None => Err(crate::no_effect().into()),
                    }
                }
                _ => Err(name_taken(&scope, name)),
            },
            Err(CommitError::Store(error)) => Err(error.into()),
        }
    }

    fn check_name(&self, scope: &Scope, name: &str) -> Result<(), PublishError> {
        let Scope::Tenant(tenant) = scope else { return Ok(()) };
        let catalog = self.state().catalog();
        if !catalog.tenants.contains_key(tenant) {
            return Err(PublishError::UnknownTenant(tenant.clone()));
        }
        if !is_prefixed(tenant, name)
            && catalog.versions.in_scope(scope, name).is_none()
            && catalog.versions.in_scope(&Scope::Everyone, name).is_some()
        {
            return Err(name_taken(scope, name.to_owned()));
        }
        Ok(())
    }

    fn published(
        &self,
        scope: &Scope,
        name: &str,
        number: &semver::Version,
    ) -> Option<Arc<Version>> {
        self.state().catalog().versions.in_scope(scope, name)?.get(number).cloned()
    }

    /// The answer to a publication of something that is published.
    async fn again(
        &self,
        known: &Version,
        offered: Digest,
    ) -> Result<PublicationView, PublishError> {
        let published = from_store(&known.record.digest);
        let (name, version) = (known.record.name.clone(), known.record.version.clone());
        if published != offered {
            return Err(PublishError::Conflict { name, version, published, offered });
        }
        let report = self.report(known).await?;
        let recorded_at = known.record.recorded_at;
        Ok(PublicationView { name, version, digest: published, report, already: true, recorded_at })
    }

    async fn report(&self, version: &Version) -> Result<Report, LoadError> {
        let (store, digest) = (self.store().clone(), version.record.report);
        let package = from_store(&version.record.digest);
        let reading = tokio::task::spawn_blocking(move || store.object(&digest));
        let stored = reading.await.map_err(|_| LoadError::Stopped(package))??;
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
        let ruleset = version.place.open(self.engine(), self.store()).await?;
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
        let (store, digest) = (self.store().clone(), from_store(&version.record.digest));
        let loading = tokio::task::spawn_blocking(move || shelf::load(store.as_ref(), digest));
        loading.await.unwrap_or(Err(LoadError::Stopped(digest))).map(Some)
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

fn view(numbers: &Arc<crate::catalog::Numbers>) -> Option<RulesetView> {
    let (_, latest) = numbers.last_key_value()?;
    let versions = numbers.keys().rev().map(ToString::to_string).collect();
    Some(RulesetView { latest: latest.as_ref().into(), versions })
}

fn is_prefixed(tenant: &TenantId, name: &str) -> bool {
    name.split_once('/').is_some_and(|(first, _)| first == tenant.as_str())
}

fn name_taken(scope: &Scope, name: String) -> PublishError {
    let suggestion = match scope {
        Scope::Everyone => name.clone(),
        Scope::Tenant(tenant) => {
            let last = name.rsplit('/').next().unwrap_or("ruleset");
            format!("{tenant}/{last}")
        }
    };
    PublishError::NameTaken { name, suggestion }
}

fn draft(scope: &Scope, package: &Package, report: &Report) -> Result<VersionDraft, PublishError> {
    let manifest = package.manifest();
    let report = serde_json::to_vec(report).map_err(|error| StoreError::Io {
        action: "writing the report as JSON",
        detail: error.to_string(),
    })?;
    let mut objects = shelf::objects(package);
    let report_digest = Digest::of(&report);
    objects.push(Arc::from(report));
    Ok(VersionDraft {
        scope: scope.clone(),
        name: manifest.name.as_str().to_owned(),
        version: manifest.version.to_string(),
        digest: to_store(package.digest()),
        component: to_store(Digest::of(package.component())),
        report: to_store(report_digest),
        kind: manifest.kind.clone(),
        jurisdiction: manifest.jurisdiction.clone(),
        exact: manifest.exact,
        from: manifest.validity.from,
        until: manifest.validity.until,
        signatures: None,
        objects,
    })
}
