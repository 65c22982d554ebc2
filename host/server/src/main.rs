//! The `stele` binary: the server and the other commands as one command line.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use stele_command::command;
use stele_command::failure::{EXIT_CODES, Failure};
use stele_command::output::Output;
use stele_server::serve;

/// A runtime for employment law: payroll, labor law, performance and points as rules that are
/// published, activated and swapped while the server runs.
#[derive(Debug, Parser)]
#[command(name = "stele", bin_name = "stele", version, after_help = EXIT_CODES)]
struct Arguments {
    /// Write JSON to standard output instead of tables, also for refusals.
    #[arg(long, global = true)]
    json: bool,

    /// Show each row of a table on one line, with digests in full, however wide the terminal is.
    #[arg(long, global = true)]
    wide: bool,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the HTTP API.
    Serve(serve::Arguments),
    #[command(flatten)]
    Other(command::Command),
}

fn main() -> ExitCode {
    // Before anything else is looked at: a process that compiles does nothing but that.
    if std::env::args_os().nth(1).is_some_and(|first| first == stele_server::COMPILE) {
        return stele_engine::compile_for_parent();
    }
    let arguments = Arguments::parse();
    let output = Output::new(arguments.json, arguments.wide);
    let runtime = match runtime() {
        Ok(runtime) => runtime,
        Err(error) => return output.fail(&Failure::Failed(format!("can not start: {error}"))),
    };
    let result = runtime.block_on(async {
        match arguments.command {
            Command::Serve(arguments) => serve::run(arguments).await,
            Command::Other(command) => command.run(&output).await,
        }
    });
    // A commit or a compilation on a blocking thread may still run; it is not worth waiting for.
    runtime.shutdown_background();
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => output.fail(&failure),
    }
}

/// Threads that serve: one more than there are cores. A thread that has a next task takes it before it
/// looks whether something has come over the network, and a calculation takes a tenth of a
/// millisecond: with one thread a core, one worked for up to 10 ms while the other slept, and the
/// slowest answer in a hundred took twice as long.
fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    tokio::runtime::Builder::new_multi_thread().worker_threads(cores + 1).enable_all().build()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Arguments::command().debug_assert();
    }
}
