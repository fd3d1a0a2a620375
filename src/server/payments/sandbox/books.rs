//! What the sandbox knows: its objects, the answers it gave under keys, and what it still has to tell.

mod cards;

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    net::SocketAddr,
    path::Path,
};

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub use self::cards::CardMode;
use self::cards::KeptCard;
use super::{
    Faults, RefundMode,
    objects::{self, NewPayment, NewRefund, NewSession},
    params::{Answer, Params, Refusal},
};
use crate::server::random::Random;

const MINUTE: i64 = 60;
const DAY: i64 = 24 * 60 * MINUTE;
/// How long answers are kept under their keys (Stripe: at least a day).
const KEPT: i64 = DAY;

/// With what is written: time, randomness, and where the sandbox is.
pub struct Ink<'a> {
    pub now: i64,
    pub random: Random,
    pub origin: &'a str,
}

impl Ink<'_> {
    fn id(&self, prefix: &str) -> String {
        format!("{prefix}_{}", self.random.uuid().simple())
    }
}

/// Something to tell: an event, told as often as it takes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// Its identity.
    pub id: String,
    /// What it is about.
    pub kind: String,
    /// The event as it is sent.
    pub body: String,
}

/// An answer given under a key.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Kept {
    at: i64,
    asked: String,
    answer: Answer,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Books {
    /// Where it listened last.
    pub addr: Option<SocketAddr>,
    sessions: BTreeMap<String, Value>,
    intents: BTreeMap<String, Value>,
    charges: BTreeMap<String, Value>,
    cards: BTreeMap<String, KeptCard>,
    setups: BTreeMap<String, Value>,
    refunds: Vec<Value>,
    disputes: Vec<Value>,
    names: BTreeMap<String, String>,
    keeping: BTreeSet<String>,
    intent_metadata: BTreeMap<String, Value>,
    kept: BTreeMap<String, Kept>,
    /// What waits to be delivered.
    pub outbox: Vec<Told>,
    #[serde(skip)]
    told: Vec<Told>,
}

/// What is asked.
#[derive(Debug)]
pub struct Call<'a> {
    pub post: bool,
    pub path: &'a str,
    pub form: &'a str,
    pub key: Option<&'a str>,
}

impl Books {
    pub fn open(file: &Path) -> io::Result<Self> {
        match std::fs::read(file) {
            Ok(text) => Ok(serde_json::from_slice(&text)?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error),
        }
    }

    pub fn keep(&self, file: &Path) -> io::Result<()> {
        let draft = file.with_extension("new");
        std::fs::write(&draft, serde_json::to_vec(self)?)?;
        std::fs::rename(&draft, file)
    }

    pub fn take_told(&mut self) -> Vec<Told> {
        std::mem::take(&mut self.told)
    }

    fn emit_event(&mut self, ink: &Ink, kind: &str, object: &Value) {
        let id = ink.id("evt");
        let body = objects::event(&id, kind, object, ink.now).to_string();
        self.told.push(Told { id, kind: kind.to_owned(), body });
    }

    /// Answers a call, as before if it was asked before under the same key.
    pub fn answer(&mut self, ink: &Ink, call: &Call<'_>, faults: &mut Faults) -> Answer {
        self.kept.retain(|_, kept| kept.at > ink.now - KEPT);
        let asked = format!("{} {}", call.path, call.form);
        if let Some(kept) = call.key.and_then(|key| self.kept.get(key)) {
            if kept.asked == asked {
                return kept.answer.clone();
            }
            let message = "Keys for idempotent requests can only be used with the same parameters they were first used \
                           with.";
            return Refusal::of_type(StatusCode::BAD_REQUEST, "idempotency_error", message).into();
        }
        let broken = || Refusal::of_type(StatusCode::INTERNAL_SERVER_ERROR, "api_error", "Something went wrong.");
        let keeps = call.post && call.key.is_some();
        let executed =
            if keeps && take(&mut faults.fail_kept) { None } else { Some(self.execute(ink, call, faults.refunds)) };
        let answer = match executed {
            None => broken().into(),
            Some(Ok(_)) if take(&mut faults.fail_after) => broken().into(),
            Some(Ok(object)) => (StatusCode::OK.as_u16(), object),
            // What the bank has said is an answer.
            Some(Err(refusal)) if refusal.status == StatusCode::PAYMENT_REQUIRED.as_u16() => refusal.into(),
            // What was refused before it began is not kept (Stripe: "if incoming parameters fail validation").
            Some(Err(refusal)) => return refusal.into(),
        };
        if let Some(key) = call.key.filter(|_| call.post) {
            self.kept.insert(key.to_owned(), Kept { at: ink.now, asked, answer: answer.clone() });
        }
        answer
    }

