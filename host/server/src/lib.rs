//! The edge of the house: the HTTP API and the command line of `stele`.
//!
//! This room parses, authorises, calls the runtime and renders. It holds no rule of the domain:
//! what may be published, activated, imported or calculated, and what is in force, is decided in
//! `stele-runtime`. It does not know the store or wasmtime.
//!
//! | where | what |
//! |---|---|
//! | `http` | the routes, one file a resource, and what surrounds them: credentials, problem documents, idempotency, entity tags, cursors, languages |
//! | `command` | one file a command of `stele` |
//! | `compiler` | this program as the process that compiles components |
//! | `console` | the page where people see what waits for them and decide |
//! | `limits` | what the server takes at most, and why |

pub mod command;
mod compiler;
mod console;
pub mod http;
pub mod limits;
pub mod telemetry;

pub use compiler::COMPILE;
