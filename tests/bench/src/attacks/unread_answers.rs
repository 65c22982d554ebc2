//! Batches whose answers nobody reads.

use anyhow::Context;

use super::{Attack, House, unread};
use crate::http::requests;

const BATCHES: usize = 64;
/// Lines of a batch: its answer is larger than what the system buffers for a connection.
const LINES: usize = 20_000;

pub(super) struct UnreadAnswers;

impl Attack for UnreadAnswers {
    const NAME: &'static str = "unread_answers";

    async fn prepare(_: &House) -> anyhow::Result<Self> {
        Ok(Self)
    }

    async fn attack(&self, house: &House) -> anyhow::Result<()> {
        let (client, address) = (&house.attacker, house.address());
        let line = requests().into_iter().next().context("no request")?.to_string();
        let body = format!("{line}\n").repeat(LINES);
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
