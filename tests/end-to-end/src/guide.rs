//! Guides in `docs/`, run as they are printed: commands stand in blocks of `sh`, and what their reader
//! is told to see in blocks of `text`.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::server::{binary, repository};

/// Where the server of a guide listens; another port is taken here.
const ADDRESS: &str = "127.0.0.1:8080";

/// A guide.
pub struct Guide {
    page: String,
}

/// What a guide's commands came to.
pub struct Ran {
    /// Whether each did what the guide says.
    pub succeeded: bool,
    /// What they said.
    pub said: String,
    /// What they said on the way: each command, and errors.
    pub did: String,
}

impl Guide {
    /// The page in `docs/`.
    ///
    /// # Errors
    /// Where it can not be read.
    pub fn open(name: &str) -> std::io::Result<Self> {
        let page = std::fs::read_to_string(repository().join("docs").join(name))?;
        Ok(Self { page })
    }

    /// Everything in the blocks of a language, block by block.
    fn blocks(&self, language: &str) -> Vec<String> {
        let mut blocks = Vec::new();
        let mut open: Option<String> = None;
        let begins = format!("```{language}");
        for line in self.page.lines() {
            match &mut open {
                Some(block) if line.trim_end() != "```" => {
                    block.push_str(line);
                    block.push('\n');
                }
                Some(_) => blocks.extend(open.take()),
                None if line.trim_end() == begins => open = Some(String::new()),
                None => {}
            }
        }
        blocks
    }

    /// The commands, with what must fail turned round: the shell would let it pass if it succeeded.
    fn commands(&self) -> String {
        let mut commands = String::new();
        for block in self.blocks("sh") {
            for line in block.lines() {
                commands.push_str(&match line.strip_prefix("! ") {
                    Some(refused) => format!("if {refused}; then exit 99; fi\n"),
                    None => format!("{line}\n"),
                });
            }
        }
        commands
    }

    /// Every line that the reader is told to see.
    pub fn answers(&self) -> Vec<String> {
        let blocks = self.blocks("text");
        blocks.iter().flat_map(|block| block.lines()).map(|line| line.trim().to_owned()).collect()
    }

    /// Runs every command in a folder, in one shell; a command that fails ends it, and its server goes
    /// with it.
    ///
    /// # Errors
    /// Where there is no `stele`, no free port or no shell.
    pub fn run(&self, folder: &Path) -> anyhow::Result<Ran> {
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let commands = self.commands().replace(ADDRESS, &format!("127.0.0.1:{port}"));
        // Echoed, so that a failure shows where.
        let script =
            format!("set -euxo pipefail\ntrap 'kill $(jobs -p) 2>/dev/null' EXIT\n{commands}");
        let binary = binary()?;
        let programs = binary.parent().unwrap_or(Path::new(".")).display().to_string();
        let path = std::env::var("PATH").unwrap_or_default();
        let ran = Command::new("bash")
            .args(["-c", &script])
            .current_dir(folder)
            .env("PATH", format!("{programs}:{path}"))
            .env_remove("STELE_TOKEN")
            .env_remove("STELE_SERVER")
            .stdin(Stdio::null())
            .output()?;
        Ok(Ran {
            succeeded: ran.status.success(),
            said: String::from_utf8_lossy(&ran.stdout).into_owned(),
            did: String::from_utf8_lossy(&ran.stderr).into_owned(),
        })
    }
}
