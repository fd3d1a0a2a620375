//! Checkout pages: made, shown, paid on, declined and ended.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{
    super::{
        objects::{self, NewPayment, NewSession},
        params::{Params, Refusal},
    },
    Books, CardMode, DAY, Ink, return_url,
};

const MINUTE: i64 = 60;

impl Books {
    /// `POST /v1/checkout/sessions`
    pub fn create_session(&mut self, ink: &Ink, mut params: Params) -> Result<Value, Refusal> {
        let is_setup = match params.need("mode")?.as_str() {
            "payment" => false,
            "setup" => true,
            _ => {
                return Err(Refusal::invalid(
                    "parameter_invalid_string",
                    "mode",
                    "The sandbox sells nothing by itself.",
                ));
            }
        };
        let (currency, name, total) = if is_setup { nothing_sold(&mut params)? } else { sold(&mut params)? };
        let expires_at = params.integer("expires_at")?.unwrap_or(ink.now + DAY);
        if expires_at < ink.now + 30 * MINUTE || expires_at > ink.now + DAY {
            let message = "The `expires_at` timestamp must be between 30 minutes and 24 hours from creation.";
            return Err(Refusal::invalid("parameter_invalid", "expires_at", message));
        }
        let reference = params.take("client_reference_id").filter(|reference| reference.len() <= 200);
        let email = params.take("customer_email");
        let customer = params.take("customer");
        let creation = params.one_of("customer_creation", &["always", "if_required"])?;
        if customer.is_some() && (email.is_some() || creation.is_some()) {
            let message = "You may only specify one of these parameters: customer, customer_email, customer_creation.";
            return Err(Refusal::invalid("parameter_invalid", "customer", message));
        }
        let keeps_card = params.one_of("payment_intent_data[setup_future_usage]", &["off_session"])?.is_some();
        let locale = params.one_of("locale", &["auto", "cs", "en", "de", "sk", "pl"])?;
        for method in params.list("allowed_payment_method_types") {
            if method != "card" {
                let message = "The sandbox takes cards only.";
                return Err(Refusal::invalid("parameter_invalid", "allowed_payment_method_types", message));
            }
        }
        let success_url = params.need("success_url")?;
        let cancel_url = params.take("cancel_url");
        let metadata = params.map("metadata")?;
        let of_intent = params.map(&format!("{}_intent_data[metadata]", if is_setup { "setup" } else { "payment" }))?;
        params.finish()?;
        let id = ink.id("cs_test");
        let mut session = objects::session(&NewSession {
            id: &id,
            url: &format!("{}/pay/{id}", ink.origin),
            now: ink.now,
            expires_at,
            total,
            currency: &currency,
            reference: reference.as_deref(),
            email: email.as_deref(),
            locale: locale.as_deref(),
            success_url: &success_url,
            cancel_url: cancel_url.as_deref(),
            metadata,
        });
        if is_setup {
            objects::sells_nothing(&mut session);
        }
        session["customer"] = json!(customer);
        session["customer_creation"] = json!(creation);
        if keeps_card {
            self.keeping.insert(id.clone());
        }
        self.sessions.insert(id.clone(), session.clone());
        self.names.insert(id.clone(), name);
        self.intent_metadata.insert(id, of_intent);
        Ok(session)
    }

    /// A page with what is asked for about it.
    pub fn expanded(&self, session: &Value, expand: &[String]) -> Result<Value, Refusal> {
        let mut session = session.clone();
        for path in expand {
            match path.as_str() {
                "payment_intent" | "payment_intent.latest_charge" | "payment_intent.payment_method" => {
                    let known = &session["payment_intent"];
                    let intent =
                        known.as_str().and_then(|id| self.intents.get(id)).or(known.is_object().then_some(known));
                    let Some(mut intent) = intent.cloned() else { continue };
                    if path.ends_with("payment_method") {
                        intent["payment_method"] = self.payment_method(&intent["payment_method"]);
                    }
                    if path.ends_with("latest_charge") {
                        let charge = intent["latest_charge"].as_str().and_then(|id| self.charges.get(id));
                        intent["latest_charge"] = charge.cloned().unwrap_or_default();
                    }
                    session["payment_intent"] = intent;
                }
                _ => {
                    let message = format!("This property cannot be expanded ({path}).");
                    return Err(Refusal::invalid("parameter_invalid", "expand", message));
                }
            }
        }
        Ok(session)
    }

