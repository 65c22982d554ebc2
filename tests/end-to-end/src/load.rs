//! A load generator that costs little: prepared requests over kept-alive HTTP/1.1 connections.
//!
//! It shares its cores with the server under test, so it parses no more of an answer than it must:
//! status, length, body bytes.

use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// One kept-alive connection.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// The parts of an answer that load tests look at.
pub struct Reply<'a> {
    /// HTTP status code.
    pub status: u16,
    /// Body bytes.
    pub body: &'a [u8],
}

/// A `POST` request as bytes, ready to be sent many times.
pub fn post(host: &str, path: &str, token: &str, body: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {token}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// A `GET` request as bytes, ready to be sent many times.
pub fn get(host: &str, path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nhost: {host}\r\n\r\n").into_bytes()
}

impl Connection {
    /// Connects to `host:port`.
    pub async fn open(address: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(16 * 1024) })
    }

    /// Sends a prepared request and reads its answer. The answer must carry a content length.
    pub async fn exchange(&mut self, request: &[u8]) -> anyhow::Result<Reply<'_>> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                bail!("the server closed the connection");
            }
            let mut headers = [httparse::EMPTY_HEADER; 32];
            let mut response = httparse::Response::new(&mut headers);
            let httparse::Status::Complete(start) = response.parse(&self.buffer)? else {
                continue;
            };
            let status = response.code.context("no status")?;
            let length: usize = response
                .headers
                .iter()
                .find(|header| header.name.eq_ignore_ascii_case("content-length"))
                .and_then(|header| std::str::from_utf8(header.value).ok()?.parse().ok())
                .context("no content-length")?;
            while self.buffer.len() < start + length {
                if self.stream.read_buf(&mut self.buffer).await? == 0 {
                    bail!("the server closed the connection within an answer");
                }
            }
            return Ok(Reply { status, body: &self.buffer[start..start + length] });
        }
    }
}

/// What a load found.
pub struct Measured {
    /// Answers per second over the whole time.
    pub per_second: u64,
    /// Time from sending to the whole answer, sorted.
    pub latencies: Vec<Duration>,
    /// Answers that were not 200.
    pub failed: usize,
}

impl Measured {
    /// The latency below which this share of the answers lies, in thousandths.
    pub fn quantile(&self, thousandths: usize) -> Duration {
        let index =
            (self.latencies.len() * thousandths / 1000).min(self.latencies.len().max(1) - 1);
        self.latencies.get(index).copied().unwrap_or_default()
    }
}

/// Sends the requests round robin over so many connections for so long. With a rate, requests are
/// due evenly spaced over all connections, each connection keeps to its share, and latency counts
/// from when the request was due.
pub async fn run(
    address: &str,
    requests: &[Vec<u8>],
    connections: usize,
    duration: Duration,
    rate: Option<u64>,
) -> anyhow::Result<Measured> {
    let start = Instant::now();
    let pace =
        rate.map(|rate| Duration::from_nanos(1_000_000_000 * connections as u64 / rate.max(1)));
    let turns = u32::try_from(connections)?;
    let mut tasks = Vec::new();
    for (number, turn) in (0..connections).zip(0..turns) {
        let address = address.to_owned();
        let requests = requests.to_vec();
        tasks.push(tokio::spawn(async move {
            let mut connection = Connection::open(&address).await?;
            let mut latencies = Vec::new();
            let mut failed = 0;
            let mut next = number;
            // Connections take turns: all at once would measure a queue of our own making.
            let mut due = pace.map_or(start, |pace| start + pace * turn / turns);
            while start.elapsed() < duration {
                let began = match pace {
                    None => Instant::now(),
                    Some(pace) => {
                        due += pace;
                        tokio::time::sleep_until(due.into()).await;
                        due
                    }
                };
                let reply = connection.exchange(&requests[next % requests.len()]).await?;
                failed += usize::from(reply.status != 200);
                latencies.push(began.elapsed());
                next += connections;
            }
            anyhow::Ok((latencies, failed))
        }));
    }
    let mut latencies = Vec::new();
    let mut failed = 0;
    for task in tasks {
        let (some, wrong) = task.await??;
        latencies.extend(some);
        failed += wrong;
    }
    let nanoseconds = start.elapsed().as_nanos().max(1);
    let per_second = (latencies.len() as u128 * 1_000_000_000 / nanoseconds) as u64;
    latencies.sort_unstable();
    Ok(Measured { per_second, latencies, failed })
}
