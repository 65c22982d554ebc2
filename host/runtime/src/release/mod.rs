//! How a version comes into force: published, compared with what it replaces, proposed, approved and
//! activated under the tenant's policy.
//!
//! | file | idea |
//! |---|---|
//! | `publication`, `published` | a package checked and kept; what was published, to be read |
//! | `policy` | what a tenant demands before something happens |
//! | `impact` | what a version would change, before it is put in force |
//! | `proposal` | who proposes and who must agree |
//! | `activation` | which version is in force in a slot from a day on |
//!
//! What may not enter here: what was calculated with a version.

pub(crate) mod activation;
pub(crate) mod impact;
pub(crate) mod policy;
pub(crate) mod proposal;
pub(crate) mod publication;
pub(crate) mod published;
