//! What the server takes at most, each number with its reason. Beyond a limit a caller gets a
//! problem document (408, 413, 422, 429, 503), never a slower server for everybody else.

use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;
use std::time::Duration;

/// How fast the other side must send, or read, while it is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeastRate {
    /// Bytes a second. What has moved pays for the time that was waited.
    pub bytes_per_second: NonZeroU32,
    /// How much may be owed: also how long nothing at all may move.
    pub grace: Duration,
}

/// How much of one kind of room there is, and how much of it one tenant and one token may hold, so
/// that nobody can take all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// For everybody together.
    pub total: usize,
    /// For one tenant; for the operator; for all without a known token together.
    pub tenant: usize,
    /// For one token.
    pub token: usize,
}

impl Share {
    /// So much for everybody, a quarter of it for one tenant and an eighth for one token: it takes
    /// four tenants together to fill the room, and two tokens to fill a tenant's.
    pub const fn of(total: usize) -> Share {
        const fn part(total: usize, parts: usize) -> usize {
            if total < parts { 1 } else { total / parts }
        }
        Share { total, tenant: part(total, 4), token: part(total, 8) }
    }
}

impl FromStr for Share {
    type Err = String;

    /// `TOTAL`, `TOTAL:TENANT` or `TOTAL:TENANT:TOKEN`; what is left out is as [`Share::of`] says.
    fn from_str(text: &str) -> Result<Share, String> {
        let numbers: Result<Vec<usize>, _> = text.split(':').map(str::parse).collect();
        let wrong = || format!("expected TOTAL, TOTAL:TENANT or TOTAL:TENANT:TOKEN, found {text}");
        let share = match numbers.map_err(|_| wrong())?.as_slice() {
            [total] => Share::of(*total),
            [total, tenant] => Share { tenant: *tenant, ..Share::of(*total) },
            [total, tenant, token] => Share { total: *total, tenant: *tenant, token: *token },
            _ => return Err(wrong()),
        };
        match share.token.min(share.tenant).min(share.total) {
            0 => Err("a share of nothing lets nobody in".to_owned()),
            _ => Ok(share),
        }
    }
}

impl fmt::Display for Share {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}:{}", self.total, self.tenant, self.token)
    }
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
    /// Bytes of the answer to one calculation, alone or as a line of a batch. A payslip with all its
    /// steps is about 100 KiB; an answer is held in memory until it is read.
    pub answer_bytes: usize,
    /// Bytes of one batch that wait for its reader: lines, results and answers together. They let the
    /// lines run ahead of a reader by some thousand usual ones. A tenant's batches together hold so
    /// many times its share of `concurrent_batches`: 256 MiB.
    pub batch_waiting_bytes: usize,
    /// Bytes of lines of one batch that are taken while its reader does not read: some 40,000 lines of
    /// a usual payslip, so that a client of a large payroll may write all of it before it reads. A
    /// tenant's batches together hold so many times its share of `concurrent_batches`: 256 MiB.
    pub batch_ahead_bytes: usize,
    /// Bytes of a recorded result or of an impact report as it is read. The largest result is its
    /// answer with its facts, each at most 1 MiB; a report of a large payroll has some hundred KiB.
    pub document_bytes: usize,
    /// Bytes of the explanation of a result, as JSON or as a page. It has a sentence for each step;
    /// of a year of events it is about 1 MiB.
    pub explanation_bytes: usize,
    /// How long a JSON body may take to arrive.
    pub body_timeout: Duration,
    /// How long a package or an import may take to arrive.
    pub upload_timeout: Duration,
    /// How fast every body must arrive. Far below any network that people work over, and far above
    /// what a crowd can hold room with that sends a byte now and then.
    pub body_rate: LeastRate,
    /// How fast every answer must be read. As bodies; the reader of a long answer may rest as long
    /// as it takes to work through what was read, and whoever still sends need not read.
    pub answer_rate: LeastRate,
    /// How long a request may take until its answer begins. Longer than the slowest upload.
    pub request_timeout: Duration,
    /// Requests at the same time, until their answers have been sent. A calculation takes
    /// microseconds, so that many at once means that something behind them stands still.
    pub concurrent_requests: Share,
    /// Batches streamed at the same time. Each holds up to `batch_waiting_bytes` and
    /// `batch_ahead_bytes`.
    pub concurrent_batches: Share,
    /// Packages received and published at the same time. Each is held in memory as a whole.
    pub concurrent_packages: Share,
    /// Imports received, waiting for their turn or written at the same time. The bytes of each are
    /// held in memory as they came; one at a time is read.
    pub concurrent_imports: Share,
    /// Exports of employees written at the same time. Each reads all employees of its tenant, CSV
    /// twice, beside those who calculate.
    pub concurrent_exports: Share,
    /// Impact reports followed at the same time. Each is a connection and a timer, and lasts.
    pub concurrent_events: Share,
    /// Backups written at the same time. Each reads the whole store on a thread of its own.
    pub concurrent_backups: Share,
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
            answer_bytes: 1 << 20,
            batch_waiting_bytes: 16 << 20,
            batch_ahead_bytes: 16 << 20,
            document_bytes: 8 << 20,
            explanation_bytes: 8 << 20,
            body_timeout: Duration::from_secs(30),
            upload_timeout: Duration::from_secs(300),
            body_rate: LeastRate {
                bytes_per_second: NonZeroU32::new(1024).unwrap_or(NonZeroU32::MIN),
                grace: Duration::from_secs(20),
            },
            answer_rate: LeastRate {
                bytes_per_second: NonZeroU32::new(1024).unwrap_or(NonZeroU32::MIN),
                grace: Duration::from_secs(30),
            },
            request_timeout: Duration::from_secs(330),
            concurrent_requests: Share::of(1024),
            concurrent_batches: Share::of(64),
            concurrent_packages: Share::of(16),
            concurrent_imports: Share::of(8),
            concurrent_exports: Share::of(8),
            concurrent_events: Share::of(256),
            concurrent_backups: Share::of(4),
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
