//! What a bystander sees of a server, and how much memory it takes.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{anyhow, ensure};
use rust_decimal::Decimal;
use stele_end_to_end::load::Caller;

use super::house::House;

/// Between two requests of one kind.
const PAUSE: Duration = Duration::from_millis(10);
/// After which an answer is given up.
const PATIENCE: Duration = Duration::from_secs(5);

/// What was seen for a while.
pub(crate) struct Seen {
    /// How long each answer of `/healthz` took; one that was given up counts as long as it was
    /// waited for.
    pub(crate) healthz: Vec<Duration>,
    /// The same of the calculations of a tenant that does nothing else.
    pub(crate) calculations: Vec<Duration>,
    /// The same of that tenant's batches, until the last line is there.
    pub(crate) batches: Vec<Duration>,
    /// Answers of all three that did not come, were not 200, or had a line that was refused.
    pub(crate) failed: u64,
    /// The most memory that the server and its children held at once, in MiB.
    pub(crate) memory: Decimal,
}

/// Watches for so long.
pub(crate) async fn watch(house: &House, duration: Duration) -> anyhow::Result<Seen> {
    let address = house.address();
    let (health, calculation) = (house.asking_for_health(), house.asking_to_calculate()?);
    let batch = house.asking_for_a_batch()?;
    let process = house.process()?;
    tokio::task::spawn_blocking(move || {
        let over = AtomicBool::new(false);
        thread::scope(|scope| {
            let healthz = scope.spawn(|| ask(duration, || exchange(&address, &health)));
            let calculations = scope.spawn(|| ask(duration, || exchange(&address, &calculation)));
            let batches = scope.spawn(|| ask(duration, || stream(&address, &batch)));
            let memory = scope.spawn(|| {
                let mut most = 0;
                while !over.load(Ordering::Relaxed) {
                    most = most.max(resident(process));
                    thread::sleep(PAUSE);
                }
                // What the server itself held between two looks.
                most.max(kibibytes(process, "VmHWM:"))
            });
            let panicked = |_| anyhow!("a watching thread panicked");
            let healthz = healthz.join().map_err(panicked)?;
            let calculations = calculations.join().map_err(panicked)?;
            let batches = batches.join().map_err(panicked)?;
            over.store(true, Ordering::Relaxed);
            let memory = Decimal::from(memory.join().map_err(panicked)? / 1024);
            Ok(Seen {
                failed: healthz.1 + calculations.1 + batches.1,
                healthz: healthz.0,
                calculations: calculations.0,
                batches: batches.0,
                memory,
            })
        })
    })
    .await?
}

/// Asks again and again, each time on a connection of its own: who comes anew must get in, too.
fn ask(duration: Duration, once: impl Fn() -> anyhow::Result<()>) -> (Vec<Duration>, u64) {
    let (mut durations, mut failed) = (Vec::new(), 0);
    let start = Instant::now();
    while start.elapsed() < duration {
        let begun = Instant::now();
        let answered = once();
        durations.push(begun.elapsed());
        failed += u64::from(answered.is_err());
        thread::sleep(PAUSE);
    }
    (durations, failed)
}

/// One answer with a length.
fn exchange(address: &str, request: &[u8]) -> anyhow::Result<()> {
    let mut caller = Caller::open(address, Some(PATIENCE))?;
    let status = caller.exchange(request)?.status;
    ensure!(status == 200, "the answer is {status}");
    Ok(())
}

/// One answer that ends with its connection, a line for each line and none of them a problem.
fn stream(address: &str, request: &[u8]) -> anyhow::Result<()> {
    let mut stream = TcpStream::connect_timeout(&address.parse()?, PATIENCE)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.write_all(request)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let answer = String::from_utf8_lossy(&answer);
    ensure!(answer.starts_with("HTTP/1.1 200 "), "the batch is not answered");
    ensure!(answer.ends_with("\r\n0\r\n\r\n"), "the answer of the batch broke off");
    ensure!(!answer.contains("urn:stele:problem:"), "a line of the batch is refused");
    Ok(())
}

/// Memory of a process and everything that it started, in KiB. One that ends meanwhile has none.
fn resident(process: u32) -> u64 {
    let threads = fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten();
    let children: u64 = threads
        .filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok())
        .flat_map(|children| {
            children.split_whitespace().filter_map(|id| id.parse().ok()).collect::<Vec<u32>>()
        })
        .map(resident)
        .sum();
    kibibytes(process, "VmRSS:") + children
}

fn kibibytes(process: u32, field: &str) -> u64 {
    fs::read_to_string(format!("/proc/{process}/status"))
        .ok()
        .and_then(|status| {
            let line = status.lines().find_map(|line| line.strip_prefix(field))?;
            line.split_whitespace().next()?.parse().ok()
        })
        .unwrap_or_default()
}
