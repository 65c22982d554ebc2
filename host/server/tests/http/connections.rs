//! Connections that ask for nothing, over the network: they end, and never stand in another's way.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use stele_server::limits::Limits;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

use crate::network::Listening;

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// An empty SETTINGS frame.
const SETTINGS: &[u8] = &[0, 0, 0, 4, 0, 0, 0, 0, 0];

/// Longer than every limit of these tests, and short enough to wait for.
const LONG: Duration = Duration::from_secs(8);

fn quick() -> Limits {
    Limits {
        head_timeout: Duration::from_millis(300),
        idle_timeout: Duration::from_millis(600),
        ..Limits::default()
    }
}

/// Whether the server ends the connection.
async fn is_ended(mut stream: TcpStream) -> bool {
    let mut read = Vec::new();
    // An end or a reset: both give the room back.
    tokio::time::timeout(LONG, stream.read_to_end(&mut read)).await.is_ok()
}

#[tokio::test]
async fn a_connection_that_asks_for_nothing_is_ended() {
    let server = Listening::start(quick()).await;
    let whole = [PREFACE, SETTINGS].concat();
    for (what, sent) in [
        ("nothing", &b""[..]),
        ("a part of the HTTP/2 preface", &PREFACE[..10]),
        ("the HTTP/2 preface", PREFACE),
        ("an HTTP/2 connection without a stream", &whole),
        ("a part of a head", b"GET /healthz HTTP/1.1\r\nhost:"),
    ] {
        let mut stream = server.connect().await;
        stream.write_all(sent).await.unwrap();
        assert!(is_ended(stream).await, "a connection that sends {what} is kept");
    }
}

#[tokio::test]
async fn a_head_that_drips_is_ended() {
    let server = Listening::start(quick()).await;
    let (read, mut write) = server.connect().await.into_split();
    let dripping = tokio::spawn(async move {
        for byte in b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n".iter().cycle() {
            if write.write_all(&[*byte]).await.is_err() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    let mut read = read;
    let mut all = Vec::new();
    let ended = tokio::time::timeout(LONG, read.read_to_end(&mut all)).await;
    dripping.abort();
    assert!(ended.is_ok(), "a dripping head is kept");
}

#[tokio::test]
async fn a_connection_that_asks_for_nothing_more_is_ended() {
    let server = Listening::start(quick()).await;
    let mut stream = server.connect().await;
    for _ in 0..3 {
        // Longer than a first request may take: who has asked may rest a little longer.
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert_eq!(server.health_over(&mut stream).await.unwrap(), 200);
    }
    assert!(is_ended(stream).await, "an idle HTTP/1 connection is kept");

    let (mut sender, connection) = server.connect_http2(1 << 20).await;
    let connection = tokio::spawn(connection);
    assert_eq!(server.health_over_http2(&mut sender).await, 200);
    let ended = tokio::time::timeout(LONG, connection).await;
    assert!(ended.is_ok(), "an idle HTTP/2 connection is kept");
}

/// Opens so many connections that send nothing, from so many addresses.
async fn silent(server: &Listening, count: usize, addresses: u8) -> Vec<TcpStream> {
    let mut silent = Vec::new();
    for (_, last) in (0..count).zip((2..2 + addresses).cycle()) {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(SocketAddr::from((Ipv4Addr::new(127, 0, 0, last), 0))).unwrap();
        // One that is refused may be reset before it is seen to be open.
        if let Ok(stream) = socket.connect(server.address).await {
            silent.push(stream);
        }
    }
    silent
}

#[tokio::test]
async fn silent_connections_leave_the_server_answering_others() {
    // No clock helps here: nothing of this takes as long as the shortest time-out.
    let limits = Limits { connections: 64, connections_per_address: 16, ..Limits::default() };
    for addresses in [1, 16] {
        let server = Listening::start(limits.clone()).await;
        let mut known = server.connect().await;
        assert_eq!(server.health_over(&mut known).await.unwrap(), 200);
        let held = silent(&server, 300, addresses).await;
        let fresh = async { server.health_over(&mut server.connect().await).await };
        let fresh = tokio::time::timeout(LONG, fresh).await;
        assert_eq!(fresh.expect("nobody answers").unwrap(), 200, "{addresses} addresses");
        let other = server.health_over(&mut known).await;
        assert_eq!(other.unwrap(), 200, "whoever has asked keeps its connection");
        drop(held);
    }
}

#[tokio::test]
async fn a_connection_too_many_is_told_so_at_once() {
    let limits = Limits { connections: 8, connections_per_address: 2, ..Limits::default() };
    let server = Listening::start(limits).await;
    // Two that are being answered can not be ended in favour of a third.
    let mut busy = Vec::new();
    for _ in 0..2 {
        let mut stream = server.connect().await;
        let head = server.head_of_a_calculation(100);
        stream.write_all(head.as_bytes()).await.unwrap();
        busy.push(stream);
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    let mut third = server.connect().await;
    let mut answer = Vec::new();
    let told = tokio::time::timeout(LONG, third.read_to_end(&mut answer)).await;
    told.expect("it is neither answered nor ended").unwrap();
    let answer = String::from_utf8(answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 429 "), "{answer}");
    assert!(answer.contains("\"limit\":\"connections_per_address\""), "{answer}");
}
