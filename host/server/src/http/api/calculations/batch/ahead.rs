//! Lines that are read ahead of whoever reads the answers.
//!
//! A client may write all of its lines before it reads the first answer. While nobody reads, nobody
//! asks for the next piece of the answer either, so lines are taken by a task of their own: of one
//! batch `batch_ahead_bytes` wait to be calculated. Beyond that the batch is read from when its
//! answers are read.

use std::pin::pin;
use std::sync::Arc;

use axum::body::Bytes;
use futures::stream::{self, BoxStream, Stream, StreamExt};
use tokio::sync::mpsc::{self, UnboundedSender};

use crate::http::api::calculations::batch::waiting::{Held, Waiting};
use crate::http::edge::lines::Line;
use crate::http::edge::problem::Problem;

/// What a line takes besides its text.
const BESIDES: usize = size_of::<Taken>();

/// A line that waits, with its bytes.
type Taken = (Result<Line, Problem>, Held);

/// The same lines, taken as they arrive while no more than so many bytes of them wait.
pub(super) fn ahead(
    lines: impl Stream<Item = Result<Line, Problem>> + Send + 'static,
    most: usize,
) -> BoxStream<'static, Result<Line, Problem>> {
    // The bytes are what bounds it.
    let (sender, receiver) = mpsc::unbounded_channel();
    tokio::spawn(take(lines, Waiting::new(most), sender));
    let taken = stream::unfold(receiver, async |mut receiver| {
        let (line, _taken_on) = receiver.recv().await?;
        Some((line, receiver))
    });
    taken.boxed()
}

/// Ends with the lines, or when nobody wants them any more.
async fn take(
    lines: impl Stream<Item = Result<Line, Problem>>,
    waiting: Arc<Waiting>,
    sender: UnboundedSender<Taken>,
) {
    let mut lines = pin!(lines);
    loop {
        let line = tokio::select! {
            () = sender.closed() => return,
            line = async {
                waiting.room().await;
                lines.next().await
            } => line,
        };
        let Some(line) = line else { return };
        let text = line.as_ref().ok().and_then(|line| line.text.as_ref());
        let held = waiting.hold(text.map_or(0, Bytes::len) + BESIDES);
        if sender.send((line, held)).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn line(number: u64) -> Result<Line, Problem> {
        Ok(Line { number, text: Some(Bytes::from(vec![b'x'; 100])) })
    }

    #[tokio::test]
    async fn lines_come_in_order_and_no_more_wait_than_may() {
        let (sender, receiver) = mpsc::unbounded_channel();
        (0..1000).for_each(|number| sender.send(line(number)).unwrap());
        drop(sender);
        let taken = Arc::new(std::sync::atomic::AtomicUsize::new(0));
        let counter = taken.clone();
        let lines =
            stream::unfold(receiver, async |mut receiver| Some((receiver.recv().await?, receiver)));
        let lines = lines.inspect(move |_| {
            counter.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        });
        let mut ahead = ahead(lines, 50 * (100 + BESIDES));
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert_eq!(taken.load(std::sync::atomic::Ordering::Relaxed), 50);
        let mut expected = 0;
        while let Some(line) = ahead.next().await {
            assert_eq!(line.unwrap().number, expected);
            expected += 1;
        }
        assert_eq!(expected, 1000);
    }

    #[tokio::test]
    async fn nothing_is_taken_for_nobody() {
        let (sender, receiver) = mpsc::unbounded_channel();
        let lines =
            stream::unfold(receiver, async |mut receiver| Some((receiver.recv().await?, receiver)));
        drop(ahead(lines, 1 << 20));
        let gone = tokio::time::timeout(Duration::from_secs(10), sender.closed()).await;
        assert!(gone.is_ok(), "the sender is still listened to");
        assert!(sender.send(line(1)).is_err());
    }
}
