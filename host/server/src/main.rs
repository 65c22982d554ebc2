//! The `stele` binary. Everything is in the library, where tests reach it.

use std::process::ExitCode;

fn main() -> ExitCode {
    // Before anything else is looked at: a process that compiles does nothing but that.
    if std::env::args_os().nth(1).is_some_and(|first| first == stele_server::COMPILE) {
        return stele_engine::compile_for_parent();
    }
    stele_server::command::run()
}
