//! What the server takes at most, each number with its reason. Beyond a limit a caller gets a
//! problem document (408, 413, 422, 429, 503), never a slower server for everybody else.

use std::num::NonZeroU32;
use std::time::Duration;

/// How fast the other side must send, or read, while it is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeastRate {
    /// Bytes a second. What has moved pays for the time that was waited.
    pub bytes_per_second: NonZeroU32,
    /// How much may be owed: also how long nothing at all may move.
    pub grace: Duration,
}

/// The limits of the HTTP side. Those of evaluations are the engine's settings.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes of a JSON body. One calculation with a month of time entries is about 60 KiB.
    pub json_body_bytes: usize,
    /// Bytes of a package. The largest rule is under 1 MiB; cases are text and compress well.
    pub package_bytes: usize,
    /// Bytes of an employee import: about 200,000 employees with three attributes each.
    pub import_bytes: usize,
    /// Bytes of one line of a stream. As much as a body of one calculation.
    pub line_bytes: usize,
    /// How long a JSON body may take to arrive.
    pub body_timeout: Duration,
    /// How long a package or an import may take to arrive.
    pub upload_timeout: Duration,
    /// How fast every body must arrive. Far below any network that people work over, and far above
    /// what a crowd can hold room with that sends a byte now and then.
    pub body_rate: LeastRate,
    /// How fast every answer must be read. As bodies; the reader of a long answer may rest as long
    /// as it takes to work through what was read.
    pub answer_rate: LeastRate,
    /// How long a request may take until its answer begins. Longer than the slowest upload.
    pub request_timeout: Duration,
    /// Requests worked on at the same time; one more gets 503. A calculation takes microseconds, so
    /// that many at once means that something behind them stands still.
    pub concurrent_requests: usize,
    /// Batches streamed at the same time. Each holds up to two chunks of lines a core.
    pub concurrent_batches: usize,
    /// Open connections. One more displaces whoever has asked for nothing for longest; where all
    /// are being answered it gets 503. More than requests at the same time, so that somebody always
    /// asks for nothing.
    pub connections: usize,
    /// Open connections from one address (of IPv6: from one /64). One more displaces whoever of
    /// that address has asked for nothing for longest; where all are being answered it gets 429. A
    /// quarter of all: behind a proxy everybody has the same address.
    pub connections_per_address: usize,
    /// How long the head of a connection's first request may take, from accept on.
    pub head_timeout: Duration,
    /// How long a connection may ask for nothing after an answer. Longer than most clients pause
    /// between two requests, shorter than most keep a connection.
    pub idle_timeout: Duration,
    /// Bytes of a request's head. Beyond it HTTP answers 431.
    pub head_bytes: usize,
    /// How long running requests are given to finish when the server stops.
    pub shutdown_timeout: Duration,
    /// Elements of a list where the caller does not say.
    pub page: usize,
    /// Most elements of a list.
    pub longest_page: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            json_body_bytes: 1 << 20,
            package_bytes: 32 << 20,
            import_bytes: 64 << 20,
            line_bytes: 1 << 20,
            body_timeout: Duration::from_secs(30),
            upload_timeout: Duration::from_secs(300),
            body_rate: LeastRate {
                bytes_per_second: NonZeroU32::new(1024).unwrap_or(NonZeroU32::MIN),
                grace: Duration::from_secs(10),
            },
            answer_rate: LeastRate {
                bytes_per_second: NonZeroU32::new(1024).unwrap_or(NonZeroU32::MIN),
                grace: Duration::from_secs(20),
            },
            request_timeout: Duration::from_secs(330),
            concurrent_requests: 1024,
            concurrent_batches: 64,
            connections: 4096,
            connections_per_address: 1024,
            head_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_secs(60),
            head_bytes: 64 << 10,
            shutdown_timeout: Duration::from_secs(30),
            page: 100,
            longest_page: 1000,
        }
    }
}
