//! Calculations: one, many as a stream, or the fact for which an amount comes out.

pub(crate) mod batch;
pub(crate) mod single;
mod solve;

use utoipa_axum::router::OpenApiRouter;

use crate::http::edge::application::Application;

/// The routes of this folder.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new().merge(single::routes()).merge(batch::routes()).merge(solve::routes())
}
