//! Employees: one with its history, many as an import or an export, the erasure of one, and what can
//! be said of them.

pub(crate) mod attributes;
pub(crate) mod erasure;
pub(crate) mod export;
pub(crate) mod history;
pub(crate) mod import;
pub(crate) mod patch;
pub(crate) mod record;

use utoipa_axum::router::OpenApiRouter;

use crate::http::edge::application::Application;

/// The routes of this folder.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new()
        .merge(record::routes())
        .merge(patch::routes())
        .merge(history::routes())
        .merge(import::routes())
        .merge(export::routes())
        .merge(erasure::routes())
        .merge(attributes::routes())
}
