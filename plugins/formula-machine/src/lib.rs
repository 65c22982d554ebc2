//! The machine that runs formula rules: a component made once, into whose memory the host writes a
//! rule's description and program (`host/formula-writer`). What it makes of them is a rule like any
//! other: it imports nothing, has no floating-point number, and is a pure function.
//!
//! | file | idea |
//! |---|---|
//! | `exports` | the functions of the contract; start here |
//! | `image` | what the host's writer put into the memory |
//! | `inputs`, `outcome` | what the program reads, and what it writes |
//! | `layout` | facts, parameters and answers as they lie in memory |
//! | `working_space` | memory for one call |
//!
//! What may not enter here: what a formula means (`plugins/formula-program`), the law of any place,
//! whatever allocates for itself.
//!
//! A natively built one is empty: it has no host.

#![cfg(target_family = "wasm")]

mod exports;
mod image;
mod inputs;
mod layout;
mod outcome;
mod working_space;
