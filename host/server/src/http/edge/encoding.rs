//! Answers compressed for who asks for it: `Accept-Encoding: zstd` or `gzip`.
//!
//! For what is long: batches, and lists. Each piece of a stream is compressed to its end before the
//! next is asked for, so that it leaves when it is there; on a thread that may take its time where a
//! piece is long.

use std::convert::Infallible;
use std::io::Write;

use axum::body::{Body, Bytes};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use flate2::Compression;
use flate2::write::GzEncoder;
use futures::stream::{self, StreamExt};

/// zstd's level. Of payslips level 1 makes a tenth less than the default of 3, in half the time.
const LEVEL: i32 = 1;

/// Bytes that a serving thread compresses itself: less than a tenth of a millisecond.
const IN_PLACE: usize = 16 << 10;

/// How an answer is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// As it is.
    Identity,
    /// RFC 8878.
    Zstd,
    /// RFC 1952.
    Gzip,
}

impl<S: Sync> FromRequestParts<S> for Encoding {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Encoding, Infallible> {
        Ok(Encoding::of(&parts.headers))
    }
}

impl Encoding {
    /// The one that the caller prefers, of equal ones zstd. As it is where nothing is said.
    pub(crate) fn of(headers: &HeaderMap) -> Encoding {
        let named = headers.get_all(header::ACCEPT_ENCODING).iter();
        let named = named.filter_map(|value| value.to_str().ok()).flat_map(|list| list.split(','));
        let mut best = (0, Encoding::Identity);
        for one in named {
            let mut parts = one.split(';').map(str::trim);
            let encoding = match parts.next().unwrap_or_default().to_ascii_lowercase().as_str() {
                "zstd" => Encoding::Zstd,
                "gzip" | "x-gzip" => Encoding::Gzip,
                _ => continue,
            };
            let weight = weight(parts);
            let is_better = weight > best.0 || (weight == best.0 && encoding == Encoding::Zstd);
            if weight > 0 && is_better {
                best = (weight, encoding);
            }
        }
        best.1
    }

    /// The same answer, encoded.
    pub(crate) fn encode(self, response: Response) -> Response {
        let (mut parts, body) = response.into_parts();
        parts.headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
        let (name, encoder) = match self {
            Encoding::Identity => return Response::from_parts(parts, body),
            Encoding::Zstd => ("zstd", Encoder::zstd()),
            Encoding::Gzip => ("gzip", Encoder::gzip()),
        };
        // An encoder is only missing where there is no memory for one.
        let Some(encoder) = encoder else { return Response::from_parts(parts, body) };
        parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        parts.headers.remove(header::CONTENT_LENGTH);
        let pieces = body.into_data_stream();
        let encoded = stream::unfold((pieces, Some(encoder)), async |(mut pieces, encoder)| {
            let encoder = encoder?;
            match pieces.next().await {
                Some(Ok(piece)) => {
                    let (encoder, encoded) = encoder.piece(piece).await?;
                    Some((Ok(encoded), (pieces, Some(encoder))))
                }
                Some(Err(error)) => Some((Err(error), (pieces, None))),
                None => Some((Ok(encoder.end()?), (pieces, None))),
            }
        });
        Response::from_parts(parts, Body::from_stream(encoded))
    }
}

/// How much an encoding is wanted, in thousandths (RFC 9110, section 12.4.2); 1000 where nothing is
/// said, 0 where it can not be read.
fn weight<'a>(mut parameters: impl Iterator<Item = &'a str>) -> u32 {
    let Some(said) = parameters.find_map(|parameter| parameter.strip_prefix("q=")) else {
        return 1000;
    };
    let (whole, fraction) = said.split_once('.').unwrap_or((said, ""));
    let thousandths = match fraction.len() {
        0..=3 => format!("{whole}{fraction:0<3}").parse(),
        _ => return 0,
    };
    thousandths.map_or(0, |weight: u32| weight.min(1000))
}

