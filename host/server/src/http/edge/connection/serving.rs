//! One connection, from accept to its end, under a clock.
//!
//! The clock runs from accept on, also before the first byte: hyper's own begins only when it knows
//! which protocol is spoken. A connection is ended when
//! - it has sent no whole head within the head's time-out: silence, a part of a head or of HTTP/2's
//!   preface, an HTTP/2 connection without a stream;
//! - it has asked for nothing more within the idle time-out: HTTP/1 kept alive, HTTP/2 without
//!   streams;
//! - what was sent to it is not read at the least rate (`paced_stream`, `streams`);
//! - it asks for nothing and its place is needed (`connections`).

use std::convert::Infallible;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, Version};
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use metrics::counter;
use tokio::net::TcpStream;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::Service;

use super::activity::{Activity, Doing};
use super::answer_body::AnswerBody;
use super::connections::Entered;
use super::paced_stream::PacedStream;
use super::streams::Streams;
use crate::limits::Limits;

/// HTTP/2 streams of one connection at once: more than a client needs to keep all cores busy.
const STREAMS: u32 = 128;

/// Bytes that wait in one HTTP/2 stream for its reader: two frames.
const SEND_BUFFER: usize = 32 << 10;

/// How often an HTTP/2 client is asked whether it is still there, and how long it may take to say
/// so. A client whose machine has gone does not end its connection.
const PING: Duration = Duration::from_secs(30);
const PONG: Duration = Duration::from_secs(10);

/// How long a connection that is ended while nothing is asked may take to say goodbye.
const GOODBYE: Duration = Duration::from_secs(1);

/// Serves connections, each in a task of its own.
pub(crate) struct Serving {
    shared: Arc<Shared>,
    tasks: TaskTracker,
}

struct Shared {
    builder: Builder<Streams>,
    router: Router,
    limits: Limits,
    stop: CancellationToken,
}

impl Serving {
    /// Serves this router.
    pub(crate) fn new(router: Router, limits: &Limits) -> Serving {
        let shared = Shared {
            builder: builder(limits),
            router,
            limits: limits.clone(),
            stop: CancellationToken::new(),
        };
        Serving { shared: Arc::new(shared), tasks: TaskTracker::new() }
    }

    /// Begins to serve a connection.
    pub(crate) fn spawn(&self, stream: TcpStream, entered: Entered) {
        let shared = self.shared.clone();
        self.tasks.spawn(async move {
            shared.serve(stream, &entered.activity).await;
            drop(entered);
        });
    }

    /// Lets what is being answered finish and ends the other connections.
    pub(crate) async fn finish(self) {
        self.shared.stop.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }
}

impl Shared {
    async fn serve(&self, stream: TcpStream, activity: &Arc<Activity>) {
        // Answers are small and written whole: waiting to fill a packet only adds latency.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY could not be set");
        }
        let router = self.router.clone();
        let doing = activity.clone();
        let service = TowerToHyperService::new(tower::service_fn(move |request| {
            answer(router.clone(), request, doing.clone())
        }));
        let io = TokioIo::new(PacedStream::new(stream, self.limits.answer_rate));
        let mut connection = pin!(self.builder.serve_connection(io, service));
        let outstayed = activity.outstayed(self.limits.head_timeout, self.limits.idle_timeout);
        tokio::select! {
            ended = connection.as_mut() => return note(ended),
            cause = outstayed => {
                counter!("stele_http_connections_ended_total", "cause" => cause).increment(1);
            }
            () = self.stop.cancelled() => {}
        }
        connection.as_mut().graceful_shutdown();
        loop {
            tokio::select! {
                ended = connection.as_mut() => return note(ended),
                () = tokio::time::sleep(GOODBYE) => {}
            }
            if !matches!(activity.doing(), Doing::Busy(_)) {
                return;
            }
        }
    }
}

fn builder(limits: &Limits) -> Builder<Streams> {
    let mut builder = Builder::new(Streams { rate: limits.answer_rate });
    builder
        .http1()
        .timer(TokioTimer::new())
        // The clock of the connection does it, for every protocol.
        .header_read_timeout(None)
        .max_buf_size(limits.head_bytes)
        .half_close(false);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(STREAMS)
        .max_send_buf_size(SEND_BUFFER)
        .max_header_list_size(u32::try_from(limits.head_bytes).unwrap_or(u32::MAX))
        .keep_alive_interval(PING)
        .keep_alive_timeout(PONG);
    builder
}

fn note(ended: Result<(), Box<dyn std::error::Error + Send + Sync>>) {
    if let Err(error) = ended {
        tracing::debug!(error, "a connection ended early");
    }
}

/// Answers one request; the connection is busy until its answer has been sent.
fn answer(
    mut router: Router,
    request: Request<Incoming>,
    activity: Arc<Activity>,
) -> impl Future<Output = Result<Response<AnswerBody>, Infallible>> {
    let in_flight = activity.begin();
    let is_http2 = request.version() == Version::HTTP_2;
    // A router is always ready.
    let answering = router.call(request.map(Body::new));
    async move {
        let response = answering.await?;
        Ok(response.map(|body| AnswerBody::new(body, is_http2, in_flight)))
    }
}
