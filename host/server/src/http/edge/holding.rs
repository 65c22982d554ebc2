//! An answer that holds the room of its request until it has been sent.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use hyper::body::{Body as HttpBody, Frame, SizeHint};

use super::room::Place;

/// The body of an answer, with the room that it holds.
pub(crate) struct Holding {
    body: Body,
    _place: Place,
}

impl Holding {
    /// This body, for as long as it is there.
    pub(crate) fn new(body: Body, place: Place) -> Holding {
        Holding { body, _place: place }
    }
}

impl HttpBody for Holding {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