    fn execute(&mut self, ink: &Ink, call: &Call<'_>, refunds: RefundMode) -> Result<Value, Refusal> {
        let mut params = Params::read(call.form)?;
        let expand = params.list("expand");
        let steps: Vec<&str> = call.path.trim_start_matches("/v1/").split('/').collect();
        match (call.post, &steps[..]) {
            (true, ["checkout", "sessions"]) => self.create_session(ink, params),
            (false, ["checkout", "sessions"]) => {
                let found = match params.take("payment_intent") {
                    Some(intent) => of_intent(self.sessions.values(), &intent),
                    None => self.sessions.values().take(1).cloned().collect(),
                };
                list(params, call.path, found)
            }
            (false, ["checkout", "sessions", id]) => {
                params.finish()?;
                let session = self.sessions.get(*id).ok_or_else(|| Refusal::missing("checkout.session", id))?;
                self.expanded(session, &expand)
            }
            (true, ["checkout", "sessions", id, "expire"]) => {
                params.finish()?;
                self.expire(ink, id)
            }
            (true, ["payment_intents"]) => self.draw(ink, params),
            (false, ["payment_intents"]) => {
                let customer = params.need("customer")?;
                list(params, call.path, self.drawn_from(&customer))
            }
            (false, ["setup_intents", id]) => {
                params.finish()?;
                self.setup_intent(id, &expand)
            }
            (false, ["payment_intents", id]) => {
                params.finish()?;
                self.intents.get(*id).cloned().ok_or_else(|| Refusal::missing("payment_intent", id))
            }
            (false, ["charges", id]) => {
                params.finish()?;
                self.charges.get(*id).cloned().ok_or_else(|| Refusal::missing("charge", id))
            }
            (true, ["refunds"]) => self.create_refund(ink, params, refunds),
            (false, ["refunds"]) => {
                let intent = params.need("payment_intent")?;
                list(params, call.path, of_intent(&self.refunds, &intent))
            }
            (false, ["refunds", id]) => {
                params.finish()?;
                let refund = self.refunds.iter().find(|refund| refund["id"] == **id);
                refund.cloned().ok_or_else(|| Refusal::missing("refund", id))
            }
            (false, ["disputes"]) => {
                let intent = params.need("payment_intent")?;
                list(params, call.path, of_intent(&self.disputes, &intent))
            }
            _ => {
                let message = format!("Unrecognized request URL ({}).", call.path);
                Err(Refusal::of_type(StatusCode::NOT_FOUND, "invalid_request_error", message))
            }
        }
    }