    /// Whether the card that is entered on a page is kept.
    pub fn keeps_card(&self, id: &str) -> bool {
        self.keeping.contains(id)
    }

    /// A checkout page, and what it sells.
    pub fn shown(&self, id: &str) -> Option<(&Value, &str)> {
        Some((self.sessions.get(id)?, self.names.get(id)?))
    }

    pub(super) fn open_session(&mut self, id: &str) -> Result<&mut Value, Refusal> {
        let session = self.sessions.get_mut(id).ok_or_else(|| Refusal::missing("checkout.session", id))?;
        if session["status"] == "open" {
            return Ok(session);
        }
        let message = "Only Checkout Sessions with a status in [\"open\"] can be expired.";
        Err(Refusal::of_type(StatusCode::BAD_REQUEST, "invalid_request_error", message))
    }

    /// `POST /v1/checkout/sessions/{id}/expire`
    pub fn expire(&mut self, ink: &Ink, id: &str) -> Result<Value, Refusal> {
        let session = self.open_session(id)?;
        session["status"] = json!("expired");
        session["url"] = Value::Null;
        let session = session.clone();
        self.emit_event(ink, "checkout.session.expired", &session);
        Ok(session)
    }

    /// Ends the pages whose time is over.
    pub fn expire_sessions(&mut self, ink: &Ink) {
        let is_over = |session: &&Value| {
            session["status"] == "open" && session["expires_at"].as_i64().is_some_and(|at| at <= ink.now)
        };
        let over: Vec<String> = self
            .sessions
            .values()
            .filter(is_over)
            .filter_map(|session| Some(session["id"].as_str()?.to_owned()))
            .collect();
        for id in over {
            let _ = self.expire(ink, &id);
        }
    }

    /// Somebody pays; the money comes at once, or is yet to come. Gives the address to which the customer returns.
    ///
    /// * `amount` – what is taken instead of what was asked for, if anything
    pub fn pay(&mut self, ink: &Ink, id: &str, at_once: bool, amount: Option<i64>) -> Result<String, Refusal> {
        self.pay_with(ink, id, CardMode::Pay, at_once, amount)
    }

    /// As [`pay`](Self::pay), with a card of which the bank will say something else when it is drawn from later.
    pub fn pay_with(
        &mut self,
        ink: &Ink,
        id: &str,
        mode: CardMode,
        at_once: bool,
        amount: Option<i64>,
    ) -> Result<String, Refusal> {
        if self.open_session(id)?["mode"] == "setup" {
            return self.set_up(ink, id, mode);
        }
        let given = self.open_session(id)?["customer"].as_str().map(str::to_owned);
        let kept = self.keeping.contains(id).then(|| self.keep_card(ink, given.as_deref(), mode));
        let (intent, charge) = (ink.id("pi"), ink.id("ch"));
        let metadata = self.intent_metadata.get(id).cloned().unwrap_or_else(|| json!({}));
        let session = self.open_session(id)?;
        if let Some(amount) = amount {
            session["amount_total"] = json!(amount);
        }
        session["status"] = json!("complete");
        session["url"] = Value::Null;
        session["payment_intent"] = json!(intent);
        session["customer_details"] = objects::customer_details(&session["customer_email"]);
        if let Some((customer, _)) = &kept {
            session["customer"] = json!(customer);
        }
        let session = session.clone();
        let payment = NewPayment {
            intent: &intent,
            charge: &charge,
            now: ink.now,
            amount: session["amount_total"].as_i64().unwrap_or_default(),
            currency: session["currency"].as_str().unwrap_or_default(),
            metadata,
        };
        let mut pending = objects::payment_intent(&payment);
        let mut unpaid = objects::charge(&payment);
        pending["status"] = json!("processing");
        pending["amount_received"] = json!(0);
        unpaid["status"] = json!("pending");
        unpaid["paid"] = json!(false);
        if let Some((customer, card)) = kept {
            pending["customer"] = json!(customer);
            pending["payment_method"] = json!(card);
            pending["setup_future_usage"] = json!("off_session");
            unpaid["customer"] = pending["customer"].clone();
            unpaid["payment_method"] = pending["payment_method"].clone();
        }
        self.intents.insert(intent, pending);
        self.charges.insert(charge, unpaid);
        if at_once {
            self.settle(ink, id, true)?;
        }
        let session = self.sessions.get(id).cloned().unwrap_or(session);
        self.emit_event(ink, "checkout.session.completed", &session);
        Ok(return_url(&session))
    }

