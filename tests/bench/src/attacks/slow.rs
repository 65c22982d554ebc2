//! Connections that send a head, and then a body byte by byte.

use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// Before a closed connection is opened again.
const PAUSE: Duration = Duration::from_millis(100);

/// Holds so many connections that send this, and then a byte of white space each time. Opened again
/// when they are closed; ends when it is dropped.
pub(super) async fn dripping(
    address: &str,
    connections: usize,
    beginning: &[u8],
    between: Duration,
) {
    let mut all = JoinSet::new();
    for _ in 0..connections {
        let (address, beginning) = (address.to_owned(), beginning.to_owned());
        all.spawn(async move {
            loop {
                let _ended = drip(&address, &beginning, between).await;
                tokio::time::sleep(PAUSE).await;
            }
        });
    }
    while all.join_next().await.is_some() {}
}

/// Until the server answers or closes the connection.
async fn drip(address: &str, beginning: &[u8], between: Duration) -> std::io::Result<()> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(beginning).await?;
    let (mut reading, mut writing) = stream.split();
    let dripping = async {
        loop {
            tokio::time::sleep(between).await;
            if let Err(error) = writing.write_all(b" ").await {
                return error;
            }
        }
    };
    let mut heard = [0; 4096];
    tokio::select! {
        error = dripping => Err(error),
        read = tokio::io::AsyncReadExt::read(&mut reading, &mut heard) => read.map(drop),
    }
}
