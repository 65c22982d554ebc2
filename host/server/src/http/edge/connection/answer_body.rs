//! The body of an answer on its way into a connection, in pieces.
//!
//! A body that is handed over in one piece counts as sent at once, however much of it the reader
//! has taken. In pieces, the request is over, and the room that it holds is given back, only when
//! the last but one has left.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes};
use hyper::body::{Body as HttpBody, Frame, SizeHint};

use super::activity::InFlight;
use super::streams;

/// Bytes of a piece: what one HTTP/2 frame carries by default.
const PIECE: usize = 16 << 10;

/// An answer, or the rest of one, up to which nothing is gained by holding back its last byte.
const SMALL: usize = 512;

/// A body that keeps its connection busy until it has been sent.
pub(crate) struct AnswerBody {
    body: Body,
    /// What the body gave and was not handed over yet.
    rest: Bytes,
    /// Whether the last byte is handed over alone. HTTP/2 takes a piece as soon as the reader has
    /// room for one byte of it, and is done with the last one: all but one byte of an answer would
    /// lie in the connection, uncounted, for as long as the reader likes.
    last_byte_alone: bool,
    _in_flight: InFlight,
}

impl AnswerBody {
    /// The body of an answer over HTTP/2 or HTTP/1.
    pub(crate) fn new(body: Body, is_http2: bool, in_flight: InFlight) -> AnswerBody {
        AnswerBody { body, rest: Bytes::new(), last_byte_alone: is_http2, _in_flight: in_flight }
    }

    fn piece(&mut self) -> Bytes {
        let length = match self.rest.len() {
            more if more > PIECE => PIECE,
            all if self.last_byte_alone && all > SMALL => all - 1,
            all => all,
        };
        self.rest.split_to(length)
    }
}

impl HttpBody for AnswerBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        streams::asked();
        if self.rest.is_empty() {
            match ready!(Pin::new(&mut self.body).poll_frame(cx)) {
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) => self.rest = data,
                    Err(trailers) => return Poll::Ready(Some(Ok(trailers))),
                },
                ended => return Poll::Ready(ended),
            }
        }
        let piece = self.piece();
        streams::handed(piece.len());
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let (rest, body) = (self.rest.len() as u64, self.body.size_hint());
        let mut hint = SizeHint::new();
        hint.set_lower(body.lower() + rest);
        if let Some(upper) = body.upper() {
            hint.set_upper(upper + rest);
        }
        hint
    }
}
