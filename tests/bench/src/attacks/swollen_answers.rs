//! Requests of some hundred bytes whose answer would be a gigabyte, and a body of unknown fields whose
//! refusal would be larger than itself.
//!
//! A label of megabytes is refused with its package. What is left is the longest label that a package
//! may have, on as many lines as a rule may answer: four megabytes are made, and refused because an
//! answer may not have as many.

use anyhow::{Context, ensure};
use serde_json::{Map, Value, json};
use tokio::task::JoinSet;

use super::rulesets::{DATE, MANY_LINES, SLOT, package};
use super::{Attack, House};

/// Bytes of a label that no package may have.
const REFUSED_LABEL: usize = 3_900_000;
/// Bytes of the longest label.
const LABEL: usize = 4_096;
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
        let refused = house.publish(package(MANY_LINES, 1, &"a".repeat(REFUSED_LABEL))?).await?;
        ensure!(refused.status == 422, "a label of megabytes is answered with {}", refused.status);
        let published = house.put_in_force(SLOT, package(MANY_LINES, 1, &"a".repeat(LABEL))?);
        published.await?.context("the longest label can be published")?;
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
