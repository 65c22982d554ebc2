//! Personal data: how long it is kept, and its erasure when somebody asks for it (GDPR art. 17).
//!
//! What may be erased lies apart from the audit log: attributes of employees and contents of
//! results, each under a salt of its own. The log keeps salted digests; without the salt, which is
//! erased as well, they say nothing and can be proven to belong to nothing. So the log stays whole. It
//! names nobody: the salt under which its entries say whom they are about goes when the erasure is
//! complete. Entries of versions before this one name whose record was changed or erased.
//!
//! An answer that is remembered for an `Idempotency-Key` and holds a result is kept as that result's
//! name alone, so it goes with the result.
//!
//! What holds when:
//!
//! | when | what was erased |
//! |---|---|
//! | at once | can be read, calculated with, replayed, exported or backed up no more |
//! | after the server was stopped in an orderly way | is in no byte of the data folder |
//! | until then, or after a kill until the next orderly stop | lies in old parts of the database's files |
//! | as long as the operator keeps them | is in backups that were made before |

mod erasure;
mod sweep;

pub use erasure::{AttributesState, EraseError, Erasure, RetainedResult};
pub use sweep::Swept;
