//! The audit log as others see it: signed checkpoints, proofs, filtered pages, exports, and the
//! check of an export that needs nothing but files.
//!
//! The store keeps each log as a chain and a Merkle tree; here it gets a name, a signature and a
//! form that leaves the house. What an entry says is decided where the change is made; nothing here
//! writes one, except that an export is itself audited.
//!
//! Start with `checkpoint`, which says what is signed, and `verify`, which says what that is worth.

mod checkpoint;
mod concerning;
mod export;
mod filter;
mod proof;
mod verify;

pub use checkpoint::{Checkpoint, CheckpointError, SignedCheckpoint};
pub use export::{AuditExport, EXPORT_FORMAT, ExportHeader};
pub use filter::{AuditFilter, AuditPage};
pub use proof::{ConsistencyProof, InclusionProof};
pub use verify::{ExportReport, Tampering, VerifyError, verify_export};
