//! Connections of many addresses that send nothing, the beginning of HTTP/2, or nothing after it;
//! opened again when they are closed.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpSocket;
use tokio::task::JoinSet;

use super::{Attack, House};

/// Connections.
const CONNECTIONS: u16 = 4_300;
/// Of one address.
const OF_ONE_ADDRESS: u16 = 100;
/// Before a closed connection is opened again.
const PAUSE: Duration = Duration::from_millis(100);

/// What a connection sends before it falls silent: nothing, a part of HTTP/2's preface, all of it
/// with empty settings.
const WORDS: [&[u8]; 3] =
    [b"", b"PRI * HTTP/2.0\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0"];

pub(super) struct SilentConnections;

impl Attack for SilentConnections {
    const NAME: &'static str = "silent_connections";

    async fn prepare(_: &House) -> anyhow::Result<Self> {
        Ok(Self)
    }

    async fn attack(&self, house: &House) -> anyhow::Result<()> {
        let server: SocketAddr = house.address().parse()?;
        let mut connections = JoinSet::new();
        for (number, words) in (0..CONNECTIONS).zip(WORDS.iter().cycle()) {
            let [high, low] = (number / OF_ONE_ADDRESS + 2).to_be_bytes();
            let own = SocketAddr::from((Ipv4Addr::new(127, 0, high, low), 0));
            connections.spawn(async move {
                loop {
                    // However it ends, the next one is opened.
                    let _ended = silent(own, server, words).await;
                    tokio::time::sleep(PAUSE).await;
                }
            });
        }
        while connections.join_next().await.is_some() {}
        Ok(())
    }
}

/// Until the server closes the connection.
async fn silent(own: SocketAddr, server: SocketAddr, words: &[u8]) -> std::io::Result<()> {
    let socket = TcpSocket::new_v4()?;
    socket.bind(own)?;
    let mut stream = socket.connect(server).await?;
    stream.write_all(words).await?;
    let mut heard = [0; 1024];
    while stream.read(&mut heard).await? > 0 {}
    Ok(())
}
