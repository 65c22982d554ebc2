//! A workplace in which the rules of the repository are found, and commands in it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A command that works in this folder, with the repository's rules.
pub(crate) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stele"));
    for variable in ["STELE_SERVER", "STELE_TOKEN", "STELE_DATA"] {
        command.env_remove(variable);
    }
    command.current_dir(folder).args(arguments);
    command
}

pub(crate) fn stele(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).stdin(Stdio::null()).output().unwrap()
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// What a command says that does its work.
pub(crate) fn said(folder: &Path, arguments: &[&str]) -> String {
    let output = stele(folder, arguments);
    let (out, error) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{arguments:?}: {error}{out}");
    out
}

/// What a command says that refuses, with this exit code.
pub(crate) fn refused(folder: &Path, arguments: &[&str], code: i32) -> String {
    let output = stele(folder, arguments);
    let said = text(&output.stderr) + &text(&output.stdout);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
    said
}

pub(crate) fn json(folder: &Path, arguments: &[&str]) -> Value {
    serde_json::from_str(&said(folder, &[arguments, &["--json"]].concat())).unwrap()
}

/// A folder in which `target/rules` is found.
pub(crate) fn workplace() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let rules = repository().join("target/rules").canonicalize().unwrap();
    std::fs::create_dir(folder.path().join("target")).unwrap();
    std::os::unix::fs::symlink(rules, folder.path().join("target/rules")).unwrap();
    folder
}

pub(crate) const NEW: [&str; 10] = [
    "ruleset",
    "new",
    "acme/points",
    "--data-only",
    "--component",
    "points",
    "--from",
    "2026-01-01",
    "--dir",
    "points",
];

/// A workplace with the ruleset `acme/points` in the folder `points`.
pub(crate) fn with_points() -> TempDir {
    let place = workplace();
    said(place.path(), &NEW);
    place
}

pub(crate) fn change(file: &Path, from: &str, to: &str) {
    let before = std::fs::read_to_string(file).unwrap();
    assert!(before.contains(from), "{}: {before}", file.display());
    std::fs::write(file, before.replace(from, to)).unwrap();
}
