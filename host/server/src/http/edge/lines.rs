//! A body as a stream of lines, whatever the pieces that it arrives in. Memory is bounded by the
//! longest line allowed; a longer one is skipped to its end and costs that line only.

use std::time::Duration;

use axum::body::{Body, BodyDataStream, Bytes};
use futures::stream::{self, Stream, StreamExt};

use super::body::late;
use super::problem::{Kind, Problem};

/// One line of a stream, counted from 1 together with blank lines, which are left out.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// Its number.
    pub number: u64,
    /// Its text without the line's end; none where it was longer than allowed.
    pub text: Option<Bytes>,
}

/// The lines of a body. An error is the last element: nothing can be read after it.
pub(crate) fn lines(
    body: Body,
    longest: usize,
    idle: Duration,
) -> impl Stream<Item = Result<Line, Problem>> + Send {
    let reader = Reader {
        stream: body.into_data_stream(),
        piece: Bytes::new(),
        carried: Vec::new(),
        too_long: false,
        number: 0,
        longest,
        idle,
    };
    stream::unfold(Some(reader), |reader| async {
        let mut reader = reader?;
        match reader.next().await {
            Ok(None) => None,
            Ok(Some(line)) => Some((Ok(line), Some(reader))),
            Err(problem) => Some((Err(problem), None)),
        }
    })
}

struct Reader {
    stream: BodyDataStream,
    /// What has arrived and is not read yet.
    piece: Bytes,
    /// The beginning of a line whose end has not arrived yet.
    carried: Vec<u8>,
    /// The line that is being read is longer than allowed.
    too_long: bool,
    number: u64,
    longest: usize,
    idle: Duration,
}

impl Reader {
    async fn next(&mut self) -> Result<Option<Line>, Problem> {
        loop {
            if let Some(end) = self.piece.iter().position(|byte| *byte == b'\n') {
                let rest = self.piece.split_off(end + 1);
                let mut text = std::mem::replace(&mut self.piece, rest);
                text.truncate(end);
                if let Some(line) = self.end_line(text) {
                    return Ok(Some(line));
                }
                continue;
            }
            let unfinished = std::mem::take(&mut self.piece);
            self.carry(&unfinished);
            match tokio::time::timeout(self.idle, self.stream.next()).await {
                Ok(Some(Ok(piece))) => self.piece = piece,
                Ok(None) => return Ok(self.last_line()),
                Ok(Some(Err(_))) => {
                    return Err(Problem::new(
                        Kind::Malformed,
                        "The body ended before it was complete.",
                    ));
                }
                Err(_) => return Err(late(self.idle)),
            }
        }
    }

    fn carry(&mut self, bytes: &[u8]) {
        if self.carried.len() + bytes.len() > self.longest {
            self.too_long = true;
            self.carried = Vec::new();
        }
        if !self.too_long {
            self.carried.extend_from_slice(bytes);
        }
    }

    /// The line that ends with `text`; none where it is blank.
    fn end_line(&mut self, text: Bytes) -> Option<Line> {
        self.number += 1;
        let whole = if self.carried.is_empty() && !self.too_long && text.len() <= self.longest {
            text
        } else {
            self.carry(&text);
            if std::mem::take(&mut self.too_long) {
                self.carried = Vec::new();
                return Some(Line { number: self.number, text: None });
            }
            Bytes::from(std::mem::take(&mut self.carried))
        };
        let blank = whole.iter().all(u8::is_ascii_whitespace);
        (!blank).then_some(Line { number: self.number, text: Some(whole) })
    }

    /// What stands after the last line's end.
    fn last_line(&mut self) -> Option<Line> {
        match self.carried.is_empty() && !self.too_long {
            true => None,
            false => self.end_line(Bytes::new()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(pieces: &[&'static str], longest: usize) -> Vec<(u64, Option<String>)> {
        let pieces: Vec<Result<_, std::io::Error>> =
            pieces.iter().map(|piece| Ok(Bytes::from_static(piece.as_bytes()))).collect();
        let body = Body::from_stream(stream::iter(pieces));
        lines(body, longest, Duration::from_secs(1))
            .map(|line| {
                let line = line.unwrap();
                (line.number, line.text.map(|text| String::from_utf8(text.to_vec()).unwrap()))
            })
            .collect()
            .await
    }

    fn line(number: u64, text: &str) -> (u64, Option<String>) {
        (number, Some(text.to_owned()))
    }

    #[tokio::test]
    async fn lines_do_not_depend_on_how_they_arrive() {
        let expected = vec![line(1, "one"), line(3, "three"), line(4, "four")];
        for pieces in [
            vec!["one\n\nthree\nfour"],
            vec!["o", "ne", "\n", "\nthr", "ee\nfo", "ur"],
            vec!["one\n\n", "three\n", "four\n"],
        ] {
            assert_eq!(read(&pieces, 100).await, expected);
        }
    }

    #[tokio::test]
    async fn a_line_over_the_limit_costs_that_line_only() {
        for pieces in [vec!["ok\n123456\nok"], vec!["ok\n123", "4", "56", "7\nok"]] {
            let read = read(&pieces, 5).await;
            assert_eq!(read, vec![line(1, "ok"), (2, None), line(3, "ok")]);
        }
        assert_eq!(read(&["12345\n123456"], 5).await, vec![line(1, "12345"), (2, None)]);
    }
}
