//! Formula rules: text becomes checked expressions, and these become a program.
//!
//! The expressions are FEEL (OMG Decision Model and Notation 1.5), stricter where FEEL is silent:
//! types and units are checked where a formula is written, what may be missing must be dealt with,
//! and what has no value is a fault and never `null`.
//!
//! A formula passes `lexer` → `parser` → `check`, which makes the nodes of a program
//! (`stele-formula-program`, where their meaning is). `functions` is the one table of functions;
//! `error` says what is wrong, where, and what would be right; `expression` is the way in for a single
//! expression; `labelled` shows a formula to somebody who does not write any.
//!
//! What may not enter: wasmtime, the store, HTTP, tenants, the disk.

mod builder;
mod check;
pub mod document;
pub mod error;
pub mod expression;
pub mod functions;
pub mod labelled;
mod lexer;
pub mod limits;
pub mod parser;
pub mod source;
pub mod syntax;
pub mod types;
