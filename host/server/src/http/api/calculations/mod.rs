//! Calculations: one, or many as a stream.

pub(crate) mod batch;
pub(crate) mod single;

use utoipa_axum::router::OpenApiRouter;

use crate::http::edge::application::Application;

/// The routes of this folder.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new().merge(single::routes()).merge(batch::routes())
}
