//! `stele audit verify`, through the binary and with nothing but files.

#![allow(clippy::unwrap_used, reason = "a test that can not go on has failed")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use futures::TryStreamExt as _;
use serde_json::Value;
use stele_runtime::{Actor, Runtime, Settings, TenantId};
use tempfile::TempDir;

/// The files that an auditor has.
struct Files {
    folder: TempDir,
}

impl Files {
    /// A server's key, a checkpoint of the third entry, one of all five, and the export.
    async fn make() -> Files {
        let files = Files { folder: tempfile::tempdir().unwrap() };
        let data = files.path("data");
        let runtime = Runtime::open(&data, Settings::default()).await.unwrap();
        let actor = Actor::console();
        let tenant = |name: &str| TenantId::new(name).unwrap();
        for name in ["acme", "beta", "gamma"] {
            runtime.create_tenant(&actor, tenant(name), name).await.unwrap();
        }
        let write = |name: &str, text: &str| std::fs::write(files.path(name), text).unwrap();
        write("key.pem", &runtime.audit_verifier().to_pem().unwrap());
        write("older", &runtime.audit_checkpoint(None, None).await.unwrap().note);
        runtime.create_tenant(&actor, tenant("delta"), "delta").await.unwrap();
        let export = runtime.begin_audit_export(&actor, None).await.unwrap();
        let lines: Vec<Vec<u8>> = runtime.clone().audit_export(export).try_collect().await.unwrap();
        std::fs::write(files.path("log.ndjson"), lines.concat()).unwrap();
        let newest = runtime.audit_checkpoint(None, None).await.unwrap();
        write("newest", &serde_json::to_string_pretty(&newest).unwrap());
        drop(runtime);
        // Nothing of the server is needed any more.
        std::fs::remove_dir_all(data).unwrap();
        files
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn verify(&self, export: &Path, more: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_stele"));
        command.args(["audit", "verify"]).arg(export).arg("--key").arg(self.path("key.pem"));
        command.arg("--checkpoint").arg(self.path("newest")).args(more);
        command.output().unwrap()
    }

    /// The refusal of a tampered export.
    fn refused(&self, export: &str) -> Value {
        let path = self.path("tampered.ndjson");
        std::fs::write(&path, export).unwrap();
        let output = self.verify(&path, &["--json"]);
        let shown: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(1), "{shown}");
        assert_eq!(shown["verified"], false);
        for member in ["detail", "expected", "found", "tampering"] {
            assert!(!shown[member].as_str().unwrap().is_empty(), "{shown}");
        }
        shown
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test]
async fn an_export_is_verified_against_two_checkpoints() {
    let files = Files::make().await;
    let export = files.path("log.ndjson");
    let older = files.path("older");
    let output = files.verify(&export, &["--older", older.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    assert!(said.contains("the first 5 entries of operator"), "{said}");
    assert!(said.contains("the 3 of the older checkpoint"), "{said}");
    let output = files.verify(&export, &["--json"]);
    let shown: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((shown["verified"].clone(), shown["covered"].clone()), (true.into(), 5.into()));
}

#[tokio::test]
async fn each_tampering_is_named_with_its_entry() {
    let files = Files::make().await;
    let whole = std::fs::read_to_string(files.path("log.ndjson")).unwrap();
    let lines: Vec<&str> = whole.lines().collect();
    let joined = |lines: &[&str]| lines.iter().flat_map(|line| [line, "\n"]).collect::<String>();

    let changed = files.refused(&whole.replacen("beta", "betA", 1));
    assert_eq!(
        (changed["tampering"].as_str(), changed["entry"].as_u64()),
        (Some("changed"), Some(1))
    );
    let last = files.refused(&whole.replace("audit.exported", "audit.exporteD"));
    assert_eq!((last["tampering"].as_str(), last["last"].as_u64()), (Some("changed"), Some(4)));
    let mut removed = lines.clone();
    removed.remove(3);
    let removed = files.refused(&joined(&removed));
    assert_eq!(
        (removed["tampering"].as_str(), removed["entry"].as_u64()),
        (Some("removed"), Some(2))
    );
    let mut moved = lines.clone();
    moved.swap(2, 4);
    let moved = files.refused(&joined(&moved));
    assert_eq!(
        (moved["tampering"].as_str(), moved["entry"].as_u64()),
        (Some("reordered"), Some(1))
    );
    let cut = files.refused(&joined(&lines[..5]));
    assert_eq!((cut["tampering"].as_str(), cut["entry"].as_u64()), (Some("truncated"), Some(4)));
    let header = files.refused(&joined(&lines[1..]));
    assert_eq!(header["tampering"], "header");
}

#[tokio::test]
async fn a_checkpoint_or_key_that_is_not_the_servers_is_refused() {
    let files = Files::make().await;
    let export = files.path("log.ndjson");
    let newest = std::fs::read_to_string(files.path("newest")).unwrap();
    std::fs::write(files.path("newest"), newest.replace("\"size\": 5", "\"size\": 4")).unwrap();
    let output = files.verify(&export, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("is not believed"), "{}", text(&output.stdout));
    std::fs::write(files.path("newest"), &newest).unwrap();

    let strangers = Files::make().await;
    std::fs::copy(strangers.path("key.pem"), files.path("key.pem")).unwrap();
    let output = files.verify(&export, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("not signed with the key"), "{}", text(&output.stdout));
    std::fs::write(files.path("key.pem"), "no key").unwrap();
    let output = files.verify(&export, &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("BEGIN PUBLIC KEY"), "{}", text(&output.stderr));
    std::fs::remove_file(files.path("key.pem")).unwrap();
    assert_eq!(files.verify(&export, &[]).status.code(), Some(4));
}
