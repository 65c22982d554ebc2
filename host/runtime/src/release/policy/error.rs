//! Why a policy is not written.

use stele_store::{StoreError, TenantId};

use crate::state::document::Unreadable;

/// Why a policy was not written.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// Something in it can not be.
    #[error("{pointer}: expected {expected}, found {found}")]
    Invalid {
        /// JSON pointer.
        pointer: String,
        /// What could be there.
        expected: String,
        /// What is there.
        found: String,
    },
    /// A field can not be read.
    #[error("{pointer}: {reason}")]
    Unreadable {
        /// JSON pointer.
        pointer: String,
        /// What was expected and what was found.
        reason: String,
    },
    /// It was changed meanwhile.
    #[error("the policy was changed meanwhile: its revision is {found}")]
    Precondition {
        /// Its revision; 0: there is none.
        found: u64,
    },
    /// No such tenant.
    #[error("there is no tenant {0}")]
    UnknownTenant(TenantId),
    /// The store could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Unreadable> for PolicyError {
    fn from(Unreadable { pointer, reason }: Unreadable) -> Self {
        Self::Unreadable { pointer, reason }
    }
}
