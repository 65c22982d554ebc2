//! `cargo xtask fuzz`: the targets of `fuzz/`, all at once, each from its corpus.
//!
//! Only our own crates are instrumented ([`instrument`]): wasmtime, sled and the rest are those that
//! the tests were built with, so that a minute of fuzzing costs little more than a minute. libFuzzer
//! is C++: a compiler for it is needed, as for zstd one for C.
//!
//! What a target finds stays in `target/fuzz/<target>/`; inputs worth keeping go into
//! `fuzz/corpus/<target>/` by hand.

pub(crate) mod instrument;

use crate::workspace;
use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::path::Path;
use std::process::{Child, Command};

/// Bytes of the largest input. More takes the fuzzer's time and finds nothing that limits, which
/// have tests of their own, do not refuse first.
const LARGEST: &str = "-max_len=16384";
/// Seconds after which one input counts as an endless one.
const PATIENCE: &str = "-timeout=20";
/// MiB after which one input counts as one that takes all memory.
const MEMORY: &str = "-rss_limit_mb=2048";

/// What `cargo xtask fuzz` takes.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// These targets only: check, envelope, fields, formulas, package
    targets: Vec<String>,
    /// How long each runs
    #[arg(long, default_value_t = 60)]
    seconds: u32,
}

/// Builds the targets and runs them beside each other.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let root = workspace::root()?;
    let targets = select(&root.join("fuzz/fuzz_targets"), &arguments.targets)?;
    build(&root, &targets)?;
    let mut running = Vec::new();
    for target in &targets {
        running.push((target, start(&root, target, arguments.seconds)?));
    }
    let mut failed = Vec::new();
    for (target, mut process) in running {
        let log = root.join("target/fuzz").join(target).join("log");
        let status = process.wait().with_context(|| format!("waiting for {target}"))?;
        let log = fs::read_to_string(&log).with_context(|| log.display().to_string())?;
        let lines: Vec<_> = log.lines().collect();
        if status.success() {
            let done = lines.iter().rfind(|line| line.starts_with("Done "));
            println!("fuzz: {target}: {}", done.unwrap_or(&"nothing was run"));
        } else {
            let end = lines.len().saturating_sub(60);
            println!("fuzz: {target} failed:\n{}", lines[end..].join("\n"));
            failed.push(target.as_str());
        }
    }
    if !failed.is_empty() {
        bail!("found by {}: the input is in target/fuzz/<target>/", failed.join(", "));
    }
    Ok(())
}

fn select(folder: &Path, asked: &[String]) -> Result<Vec<String>> {
    let mut known = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        known.extend(path.file_stem().map(|name| name.to_string_lossy().into_owned()));
    }
    known.sort();
    if let Some(unknown) = asked.iter().find(|target| !known.contains(target)) {
        bail!("no target {unknown}; there are {}", known.join(", "));
    }
    Ok(if asked.is_empty() { known } else { asked.to_vec() })
}

fn build(root: &Path, targets: &[String]) -> Result<()> {
    let mut command = Command::new(crate::rules::cargo());
    command
        .current_dir(root)
        .args(["build", "--workspace", "--features", "stele-fuzz/libfuzzer"])
        // A test among the targets: see `demo`.
        .args(["--test", "stop"])
        .env("RUSTC_WORKSPACE_WRAPPER", std::env::current_exe().context("where xtask is")?)
        .env(instrument::SWITCH, "1");
    for target in targets {
        command.arg("--bin").arg(format!("fuzz-{target}"));
    }
    workspace::run(&mut command)
}

fn start(root: &Path, target: &str, seconds: u32) -> Result<Child> {
    let own = root.join("target/fuzz").join(target);
    let found = own.join("corpus");
    fs::create_dir_all(&found).with_context(|| found.display().to_string())?;
    let log = File::create(own.join("log")).context("creating a log")?;
    let program = workspace::program(&format!("fuzz-{target}"), "debug")?;
    Command::new(&program)
        .arg(&found)
        .arg(root.join("fuzz/corpus").join(target))
        .arg(format!("-max_total_time={seconds}"))
        .args([LARGEST, PATIENCE, MEMORY])
        // With the slash it is a folder.
        .arg(format!("-artifact_prefix={}/", own.display()))
        .stdout(log.try_clone()?)
        .stderr(log)
        .spawn()
        .with_context(|| format!("starting {}", program.display()))
}
