//! `stele serve`: the server.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Args;
use stele_command::failure::Failure;
use stele_command::place::DataArguments;
use stele_runtime::{Runtime, Settings, StoreError};
use tokio::net::TcpListener;

use crate::compiler;
use crate::descriptors;
use crate::http::edge::application::Application;
use crate::http::edge::listener;
use crate::http::router::router;
use crate::limits::{Limits, Share};
use crate::telemetry::{self, LogFormat};

/// Serve the HTTP API until interrupted. The first token is made before the first start, with
/// `stele token create`.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    data: DataArguments,
    /// The address and port to listen on.
    #[arg(long, env = "STELE_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
    listen: SocketAddr,
    /// What is logged, on standard error: a level, or levels by part, such as
    /// info,stele_runtime=debug.
    #[arg(long, env = "STELE_LOG", default_value = "info", value_name = "FILTER")]
    log: String,
    /// How it is logged.
    #[arg(long, env = "STELE_LOG_FORMAT", value_enum, default_value = "text")]
    log_format: LogFormat,
    #[command(flatten)]
    limits: LimitArguments,
}

/// The limits that an operator may set; where not given, the defaults with their reasons hold.
#[derive(Debug, Args)]
#[command(next_help_heading = "Limits")]
struct LimitArguments {
    /// Most requests at the same time: in all, of one tenant, of one token. One more of the token
    /// or tenant gets 429, one more in all 503. So for every kind of work below. Where only TOTAL is
    /// given, a tenant has a quarter and a token an eighth.
    #[arg(long, value_name = "TOTAL:TENANT:TOKEN")]
    concurrent_requests: Option<Share>,
    /// Most batches that stream at the same time.
    #[arg(long, value_name = "TOTAL:TENANT:TOKEN")]
    concurrent_batches: Option<Share>,
    /// Most packages that are published at the same time.
    #[arg(long, value_name = "TOTAL:TENANT:TOKEN")]
    concurrent_packages: Option<Share>,
    /// Most imports of employees at the same time.
    #[arg(long, value_name = "TOTAL:TENANT:TOKEN")]
    concurrent_imports: Option<Share>,
    /// Most impact reports that are followed at the same time.
    #[arg(long, value_name = "TOTAL:TENANT:TOKEN")]
    concurrent_events: Option<Share>,
    /// Most backups that are taken at the same time.
    #[arg(long, value_name = "TOTAL:TENANT:TOKEN")]
    concurrent_backups: Option<Share>,
    /// Most open connections. One more takes the place of one that asks for nothing.
    #[arg(long, value_name = "NUMBER")]
    connections: Option<usize>,
    /// Most open connections from one IPv4 address or one IPv6 /64.
    #[arg(long, value_name = "NUMBER")]
    connections_per_address: Option<usize>,
    /// Longest time from accepting a connection to the end of its first request's head.
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    head_timeout: Option<Duration>,
    /// Longest time that a connection may ask for nothing after an answer.
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    idle_timeout: Option<Duration>,
    /// Least rate at which every body must arrive, beside the time for the whole.
    #[arg(long, value_name = "BYTES_PER_SECOND")]
    body_rate: Option<NonZeroU32>,
    /// Least rate at which every answer must be read.
    #[arg(long, value_name = "BYTES_PER_SECOND")]
    answer_rate: Option<NonZeroU32>,
    /// Most bytes of the answer to one calculation, or to one line of a batch.
    #[arg(long, value_name = "BYTES")]
    answer: Option<usize>,
    /// Most bytes of the explanation of a result.
    #[arg(long, value_name = "BYTES")]
    explanation: Option<usize>,
    /// Most evaluators, warm and in use together; each has its own memory.
    #[arg(long, value_name = "NUMBER")]
    evaluators: Option<std::num::NonZeroUsize>,
    /// Threads that rules run on where they take longer than a moment.
    #[arg(long, value_name = "NUMBER")]
    compute_threads: Option<std::num::NonZeroUsize>,
    /// How many of them one tenant may have at once.
    #[arg(long, value_name = "NUMBER")]
    compute_threads_per_tenant: Option<std::num::NonZeroUsize>,
    /// Most bytes of a JSON body.
    #[arg(long, value_name = "BYTES")]
    json_body: Option<usize>,
    /// Most bytes of an employee import.
    #[arg(long, value_name = "BYTES")]
    import: Option<usize>,
    /// Fuel of one evaluation: about one unit an instruction.
    #[arg(long, value_name = "UNITS")]
    fuel: Option<u64>,
}

/// A time in whole seconds, at least one.
fn seconds(text: &str) -> Result<Duration, String> {
    match text.parse() {
        Ok(0) | Err(_) => Err("expected a number of seconds from 1".to_owned()),
        Ok(seconds) => Ok(Duration::from_secs(seconds)),
    }
}

impl LimitArguments {
    fn apply(&self, limits: &mut Limits, settings: &mut Settings) {
        fn set<T: Copy>(limit: &mut T, given: Option<T>) {
            if let Some(given) = given {
                *limit = given;
            }
        }
        set(&mut limits.concurrent_requests, self.concurrent_requests);
        set(&mut limits.concurrent_batches, self.concurrent_batches);
        set(&mut limits.concurrent_packages, self.concurrent_packages);
        set(&mut limits.concurrent_imports, self.concurrent_imports);
        set(&mut limits.concurrent_events, self.concurrent_events);
        set(&mut limits.concurrent_backups, self.concurrent_backups);
        set(&mut limits.connections, self.connections);
        set(&mut limits.connections_per_address, self.connections_per_address);
        set(&mut limits.head_timeout, self.head_timeout);
        set(&mut limits.idle_timeout, self.idle_timeout);
        set(&mut limits.body_rate.bytes_per_second, self.body_rate);
        set(&mut limits.answer_rate.bytes_per_second, self.answer_rate);
        set(&mut limits.answer_bytes, self.answer);
        set(&mut limits.explanation_bytes, self.explanation);
        set(&mut limits.json_body_bytes, self.json_body);
        set(&mut limits.import_bytes, self.import);
        set(&mut settings.engine.evaluators, self.evaluators);
        set(&mut settings.engine.fuel, self.fuel);
        set(&mut settings.compute.threads, self.compute_threads);
        set(&mut settings.compute.threads_per_holder, self.compute_threads_per_tenant);
    }
}

