//! `stele ruleset test --watch` shows what is right and wrong again after each time that a file is
//! saved, however an editor saves it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use stele_end_to_end::binary;

/// How long something is waited for: not a measure of speed, only the end of a test that fails.
const PATIENCE: Duration = Duration::from_secs(120);

/// A `stele` that watches a folder; it ends with the test.
struct Watching {
    stele: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn start(folder: &Path) -> Self {
        let mut stele = Command::new(binary().unwrap())
            .args(["ruleset", "test", "--watch"])
            .arg(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, lines) = channel();
        let pipes: [Box<dyn std::io::Read + Send>; 2] =
            [Box::new(stele.stdout.take().unwrap()), Box::new(stele.stderr.take().unwrap())];
        for pipe in pipes {
            let sender = sender.clone();
            std::thread::spawn(move || {
                for line in BufReader::new(pipe).lines().map_while(Result::ok) {
                    if sender.send(line).is_err() {
                        break;
                    }
                }
            });
        }
        Self { stele, lines }
    }

    /// Waits until a line has the text.
    fn says(&self, text: &str) {
        let mut before = Vec::new();
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) if line.contains(text) => return,
                Ok(line) => before.push(line),
                Err(_) => panic!("nobody said {text:?}:\n{}", before.join("\n")),
            }
        }
    }

    /// Waits until a line has the text and until it watches again. The two come by pipes of their own,
    /// in any order.
    fn answers(&self, text: &str) {
        let mut before = Vec::new();
        let (mut is_said, mut waits) = (false, false);
        while !(is_said && waits) {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) => {
                    is_said |= line.contains(text);
                    waits |= line.contains("watching for changes");
                    before.push(line);
                }
                Err(_) => panic!("nobody said {text:?} and waited:\n{}", before.join("\n")),
            }
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.stele.kill();
        let _ = self.stele.wait();
    }
}

fn ruleset(root: &Path) -> std::path::PathBuf {
    let folder = root.join("overtime");
    let made = Command::new(binary().unwrap())
        .args(["ruleset", "new", "acme/overtime", "--formulas", "--dir"])
        .arg(&folder)
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    folder
}

#[test]
fn what_is_saved_is_tested_again_however_it_is_saved() {
    let root = tempfile::tempdir().unwrap();
    let folder = ruleset(root.path());
    let file = folder.join("formulas.toml");
    let right = std::fs::read_to_string(&file).unwrap();
    let wrong = right.replace("hourly_wage * overtime_hours", "hourly_wage * overtime_huors");
    assert_ne!(right, wrong);

    let watching = Watching::start(&folder);
    watching.answers("passed: 1 of 1 cases hold");

    // Written in place.
    std::fs::write(&file, &wrong).unwrap();
    watching.answers("did you mean `overtime_hours`?");

    // Another file is put in its place.
    let beside = folder.join(".formulas.toml.swp");
    std::fs::write(&beside, &right).unwrap();
    std::fs::rename(&beside, &file).unwrap();
    watching.answers("passed: 1 of 1 cases hold");

    // Half of it is there for a while.
    std::fs::write(&file, &right[..right.len() / 2]).unwrap();
    watching.answers("formulas.toml:");
    std::fs::write(&file, &right).unwrap();
    watching.answers("passed: 1 of 1 cases hold");

    // It is gone, and comes back.
    std::fs::rename(&file, folder.join("formulas.toml~")).unwrap();
    watching.answers("formulas.toml: missing");
    std::fs::write(&file, &right).unwrap();
    watching.answers("passed: 1 of 1 cases hold");

    // A case more.
    let case = std::fs::read_to_string(folder.join("cases/ten-hours.toml")).unwrap();
    std::fs::write(folder.join("cases/again.toml"), case).unwrap();
    watching.says("passed: 2 of 2 cases hold");
}
