//! The audit log: every change, in order, with what proves that none was left out or altered.
//!
//! Each path is there twice, for a tenant's log and, without a tenant, for the operator's.

mod employee;
mod export;
mod list;
mod proofs;

use utoipa_axum::router::OpenApiRouter;

use crate::http::edge::application::Application;

/// The routes of this folder.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    list::routes().merge(employee::routes()).merge(proofs::routes()).merge(export::routes())
}
