//! What somebody sends: a form, which may be sent again, and cut off at any wait.

use std::{future::poll_fn, panic::AssertUnwindSafe, pin::pin, rc::Rc, task::Poll};

use futures::{FutureExt, future::LocalBoxFuture};

use crate::{model::problem::Problem, server::app::App};

/// A form as it was filled in: sent again, it says the same under the same key.
#[derive(Clone)]
pub(super) struct Deed {
    /// Who does what, in a few words.
    pub says: String,
    /// Whether it says the same for good, so that it changes nothing however late it comes again.
    pub is_for_good: bool,
    send: Rc<dyn Fn(App) -> LocalBoxFuture<'static, Result<(), Problem>>>,
}

/// `deed!(says, |app, a, b| use_case(&app, &a, b).await)`: what is named is the deed's own, each time it is sent.
macro_rules! deed {
    ($says:expr, |$app:ident $(, $own:ident)*| $send:expr) => {{
        $(let $own = $own.clone();)*
        $crate::server::simulate::deeds::Deed::new($says, move |$app| {
            $(let $own = $own.clone();)*
            async move { $send }
        })
    }};
}
pub(super) use deed;

impl Deed {
    pub fn new<F>(says: impl Into<String>, send: impl Fn(App) -> F + 'static) -> Self
    where
        F: Future<Output = Result<(), Problem>> + 'static,
    {
        Self { says: says.into(), is_for_good: true, send: Rc::new(move |app| send(app).boxed_local()) }
    }

    /// The same, said to come again.
    pub fn again(&self) -> Self {
        Self { says: format!("again: {}", self.says), ..self.clone() }
    }

    /// The same, which may mean something else later.
    pub fn for_now(self) -> Self {
        Self { is_for_good: false, ..self }
    }

    /// Sends it; none where the server panics over it.
    pub async fn send(&self, app: &App) -> Option<Result<(), Problem>> {
        AssertUnwindSafe((self.send)(app.clone())).catch_unwind().await.ok()
    }

    /// Sends it to a process that dies after so many waits, if it has not answered by then.
    pub async fn send_in_vain(&self, app: &App, waits: i64) {
        for_waits((self.send)(app.clone()), waits).await;
    }
}

/// Lets a future go on for so many waits, and drops it then: whether it has come to its end.
pub(super) async fn for_waits<T>(future: impl Future<Output = T>, most: i64) -> bool {
    let mut future = pin!(future);
    let mut waits = 0;
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(_) => Poll::Ready(true),
        Poll::Pending => {
            waits += 1;
            if waits > most { Poll::Ready(false) } else { Poll::Pending }
        }
    })
    .await
}
