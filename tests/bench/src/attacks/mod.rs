//! `--attacks`: what one tenant, or somebody without a token, can do to everybody else.
//!
//! Each attack has a server of its own, as it ships. Before, during and after it a bystander is
//! watched: `/healthz`, and the calculations and batches of another tenant, each request on a
//! connection of its own. All goes to loopback addresses of this machine, is bounded in count and time, and ends by
//! itself. Start at [`measure`]; an attack is one file.

mod compile_bombs;
mod dripping_bodies;
mod house;
mod hung_up_keys;
mod impact_of_loops;
mod imports;
mod looping_batches;
mod rulesets;
mod silent_connections;
mod slow;
mod slow_batches;
mod swollen_answers;
mod swollen_batches;
mod unread;
mod unread_answers;
mod watch;

use std::pin::pin;
use std::time::Duration;

use rust_decimal::Decimal;

use self::house::House;
use self::watch::{Seen, watch};
use crate::durations::{milliseconds, quantile};
use crate::measurement::Measurement;

/// How long a quiet server is watched, before and after.
const QUIET: Duration = Duration::from_secs(5);
/// How long the attack has to get under way: thousands of connections are not opened at once.
const HEAD_START: Duration = Duration::from_secs(10);
/// How long the attack is watched then.
const ATTACKED: Duration = Duration::from_secs(20);
/// How long the server is left alone before it must be as before.
const REST: Duration = Duration::from_secs(5);

/// Milliseconds of `/healthz` while anything happens.
const HEALTHZ: u32 = 50;
/// Another tenant's calculations: times the quiet server's, and milliseconds more.
const BYSTANDER: (Decimal, u32) = (Decimal::from_parts(12, 0, 0, false, 1), 5);
/// MiB of the server and its children.
const MEMORY: u32 = 1024;

/// One way to hurt a server.
trait Attack: Sized {
    /// Its name in the table.
    const NAME: &'static str;

    /// What it needs before anything is measured: published rulesets, employees.
    async fn prepare(house: &House) -> anyhow::Result<Self>;

    /// Attacks until it is dropped. A server that defends itself is no error.
    async fn attack(&self, house: &House) -> anyhow::Result<()>;
}

/// Measures all attacks, or the one with this name.
pub(crate) async fn measure(only: Option<&str>) -> anyhow::Result<Vec<Measurement>> {
    let mut all = Vec::new();
    /// Each attack in turn.
    macro_rules! each {
        ($($attack:path),* $(,)?) => {
            $(if only.is_none_or(|only| <$attack>::NAME == only) {
                eprintln!("attacks: {}", <$attack>::NAME);
                all.extend(one::<$attack>().await?);
            })*
        };
    }
    each!(
        silent_connections::SilentConnections,
        compile_bombs::CompileBombs,
        looping_batches::LoopingBatches,
        impact_of_loops::ImpactOfLoops,
        swollen_answers::SwollenAnswers,
        swollen_batches::SwollenBatches,
        dripping_bodies::DrippingBodies,
        slow_batches::SlowBatches,
        unread_answers::UnreadAnswers,
        imports::Imports,
    );
    if only.is_none_or(|only| only == hung_up_keys::NAME) {
        eprintln!("attacks: {}", hung_up_keys::NAME);
        all.extend(hung_up_keys::measure().await?);
    }
    anyhow::ensure!(!all.is_empty(), "no such attack");
    Ok(all)
}

async fn one<A: Attack>() -> anyhow::Result<Vec<Measurement>> {
    let mut house = House::start().await?;
    let attack = A::prepare(&house).await?;
    let before = watch(&house, QUIET).await?;
    let during = {
        let mut attacking = Box::pin(attack.attack(&house));
        let mut watching = pin!(async {
            tokio::time::sleep(HEAD_START).await;
            watch(&house, ATTACKED).await
        });
        let mut going_on = true;
        loop {
            tokio::select! {
                ended = &mut attacking, if going_on => {
                    ended?;
                    going_on = false;
                }
                seen = &mut watching => break seen?,
            }
        }
    };
    let lives = house.lives()?;
    tokio::time::sleep(REST).await;
    let after = watch(&house, QUIET).await?;
    Ok(rows(A::NAME, &before, &during, &after, lives))
}

fn rows(attack: &str, before: &Seen, during: &Seen, after: &Seen, lives: bool) -> Vec<Measurement> {
    let p99 = |durations: &[Duration]| milliseconds(quantile(durations.to_vec(), 990));
    let quiet = p99(&before.calculations);
    let name = |number: &str| format!("{attack}.{number}");
    vec![
        Measurement::new(name("healthz_p99"), p99(&during.healthz), "ms")
            .against("quiet", p99(&before.healthz))
            .at_most_plus(0, HEALTHZ),
        Measurement::new(name("bystander_p99"), p99(&during.calculations), "ms")
            .against("quiet", quiet)
            .at_most_plus(BYSTANDER.0, BYSTANDER.1),
        Measurement::new(name("bystander_batch_p99"), p99(&during.batches), "ms")
            .against("quiet", p99(&before.batches))
            .at_most_plus(BYSTANDER.0, BYSTANDER.1),
        Measurement::new(name("bystander_failed"), during.failed, "answers").never(),
        Measurement::new(name("memory"), during.memory, "MiB")
            .against("quiet", before.memory)
            .at_most_plus(0, MEMORY),
        Measurement::new(name("ended_processes"), u64::from(!lives), "processes").never(),
        Measurement::new(name("bystander_p99_after"), p99(&after.calculations), "ms")
            .against("quiet", quiet)
            .at_most_plus(BYSTANDER.0, BYSTANDER.1),
        Measurement::new(name("bystander_failed_after"), after.failed, "answers").never(),
    ]
}
