//! Who asks and what they may: bearer tokens, tenants in paths, scopes.
//!
//! A handler names what it demands in its signature, and gets nothing, not even the body, before
//! that is granted:
//! - no token, or one that is not known: 401;
//! - a tenant that is not the token's: 404, as if there were no such tenant;
//! - a scope that the token lacks: 403, which names it.

use std::marker::PhantomData;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use stele_runtime::{Actor, Credential, TenantId, TokenScope};

use super::application::Application;
use super::problem::{Kind, Problem};
use super::segment::path_parameters;

/// A scope, as a type, for the signatures of handlers.
pub(crate) trait Demand: Send + Sync + 'static {
    /// The scope that is demanded.
    const SCOPE: TokenScope;
}

macro_rules! demands {
    ($($name:ident)*) => {$(
        #[doc = concat!("Demands [`TokenScope::", stringify!($name), "`].")]
        #[derive(Debug)]
        pub(crate) struct $name;

        impl Demand for $name {
            const SCOPE: TokenScope = TokenScope::$name;
        }
    )*};
}

demands! {
    Operator RulesetsRead RulesetsPublish ActivationsRead ActivationsWrite ActivationsApprove
    PolicyRead PolicyWrite EmployeesRead EmployeesWrite EmployeesErase Calculate ImpactRead
    ImpactWrite ResultsRead ResultsReplay AuditRead
}

/// A known token, whatever it may.
#[derive(Debug)]
pub(crate) struct Known(pub Arc<Credential>);

/// A token that may do this for everyone.
#[derive(Debug)]
pub(crate) struct OperatorAccess {
    /// Who does it, for the audit log.
    pub actor: Actor,
}

/// A token that may do this for the tenant of the path.
#[derive(Debug)]
pub(crate) struct TenantAccess<D> {
    /// The tenant.
    pub tenant: TenantId,
    /// Who does it, for the audit log.
    pub actor: Actor,
    credential: Arc<Credential>,
    demanded: PhantomData<D>,
}

impl FromRequestParts<Application> for Known {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Application) -> Result<Self, Problem> {
        authenticate(parts, app).map(Known)
    }
}

impl FromRequestParts<Application> for OperatorAccess {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Application) -> Result<Self, Problem> {
        let credential = authenticate(parts, app)?;
        demand(&credential, TokenScope::Operator)?;
        Ok(OperatorAccess { actor: credential.actor() })
    }
}

/// The tenant of the path for the operator, who manages its tokens.
pub(crate) type TenantForOperator = TenantAccess<Operator>;

impl<D: Demand> FromRequestParts<Application> for TenantAccess<D> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Application) -> Result<Self, Problem> {
        let credential = authenticate(parts, app)?;
        let parameters = path_parameters(parts, app).await?;
        let named = parameters.iter().find(|(name, _)| *name == "tenant").map(|(_, value)| value);
        let tenant = visible_tenant(app, &credential, named.unwrap_or_default())?;
        demand(&credential, D::SCOPE)?;
        let actor = credential.actor();
        Ok(TenantAccess { tenant, actor, credential, demanded: PhantomData })
    }
}

/// Demands one more scope, for what only some bodies of a request ask for.
pub(crate) fn demand_also<D>(access: &TenantAccess<D>, scope: TokenScope) -> Result<(), Problem> {
    demand(&access.credential, scope)
}

fn authenticate(parts: &Parts, app: &Application) -> Result<Arc<Credential>, Problem> {
    let Some(header) = parts.headers.get(header::AUTHORIZATION) else {
        return Err(unauthorized(
            "This needs an access token: Authorization: Bearer stele_…",
            "Bearer realm=\"stele\"",
        ));
    };
    let token = header.to_str().ok().and_then(|header| {
        let (scheme, token) = header.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    });
    token.and_then(|token| app.runtime().authenticate(token)).ok_or_else(|| {
        unauthorized(
            "The access token is not known here, or it was revoked.",
            "Bearer realm=\"stele\", error=\"invalid_token\"",
        )
    })
}

fn unauthorized(detail: &'static str, challenge: &'static str) -> Problem {
    Problem::new(Kind::Unauthorized, detail)
        .with_header(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge))
}

/// The tenant of the path where this token may see it. Another tenant's and one that does not
/// exist are the same answer.
fn visible_tenant(
    app: &Application,
    credential: &Credential,
    named: &str,
) -> Result<TenantId, Problem> {
    let absent =
        || Problem::new(Kind::NotFound, "There is no such tenant that this token may see.");
    match &credential.tenant {
        Some(own) if own.as_str() == named => Ok(own.clone()),
        Some(_) => Err(absent()),
        None => {
            let tenant = TenantId::new(named).map_err(|_| absent())?;
            app.runtime().tenant(&tenant).map(|_| tenant).ok_or_else(absent)
        }
    }
}

fn demand(credential: &Credential, scope: TokenScope) -> Result<(), Problem> {
    if credential.allows(scope) {
        return Ok(());
    }
    let detail =
        format!("This needs a token with the scope {scope}; this token does not carry it.");
    Err(Problem::new(Kind::MissingScope, detail).with_member("scope", scope.to_string().into()))
}
