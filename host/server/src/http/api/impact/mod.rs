//! Impact reports: asked for, read, and followed while they are made.

pub(crate) mod events;
pub(crate) mod reports;
pub(crate) mod schemas;

use utoipa_axum::router::OpenApiRouter;

use crate::http::edge::application::Application;

/// The routes of this folder.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new().merge(reports::routes()).merge(events::routes())
}
