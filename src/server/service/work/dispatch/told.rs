//! Requests that somebody told, and that go on from another one.

use chrono::Datelike;

use super::{add_event, lock};
use crate::{
    model::{
        base::{calendar::to_local, fields::keep_lines, ids::RequestId, numbers::RequestNumber, terms::Urgency},
        ordering::{
            requests::{RequestSource, WHAT_HAPPENED_MAX, WHAT_HAPPENED_MIN},
            timeline::TimelineKind,
        },
        people::erasure::erased_number,
        problem::Problem,
        work::cases::SpokenRequest,
    },
    server::{
        app::App,
        auth::Desk,
        db::{
            OnConstraint, Tx,
            ordering::{
                requests::{self, NewRequest},
                timeline::NewEvent,
            },
            retrying,
            work::cases,
        },
    },
};

/// Writes the next request, which goes on from this one: for the same people and the same work. Sent twice, it is one.
///
/// # Errors
/// [`Problem::Invalid`] for what is to be done, said too shortly; [`Problem::Blocked`] for a customer who may not order;
/// [`Problem::Conflict`] when it was merged, as it goes on under another number already, and when who ordered it is erased.
pub async fn follow_up(
    app: &App,
    desk: &Desk,
    number: RequestNumber,
    what: &str,
    id: RequestId,
) -> Result<RequestNumber, Problem> {
    let what_happened = keep_lines(what, WHAT_HAPPENED_MIN..=WHAT_HAPPENED_MAX)
        .map_err(|code| Problem::field("what_happened", code))?;
    retrying(|| async {
        let mut locked = lock(app, number).await?;
        let row = locked.row.clone();
        if cases::merged_into(&mut locked.tx, row.id).await?.is_some() {
            return Err(Problem::Conflict);
        }
        if erased_number(&row.summary.ordered_by).is_some() {
            return Err(Problem::Conflict);
        }
        let (program, work_type) = requests::kind_of_work(&mut locked.tx, row.id).await?;
        let spoken = SpokenRequest {
            program,
            work_type,
            // What is known beforehand is never urgent.
            urgency: Urgency::Normal,
            what_happened: what_happened.clone(),
            contact_name: row.contact_name.clone(),
            contact_phone: row.contact_phone.clone(),
        };
        let new = NewRequest {
            id,
            customer: row.customer,
            member: row.member,
            source: RequestSource::Phone,
            spoken: &spoken,
            claim: None,
            follows: Some(row.id),
            at: locked.now,
            year: to_local(locked.now).year(),
            rehearsed: None,
        };
        let Some(next) = write_down(&mut locked.tx, desk, &new).await? else {
            return requests::number_of(&mut locked.tx, id).await?.ok_or(Problem::Conflict);
        };
        let (kind, note) = (TimelineKind::Continued, next.to_string());
        let event = NewEvent { request: row.id, at: locked.now, kind, slot: None, note: &note, key: Some(id.0) };
        add_event(&mut locked.tx, desk, &event).await?;
        locked.tx.commit().await?;
        Ok(next)
    })
    .await
}

/// Writes down a request that somebody told, with what it will probably cost; none when the form was sent before.
///
/// # Errors
/// [`Problem::Blocked`] for a customer who may not order, or is none any more; [`Problem::Conflict`] for a person who was erased
/// meanwhile.
pub(in crate::server::service::work) async fn write_down(
    tx: &mut Tx,
    desk: &Desk,
    new: &NewRequest<'_>,
) -> Result<Option<RequestNumber>, Problem> {
    let written = requests::insert_spoken(tx, new).await.on_constraints([
        ("customer_is_not_blocked", Problem::Blocked),
        // Not who asks: a member's own transaction says by this that the member is to sign in.
        ("person_is_there", Problem::Conflict),
    ])?;
    let Some(number) = written else {
        return Ok(None);
    };
    for kind in [TimelineKind::Ordered, TimelineKind::Waiting] {
        let event = NewEvent { request: new.id, at: new.at, kind, slot: None, note: "", key: None };
        add_event(tx, desk, &event).await?;
    }
    Ok(Some(number))
}
