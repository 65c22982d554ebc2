//! Ten thousand keys, each sent by a client that hangs up at a random moment until it has heard the
//! answer: each must be done exactly once.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context, ensure};
use rand::Rng;
use serde_json::{Value, json};
use stele_end_to_end::Client;
use stele_end_to_end::load::Connection;
use tokio::task::JoinSet;

use super::House;
use crate::http::requests;
use crate::measurement::Measurement;

pub(super) const NAME: &str = "hung_up_keys";

const KEYS: usize = 10_000;
/// Employees whose results they are.
const EMPLOYEES: usize = 500;
/// Clients at once.
const CLIENTS: usize = 32;
/// The longest that a client listens before it hangs up; at last it waits as long as it takes.
const LONGEST: Duration = Duration::from_millis(20);
/// How often a client hangs up before it waits.
const HANG_UPS: u32 = 3;
/// How often an answer that says that the first one is still worked on is asked for again.
const PATIENCE: u32 = 500;
/// Between two of these.
const PAUSE: Duration = Duration::from_millis(20);

/// Sends them, and counts what was recorded.
pub(super) async fn measure() -> anyhow::Result<Vec<Measurement>> {
    let house = House::start().await?;
    let scopes = ["employees:write", "calculate", "results:read"];
    let operator = house.server().operator();
    let client = house.server().credential(&operator, "attacker", &scopes).await?;
    let employees: Vec<String> = (0..EMPLOYEES)
        .map(|number| {
            let known = json!([{ "from": "2025-01-01", "value": "2000" }]);
            let attributes = json!({ "additional_deductions": known });
            json!({ "id": employee(number), "attributes": attributes }).to_string()
        })
        .collect();
    let path = client.path("employees/import");
    let bytes = employees.join("\n").into_bytes();
    client.post_bytes(&path, "application/x-ndjson", bytes).await?.ok()?;

    let mut template = requests().into_iter().next().context("no request")?;
    template["record"] = Value::Bool(true);
    let sending = Arc::new(Sending {
        address: house.address(),
        client,
        template,
        next: AtomicU64::new(0),
        hung_up: AtomicU64::new(0),
    });
    let mut clients = JoinSet::new();
    for _ in 0..CLIENTS {
        let sending = sending.clone();
        clients.spawn(async move { sending.run().await });
    }
    while let Some(ended) = clients.join_next().await {
        ended??;
    }
    let (mut lost, mut twice) = (0, 0);
    for number in 0..EMPLOYEES {
        let path = sending.client.path(&format!("employees/{}/results", employee(number)));
        let page = sending.client.get(&path).await?.ok()?;
        let found = page["results"].as_array().context("no results")?.len();
        lost += (KEYS / EMPLOYEES).saturating_sub(found);
        twice += found.saturating_sub(KEYS / EMPLOYEES);
    }
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    Ok(vec![
        Measurement::new("hung_up_keys.keys", count(KEYS), "keys"),
        Measurement::new("hung_up_keys.hung_up", sending.hung_up.load(Ordering::Relaxed), "times"),
        Measurement::new("hung_up_keys.never_done", count(lost), "keys").never(),
        Measurement::new("hung_up_keys.done_twice", count(twice), "keys").never(),
    ])
}

fn employee(number: usize) -> String {
    format!("k-{number:04}")
}

struct Sending {
    address: String,
    client: Client,
    template: Value,
    next: AtomicU64,
    hung_up: AtomicU64,
}

impl Sending {
    async fn run(&self) -> anyhow::Result<()> {
        loop {
            let number = usize::try_from(self.next.fetch_add(1, Ordering::Relaxed))?;
            if number >= KEYS {
                return Ok(());
            }
            let request = self.request(number);
            for _ in 0..HANG_UPS {
                let moment = rand::rng().random_range(Duration::ZERO..LONGEST);
                let listening = async {
                    let mut connection = Connection::open(&self.address).await?;
                    connection.exchange(&request).await.map(drop)
                };
                // Dropping the future closes the connection.
                if tokio::time::timeout(moment, listening).await.is_err() {
                    self.hung_up.fetch_add(1, Ordering::Relaxed);
                }
            }
            self.insist(&request).await?;
        }
    }

    /// Until there is an answer that is final.
    async fn insist(&self, request: &[u8]) -> anyhow::Result<()> {
        let mut status = 0;
        for _ in 0..PATIENCE {
            let mut connection = Connection::open(&self.address).await?;
            status = connection.exchange(request).await?.status;
            if status == 200 {
                return Ok(());
            }
            // Still worked on, or no room now.
            ensure!([409, 429, 503].contains(&status), "a key is answered with {status}");
            tokio::time::sleep(PAUSE).await;
        }
        anyhow::bail!("a key is not answered but with {status}")
    }

    fn request(&self, number: usize) -> Vec<u8> {
        let mut body = self.template.clone();
        body["employee"] = Value::String(employee(number % EMPLOYEES));
        let body = body.to_string();
        format!(
            "POST {} HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {}\r\nidempotency-key: k{number}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            self.client.path("calculations"),
            self.address,
            self.client.token(),
            body.len()
        )
        .into_bytes()
    }
}
