//! Batches whose every line of a hundred bytes is answered by nearly as much as an answer may have, and
//! whose answers nobody reads.

use anyhow::{Context, ensure};
use serde_json::json;

use super::rulesets::{DATE, MANY_LINES, SLOT, package};
use super::{Attack, House, unread};

/// Bytes of a label: as long as a text may be.
const LABEL: usize = 4_096;
/// Lines with it: together just below what an answer may have.
const LINES: u32 = 200;
/// As many as one tenant may stream.
const BATCHES: usize = 16;
/// Calculations of a batch.
const CALCULATIONS: usize = 1_000;

pub(super) struct SwollenBatches;

impl Attack for SwollenBatches {
    const NAME: &'static str = "swollen_batches";

    async fn prepare(house: &House) -> anyhow::Result<Self> {
        let published =
            house.put_in_force(SLOT, package(MANY_LINES, 1, &"a".repeat(LABEL))?).await?;
        published.context("a label of the greatest length can be published")?;
        // It attacks nothing if such an answer is refused.
        let body = json!({ "slot": SLOT, "date": DATE, "facts": { "number": LINES } });
        let client = &house.attacker;
        let answer = client.post(&client.path("calculations"), &body).await?;
        ensure!(answer.status == 200, "the long answer is refused with {}", answer.status);
        Ok(Self)
    }

    async fn attack(&self, house: &House) -> anyhow::Result<()> {
        let (client, address) = (&house.attacker, house.address());
        let line = json!({ "slot": SLOT, "date": DATE, "facts": { "number": LINES } });
        let body = format!("{line}\n").repeat(CALCULATIONS);
        let request = format!(
            "POST {} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {}\r\n\
             content-type: application/x-ndjson\r\ncontent-length: {}\r\n\r\n{body}",
            client.path("calculations/batch"),
            client.token(),
            body.len(),
        );
        unread::unread(&address, BATCHES, &request).await;
        Ok(())
    }
}
