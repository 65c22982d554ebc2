//! A `stele` server in a process of its own, on a data folder of its own.

use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::Client;

/// How long a server may take to answer `/readyz`.
const READY_WITHIN: Duration = Duration::from_secs(30);

/// A running server. Dropping it kills the process and removes its data.
pub struct Server {
    process: Option<Child>,
    folder: TempDir,
    port: u16,
    operator_token: String,
    extra: Vec<String>,
}

/// The repository's root.
pub fn repository() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// The folder with the built rules.
pub fn rules() -> PathBuf {
    repository().join("target/rules")
}

/// The binary under test: `STELE_BINARY`, or the one beside the running test.
pub fn binary() -> anyhow::Result<PathBuf> {
    if let Some(path) = std::env::var_os("STELE_BINARY") {
        return Ok(PathBuf::from(path));
    }
    let test = std::env::current_exe()?;
    let found = test.ancestors().map(|folder| folder.join("stele")).find(|path| path.is_file());
    found.context("no stele binary: run `cargo build -p stele-server`, or `cargo xtask test`")
}

impl Server {
    /// Starts on a new folder.
    pub async fn start() -> anyhow::Result<Self> {
        Self::start_with(&[]).await
    }

    /// Starts on a new folder with more arguments for `stele serve`.
    pub async fn start_with(extra: &[&str]) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let data = folder.path().join("data");
        let created = Command::new(binary()?)
            .args(["token", "create", "--name", "operator", "--scope", "operator", "--json"])
            .arg("--data")
            .arg(&data)
            .output()?;
        if !created.status.success() {
            bail!("token create: {}", String::from_utf8_lossy(&created.stderr));
        }
        let answer: Value = serde_json::from_slice(&created.stdout)?;
        let operator_token = answer["secret"].as_str().context("no token")?.to_owned();
        let extra = extra.iter().map(|argument| (*argument).to_owned()).collect();
        let mut server = Self { process: None, folder, port: 0, operator_token, extra };
        server.restart().await?;
        Ok(server)
    }

    /// Starts again on the same folder, after [`Server::kill`].
    pub async fn restart(&mut self) -> anyhow::Result<()> {
        self.kill()?;
        self.port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let log = File::options().create(true).append(true).open(self.log())?;
        let process = Command::new(binary()?)
            .args(["serve", "--listen", &format!("127.0.0.1:{}", self.port)])
            .arg("--data")
            .arg(self.data())
            .args(&self.extra)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()?;
        self.process = Some(process);
        let start = Instant::now();
        let client = self.operator();
        loop {
            if let Ok(answer) = client.get("/readyz").await
                && answer.status == 200
            {
                return Ok(());
            }
            if let Some(process) = &mut self.process
                && let Some(status) = process.try_wait()?
            {
                bail!("the server ended ({status}): {}", std::fs::read_to_string(self.log())?);
            }
            if start.elapsed() > READY_WITHIN {
                bail!("not ready in time: {}", std::fs::read_to_string(self.log())?);
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Ends the process at once, as `kill -9` does.
    pub fn kill(&mut self) -> anyhow::Result<()> {
        if let Some(mut process) = self.process.take() {
            process.kill()?;
            process.wait()?;
        }
        Ok(())
    }

    /// Whether the process is alive.
    pub fn is_running(&mut self) -> anyhow::Result<bool> {
        match &mut self.process {
            None => Ok(false),
            Some(process) => Ok(process.try_wait()?.is_none()),
        }
    }

    /// The process id of the running server.
    pub fn process_id(&self) -> Option<u32> {
        self.process.as_ref().map(Child::id)
    }

    /// The data folder.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// What the server wrote to its standard output and error.
    pub fn log(&self) -> PathBuf {
        self.folder.path().join("log.txt")
    }

    /// `host:port`.
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// A client with the operator's token.
    pub fn operator(&self) -> Client {
        Client::new(&format!("http://{}", self.address()), &self.operator_token, "")
    }

    /// Runs the command line against this server, as the holder of the client's token, and returns
    /// what it printed with `--json`.
    pub fn command(&self, client: &Client, arguments: &[&str]) -> anyhow::Result<Value> {
        let shown = self.shown(client, &[arguments, &["--json"]].concat())?;
        serde_json::from_str(&shown).context("the output is not JSON")
    }

    /// Runs the command line against this server, as the holder of the client's token, and returns
    /// what it showed.
    pub fn shown(&self, client: &Client, arguments: &[&str]) -> anyhow::Result<String> {
        let output = Command::new(binary()?)
            .args(arguments)
            .env("STELE_SERVER", client.base())
            .env("STELE_TOKEN", client.token())
            .output()?;
        if !output.status.success() {
            let error = String::from_utf8_lossy(&output.stderr).into_owned();
            bail!(
                "stele {}: {error} {}",
                arguments.join(" "),
                String::from_utf8_lossy(&output.stdout)
            );
        }
        String::from_utf8(output.stdout).context("the output is not UTF-8")
    }

    /// Creates a tenant and returns a client that may do everything in it but approve, which a
    /// second person does.
    pub async fn tenant(&self, operator: &Client, id: &str) -> anyhow::Result<Client> {
        operator.post("/v1/tenants", &json!({"id": id, "name": id})).await?.ok()?;
        let approver = self.credential(operator, id, &["activations:approve"]).await?;
        let client = self
            .credential(
                operator,
                id,
                &[
                    "rulesets:read",
                    "rulesets:publish",
                    "activations:read",
                    "activations:write",
                    "employees:read",
                    "employees:write",
                    "calculate",
                    "impact:read",
                    "impact:write",
                    "audit:read",
                ],
            )
            .await?;
        Ok(client.approved_by(approver.token()))
    }

    /// A client with a new token of the tenant.
    pub async fn credential(
        &self,
        operator: &Client,
        tenant: &str,
        scopes: &[&str],
    ) -> anyhow::Result<Client> {
        let answer = operator
            .post(
                &format!("/v1/tenants/{tenant}/tokens"),
                &json!({"name": "payroll service", "scopes": scopes}),
            )
            .await?
            .ok()?;
        let token = answer["secret"].as_str().context("no token")?;
        Ok(Client::new(operator.base(), token, tenant))
    }

    /// The package of a ruleset folder, as `stele ruleset package` writes it.
    pub fn package(&self, folder: &Path) -> anyhow::Result<Vec<u8>> {
        let file = self.folder.path().join("package.stele");
        let output = Command::new(binary()?)
            .args(["ruleset", "package"])
            .arg(folder)
            .arg("--rules")
            .arg(rules())
            .arg("-o")
            .arg(&file)
            .output()?;
        if !output.status.success() {
            bail!("ruleset package: {}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(std::fs::read(file)?)
    }

    /// Publishes a ruleset folder for everyone and activates it for the tenant, in the slot of its
    /// name, from the first day of its horizon. Returns the publication's answer.
    pub async fn publish_and_activate(
        &self,
        operator: &Client,
        client: &Client,
        folder: &Path,
        slot: &str,
    ) -> anyhow::Result<Value> {
        let published = operator
            .post_bytes("/v1/rulesets", "application/vnd.stele.package", self.package(folder)?)
            .await?
            .ok()?;
        let (name, version) = (&published["name"], &published["version"]);
        let path = format!(
            "rulesets/{}/versions/{}",
            name.as_str().context("no name")?,
            version.as_str().context("no version")?
        );
        let view = client.get(&client.path(&path)).await?.ok()?;
        let from = &view["manifest"]["validity"]["from"];
        let proposal =
            json!({"slot": slot, "ruleset": name, "version": version, "valid_from": from});
        client.put_in_force(&proposal).await?;
        Ok(published)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The process is of no use to anyone any more; that it is already gone is no error.
        let _ = self.kill();
    }
}
