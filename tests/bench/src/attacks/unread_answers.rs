//! Batches whose answers nobody reads.

use std::time::Duration;

use anyhow::Context;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use super::{Attack, House};
use crate::http::requests;

const BATCHES: usize = 64;
/// Lines of a batch: its answer is larger than what the system buffers for a connection.
const LINES: usize = 20_000;
/// Before a closed connection is opened again.
const PAUSE: Duration = Duration::from_millis(100);

pub(super) struct UnreadAnswers;

impl Attack for UnreadAnswers {
    const NAME: &'static str = "unread_answers";

    async fn prepare(_: &House) -> anyhow::Result<Self> {
        Ok(Self)
    }

    async fn attack(&self, house: &House) -> anyhow::Result<()> {
        let (client, address) = (&house.attacker, house.address());
        let line = requests().into_iter().next().context("no request")?.to_string();
        let body = format!("{line}\n").repeat(LINES);
        let request: std::sync::Arc<str> = format!(
            "POST {} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {}\r\n\
             content-type: application/x-ndjson\r\ncontent-length: {}\r\n\r\n{body}",
            client.path("calculations/batch"),
            client.token(),
            body.len(),
        )
        .into();
        let mut all = JoinSet::new();
        for _ in 0..BATCHES {
            let (address, request) = (address.clone(), request.clone());
            all.spawn(async move {
                loop {
                    let _ended = unread(&address, request.as_bytes()).await;
                    tokio::time::sleep(PAUSE).await;
                }
            });
        }
        while all.join_next().await.is_some() {}
        Ok(())
    }
}

/// Sends, reads nothing, and waits until the server closes the connection.
async fn unread(address: &str, request: &[u8]) -> std::io::Result<()> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(request).await?;
    loop {
        tokio::time::sleep(PAUSE).await;
        if let Some(error) = stream.take_error()? {
            return Err(error);
        }
    }
}
