//! This program as the compiler of its own engine: a process of its own for each component, with
//! limits that the system enforces.

use std::ffi::OsString;
use std::path::PathBuf;

use stele_engine::CompilerProgram;

/// The first argument of a process that compiles; it has no other.
pub const COMPILE: &str = "compile-for-parent";

/// How it is started. None where the system does not say which program this is: then the engine
/// compiles in this process.
pub(crate) fn program() -> Option<CompilerProgram> {
    // The file that this process runs, also after another version was installed in its place: both
    // must be of one version, because compiled code is loaded as it is.
    let running = PathBuf::from("/proc/self/exe");
    let program = if running.exists() { running } else { std::env::current_exe().ok()? };
    Some(CompilerProgram { program, argument: OsString::from(COMPILE) })
}
