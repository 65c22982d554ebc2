//! Imports of 150,000 employees, and files that are refused at their last line: as many at a time as
//! a tenant's tokens can send, one more than its share.

use std::time::Duration;

use bytes::Bytes;
use futures::future::try_join_all;
use stele_end_to_end::Client;

use super::{Attack, House};

const ROWS: usize = 150_000;
/// Bytes of the file that is refused.
const REFUSED: usize = 60 << 20;
/// Tokens that send at the same time.
const TOKENS: usize = 3;
/// After a refusal that comes at once, which only keeps the machine busy that both run on.
const PAUSE: Duration = Duration::from_millis(100);

pub(super) struct Imports {
    clients: Vec<Client>,
    accepted: Bytes,
    refused: Bytes,
}

impl Attack for Imports {
    const NAME: &'static str = "imports";

    async fn prepare(house: &House) -> anyhow::Result<Self> {
        let (server, attacker) = (house.server(), &house.attacker);
        let operator = server.operator();
        let mut clients = Vec::new();
        for _ in 0..TOKENS {
            let scopes = ["employees:write"];
            clients.push(server.credential(&operator, attacker.tenant(), &scopes).await?);
        }
        let mut accepted = String::from("id,from,gross,city,housing_fund_rate,months_employed\n");
        let mut refused = accepted.clone();
        for number in 0..ROWS {
            accepted.push_str(&row(number));
        }
        let mut number = 0;
        while refused.len() < REFUSED {
            refused.push_str(&row(number));
            number += 1;
        }
        refused.push_str("e,no date,1,beijing,0.12,1\n");
        Ok(Self { clients, accepted: accepted.into(), refused: refused.into() })
    }

    async fn attack(&self, _: &House) -> anyhow::Result<()> {
        let files = [&self.accepted, &self.refused];
        let sending = self.clients.iter().enumerate().map(async |(number, client)| {
            let path = client.path("employees/import");
            // Each begins with another file.
            for file in files.iter().cycle().skip(number) {
                let answered = client.post_bytes(&path, "text/csv", Bytes::clone(file)).await;
                // Refused, now or at its end: the next one comes all the same.
                if !answered.is_ok_and(|answer| matches!(answer.status, 200 | 422)) {
                    tokio::time::sleep(PAUSE).await;
                }
            }
            Ok(())
        });
        try_join_all(sending).await.map(drop)
    }
}

fn row(number: usize) -> String {
    format!(
        "employee-{number:07},2025-01-01,{}.78,beijing,0.12,{}\n",
        8_000 + number,
        1 + number % 12
    )
}
