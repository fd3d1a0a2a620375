//! The sandbox as programs see it: Stripe's API, and its own switches.

use std::io;

use axum::{
    Json, Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{any, post},
};
use serde::Deserialize;
use serde_json::json;

use super::{
    Asked, CardMode, Faults, KEY, Order, Sandbox,
    books::{Call, take},
    lock,
    params::{Answer, Refusal},
};
use crate::server::payments::gateway::api_version;

/// The largest request, in bytes.
const LARGEST: usize = 64 * 1024;

/// Stripe's API, and the switches under `/_sandbox`.
pub fn routes(sandbox: Sandbox) -> Router {
    Router::new()
        .route("/v1/{*path}", any(api))
        .route("/_sandbox/faults", post(faults))
        .route("/_sandbox/release", post(release))
        .route("/_sandbox/settle", post(settle))
        .route("/_sandbox/refund", post(refund))
        .route("/_sandbox/dispute", post(dispute))
        .with_state(sandbox)
}

fn json_answer((status, object): Answer) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, Json(object)).into_response()
}

fn refused(refusal: Refusal) -> Response {
    json_answer(refusal.into())
}

async fn api(State(sandbox): State<Sandbox>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let text = |name: &str| header_text(&parts.headers, name);
    let post = parts.method == Method::POST;
    if !post && parts.method != Method::GET {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let form = if post {
        String::from_utf8_lossy(&body).into_owned()
    } else {
        parts.uri.query().unwrap_or_default().to_owned()
    };
    let path = parts.uri.path().to_owned();
    let key = text("idempotency-key");
    sandbox.remember(Asked {
        method: parts.method.to_string(),
        path: path.clone(),
        version: text("stripe-version").unwrap_or_default(),
        key: key.clone(),
        form: form.clone(),
    });
    if take(&mut lock(&sandbox.0.faults).fail) {
        return refused(Refusal::of_type(StatusCode::INTERNAL_SERVER_ERROR, "api_error", "Something went wrong."));
    }
    if text(header::AUTHORIZATION.as_str()).is_none_or(|held| held != format!("Bearer {KEY}")) {
        let message = "Invalid API Key provided";
        return refused(Refusal::of_type(StatusCode::UNAUTHORIZED, "invalid_request_error", message));
    }
    if text("stripe-version").is_some_and(|version| version != api_version()) {
        let message = format!("The sandbox speaks version {} of the API.", api_version());
        return refused(Refusal::invalid("parameter_invalid", "Stripe-Version", message));
    }
    if key.as_ref().is_some_and(|key| key.is_empty() || key.len() > 255) {
        return refused(Refusal::invalid("parameter_invalid", "Idempotency-Key", "The key is too long."));
    }
    let call = Call { post, path: &path, form: &form, key: key.as_deref() };
    let mut faults = lock(&sandbox.0.faults).clone();
    let answer = sandbox.change(|books, ink| books.answer(ink, &call, &mut faults));
    let (is_lost, hangs) = {
        let mut now = lock(&sandbox.0.faults);
        now.fail_after = faults.fail_after;
        now.fail_kept = faults.fail_kept;
        (take(&mut now.lose), take(&mut now.hang))
    };
    if hangs {
        std::future::pending::<()>().await;
    }
    if is_lost {
        let broken = futures::stream::once(async { Err::<Vec<u8>, _>(io::Error::other("lost on purpose")) });
        return Response::new(Body::from_stream(broken));
    }
    json_answer(answer)
}

fn header_text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

async fn faults(State(sandbox): State<Sandbox>, Json(faults): Json<Faults>) -> StatusCode {
    sandbox.set_faults(faults);
    StatusCode::NO_CONTENT
}

async fn release(State(sandbox): State<Sandbox>, Json(order): Json<Order>) -> Response {
    Json(json!({ "statuses": sandbox.release(order).await })).into_response()
}

#[derive(Deserialize)]
struct Settle {
    session: String,
    comes: bool,
}

async fn settle(State(sandbox): State<Sandbox>, Json(Settle { session, comes }): Json<Settle>) -> Response {
    done(sandbox.settle(&session, comes))
}

#[derive(Deserialize)]
struct MoveRefund {
    refund: String,
    status: String,
}

async fn refund(State(sandbox): State<Sandbox>, Json(MoveRefund { refund, status }): Json<MoveRefund>) -> Response {
    done(sandbox.move_refund(&refund, &status))
}

#[derive(Deserialize)]
struct MoveDispute {
    payment_intent: String,
    status: String,
}

async fn dispute(State(sandbox): State<Sandbox>, Json(moved): Json<MoveDispute>) -> Response {
    done(sandbox.dispute(&moved.payment_intent, &moved.status))
}

fn done(outcome: Result<(), String>) -> Response {
    match outcome {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => (StatusCode::BAD_REQUEST, error).into_response(),
    }
}

/// What people and banks do, for tests; on the page people do the first three themselves.
impl Sandbox {
    /// Somebody pays on a checkout page.
    ///
    /// # Errors
    /// When that is not possible any more.
    pub fn pay(&self, session: &str) -> Result<(), String> {
        self.change(|books, ink| books.pay(ink, session, true, None)).map(drop).map_err(|refusal| refusal.message)
    }

    /// Somebody pays, or enters a card to be kept, of which the bank says something when it is drawn from later.
    ///
    /// # Errors
    /// As [`Sandbox::pay`].
    pub fn pay_with(&self, session: &str, mode: CardMode) -> Result<(), String> {
        self.change(|books, ink| books.pay_with(ink, session, mode, true, None))
            .map(drop)
            .map_err(|refusal| refusal.message)
    }

    /// The banks of all cards that are kept say something else from now on.
    pub fn set_cards(&self, mode: CardMode) {
        self.change(|books, _| books.set_cards(mode));
    }

    /// Somebody's card is declined on a checkout page.
    ///
    /// # Errors
    /// As [`Sandbox::pay`].
    pub fn decline(&self, session: &str) -> Result<(), String> {
        self.change(|books, ink| books.decline(ink, session)).map_err(|refusal| refusal.message)
    }

    /// Somebody pays another amount than was asked for, as a bug of ours or a forgery might have it.
    ///
    /// # Errors
    /// As [`Sandbox::pay`].
    pub fn pay_amount(&self, session: &str, amount: i64) -> Result<(), String> {
        self.change(|books, ink| books.pay(ink, session, true, Some(amount)))
            .map(drop)
            .map_err(|refusal| refusal.message)
    }

    /// Somebody pays in another currency than was asked for.
    ///
    /// # Errors
    /// As [`Sandbox::pay`].
    pub fn pay_in(&self, currency: &str, session: &str) -> Result<(), String> {
        self.change(|books, ink| {
            books.set_currency(session, currency);
            books.pay(ink, session, true, None)
        })
        .map(drop)
        .map_err(|refusal| refusal.message)
    }

    /// Somebody gets through a checkout page, but the money is yet to come.
    ///
    /// # Errors
    /// As [`Sandbox::pay`].
    pub fn pay_later(&self, session: &str) -> Result<(), String> {
        self.change(|books, ink| books.pay(ink, session, false, None)).map(drop).map_err(|refusal| refusal.message)
    }

    /// The money that was yet to come comes, or does not.
    ///
    /// # Errors
    /// When nothing was yet to come.
    pub fn settle(&self, session: &str, comes: bool) -> Result<(), String> {
        self.change(|books, ink| books.settle_later(ink, session, comes)).map_err(|refusal| refusal.message)
    }

    /// The bank moves a refund on.
    ///
    /// # Errors
    /// When there is no such refund.
    pub fn move_refund(&self, refund: &str, status: &str) -> Result<(), String> {
        self.change(|books, ink| books.move_refund(ink, refund, status)).map_err(|refusal| refusal.message)
    }

    /// The customer's bank begins a dispute over a payment, or moves it on.
    ///
    /// # Errors
    /// When there is no such payment.
    pub fn dispute(&self, payment_intent: &str, status: &str) -> Result<(), String> {
        self.change(|books, ink| books.dispute(ink, payment_intent, status)).map_err(|refusal| refusal.message)
    }

    /// What waits to be delivered, the oldest first.
    #[must_use]
    pub fn waiting(&self) -> Vec<super::Told> {
        lock(&self.0.books).outbox.clone()
    }
}
