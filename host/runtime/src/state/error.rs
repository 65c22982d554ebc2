//! Errors that several parts share.

use std::path::PathBuf;

use stele_store::{StoreError, TenantId};

use crate::state::{audit_key::AuditKeyError, ceiling::CeilingReached};

/// Why the runtime cannot start.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The data folder cannot be used.
    #[error("the data folder {} can not be used: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The store cannot be opened; the message says what to do.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no key to sign checkpoints with.
    #[error(transparent)]
    AuditKey(#[from] AuditKeyError),
    /// The engine cannot start.
    #[error(transparent)]
    Engine(#[from] stele_engine::StartError),
    /// The threads that compute cannot be started.
    #[error("the threads that compute can not be started: {0}")]
    Compute(#[source] std::io::Error),
}

/// Why a change was not made that only names a tenant.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// No such tenant.
    #[error("there is no tenant {0}")]
    UnknownTenant(TenantId),
    /// There is one already.
    #[error("there is a tenant {0} already")]
    TenantExists(TenantId),
    /// There may be no more.
    #[error(transparent)]
    Ceiling(#[from] CeilingReached),
    /// No such token, or not one of that tenant.
    #[error("there is no token {0}, or it is revoked")]
    UnknownToken(uuid::Uuid),
    /// The token would be good for nothing or for too much.
    #[error("{0}")]
    InvalidToken(&'static str),
    /// A name that is empty or too long.
    #[error(
        "a name has 1 to {most} characters, none of them a control character or a mark that changes the direction of writing; found {found}"
    )]
    InvalidName {
        /// Most characters.
        most: usize,
        /// Number of characters found.
        found: usize,
    },
    /// The store could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}
