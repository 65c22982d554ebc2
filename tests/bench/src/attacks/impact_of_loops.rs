//! Impact reports over people for each of whom the rule runs until its fuel is gone.

use std::time::Duration;

use anyhow::Context;
use serde_json::json;

use super::rulesets::{DATE, LOOPS, SLOT, package};
use super::{Attack, House};

const PEOPLE: usize = 1_000;
/// Between two reports.
const PAUSE: Duration = Duration::from_secs(1);

pub(super) struct ImpactOfLoops;

impl Attack for ImpactOfLoops {
    const NAME: &'static str = "impact_of_loops";

    async fn prepare(house: &House) -> anyhow::Result<Self> {
        let published = house.put_in_force(SLOT, package(LOOPS, 1, "Answer")?).await?;
        published.context("a rule that loops for one number can be published")?;
        house.publish(package(LOOPS, 2, "Answer")?).await?.ok()?;
        let people: Vec<_> = (0..PEOPLE)
            .map(|number| {
                json!({
                    "id": format!("e-{number}"),
                    "attributes": { "number": [{ "from": "2020-01-01", "value": 1 }] },
                })
                .to_string()
            })
            .collect();
        let client = &house.attacker;
        let path = client.path("employees/import");
        let sending =
            client.post_bytes(&path, "application/x-ndjson", people.join("\n").into_bytes());
        sending.await?.ok()?;
        Ok(Self)
    }

    async fn attack(&self, house: &House) -> anyhow::Result<()> {
        let client = &house.attacker;
        let asking = json!({
            "slot": SLOT, "candidate": { "ruleset": "test/bonus", "version": "1.0.2" },
            "population": { "all": true }, "dates": [DATE],
        });
        loop {
            // A refusal because one is running is what a defended server gives.
            let _answered = client.post(&client.path("impact-reports"), &asking).await;
            tokio::time::sleep(PAUSE).await;
        }
    }
}
