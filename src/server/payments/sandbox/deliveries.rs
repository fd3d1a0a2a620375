//! Telling: signed messages to the portal, again until they are taken.

use std::time::Duration;

use axum::{
    body::Bytes,
    http::{Request, Uri, header},
};
use http_body_util::Full;
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use serde::{Deserialize, Serialize};
use stripe_webhook::Webhook;

use super::{SECRET, Sandbox, books::Told, lock};
use crate::server::payments::webhook::SIGNATURE;

/// How long to wait before the next try; Stripe goes on for three days.
const PAUSES: [Duration; 6] = [
    Duration::from_millis(500),
    Duration::from_secs(2),
    Duration::from_secs(10),
    Duration::from_secs(60),
    Duration::from_secs(600),
    Duration::from_secs(3600),
];

/// In which order held messages are released.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// The oldest first.
    #[default]
    AsTold,
    /// The newest first.
    Reversed,
}

impl Sandbox {
    /// Delivers what is held, one after the other; gives the statuses of the answers, 0 where there was none. What is not
    /// taken stays.
    pub async fn release(&self, order: Order) -> Vec<u16> {
        let mut waiting = std::mem::take(&mut lock(&self.0.books).outbox);
        if order == Order::Reversed {
            waiting.reverse();
        }
        let mut statuses = Vec::new();
        for told in waiting {
            let status = self.deliver(&told).await;
            if !is_taken(status) {
                lock(&self.0.books).outbox.push(told);
            }
            statuses.push(status);
        }
        self.keep(&lock(&self.0.books));
        statuses
    }

    /// Delivers what waits in the background.
    pub(super) fn deliver_what_waits(&self) {
        for told in lock(&self.0.books).outbox.clone() {
            let sandbox = self.clone();
            tokio::spawn(async move { sandbox.deliver_until_taken(told).await });
        }
    }

    async fn deliver_until_taken(&self, told: Told) {
        for pause in PAUSES {
            if !lock(&self.0.books).outbox.contains(&told) {
                return;
            }
            if is_taken(self.deliver(&told).await) {
                let mut books = lock(&self.0.books);
                if let Some(place) = books.outbox.iter().position(|waiting| waiting.id == told.id) {
                    books.outbox.remove(place);
                }
                self.keep(&books);
                return;
            }
            tokio::time::sleep(pause).await;
        }
    }

    /// The signature that a body bears when it is sent now.
    #[must_use]
    pub fn sign(&self, body: &str) -> String {
        Webhook::generate_test_header(body, SECRET, Some(self.0.clock.now().timestamp()))
    }

    async fn deliver(&self, told: &Told) -> u16 {
        let webhook = lock(&self.0.webhook).clone();
        let Ok(uri) = webhook.parse::<Uri>() else { return 0 };
        let request = Request::post(uri)
            .header(header::CONTENT_TYPE, "application/json; charset=utf-8")
            .header(SIGNATURE, self.sign(&told.body))
            .body(Full::<Bytes>::from(told.body.clone()));
        let Ok(request) = request else { return 0 };
        let client = Client::builder(TokioExecutor::new()).build_http();
        client.request(request).await.map_or(0, |response| response.status().as_u16())
    }
}

fn is_taken(status: u16) -> bool {
    (200..300).contains(&status)
}
