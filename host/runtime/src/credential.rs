//! Credentials: bearer tokens that carry a tenant, a name and scopes.
//!
//! A token is `stele_` and 256 random bits. Only its SHA-256 is stored: the secret has nothing that
//! could be guessed, so a slow hash would only slow down every request. A token is looked up by
//! that hash, so how long the look-up takes says nothing about any secret.

use std::{fmt, str::FromStr};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use rand::{TryRngCore as _, rngs::OsRng};
use serde::{Deserialize, Serialize};
use stele_digest::Digest;
use stele_store::{
    AuditDraft, Change, Commit, CommitError, Effect, Expectation, Log, StoreError, TenantId,
    TokenDraft as StoredDraft, TokenRecord, Unmet,
};
use uuid::Uuid;

use crate::{Actor, ChangeError, Runtime};

/// What every token begins with, so that people and scanners recognise one that was left lying.
pub const TOKEN_PREFIX: &str = "stele_";
/// Bytes of a secret.
const SECRET: usize = 32;
/// Most characters of a name for people.
const LONGEST_NAME: usize = 200;

macro_rules! scopes {
    ($(#[doc = $meaning:literal] $scope:ident = $name:literal,)*) => {
        /// What a credential may do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum TokenScope { $(#[doc = $meaning] #[serde(rename = $name)] $scope,)* }

        impl TokenScope {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$scope,)*];

            /// The name in tokens, requests and documents.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$scope => $name,)* }
            }

            /// What it lets its holder do, as a sentence.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$scope => $meaning.trim_ascii(),)* }
            }
        }
    };
}

scopes! {
    /// Everything that concerns no single tenant: tenants, everyone's rulesets, all tokens.
    Operator = "operator",
    /// Read rulesets.
    RulesetsRead = "rulesets:read",
    /// Publish rulesets.
    RulesetsPublish = "rulesets:publish",
    /// Read activations.
    ActivationsRead = "activations:read",
    /// Propose activations and rollbacks; activate where the policy asks for nobody's approval.
    ActivationsWrite = "activations:write",
    /// Approve and reject what others propose, confirm what others did in an emergency.
    ActivationsApprove = "activations:approve",
    /// Roll back at once, on one person's word.
    ActivationsEmergency = "activations:emergency",
    /// Read the policy.
    PolicyRead = "policy:read",
    /// Write the policy.
    PolicyWrite = "policy:write",
    /// Read employees.
    EmployeesRead = "employees:read",
    /// Write, import and delete employees.
    EmployeesWrite = "employees:write",
    /// Erase what is known of employees, as far as retention allows.
    EmployeesErase = "employees:erase",
    /// Calculate, and record what was calculated.
    Calculate = "calculate",
    /// Read impact reports, which show what employees would be paid.
    ImpactRead = "impact:read",
    /// Ask for impact reports.
    ImpactWrite = "impact:write",
    /// Read recorded results, their explanation and their evidence.
    ResultsRead = "results:read",
    /// Run recorded results again.
    ResultsReplay = "results:replay",
    /// Read the audit log.
    AuditRead = "audit:read",
}

impl fmt::Display for TokenScope {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// A name that is no scope.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{found:?} is no scope; the scopes are {}", TokenScope::ALL.iter().map(|scope| scope.name()).collect::<Vec<_>>().join(", "))]
pub struct UnknownScope {
    /// The name.
    pub found: String,
}

impl FromStr for TokenScope {
    type Err = UnknownScope;
    fn from_str(text: &str) -> Result<Self, UnknownScope> {
        let named = Self::ALL.iter().find(|scope| scope.name() == text);
        named.copied().ok_or_else(|| UnknownScope { found: text.chars().take(80).collect() })
    }
}

/// A token as a request is judged by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// The token.
    pub token: Uuid,
    /// The tenant that it is good for; none: the operator's.
    pub tenant: Option<TenantId>,
    /// The person or service.
    pub subject: Uuid,
    /// Its name.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<TokenScope>,
}

impl Credential {
    pub(crate) fn of(record: &TokenRecord) -> Self {
        Self {
            token: record.id,
            tenant: record.tenant.clone(),
            subject: record.subject,
            name: record.name.clone(),
            scopes: record.scopes.iter().filter_map(|scope| scope.parse().ok()).collect(),
        }
    }

    /// Whether it may do this.
    pub fn allows(&self, scope: TokenScope) -> bool {
        self.scopes.contains(&scope)
    }

    /// Who stands in the audit entry.
    pub fn actor(&self) -> Actor {
        Actor::new(self.subject, self.name.clone())
    }
}

/// A token to be made.
#[derive(Debug, Clone)]
pub struct TokenDraft {
    /// The tenant; none for the operator's.
    pub tenant: Option<TenantId>,
    /// The name that will stand in audit entries.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<TokenScope>,
    /// The person or service, if it has a token already; none makes a new one.
    pub subject: Option<Uuid>,
}

/// A token as it is listed: everything but the secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenView {
    /// Identifier.
    pub id: Uuid,
    /// Tenant; none for the operator's.
    pub tenant: Option<TenantId>,
    /// Person or service.
    pub subject: Uuid,
    /// Name.
    pub name: String,
    /// Scopes.
    pub scopes: Vec<String>,
    /// When it was made.
    pub recorded_at: Timestamp,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

