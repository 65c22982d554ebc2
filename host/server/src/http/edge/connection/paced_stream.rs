//! A connection whose reader must read: writing fails once what was sent waits for too long.
//!
//! What the other side sends meanwhile counts as what it reads: a client may send all of a batch
//! before it reads the first answer.
//!
//! Without it an answer that nobody reads stands in memory, with the room that it holds, for as
//! long as the other side keeps the connection open.

use std::future::Future;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};

use metrics::counter;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep};

use crate::http::edge::pace::Pace;
use crate::limits::LeastRate;

/// A TCP connection that is written at no less than a least rate.
#[derive(Debug)]
pub(crate) struct PacedStream {
    stream: TcpStream,
    pace: Pace,
    /// Wakes the connection when its reader has been too slow. Most never need one.
    clock: Option<Pin<Box<Sleep>>>,
}

impl PacedStream {
    /// Around an accepted connection.
    pub(crate) fn new(stream: TcpStream, rate: LeastRate) -> PacedStream {
        PacedStream { stream, pace: Pace::new(rate), clock: None }
    }

    /// What writing has come to, once the time that it waited is taken into account.
    fn judge(
        &mut self,
        cx: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        match &written {
            Poll::Pending if self.is_late(cx) => {
                counter!("stele_http_connections_ended_total", "cause" => "unread").increment(1);
                Poll::Ready(Err(io::Error::new(
                    io::ErrorKind::TimedOut,
                    "what was sent is not read at the least rate",
                )))
            }
            Poll::Ready(Ok(bytes)) => {
                self.pace.moved(*bytes, Instant::now());
                written
            }
            Poll::Pending | Poll::Ready(Err(_)) => written,
        }
    }

    fn is_late(&mut self, cx: &mut Context<'_>) -> bool {
        let deadline = self.pace.wait(Instant::now());
        let clock = match &mut self.clock {
            Some(clock) => {
                if clock.deadline() != deadline {
                    clock.as_mut().reset(deadline);
                }
                clock
            }
            none => none.insert(Box::pin(tokio::time::sleep_until(deadline))),
        };
        clock.as_mut().poll(cx).is_ready() && Instant::now() >= deadline
    }
}

impl AsyncRead for PacedStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, buffer);
        // Whoever still sends is there, and reads when it has sent everything.
        let bytes = buffer.filled().len() - before;
        if bytes > 0 {
            self.pace.moved(bytes, Instant::now());
        }
        read
    }
}

impl AsyncWrite for PacedStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.judge(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, slices);
        self.judge(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
