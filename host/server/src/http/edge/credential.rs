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
use axum::http::{HeaderMap, HeaderValue, header};
use stele_runtime::{Actor, Credential, TenantId, TokenScope};

use super::application::Application;
use super::problem::{Kind, Problem};
use super::room::Holder;
use super::segment::path_parameters;

/// A scope, as a type, for the signatures of handlers.
pub(crate) trait Demand: Send + Sync + 'static {
    /// The scope that is demanded.
    const SCOPE: TokenScope;
    /// Scopes each of which is enough in its place.
    const OR: &'static [TokenScope] = &[];
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

/// Demands one of the scopes with which somebody needs to know how a tenant is organized: to read its
/// people, or to say whom its slots are for.
#[derive(Debug)]
pub(crate) struct OrganizationRead;

impl Demand for OrganizationRead {
    const SCOPE: TokenScope = TokenScope::EmployeesRead;
    const OR: &'static [TokenScope] = &[TokenScope::PolicyWrite];
}

/// What the edge has found in a request's head: it looks once, for the room that the request takes,
/// and handlers ask what it found.
#[derive(Debug, Clone)]
pub(crate) struct Presented(Option<Arc<Credential>>);

impl Presented {
    /// The token that the head carries, where it is known.
    pub(crate) fn find(headers: &HeaderMap, app: &Application) -> Presented {
        let token = headers.get(header::AUTHORIZATION).and_then(bearer);
        Presented(token.and_then(|token| app.runtime().authenticate(token)))
    }

    /// Who takes room.
    pub(crate) fn holder(&self) -> Holder {
        self.0.clone().map_or(Holder::Unknown, Holder::Known)
    }
}

/// A known token, whatever it may.
#[derive(Debug)]
pub(crate) struct Known(pub Arc<Credential>);

/// A token that may do this for everyone.
#[derive(Debug)]
pub(crate) struct OperatorAccess {
    /// Who does it, for the audit log.
    pub actor: Actor,
    credential: Arc<Credential>,
}

impl OperatorAccess {
    /// Who takes room.
    pub(crate) fn holder(&self) -> Holder {
        Holder::Known(self.credential.clone())
    }
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

impl<D> TenantAccess<D> {
    /// Who takes room.
    pub(crate) fn holder(&self) -> Holder {
        Holder::Known(self.credential.clone())
    }
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
        Ok(OperatorAccess { actor: credential.actor(), credential })
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
        if !D::OR.iter().any(|scope| credential.allows(*scope)) {
            demand(&credential, D::SCOPE)?;
        }
        let actor = credential.actor();
        Ok(TenantAccess { tenant, actor, credential, demanded: PhantomData })
    }
}

/// Demands one more scope, for what only some bodies of a request ask for.
pub(crate) fn demand_also<D>(access: &TenantAccess<D>, scope: TokenScope) -> Result<(), Problem> {
    demand(&access.credential, scope)
}

/// The token of an `Authorization` header.
fn bearer(header: &HeaderValue) -> Option<&str> {
    let (scheme, token) = header.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn authenticate(parts: &Parts, app: &Application) -> Result<Arc<Credential>, Problem> {
    if !parts.headers.contains_key(header::AUTHORIZATION) {
        return Err(unauthorized(
            "This needs an access token: Authorization: Bearer stele_…",
            "Bearer realm=\"stele\"",
        ));
    }
    let presented = match parts.extensions.get::<Presented>() {
        Some(presented) => presented.clone(),
        None => Presented::find(&parts.headers, app),
    };
    presented.0.ok_or_else(|| {
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
