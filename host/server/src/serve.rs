//! `stele serve`: the server.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
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
use crate::limit_arguments::LimitArguments;
use crate::limits::Limits;
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
    limits: Box<LimitArguments>,
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
    let (stopping, within) = (runtime.clone(), limits.shutdown_timeout);
    let stopped = Arc::new(OnceLock::new());
    let noting = stopped.clone();
    let stop = async move {
        stop.await;
        let _first = noting.set(Instant::now());
        // Those who follow a report are told of its end, so that their connections can end too.
        tokio::spawn(async move { stopping.stop_impact_reports(within).await });
    };
    listener::serve(listener, router, &limits, stop).await;
    // A commit that it has begun is carried out nevertheless.
    sweeping.abort();
    let _ = sweeping.await;
    let since = stopped.get().map_or(Duration::ZERO, Instant::elapsed);
    finish(&runtime, limits.shutdown_timeout.saturating_sub(since)).await;
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

/// Waits for what goes on when those who asked have gone: requests under idempotency keys, and impact
/// reports that were asked for while the last requests were answered. For so long, and no longer:
/// what is left then is cut off as by a kill, so it is done wholly or not at all.
async fn finish(runtime: &Runtime, within: Duration) {
    let (requests, reports) =
        tokio::join!(runtime.finish_requests(within), runtime.stop_impact_reports(within));
    if requests > 0 || reports > 0 {
        tracing::warn!(
            requests,
            reports,
            seconds = within.as_secs(),
            "stopping although requests under idempotency keys or impact reports have not ended; the \
             same request under the same key says what came of it"
        );
    }
}

/// How long the end of what was still read is waited for. Ten seconds: a page of anything is read in
/// far less, and whoever stops a server waits.
const LETTING_GO: Duration = Duration::from_secs(10);

/// Spares the next start what this run has written, and forgets what was erased. Everything is
/// durable without it: where it can not be done, the next start takes longer.
async fn settle(data: PathBuf, forgetting: Duration) {
    tracing::info!("reading what was written, so that the next start need not");
    let until = Instant::now() + LETTING_GO;
    let settled = loop {
        let folder = data.clone();
        let settling = tokio::task::spawn_blocking(move || Runtime::settle(&folder, forgetting));
        match settling.await {
            Ok(Err(StoreError::Locked { .. })) if Instant::now() < until => {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            settled => break settled,
        }
    };
    match settled {
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
