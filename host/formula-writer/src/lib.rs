//! Makes a rule's component of a description and a program, without a compiler: both are written
//! into a copy of the formula machine (`plugins/formula-machine`), which runs the program.
//!
//! | file | idea |
//! |---|---|
//! | `write` | the way from a description and a program to a component; start here |
//! | `difference` | where a component is not what it claims to be made of |
//! | `machine` | the machines that were ever published |
//! | `contract` | what a rule says of itself, as types |
//! | `canonical` | that as it lies in a rule's memory |
//! | `image` | what is put into the machine's memory |
//! | `patch` | the machine's component with another memory |
//!
//! What may not enter here: formulas as text, the program's meaning, packages, tenants, disk, HTTP,
//! anything that runs WebAssembly.

mod canonical;
pub mod contract;
mod difference;
mod image;
mod machine;
mod patch;
mod write;

pub use difference::{Difference, Part, difference};
pub use machine::Machine;
pub use patch::NoMachine;
pub use write::{LARGEST_IMAGE, WriteError, write};
