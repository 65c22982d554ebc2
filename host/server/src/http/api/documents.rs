//! The API's description and the page that renders it, both without the internet.

use axum::Router;
use axum::body::Bytes;
use axum::http::header;
use axum::routing::get;
use serde_json::{Value, json};
use utoipa::Modify;
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::http::edge::application::Application;
use crate::http::edge::problem::{Document, FieldError, Kind};

/// What the description says about the API as a whole.
#[derive(Debug, OpenApi)]
#[openapi(
    info(
        title = "Stele",
        description = "A runtime for employment law: rules are published, activated and swapped while the server runs, and every result names the version that produced it.\n\nEvery error is a problem document (RFC 9457) with the request id. Decimals are strings (`\"12345.60\"`); JSON numbers are read exactly from their text. Dates are ISO 8601. A member that is unknown or occurs twice is an error. Lists come in pages: pass `next` as `cursor`. A POST that changes something takes an `Idempotency-Key`: the same request under the same key by the same person or service is done once, also if the connection was lost, and answered again with the first answer and `idempotency-replayed: true`; while the first is being worked on it waits for that answer, and after some seconds gets 409 with `retry-after`. Answers are remembered for 48 hours; what is erased meanwhile is not answered again.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    components(schemas(Document, FieldError)),
    modifiers(&Security),
    security(("token" = [])),
    tags(
        (name = "calculation", description = "Lines, findings and steps for an employee or inline facts."),
        (name = "results", description = "Recorded results: shown, explained, run again, proven."),
        (name = "rulesets", description = "Versions of rulesets: immutable packages, checked before they are stored."),
        (name = "activations", description = "Which version is in force in which slot from which date."),
        (name = "impact", description = "What a version would change for whom, before it is put in force."),
        (name = "employees", description = "Attributes with the dates from which they hold."),
        (name = "tenants", description = "Tenants and access tokens."),
        (name = "audit", description = "Every change, in order, with what proves that none was left out or altered: checkpoints, proofs, exports."),
        (name = "operation", description = "For the operator; without a token."),
    )
)]
pub(crate) struct Description;

struct Security;

impl Modify for Security {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format("stele_…")
            .description(Some(
                "An access token, made by `stele token create`. It carries a tenant and scopes.",
            ))
            .build();
        openapi
            .components
            .get_or_insert_default()
            .add_security_scheme("token", SecurityScheme::Http(scheme));
    }
}

/// The routes of this file, for this description.
///
/// # Errors
/// The description can not be written as JSON: a defect.
pub(crate) fn routes(
    openapi: &utoipa::openapi::OpenApi,
) -> Result<Router<Application>, serde_json::Error> {
    let mut document = serde_json::to_value(openapi)?;
    add_problem_responses(&mut document);
    add_problem_types(&mut document);
    let document = Bytes::from(serde_json::to_vec(&document)?);
    let json = get(move || {
        let document = document.clone();
        async move { ([(header::CONTENT_TYPE, "application/json")], document) }
    });
    // The page must not ask a validator in the internet about the description.
    let page = SwaggerUi::new("/docs")
        .config(Config::from("/openapi.json").validator_url("none").try_it_out_enabled(true));
    Ok(Router::new().route("/openapi.json", json).merge(page))
}

/// Says once for all operations what each may answer besides its own: a problem document.
fn add_problem_responses(document: &mut Value) {
    let Some(paths) = document.get_mut("paths").and_then(Value::as_object_mut) else {
        return;
    };
    for operation in
        paths.values_mut().filter_map(Value::as_object_mut).flat_map(|item| item.values_mut())
    {
        if let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) {
            responses.entry("default").or_insert_with(|| {
                json!({
                    "description": "A problem document; `type` says of which kind.",
                    "content": {
                        "application/problem+json": {
                            "schema": { "$ref": "#/components/schemas/Problem" }
                        }
                    }
                })
            });
        }
    }
}

/// Names every kind of problem in the schema.
fn add_problem_types(document: &mut Value) {
    if let Some(kind) = document.pointer_mut("/components/schemas/Problem/properties/type") {
        kind["enum"] = Kind::ALL.iter().map(|kind| kind.parts().0).collect();
    }
}
