//! Requests of some hundred bytes whose answer is a gigabyte, and a body of unknown fields whose
//! refusal is larger than itself.

use serde_json::{Map, Value, json};
use tokio::task::JoinSet;

use super::rulesets::{DATE, MANY_LINES, SLOT, package};
use super::{Attack, House};

/// Bytes of a label.
const LABEL: usize = 3_900_000;
/// Lines with it.
const LINES: u32 = 1_000;
/// Clients of each kind.
const CLIENTS: usize = 2;
/// Fields that nobody knows: a body just below what a body may have.
const UNKNOWN: usize = 60_000;

pub(super) struct SwollenAnswers;

impl Attack for SwollenAnswers {
    const NAME: &'static str = "swollen_answers";

    async fn prepare(house: &House) -> anyhow::Result<Self> {
        // Refused where texts are bounded; then the unknown fields are left.
        house.put_in_force(SLOT, package(MANY_LINES, 1, &"a".repeat(LABEL))?).await?;
        Ok(Self)
    }

    async fn attack(&self, house: &House) -> anyhow::Result<()> {
        let unknown: Map<String, Value> =
            (0..UNKNOWN).map(|number| (format!("unknown{number}"), Value::from(1))).collect();
        let bodies = [
            json!({ "slot": SLOT, "date": DATE, "facts": { "number": LINES } }),
            json!({ "slot": "cn/payroll", "date": "2025-09-30", "facts": unknown }),
        ];
        let mut clients = JoinSet::new();
        for body in bodies.iter().cycle().take(CLIENTS * bodies.len()) {
            let (client, body) = (house.attacker.clone(), body.clone());
            clients.spawn(async move {
                loop {
                    // Read whole, whatever it is, and thrown away.
                    let _answered = client.post(&client.path("calculations"), &body).await;
                    tokio::task::yield_now().await;
                }
            });
        }
        while clients.join_next().await.is_some() {}
        Ok(())
    }
}
