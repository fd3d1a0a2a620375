//! Cards that are kept at a customer of Stripe's, and payments that are drawn from them with nobody present.

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    super::{
        objects::{self, NewPayment},
        params::{Params, Refusal},
    },
    Books, Ink, return_url,
};

/// The name of Stripe's test card 4000 0000 0000 0341: it is kept, and declined when it is drawn from.
pub const DECLINED_LATER: &str = "pm_card_chargeCustomerFail";

/// What a bank says when a kept card is drawn from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardMode {
    /// It pays.
    #[default]
    Pay,
    /// It declines.
    Decline,
    /// It wants its holder to confirm the payment (3-D Secure).
    Ask,
}

impl Books {
    /// The bank of all cards that are kept says something else from now on.
    pub fn set_cards(&mut self, mode: CardMode) {
        for card in self.cards.values_mut() {
            card.mode = mode;
        }
    }

    /// Keeps the card with which somebody pays or which somebody enters: gives customer and payment method.
    pub fn keep_card(&mut self, ink: &Ink<'_>, customer: Option<&str>, mode: CardMode) -> (String, String) {
        let customer = customer.map_or_else(|| ink.id("cus"), str::to_owned);
        let id = ink.id("pm");
        let object = objects::payment_method(&id, &customer, ink.now);
        self.cards.insert(id.clone(), KeptCard { object, mode });
        (customer, id)
    }

    /// Somebody enters a card on a page that only keeps it. Gives the address to which the customer returns.
    pub fn set_up(&mut self, ink: &Ink<'_>, id: &str, mode: CardMode) -> Result<String, Refusal> {
        let given = self.open_session(id)?["customer"].as_str().map(str::to_owned);
        let (customer, card) = self.keep_card(ink, given.as_deref(), mode);
        let metadata = self.intent_metadata.get(id).cloned().unwrap_or_else(|| json!({}));
        let intent = objects::setup_intent(&ink.id("seti"), (&customer, &card), ink.now, metadata);
        let session = self.open_session(id)?;
        session["status"] = json!("complete");
        session["url"] = Value::Null;
        session["customer"] = json!(customer);
        session["setup_intent"] = intent["id"].clone();
        session["customer_details"] = objects::customer_details(&session["customer_email"]);
        let session = session.clone();
        self.setups.insert(intent["id"].as_str().unwrap_or_default().to_owned(), intent.clone());
        self.emit_event(ink, "setup_intent.succeeded", &intent);
        self.emit_event(ink, "checkout.session.completed", &session);
        Ok(return_url(&session))
    }

    /// `GET /v1/setup_intents/{id}`
    pub fn setup_intent(&self, id: &str, expand: &[String]) -> Result<Value, Refusal> {
        let mut intent = self.setups.get(id).cloned().ok_or_else(|| Refusal::missing("setup_intent", id))?;
        if expand.iter().any(|path| path == "payment_method") {
            intent["payment_method"] = self.payment_method(&intent["payment_method"]);
        }
        Ok(intent)
    }

    /// The object of a card by its name; the name itself of one that nobody kept.
    pub fn payment_method(&self, id: &Value) -> Value {
        let kept = id.as_str().and_then(|id| self.cards.get(id));
        kept.map_or_else(|| id.clone(), |card| card.object.clone())
    }

    /// Stripe's own card for trying what happens when a kept one is declined is everybody's.
    fn keep_test_card(&mut self, ink: &Ink<'_>, id: &str, customer: &str) {
        if id == DECLINED_LATER && !self.cards.contains_key(id) {
            let mut object = objects::payment_method(id, customer, ink.now);
            object["card"]["last4"] = json!("0341");
            self.cards.insert(id.to_owned(), KeptCard { object, mode: CardMode::Decline });
        }
    }

    /// `GET /v1/payment_methods/{id}`
    pub fn kept_card(&self, id: &str) -> Result<Value, Refusal> {
        let kept = self.cards.get(id).ok_or_else(|| Refusal::missing("PaymentMethod", id))?;
        Ok(kept.object.clone())
    }

