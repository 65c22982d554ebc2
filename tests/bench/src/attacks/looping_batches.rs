//! Batches of lines each of which runs until its fuel is gone.

use anyhow::Context;
use serde_json::json;
use tokio::task::JoinSet;

use super::rulesets::{DATE, LOOPS, SLOT, package};
use super::{Attack, House};

/// Lines of a batch: 9 KB.
const LINES: usize = 100;
/// Batches at once.
const BATCHES: usize = 4;

pub(super) struct LoopingBatches;

impl Attack for LoopingBatches {
    const NAME: &'static str = "looping_batches";

    async fn prepare(house: &House) -> anyhow::Result<Self> {
        let published = house.put_in_force(SLOT, package(LOOPS, 1, "Answer")?).await?;
        published.context("a rule that loops for one number can be published")?;
        Ok(Self)
    }

    async fn attack(&self, house: &House) -> anyhow::Result<()> {
        let mut clients = JoinSet::new();
        for _ in 0..BATCHES {
            let client = house.attacker.clone();
            clients.spawn(async move {
                let line = json!({ "slot": SLOT, "date": DATE, "facts": { "number": 1 } });
                loop {
                    let lines = std::iter::repeat_n(line.clone(), LINES);
                    // Refused or cut off: the next one comes all the same.
                    let _ended = client.batch(lines).await;
                    tokio::task::yield_now().await;
                }
            });
        }
        while clients.join_next().await.is_some() {}
        Ok(())
    }
}
