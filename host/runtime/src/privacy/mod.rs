//! Personal data: how long it is kept, and its erasure when somebody asks for it (GDPR art. 17).
//!
//! What may be erased lies apart from the audit log: attributes of employees and contents of
//! results, each under a salt of its own. The log keeps salted digests; without the salt, which is
//! erased as well, they say nothing and can be proven to belong to nothing. So the log stays whole.
//!
//! Not erased here: answers that are remembered for an `Idempotency-Key`, which may hold a result,
//! are dropped after 48 hours by the store; backups are as old as the operator keeps them.

mod erasure;
mod sweep;

pub use erasure::{AttributesState, EraseError, Erasure, RetainedResult};
pub use sweep::Swept;
