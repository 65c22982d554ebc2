//! The attacked server: two tenants with the same payroll in force, the attacker and a bystander.

use anyhow::Context;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use serde_json::{Value, json};
use stele_end_to_end::load::{get, post};
use stele_end_to_end::{Client, Server, repository};

use crate::http::requests;

/// Files that this process and, by inheritance, the server may have open: the attacks hold
/// thousands of connections.
const OPEN_FILES: u64 = 16_384;

/// Lines of a bystander's batch: one small department.
const BATCH: usize = 10;

/// A server with two tenants.
pub(crate) struct House {
    server: Server,
    /// Whose token the attacker holds.
    pub(crate) attacker: Client,
    bystander: Client,
}

impl House {
    /// Starts it with `cn/payroll` in force for both.
    pub(crate) async fn start() -> anyhow::Result<Self> {
        let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
        let wanted = maximum.unwrap_or(OPEN_FILES).min(OPEN_FILES).max(current.unwrap_or_default());
        setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), maximum })?;
        let server = Server::start().await?;
        let operator = server.operator();
        let attacker = server.tenant(&operator, "attacker").await?;
        let bystander = server.tenant(&operator, "bystander").await?;
        let folder = repository().join("rulesets/cn/payroll");
        let published =
            server.publish_and_activate(&operator, &attacker, &folder, "cn/payroll").await?;
        let proposal = json!({
            "slot": "cn/payroll", "ruleset": published["name"], "version": published["version"],
            "valid_from": "2019-01-01",
        });
        bystander.put_in_force(&proposal).await?;
        Ok(Self { server, attacker, bystander })
    }

    /// `host:port`.
    pub(crate) fn address(&self) -> String {
        self.server.address()
    }

    /// The server's process.
    pub(crate) fn process(&self) -> anyhow::Result<u32> {
        self.server.process_id().context("the server was never started")
    }

    /// Whether the server's process is alive.
    pub(crate) fn lives(&mut self) -> anyhow::Result<bool> {
        self.server.is_running()
    }

    /// A prepared request to `/healthz`.
    pub(crate) fn asking_for_health(&self) -> Vec<u8> {
        get(&self.address(), "/healthz")
    }

    /// A prepared calculation of the bystander.
    pub(crate) fn asking_to_calculate(&self) -> anyhow::Result<Vec<u8>> {
        let body = requests().into_iter().next().context("no request")?.to_string();
        let path = self.bystander.path("calculations");
        Ok(post(&self.address(), &path, self.bystander.token(), &body))
    }

    /// A prepared batch of the bystander, whose connection ends with its answer.
    pub(crate) fn asking_for_a_batch(&self) -> anyhow::Result<Vec<u8>> {
        let lines: Vec<String> =
            requests().into_iter().take(BATCH).map(|request| request.to_string()).collect();
        anyhow::ensure!(!lines.is_empty(), "no request");
        let (client, address, body) = (&self.bystander, self.address(), lines.join("\n"));
        Ok(format!(
            "POST {} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {}\r\n\
             content-type: application/x-ndjson\r\nconnection: close\r\n\
             content-length: {}\r\n\r\n{body}",
            client.path("calculations/batch"),
            client.token(),
            body.len(),
        )
        .into_bytes())
    }

    /// Publishes a package for the attacker alone and puts it in force in a slot. An answer that
    /// refuses the package is returned as none.
    pub(crate) async fn put_in_force(
        &self,
        slot: &str,
        package: Vec<u8>,
    ) -> anyhow::Result<Option<Value>> {
        let published = self.publish(package).await?;
        if published.status != 201 {
            eprintln!(
                "attacks: the package is refused with {}: {}",
                published.status, published.body
            );
            return Ok(None);
        }
        let version = published.body;
        let proposal = json!({
            "slot": slot, "ruleset": version["name"], "version": version["version"],
            "valid_from": "2020-01-01",
        });
        self.attacker.put_in_force(&proposal).await?;
        Ok(Some(version))
    }

    /// Publishes a package for the attacker alone.
    pub(crate) async fn publish(
        &self,
        package: Vec<u8>,
    ) -> anyhow::Result<stele_end_to_end::Answer> {
        let path = self.attacker.path("rulesets");
        self.attacker.post_bytes(&path, "application/vnd.stele.package", package).await
    }

    /// The server, for an attack that asks for more than this.
    pub(crate) fn server(&self) -> &Server {
        &self.server
    }
}
