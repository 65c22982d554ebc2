//! What surrounds every route. What may not enter: a path, a resource, a rule of the domain.
//!
//! | file | what |
//! |---|---|
//! | `listener`, `connection` | who is connected, and one connection from accept to its end |
//! | `layer` | the one layer around all routes |
//! | `room`, `rooms`, `holding` | bounded room for each kind of work, with shares; who holds it |
//! | `pace`, `arriving` | how fast bytes must move; a body while it arrives |
//! | `application` | what every handler works with |
//! | `credential`, `segment` | who asks and what they may; the parts of a path |
//! | `body`, `lines` | a body, the lines of a stream |
//! | `media_type`, `language`, `cursor`, `etag` | what a request says about its answer |
//! | `idempotency` | the same request twice has one effect |
//! | `problem`, `problem_kind`, `field_errors`, `refusal` | how the server says no, and what the runtime refuses |
//! | `answer` | an answer as JSON, no longer than it may be |
//! | `encoding` | an answer compressed for who asks for it |
//! | `pipe` | an answer that is written while it is sent |
//! | `recorder`, `request_metrics` | what is counted |

pub(crate) mod answer;
pub mod application;
pub(crate) mod arriving;
pub(crate) mod body;
pub(crate) mod connection;
pub(crate) mod credential;
pub(crate) mod cursor;
pub(crate) mod encoding;
pub(crate) mod etag;
pub(crate) mod field_errors;
pub(crate) mod holding;
pub(crate) mod idempotency;
pub(crate) mod language;
pub(crate) mod layer;
pub(crate) mod lines;
pub mod listener;
pub(crate) mod media_type;
pub(crate) mod pace;
pub(crate) mod pipe;
pub(crate) mod problem;
pub(crate) mod problem_kind;
pub(crate) mod recorder;
pub(crate) mod refusal;
pub(crate) mod request_metrics;
pub(crate) mod room;
pub(crate) mod rooms;
pub(crate) mod segment;