impl From<&TokenRecord> for TokenView {
    fn from(record: &TokenRecord) -> Self {
        Self {
            id: record.id,
            tenant: record.tenant.clone(),
            subject: record.subject,
            name: record.name.clone(),
            scopes: record.scopes.clone(),
            recorded_at: record.recorded_at,
            revoked_at: record.revoked_at,
        }
    }
}

/// The secret of a token: shown once, when it is made.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    fn random() -> Result<Self, StoreError> {
        let mut bytes = [0; SECRET];
        OsRng.try_fill_bytes(&mut bytes).map_err(|error| StoreError::Io {
            action: "asking the system for random bytes",
            detail: error.to_string(),
        })?;
        Ok(Self(format!("{TOKEN_PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes))))
    }

    fn digest(&self) -> Digest {
        Digest::of(self.0.as_bytes())
    }

    /// The text to hand to whoever will use it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

/// Checks a name for people.
pub(crate) fn check_name(name: &str) -> Result<(), ChangeError> {
    let found = name.chars().count();
    if (1..=LONGEST_NAME).contains(&found) && !name.chars().any(char::is_control) {
        Ok(())
    } else {
        Err(ChangeError::InvalidName { most: LONGEST_NAME, found })
    }
}

impl Runtime {
    /// Who sends this token, from memory. None: nobody that we know.
    pub fn authenticate(&self, bearer: &str) -> Option<std::sync::Arc<Credential>> {
        if !bearer.starts_with(TOKEN_PREFIX) {
            return None;
        }
        let digest = Digest::of(bearer.as_bytes());
        self.state().catalog().credentials.get(&digest).cloned()
    }

    /// Makes a token. The secret is not kept and cannot be shown again.
    pub async fn create_token(
        &self,
        actor: &Actor,
        draft: TokenDraft,
    ) -> Result<(TokenView, Secret), ChangeError> {
        check_name(&draft.name)?;
        if draft.scopes.is_empty() {
            return Err(ChangeError::InvalidToken("a token needs at least one scope"));
        }
        if draft.tenant.is_some() && draft.scopes.contains(&TokenScope::Operator) {
            return Err(ChangeError::InvalidToken(
                "a tenant's token can not have the scope operator; leave the tenant out",
            ));
        }
        let mut scopes = draft.scopes;
        scopes.sort_unstable();
        scopes.dedup();
        let secret = Secret::random()?;
        let stored = StoredDraft {
            id: Uuid::now_v7(),
            tenant: draft.tenant.clone(),
            subject: draft.subject.unwrap_or_else(Uuid::now_v7),
            name: draft.name,
            scopes: scopes.iter().map(|scope| scope.name().to_owned()).collect(),
            secret: secret.digest(),
        };
        let mut content = vec![stored.name.as_str()];
        content.extend(stored.scopes.iter().map(String::as_str));
        let commit = Commit {
            actor: actor.record(),
            expect: draft.tenant.iter().cloned().map(Expectation::TenantPresent).collect(),
            audit: AuditDraft {
                log: log_of(draft.tenant.as_ref()),
                action: "token.created".to_owned(),
                subject: stored.id.to_string(),
                digest: Digest::of_texts(&content),
            },
            changes: vec![Change::CreateToken(stored)],
            response: None,
        };
        let committed = self.commit(commit).await.map_err(|error| match error {
            CommitError::Unmet(Unmet {
                expectation: Expectation::TenantPresent(tenant), ..
            }) => ChangeError::UnknownTenant(tenant),
            other => ChangeError::Store(crate::store_error(other)),
        })?;
        match committed.effects.first() {
            Some(Effect::Token(record)) => Ok((record.into(), secret)),
            _ => Err(ChangeError::Store(crate::no_effect())),
        }
    }

    /// Ends a token at once. With a tenant: only a token of that tenant, any other is unknown.
    pub async fn revoke_token(
        &self,
        actor: &Actor,
        tenant: Option<&TenantId>,
        id: Uuid,
    ) -> Result<TokenView, ChangeError> {
        let owner = match self.state().catalog().tokens.get(&id) {
            Some(token) if tenant.is_none() || token.tenant.as_ref() == tenant => {
                token.tenant.clone()
            }
            _ => return Err(ChangeError::UnknownToken(id)),
        };
        let commit = Commit {
            actor: actor.record(),
            expect: vec![Expectation::TokenActive(id)],
            audit: AuditDraft {
                log: log_of(owner.as_ref()),
                action: "token.revoked".to_owned(),
                subject: id.to_string(),
                digest: Digest::of_texts(&[&id.to_string()]),
            },
            changes: vec![Change::RevokeToken { id }],
            response: None,
        };
        let committed = self.commit(commit).await.map_err(|error| match error {
            CommitError::Unmet(_) => ChangeError::UnknownToken(id),
            other => ChangeError::Store(crate::store_error(other)),
        })?;
        match committed.effects.first() {
            Some(Effect::Token(record)) => Ok(record.into()),
            _ => Err(ChangeError::Store(crate::no_effect())),
        }
    }

    /// Tokens in the order in which they were made, revoked ones too: a tenant's, or with none all.
    pub fn tokens(&self, tenant: Option<&TenantId>) -> Vec<TokenView> {
        let catalog = self.state().catalog();
        let of_tenant = |token: &&TokenRecord| tenant.is_none() || token.tenant.as_ref() == tenant;
        catalog.tokens.values().filter(of_tenant).map(TokenView::from).collect()
    }
}

/// The log of what concerns this tenant, or none.
pub(crate) fn log_of(tenant: Option<&TenantId>) -> Log {
    tenant.cloned().map_or(Log::Operator, Log::Tenant)
}
