//! Chunks of lines, calculated in the tenant's turns.

use std::collections::VecDeque;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures::FutureExt;
use stele_fields::Fields;
use stele_runtime::{
    Actor, CalculateError, CalculationRequest, CalculationResult, Calculator, TenantId, Turn,
};

use crate::http::api::calculations::batch::waiting::{Held, Waiting};
use crate::http::api::calculations::single::write;
use crate::http::edge::application::Application;
use crate::http::edge::body::parse;
use crate::http::edge::language::Languages;
use crate::http::edge::lines::Line;
use crate::http::edge::problem::{Kind, Problem};
use crate::http::edge::refusal;

/// What every line of one batch needs.
pub(super) struct Work {
    pub(super) app: Application,
    pub(super) tenant: TenantId,
    pub(super) actor: Actor,
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
        /// The number of its line.
        number: Option<u64>,
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
        let lines = chunk.iter().map(|asked| asked.line.as_ref().ok().map(|line| line.number));
        let numbers: Vec<Option<u64>> = lines.collect();
        let work = self.clone();
        let job = move |turn| async move { work.chunk(chunk, is_next, turn).await };
        match self.app.runtime().run_patiently(self.tenant.shared(), job).await {
            Ok(part) => part,
            Err(failure) => {
                let problem = refusal::of_calculation(CalculateError::Calculation(failure.into()));
                let answers = numbers.into_iter().map(|number| {
                    let answer = Answer::Written(problem_line(&problem, number));
                    Answered { held: self.waiting.hold(answer.bytes()), answer }
                });
                Part { answered: answers.collect(), rest: VecDeque::new() }
            }
        }
    }

    /// The evaluator is kept from line to line and given back with the end of the chunk.
    async fn chunk(&self, mut chunk: VecDeque<Asked>, is_next: bool, turn: Turn) -> Part {
        let mut calculator = self.app.runtime().calculator(&self.tenant);
        let requests = chunk.iter().map(|asked| self.request(&asked.line));
        let mut requests: VecDeque<_> = requests.collect();
        // The employees of a chunk are read together.
        let readable = requests.iter().filter_map(|request| request.as_ref().ok());
        let unread = calculator.look_up(readable).await.err();
        let unread = unread.map(|error| refusal::of_store(&error));
        let mut answered = Vec::with_capacity(chunk.len());
        while let Some(asked) = chunk.pop_front() {
            let may_exceed = is_next && answered.is_empty();
            if self.waiting.is_full() && !may_exceed {
                chunk.push_front(asked);
                break;
            }
            turn.pass().await;
            let request = match (requests.pop_front(), &unread) {
                (Some(Ok(_)), Some(problem)) => Err(problem.clone()),
                (Some(request), _) => request,
                (None, _) => self.request(&asked.line),
            };
            let number = asked.line.as_ref().ok().map(|line| line.number);
            let answer = self.answered(&mut calculator, request, number).await;
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
        request: Result<CalculationRequest, Problem>,
        number: Option<u64>,
    ) -> Answer {
        let result = match request {
            Ok(request) => {
                let result = AssertUnwindSafe(calculate(calculator, request)).catch_unwind().await;
                result.unwrap_or_else(|_| Err(panicked()))
            }
            Err(problem) => Err(problem),
        };
        match result {
            Ok((result, true)) => Answer::ToRecord { result: Box::new(result), number },
            Ok((result, false)) => Answer::Written(
                self.write(&result).unwrap_or_else(|problem| problem_line(&problem, number)),
            ),
            Err(problem) => Answer::Written(problem_line(&problem, number)),
        }
    }

    /// What a line asks for.
    fn request(&self, line: &Result<Line, Problem>) -> Result<CalculationRequest, Problem> {
        let line = line.as_ref().map_err(Clone::clone)?;
        let Some(text) = &line.text else {
            let longest = self.app.limits().line_bytes;
            return Err(Problem::new(
                Kind::TooLarge,
                format!("The line is longer than the {longest} bytes allowed here."),
            ));
        };
        Ok(Fields::read::<CalculationRequest>(parse(text)?)?)
    }

    /// A result as a line.
    pub(super) fn write(&self, result: &CalculationResult) -> Result<Vec<u8>, Problem> {
        let (mut bytes, _) = write(&self.app, result, &self.languages)?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}

/// A line's result, and whether it is to be recorded.
async fn calculate(
    calculator: &mut Calculator,
    request: CalculationRequest,
) -> Result<(CalculationResult, bool), Problem> {
    let record = request.record;
    let result = calculator.calculate(request).await.map_err(refusal::of_calculation)?;
    Ok((result, record))
}

fn panicked() -> Problem {
    Problem::internal(&"a line of a batch panicked")
}

/// A problem as a line.
pub(super) fn problem_line(problem: &Problem, line: Option<u64>) -> Vec<u8> {
    let mut bytes = problem.written(None, None, line);
    bytes.push(b'\n');
    bytes
}
