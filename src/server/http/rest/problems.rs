//! Refusals as programs read them (RFC 9457): the code is stable, words are for whoever writes the program.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::shapes::SlotShape;
use crate::{
    model::{
        base::text::unbroken,
        line::{
            developers::RefusalInWords,
            limits::{Limit, LimitReached},
        },
        ordering::{
            appointments::ChangeRefused,
            offers::{Offer, SlotRefused},
            program_orders::field_of_program,
            urgency::UrgencyRefused,
        },
        paths,
        problem::{FieldProblem, MovedOn, Problem},
    },
    server::{
        http::session::{self, problem_of},
        incident, metrics,
    },
};

/// What every answer says of itself to caches.
pub const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");
/// What a refusal is sent as.
pub const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");

/// Why a program is refused.
#[derive(Debug)]
pub enum Refusal {
    /// For a reason for which a person would be, too.
    Of(Problem),
    /// The time is taken, and these are free.
    Taken(Problem, Vec<Offer>),
    /// It asks for a change without a key.
    KeyMissing,
    /// It asked for something else under the key before.
    KeyMismatch,
    /// It is asking for the same already; for so many seconds at most.
    UnderWay(u32),
    /// This can be read, and not written, or the other way round.
    Method,
    /// Nobody is left in whose name its token would act.
    NobodyManages,
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self::Of(problem)
    }
}

/// Why it was refused (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemShape {
    /// Where this kind of problem is described.
    #[serde(rename = "type")]
    kind: String,
    /// The code in words, for whoever writes the program.
    #[schema(example = "somebody was faster: the time is taken")]
    title: &'static str,
    /// The status of the answer.
    #[schema(example = 409)]
    status: u16,
    /// What is wrong: this one never changes its meaning.
    #[schema(example = "slot_taken")]
    code: &'static str,
    /// What is wrong with which fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    fields: Vec<FieldShape>,
    /// More about it, by its code: the limit that was reached, until when something was possible.
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<Value>,
    /// Times that are free instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    slots: Option<Vec<SlotShape>>,
    /// What to quote to us when it is our fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    incident: Option<String>,
}

/// A field that is not right.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FieldProblem)]
pub struct FieldShape {
    /// Which one.
    #[schema(example = "contact_phone")]
    field: String,
    /// What is wrong with it.
    #[schema(example = "not_a_phone")]
    code: &'static str,
}

/// How many times are told in the place of one that is taken.
const TOLD_INSTEAD: usize = 10;

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (shape, retry_after) = self.shape();
        let status = StatusCode::from_u16(shape.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        metrics::refused_for(shape.code);
        let mut response = (status, Json(shape)).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, PROBLEM_JSON);
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// Puts a problem in the place of every refusal that is none: a layer that knows nothing of programs has refused, for want of time or of
/// sense. What a program says that it accepts changes nothing, as much of what asks for pages by default is no person.
pub fn in_codes(refused: Response) -> Response {
    let status = refused.status();
    let is_refusal = status.is_client_error() || status.is_server_error();
    if !is_refusal || refused.headers().get(header::CONTENT_TYPE) == Some(&PROBLEM_JSON) {
        return refused;
    }
    let told = match (status, refused.extensions().get::<Problem>()) {
        (StatusCode::METHOD_NOT_ALLOWED, _) => Refusal::Method,
        (_, Some(problem)) => Refusal::Of(problem.clone()),
        (_, None) => Refusal::Of(problem_of(status)),
    };
    let mut told = told.into_response();
    for name in [header::ALLOW, header::RETRY_AFTER] {
        if let Some(value) = refused.headers().get(&name) {
            told.headers_mut().insert(name, value.clone());
        }
    }
    told.headers_mut().insert(header::CACHE_CONTROL, NO_STORE);
    told
}

