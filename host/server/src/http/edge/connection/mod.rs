//! One connection from accept to its end, and all of them together. What may not enter: a route.
//!
//! Start at `serving`: it says when a connection is ended, and by whom.
//!
//! | file | what |
//! |---|---|
//! | `connections` | who is connected: bounds, and who makes room for a newcomer |
//! | `serving` | one connection under its clock |
//! | `activity` | what a connection is doing, as its clock must know it |
//! | `answer_body` | an answer on its way into the connection, in pieces |
//! | `paced_stream`, `streams` | answers that nobody reads: of a connection, of an HTTP/2 stream |

pub(crate) mod activity;
pub(crate) mod answer_body;
pub(crate) mod connections;
pub(crate) mod paced_stream;
pub(crate) mod serving;
pub(crate) mod streams;
