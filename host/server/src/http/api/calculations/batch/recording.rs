//! Results that are recorded together, and their answers.
//!
//! Of lines under one key one is recorded. Which keys are answered already was looked up before the
//! lines were calculated; that somebody else was faster since is found out by the commit, which is
//! made anew without them.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use stele_runtime::{CalculationResult, IdempotencyError, IdempotencyKey, Recording, StoreError};

use crate::http::api::calculations::batch::line::{Name, problem_line};
use crate::http::api::calculations::batch::waiting::Held;
use crate::http::api::calculations::batch::work::{Answer, Answered, Work};
use crate::http::edge::idempotency::refuse;
use crate::http::edge::problem::Problem;
use crate::http::edge::refusal;

/// Parts of the bytes that may wait after which a piece is full: some are recorded while others
/// leave and others are calculated.
const PARTS: usize = 4;

/// How often a commit is made anew because somebody else was answered under one of its keys, and how
/// long it waits for that answer to be durable.
const ATTEMPTS: u32 = 50;
const PAUSE: Duration = Duration::from_millis(10);

/// A piece of the answer.
pub(super) struct Piece {
    /// Whole lines.
    pub(super) bytes: Vec<u8>,
    /// What they hold until they have left; none: there are no lines.
    pub(super) held: Option<Held>,
    /// What would have made it too long.
    pub(super) rest: VecDeque<Answered>,
}

/// Lines of a piece, in order.
#[derive(Default)]
struct Drafted {
    lines: Vec<Line>,
    held: Option<Held>,
    /// The places of lines under keys.
    keys: HashMap<String, usize>,
}

/// A line of a piece.
enum Line {
    /// Its answer.
    Written(Vec<u8>),
    /// Its answer holds once it is recorded.
    ToBeRecorded(ToBeRecorded),
    /// It has the answer of this one, which asks for the same under the same key.
    Same(usize),
}

/// A line whose answer holds once it is recorded.
struct ToBeRecorded {
    result: Box<CalculationResult>,
    name: Name,
    key: Option<IdempotencyKey>,
    bytes: Vec<u8>,
}

impl Work {
    /// Records what is to be recorded, in one commit, and writes all answers. If it can not be
    /// recorded, nothing of it is, and each of these lines says so. What was begun is carried out,
    /// whoever stops waiting.
    pub(super) async fn record(self: Arc<Self>, answered: VecDeque<Answered>) -> Piece {
        if answered.is_empty() {
            return Piece { bytes: Vec::new(), held: None, rest: answered };
        }
        let recording = tokio::spawn(async move { self.recorded(answered).await });
        recording.await.unwrap_or_else(|_| Piece {
            bytes: ended(),
            held: None,
            rest: VecDeque::new(),
        })
    }

    async fn recorded(&self, mut answered: VecDeque<Answered>) -> Piece {
        let (recording, Drafted { mut lines, held, .. }) = self.draft(&mut answered);
        let refused = self.committed(recording, &mut lines).await.err();
        let mut bytes = Vec::with_capacity(lines.iter().map(|line| line.bytes().len()).sum());
        for line in &lines {
            let line = match line {
                Line::Same(first) => lines.get(*first).unwrap_or(line),
                line => line,
            };
            match (line, &refused) {
                (Line::ToBeRecorded(line), Some(problem)) => {
                    bytes.extend(problem_line(problem, &line.name));
                }
                _ => bytes.extend_from_slice(line.bytes()),
            }
        }
        Piece { bytes, held, rest: answered }
    }

    /// Makes the commit. Lines whose keys somebody else was answered under meanwhile get that
    /// answer.
    async fn committed(&self, mut recording: Recording, lines: &mut [Line]) -> Result<(), Problem> {
        for _ in 0..ATTEMPTS {
            if recording.is_empty() {
                return Ok(());
            }
            match self.app.runtime().record(&self.sender.actor, recording, None).await {
                Ok(_) => return Ok(()),
                Err(StoreError::Answered) => {
                    self.settle(lines).await.map_err(|error| refusal::of_store(&error))?;
                    recording = self.draft_again(lines);
                }
                Err(error) => return Err(refusal::of_store(&error)),
            }
        }
        let detail = "Other requests with these keys are being answered; try again.";
        Err(Problem::saturated(1, detail))
    }

