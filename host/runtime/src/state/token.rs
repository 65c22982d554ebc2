//! Tokens: made, revoked, listed, and asked who sends them.
//!
//! A token is `stele_` and 256 random bits. Only its SHA-256 is stored: the secret has nothing that
//! could be guessed, so a slow hash would only slow down every request. A token is looked up by
//! that hash, so how long the look-up takes says nothing about any secret.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use rand::{TryRngCore as _, rngs::OsRng};
use serde::{Deserialize, Serialize};
use stele_digest::Digest;
use stele_ruleset::unseen_character;
use stele_store::{
    AuditDraft, Change, Commit, CommitError, Effect, Expectation, StoreError, TenantId,
    TokenDraft as StoredDraft, TokenRecord, Unmet,
};
use uuid::Uuid;

use crate::state::{
    actor::Actor,
    ceiling::one_more,
    credential::{Credential, TokenScope},
    error::ChangeError,
    idempotency::response_of,
    runtime::{Runtime, log_of, no_effect, store_error},
};

/// What every token begins with, so that people and scanners recognise one that was left lying.
pub const TOKEN_PREFIX: &str = "stele_";
/// Bytes of a secret.
const SECRET: usize = 32;
/// Most characters of a name for people.
const LONGEST_NAME: usize = 200;

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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = Token)]
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
    if (1..=LONGEST_NAME).contains(&found) && unseen_character(name).is_none() {
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
        let tokens = self.tokens_of(draft.tenant.as_ref());
        one_more("tokens of this tenant", tokens, self.ceilings().tokens_of_a_tenant)?;
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
                about: None,
            },
            changes: vec![Change::CreateToken(stored)],
            // Without the secret, which is kept nowhere.
            response: response_of(actor, 201, |effects| match effects {
                [Effect::Token(record)] => Some(TokenView::from(record)),
                _ => None,
            }),
        };
        let committed = self.commit(commit).await.map_err(|error| match error {
            CommitError::Unmet(Unmet {
                expectation: Expectation::TenantPresent(tenant), ..
            }) => ChangeError::UnknownTenant(tenant),
            other => ChangeError::Store(store_error(other)),
        })?;
        match committed.effects.first() {
            Some(Effect::Token(record)) => Ok((record.into(), secret)),
            _ => Err(ChangeError::Store(no_effect())),
        }
    }

    /// How many tokens a tenant, or with none the operator, has had.
    fn tokens_of(&self, tenant: Option<&TenantId>) -> usize {
        let catalog = self.state().catalog();
        catalog.tokens.values().filter(|token| token.tenant.as_ref() == tenant).count()
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
                about: None,
            },
            changes: vec![Change::RevokeToken { id }],
            response: None,
        };
        let committed = self.commit(commit).await.map_err(|error| match error {
            CommitError::Unmet(_) => ChangeError::UnknownToken(id),
            other => ChangeError::Store(store_error(other)),
        })?;
        match committed.effects.first() {
            Some(Effect::Token(record)) => Ok(record.into()),
            _ => Err(ChangeError::Store(no_effect())),
        }
    }

    /// Tokens in the order in which they were made, revoked ones too: a tenant's, or with none all.
    pub fn tokens(&self, tenant: Option<&TenantId>) -> Vec<TokenView> {
        let catalog = self.state().catalog();
        let of_tenant = |token: &&TokenRecord| tenant.is_none() || token.tenant.as_ref() == tenant;
        catalog.tokens.values().filter(of_tenant).map(TokenView::from).collect()
    }
}
