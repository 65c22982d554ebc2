//! What a bystander sees of a server, and how much memory it takes.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::anyhow;
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
    /// Answers of both that did not come, or were not 200.
    pub(crate) failed: u64,
    /// The most memory that the server and its children held at once, in MiB.
    pub(crate) memory: Decimal,
}

/// Watches for so long.
pub(crate) async fn watch(house: &House, duration: Duration) -> anyhow::Result<Seen> {
    let address = house.address();
    let (health, calculation) = (house.asking_for_health(), house.asking_to_calculate()?);
    let process = house.process()?;
    tokio::task::spawn_blocking(move || {
        let over = AtomicBool::new(false);
        thread::scope(|scope| {
            let healthz = scope.spawn(|| ask(&address, &health, duration));
            let calculations = scope.spawn(|| ask(&address, &calculation, duration));
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
            over.store(true, Ordering::Relaxed);
            let memory = Decimal::from(memory.join().map_err(panicked)? / 1024);
            Ok(Seen {
                failed: healthz.1 + calculations.1,
                healthz: healthz.0,
                calculations: calculations.0,
                memory,
            })
        })
    })
    .await?
}

/// Asks again and again, each time on a connection of its own: who comes anew must get in, too.
fn ask(address: &str, request: &[u8], duration: Duration) -> (Vec<Duration>, u64) {
    let (mut durations, mut failed) = (Vec::new(), 0);
    let start = Instant::now();
    while start.elapsed() < duration {
        let begun = Instant::now();
        let answered = Caller::open(address, Some(PATIENCE))
            .and_then(|mut caller| Ok(caller.exchange(request)?.status));
        durations.push(begun.elapsed());
        failed += u64::from(!matches!(answered, Ok(200)));
        thread::sleep(PAUSE);
    }
    (durations, failed)
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
