//! Chunks of lines, calculated in the tenant's turns.

use std::collections::VecDeque;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures::FutureExt;
use stele_runtime::{
    CalculateError, CalculationResult, Calculator, IdempotencyError, IdempotencyKey, Remembered,
    Turn,
};

use crate::http::api::calculations::batch::line::{self, Name, Sender, Wanted, problem_line};
use crate::http::api::calculations::batch::waiting::{Held, Waiting};
use crate::http::api::calculations::single::{write, write_in};
use crate::http::edge::application::Application;
use crate::http::edge::idempotency::refuse;
use crate::http::edge::language::Languages;
use crate::http::edge::lines::Line;
use crate::http::edge::problem::Problem;
use crate::http::edge::refusal;

/// What every line of one batch needs.
pub(super) struct Work {
    pub(super) app: Application,
    pub(super) sender: Sender,
    pub(super) languages: Languages,
    pub(super) waiting: Arc<Waiting>,
}

/// A line that is not answered yet, or what ended the lines.
pub(super) struct Asked {
    pub(super) line: Result<Line, Problem>,
    /// Its bytes.
    pub(super) _held: Held,
}

/// What came of a chunk.
pub(super) struct Part {
    /// Its first lines.
    pub(super) answered: Vec<Answered>,
    /// Those whose answers had no room.
    pub(super) rest: VecDeque<Asked>,
}

/// What a line comes to.
pub(super) struct Answered {
    pub(super) answer: Answer,
    /// Its bytes.
    pub(super) held: Held,
}

/// The same, without what it holds.
pub(super) enum Answer {
    /// It is written, with the end of the line.
    Written(Vec<u8>),
    /// A result that is answered once it is recorded.
    ToRecord {
        result: Box<CalculationResult>,
        /// What its line is called.
        name: Name,
        /// Under what it is remembered.
        key: Option<IdempotencyKey>,
    },
}

impl Answer {
    /// About how many bytes it takes.
    fn bytes(&self) -> usize {
        match self {
            Answer::Written(bytes) => bytes.capacity(),
            Answer::ToRecord { result, .. } => {
                size_of::<CalculationResult>() + result.calculation.bytes()
            }
        }
    }
}

impl Work {
    /// Calculates a chunk in the tenant's turns, as far as its answers have room. The answer that is
    /// next always has.
    pub(super) async fn run(self: Arc<Self>, chunk: VecDeque<Asked>, is_next: bool) -> Part {
        let names: Vec<Name> = chunk.iter().map(|asked| self.read(asked).0).collect();
        let work = self.clone();
        let job = move |turn| async move { work.chunk(chunk, is_next, turn).await };
        match self.app.runtime().run_patiently(self.sender.tenant.shared(), job).await {
            Ok(part) => part,
            Err(failure) => {
                let problem = refusal::of_calculation(CalculateError::Calculation(failure.into()));
                let answers = names.iter().map(|name| {
                    let answer = Answer::Written(problem_line(&problem, name));
                    Answered { held: self.waiting.hold(answer.bytes()), answer }
                });
                Part { answered: answers.collect(), rest: VecDeque::new() }
            }
        }
    }

