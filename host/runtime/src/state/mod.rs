//! The runtime opened and held together: store, engine, what is in memory, and who may ask. All other
//! rooms stand on this one, and it knows none of them. Start reading at `runtime`.
//!
//! | file | idea |
//! |---|---|
//! | `runtime`, `settings`, `error`, `program` | opened and held together |
//! | `catalog`, `shelf`, `openings`, `ceiling` | what is in memory, rulesets made ready when needed and in turn, how much there may be |
//! | `document` | what people write and the store keeps as JSON |
//! | `organization` | how a tenant is organized, and whom its slots are for |
//! | `tenant`, `token`, `credential`, `actor` | who may do something, and who did |
//! | `precondition`, `idempotency`, `reserved` | nothing on old grounds, nothing twice |
//! | `salt` | nothing guessed from a digest |
//! | `imports` | one file of employees at a time, and nobody else's changes between |
//! | `running` | impact reports that are being made |
//! | `turns` | where rules run that take longer than a moment |
//! | `audit_key`, `examination` | the key that signs the logs; logs believed again after a start |
//! | `backup` | nothing lost |
//!
//! What may not enter here: what is published, activated or calculated.

pub(crate) mod actor;
pub(crate) mod audit_key;
pub(crate) mod backup;
pub(crate) mod catalog;
pub(crate) mod ceiling;
pub(crate) mod credential;
pub(crate) mod document;
pub(crate) mod error;
mod examination;
pub(crate) mod idempotency;
pub(crate) mod imports;
pub(crate) mod openings;
pub(crate) mod organization;
pub(crate) mod precondition;
pub(crate) mod program;
mod reserved;
pub(crate) mod running;
pub(crate) mod runtime;
pub(crate) mod salt;
pub(crate) mod settings;
pub(crate) mod shelf;
pub(crate) mod tenant;
pub(crate) mod token;
mod turns;
