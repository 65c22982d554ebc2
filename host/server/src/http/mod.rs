//! The HTTP API and the console.
//!
//! A request passes `edge::listener` → `edge::layer` → `router` → `edge::credential` →
//! `edge::body` → a resource in `api` → the runtime, and its answer comes back through
//! `edge::layer`.
//!
//! | where | what |
//! |---|---|
//! | `edge` | what surrounds every route, and knows none of them |
//! | `api` | the routes: one file or folder a resource |
//! | `console` | the page where people see what waits for them and decide |
//! | `router` | all routes put together, inside the edge |

pub(crate) mod api;
pub(crate) mod console;
pub mod edge;
pub mod router;
