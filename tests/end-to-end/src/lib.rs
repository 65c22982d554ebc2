//! What the end-to-end tests, the conformance harness and the benchmarks share: a `stele` server
//! started as a user would start it, a client, a load generator, and a guide's reader.
//!
//! Only the binary and the HTTP API are used here; nothing of `host/` may be linked in. Start at
//! [`Server`].

mod client;
mod guide;
pub mod load;
mod server;

pub use client::{Answer, Client};
pub use guide::{Guide, Ran};
pub use server::{Server, binary, repository, rules};