/// An encoder that writes into memory.
enum Encoder {
    Zstd(zstd::stream::write::Encoder<'static, Vec<u8>>),
    Gzip(GzEncoder<Vec<u8>>),
}

impl Encoder {
    fn zstd() -> Option<Encoder> {
        zstd::stream::write::Encoder::new(Vec::new(), LEVEL).ok().map(Encoder::Zstd)
    }

    fn gzip() -> Option<Encoder> {
        Some(Encoder::Gzip(GzEncoder::new(Vec::new(), Compression::fast())))
    }

    /// A piece, so that whoever has all up to here can read all of it. None: it is not to be had.
    async fn piece(self, piece: Bytes) -> Option<(Encoder, Bytes)> {
        if piece.len() <= IN_PLACE {
            return self.written(&piece);
        }
        tokio::task::spawn_blocking(move || self.written(&piece)).await.ok().flatten()
    }

    fn written(mut self, piece: &[u8]) -> Option<(Encoder, Bytes)> {
        let written = match &mut self {
            Encoder::Zstd(encoder) => {
                encoder.write_all(piece).and_then(|()| encoder.flush()).ok()?;
                std::mem::take(encoder.get_mut())
            }
            Encoder::Gzip(encoder) => {
                encoder.write_all(piece).and_then(|()| encoder.flush()).ok()?;
                std::mem::take(encoder.get_mut())
            }
        };
        Some((self, Bytes::from(written)))
    }

    fn end(self) -> Option<Bytes> {
        let rest = match self {
            Encoder::Zstd(encoder) => encoder.finish().ok()?,
            Encoder::Gzip(encoder) => encoder.finish().ok()?,
        };
        Some(Bytes::from(rest))
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use http_body_util::BodyExt;

    use super::*;

    fn chosen(accepted: &str) -> Encoding {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_str(accepted).unwrap());
        Encoding::of(&headers)
    }

    #[test]
    fn what_the_caller_prefers_is_chosen() {
        for (accepted, encoding) in [
            ("gzip, deflate, br, zstd", Encoding::Zstd),
            ("gzip", Encoding::Gzip),
            ("gzip;q=1.0, zstd;q=0.5", Encoding::Gzip),
            ("gzip;q=0.5, zstd;q=0.5", Encoding::Zstd),
            ("zstd;q=0", Encoding::Identity),
            ("br, identity", Encoding::Identity),
            ("gzip;q=much", Encoding::Identity),
            ("gzip;q=0.125, zstd;q=0.12", Encoding::Gzip),
        ] {
            assert_eq!(chosen(accepted), encoding, "{accepted}");
        }
        assert_eq!(Encoding::of(&HeaderMap::new()), Encoding::Identity);
    }

    #[tokio::test]
    async fn each_piece_can_be_read_when_it_is_there_and_the_whole_is_one_stream() {
        let pieces = ["first\n".to_owned(), "second\n".repeat(10_000), "third\n".to_owned()];
        for encoding in [Encoding::Zstd, Encoding::Gzip] {
            let body = stream::iter(pieces.clone().map(Ok::<_, Infallible>));
            let response = encoding.encode(Response::new(Body::from_stream(body)));
            let mut encoded = response.into_body();
            let first = encoded.frame().await.unwrap().unwrap().into_data().unwrap();
            let mut shown = [0; 6];
            decoder(encoding, &first).read_exact(&mut shown).unwrap();
            assert_eq!(&shown, b"first\n");
            let rest = encoded.collect().await.unwrap().to_bytes();
            let whole = [first, rest].concat();
            assert!(whole.len() < 2000, "{} bytes", whole.len());
            let mut read = String::new();
            decoder(encoding, &whole).read_to_string(&mut read).unwrap();
            assert_eq!(read, pieces.concat());
        }
    }

    fn decoder<'a>(encoding: Encoding, bytes: &'a [u8]) -> Box<dyn Read + 'a> {
        match encoding {
            Encoding::Gzip => Box::new(flate2::read::GzDecoder::new(bytes)),
            _ => Box::new(zstd::stream::read::Decoder::new(bytes).unwrap()),
        }
    }
}