    /// Answers the lines under keys that are answered by now.
    async fn settle(&self, lines: &mut [Line]) -> Result<(), StoreError> {
        // It may be written and not be seen yet.
        tokio::time::sleep(PAUSE).await;
        let (places, keys): (Vec<usize>, Vec<IdempotencyKey>) = lines
            .iter()
            .enumerate()
            .filter_map(|(place, line)| match line {
                Line::ToBeRecorded(line) => Some((place, line.key.clone()?)),
                Line::Written(_) | Line::Same(_) => None,
            })
            .unzip();
        let runtime = self.app.runtime();
        let remembered = runtime.remembered_results(&self.sender.tenant, &keys).await?;
        for (place, remembered) in places.into_iter().zip(remembered) {
            if let (Some(remembered), Some(line)) = (remembered, lines.get_mut(place))
                && let Line::ToBeRecorded(ToBeRecorded { name, .. }) = &*line
            {
                let bytes = self.repeated(remembered, name);
                *line = Line::Written(bytes);
            }
        }
        Ok(())
    }

    /// What is to be recorded, and all answers, as many as make a piece. A line that can not be
    /// recorded or answered is answered with its problem instead.
    fn draft(&self, answered: &mut VecDeque<Answered>) -> (Recording, Drafted) {
        let mut recording = Recording::new(&self.sender.tenant);
        let mut drafted = Drafted::default();
        let most = self.waiting.most() / PARTS;
        while drafted.held.as_ref().is_none_or(|held| held.bytes() < most)
            && let Some(Answered { answer, mut held }) = answered.pop_front()
        {
            let line = match answer {
                Answer::Written(bytes) => Line::Written(bytes),
                Answer::ToRecord { result, name, key } => match drafted.is_known(&key) {
                    Some(Ok(first)) => Line::Same(first),
                    Some(Err(problem)) => Line::Written(problem_line(&problem, &name)),
                    None => {
                        let line = ToBeRecorded { result, name, key, bytes: Vec::new() };
                        let line = self.draft_one(line, &mut recording);
                        // Its content is kept beside it, about as long as the result.
                        held.join(self.waiting.hold(line.bytes().len()));
                        line
                    }
                },
            };
            drafted.push(line);
            match &mut drafted.held {
                Some(all) => all.join(held),
                none => *none = Some(held),
            }
        }
        (recording, drafted)
    }

    /// The same for what is left to be recorded of lines.
    fn draft_again(&self, lines: &mut [Line]) -> Recording {
        let mut recording = Recording::new(&self.sender.tenant);
        for line in lines {
            if matches!(line, Line::ToBeRecorded(_))
                && let Line::ToBeRecorded(left) = std::mem::replace(line, Line::Written(Vec::new()))
            {
                *line = self.draft_one(left, &mut recording);
            }
        }
        recording
    }

    fn draft_one(&self, mut line: ToBeRecorded, recording: &mut Recording) -> Line {
        let ToBeRecorded { result, name, key, .. } = &mut line;
        let language = self.language(result);
        let added = match key {
            Some(key) => recording.add_under(result, key, &language),
            None => recording.add(result),
        };
        let written = match added {
            Ok(_) => self.write(result).inspect_err(|_| recording.take_back()),
            Err(error) => Err(refusal::of_store(&error)),
        };
        match written {
            Ok(bytes) => Line::ToBeRecorded(ToBeRecorded { bytes, ..line }),
            Err(problem) => Line::Written(problem_line(&problem, name)),
        }
    }
}

impl Drafted {
    /// Whether a line under the same key is among them: its place, or why this is not the same.
    fn is_known(&self, key: &Option<IdempotencyKey>) -> Option<Result<usize, Problem>> {
        let key = key.as_ref()?;
        let place = *self.keys.get(&key.key.key)?;
        let first = self.lines.get(place);
        let is_same = matches!(
            first, Some(Line::ToBeRecorded(first)) if first.key.as_ref() == Some(key)
        );
        Some(if is_same { Ok(place) } else { Err(refuse(IdempotencyError::Conflict)) })
    }

    fn push(&mut self, line: Line) {
        if let Line::ToBeRecorded(ToBeRecorded { key: Some(key), .. }) = &line {
            self.keys.insert(key.key.key.clone(), self.lines.len());
        }
        self.lines.push(line);
    }
}

impl Line {
    fn bytes(&self) -> &[u8] {
        match self {
            Line::Written(bytes) => bytes,
            Line::ToBeRecorded(line) => &line.bytes,
            Line::Same(_) => &[],
        }
    }
}

/// The answer of lines whose task was ended: the server stops.
fn ended() -> Vec<u8> {
    let problem = Problem::saturated(5, "The server stops; the rest of the batch is not answered.");
    problem_line(&problem, &Name::default())
}
