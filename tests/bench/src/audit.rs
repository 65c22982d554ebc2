//! What a long audit log costs: proofs, and a start.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context;
use stele_end_to_end::{Client, Server};
use stele_store::{Actor, AuditDraft, Commit, Digest, Log, SledStore, TenantId};
use uuid::Uuid;

use crate::durations::{self, a_second, milliseconds, quantile};
use crate::measurement::Measurement;

/// Entries where nothing else is said: a minute or so of writing.
const ENTRIES: u64 = 1_000_000;
/// What must hold is said of so many.
const LARGE: u64 = 10_000_000;
/// Writers that share flushes.
const WRITERS: u64 = 256;
/// Proofs asked for, all over the log.
const PROOFS: u64 = 500;

/// Measures on a log written through the store, one commit an entry.
pub(crate) async fn measure(large: bool) -> anyhow::Result<Vec<Measurement>> {
    let entries = if large { LARGE } else { ENTRIES };
    let mut server = Server::start().await?;
    let client = server.tenant(&server.operator(), "acme").await?;
    server.kill()?;
    let begun = Instant::now();
    server.restart().await?;
    let started_empty = begun.elapsed();
    server.kill()?;
    let folder = server.data().join("db");
    let begun = Instant::now();
    let (written, settled) = tokio::task::spawn_blocking(move || {
        fill(&folder, entries)?;
        let written = begun.elapsed();
        // As the server does when it is stopped. After a kill, the start takes this time too.
        SledStore::settle(&folder, Duration::from_secs(60))?;
        anyhow::Ok((written, begun.elapsed() - written))
    })
    .await??;

    let begun = Instant::now();
    server.restart().await?;
    let started = begun.elapsed();
    let client = Client::new(server.operator().base(), client.token(), "acme");
    let size = client.get(&client.path("audit/checkpoint")).await?.ok()?["size"].clone();
    let size = size.as_u64().filter(|size| *size >= entries).context("entries are missing")?;
    let first = proof(&client, 0).await?;
    let mut proofs = Vec::new();
    for number in 0..PROOFS {
        // A prime step leads all over the log.
        proofs.push(proof(&client, number * 7_368_787 % size).await?);
    }
    let floor = durations::of_healthz(&client, proofs.len()).await?;
    let begun = Instant::now();
    client.get(&client.path(&format!("audit/consistency?from={}", size / 3))).await?.ok()?;
    let consistency = begun.elapsed();
    let floor_at = |thousandths| milliseconds(quantile(floor.clone(), thousandths));
    let proof_at = |thousandths| milliseconds(quantile(proofs.clone(), thousandths));
    Ok(vec![
        Measurement::new("audit.entries", size, "entries"),
        Measurement::new("audit.commits", a_second(entries, written), "1/s"),
        Measurement::new("audit.settled_when_stopped", milliseconds(settled), "ms"),
        Measurement::new("audit.start", milliseconds(started), "ms")
            .against("start with an empty log", milliseconds(started_empty))
            .at_most_plus(5, 100),
        Measurement::new("audit.first_proof", milliseconds(first), "ms")
            .against("/healthz, p99", floor_at(990))
            .at_most_plus(2, 10),
        Measurement::new("audit.proof_p50", proof_at(500), "ms")
            .against("/healthz, p50", floor_at(500))
            .at_most_plus(2, 1),
        Measurement::new("audit.proof_p99", proof_at(990), "ms")
            .against("/healthz, p99", floor_at(990))
            .at_most_plus(2, 1),
        Measurement::new("audit.consistency", milliseconds(consistency), "ms")
            .against("/healthz, p99", floor_at(990))
            .at_most_plus(2, 10),
    ])
}

/// Over HTTP, until the whole answer is there.
async fn proof(client: &Client, entry: u64) -> anyhow::Result<Duration> {
    let begun = Instant::now();
    let answer = client.get(&client.path(&format!("audit/proof?entry={entry}"))).await?.ok()?;
    let took = begun.elapsed();
    let length = answer["proof"].as_array().map(Vec::len);
    anyhow::ensure!(length.is_some_and(|length| length > 1), "no proof: {answer}");
    Ok(took)
}

/// Writes entries as any change does: each by a commit of its own, flushed before it returns.
fn fill(folder: &Path, entries: u64) -> anyhow::Result<()> {
    let store = SledStore::open(folder)?;
    let tenant = TenantId::new("acme")?;
    let next = AtomicU64::new(0);
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|_| {
                scope.spawn(|| -> anyhow::Result<()> {
                    while next.fetch_add(1, Ordering::Relaxed) < entries {
                        store.commit(change(&tenant))?;
                    }
                    Ok(())
                })
            })
            .collect();
        for writer in writers {
            writer.join().map_err(|_| anyhow::anyhow!("a writer panicked"))??;
        }
        Ok(())
    })
}

fn change(tenant: &TenantId) -> Commit {
    Commit {
        actor: Actor { subject: Uuid::from_u128(7), name: "payroll service".to_owned() },
        expect: Vec::new(),
        changes: Vec::new(),
        audit: AuditDraft {
            log: Log::Tenant(tenant.clone()),
            action: "employee.written".to_owned(),
            subject: "e-100234".to_owned(),
            digest: Digest::of(b"salted"),
            about: None,
        },
        response: None,
    }
}
