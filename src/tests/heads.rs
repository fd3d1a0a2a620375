//! What comes over a connection before it is a request: heads that never end or are too large, requests within requests, and more
//! connections than there may be.

use std::{net::SocketAddr, time::Duration};

use futures::future::join_all;
use linka::server::{db::MIGRATIONS, http};
use sqlx::PgPool;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::JoinHandle,
    time::{Instant, timeout},
};

use super::support::{World, paths, site_files};

/// How long a head may take here.
const HEAD: Duration = Duration::from_millis(600);
/// After which a connection counts as never closed.
const NEVER: Duration = Duration::from_secs(20);
/// What is hidden behind each request: nobody may be answered that.
const HIDDEN: &str = "GET /healthz HTTP/1.1\r\nHost: linka\r\n\r\n";

/// Serves with room for so many connections: where, until when, and that it has ended.
async fn serve(world: &World, connections: usize) -> (SocketAddr, oneshot::Sender<()>, JoinHandle<()>) {
    let files = site_files();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let (site_root, hash_file) = paths(&files);
    let router = http::router(world.app.clone(), http::site_options(address, &site_root, &hash_file));
    let (stop, stopped) = oneshot::channel();
    let served = tokio::spawn(async move {
        let stop = async { drop(stopped.await) };
        http::serve(listener, router, http::Bounds { connections, head: HEAD }, stop).await;
        drop(files);
    });
    (address, stop, served)
}

async fn open(address: SocketAddr) -> TcpStream {
    TcpStream::connect(address).await.expect("a connection")
}

/// All that is answered until the connection is closed, however that is done.
async fn answers(mut connection: TcpStream, sent: &[u8]) -> String {
    // Who is refused early may be cut off while writing.
    let _ = connection.write_all(sent).await;
    let mut answered = Vec::new();
    let _ = timeout(NEVER, connection.read_to_end(&mut answered)).await.expect("it is closed");
    String::from_utf8_lossy(&answered).into_owned()
}

/// Requests that are none, or of which two who stand one behind the other may think differently, and what is answered.
fn cases() -> Vec<(&'static str, String, u16)> {
    let get = |lines: &str| format!("GET /healthz HTTP/1.1\r\nHost: linka\r\n{lines}\r\n{HIDDEN}");
    let post = |lines: &str, body: &str| format!("POST /healthz HTTP/1.1\r\nHost: linka\r\n{lines}\r\n{body}{HIDDEN}");
    let chunked = "Transfer-Encoding: chunked\r\n";
    vec![
        // The length of the chunks counts, and the connection ends: what stood behind them is nobody's request.
        ("CL.TE", post(&format!("Content-Length: 6\r\n{chunked}"), "0\r\n\r\n"), 405),
        ("TE.CL", post(&format!("{chunked}Content-Length: 4\r\n"), "0\r\n\r\n"), 405),
        ("chunks alone", post(chunked, "0\r\n\r\n"), 405),
        ("chunks that are none", post(chunked, "zz\r\nx\r\n0\r\n\r\n"), 405),
        ("two lengths", post("Content-Length: 0\r\nContent-Length: 42\r\n", ""), 400),
        ("two lengths in a line", post("Content-Length: 0, 42\r\n", ""), 400),
        ("a length with a sign", post("Content-Length: +0\r\n", ""), 400),
        ("chunked is not the last", post("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n"), 400),
        ("chunked in other words", post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), 400),
        ("a blank before the colon", post("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"), 400),
        ("chunks of HTTP/1.0", post(chunked, "0\r\n\r\n").replacen("HTTP/1.1", "HTTP/1.0", 1), 400),
        ("a folded line", get("X-Folded: a\r\n b\r\n"), 400),
        ("two hosts", get("Host: elsewhere\r\n"), 400),
        ("a bare CR", get("X-Bare: a\rTransfer-Encoding: chunked\r\n"), 400),
        ("a zero byte", get("X-Zero: a\0b\r\n"), 400),
        ("100 kB in a line", get(&format!("X-Long: {}\r\n", "x".repeat(100_000))), 431),
        ("1,000 lines", get(&"X: y\r\n".repeat(1_000)), 431),
        // A line may end with a LF alone, and then is the same line for everybody.
        ("bare LF", "GET /healthz HTTP/1.1\nHost: linka\nConnection: close\n\n".to_owned() + HIDDEN, 200),
        ("TRACE", get("Connection: close\r\nX-Told: secret\r\n").replacen("GET /healthz", "TRACE /", 1), 405),
        ("TRACE of nothing", get("Connection: close\r\n").replacen("GET /healthz", "TRACE /nothing", 1), 405),
    ]
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn heads_are_bounded_in_size_time_and_number_and_hide_no_second_request(pool: PgPool) {
    let world = World::new(pool).await;
    let (address, stop, served) = serve(&world, 100).await;
    let unfinished = "GET /healthz HTTP/1.1\r\nHost: linka\r\nX-Never: ";
    let cut_off = async { answers(open(address).await, unfinished.as_bytes()).await };
    let tried = cases().into_iter().map(|(name, sent, status)| async move {
        let answered = answers(open(address).await, sent.as_bytes()).await;
        assert!(answered.starts_with(&format!("HTTP/1.1 {status} ")), "{name}: {answered}");
        assert_eq!(answered.matches("HTTP/1.1 ").count(), 1, "{name}: {answered}");
        assert!(answered.contains("connection: close\r\n") && !answered.contains("secret"), "{name}: {answered}");
    });
    let (cut_off, _) = tokio::join!(cut_off, join_all(tried));
    assert_eq!(cut_off, "", "a head that never ends is no request");
    // An idle connection does not keep it from ending.
    let idle = open(address).await;
    stop.send(()).expect("it listens");
    timeout(NEVER, served).await.expect("it ends").expect("in order");
    assert_eq!(answers(idle, b"").await, "");
    assert!(TcpStream::connect(address).await.is_err(), "nobody is taken any more");

    // With room for two, the third one waits until the time of one that says nothing is over.
    let (address, _stop, _served) = serve(&world, 2).await;
    let began = Instant::now();
    let _silent = [open(address).await, open(address).await];
    let asked = "GET /healthz HTTP/1.1\r\nHost: linka\r\nConnection: close\r\n\r\n";
    let answered = answers(open(address).await, asked.as_bytes()).await;
    assert!(answered.starts_with("HTTP/1.1 200 "), "{answered}");
    assert!(began.elapsed() >= HEAD, "{:?}", began.elapsed());
}
