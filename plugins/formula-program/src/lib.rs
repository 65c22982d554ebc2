//! What a formula rule computes, as a program: its form in bytes, and what it means.
//!
//! `host/formulas` makes a program of text; the machine in `plugins/formula-machine` runs it inside
//! a component, and tests run it natively. Both use [`Prepared::evaluate`](evaluate::Prepared), so
//! a formula has one meaning.
//!
//! What may not enter: anything of the host, text that people write, floating-point numbers, clocks,
//! random numbers, maps whose order depends on the process. Start reading at [`program`], then
//! [`node`], then [`evaluate`].
//!
//! # What is fixed
//! A published component holds a program beside the machine that reads it, so the two always agree;
//! but the writer of version *n* must make the same bytes for ever. Within a version of the machine:
//! - the form in bytes ([`encoding`]): a magic word with the version, then the sections in the order
//!   of [`Program`](program::Program)'s fields, integers as LEB128;
//! - the codes of nodes and functions: they are only ever added to, never changed;
//! - operands stand before what uses them, so that a program can not run in a circle; how deep nodes
//!   nest, figures followed, is bounded by [`program::MAXIMUM_DEPTH`];
//! - facts, parameters, items, findings and step kinds are positions of the description.

pub mod calendar;
pub mod encoding;
pub mod evaluate;
pub mod fault;
pub mod function;
pub mod inputs;
pub mod node;
pub mod number;
pub mod operand;
pub mod parse;
mod prepare;
pub mod program;
pub mod value;
