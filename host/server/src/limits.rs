//! What the server takes at most, each number with its reason. Beyond a limit a caller gets a
//! problem document (408, 413, 503), never a slower server for everybody else.

use std::time::Duration;

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
    /// How long the next bytes of a stream may take to arrive.
    pub stream_idle_timeout: Duration,
    /// How long a request may take until its answer begins. Longer than the slowest upload.
    pub request_timeout: Duration,
    /// Requests worked on at the same time; one more gets 503. A calculation takes microseconds, so
    /// that many at once means that something behind them stands still.
    pub concurrent_requests: usize,
    /// Batches streamed at the same time. Each holds up to two chunks of lines a core.
    pub concurrent_batches: usize,
    /// Open connections. One more waits in the backlog of the system.
    pub connections: usize,
    /// How long the head of a request may take to arrive; ends idle connections that drip.
    pub head_timeout: Duration,
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
            stream_idle_timeout: Duration::from_secs(60),
            request_timeout: Duration::from_secs(330),
            concurrent_requests: 1024,
            concurrent_batches: 64,
            connections: 4096,
            head_timeout: Duration::from_secs(10),
            head_bytes: 64 << 10,
            shutdown_timeout: Duration::from_secs(30),
            page: 100,
            longest_page: 1000,
        }
    }
}
