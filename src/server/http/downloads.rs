//! How many files a customer downloads at the same time, and for how long: whoever reads slowly keeps nobody else from reading
//! (design, Expensive answers).

use std::{
    collections::HashMap,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    body::{Body, Bytes},
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http_body::{Frame, SizeHint};
use tokio::{
    sync::oneshot,
    time::{Sleep, sleep, timeout},
};

use super::documents::Refusal;
use crate::{
    model::{
        line::limits::{Limit, LimitReached},
        problem::Problem,
    },
    server::{
        app::App,
        auth::{Caller, Person},
        service::line::limits,
    },
};

/// How long a download may take in all.
const LONGEST: Duration = Duration::from_secs(10 * 60);
/// When whoever downloads too many at once may try again, in seconds.
const COME_AGAIN_S: u32 = 10;

/// The downloads of this process that are under way, by who reads them.
#[derive(Debug, Clone, Default)]
pub struct Downloads(Arc<Mutex<HashMap<String, u32>>>);

/// One of them; it ends where this is dropped.
#[derive(Debug)]
struct UnderWay {
    downloads: Downloads,
    reader: String,
}

impl Downloads {
    /// Begins one more, unless as many are under way as may be.
    fn begin(&self, reader: String, most: u32) -> Option<UnderWay> {
        let mut under_way = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = under_way.entry(reader.clone()).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(UnderWay { downloads: self.clone(), reader })
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let mut under_way = self.downloads.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = under_way.get_mut(&self.reader) {
            *count -= 1;
            if *count == 0 {
                under_way.remove(&self.reader);
            }
        }
    }
}

/// Lets a download pass, or refuses it. Making and sending count; what is refused is not made.
pub async fn limit(State((app, downloads)): State<(App, Downloads)>, request: Request, next: Next) -> Response {
    let Some(reader) = request.extensions().get::<Caller>().and_then(reader) else {
        return next.run(request).await;
    };
    let most = match limits::downloads_at_once(&app).await {
        Ok(most) => most,
        Err(problem) => return Refusal::from(problem).into_response(),
    };
    match downloads.begin(reader, most) {
        Some(under_way) => next.run(request).await.map(|body| Body::new(Deadline::new(body, under_way, LONGEST))),
        None => {
            let reached = LimitReached { limit: Limit::Downloads, most, retry_after_s: Some(COME_AGAIN_S) };
            Refusal::from(Problem::from(reached)).into_response()
        }
    }
}

/// Who reads: all members of a customer together, a person of the vendor alone.
fn reader(caller: &Caller) -> Option<String> {
    Some(match caller.session().ok()?.person {
        Person::Member { customer, .. } => format!("customer {customer}"),
        Person::Staff { id, .. } => format!("staff {id}"),
    })
}

/// A body that is cut off when it has taken too long. What it holds back from others goes then, too, even if nobody reads on.
struct Deadline {
    body: Body,
    deadline: Pin<Box<Sleep>>,
    _ends: oneshot::Sender<()>,
}

impl Deadline {
    fn new(body: Body, under_way: UnderWay, longest: Duration) -> Self {
        let (ends, ended) = oneshot::channel();
        tokio::spawn(async move {
            // The sender says nothing: it is dropped.
            let _ = timeout(longest, ended).await;
            drop(under_way);
        });
        Self { body, deadline: Box::pin(sleep(longest)), _ends: ends }
    }
}

impl http_body::Body for Deadline {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if self.deadline.as_mut().poll(context).is_ready() {
            return Poll::Ready(Some(Err(axum::Error::new("the download took too long"))));
        }
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_download_that_takes_too_long_is_cut_off_and_makes_room_even_if_nobody_reads_on() {
        let downloads = Downloads::default();
        let begin = || downloads.begin("customer 1".to_owned(), 1);
        let under_way = begin().expect("room");
        let endless = Body::from_stream(futures::stream::pending::<Result<Bytes, axum::Error>>());
        let mut body = Deadline::new(endless, under_way, Duration::ZERO);
        let cut = std::future::poll_fn(|context| http_body::Body::poll_frame(Pin::new(&mut body), context)).await;
        assert!(cut.is_some_and(|frame| frame.is_err()));
        let has_room = async {
            while begin().is_none() {
                tokio::task::yield_now().await;
            }
        };
        timeout(Duration::from_secs(10), has_room).await.expect("room, though the reader is still there");
    }

    #[test]
    fn each_reader_has_a_bound_of_its_own_and_what_ends_makes_room() {
        let downloads = Downloads::default();
        let begin = |reader: &str| downloads.begin(reader.to_owned(), 2);
        let (one, two) = (begin("customer 1"), begin("customer 1"));
        assert!(one.is_some() && two.is_some() && begin("customer 1").is_none());
        assert!(begin("customer 2").is_some());
        drop(one);
        assert!(begin("customer 1").is_some());
        drop(two);
        assert!(downloads.0.lock().unwrap().is_empty(), "nobody is remembered who reads nothing");
    }
}
