//! What surrounds every route. What may not enter: a path, a resource, a rule of the domain.
//!
//! | file | what |
//! |---|---|
//! | `listener`, `layer` | connections; the one layer around all routes |
//! | `application` | what every handler works with |
//! | `credential`, `segment` | who asks and what they may; the parts of a path |
//! | `body`, `lines`, `fields` | a body, the lines of a stream, the fields of an object |
//! | `media_type`, `language`, `cursor`, `etag` | what a request says about its answer |
//! | `idempotency` | the same request twice has one effect |
//! | `problem`, `problem_kind`, `refusal` | how the server says no, and what the runtime refuses |
//! | `pipe` | an answer that is written while it is sent |
//! | `recorder`, `request_metrics` | what is counted |

pub mod application;
pub(crate) mod body;
pub(crate) mod credential;
pub(crate) mod cursor;
pub(crate) mod etag;
pub(crate) mod fields;
pub(crate) mod idempotency;
pub(crate) mod language;
pub(crate) mod layer;
pub(crate) mod lines;
pub mod listener;
pub(crate) mod media_type;
pub(crate) mod pipe;
pub(crate) mod problem;
pub(crate) mod problem_kind;
pub(crate) mod recorder;
pub(crate) mod refusal;
pub(crate) mod request_metrics;
pub(crate) mod segment;
