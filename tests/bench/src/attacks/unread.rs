//! Connections that send a request and read nothing of its answer.

use std::sync::Arc;
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// Before a closed connection is opened again, and between two looks whether it is closed.
const PAUSE: Duration = Duration::from_millis(100);

/// Holds so many connections that send this. Opened again when they are closed; ends when it is
/// dropped.
pub(super) async fn unread(address: &str, connections: usize, request: &str) {
    let request: Arc<str> = request.into();
    let mut all = JoinSet::new();
    for _ in 0..connections {
        let (address, request) = (address.to_owned(), request.clone());
        all.spawn(async move {
            loop {
                let _ended = one(&address, request.as_bytes()).await;
                tokio::time::sleep(PAUSE).await;
            }
        });
    }
    while all.join_next().await.is_some() {}
}

/// Sends, reads nothing, and waits until the server closes the connection.
async fn one(address: &str, request: &[u8]) -> std::io::Result<()> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(request).await?;
    loop {
        tokio::time::sleep(PAUSE).await;
        if let Some(error) = stream.take_error()? {
            return Err(error);
        }
    }
}
