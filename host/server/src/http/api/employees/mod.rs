//! Employees: one, many as an import, the erasure of one, and what
//! can be said of them.

pub(crate) mod attributes;
pub(crate) mod erasure;
pub(crate) mod import;
pub(crate) mod record;

use utoipa_axum::router::OpenApiRouter;

use crate::http::edge::application::Application;

/// The routes of this folder.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new()
        .merge(record::routes())
        .merge(import::routes())
        .merge(erasure::routes())
        .merge(attributes::routes())
}
