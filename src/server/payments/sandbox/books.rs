//! What the sandbox knows: its objects, the answers it gave under keys, and what it still has to tell.

mod cards;
mod checkout;
mod returns;

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    net::SocketAddr,
    path::Path,
};

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use self::cards::KeptCard;
pub use self::cards::{CardMode, DECLINED_LATER};
use super::{
    Faults, RefundMode, objects,
    params::{Answer, Params, Refusal},
};
use crate::server::random::Random;

const DAY: i64 = 24 * 60 * 60;
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
            (true, ["payment_methods", id, "detach"]) => {
                params.finish()?;
                self.detach(ink, id)
            }
            (false, ["payment_methods", id]) => {
                params.finish()?;
                self.kept_card(id)
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

/// Where somebody goes from a page that is done.
fn return_url(session: &Value) -> String {
    let url = session["success_url"].as_str().unwrap_or_default();
    url.replace("{CHECKOUT_SESSION_ID}", session["id"].as_str().unwrap_or_default())
}
