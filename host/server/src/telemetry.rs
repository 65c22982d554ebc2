//! What the server tells its operator while it runs: text for people or JSON for machines, on
//! standard error. Never a name, a salary or a token.

mod flood;

use std::io::IsTerminal;

use clap::ValueEnum;
use tracing_subscriber::filter::FilterExt;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, Registry, fmt};

use self::flood::{Bounded, Unsaid};

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
    let bounded = Bounded::default();
    let filter = filter.and(bounded.clone());
    let layer = fmt::layer().with_writer(std::io::stderr);
    let started = match format {
        LogFormat::Text => {
            let layer = layer.with_target(false).with_ansi(std::io::stderr().is_terminal());
            Registry::default().with(layer.with_filter(filter)).try_init()
        }
        LogFormat::Json => {
            let layer = layer.json().flatten_event(true);
            Registry::default().with(layer.with_filter(filter)).try_init()
        }
    };
    // A second start in one process (tests) keeps the first log.
    if started.is_ok() {
        log_panics();
        std::thread::spawn(move || sum_up(&bounded));
    }
    Ok(())
}

/// Says, for as long as the process lives, what was said too often to be written each time.
fn sum_up(bounded: &Bounded) {
    loop {
        std::thread::sleep(flood::PERIOD);
        for Unsaid { times, at, message } in bounded.end_period() {
            tracing::warn!(times, at, message, "said again so many times in the last minute");
        }
    }
}

/// A panic is a defect of ours. Its place is logged, not its message, which may quote data.
fn log_panics() {
    std::panic::set_hook(Box::new(|information| {
        let place = information.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panic");
    }));
}
