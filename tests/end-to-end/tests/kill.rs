//! The server is killed in the middle of writes: what it had acknowledged is there afterwards, and
//! it starts again.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use stele_end_to_end::{Answer, Client, Server, repository};

const RULESET: &str = "acme/points";

fn kills() -> u64 {
    std::env::var("STELE_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(100)
}

/// What the server has acknowledged.
#[derive(Debug, Clone)]
enum Acknowledged {
    /// An employee with a salary.
    Employee { id: String, salary: String },
    /// A recorded result with the digest of its outcome.
    Result { id: String, outcome: Value },
    /// A proposal that somebody else must still approve.
    Proposal { id: String },
    /// A proposal that the second person has approved, and so the version in force in a slot.
    Approval { id: String, slot: String },
}

/// What the writers write, each again and again.
#[derive(Debug, Clone, Copy)]
enum Writing {
    Employees,
    Results,
    Activations,
}

const WRITERS: [Writing; 5] = [
    Writing::Employees,
    Writing::Employees,
    Writing::Employees,
    Writing::Results,
    Writing::Activations,
];

/// The people of the tenant, who have to be found again after each restart.
#[derive(Clone)]
struct People {
    proposer: Client,
    approver: Client,
    /// The version that they put in force.
    version: String,
}

impl People {
    /// The same people at the server as it is reached now.
    fn at(&self, server: &Server) -> Self {
        let again = |client: &Client| Client::new(server.operator().base(), client.token(), "acme");
        let (proposer, approver) = (again(&self.proposer), again(&self.approver));
        Self { proposer, approver, version: self.version.clone() }
    }

    /// Writes once. None: the server is gone.
    async fn write(&self, what: Writing, name: &str, round: u64) -> Option<Vec<Acknowledged>> {
        let client = &self.proposer;
        match what {
            Writing::Employees => {
                let salary = format!("{}.25", 1000 + round);
                let body =
                    json!({"attributes": {"gross": [{"from": "2026-01-01", "value": salary}]}});
                let path = client.path(&format!("employees/{name}"));
                acknowledged(client.put(&path, &body).await)?;
                Some(vec![Acknowledged::Employee { id: name.to_owned(), salary }])
            }
            Writing::Results => {
                let body = json!({
                    "slot": RULESET, "date": "2026-03-31", "record": true,
                    "facts": { "period_start": "2026-03-01", "period_end": "2026-03-31",
                        "full_attendance_months": 1, "courses_completed": round % 5 },
                });
                let made = acknowledged(client.post(&client.path("calculations"), &body).await)?;
                let id = made["receipt"]["result"].as_str().unwrap().to_owned();
                let outcome = made["receipt"]["outcome_digest"].clone();
                Some(vec![Acknowledged::Result { id, outcome }])
            }
            Writing::Activations => {
                let slot = format!("points-{name}");
                let body = json!({"slot": slot, "ruleset": RULESET, "version": self.version,
                    "valid_from": "2026-01-01"});
                let made = acknowledged(client.post(&client.path("proposals"), &body).await)?;
                let id = made["id"].as_str().unwrap().to_owned();
                let proposal = Acknowledged::Proposal { id: id.clone() };
                let path = client.path(&format!("proposals/{id}/approval"));
                let binding = json!({ "binding": made["binding"] });
                match acknowledged(self.approver.post(&path, &binding).await) {
                    Some(_) => Some(vec![Acknowledged::Approval { id, slot }]),
                    None => Some(vec![proposal]),
                }
            }
        }
    }

    /// Writes until the server is gone; returns what was acknowledged.
    async fn write_on(
        self,
        what: Writing,
        writer: usize,
        round: u64,
        stop: Arc<AtomicBool>,
    ) -> Vec<Acknowledged> {
        let mut all = Vec::new();
        for number in 0.. {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            match self.write(what, &format!("{round}-{writer}-{number}"), round).await {
                Some(written) => all.extend(written),
                None => break,
            }
        }
        all
    }

    async fn assert_there(&self, written: &[Acknowledged]) {
        let client = &self.proposer;
        for one in written {
            let path = match one {
                Acknowledged::Employee { id, .. } => format!("employees/{id}"),
                Acknowledged::Result { id, .. } => format!("results/{id}"),
                Acknowledged::Proposal { id } | Acknowledged::Approval { id, .. } => {
                    format!("proposals/{id}")
                }
            };
            let answer = client.get(&client.path(&path)).await.unwrap();
            let found = &answer.body;
            assert_eq!(answer.status, 200, "{one:?} was acknowledged and is lost: {found}");
            match one {
                Acknowledged::Employee { salary, .. } => {
                    assert_eq!(found["attributes"]["gross"][0]["value"], json!(salary), "{one:?}");
                }
                Acknowledged::Result { outcome, .. } => {
                    assert_eq!(&found["receipt"]["outcome_digest"], outcome, "{one:?}");
                }
                // The approval may have been carried out and its answer lost.
                Acknowledged::Proposal { .. } => {
                    assert!(
                        found["state"] == "proposed" || found["state"] == "in_force",
                        "{found}"
                    );
                }
                Acknowledged::Approval { slot, .. } => {
                    assert_eq!(found["state"], "in_force", "{one:?}");
                    let path = format!("in-force?slot={slot}&date=2026-11-30");
                    let active = client.get(&client.path(&path)).await.unwrap().ok().unwrap();
                    assert_eq!(active["activation"]["id"], found["activation"], "{one:?}");
                }
            }
        }
    }
}

/// What was answered; none: the server is gone.
fn acknowledged(answer: anyhow::Result<Answer>) -> Option<Value> {
    let answer = answer.ok()?;
    assert!((200..300).contains(&answer.status), "{}: {}", answer.status, answer.body);
    Some(answer.body)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kill_in_the_middle_of_writes_loses_nothing_acknowledged() {
    let mut server = Server::start().await.unwrap();
    let operator = server.operator();
    let client = server.tenant(&operator, "acme").await.unwrap();
    let folder = repository().join("rulesets").join(RULESET);
    let published =
        server.publish_and_activate(&operator, &client, &folder, RULESET).await.unwrap();
    let version = published["version"].as_str().unwrap().to_owned();
    let scopes = [
        "activations:read",
        "activations:write",
        "employees:read",
        "employees:write",
        "calculate",
        "results:read",
    ];
    let mut people = People {
        proposer: server.credential(&operator, "acme", &scopes).await.unwrap(),
        approver: server.credential(&operator, "acme", &["activations:approve"]).await.unwrap(),
        version,
    };
    let mut all = Vec::new();
    for round in 0..kills() {
        let stop = Arc::new(AtomicBool::new(false));
        let writers: Vec<_> = WRITERS
            .into_iter()
            .enumerate()
            .map(|(writer, what)| {
                tokio::spawn(people.clone().write_on(what, writer, round, stop.clone()))
            })
            .collect();
        tokio::time::sleep(Duration::from_millis(20 + round * 7 % 61)).await;
        server.kill().unwrap();
        stop.store(true, Ordering::Relaxed);
        let mut written = Vec::new();
        for writer in writers {
            written.extend(writer.await.unwrap());
        }
        server.restart().await.unwrap();
        people = people.at(&server);
        people.assert_there(&written).await;
        all.extend(written);
    }
    assert!(all.len() as u64 > kills(), "hardly anything was written: {}", all.len());
    people.assert_there(&all).await;
    let kinds = |is: fn(&Acknowledged) -> bool| all.iter().filter(|one| is(one)).count();
    let approvals = kinds(|one| matches!(one, Acknowledged::Approval { .. }));
    let results = kinds(|one| matches!(one, Acknowledged::Result { .. }));
    assert!(approvals > 0 && results > 0, "{approvals} approvals, {results} results");
    println!(
        "{} kills, {} acknowledged writes, among them {results} results and {approvals} \
         approvals, all there",
        kills(),
        all.len()
    );
}
