//! The server of `support` behind a socket, for what only a network shows.

use std::net::SocketAddr;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::Request;
use h2::client::SendRequest;
use stele_server::http::edge::listener;
use stele_server::limits::Limits;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::support::Server;

/// A server that listens on a port of the loopback interface.
pub(crate) struct Listening {
    pub server: Server,
    pub address: SocketAddr,
    _stop: oneshot::Sender<()>,
    _serving: JoinHandle<()>,
}

impl Listening {
    pub(crate) async fn start(limits: Limits) -> Listening {
        Listening::around(Server::with_limits(limits.clone()).await, limits).await
    }

    /// With `test/bonus` in force in the slot `bonus`.
    pub(crate) async fn with_bonus(limits: Limits) -> Listening {
        let server = Server::with_limits(limits.clone()).await;
        server.publish_and_activate(&crate::support::package()).await;
        Listening::around(server, limits).await
    }

    async fn around(server: Server, limits: Limits) -> Listening {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let router = server.router.clone();
        let serving = tokio::spawn(async move {
            let stop = async {
                let _ = stopped.await;
            };
            listener::serve(listener, router, &limits, stop).await;
        });
        Listening { server, address, _stop: stop, _serving: serving }
    }

    pub(crate) async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    /// An HTTP/2 connection whose streams take so many bytes before the reader must ask for more.
    pub(crate) async fn connect_http2(
        &self,
        window: u32,
    ) -> (SendRequest<Bytes>, impl Future<Output = Result<(), h2::Error>> + use<>) {
        h2::client::Builder::new()
            .initial_window_size(window)
            .handshake(self.connect().await)
            .await
            .unwrap()
    }

    /// Asks for `/healthz` and gives the status.
    pub(crate) async fn health_over(&self, stream: &mut TcpStream) -> std::io::Result<u16> {
        stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n").await?;
        let mut read = Vec::new();
        while !read.ends_with(b"}") {
            if stream.read_buf(&mut read).await? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
        }
        let text = String::from_utf8_lossy(&read);
        Ok(text.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap())
    }

    /// Asks for `/healthz` and gives the status.
    pub(crate) async fn health_over_http2(&self, sender: &mut SendRequest<Bytes>) -> u16 {
        let request = Request::get("http://localhost/healthz").body(()).unwrap();
        let (answer, _) = sender.send_request(request, true).unwrap();
        let answer = answer.await.unwrap();
        let status = answer.status().as_u16();
        let mut body = answer.into_body();
        while let Some(piece) = body.data().await {
            let length = piece.unwrap().len();
            body.flow_control().release_capacity(length).unwrap();
        }
        status
    }

    /// The head of a calculation of `acme` whose body has so many bytes.
    pub(crate) fn head_of_a_calculation(&self, length: usize) -> String {
        self.head("calculations", "application/json", length)
    }

    /// The head of a `POST` of `acme`.
    pub(crate) fn head(&self, path: &str, media_type: &str, length: usize) -> String {
        format!(
            "POST /v1/tenants/acme/{path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer \
             {}\r\ncontent-type: {media_type}\r\ncontent-length: {length}\r\n\r\n",
            self.server.acme
        )
    }
}

/// Waits until it holds; an attack test fails when it never does.
pub(crate) async fn eventually(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    for _ in 0..400 {
        if holds().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{what} never comes");
}
