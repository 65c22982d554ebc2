//! A load generator that costs little: prepared requests over kept-alive HTTP/1.1 connections.
//!
//! It shares its cores with the server under test, so it parses no more of an answer than it must:
//! status, length, body bytes. [`run`] has a thread a connection, and not tasks: the clock of tasks
//! ticks in milliseconds, which is longer than an answer takes, and their workers would be as many
//! busy threads as the server's, which then waits for a core.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, anyhow, bail};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// One kept-alive connection of a task.
pub struct Connection {
    stream: tokio::net::TcpStream,
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
        let stream = tokio::net::TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(BUFFER) })
    }

    /// Sends a prepared request and reads its answer. The answer must carry a content length.
    pub async fn exchange(&mut self, request: &[u8]) -> anyhow::Result<Reply<'_>> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                bail!(CLOSED);
            }
            if let Some(head) = Head::of(&self.buffer)? {
                return Ok(Reply { status: head.status, body: &self.buffer[head.body..] });
            }
        }
    }
}

/// Room for an answer at first.
const BUFFER: usize = 16 * 1024;
const CLOSED: &str = "the server closed the connection";

/// What is known of an answer once it is there.
struct Head {
    status: u16,
    /// Where the body begins. It ends with the bytes.
    body: usize,
}

impl Head {
    /// None while the answer is not whole.
    fn of(bytes: &[u8]) -> anyhow::Result<Option<Self>> {
        let mut headers = [httparse::EMPTY_HEADER; 32];
        let mut response = httparse::Response::new(&mut headers);
        let httparse::Status::Complete(body) = response.parse(bytes)? else { return Ok(None) };
        let status = response.code.context("no status")?;
        let length: usize = response
            .headers
            .iter()
            .find(|header| header.name.eq_ignore_ascii_case("content-length"))
            .and_then(|header| std::str::from_utf8(header.value).ok()?.parse().ok())
            .context("no content-length")?;
        Ok((bytes.len() >= body + length).then_some(Self { status, body }))
    }
}

/// One kept-alive connection of a thread.
pub struct Caller {
    stream: TcpStream,
    buffer: Vec<u8>,
    part: Vec<u8>,
}

impl Caller {
    /// Connects to `host:port`. With a patience, connecting, writing and reading fail after it.
    pub fn open(address: &str, patience: Option<Duration>) -> anyhow::Result<Self> {
        let stream = match patience {
            None => TcpStream::connect(address)?,
            Some(patience) => TcpStream::connect_timeout(&address.parse()?, patience)?,
        };
        stream.set_nodelay(true)?;
        stream.set_read_timeout(patience)?;
        stream.set_write_timeout(patience)?;
        Ok(Self { stream, buffer: Vec::with_capacity(BUFFER), part: vec![0; BUFFER] })
    }

    /// As [`Connection::exchange`].
    pub fn exchange(&mut self, request: &[u8]) -> anyhow::Result<Reply<'_>> {
        self.stream.write_all(request)?;
        self.buffer.clear();
        loop {
            match self.stream.read(&mut self.part)? {
                0 => bail!(CLOSED),
                read => self.buffer.extend_from_slice(&self.part[..read]),
            }
            if let Some(head) = Head::of(&self.buffer)? {
                return Ok(Reply { status: head.status, body: &self.buffer[head.body..] });
            }
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
    let load = Load {
        address: address.to_owned(),
        requests: requests.to_vec(),
        connections: u32::try_from(connections)?,
        duration,
        pace: rate
            .map(|rate| Duration::from_nanos(1_000_000_000 * connections as u64 / rate.max(1))),
    };
    tokio::task::spawn_blocking(move || load.run()).await?
}

/// A load, ready to be run.
struct Load {
    address: String,
    requests: Vec<Vec<u8>>,
    connections: u32,
    duration: Duration,
    /// Between two requests of one connection.
    pace: Option<Duration>,
}

impl Load {
    fn run(&self) -> anyhow::Result<Measured> {
        let start = Instant::now();
        let (mut latencies, mut failed) = (Vec::new(), 0);
        thread::scope(|scope| {
            let threads: Vec<_> = (0..self.connections)
                .map(|number| scope.spawn(move || self.connection(number, start)))
                .collect();
            for thread in threads {
                let done =
                    thread.join().map_err(|_| anyhow!("a connection's thread panicked"))??;
                latencies.extend(done.0);
                failed += done.1;
            }
            anyhow::Ok(())
        })?;
        let nanoseconds = start.elapsed().as_nanos().max(1);
        let per_second = u64::try_from(latencies.len() as u128 * 1_000_000_000 / nanoseconds)?;
        latencies.sort_unstable();
        Ok(Measured { per_second, latencies, failed })
    }

    /// The latencies of one connection, and how many answers were not 200.
    fn connection(&self, number: u32, start: Instant) -> anyhow::Result<(Vec<Duration>, usize)> {
        let mut caller = Caller::open(&self.address, None)?;
        let (mut latencies, mut failed) = (Vec::new(), 0);
        let mut requests =
            self.requests.iter().cycle().skip(number as usize).step_by(self.connections as usize);
        // Connections take turns: all at once would measure a queue of our own making.
        let mut due = self.pace.map_or(start, |pace| start + pace * number / self.connections);
        while start.elapsed() < self.duration {
            let began = match self.pace {
                None => Instant::now(),
                Some(pace) => {
                    due += pace;
                    thread::sleep(due.saturating_duration_since(Instant::now()));
                    due
                }
            };
            let request = requests.next().context("no request")?;
            failed += usize::from(caller.exchange(request)?.status != 200);
            latencies.push(began.elapsed());
        }
        Ok((latencies, failed))
    }
}
