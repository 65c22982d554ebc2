//! What the engine promises, through its public surface, against rules that want to break it. The
//! rules are in `../hostile`, in text format.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod bombs;
mod cache;
mod check;
mod contract;
mod description;
mod descriptors;
mod formulas;
mod isolation;
mod limits;
mod memory;
mod outcome;
mod pool;
mod repository;
mod support;
mod version_1_0;
