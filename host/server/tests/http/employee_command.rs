//! `stele employee`, through the binary and a socket.

use std::path::Path;
use std::process::Output;

use serde_json::Value;
use stele_server::limits::Limits;
use tokio::process::Command;

use crate::network::Listening;

struct Shell {
    listening: Listening,
    folder: tempfile::TempDir,
}

impl Shell {
    async fn start() -> Shell {
        let listening = Listening::with_bonus(Limits::default()).await;
        Shell { listening, folder: tempfile::tempdir().unwrap() }
    }

    /// In the folder of the test, as `acme`.
    async fn stele(&self, arguments: &[&str]) -> Output {
        let server = format!("http://{}", self.listening.address);
        Command::new(env!("CARGO_BIN_EXE_stele"))
            .current_dir(self.folder.path())
            .env("STELE_SERVER", server)
            .env("STELE_TOKEN", &self.listening.server.acme)
            .env_remove("STELE_DATA")
            .arg("employee")
            .args(arguments)
            .output()
            .await
            .unwrap()
    }

    /// What was shown by a command that did its work.
    async fn done(&self, arguments: &[&str]) -> String {
        let output = self.stele(arguments).await;
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", text(&output.stderr));
        text(&output.stdout)
    }

    fn write(&self, name: &str, content: &str) {
        std::fs::write(self.folder.path().join(name), content).unwrap();
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(name)).unwrap()
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

const ALL: &str = "id,from,number,city\ne-1,2020-01-01,1,Ulm\ne-2,2020-01-01,2,Bonn\n";

#[tokio::test]
async fn employees_are_imported_shown_and_exported() {
    let shell = Shell::start().await;
    shell.write("all.csv", ALL);
    shell.write("raises.csv", "id;from;number\ne-1;2021-01-01;1.000,0\ne-2;2020-01-01;2\n");
    let shown = shell.done(&["import", "all.csv"]).await;
    assert!(shown.contains("2 employees: 2 new"), "{shown}");
    assert!(shown.contains("no ruleset in force uses: city"), "{shown}");
    let raise = ["import", "raises.csv", "--decimal", "comma"];
    let tried = shell.done(&[&raise[..], &["--dry-run"]].concat()).await;
    assert!(
        tried.contains("2 employees: 0 new, 1 updated, 1 unchanged; nothing was stored"),
        "{tried}"
    );
    assert!(tried.contains("number added from 2021-01-01"), "{tried}");
    let report = json(&shell.done(&[&raise[..], &["--json"]].concat()).await);
    assert_eq!(report["values"]["added"], 1);

    let shown = shell.done(&["show", "e-1"]).await;
    for part in ["e-1, revision 2", "Ulm", "1000.0"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let listed = json(&shell.done(&["list", "--json", "--limit", "1"]).await);
    assert_eq!((listed["employees"].as_array().unwrap().len(), &listed["more"]), (1, &true.into()));
    let history = shell.done(&["history", "e-1"]).await;
    for part in ["employees.imported", "number", "added", "1000.0", "test"] {
        assert!(history.contains(part), "{part}: {history}");
    }

    shell.done(&["export", "--output", "out.csv"]).await;
    assert_eq!(
        shell.read("out.csv"),
        "id,from,city,number\ne-1,2020-01-01,Ulm,1\ne-1,2021-01-01,,1000.0\ne-2,2020-01-01,Bonn,2\n"
    );
    let lines = shell.done(&["export"]).await;
    assert_eq!(lines.lines().count(), 2);
    shell.write("again.ndjson", &lines);
    let again = json(&shell.done(&["import", "again.ndjson", "--json"]).await);
    assert_eq!(again["unchanged"], 2);
    // A file that is there stays.
    assert_eq!(shell.stele(&["export", "-o", "out.csv"]).await.status.code(), Some(2));
    assert!(!Path::new(&shell.folder.path().join("out.csv.partial")).exists());
}

#[tokio::test]
async fn a_file_that_is_refused_is_refused_with_line_and_way_out() {
    let shell = Shell::start().await;
    shell.write("all.csv", ALL);
    shell.done(&["import", "all.csv"]).await;
    shell.write("cities.csv", "id,from,city\r\ne-2,2021-01-01,Köln\r\n");
    let refused = shell.stele(&["import", "cities.csv", "--replace"]).await;
    assert_eq!(refused.status.code(), Some(1));
    let said = text(&refused.stderr);
    for part in ["1 error in 1 employee", "line 2: /number", "test/bonus 1.0.0", "leave the one"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let done = shell.done(&["import", "cities.csv"]).await;
    assert!(done.contains("1 updated"), "{done}");
    assert_eq!(shell.stele(&["show", "e-3"]).await.status.code(), Some(1));
    assert_eq!(shell.stele(&["import", "nothing.csv"]).await.status.code(), Some(4));
}
