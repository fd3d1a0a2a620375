//! Requests: sent, listed, and one of them.

#![expect(unused_qualifications, reason = "utoipa writes the types of an address's parameters so")]

use std::ops::RangeInclusive;

use axum::{
    Extension, Json,
    body::Bytes,
    extract::{Query, State, rejection::QueryRejection},
    http::StatusCode,
};
use chrono::{DateTime, Datelike, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    identify::{Numbered, reader},
    once::Act,
    problems::Refusal,
    shapes::{StateShape, TimeShape, UrgencyShape, WordsShape, asked, cursor, place, sent},
};
use crate::{
    model::{
        base::{
            fields::FieldCode,
            ids::{ProgramId, RequestId, WorkTypeId},
        },
        ordering::{
            program_orders::{ProgramRequest, RequestsWanted, TypedOrder},
            timeline::{TimelineEntry, TimelineKind},
        },
        paths,
        problem::Problem,
        work::pages::RequestPage,
    },
    server::{
        app::App,
        auth::{Caller, Program},
        service::ordering::program_orders,
    },
};

/// An order.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = Order)]
pub struct OrderShape {
    /// Which program it is about; that of the token where it is not said.
    program: Option<i64>,
    /// In which version that runs.
    #[serde(default)]
    #[schema(max_length = 60, example = "2026.3.1")]
    program_version: String,
    /// Which kind of work, by its id.
    #[schema(example = 3)]
    work_type: i64,
    /// How urgent it is; of work that is planned it need not be said.
    urgency: Option<UrgencyShape>,
    /// What it is about, in one line.
    #[schema(example = "Nejde tisk stravenek")]
    summary: String,
    /// More of it. Together with the summary at least 10 and at most 4,000 characters.
    #[serde(default)]
    #[schema(example = "Po aktualizaci program při tisku skončí chybou 0x80070005.")]
    description: String,
    /// What stopped working, of what is urgent; where it is not said, the summary says it.
    #[serde(default)]
    what_stopped: String,
    /// Since when; has to be said of what is urgent.
    #[serde(default)]
    #[schema(example = "od rána")]
    since: String,
    /// Who sits at the computer.
    #[schema(min_length = 2, max_length = 120, example = "Jana Nováková")]
    contact_name: String,
    /// Where to reach that person.
    #[schema(example = "+420601234567")]
    contact_phone: String,
    /// What you call it; it comes back whenever the request is read.
    #[serde(default)]
    #[schema(max_length = 100, example = "E-17")]
    reference: String,
    /// What the program knows: the last error, a log. It goes with the request as a file.
    #[serde(default)]
    #[schema(example = "screen=tisk\nerror=0x80070005")]
    diagnostics: String,
}

/// What was sent.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Sent)]
pub struct SentShape {
    /// Its number, by which people name it, too.
    #[schema(example = "2026-000123")]
    number: String,
    /// Where it stands.
    state: StateShape,
    /// Its page, for people.
    #[schema(example = "https://linka.example/requests/2026-000123")]
    page: String,
}

/// Order
///
/// The request is at the desk from now on, and waits for its time: hold one and confirm it. Where dispatch names the time, it offers some.
#[utoipa::path(post, operation_id = "place_order", path = paths::API_REQUESTS, tag = "order", request_body = OrderShape, responses((status = 201, description = "It was sent", body = SentShape)))]
pub async fn order(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Extension(program): Extension<Program>,
    Extension(act): Extension<Act>,
    body: Bytes,
) -> Result<(StatusCode, Json<SentShape>), Refusal> {
    caller.may_order()?;
    let sent: OrderShape = sent(&body)?;
    let about = sent.program.map_or(program.program, ProgramId);
    // A token is for one program; another one of the customer's has its own.
    if about != program.program {
        return Err(Problem::field("program", FieldCode::Unknown).into());
    }
    let typed = TypedOrder {
        program: about,
        work_type: WorkTypeId(sent.work_type),
        urgency: sent.urgency.map(Into::into),
        summary: sent.summary,
        description: sent.description,
        what_stopped: sent.what_stopped,
        since: sent.since,
        contact_name: sent.contact_name,
        contact_phone: sent.contact_phone,
        program_version: sent.program_version,
        reference: sent.reference,
    };
    let number = program_orders::order(&app, (&program, &caller), RequestId(act.0), &typed, &sent.diagnostics).await?;
    let page = app.mail.link(&paths::request(number));
    Ok((StatusCode::CREATED, Json(SentShape { number: number.to_string(), state: StateShape::Waiting, page })))
}

/// Of which years a program can mean an instant: others would leave the calendar of the database.
const YEARS: RangeInclusive<i32> = 2_000..=9_999;

/// Which requests are listed.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListAsked {
    /// Those that stand there.
    state: Option<StateShape>,
    /// Those to which something has happened since.
    updated_after: Option<DateTime<Utc>>,
    /// Where the list before ended.
    cursor: Option<String>,
}

