//! The loop that accepts connections, and what it does when there is no room for one more.
//!
//! axum's own loop has no bounds on connections; this is the loop that has.

use std::future::Future;
use std::io::{self, Write};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use metrics::counter;
use tokio::net::{TcpListener, TcpStream};

use super::connection::connections::{Connections, NoRoom};
use super::connection::serving::Serving;
use super::problem::Problem;
use crate::limits::Limits;

/// How long accepting pauses after it failed, most likely for want of file descriptors. What is
/// connected is served meanwhile.
const PAUSE: Duration = Duration::from_millis(100);

/// Serves until `stop` is ready, then lets running requests finish for as long as the limits give.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: &Limits,
    stop: impl Future<Output = ()>,
) {
    let connections = Arc::new(Connections::new(limits));
    let full = Full::of(limits);
    let serving = Serving::new(router, limits);
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                could_not_accept(&error, &connections);
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        match connections.enter(peer.ip()) {
            Ok(entered) => serving.spawn(stream, entered),
            Err(no_room) => full.tell(stream, no_room),
        }
    }
    drop(listener);
    match tokio::time::timeout(limits.shutdown_timeout, serving.finish()).await {
        Ok(()) => tracing::info!("all requests finished"),
        Err(_) => tracing::warn!("requests still running were cut off"),
    }
}

/// Whoever is connected goes on being served; somebody who asks for nothing makes room.
fn could_not_accept(error: &io::Error, connections: &Connections) {
    counter!("stele_http_accept_failures_total").increment(1);
    tracing::warn!(%error, "a connection could not be accepted");
    connections.displace();
}

/// The answers to connections for which there is no room, written once.
struct Full {
    of_address: Vec<u8>,
    at_all: Vec<u8>,
}

impl Full {
    fn of(limits: &Limits) -> Full {
        let of_address = Problem::share_used(
            1,
            "connections_per_address",
            limits.connections_per_address,
            "There are too many connections from your address, and all are being answered.",
        );
        let at_all = Problem::full(
            1,
            "connections",
            limits.connections,
            "There are too many connections, and all are being answered.",
        );
        Full { of_address: answer(&of_address), at_all: answer(&at_all) }
    }

    /// Answers before anything was asked, and ends the connection. An HTTP/2 client sees that it is
    /// ended only.
    fn tell(&self, stream: TcpStream, no_room: NoRoom) {
        let (answer, limit) = match no_room {
            NoRoom::OfAddress => (&self.of_address, "connections_per_address"),
            NoRoom::AtAll => (&self.at_all, "connections"),
        };
        counter!("stele_http_connections_refused_total", "limit" => limit).increment(1);
        // A new connection has room for it; whoever does not read it is not waited for.
        let _ = stream.into_std().and_then(|mut stream| stream.write_all(answer));
    }
}

/// A refusal as bytes of HTTP/1.1.
fn answer(problem: &Problem) -> Vec<u8> {
    let (_, status, _) = problem.kind().parts();
    let body = problem.written(None, None, None);
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {}\r\ncontent-length: {}\r\nretry-after: 1\r\n\
         connection: close\r\n\r\n",
        super::problem::MEDIA_TYPE,
        body.len(),
    );
    [head.into_bytes(), body].concat()
}