    /// `POST /v1/payment_methods/{id}/detach`: nothing can be drawn from it any more.
    pub fn detach(&mut self, ink: &Ink<'_>, id: &str) -> Result<Value, Refusal> {
        let kept = self.cards.get_mut(id).ok_or_else(|| Refusal::missing("PaymentMethod", id))?;
        if kept.object["customer"].is_null() {
            let message = "The payment method you provided is not attached to a customer so detachment is impossible.";
            return Err(Refusal::of_type(StatusCode::BAD_REQUEST, "invalid_request_error", message));
        }
        kept.object["customer"] = Value::Null;
        let object = kept.object.clone();
        self.emit_event(ink, "payment_method.detached", &object);
        Ok(object)
    }

    /// `POST /v1/payment_intents`, as far as it draws from a kept card with nobody present.
    pub fn draw(&mut self, ink: &Ink<'_>, mut params: Params) -> Result<Value, Refusal> {
        let amount = params.integer("amount")?.unwrap_or_default();
        let currency = params.need("currency")?;
        let customer = params.need("customer")?;
        let card = params.need("payment_method")?;
        let description = params.take("description");
        let metadata = params.map("metadata")?;
        for flag in ["confirm", "off_session"] {
            if params.need(flag)? != "true" {
                return Err(Refusal::invalid("parameter_invalid", flag, "The sandbox draws from kept cards only."));
            }
        }
        params.list("allowed_payment_method_types");
        params.finish()?;
        if currency != "czk" || amount < 1500 {
            return Err(Refusal::invalid("amount_too_small", "amount", "Amount must be at least 15.00 Kč"));
        }
        self.keep_test_card(ink, &card, &customer);
        let kept = self.cards.get(&card).filter(|kept| kept.object["customer"] == customer);
        let mode = kept.ok_or_else(|| Refusal::missing("payment_method", &card))?.mode;
        let (intent, charge) = (ink.id("pi"), ink.id("ch"));
        let payment =
            NewPayment { intent: &intent, charge: &charge, now: ink.now, amount, currency: &currency, metadata };
        let mut paid = objects::payment_intent(&payment);
        paid["customer"] = json!(customer);
        paid["payment_method"] = json!(card);
        paid["description"] = json!(description);
        let mut charged = objects::charge(&payment);
        charged["customer"] = json!(customer);
        charged["payment_method"] = json!(card);
        if mode == CardMode::Pay {
            self.charges.insert(charge, charged.clone());
            self.intents.insert(intent, paid.clone());
            self.emit_event(ink, "charge.succeeded", &charged);
            self.emit_event(ink, "payment_intent.succeeded", &paid);
            return Ok(paid);
        }
        let refusal = declined(mode);
        paid["status"] = json!("requires_payment_method");
        paid["amount_received"] = json!(0);
        paid["payment_method"] = Value::Null;
        paid["latest_charge"] = Value::Null;
        paid["last_payment_error"] = json!({ "type": refusal.kind, "code": refusal.code, "message": refusal.message });
        self.intents.insert(intent, paid.clone());
        self.emit_event(ink, "payment_intent.payment_failed", &paid);
        Err(refusal)
    }

    /// `GET /v1/payment_intents?customer=…`, the latest first.
    pub fn drawn_from(&self, customer: &str) -> Vec<Value> {
        let mut found: Vec<Value> =
            self.intents.values().filter(|intent| intent["customer"] == customer).cloned().collect();
        found.sort_by_key(|intent| std::cmp::Reverse(intent["created"].as_i64()));
        found
    }
}

fn declined(mode: CardMode) -> Refusal {
    let (code, message) = if mode == CardMode::Ask {
        ("authentication_required", "Your card was declined. This transaction requires authentication.")
    } else {
        ("card_declined", "Your card was declined.")
    };
    Refusal { code: Some(code), ..Refusal::of_type(StatusCode::PAYMENT_REQUIRED, "card_error", message) }
}

/// A card, and what its bank says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KeptCard {
    object: Value,
    mode: CardMode,
}
