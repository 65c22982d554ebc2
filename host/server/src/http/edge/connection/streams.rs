//! The streams of HTTP/2: one whose answer is not read at the least rate is reset.
//!
//! A reader may take everything from the connection and yet leave one stream without room, so the
//! clock of the connection's writes does not see it. Each stream is a task, and what its answer
//! hands out and when the next piece is asked for is noted beside it: a stream that waits for its
//! reader for too long is dropped, which resets it and gives back what it holds.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use hyper::rt::Executor;
use metrics::counter;
use tokio::time::{Instant, Sleep, sleep_until};

use crate::http::edge::pace::Pace;
use crate::limits::LeastRate;

tokio::task_local! {
    /// The answer of the stream that this task serves.
    static ANSWER: RefCell<Handed>;
}

/// What was handed to the stream and not taken by it yet.
struct Handed {
    pace: Pace,
    bytes: usize,
}

/// Notes that the stream asks for a piece of its answer: it has taken the one before.
pub(crate) fn asked() {
    // On HTTP/1 there is one answer at a time and no stream: the connection's writes are enough.
    let _ = ANSWER.try_with(|answer| {
        let mut answer = answer.borrow_mut();
        let bytes = std::mem::take(&mut answer.bytes);
        answer.pace.moved(bytes, Instant::now());
    });
}

/// Notes that a piece of the answer was handed to the stream.
pub(crate) fn handed(bytes: usize) {
    let _ = ANSWER.try_with(|answer| {
        let mut answer = answer.borrow_mut();
        answer.bytes = bytes;
        answer.pace.wait(Instant::now());
    });
}

/// Runs the streams of HTTP/2 connections.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Streams {
    /// How fast their answers must be read.
    pub rate: LeastRate,
}

impl<F> Executor<F> for Streams
where
    F: Future + Send + 'static,
{
    fn execute(&self, stream: F) {
        let answer = RefCell::new(Handed { pace: Pace::new(self.rate), bytes: 0 });
        tokio::spawn(ANSWER.scope(answer, while_read(stream)));
    }
}

/// The stream until it ends or its answer waits for too long.
async fn while_read(stream: impl Future) {
    let mut stream = pin!(stream);
    let mut clock = pin!(None::<Sleep>);
    poll_fn(|cx| {
        if stream.as_mut().poll(cx).is_ready() {
            return Poll::Ready(());
        }
        let Some(deadline) = ANSWER.with(|answer| answer.borrow().pace.deadline()) else {
            return Poll::Pending;
        };
        match clock.as_mut().as_pin_mut() {
            Some(set) if set.deadline() == deadline => {}
            Some(set) => set.reset(deadline),
            None => clock.set(Some(sleep_until(deadline))),
        }
        let late = clock.as_mut().as_pin_mut().is_some_and(|clock| clock.poll(cx).is_ready());
        if late {
            counter!("stele_http_streams_reset_total", "cause" => "unread").increment(1);
            return Poll::Ready(());
        }
        Poll::Pending
    })
    .await;
}