impl Refusal {
    fn shape(self) -> (ProblemShape, Option<u32>) {
        let (problem, slots) = match self {
            Self::Of(problem) => (problem, None),
            Self::Taken(problem, offers) => {
                (problem, Some(offers.into_iter().take(TOLD_INSTEAD).map(SlotShape::from).collect()))
            }
            Self::KeyMissing => {
                return bare(400, "idempotency_key_missing", "a change needs the header Idempotency-Key", None);
            }
            Self::KeyMismatch => {
                return bare(409, "idempotency_mismatch", "something else was asked for under this key", None);
            }
            Self::UnderWay(seconds) => {
                return bare(409, "in_progress", "the same is being asked for already", Some(seconds));
            }
            Self::Method => return bare(405, "method_not_allowed", "this address takes another method", None),
            Self::NobodyManages => {
                return bare(
                    403,
                    "nobody_manages",
                    "nobody manages the customer: the token acts in nobody's name",
                    None,
                );
            }
        };
        let (problem, title) = declared(problem);
        let (mut shape, _) = bare(session::status(&problem).as_u16(), problem.code(), title, None);
        let retry_after = problem.retry_after_s();
        shape.slots = slots;
        match problem {
            Problem::Invalid { fields } => {
                let shown = |told: &FieldProblem| FieldShape {
                    field: field_of_program(&told.field).to_owned(),
                    code: told.code.code(),
                };
                shape.fields = fields.iter().map(shown).collect();
            }
            Problem::Internal { .. } => shape.incident = Some(incident::current()),
            problem => {
                shape.details = serde_json::to_value(&problem).ok().and_then(|json| json.get("details").cloned());
            }
        }
        (shape, retry_after)
    }
}

fn bare(status: u16, code: &'static str, title: &'static str, retry_after: Option<u32>) -> (ProblemShape, Option<u32>) {
    let kind = format!("{}#{code}", paths::DEVELOPERS);
    let shape =
        ProblemShape { kind, title, status, code, fields: Vec::new(), details: None, slots: None, incident: None };
    (shape, retry_after)
}

/// A problem whose code is declared to programs, with its title. What only people can meet is told in general, by its status: a code that
/// no program has read of tells it nothing.
fn declared(problem: Problem) -> (Problem, &'static str) {
    if let Some(title) = title(&problem) {
        return (problem, title);
    }
    tracing::error!(code = problem.code(), "a program was refused with a code that is for people");
    if session::status(&problem).is_server_error() {
        return (Problem::Unavailable, OUT_OF_ORDER);
    }
    (Problem::Conflict, NOT_NOW)
}

/// What is told of what is not possible, for whatever reason.
const NOT_NOW: &str = "this is not possible as things stand now";
/// And of what does not work.
const OUT_OF_ORDER: &str = "out of order for the moment";

/// What is wrong, for whoever writes the program; none for what is no program's business.
const fn title(problem: &Problem) -> Option<&'static str> {
    Some(match problem {
        Problem::SignInRequired => "a good token is missing: Authorization: Bearer …",
        Problem::Forbidden { .. } => "the token is not good for this",
        Problem::NotFound => "there is no such thing",
        Problem::Malformed => "this cannot be read",
        Problem::TooLarge => "this is too large",
        Problem::Limit(_) => "a limit is reached",
        Problem::Busy { .. } => "try again in a while",
        Problem::Invalid { .. } => "some fields are not right",
        Problem::Urgency(_) => "it cannot be urgent",
        Problem::SlotTaken => "somebody was faster: the time is taken",
        Problem::SlotRefused(_) => "this time cannot be had",
        Problem::HoldExpired => "nothing is held any more",
        Problem::Change(_) => "it cannot be changed any more",
        Problem::AwaitsNod => "the customer is new: nothing urgent yet",
        Problem::Blocked => "the customer may not order",
        Problem::OwesTooLong => "the customer owes too long",
        Problem::Conflict | Problem::MovedOn(_) => NOT_NOW,
        Problem::Unavailable => OUT_OF_ORDER,
        Problem::Internal { .. } => "our fault",
        Problem::ConfirmRequired
        | Problem::Throttled { .. }
        | Problem::FactorRequired
        | Problem::ProviderRequired { .. }
        | Problem::ProviderRefused
        | Problem::SignInFailed
        | Problem::NotSent
        | Problem::Work(_)
        | Problem::BuyingNotYet
        | Problem::SupplierUnconfirmed
        | Problem::LastManager
        | Problem::NobodyElseManages
        | Problem::HasItsOwn
        | Problem::MergeWaits(_)
        | Problem::Needed(_)
        | Problem::Erasure(_)
        | Problem::AppointmentsAhead
        | Problem::PlacesTaken { .. }
        | Problem::TotalDiffers
        | Problem::EstimateDiffers
        | Problem::Statement(_)
        | Problem::FormUsed { .. }
        | Problem::ChangedMeanwhile(_) => return None,
    })
}

