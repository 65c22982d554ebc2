//! Signatures over a package, and whom a tenant trusts.
//!
//! | file | idea |
//! |---|---|
//! | `key` | Ed25519 keys as files: PKCS#8 and SPKI in PEM, named by the SHA-256 of the public key |
//! | `statement` | what is signed: "this digest is this version of this ruleset" |
//! | `envelope` | how signatures travel: DSSE, one statement and any number of signatures |
//! | `pattern` | names of rulesets, with `*` |
//! | `trust` | the keys that a policy trusts for which rulesets, and the verdict on a package |
//!
//! The envelope is the file `signatures.dsse.json` of a package. The package's digest does not
//! cover it, because it is made of the digest; so a package may be signed, and signed again by
//! another person, without becoming another version.

mod envelope;
mod key;
mod pattern;
mod statement;
mod trust;

pub use envelope::{Envelope, EnvelopeError, LARGEST_ENVELOPE, MOST_SIGNATURES, Signature};
pub use key::{KeyError, KeyId, PrivateKey, PublicKey};
pub use pattern::{Pattern, PatternError};
pub use statement::{
    PAYLOAD_TYPE, PREDICATE_TYPE, STATEMENT_TYPE, StatementError, Subject, WrongSubject,
};
pub use trust::{Signer, TrustError, TrustPolicy, TrustedKey, Unsigned};
