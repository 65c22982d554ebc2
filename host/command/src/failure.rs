//! Why a command ends without having done its work, with its exit code.

use serde_json::{Value, json};
use stele_ruleset::WrongFormula;

/// The exit codes in words, shown at the end of every help.
pub const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  refused: the server said no, a check or a case failed
  2  the command line is wrong
  3  the server could not be reached
  4  a file, the data or the server failed

Documentation of the HTTP API: http://127.0.0.1:8080/docs while `stele serve` runs.";

/// The end of a command that did not do its work.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The server said no; its problem document.
    #[error("{}", sentence(.0))]
    Refused(Value),
    /// A check or a case failed. What failed has been shown already.
    #[error("{0}")]
    CheckFailed(String),
    /// Formulas of which no rule can be made; everything that is wrong with them.
    #[error("{}", underlined(.0))]
    WrongFormulas(Vec<WrongFormula>),
    /// The command line asks for something that can not be.
    #[error("{0}")]
    Usage(String),
    /// Nobody answers.
    #[error("{0}")]
    Unreachable(String),
    /// A file, the data or the server failed.
    #[error("{0}")]
    Failed(String),
}

impl Failure {
    /// A file that could not be read or written.
    pub fn file(what: &str, path: &std::path::Path, error: &std::io::Error) -> Failure {
        Failure::Failed(format!("{what} {}: {error}", path.display()))
    }

    /// The exit code, as in the help.
    pub fn exit_code(&self) -> u8 {
        match self {
            Failure::Refused(problem) if problem["status"].as_u64() >= Some(500) => 4,
            Failure::Refused(_) | Failure::CheckFailed(_) | Failure::WrongFormulas(_) => 1,
            Failure::Usage(_) => 2,
            Failure::Unreachable(_) => 3,
            Failure::Failed(_) => 4,
        }
    }

    /// For `--json`: the problem document of the server, or one with what is known.
    pub fn document(&self) -> Value {
        match self {
            Failure::Refused(problem) => problem.clone(),
            Failure::WrongFormulas(wrong) => {
                json!({ "title": count(wrong), "exit_code": self.exit_code(), "errors": wrong })
            }
            other => json!({ "title": other.to_string(), "exit_code": other.exit_code() }),
        }
    }
}

/// Formulas for people: each error with the line that it is in, the piece underlined.
fn underlined(wrong: &[WrongFormula]) -> String {
    let mut shown = count(wrong);
    for error in wrong {
        shown.push_str("\n\n");
        shown.push_str(error.to_string().trim_end());
    }
    shown
}

fn count(wrong: &[WrongFormula]) -> String {
    match wrong.len() {
        1 => "formulas.toml: 1 error".to_owned(),
        many => format!("formulas.toml: {many} errors"),
    }
}

/// A problem document for people: the detail, each wrong field, the request id.
fn sentence(problem: &Value) -> String {
    let text = |name: &str| problem[name].as_str().unwrap_or_default();
    let mut sentence = format!("{} ({}): {}", text("title"), problem["status"], text("detail"));
    for error in problem["errors"].as_array().into_iter().flatten() {
        let line = error["line"].as_u64().map(|line| format!("line {line}: ")).unwrap_or_default();
        let pointer = error["pointer"].as_str().unwrap_or_default();
        let message = error["message"].as_str().unwrap_or_default();
        sentence.push_str(&format!("\n  {line}{pointer}: {message}"));
    }
    if !text("request_id").is_empty() {
        sentence.push_str(&format!("\n  request {}", text("request_id")));
    }
    sentence
}
