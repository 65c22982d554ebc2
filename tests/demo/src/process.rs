//! The demo's server: a `stele` process on a fixed address, with its data in `./data`.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use stele_end_to_end::Client;

/// Where the demo serves.
pub(crate) const ADDRESS: &str = "127.0.0.1:8080";

/// Content type of a package.
pub(crate) const PACKAGE: &str = "application/vnd.stele.package";

/// Marks a data folder as the demo's own, so that it may be made anew.
const MARK: &str = "made-by-the-demo";

const READY_WITHIN: Duration = Duration::from_secs(30);

/// How long the server may take to stop in order, until it is ended at once.
const STOPPED_WITHIN: Duration = Duration::from_secs(10);

/// What the demo knows of its server.
pub(crate) struct Process {
    stele: PathBuf,
    data: PathBuf,
    operator_token: String,
}

/// The running server; dropping it ends it at once.
pub(crate) struct Running(tokio::process::Child);

impl Process {
    /// Starts on an empty `./data`. A folder that the demo did not make is left alone.
    pub(crate) async fn start(root: &Path, stele: &Path) -> anyhow::Result<(Self, Running)> {
        let data = root.join("data");
        if data.exists() {
            ensure!(
                data.join(MARK).exists(),
                "{} was not made by the demo and is left alone: move it away first",
                data.display()
            );
            std::fs::remove_dir_all(&data)?;
        }
        if std::net::TcpStream::connect(ADDRESS).is_ok() {
            bail!("something else listens on {ADDRESS}: stop it first");
        }
        std::fs::create_dir(&data)?;
        std::fs::write(data.join(MARK), "The demo makes this folder anew at every start.\n")?;
        let stele = stele.canonicalize().with_context(|| stele.display().to_string())?;
        let created = Command::new(&stele)
            .args(["token", "create", "--name", "operator", "--scope", "operator", "--json"])
            .arg("--data")
            .arg(data.join("stele"))
            .output()
            .with_context(|| stele.display().to_string())?;
        ensure!(created.status.success(), "{}", String::from_utf8_lossy(&created.stderr));
        let created: Value = serde_json::from_slice(&created.stdout)?;
        let operator_token = created["secret"].as_str().context("no token")?.to_owned();
        let log = File::create(data.join("log.txt"))?;
        let child = tokio::process::Command::new(&stele)
            .args(["serve", "--listen", ADDRESS, "--data"])
            .arg(data.join("stele"))
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .kill_on_drop(true)
            .spawn()?;
        let process = Self { stele, data, operator_token };
        let mut running = Running(child);
        process.ready(&mut running).await?;
        Ok((process, running))
    }

    async fn ready(&self, running: &mut Running) -> anyhow::Result<()> {
        let start = Instant::now();
        let client = self.operator();
        loop {
            if let Ok(answer) = client.get("/readyz").await
                && answer.status == 200
            {
                return Ok(());
            }
            let ended = running.0.try_wait()?;
            if ended.is_some() || start.elapsed() > READY_WITHIN {
                let log = std::fs::read_to_string(self.data.join("log.txt"))?;
                bail!("the server did not start: {log}");
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// The folder with everything that the demo keeps.
    pub(crate) fn data(&self) -> &Path {
        &self.data
    }

    /// A client with the operator's token.
    pub(crate) fn operator(&self) -> Client {
        Client::new(&format!("http://{ADDRESS}"), &self.operator_token, "")
    }

    /// A client that may do everything in the tenant but approve, which a second person does.
    pub(crate) async fn tenant_client(
        &self,
        operator: &Client,
        tenant: &str,
    ) -> anyhow::Result<Client> {
        let scopes = [
            "rulesets:read",
            "rulesets:publish",
            "activations:read",
            "activations:write",
            "employees:read",
            "employees:write",
            "calculate",
            "audit:read",
        ];
        let token = token(operator, tenant, "demo", &scopes).await?;
        let approver = token_of_compliance(operator, tenant).await?;
        Ok(Client::new(operator.base(), &token, tenant).approved_by(&approver))
    }

    /// The package of one of the repository's rulesets.
    pub(crate) fn package(&self, root: &Path, name: &str) -> anyhow::Result<Vec<u8>> {
        let file = self.data.join("package.stele");
        let output = Command::new(&self.stele)
            .args(["ruleset", "package"])
            .arg(root.join("rulesets").join(name))
            .arg("--rules")
            .arg(root.join("target/rules"))
            .arg("-o")
            .arg(&file)
            .output()?;
        ensure!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        let package = std::fs::read(&file)?;
        std::fs::remove_file(&file)?;
        Ok(package)
    }

    /// Writes a request where the printed commands find it; returns the path from the root.
    pub(crate) fn example(&self, root: &Path, request: &Value) -> anyhow::Result<String> {
        let path = self.data.join("calculation.json");
        std::fs::write(&path, format!("{request:#}\n"))?;
        Ok(path.strip_prefix(root).unwrap_or(&path).display().to_string())
    }
}

impl Running {
    /// Returns only if the server ends by itself, which it should not.
    pub(crate) async fn ended(&mut self) -> anyhow::Error {
        match self.0.wait().await {
            Ok(status) => anyhow::anyhow!("the server ended: {status}"),
            Err(error) => error.into(),
        }
    }

    /// Lets the server finish what it does, and waits for it.
    pub(crate) async fn stop(mut self) -> anyhow::Result<()> {
        if let Some(process) = self.0.id().and_then(|id| Pid::from_raw(id.cast_signed())) {
            kill_process(process, Signal::TERM)?;
            if tokio::time::timeout(STOPPED_WITHIN, self.0.wait()).await.is_err() {
                self.0.kill().await?;
            }
        }
        Ok(())
    }
}

/// The second person, without whom no version is put in force.
async fn token_of_compliance(operator: &Client, tenant: &str) -> anyhow::Result<String> {
    token(operator, tenant, "compliance", &["activations:read", "activations:approve"]).await
}

async fn token(
    operator: &Client,
    tenant: &str,
    name: &str,
    scopes: &[&str],
) -> anyhow::Result<String> {
    let body = json!({"name": name, "scopes": scopes});
    let created = operator.post(&format!("/v1/tenants/{tenant}/tokens"), &body).await?.ok()?;
    Ok(created["secret"].as_str().context("no token")?.to_owned())
}
