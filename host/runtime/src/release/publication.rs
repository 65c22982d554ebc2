//! Publishing versions of rulesets.
//!
//! A version's name, number and scope are unique and its content never changes. A name belongs to
//! everyone or to a tenant: a tenant may not publish under a name that exists for everyone, so that
//! `cn/payroll` means the same to all, unless the name begins with the tenant's own identifier
//! (`acme/points` for the tenant `acme`) or the tenant had the name first. Where both exist, the
//! tenant sees its own and not everyone's.

use std::{
    ops::Bound::{Excluded, Included},
    sync::Arc,
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use stele_digest::Digest;
use stele_ruleset::{
    CheckFailure, Conditions, Package, PackageError, Published, Report, Subject, TrustError,
};
use stele_store::{
    AuditDraft, Change, Commit, CommitError, Effect, Expectation, Log, Scope, StoreError, TenantId,
    Unmet, VersionDraft,
};

use crate::{
    release::policy,
    state::{
        actor::Actor,
        catalog::Version,
        ceiling::{CeilingReached, one_more},
        idempotency::response_of,
        runtime::{Runtime, no_effect},
        shelf::{self, LoadError},
    },
};

/// What came of a publication.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = Publication)]
pub struct PublicationView {
    /// The ruleset.
    pub name: String,
    /// The version.
    pub version: String,
    /// The package's digest.
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
    /// A check failed, or the engine could not check it.
    #[error(transparent)]
    Check(#[from] CheckFailure),
    /// The version is published, and this copy of it is signed by somebody who is not trusted.
    #[error(transparent)]
    Untrusted(#[from] TrustError),
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
    /// There may be no more.
    #[error(transparent)]
    Ceiling(#[from] CeilingReached),
    /// No such tenant.
    #[error("there is no tenant {0}")]
    UnknownTenant(TenantId),
    /// What is published already can not be read back.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The store could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The policy was changed while the package was checked.
    #[error("the policy was changed while the package was checked; try again")]
    PolicyChanged,
    /// The work was stopped.
    #[error("the publication was stopped before it ended; nothing was published")]
    Stopped,
}

impl Runtime {
    /// Checks a package and publishes it, if those whom the policy trusts have signed it or the
    /// policy accepts unsigned ones: the tenant's policy for what is published for it, the
    /// operator's for what is published for everyone. The same content again is no error and
    /// writes nothing.
    pub async fn publish(
        &self,
        actor: &Actor,
        scope: Scope,
        package: Vec<u8>,
    ) -> Result<PublicationView, PublishError> {
        let holder = match &scope {
            Scope::Everyone => None,
            Scope::Tenant(tenant) => Some(tenant.clone()),
        };
        let policy = self.policy(holder.as_ref()).await?;
        let (trust, coverage) = (policy.policy.trust(), policy.policy.least_coverage());
        let reading = tokio::task::spawn_blocking(move || Package::read(&package));
        let package = reading.await.map_err(|_| PublishError::Stopped)??;
        let manifest = package.manifest().clone();
        let (name, number) = (manifest.name.as_str().to_owned(), manifest.version.to_string());
        self.check_name(&scope, &name)?;
        if let Some(known) = self.published(&scope, &name, &manifest.version) {
            trust.check(&Subject::of(&package), package.signatures())?;
            return self.again(&known, package.digest()).await;
        }
        let versions = self.state().catalog().versions.count(&scope);
        one_more("versions of rulesets", versions, self.ceilings().versions_of_a_tenant)?;

        let publisher = Self::publisher(&scope);
        let previous = match self.previous(&scope, &name, &manifest.version) {
            Some(version) => {
                Some(version.place.open(&publisher, self.engine(), self.store()).await?)
            }
            None => None,
        };
        let conditions = Conditions {
            holder: publisher,
            trust,
            previous,
            coverage,
            compute: Some(self.compute().clone()),
        };
        let Published { ruleset, report } =
            stele_ruleset::check_under(self.engine(), &package, conditions).await?;
        let draft = draft(&scope, &package, &report)?;
        let mut expect = vec![
            Expectation::VersionAbsent {
                scope: scope.clone(),
                name: name.clone(),
                version: number.clone(),
            },
            policy::expectation(holder.as_ref(), policy.revision),
        ];
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
                Some(PublicationView { recorded_at: record.recorded_at, ..view.clone() })
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
                digest: package.digest(),
                about: None,
            },
            changes: vec![Change::Publish(Box::new(draft))],
            response: response_of(actor, 201, recorded.clone()),
        };
        // In its place before the commit, so that whoever sees the version finds it ready.
        let place = self.state().shelf.put(ruleset.clone());
        let committed = self.commit(commit).await;
        drop(place);
        if committed.is_err() {
            self.state().shelf.tidy();
        }
        match committed {
            Ok(committed) => {
                if let Err(error) = ruleset.keep(self.engine()).await {
                    tracing::warn!(%error, "compiled code is not kept");
                }
                recorded(&committed.effects).ok_or_else(|| no_effect().into())
            }
            Err(CommitError::Unmet(Unmet { expectation, .. })) => match expectation {
                // Somebody else has published it meanwhile.
                Expectation::VersionAbsent { .. } => {
                    match self.published(&scope, &name, &manifest.version) {
                        Some(known) => self.again(&known, package.digest()).await,
                        None => Err(no_effect().into()),
                    }
                }
                Expectation::PolicyRevision { .. } => Err(PublishError::PolicyChanged),
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

    /// The version whose callers a new one must serve: the nearest lower one of the same major
    /// number that the publisher sees. Pre-releases and versions 0 promise nothing.
    fn previous(
        &self,
        scope: &Scope,
        name: &str,
        number: &semver::Version,
    ) -> Option<Arc<Version>> {
        let catalog = self.state().catalog();
        let numbers = match scope {
            Scope::Everyone => catalog.versions.in_scope(scope, name)?,
            Scope::Tenant(tenant) => catalog.versions.visible(tenant, name)?,
        };
        let least = semver::Version::new(number.major, 0, 0);
        // A pre-release of the first version of a major number lies below it.
        if number.major == 0 || *number < least {
            return None;
        }
        let mut lower = numbers.range((Included(&least), Excluded(number))).rev();
        lower.find(|(number, _)| number.pre.is_empty()).map(|(_, version)| Arc::clone(version))
    }

    /// The answer to a publication of something that is published.
    async fn again(
        &self,
        known: &Version,
        offered: Digest,
    ) -> Result<PublicationView, PublishError> {
        let published = known.record.digest;
        let (name, version) = (known.record.name.clone(), known.record.version.clone());
        if published != offered {
            return Err(PublishError::Conflict { name, version, published, offered });
        }
        let report = self.report(known).await?;
        let recorded_at = known.record.recorded_at;
        Ok(PublicationView { name, version, digest: published, report, already: true, recorded_at })
    }
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
    let report = serde_json::to_vec(report).map_err(|error| StoreError::Defect {
        action: "writing the report as JSON",
        detail: error.to_string(),
    })?;
    let mut objects = shelf::objects(package);
    let envelope = package.signatures().map(|envelope| Arc::<[u8]>::from(envelope.bytes()));
    let signatures = envelope.as_ref().map(|bytes| Digest::of(bytes));
    objects.extend(envelope);
    let report_digest = Digest::of(&report);
    objects.push(Arc::from(report));
    Ok(VersionDraft {
        scope: scope.clone(),
        name: manifest.name.as_str().to_owned(),
        version: manifest.version.to_string(),
        digest: package.digest(),
        component: Digest::of(package.component()),
        report: report_digest,
        kind: manifest.kind.clone(),
        jurisdiction: manifest.jurisdiction.clone(),
        exact: manifest.exact,
        from: manifest.validity.from,
        until: manifest.validity.until,
        signatures,
        objects,
    })
}