/// A request in a list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RequestSummary)]
pub struct SummaryShape {
    /// Its number.
    #[schema(example = "2026-000123")]
    number: String,
    /// Where it stands.
    state: StateShape,
    /// The program.
    program: WordsShape,
    /// The kind of work.
    work_type: WordsShape,
    /// How urgent it is.
    urgency: UrgencyShape,
    /// When it was sent.
    submitted_at: DateTime<Utc>,
    /// When something happened to it last.
    updated_at: DateTime<Utc>,
    /// The time that is agreed.
    time: Option<TimeShape>,
    /// What the program that ordered it calls it; empty for what people ordered.
    #[schema(example = "E-17")]
    reference: String,
}

impl From<ProgramRequest> for SummaryShape {
    fn from(request: ProgramRequest) -> Self {
        Self {
            number: request.number.to_string(),
            state: request.state.into(),
            program: request.program.into(),
            work_type: request.work_type.into(),
            urgency: request.urgency.into(),
            submitted_at: request.submitted_at,
            updated_at: request.updated_at,
            time: request.slot.map(Into::into),
            reference: request.reference,
        }
    }
}

/// Some of many.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Requests)]
pub struct ListShape {
    /// In the order in which they were sent.
    requests: Vec<SummaryShape>,
    /// Ask with it for those behind them; none at the end.
    next: Option<String>,
}

/// What was ordered
///
/// All requests of the customer, whoever sent them, a hundred at a time.
#[utoipa::path(get, operation_id = "list_requests", path = paths::API_REQUESTS, tag = "read", params(ListAsked), responses((status = 200, description = "Some of them", body = ListShape)))]
pub async fn list(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    query: Result<Query<ListAsked>, QueryRejection>,
) -> Result<Json<ListShape>, Refusal> {
    let member = reader(&caller)?;
    let ListAsked { state, updated_after, cursor: from } = asked(query)?;
    if updated_after.is_some_and(|since| !YEARS.contains(&since.year())) {
        return Err(Problem::field("updated_after", FieldCode::OutOfRange).into());
    }
    let wanted = RequestsWanted { state: state.map(Into::into), updated_after, after: place(from)? };
    let found = program_orders::list(&app, &member, wanted).await?;
    Ok(Json(ListShape {
        requests: found.rows.into_iter().map(Into::into).collect(),
        next: found.next.map(|last| cursor(&last.to_string())),
    }))
}

/// One request.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Request)]
pub struct RequestShape {
    /// Its number.
    #[schema(example = "2026-000123")]
    number: String,
    /// Where it stands.
    state: StateShape,
    /// The program.
    program: WordsShape,
    /// In which version that ran when it was ordered; may be empty.
    program_version: String,
    /// The kind of work.
    work_type: WordsShape,
    /// How urgent it is.
    urgency: UrgencyShape,
    /// What happened, in the customer's words.
    description: String,
    /// Who sits at the computer.
    contact_name: String,
    /// Where to reach that person.
    contact_phone: String,
    /// What the program that ordered it calls it; empty for what people ordered.
    reference: String,
    /// When it was sent.
    submitted_at: DateTime<Utc>,
    /// The time that is agreed.
    time: Option<TimeShape>,
    /// Whether you may pick a time for it now.
    awaits_pick: bool,
    /// Until when its time can be moved or called off.
    change_until: Option<DateTime<Utc>>,
    /// How often it can still be moved.
    moves_left: Option<u32>,
    /// What happened to it and what was written, the oldest first.
    events: Vec<EventShape>,
}

/// Something that happened to a request.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Event)]
pub struct EventShape {
    /// When.
    at: DateTime<Utc>,
    /// What: `ordered`, `confirmed`, `moved`, `cancelled`, `customer_wrote`, `vendor_wrote`, `closed` and the like.
    #[schema(example = "confirmed")]
    kind: &'static str,
    /// What was written or said; may be empty.
    text: String,
}

impl From<TimelineEntry> for EventShape {
    fn from(entry: TimelineEntry) -> Self {
        Self { at: entry.at, kind: TimelineKind::code(entry.kind), text: entry.note }
    }
}

/// One request
///
/// All of it, with what happened to it.
#[utoipa::path(get, operation_id = "get_request", path = paths::API_REQUEST, tag = "read", params(("number" = String, Path, description = "Its number")), responses((status = 200, description = "The request", body = RequestShape)))]
pub async fn one(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Numbered(number): Numbered,
) -> Result<Json<RequestShape>, Refusal> {
    let member = reader(&caller)?;
    let (page, reference) = program_orders::one(&app, &member, number).await?;
    Ok(Json(RequestShape::of(page, reference)))
}

impl RequestShape {
    fn of(page: RequestPage, reference: String) -> Self {
        let awaits_pick = page.summary.awaits_pick();
        let time = page.change.as_ref().and(page.summary.slot);
        Self {
            number: page.summary.number.to_string(),
            state: page.summary.state.into(),
            program: page.summary.program.into(),
            program_version: page.version,
            work_type: page.summary.work_type.into(),
            urgency: page.summary.urgency.into(),
            description: page.what_happened,
            contact_name: page.contact_name,
            contact_phone: page.contact_phone,
            reference,
            submitted_at: page.summary.submitted_at,
            time: time.map(Into::into),
            awaits_pick,
            change_until: page.change.as_ref().map(|change| change.cut_off),
            moves_left: page.change.as_ref().map(|change| change.moves_left),
            events: page.timeline.into_iter().map(Into::into).collect(),
        }
    }
}
