//! A body while it arrives: at no less than the least rate, whoever reads it and whatever it is.

use axum::body::{Body, BodyDataStream, Bytes};
use futures::StreamExt;
use tokio::time::{Instant, timeout_at};

use super::pace::Pace;
use super::problem::{Kind, Problem};
use crate::limits::LeastRate;

/// A body that arrives.
pub(crate) struct Arriving {
    pieces: BodyDataStream,
    pace: Pace,
    rate: LeastRate,
}

impl Arriving {
    /// The body of a request.
    pub(crate) fn new(body: Body, rate: LeastRate) -> Arriving {
        Arriving { pieces: body.into_data_stream(), pace: Pace::new(rate), rate }
    }

    /// The next piece; none at the end. Time passes for the sender only while this is awaited.
    ///
    /// # Errors
    /// 408: it arrives more slowly than the least rate; 400: it broke off.
    pub(crate) async fn next(&mut self) -> Result<Option<Bytes>, Problem> {
        let deadline = self.pace.wait(Instant::now());
        match timeout_at(deadline, self.pieces.next()).await {
            Ok(Some(Ok(piece))) => {
                self.pace.moved(piece.len(), Instant::now());
                Ok(Some(piece))
            }
            Ok(None) => Ok(None),
            Ok(Some(Err(_))) => {
                Err(Problem::new(Kind::Malformed, "The body ended before it was complete."))
            }
            Err(_) => Err(self.too_slow()),
        }
    }

    fn too_slow(&self) -> Problem {
        let LeastRate { bytes_per_second, grace } = self.rate;
        let rate = usize::try_from(bytes_per_second.get()).unwrap_or(usize::MAX);
        let detail = format!(
            "The body arrives more slowly than {bytes_per_second} bytes a second, by more than {} \
             seconds.",
            grace.as_secs()
        );
        Problem::new(Kind::RequestTimeout, detail).naming("body_rate", rate)
    }
}
