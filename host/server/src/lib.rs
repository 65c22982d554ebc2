//! The edge of the house: the HTTP API, the console, and `stele serve`.
//!
//! This room parses, authorises, calls the runtime and renders. It holds no rule of the domain:
//! what may be published, activated, imported or calculated, and what is in force, is decided in
//! `stele-runtime`. It does not know the store or wasmtime, and nothing of the other commands,
//! which are in `stele-command`; `main` puts both together.
//!
//! | where | what |
//! |---|---|
//! | `http` | the routes, what surrounds them, and the console |
//! | `serve` | the command: its options, its start and its end |
//! | `compiler` | this program as the process that compiles components |
//! | `descriptors` | file descriptors, of which connections never take the last |
//! | `limits`, `limit_arguments` | what the server takes at most, and why; the same as arguments |
//! | `telemetry` | the log |

mod compiler;
mod descriptors;
pub mod http;
mod limit_arguments;
pub mod limits;
pub mod serve;
pub mod telemetry;

pub use compiler::COMPILE;
