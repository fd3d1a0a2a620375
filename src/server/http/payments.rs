//! Payments by card over HTTP: what Stripe tells, and the ways to its pages and back. The only place that sends browsers to
//! another site: to the page that Stripe itself named, on its own site or the sandbox.

use axum::{
    Extension, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, FromRef, Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};

use serde::Deserialize;

use super::session::{refuse, status};
use crate::{
    model::{
        money::{card::CardPurpose, purchases::PurchaseNumber},
        paths,
        problem::Problem,
    },
    server::{
        app::App,
        auth::{Buyer, Caller},
        payments::webhook::{self, NotStripe, SIGNATURE},
        service::money::{saved_cards, stripe_events},
    },
};

/// The largest message of Stripe's that is read, in bytes.
const LARGEST: usize = 1024 * 1024;

/// Stripe's way in. It has no session and comes from no page of ours: the signature is its only pass.
pub fn webhook<S: Clone + Send + Sync + 'static>() -> Router<S>
where
    App: FromRef<S>,
{
    Router::new().route(paths::STRIPE_WEBHOOK, post(receive)).layer(DefaultBodyLimit::max(LARGEST))
}

async fn receive(State(app): State<App>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let Some(secret) = app.payments.webhook_secret() else { return StatusCode::NOT_FOUND };
    let signature = headers.get(SIGNATURE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let event = std::str::from_utf8(&body)
        .map_err(|_| NotStripe::Forged)
        .and_then(|body| webhook::read(body, signature, secret, app.clock.now()));
    match event {
        Err(error) => {
            tracing::warn!(%error, "a message that claims to be Stripe's");
            StatusCode::BAD_REQUEST
        }
        Ok(event) => match stripe_events::receive(&app, &event).await {
            Ok(()) => StatusCode::OK,
            Err(problem) => status(&problem),
        },
    }
}

/// The way to the page on which a purchase is paid.
pub async fn pay(State(app): State<App>, Extension(caller): Extension<Caller>, Path(number): Path<String>) -> Response {
    let led = async {
        let (buyer, number) = purchase(&caller, &number)?;
        let page = saved_cards::payment_page(&app, &buyer, number).await?;
        Ok(page.map_or_else(|| see_purchase(number), |url| see_other(&url)))
    };
    led.await.unwrap_or_else(refuse)
}

/// The way back from there.
pub async fn come_back(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(number): Path<String>,
) -> Response {
    let led = async {
        let (buyer, number) = purchase(&caller, &number)?;
        saved_cards::look_again(&app, &buyer, number).await?;
        Ok(see_purchase(number))
    };
    led.await.unwrap_or_else(refuse)
}

/// The way to the page on which the card of a subscription is entered.
pub async fn save_card_of_subscription(State(app): State<App>, Extension(caller): Extension<Caller>) -> Response {
    save_card(&app, &caller, CardPurpose::Subscription).await
}

/// The way to the page on which the card for top-ups is entered.
pub async fn save_card_of_top_up(State(app): State<App>, Extension(caller): Extension<Caller>) -> Response {
    save_card(&app, &caller, CardPurpose::TopUp).await
}

async fn save_card(app: &App, caller: &Caller, purpose: CardPurpose) -> Response {
    let led = async {
        let page = saved_cards::setup_page(app, &caller.may_buy()?, purpose).await?;
        Ok(see_other(page.as_deref().unwrap_or(home_of(purpose))))
    };
    led.await.unwrap_or_else(refuse)
}

const fn home_of(purpose: CardPurpose) -> &'static str {
    match purpose {
        CardPurpose::Subscription => paths::SUBSCRIPTION,
        CardPurpose::TopUp => paths::TOP_UP,
    }
}

/// What Stripe says as it leads back.
#[derive(Deserialize)]
pub struct CameBack {
    #[serde(default)]
    session: String,
}

/// The way back from the page of a subscription's card.
pub async fn card_of_subscription_saved(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Query(back): Query<CameBack>,
) -> Response {
    card_saved(&app, &caller, &back, CardPurpose::Subscription).await
}

/// The way back from the page of the card for top-ups.
pub async fn card_of_top_up_saved(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Query(back): Query<CameBack>,
) -> Response {
    card_saved(&app, &caller, &back, CardPurpose::TopUp).await
}

async fn card_saved(app: &App, caller: &Caller, back: &CameBack, purpose: CardPurpose) -> Response {
    let led = async {
        saved_cards::come_back(app, &caller.may_buy()?, &back.session).await?;
        Ok(see_other(home_of(purpose)))
    };
    led.await.unwrap_or_else(refuse)
}

fn purchase(caller: &Caller, number: &str) -> Result<(Buyer, PurchaseNumber), Problem> {
    Ok((caller.may_buy()?, number.parse().map_err(|_| Problem::NotFound)?))
}

/// The purchase's page says in words what is so.
fn see_purchase(number: PurchaseNumber) -> Response {
    see_other(&paths::purchase(number))
}

fn see_other(url: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, url)]).into_response()
}
