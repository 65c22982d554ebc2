//! Access tokens, for the operator: of one tenant, or the operator's own.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use stele_fields::FromFields;
use stele_runtime::{Actor, TenantId, TokenDraft, TokenScope, TokenView};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::http::edge::application::Application;
use crate::http::edge::body::JsonBodyWithBytes;
use crate::http::edge::credential::{OperatorAccess, TenantForOperator};
use crate::http::edge::idempotency::{Answer, Attempt, Head, once};
use crate::http::edge::problem::{Kind, Problem};
use crate::http::edge::refusal;
use crate::http::edge::segment::LastSegment;

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new()
        .routes(routes!(create_operator_token, list_operator_tokens))
        .routes(routes!(revoke_operator_token))
        .routes(routes!(create_token, list_tokens))
        .routes(routes!(revoke_token))
}

/// A token to be made.
#[derive(Debug, FromFields, ToSchema)]
#[schema(as = TokenRequest)]
pub(crate) struct TokenBody {
    /// The name that stands in the audit log.
    #[schema(example = "payroll service")]
    name: String,
    /// What it may do.
    #[schema(value_type = Vec<String>, example = json!(["calculate", "employees:read"]))]
    scopes: Vec<TokenScope>,
    /// The person or service that it is for, if they have a token already: its `subject`.
    subject: Option<Uuid>,
}

/// A new token with its secret, which is shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NewToken<'a> {
    /// What is sent as bearer token. It is not stored; an answer that is repeated for an
    /// idempotency key does not have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "stele_…")]
    pub secret: Option<&'a str>,
    /// Everything but the secret.
    #[serde(flatten)]
    pub token: &'a TokenView,
}

/// Tokens, revoked ones too.
#[derive(Debug, Serialize, ToSchema)]
struct TokenList {
    /// In the order in which they were made.
    tokens: Vec<TokenView>,
}

/// Create a token of the operator.
#[utoipa::path(post, path = "/v1/tokens", tag = "tenants", operation_id = "create_operator_token",
    params(("Idempotency-Key" = Option<String>, Header, description = "Names the request.")),
    request_body = TokenBody,
    responses((status = 201, description = "It was created; the secret is shown this once.", body = NewToken)))]
async fn create_operator_token(
    State(app): State<Application>,
    access: OperatorAccess,
    head: Head,
    JsonBodyWithBytes(body, bytes): JsonBodyWithBytes<TokenBody>,
) -> Result<Response, Problem> {
    let attempt = head.attempt(None, &bytes);
    create(&app, attempt, access.actor, None, body).await
}

/// Create a token of a tenant.
#[utoipa::path(post, path = "/v1/tenants/{tenant}/tokens", tag = "tenants", operation_id = "create_token",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request."),
    ),
    request_body = TokenBody,
    responses((status = 201, description = "It was created; the secret is shown this once.", body = NewToken)))]
async fn create_token(
    State(app): State<Application>,
    access: TenantForOperator,
    head: Head,
    JsonBodyWithBytes(body, bytes): JsonBodyWithBytes<TokenBody>,
) -> Result<Response, Problem> {
    let attempt = head.attempt(None, &bytes);
    create(&app, attempt, access.actor, Some(access.tenant), body).await
}

async fn create(
    app: &Application,
    attempt: Attempt<'_>,
    actor: Actor,
    tenant: Option<TenantId>,
    body: TokenBody,
) -> Result<Response, Problem> {
    let runtime = app.runtime().clone();
    once(app, attempt, actor, async move |actor| {
        let draft =
            TokenDraft { tenant, name: body.name, scopes: body.scopes, subject: body.subject };
        let created = runtime.create_token(&actor, draft).await;
        let (token, secret) = created.map_err(refusal::of_change)?;
        let shown = NewToken { secret: Some(secret.reveal()), token: &token };
        Answer::committed(StatusCode::CREATED, &shown)
    })
    .await
}

/// List all tokens, of all tenants.
#[utoipa::path(get, path = "/v1/tokens", tag = "tenants", operation_id = "list_operator_tokens",
    responses((status = 200, description = "All of them, without secrets.", body = TokenList)))]
async fn list_operator_tokens(
    State(app): State<Application>,
    _: OperatorAccess,
) -> impl IntoResponse {
    Json(TokenList { tokens: app.runtime().tokens(None) })
}

/// List the tokens of a tenant.
#[utoipa::path(get, path = "/v1/tenants/{tenant}/tokens", tag = "tenants", operation_id = "list_tokens",
    params(("tenant" = String, Path, description = "The tenant.")),
    responses((status = 200, description = "All of them, without secrets.", body = TokenList)))]
async fn list_tokens(
    State(app): State<Application>,
    access: TenantForOperator,
) -> impl IntoResponse {
    Json(TokenList { tokens: app.runtime().tokens(Some(&access.tenant)) })
}

/// Revoke any token.
#[utoipa::path(delete, path = "/v1/tokens/{token}", tag = "tenants", operation_id = "revoke_operator_token",
    params(("token" = String, Path, description = "The token's `id`.")),
    responses((status = 200, description = "It is good for nothing any more.", body = TokenView)))]
async fn revoke_operator_token(
    State(app): State<Application>,
    access: OperatorAccess,
    LastSegment(token): LastSegment,
) -> Result<Json<TokenView>, Problem> {
    revoke(&app, &access.actor, None, &token).await
}

/// Revoke a token of a tenant.
#[utoipa::path(delete, path = "/v1/tenants/{tenant}/tokens/{token}", tag = "tenants", operation_id = "revoke_token",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("token" = String, Path, description = "The token's `id`."),
    ),
    responses((status = 200, description = "It is good for nothing any more.", body = TokenView)))]
async fn revoke_token(
    State(app): State<Application>,
    access: TenantForOperator,
    LastSegment(token): LastSegment,
) -> Result<Json<TokenView>, Problem> {
    revoke(&app, &access.actor, Some(&access.tenant), &token).await
}

async fn revoke(
    app: &Application,
    actor: &Actor,
    tenant: Option<&TenantId>,
    token: &str,
) -> Result<Json<TokenView>, Problem> {
    let id = Uuid::try_parse(token)
        .map_err(|_| Problem::new(Kind::NotFound, "There is no such token."))?;
    app.runtime().revoke_token(actor, tenant, id).await.map(Json).map_err(refusal::of_change)
}
