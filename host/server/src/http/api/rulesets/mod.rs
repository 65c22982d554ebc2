//! Rulesets: published, listed, and read in each version.

pub(crate) mod publication;
pub(crate) mod versions;
pub(crate) mod view;

use utoipa_axum::router::OpenApiRouter;

use crate::http::edge::application::Application;

/// The routes of this folder that describe themselves; those of [`versions`] are described apart.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    publication::routes()
}
