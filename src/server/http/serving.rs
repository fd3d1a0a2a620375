//! Connections, before any of them has said what it wants: how many there are, how long a head may take and how large it may be, and
//! where one request ends and the next begins. A proxy before the portal sees to that too; the portal does not rely on it.

use std::{convert::Infallible, net::SocketAddr, pin::pin, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::ConnectInfo,
    http::{HeaderValue, Request, StatusCode, header},
    response::{IntoResponse, Response},
    serve::Listener,
};
use hyper::{body::Incoming, server::conn::http1::Builder, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{
    net::TcpListener,
    sync::{OwnedSemaphorePermit, Semaphore},
    time::Instant,
};
use tower_service::Service;

/// The largest head of a request in bytes: an address with all that a form can type into it has room, and so have cookies.
const LARGEST_HEAD: usize = 64 * 1024;
/// How often it is logged that no more connections are taken.
const TOLD_EACH: Duration = Duration::from_secs(60);

/// What all connections are given together, and each by itself.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// How many may be open; who comes then waits until one ends.
    pub connections: usize,
    /// How long a connection may wait for the whole head of its next request, and be idle.
    pub head: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { connections: 4_096, head: Duration::from_secs(30) }
    }
}

/// Answers whoever comes until `stop` ends; then nobody is taken any more, and what is under way is answered.
pub async fn serve(mut listener: TcpListener, router: Router, bounds: Bounds, stop: impl Future<Output = ()>) {
    let router: Router = router.with_state(());
    let mut http = Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(bounds.head).max_header_size(LARGEST_HEAD);
    let mut places = Places::new(bounds.connections);
    let connections = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let (place, (stream, peer)) = tokio::select! {
            taken = async { (places.take().await, Listener::accept(&mut listener).await) } => taken,
            () = &mut stop => break,
        };
        let router = router.clone();
        let service = service_fn(move |request| answer(router.clone(), peer, request));
        let connection = connections.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // How it ended is the other side's business.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    connections.shutdown().await;
}

/// Answers a request. One whose length is told by its chunks is the last of its connection: where somebody before us believed another
/// length, what they took for a body would be the next request here. One for two hosts is none.
async fn answer(mut router: Router, peer: SocketAddr, mut request: Request<Incoming>) -> Result<Response, Infallible> {
    let is_for_two = request.headers().get_all(header::HOST).iter().nth(1).is_some();
    let is_last = is_for_two || request.headers().contains_key(header::TRANSFER_ENCODING);
    request.extensions_mut().insert(ConnectInfo(peer));
    let mut response = if is_for_two { StatusCode::BAD_REQUEST.into_response() } else { router.call(request).await? };
    if is_last {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    Ok(response)
}

/// As many connections as may be open.
struct Places {
    free: Arc<Semaphore>,
    told: Option<Instant>,
}

impl Places {
    fn new(most: usize) -> Self {
        Self { free: Arc::new(Semaphore::new(most)), told: None }
    }

    /// Waits for a place, which is free again when what is given here is dropped. None once places are given no more, which does not
    /// happen.
    async fn take(&mut self) -> Option<OwnedSemaphorePermit> {
        if self.free.available_permits() == 0 && self.told.is_none_or(|told| told.elapsed() >= TOLD_EACH) {
            self.told = Some(Instant::now());
            tracing::warn!("as many connections are open as may be: whoever comes waits (LINKA_CONNECTIONS)");
        }
        Arc::clone(&self.free).acquire_owned().await.ok()
    }
}
