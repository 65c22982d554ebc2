//! The promises of the command line, through the binary and without a server.

#![allow(clippy::unwrap_used, reason = "a test that can not go on has failed")]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn stele(arguments: &[&str]) -> Output {
    stele_where(&[], arguments)
}

/// The same with these variables in the environment, and no others of Stele's.
fn stele_where(environment: &[(&str, &str)], arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stele"));
    for variable in ["STELE_SERVER", "STELE_TOKEN", "STELE_DATA"] {
        command.env_remove(variable);
    }
    command.envs(environment.iter().copied()).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_token_is_made_before_the_first_start_and_only_its_secret_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let data = ["--data", path(folder.path())];
    let create = ["token", "create", "--tenant", "acme", "--create-tenant", "--name", "payroll"];
    let scopes = ["--scope", "calculate", "--scope", "employees:read"];
    let created = stele(&[&create[..], &scopes[..], &data[..]].concat());
    assert_eq!(created.status.code(), Some(0), "{}", text(&created.stderr));
    let secret = text(&created.stdout);
    assert!(secret.starts_with("stele_") && secret.trim().lines().count() == 1, "{secret}");

    let listed = stele(&[&["token", "list", "--json"][..], &data[..]].concat());
    assert_eq!(json(&listed)["tokens"][0]["tenant"], "acme");
    assert!(!text(&listed.stdout).contains(secret.trim()));
    let tenants = stele(&[&["tenant", "list", "--json"][..], &data[..]].concat());
    assert_eq!(json(&tenants)["tenants"][0]["id"], "acme");
}

#[test]
fn the_folder_that_is_named_goes_before_the_server_of_the_environment() {
    let folder = tempfile::tempdir().unwrap();
    let data = path(folder.path());
    // Nobody listens there.
    let elsewhere = [("STELE_SERVER", "http://127.0.0.1:9")];
    let create = ["tenant", "create", "acme"];
    let named = stele_where(&elsewhere, &[&create[..], &["--data", data]].concat());
    assert_eq!(named.status.code(), Some(0), "{}", text(&named.stderr));
    let listed = stele(&["tenant", "list", "--json", "--data", data]);
    assert_eq!(json(&listed)["tenants"][0]["id"], "acme");

    let list = ["tenant", "list"];
    let environment = [elsewhere[0], ("STELE_DATA", data)];
    assert_eq!(stele_where(&environment, &list).status.code(), Some(3), "the server goes first");
    let server = ["--server", "http://127.0.0.1:9"];
    let data_of_environment = [("STELE_DATA", data)];
    let said = stele_where(&data_of_environment, &[&list[..], &server[..]].concat());
    assert_eq!(said.status.code(), Some(3), "{}", text(&said.stderr));

    let both = stele(&[&list[..], &server[..], &["--data", data]].concat());
    assert_eq!(both.status.code(), Some(2));
    assert!(text(&both.stderr).contains("--server and --data"), "{}", text(&both.stderr));
}

#[test]
fn whoever_restores_learns_with_which_key_checkpoints_are_signed_from_then_on() {
    let folder = tempfile::tempdir().unwrap();
    let (data, file) = (folder.path().join("data"), folder.path().join("backup"));
    assert_eq!(stele(&["tenant", "create", "acme", "--data", path(&data)]).status.code(), Some(0));
    assert_eq!(stele(&["backup", path(&file), "--data", path(&data)]).status.code(), Some(0));
    let restore = |to: &Path, more: &[&str]| {
        stele(&[&["restore", path(&file), "--data", path(to)], more].concat())
    };
    let (anew, as_before) = (folder.path().join("anew"), folder.path().join("as-before"));

    let said = text(&restore(&anew, &[]).stdout);
    assert!(said.contains("new key") && said.contains("--audit-key"), "{said}");
    let key = data.join("audit-key.pem");
    let kept = restore(&as_before, &["--audit-key", path(&key), "--json"]);
    assert_eq!(json(&kept)["audit_key"]["new"], false, "{}", text(&kept.stderr));
    let pem = |folder: &Path| std::fs::read_to_string(folder.join("audit-key.pem")).unwrap();
    assert_eq!(pem(&as_before), pem(&data));
    assert_ne!(pem(&anew), pem(&data));

    let nothing = folder.path().join("nothing");
    let other = folder.path().join("other.pem");
    std::fs::write(&other, "no key").unwrap();
    let no_key = restore(&nothing, &["--audit-key", path(&other)]);
    assert_eq!(no_key.status.code(), Some(2), "{}", text(&no_key.stderr));
    assert!(!nothing.exists(), "nothing is made with a key that is none");
}

#[test]
fn what_is_restored_is_what_was_backed_up() {
    let folder = tempfile::tempdir().unwrap();
    let (data, file) = (folder.path().join("data"), folder.path().join("backup"));
    let restored = folder.path().join("restored");
    let create = ["tenant", "create", "acme", "--data", path(&data)];
    assert_eq!(stele(&create).status.code(), Some(0));
    let backup = stele(&["backup", path(&file), "--data", path(&data)]);
    assert_eq!(backup.status.code(), Some(0), "{}", text(&backup.stderr));
    let restore = stele(&["restore", path(&file), "--data", path(&restored), "--json"]);
    assert_eq!(restore.status.code(), Some(0), "{}", text(&restore.stderr));
    let tenants = stele(&["tenant", "list", "--json", "--data", path(&restored)]);
    assert_eq!(json(&tenants)["tenants"][0]["id"], "acme");

    let again = stele(&["restore", path(&file), "--data", path(&restored)]);
    assert_eq!(again.status.code(), Some(4));
    assert!(text(&again.stderr).contains("not empty"), "{}", text(&again.stderr));
    let over = stele(&["backup", path(&file), "--data", path(&data)]);
    assert_eq!(over.status.code(), Some(2), "an existing file is not overwritten");
}

#[test]
fn the_exit_code_says_what_went_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let data = path(folder.path());
    let calculate = ["calculate", "--slot", "payroll", "--date", "2026-01-31"];
    let nothing = folder.path().join("nothing");
    let cases: [(&[&str], i32); 6] = [
        (&["--help"], 0),
        (&["activate"], 2),
        (&["token", "create", "--data", data, "--name", "x", "--scope", "nonsense"], 2),
        (
            &[
                "token",
                "create",
                "--data",
                data,
                "--name",
                "x",
                "--scope",
                "calculate",
                "--tenant",
                "nobody",
            ],
            1,
        ),
        (&["ruleset", "test", path(&nothing)], 1),
        (&["restore", path(&nothing)], 4),
    ];
    for (arguments, code) in cases {
        let output = stele(arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", text(&output.stderr));
    }
    let unreachable =
        ["--server", "http://127.0.0.1:9", "--token", "t", "--tenant", "acme", "--json"];
    let output = stele(&[&calculate[..], &unreachable[..]].concat());
    assert_eq!(
        (output.status.code(), json(&output)["exit_code"].clone()),
        (Some(3), Value::from(3))
    );
}