    fn create_session(&mut self, ink: &Ink, mut params: Params) -> Result<Value, Refusal> {
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

    fn expanded(&self, session: &Value, expand: &[String]) -> Result<Value, Refusal> {
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

    fn open_session(&mut self, id: &str) -> Result<&mut Value, Refusal> {
        let session = self.sessions.get_mut(id).ok_or_else(|| Refusal::missing("checkout.session", id))?;
        if session["status"] == "open" {
            return Ok(session);
        }
        let message = "Only Checkout Sessions with a status in [\"open\"] can be expired.";
        Err(Refusal::of_type(StatusCode::BAD_REQUEST, "invalid_request_error", message))
    }

    fn expire(&mut self, ink: &Ink, id: &str) -> Result<Value, Refusal> {
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

    fn create_refund(&mut self, ink: &Ink, mut params: Params, mode: RefundMode) -> Result<Value, Refusal> {
        let intent = params.need("payment_intent")?;
        let amount = params.integer("amount")?;
        let metadata = params.map("metadata")?;
        let reason = params.one_of("reason", &["duplicate", "fraudulent", "requested_by_customer"])?;
        params.finish()?;
        let paid = self.intents.get(&intent).ok_or_else(|| Refusal::missing("payment_intent", &intent))?;
        let missing = || Refusal::missing("charge", &intent);
        let charge = paid["latest_charge"].as_str().and_then(|id| self.charges.get_mut(id)).ok_or_else(missing)?;
        let total = charge["amount"].as_i64().unwrap_or_default();
        let before = charge["amount_refunded"].as_i64().unwrap_or_default();
        let amount = amount.unwrap_or(total - before);
        if charge["paid"] != true || amount < 1 || mode == RefundMode::Refuse {
            return Err(Refusal::invalid("charge_not_refundable", "amount", "This charge cannot be refunded."));
        }
        if before + amount > total {
            let message = "Refund amount is greater than unrefunded amount on charge";
            return Err(Refusal::invalid("charge_already_refunded", "amount", message));
        }
        charge["amount_refunded"] = json!(before + amount);
        charge["refunded"] = json!(before + amount == total);
        let charge = charge.clone();
        let refund = objects::refund(&NewRefund {
            id: &ink.id("re"),
            intent: &intent,
            charge: charge["id"].as_str().unwrap_or_default(),
            now: ink.now,
            amount,
            currency: charge["currency"].as_str().unwrap_or_default(),
            reason,
            metadata,
            status: if mode == RefundMode::Succeed { "succeeded" } else { "pending" },
        });
        self.refunds.insert(0, refund.clone());
        self.emit_event(ink, "refund.created", &refund);
        self.emit_event(ink, "charge.refunded", &charge);
        if mode == RefundMode::Fail {
            self.move_refund(ink, refund["id"].as_str().unwrap_or_default(), "failed")?;
        }
        Ok(refund)
    }

    /// The bank moves a refund on.
    pub fn move_refund(&mut self, ink: &Ink, id: &str, status: &str) -> Result<(), Refusal> {
        let refund =
            self.refunds.iter_mut().find(|refund| refund["id"] == id).ok_or_else(|| Refusal::missing("refund", id))?;
        refund["status"] = json!(status);
        if status == "failed" {
            refund["failure_reason"] = json!("expired_or_canceled_card");
            let charge = refund["charge"].as_str().and_then(|id| self.charges.get_mut(id));
            if let Some(charge) = charge {
                let left = charge["amount_refunded"].as_i64().unwrap_or_default()
                    - refund["amount"].as_i64().unwrap_or_default();
                charge["amount_refunded"] = json!(left);
                charge["refunded"] = json!(false);
            }
        }
        let refund = refund.clone();
        self.emit_event(ink, "refund.updated", &refund);
        if status == "failed" {
            self.emit_event(ink, "refund.failed", &refund);
        }
        Ok(())
    }

    /// The customer's bank begins a dispute or moves it on.
    pub fn dispute(&mut self, ink: &Ink, intent: &str, status: &str) -> Result<(), Refusal> {
        let missing = || Refusal::missing("payment_intent", intent);
        let charge = self.intents.get(intent).and_then(|intent| intent["latest_charge"].as_str());
        let charge = charge.and_then(|id| self.charges.get_mut(id)).ok_or_else(missing)?;
        charge["disputed"] = json!(true);
        // The latest one; what is over stays over, unless it is decided anew, and another one begins.
        let begins = matches!(status, "needs_response" | "warning_needs_response");
        let known =
            self.disputes.iter_mut().rev().find(|dispute| dispute["payment_intent"] == intent).filter(|dispute| {
                !(begins && matches!(dispute["status"].as_str(), Some("won" | "lost" | "warning_closed")))
            });
        let (kind, dispute) = match known {
            None => {
                let dispute = objects::dispute(&ink.id("du"), charge, status, ink.now);
                self.disputes.push(dispute.clone());
                ("charge.dispute.created", dispute)
            }
            Some(dispute) => {
                dispute["status"] = json!(status);
                let kind = match status {
                    "won" | "lost" | "warning_closed" => "charge.dispute.closed",
                    _ => "charge.dispute.updated",
                };
                (kind, dispute.clone())
            }
        };
        self.emit_event(ink, kind, &dispute);
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

/// Takes one of what is left.
pub fn take(count: &mut u32) -> bool {
    let is_left = *count > 0;
    *count = count.saturating_sub(1);
    is_left
}

fn of_intent<'a>(objects: impl IntoIterator<Item = &'a Value>, intent: &str) -> Vec<Value> {
    objects.into_iter().filter(|object| object["payment_intent"] == intent).cloned().collect()
}

fn list(mut params: Params, url: &str, data: Vec<Value>) -> Result<Value, Refusal> {
    params.integer("limit")?;
    params.finish()?;
    Ok(objects::list(url, data))
}

fn return_url(session: &Value) -> String {
    let url = session["success_url"].as_str().unwrap_or_default();
    url.replace("{CHECKOUT_SESSION_ID}", session["id"].as_str().unwrap_or_default())
}
