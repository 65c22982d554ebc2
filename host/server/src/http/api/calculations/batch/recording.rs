//! Results that are recorded together, and their answers.

use std::collections::VecDeque;
use std::sync::Arc;

use stele_runtime::Recording;

use crate::http::api::calculations::batch::waiting::Held;
use crate::http::api::calculations::batch::work::{Answer, Answered, Work, problem_line};
use crate::http::edge::problem::Problem;
use crate::http::edge::refusal;

/// Parts of the bytes that may wait after which a piece is full: some are recorded while others
/// leave and others are calculated.
const PARTS: usize = 4;

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
    /// Each with its line's number, where it is to be recorded.
    lines: Vec<(Vec<u8>, Option<ToBeRecorded>)>,
    held: Option<Held>,
}

/// A line whose answer holds once it is recorded.
struct ToBeRecorded {
    number: Option<u64>,
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
        let (recording, Drafted { lines, held }) = self.draft(&mut answered);
        let refused = if recording.is_empty() {
            None
        } else {
            let recorded = self.app.runtime().record(&self.actor, recording, None).await;
            recorded.err().map(|error| refusal::of_store(&error))
        };
        let mut bytes = Vec::with_capacity(lines.iter().map(|(line, _)| line.len()).sum());
        for (line, to_be_recorded) in lines {
            match (to_be_recorded, &refused) {
                (Some(line), Some(problem)) => bytes.extend(problem_line(problem, line.number)),
                _ => bytes.extend(line),
            }
        }
        Piece { bytes, held, rest: answered }
    }

    /// What is to be recorded, and all answers, as many as make a piece. A line that can not be
    /// recorded or answered is answered with its problem instead.
    fn draft(&self, answered: &mut VecDeque<Answered>) -> (Recording, Drafted) {
        let mut recording = Recording::new(&self.tenant);
        let mut drafted = Drafted::default();
        let most = self.waiting.most() / PARTS;
        while drafted.held.as_ref().is_none_or(|held| held.bytes() < most)
            && let Some(Answered { answer, mut held }) = answered.pop_front()
        {
            drafted.lines.push(match answer {
                Answer::Written(bytes) => (bytes, None),
                Answer::ToRecord { mut result, number } => {
                    let written = match recording.add(&mut result) {
                        Ok(_) => self.write(&result).inspect_err(|_| recording.take_back()),
                        Err(error) => Err(refusal::of_store(&error)),
                    };
                    let (bytes, to_be_recorded) = match written {
                        Ok(bytes) => (bytes, Some(ToBeRecorded { number })),
                        Err(problem) => (problem_line(&problem, number), None),
                    };
                    // Its content is kept beside it, about as long as the result.
                    held.join(self.waiting.hold(bytes.capacity()));
                    (bytes, to_be_recorded)
                }
            });
            match &mut drafted.held {
                Some(all) => all.join(held),
                none => *none = Some(held),
            }
        }
        (recording, drafted)
    }
}

/// The answer of lines whose task was ended: the server stops.
fn ended() -> Vec<u8> {
    let problem = Problem::saturated(5, "The server stops; the rest of the batch is not answered.");
    problem_line(&problem, None)
}