/// How often what had to be kept is erased when its retention has ended.
const SWEEP: Duration = Duration::from_secs(3600);

/// Carries pending erasures on, at the start and every hour from then on.
async fn sweep(runtime: Arc<Runtime>) {
    let mut hours = tokio::time::interval(SWEEP);
    loop {
        hours.tick().await;
        match runtime.sweep_erasures().await {
            Ok(swept) if swept.carried_on > 0 => {
                tracing::info!(
                    pending = swept.pending,
                    carried_on = swept.carried_on,
                    failed = swept.failed,
                    "erased what need not be kept any more"
                );
            }
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "pending erasures can not be carried on"),
        }
    }
}

/// Serves until the process is told to stop.
///
/// # Errors
/// The log, the data folder or the address can not be opened.
pub async fn run(arguments: Arguments) -> Result<(), Failure> {
    let begun = Instant::now();
    telemetry::start(arguments.log_format, &arguments.log).map_err(Failure::Usage)?;
    let (mut limits, mut settings) = (Limits::default(), Settings::default());
    arguments.limits.apply(&mut limits, &mut settings);
    settings.engine.compilation.program = compiler::program();

    descriptors::raise();
    let connections = descriptors::leave_room_beside(limits.connections);
    if connections < limits.connections {
        tracing::warn!(
            wanted = limits.connections,
            connections,
            "fewer connections than wanted: the system gives no more file descriptors (ulimit -n)"
        );
        limits.connections = connections;
    }

    let runtime = arguments.data.open(settings.clone()).await?;
    let app = Application::new(runtime.clone(), limits.clone());
    let router = router(app)
        .map_err(|error| Failure::Failed(format!("the API can not be described: {error}")))?;
    let listener = TcpListener::bind(arguments.listen).await.map_err(|error| {
        Failure::Failed(format!("can not listen on {}: {error}", arguments.listen))
    })?;
    let address = listener.local_addr().unwrap_or(arguments.listen);
    let stop = stop_signal()?;
    tracing::info!(
        %address,
        data = %arguments.data.data.display(),
        version = env!("CARGO_PKG_VERSION"),
        tenants = runtime.tenants().len(),
        rulesets_for_everyone = runtime.rulesets_for_everyone().len(),
        concurrent_requests = %limits.concurrent_requests,
        connections = limits.connections,
        json_body_bytes = limits.json_body_bytes,
        package_bytes = limits.package_bytes,
        import_bytes = limits.import_bytes,
        evaluators = settings.engine.evaluators,
        fuel = settings.engine.fuel,
        memory_bytes = settings.engine.memory_bytes,
        milliseconds = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
        "stele serves http://{address} (console at /console, documentation at /docs)"
    );
    if runtime.tokens(None).is_empty() {
        tracing::warn!(
            "nobody can ask anything: there is no token. Stop, and make one: stele token create \
             --name admin --scope operator"
        );
    }
    let sweeping = tokio::spawn(sweep(runtime.clone()));
    let stopping = runtime.clone();
    let stop = async move {
        stop.await;
        // Those who follow a report are told of its end, so that their connections can end too.
        tokio::spawn(async move { stopping.stop_impact_reports().await });
    };
    listener::serve(listener, router, &limits, stop).await;
    // A commit that it has begun is carried out nevertheless.
    sweeping.abort();
    let _ = sweeping.await;
    // What is done under keys goes on when those who asked have gone.
    runtime.finish_requests().await;
    // Those that were asked for while the last requests were answered.
    runtime.stop_impact_reports().await;
    // Work that nobody waits for any more holds the store until then.
    let stopping = runtime.clone();
    let stopped = tokio::task::spawn_blocking(move || stopping.compute().stop()).await;
    if let Err(error) = stopped {
        tracing::error!(%error, "the threads that compute could not be stopped");
    }
    drop(runtime);
    settle(arguments.data.data, settings.forgetting).await;
    tracing::info!("stele stopped");
    Ok(())
}

/// Spares the next start what this run has written, and forgets what was erased. Everything is
/// durable without it: where it can not be done, the next start takes longer.
async fn settle(data: PathBuf, forgetting: Duration) {
    tracing::info!("reading what was written, so that the next start need not");
    match tokio::task::spawn_blocking(move || Runtime::settle(&data, forgetting)).await {
        Ok(Ok(())) => {}
        Ok(Err(error @ StoreError::NotForgotten { .. })) => tracing::warn!(%error, "stopping"),
        Ok(Err(error)) => tracing::info!(%error, "the next start may take longer"),
        Err(error) => tracing::warn!(%error, "the next start may take longer"),
    }
}

/// Ready at the first interrupt or request to terminate. A second one ends the process at once.
fn stop_signal() -> Result<impl Future<Output = ()>, Failure> {
    use tokio::signal::unix::{SignalKind, signal};
    let failed = |error| Failure::Failed(format!("signals can not be awaited: {error}"));
    let mut interrupt = signal(SignalKind::interrupt()).map_err(failed)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(failed)?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        tracing::info!("stopping; running requests may finish");
        tokio::spawn(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            tracing::warn!("stopped at once");
            std::process::exit(1);
        });
    })
}
