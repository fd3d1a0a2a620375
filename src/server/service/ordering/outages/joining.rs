//! Whoever is about to order for the program of an outage joins it instead.

use chrono::{DateTime, Datelike, Utc};

use super::{End, Told, write};
use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            calendar::to_local,
            fields::FieldCode,
            ids::{OutageId, RequestId},
            numbers::RequestNumber,
            phones::normalize_phone,
            terms::Urgency,
            text,
        },
        ordering::{
            drafts::{Subject, Wish},
            outages::OutageStep,
            requests::{RequestDetails, RequestEvent, RequestState},
            timeline::TimelineKind,
        },
        problem::{MovedOn, Problem},
    },
    server::{
        app::App,
        auth::Orderer,
        db::{
            OnConstraint, Tx,
            line::catalogue,
            ordering::{
                appointments, drafts,
                outages::{self, NewOutageEvent},
                requests::{self, Submission},
                timeline::{self, NewEvent},
            },
            retrying,
            work::cases,
        },
        service::{
            line::limits,
            minutes::billing_terms,
            ordering::drafts::{begin, draft, estimate_of, first_start_of},
        },
    },
};

/// Has a draft belong to an outage of its program instead of ordering: its author is told when that is over. Sent twice, it is one
/// request.
///
/// # Errors
/// [`Problem::Invalid`] without a number to call; [`Problem::Conflict`] when the outage is over by now; [`Problem::Limit`].
pub async fn join_draft(
    app: &App,
    orderer: &Orderer,
    id: RequestId,
    outage: OutageId,
    phone: &str,
) -> Result<RequestNumber, Problem> {
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.member(orderer.customer()).await?;
        match requests::lock(&mut tx, orderer, id).await?.map(|locked| (locked.state, locked.number)) {
            None | Some((RequestState::Draft, _)) => {}
            Some((_, Some(number))) => return Ok(number),
            Some((_, None)) => return Err(Problem::MovedOn(MovedOn::NewOrder)),
        }
        let (name, subject) = outages::joinable(&mut tx, orderer.customer(), outage).await?.ok_or(Problem::Conflict)?;
        // Whoever joins from an order that has not begun begins it by that.
        begin(&mut tx, orderer, id, subject.program, now).await?;
        let number = send(&mut tx, orderer, id, (&name, subject, phone), now).await?;
        outages::set(&mut tx, id, Some(outage)).await.on_constraint("outage_is_open", Problem::Conflict)?;
        let event = NewOutageEvent {
            request: id,
            outage,
            kind: TimelineKind::OutageJoined,
            at: now,
            staff: None,
            member: Some(orderer.id()),
            message: None,
        };
        outages::add_event(&mut tx, &event).await?;
        write_joined(&mut tx, orderer, number, outage, now).await?;
        Ok(tx.commit().await.map(|()| number)?)
    })
    .await
}

/// Sends a draft as a request that waits, with what is known of the outage where nothing was typed yet.
async fn send(
    tx: &mut Tx,
    orderer: &Orderer,
    id: RequestId,
    (name, subject, phone): (&Bilingual, Subject, &str),
    now: DateTime<Utc>,
) -> Result<RequestNumber, Problem> {
    let draft = draft(tx, orderer, id, now).await?;
    let contact_phone = match normalize_phone(phone) {
        Some(phone) => phone,
        None if text::one_line(phone).is_empty() => return Err(Problem::field("join_phone", FieldCode::Missing)),
        None => return Err(Problem::field("join_phone", FieldCode::NotAPhone)),
    };
    limits::admit_waiting_request(tx, orderer.customer()).await?;
    appointments::release_hold(tx, id).await?;
    let work_type = catalogue::work_type(tx, subject.work_type, now).await?.ok_or(Problem::Conflict)?;
    let own_name = cases::member_name(tx, orderer.customer(), orderer.id()).await?.ok_or(Problem::Conflict)?;
    let typed = |typed: &str, instead: &str| if typed.is_empty() { instead.to_owned() } else { typed.to_owned() };
    let details = RequestDetails {
        what_happened: typed(&draft.what_happened, &name.cs),
        contact_name: typed(&draft.contact_name, &own_name),
        contact_phone,
    };
    let wish = Wish { subject, details, urgency: Urgency::Normal, claim: None };
    drafts::save_wish(tx, id, &wish, now).await?;
    let start = first_start_of(tx, now).await?;
    let terms = billing_terms::terms(tx, orderer.customer(), start, now).await?;
    let ceiling = draft.ceiling_minutes.or(terms.ceiling_minutes);
    let estimate = estimate_of(&work_type, Urgency::Normal, &terms, ceiling);
    let state = RequestState::Draft.after(RequestEvent::Submit)?;
    let submission = Submission { state, at: now, year: to_local(now).year(), estimate: &estimate };
    let number = requests::submit(tx, id, &submission).await.on_constraints([
        ("customer_is_not_blocked", Problem::Blocked),
        ("customer_owes_too_long", Problem::OwesTooLong),
    ])?;
    let event = NewEvent { request: id, at: now, kind: TimelineKind::Ordered, slot: None, note: "", key: None };
    timeline::add_event(tx, orderer, &event).await?;
    Ok(number)
}

/// Tells who joined an outage that we know.
async fn write_joined(
    tx: &mut Tx,
    orderer: &Orderer,
    number: RequestNumber,
    outage: OutageId,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let row = requests::page::by_number(tx, orderer, number, now).await?.ok_or(Problem::NotFound)?;
    let outage = outages::find(tx, outage).await?.ok_or(Problem::NotFound)?;
    let told = Told { outage: &outage, step: OutageStep::Joined, text: &outage.words.text, message: None, now };
    let key = format!("outage_joined:{}:{}", outage.id, row.id);
    write(tx, &row, &told, End::default(), &key).await
}