    /// The evaluator is kept from line to line and given back with the end of the chunk.
    async fn chunk(&self, mut chunk: VecDeque<Asked>, is_next: bool, turn: Turn) -> Part {
        let runtime = self.app.runtime();
        let mut calculator = runtime.calculator(&self.sender.tenant);
        let mut lines: VecDeque<_> = chunk.iter().map(|asked| self.read(asked)).collect();
        // The employees of a chunk are read together, and so is what is remembered of its lines.
        let readable = || lines.iter().filter_map(|(_, wanted)| wanted.as_ref().ok());
        let unread = calculator.look_up(readable().map(|wanted| &wanted.request)).await.err();
        let keys: Vec<_> = readable().filter_map(|wanted| wanted.key.clone()).collect();
        let remembered = runtime.remembered_results(&self.sender.tenant, &keys).await;
        let (mut remembered, unread) = match (remembered, unread) {
            (Ok(remembered), None) => (remembered.into_iter(), None),
            (Err(error), _) | (Ok(_), Some(error)) => {
                (Vec::new().into_iter(), Some(refusal::of_store(&error)))
            }
        };
        let mut answered = Vec::with_capacity(chunk.len());
        while let Some(asked) = chunk.pop_front() {
            let may_exceed = is_next && answered.is_empty();
            if self.waiting.is_full() && !may_exceed {
                chunk.push_front(asked);
                break;
            }
            turn.pass().await;
            let (name, wanted) = lines.pop_front().unwrap_or_else(|| self.read(&asked));
            let wanted = match (wanted, &unread) {
                (Ok(_), Some(problem)) => Err(problem.clone()),
                (wanted, _) => wanted,
            };
            let has_key = wanted.as_ref().is_ok_and(|wanted| wanted.key.is_some());
            let known = if has_key { remembered.next().flatten() } else { None };
            let answer = match known {
                Some(remembered) => Answer::Written(self.repeated(remembered, &name)),
                None => self.answered(&mut calculator, wanted, name).await,
            };
            let held = match may_exceed {
                true => Some(self.waiting.hold(answer.bytes())),
                false => self.waiting.try_hold(answer.bytes()),
            };
            match held {
                Some(held) => answered.push(Answered { answer, held }),
                // It is calculated again when it is next: the same facts have the same answer.
                None => {
                    chunk.push_front(asked);
                    break;
                }
            }
        }
        Part { answered, rest: chunk }
    }

    async fn answered(
        &self,
        calculator: &mut Calculator,
        wanted: Result<Wanted, Problem>,
        name: Name,
    ) -> Answer {
        let Wanted { request, key } = match wanted {
            Ok(wanted) => wanted,
            Err(problem) => return Answer::Written(problem_line(&problem, &name)),
        };
        let record = request.record;
        let result = AssertUnwindSafe(calculator.calculate(request)).catch_unwind().await;
        let result = result.map_err(|_| panicked());
        match result.and_then(|result| result.map_err(refusal::of_calculation)) {
            Ok(result) if record => Answer::ToRecord { result: Box::new(result), name, key },
            Ok(result) => Answer::Written(
                self.write(&result).unwrap_or_else(|problem| problem_line(&problem, &name)),
            ),
            Err(problem) => Answer::Written(problem_line(&problem, &name)),
        }
    }

    /// The answer to a line under a key that was used before.
    pub(super) fn repeated(&self, remembered: Remembered, name: &Name) -> Vec<u8> {
        let written = match remembered {
            Remembered::Result { result, language } => {
                let wording = result.ruleset.wording_again(&language);
                write_in(&self.app, &result, wording).map(|mut bytes| {
                    bytes.push(b'\n');
                    bytes
                })
            }
            Remembered::Other => Err(refuse(IdempotencyError::Conflict)),
            Remembered::Lost(error) => Err(refusal::of_recalled_result(error)),
        };
        written.unwrap_or_else(|problem| problem_line(&problem, name))
    }

    /// What a line is called and asks for.
    fn read(&self, asked: &Asked) -> (Name, Result<Wanted, Problem>) {
        line::read(&asked.line, self.app.limits().line_bytes, &self.sender)
    }

    /// The languages of a result's answer.
    pub(super) fn language(&self, result: &CalculationResult) -> String {
        result.ruleset.wording(&self.languages.wanted()).to_string()
    }

    /// A result as a line.
    pub(super) fn write(&self, result: &CalculationResult) -> Result<Vec<u8>, Problem> {
        let (mut bytes, _) = write(&self.app, result, &self.languages)?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}

fn panicked() -> Problem {
    Problem::internal(&"a line of a batch panicked")
}
