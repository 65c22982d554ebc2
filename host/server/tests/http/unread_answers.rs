//! Answers that nobody reads, over the network: what they hold is given back.

use std::num::NonZeroU32;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::Request;
use stele_server::limits::{LeastRate, Limits, Share};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpSocket;

use crate::network::{Listening, eventually};

/// Longer than every limit of these tests, and short enough to wait for.
const LONG: Duration = Duration::from_secs(20);

const LINE: &str = "{\"slot\": \"bonus\", \"date\": \"2020-06-30\", \"facts\": {\"number\": 1}, \"explain\": true}\n";

const BATCH: &str = "/v1/tenants/acme/calculations/batch";

fn quick() -> Limits {
    let rate = LeastRate {
        bytes_per_second: NonZeroU32::new(1000).unwrap(),
        grace: Duration::from_millis(400),
    };
    Limits { answer_rate: rate, concurrent_batches: Share::of(1), ..Limits::default() }
}

async fn has_room_for_a_batch(server: &Listening) -> bool {
    let server = &server.server;
    server.post_as(&server.acme, BATCH, "application/x-ndjson", LINE).await.status == 200
}

#[tokio::test]
async fn an_http1_answer_that_is_not_read_ends_its_connection() {
    let server = Listening::with_bonus(quick()).await;
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4 << 10).unwrap();
    let mut stream = socket.connect(server.address).await.unwrap();
    let head = server.head("calculations/batch", "application/x-ndjson", 1 << 30);
    stream.write_all(head.as_bytes()).await.unwrap();
    // Lines until the server takes no more, and then still nothing is read.
    let lines = LINE.repeat(1000);
    let ended = tokio::time::timeout(LONG, async {
        while stream.write_all(lines.as_bytes()).await.is_ok() {}
    });
    ended.await.expect("a connection that nobody reads is kept");
    eventually("the batch's room", async || has_room_for_a_batch(&server).await).await;
}

/// As simple clients do, and as slowly: it takes longer than an answer may be left unread.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_may_write_twenty_thousand_lines_before_it_reads_one() {
    const LINES: usize = 20_000;
    let server = Listening::with_bonus(quick()).await;
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4 << 10).unwrap();
    let mut stream = socket.connect(server.address).await.unwrap();
    let head = server.head("calculations/batch", "application/x-ndjson", LINES * LINE.len());
    stream.write_all(head.as_bytes()).await.unwrap();
    let part = LINE.repeat(LINES / 20);
    for _ in 0..20 {
        let written = tokio::time::timeout(LONG, stream.write_all(part.as_bytes())).await;
        written.expect("the server has stopped reading").unwrap();
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let mut read = Vec::new();
    let mut answer = vec![0; 1 << 20];
    while !read.ends_with(b"\r\n0\r\n\r\n") {
        let bytes = tokio::time::timeout(LONG, stream.read(&mut answer)).await;
        let bytes = bytes.expect("the rest of the answer does not come").unwrap();
        assert!(bytes > 0, "the answer broke off");
        read.extend_from_slice(&answer[..bytes]);
    }
    let answered = without_chunks(&read);
    let answered = String::from_utf8(answered).unwrap();
    assert_eq!(answered.lines().count(), LINES);
    assert!(
        answered.lines().all(|line| line.contains("\"amount\":\"11\"")),
        "{}",
        &answered[..999]
    );
}

/// The body of a whole response in chunks (RFC 9112, section 7.1).
fn without_chunks(response: &[u8]) -> Vec<u8> {
    let end = response.windows(4).position(|end| end == b"\r\n\r\n").unwrap();
    let (mut rest, mut body) = (&response[end + 4..], Vec::new());
    loop {
        let end = rest.windows(2).position(|end| end == b"\r\n").unwrap();
        let length = std::str::from_utf8(&rest[..end]).unwrap();
        let length = usize::from_str_radix(length, 16).unwrap();
        if length == 0 {
            return body;
        }
        body.extend_from_slice(&rest[end + 2..end + 2 + length]);
        rest = &rest[end + 2 + length + 2..];
    }
}

#[tokio::test]
async fn an_http2_answer_that_is_not_read_is_reset() {
    let server = Listening::with_bonus(quick()).await;
    // One byte of each answer has room; the connection itself is read.
    let (mut sender, connection) = server.connect_http2(1).await;
    let connection = tokio::spawn(connection);
    let request = |path: &str, media_type: &str| {
        Request::post(format!("http://localhost{path}"))
            .header("authorization", format!("Bearer {}", server.server.acme))
            .header("content-type", media_type)
            .body(())
            .unwrap()
    };
    let calculations = "/v1/tenants/acme/calculations";
    for (path, media_type) in [(BATCH, "application/x-ndjson"), (calculations, "application/json")]
    {
        let (answer, mut body) = sender.send_request(request(path, media_type), false).unwrap();
        body.send_data(Bytes::from_static(LINE.as_bytes()), true).unwrap();
        let answer = tokio::time::timeout(LONG, answer).await.expect("no answer").unwrap();
        assert_eq!(answer.status(), 200);
        let mut answer = answer.into_body();
        // Taken, and never said to be taken, so that no more may be sent.
        let first = answer.data().await.unwrap().unwrap();
        assert_eq!(first.len(), 1);
        let reset = tokio::time::timeout(LONG, answer.data()).await;
        let reset = reset.expect("an answer that nobody reads waits for ever");
        let error = reset.expect("it ends as if it were complete").unwrap_err();
        assert_eq!(error.reason(), Some(h2::Reason::CANCEL), "{path}");
    }
    assert!(has_room_for_a_batch(&server).await);
    assert!(!connection.is_finished(), "whoever reads the connection keeps it");
}

#[tokio::test]
async fn an_answer_that_is_read_slowly_comes_whole() {
    let server = Listening::with_bonus(quick()).await;
    let (mut sender, connection) = server.connect_http2(64).await;
    tokio::spawn(connection);
    let request = Request::post("http://localhost/v1/tenants/acme/calculations")
        .header("authorization", format!("Bearer {}", server.server.acme))
        .header("content-type", "application/json")
        .body(())
        .unwrap();
    let (answer, mut body) = sender.send_request(request, false).unwrap();
    body.send_data(Bytes::from_static(LINE.as_bytes()), true).unwrap();
    let mut answer = answer.await.unwrap().into_body();
    let mut whole = Vec::new();
    while let Some(piece) = answer.data().await {
        let piece = piece.unwrap();
        whole.extend_from_slice(&piece);
        tokio::time::sleep(Duration::from_millis(10)).await;
        answer.flow_control().release_capacity(piece.len()).unwrap();
    }
    let whole: serde_json::Value = serde_json::from_slice(&whole).unwrap();
    assert_eq!(whole["slot"], "bonus");
}
