//! Recorded results: found, shown, run again, explained, proven.

pub(crate) mod evidence;
pub(crate) mod explanation;
pub(crate) mod list;
pub(crate) mod recorded;
pub(crate) mod replay;

use utoipa_axum::router::OpenApiRouter;

use crate::http::edge::application::Application;

/// The routes of this folder.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new()
        .merge(list::routes())
        .merge(recorded::routes())
        .merge(replay::routes())
        .merge(explanation::routes())
        .merge(evidence::routes())
}
