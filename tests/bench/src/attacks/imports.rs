//! Imports of 150,000 employees, and files that are refused at their last line.

use super::{Attack, House};

const ROWS: usize = 150_000;
/// Bytes of the file that is refused.
const REFUSED: usize = 60 << 20;

pub(super) struct Imports {
    accepted: Vec<u8>,
    refused: Vec<u8>,
}

impl Attack for Imports {
    const NAME: &'static str = "imports";

    async fn prepare(_: &House) -> anyhow::Result<Self> {
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
        Ok(Self { accepted: accepted.into_bytes(), refused: refused.into_bytes() })
    }

    async fn attack(&self, house: &House) -> anyhow::Result<()> {
        let client = &house.attacker;
        let path = client.path("employees/import");
        loop {
            for file in [&self.accepted, &self.refused] {
                // Refused, now or at its end: the next one comes all the same.
                let _answered = client.post_bytes(&path, "text/csv", file.clone()).await;
                tokio::task::yield_now().await;
            }
        }
    }
}

fn row(number: usize) -> String {
    format!(
        "employee-{number:07},2025-01-01,{}.78,beijing,0.12,{}\n",
        8_000 + number,
        1 + number % 12
    )
}
