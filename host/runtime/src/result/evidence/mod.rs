//! Evidence: everything that shows how a result came about, in one file that needs no server.
//!
//! ```text
//! bundle.json            whose result, and the SHA-256 of every other part
//! package/…              the files of the version that was run
//! result.json            what was kept of the result: receipt, facts, origins, outcome
//! head.json              its salt and digest, when and by whom it was recorded
//! batch.json             the digests of everything recorded with it, in order
//! audit/entry.json       the entry of the audit log, whose digest is that of the batch
//! activation.json        on whose authority the version was in force
//! proposal.json          who proposed and who approved it; where there was a proposal
//! audit/inclusion.json   the proof that the entry is in the log; where it was asked for
//! audit/checkpoint.json  the signed checkpoint that the proof leads to
//! ```
//!
//! `.stele-evidence` is a tar archive of a fixed shape, compressed with zstd: the same result gives
//! the same bytes on any machine. [`check`](check()) believes none of it: it recomputes every
//! digest and runs the rule again.
//!
//! What may not enter here: the store's ways, languages, HTTP.

mod archive;
mod bundle;
mod check;
mod export;

pub use archive::{BundleError, LARGEST_BUNDLE};
pub use bundle::{AuditProof, EvidenceHead};
pub use check::{EvidenceProblem, EvidenceReport, check};
pub use export::EvidenceError;

pub(crate) use export::find_activation;
