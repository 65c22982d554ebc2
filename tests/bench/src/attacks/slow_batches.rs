//! As many batches as a server streams at once, with a byte now and then.

use std::time::Duration;

use super::{Attack, House, slow};

const BATCHES: usize = 64;
const BETWEEN: Duration = Duration::from_secs(20);

pub(super) struct SlowBatches;

impl Attack for SlowBatches {
    const NAME: &'static str = "slow_batches";

    async fn prepare(_: &House) -> anyhow::Result<Self> {
        Ok(Self)
    }

    async fn attack(&self, house: &House) -> anyhow::Result<()> {
        let (client, address) = (&house.attacker, house.address());
        let head = format!(
            "POST {} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {}\r\n\
             content-type: application/x-ndjson\r\ncontent-length: 100000\r\n\r\n{{",
            client.path("calculations/batch"),
            client.token(),
        );
        slow::dripping(&address, BATCHES, head.as_bytes(), BETWEEN).await;
        Ok(())
    }
}
