//! What the server tells its operator while it runs: text for people or JSON for machines, on
//! standard error. Never a name, a salary or a token.

use std::io::IsTerminal;

use clap::ValueEnum;
use tracing_subscriber::EnvFilter;

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for machines.
    Json,
}

/// Starts the log. `filter` is in the syntax of `tracing`: `info`, `debug`,
/// `warn,stele_runtime=debug`.
///
/// # Errors
/// The filter can not be read, as a sentence.
pub fn start(format: LogFormat, filter: &str) -> Result<(), String> {
    let filter = EnvFilter::try_new(filter)
        .map_err(|error| format!("--log {filter:?} can not be read: {error}"))?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = match format {
        LogFormat::Text => {
            builder.with_target(false).with_ansi(std::io::stderr().is_terminal()).try_init()
        }
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
    // A second start in one process (tests) keeps the first log.
    if started.is_ok() {
        log_panics();
    }
    Ok(())
}

/// A panic is a defect of ours. Its place is logged, not its message, which may quote data.
fn log_panics() {
    std::panic::set_hook(Box::new(|information| {
        let place = information.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panic");
    }));
}
