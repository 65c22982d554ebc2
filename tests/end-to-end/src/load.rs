//! A load generator that costs little: prepared requests over kept-alive HTTP/1.1 connections.
//!
//! It shares its cores with the server under test, so it parses no more of an answer than it must:
//! status, length, body bytes. [`run`] has one thread for all its connections. Tasks would have a
//! clock that ticks in milliseconds, which is longer than an answer takes; and of a thread a
//! connection, a dozen would wait for the cores on which the server works, up to the 4 ms that the
//! kernel lets another thread go on for, which is then measured as the server's.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
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
/// How long a load waits for answers when nothing else is to be done.
const PATIENCE: Duration = Duration::from_secs(30);

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
    let pace =
        rate.map(|rate| Duration::from_nanos(1_000_000_000 * connections as u64 / rate.max(1)));
    let load = Load { address: address.to_owned(), requests: requests.to_vec(), connections, pace };
    tokio::task::spawn_blocking(move || load.run(duration)).await?
}

/// A load, ready to be run.
struct Load {
    address: String,
    requests: Vec<Vec<u8>>,
    connections: usize,
    /// Between two requests of one connection.
    pace: Option<Duration>,
}

impl Load {
    fn run(&self, duration: Duration) -> anyhow::Result<Measured> {
        let opened = (0..self.connections).map(|_| Line::open(&self.address));
        let mut lines = opened.collect::<anyhow::Result<Vec<_>>>()?;
        let count = u32::try_from(self.connections)?;
        let start = Instant::now();
        if let Some(pace) = self.pace {
            // Connections take turns: all at once would measure a queue of our own making.
            for (number, line) in (1..).zip(&mut lines) {
                line.due = start + pace * number / count;
            }
        }
        let mut requests = self.requests.iter().cycle();
        let (mut latencies, mut failed) = (Vec::new(), 0);
        loop {
            let now = Instant::now();
            let is_over = now.duration_since(start) >= duration;
            for line in lines.iter_mut().filter(|line| !is_over && line.is_due(now)) {
                line.send(requests.next().context("no request")?, self.pace.is_some())?;
            }
            if is_over && lines.iter().all(|line| line.sent.is_none()) {
                break;
            }
            let next = lines.iter().filter(|line| !is_over && line.sent.is_none());
            let next = next.map(|line| line.due).min();
            for position in ready(&lines, next)? {
                let line = &mut lines[position];
                if let Some((status, latency)) = line.receive(self.pace)? {
                    failed += usize::from(status != 200);
                    latencies.push(latency);
                }
            }
        }
        let nanoseconds = start.elapsed().as_nanos().max(1);
        let per_second = u64::try_from(latencies.len() as u128 * 1_000_000_000 / nanoseconds)?;
        latencies.sort_unstable();
        Ok(Measured { per_second, latencies, failed })
    }
}

/// One kept-alive connection of a load.
struct Line {
    stream: TcpStream,
    buffer: Vec<u8>,
    /// When its next request is to be sent.
    due: Instant,
    /// Since when the answer to a request is waited for.
    sent: Option<Instant>,
}

impl Line {
    fn open(address: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_nonblocking(true)?;
        let buffer = Vec::with_capacity(BUFFER);
        Ok(Self { stream, buffer, due: Instant::now(), sent: None })
    }

    fn is_due(&self, now: Instant) -> bool {
        self.sent.is_none() && self.due <= now
    }

    /// Requests are far shorter than what a socket takes at once.
    fn send(&mut self, request: &[u8], is_paced: bool) -> anyhow::Result<()> {
        self.sent = Some(if is_paced { self.due } else { Instant::now() });
        self.buffer.clear();
        Ok(self.stream.write_all(request)?)
    }

    /// Reads what has come; status and latency once the answer is whole.
    fn receive(&mut self, pace: Option<Duration>) -> anyhow::Result<Option<(u16, Duration)>> {
        let Some(sent) = self.sent else { return Ok(None) };
        let mut part = [0; BUFFER];
        match self.stream.read(&mut part) {
            Ok(0) => bail!(CLOSED),
            Ok(read) => self.buffer.extend_from_slice(&part[..read]),
            Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(None),
            Err(error) => return Err(error.into()),
        }
        let Some(head) = Head::of(&self.buffer)? else { return Ok(None) };
        let now = Instant::now();
        self.sent = None;
        self.due = pace.map_or(now, |pace| self.due + pace);
        Ok(Some((head.status, now.duration_since(sent))))
    }
}

/// Waits until an answer comes or a request is due; the positions of the connections with something
/// to read.
fn ready(lines: &[Line], due: Option<Instant>) -> anyhow::Result<Vec<usize>> {
    let waiting = lines.iter().enumerate().filter(|(_, line)| line.sent.is_some());
    let (positions, mut polled): (Vec<_>, Vec<_>) = waiting
        .map(|(position, line)| (position, PollFd::new(&line.stream, PollFlags::IN)))
        .unzip();
    let until = due.map(|due| due.saturating_duration_since(Instant::now())).unwrap_or(PATIENCE);
    let until = Timespec::try_from(until)?;
    match poll(&mut polled, Some(&until)) {
        Ok(0) if due.is_none() => bail!("no answer within {PATIENCE:?}"),
        Ok(_) | Err(Errno::INTR) => {}
        Err(error) => return Err(error.into()),
    }
    let came = positions.into_iter().zip(polled).filter(|(_, fd)| !fd.revents().is_empty());
    Ok(came.map(|(position, _)| position).collect())
}