    /// Somebody's card is declined; the page stays, and another card may be tried.
    pub fn decline(&mut self, ink: &Ink, id: &str) -> Result<(), Refusal> {
        let (intent, charge) = (ink.id("pi"), ink.id("ch"));
        let metadata = self.intent_metadata.get(id).cloned().unwrap_or_else(|| json!({}));
        let session = self.open_session(id)?;
        let payment = NewPayment {
            intent: &intent,
            charge: &charge,
            now: ink.now,
            amount: session["amount_total"].as_i64().unwrap_or_default(),
            currency: session["currency"].as_str().unwrap_or_default(),
            metadata,
        };
        let mut declined = objects::payment_intent(&payment);
        declined["status"] = json!("requires_payment_method");
        declined["amount_received"] = json!(0);
        declined["latest_charge"] = Value::Null;
        self.emit_event(ink, "payment_intent.payment_failed", &declined);
        Ok(())
    }

    /// Another currency than was asked for.
    pub fn set_currency(&mut self, id: &str, currency: &str) {
        if let Some(session) = self.sessions.get_mut(id) {
            session["currency"] = json!(currency);
        }
    }

    /// The money that was yet to come comes, or does not.
    pub fn settle_later(&mut self, ink: &Ink, id: &str, comes: bool) -> Result<(), Refusal> {
        self.settle(ink, id, comes)?;
        let session = self.sessions.get(id).cloned().unwrap_or_default();
        let kind = if comes { "async_payment_succeeded" } else { "async_payment_failed" };
        self.emit_event(ink, &format!("checkout.session.{kind}"), &session);
        Ok(())
    }

    fn settle(&mut self, ink: &Ink, id: &str, comes: bool) -> Result<(), Refusal> {
        let session = self.sessions.get_mut(id).ok_or_else(|| Refusal::missing("checkout.session", id))?;
        let missing = || Refusal::missing("payment_intent", id);
        let intent = session["payment_intent"].as_str().and_then(|id| self.intents.get_mut(id)).ok_or_else(missing)?;
        let charge = intent["latest_charge"].as_str().and_then(|id| self.charges.get_mut(id)).ok_or_else(missing)?;
        charge["created"] = json!(ink.now);
        if comes {
            session["payment_status"] = json!("paid");
            intent["status"] = json!("succeeded");
            intent["amount_received"] = intent["amount"].clone();
            charge["status"] = json!("succeeded");
            charge["paid"] = json!(true);
        } else {
            intent["status"] = json!("requires_payment_method");
            charge["status"] = json!("failed");
        }
        let (intent, charge) = (intent.clone(), charge.clone());
        let outcome = if comes {
            ["charge.succeeded", "payment_intent.succeeded"]
        } else {
            ["charge.failed", "payment_intent.payment_failed"]
        };
        self.emit_event(ink, outcome[0], &charge);
        self.emit_event(ink, outcome[1], &intent);
        Ok(())
    }
}

/// What a page sells: currency, name and total.
fn sold(params: &mut Params) -> Result<(String, String, i64), Refusal> {
    let price = "line_items[0][price_data]";
    let currency = params.need(&format!("{price}[currency]"))?;
    let name = params.need(&format!("{price}[product_data][name]"))?;
    let unit = params.integer(&format!("{price}[unit_amount]"))?.unwrap_or_default();
    let quantity = params.integer("line_items[0][quantity]")?.unwrap_or_default();
    if currency != "czk" || unit < 1500 || quantity < 1 {
        let message = "The Checkout Session's total amount due must add up to at least 15.00 Kč";
        return Err(Refusal::invalid("amount_too_small", price, message));
    }
    Ok((currency, name, unit * quantity))
}

/// The same of a page that only keeps a card.
fn nothing_sold(params: &mut Params) -> Result<(String, String, i64), Refusal> {
    Ok((params.need("currency")?, "Uložení karty".to_owned(), 0))
}
