//! What a line asks for, what it is called, and under which key it is remembered.

use serde_json::Value;
use stele_fields::{FieldError, Fields, name_of};
use stele_runtime::{Actor, CalculationRequest, Digest, IdempotencyKey, TenantId};

use crate::http::edge::body::parse;
use crate::http::edge::lines::Line;
use crate::http::edge::problem::{Kind, Problem};

/// The member of a line that names it for its client.
const KEY: &str = "idempotency_key";

/// What it must be.
const EXPECTED_KEY: &str = "a key of 1 to 255 visible ASCII characters";

/// Most characters of a name that come back with a problem.
const LONGEST_NAME: usize = 255;

/// By what a problem says which line it is of.
#[derive(Debug, Clone, Default)]
pub(super) struct Name {
    /// Counted from 1; none: no line was read.
    pub(super) number: Option<u64>,
    employee: Option<String>,
    key: Option<String>,
}

/// A line that could be read.
pub(super) struct Wanted {
    pub(super) request: CalculationRequest,
    /// Under what its result is remembered, if it is to be recorded and has a key.
    pub(super) key: Option<IdempotencyKey>,
}

/// Whose lines they are.
pub(super) struct Sender {
    pub(super) tenant: TenantId,
    pub(super) actor: Actor,
    /// The key of the request: its lines without keys of their own have its key and their number.
    pub(super) key: Option<String>,
}

/// Reads a line; its name also where the rest is wrong.
pub(super) fn read(
    line: &Result<Line, Problem>,
    longest: usize,
    sender: &Sender,
) -> (Name, Result<Wanted, Problem>) {
    let Line { number, text } = match line {
        Ok(line) => line,
        Err(problem) => return (Name::default(), Err(problem.clone())),
    };
    let mut name = Name { number: Some(*number), ..Name::default() };
    let Some(text) = text else {
        let detail = format!("The line is longer than the {longest} bytes allowed here.");
        return (name, Err(Problem::new(Kind::TooLarge, detail)));
    };
    let mut members = match parse(text) {
        Ok(members) => members,
        Err(problem) => return (name, Err(problem)),
    };
    name.employee = members.get("employee").and_then(shown);
    let own = members.remove(KEY);
    name.key = own.as_ref().and_then(shown);
    let digest = Digest::of_texts(&["line", &String::from_utf8_lossy(text)]);
    let key = match &own {
        None | Some(Value::Null) => Some(sender.key_of_number(*number, digest)),
        Some(Value::String(key)) => {
            sender.actor.key_of_line(&sender.tenant, key, digest).ok().map(Some)
        }
        Some(_) => None,
    };
    let request = Fields::read::<CalculationRequest>(members);
    let wanted = match (request, key) {
        (Ok(request), Some(key)) => Ok(Wanted { key: key.filter(|_| request.record), request }),
        (Err(wrong), Some(_)) => Err(wrong.into()),
        (request, None) => {
            let mut wrong = request.err().unwrap_or_default();
            let found = own.as_ref().map(name_of).unwrap_or_default();
            wrong.note(|| FieldError::new(format!("/{KEY}"), EXPECTED_KEY, &found));
            Err(wrong.into())
        }
    };
    (name, wanted)
}

/// A name as it comes back.
fn shown(value: &Value) -> Option<String> {
    Some(value.as_str()?.chars().take(LONGEST_NAME).collect())
}

impl Sender {
    fn key_of_number(&self, number: u64, digest: Digest) -> Option<IdempotencyKey> {
        let key = self.key.as_ref()?;
        // The key was looked at before the first line was read.
        self.actor.key_of_numbered_line(&self.tenant, key, number, digest).ok()
    }
}

/// A problem as a line: it says which line it is of, and for whom it was.
pub(super) fn problem_line(problem: &Problem, name: &Name) -> Vec<u8> {
    let mut problem = problem.clone();
    for (member, text) in [("employee", &name.employee), (KEY, &name.key)] {
        if let Some(text) = text {
            problem = problem.with_member(member, text.clone().into());
        }
    }
    let mut bytes = problem.written(None, None, name.number);
    bytes.push(b'\n');
    bytes
}