/// What a program may be refused: the codes, their statuses, and what they mean.
pub fn all() -> Vec<RefusalInWords> {
    let of_people = [
        Problem::SignInRequired,
        Problem::Forbidden { capability: None },
        Problem::NotFound,
        Problem::Malformed,
        Problem::TooLarge,
        Problem::Invalid { fields: Vec::new() },
        Problem::Urgency(UrgencyRefused::Plannable),
        Problem::SlotTaken,
        Problem::SlotRefused(SlotRefused::Past),
        Problem::HoldExpired,
        Problem::Change(ChangeRefused::NoMovesLeft),
        Problem::Limit(LimitReached { limit: Limit::WritesPerMinute, most: 0, retry_after_s: Some(1) }),
        Problem::Busy { retry_after_s: 1 },
        Problem::AwaitsNod,
        Problem::Blocked,
        Problem::OwesTooLong,
        Problem::Conflict,
        Problem::MovedOn(MovedOn::NewOrder),
        Problem::Unavailable,
        Problem::Internal { incident: String::new() },
    ];
    let of_programs =
        [Refusal::KeyMissing, Refusal::KeyMismatch, Refusal::UnderWay(1), Refusal::Method, Refusal::NobodyManages];
    let refusals = of_people.map(Refusal::Of).into_iter().chain(of_programs);
    let in_words = |refusal: Refusal| {
        let (shape, _) = refusal.shape();
        RefusalInWords {
            code: shape.code.to_owned(),
            status: shape.status,
            about: unbroken(shape.title).unwrap_or_else(|| shape.title.to_owned()),
        }
    };
    refusals.map(in_words).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::problem::FieldCode;

    fn json(refusal: Refusal) -> (Value, Option<u32>) {
        let (shape, retry_after) = refusal.shape();
        (serde_json::to_value(shape).expect("JSON"), retry_after)
    }

    #[test]
    fn what_a_layer_refuses_that_knows_nothing_of_programs_is_a_problem_too() {
        let of = |refused: Response| {
            let told = in_codes(refused);
            let kind = told.headers().get(header::CONTENT_TYPE).cloned();
            (told.status().as_u16(), kind == Some(PROBLEM_JSON), told)
        };
        // Out of time; a panic; a method.
        let bare = |status: StatusCode| status.into_response();
        for (refused, status) in [
            (bare(StatusCode::SERVICE_UNAVAILABLE), 503),
            ((StatusCode::INTERNAL_SERVER_ERROR, "Service panicked").into_response(), 500),
            ((StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET")]).into_response(), 405),
            (bare(StatusCode::PAYLOAD_TOO_LARGE), 413),
            (bare(StatusCode::UNSUPPORTED_MEDIA_TYPE), 400),
        ] {
            let (told, is_problem, response) = of(refused);
            assert_eq!((told, is_problem), (status, true));
            assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
            assert_eq!(response.headers().contains_key(header::ALLOW), status == 405);
        }
        let (status, is_problem, _) = of((StatusCode::OK, Json("{}")).into_response());
        assert_eq!((status, is_problem), (200, false), "what is no refusal is left alone");
    }

    #[test]
    fn a_code_that_is_for_people_is_told_to_no_program() {
        let known: Vec<String> = all().into_iter().map(|refusal| refusal.code).collect();
        for problem in [Problem::ConfirmRequired, Problem::LastManager, Problem::Throttled { retry_after_s: 1 }] {
            let (told, _) = json(problem.into());
            assert!(known.iter().any(|code| told["code"] == code.as_str()), "{told}");
        }
    }

    #[test]
    fn a_refusal_is_a_problem_with_a_stable_code() {
        let (told, _) = json(Problem::field("what_happened", FieldCode::TooShort).into());
        let fields = serde_json::json!([{"field": "summary", "code": "too_short"}]);
        assert_eq!((told["status"].as_u64(), &told["code"], &told["fields"]), (Some(422), &"invalid".into(), &fields));
        assert_eq!(told["type"], "/developers#invalid");
        let (told, retry) = json(
            Problem::Limit(LimitReached { limit: Limit::WritesPerMinute, most: 3, retry_after_s: Some(7) }).into(),
        );
        assert_eq!((told["status"].as_u64(), retry), (Some(429), Some(7)));
        assert_eq!(told["details"]["limit"], "writes_per_minute");
        let (told, retry) = json(Refusal::UnderWay(4));
        assert_eq!((told["code"].as_str(), retry), (Some("in_progress"), Some(4)));
    }
}
