//! What the desk does in a customer's place: offers times, agrees and moves them, gives them to somebody else, corrects what a
//! request is, declines it, and goes on from it. Bound by no cut-off, but always with a reason, which the customer is told.
//!
//! Each begins with the lock of the request's row, as what its customer and its technician do: whoever comes second finds what has
//! become of it, and is told that it has moved on. What offers, agrees, moves, gives away, corrects or calls off is done by whoever has seen
//! what it means (design, Consequences), and by nobody else: all others are led to the page that shows it.

mod class;
pub(super) mod facts;
mod times;
mod told;

use chrono::{DateTime, Utc};
use uuid::Uuid;

pub use self::{
    class::{TypedClass, reclassify},
    times::{TypedTime, offer_times, reassign, set_time},
    told::follow_up,
};
pub(super) use self::{
    class::{chosen_work, reclassify_in},
    times::{agree_at_once, offer_in, reassign_in, set_time_in},
    told::write_down,
};
use super::missed;
use crate::{
    model::{
        base::{
            fields::keep_lines,
            ids::StaffId,
            numbers::RequestNumber,
            seen::{Fields, Seen},
        },
        mails::MailContent,
        ordering::{offers::Slot, requests::RequestEvent, timeline::TimelineKind},
        problem::Problem,
        work::{
            chosen::ChosenAct,
            interventions::{NOTE_MAX, NOTE_MIN},
        },
    },
    server::{
        app::App,
        auth::Desk,
        db::{
            OnConstraint, Tx, act_for, mails,
            ordering::{
                appointments,
                requests::{self, page::RequestRow},
                timeline::{self, NewEvent},
            },
            retrying,
            work::{cases, segments},
        },
        service::ordering::requests::changed,
    },
};

/// A reason as it is kept.
fn keep_reason(typed: &str) -> Result<String, Problem> {
    keep_lines(typed, NOTE_MIN..=NOTE_MAX).map_err(|code| Problem::field("reason", code))
}

/// What a form that touches the agreed time shows of it, beside its field `starts`: when it begins, and with whom. That there is none
/// is said, too: a colleague may agree one meanwhile.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub(super) async fn shown_time(tx: &mut Tx, row: &RequestRow) -> Result<Fields, Problem> {
    let technician = cases::technician(tx, row.id).await?;
    let shown = row.agreed.zip(technician).map_or_else(
        || "none".to_owned(),
        |(agreed, technician)| format!("{} {}", agreed.start.timestamp(), technician.id),
    );
    Ok(Fields::default().with("starts", shown))
}

/// Lets an act go on whose sender saw the time that is agreed.
async fn admit(tx: &mut Tx, row: &RequestRow, seen: &Seen) -> Result<(), Problem> {
    Ok(seen.admit(&shown_time(tx, row).await?, &Fields::default())?)
}

/// A request under the lock of its row, in a transaction that acts for its customer.
pub(super) struct Locked {
    pub(super) tx: Tx,
    pub(super) row: RequestRow,
    pub(super) now: DateTime<Utc>,
}

impl Locked {
    /// A request that this transaction has written down, which acts for its customer already: nobody else knows of it yet.
    pub(super) async fn written(tx: Tx, number: RequestNumber, now: DateTime<Utc>) -> Result<Self, Problem> {
        let mut tx = tx;
        let row = requests::page::for_staff(&mut tx, None, number, now).await?.ok_or(Problem::NotFound)?;
        Ok(Self { tx, row, now })
    }
}

/// Locks a request; what became of its time by itself is written down before.
pub(super) async fn lock(app: &App, number: RequestNumber) -> Result<Locked, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.staff().await?;
    requests::lock_for_staff(&mut tx, number).await?.ok_or(Problem::NotFound)?;
    let mut row = requests::page::for_staff(&mut tx, None, number, now).await?.ok_or(Problem::NotFound)?;
    if row.summary.missed_by_us {
        tx.rollback().await?;
        missed::note(app, number).await?;
        tx = app.db.staff().await?;
        requests::lock_for_staff(&mut tx, number).await?.ok_or(Problem::NotFound)?;
        row = requests::page::for_staff(&mut tx, None, number, now).await?.ok_or(Problem::NotFound)?;
    }
    act_for(&mut tx, row.customer).await?;
    Ok(Locked { tx, row, now })
}

/// Writes down what was done; a key that was used for another request is not this form's.
pub(super) async fn add_event(tx: &mut Tx, desk: &Desk, event: &NewEvent<'_>) -> Result<(), Problem> {
    timeline::add_desk_event(tx, desk.id(), event).await.on_constraint("one_event_of_a_form", Problem::Conflict)
}

/// What a technician is told a time is for: the request, and whose it is.
fn about(row: &RequestRow) -> (RequestNumber, &str) {
    (row.summary.number, &row.customer_name)
}

/// Tells a technician of a time that is theirs from now on, or no longer; nobody is told what they did themselves.
///
/// * `technician`, `by` – who is told, and who did it
/// * `key` – what was done with the time, once for all times: whoever is told twice under it is told once
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub(in crate::server::service) async fn tell_technician(
    tx: &mut Tx,
    (number, customer): (RequestNumber, &str),
    (technician, by): (StaffId, StaffId),
    (slot, is_theirs): (Slot, bool),
    now: DateTime<Utc>,
    key: &str,
) -> Result<(), Problem> {
    if technician == by {
        return Ok(());
    }
    let content = MailContent::VisitPlanned { number, customer: customer.to_owned(), slot, is_theirs };
    mails::to_staff(tx, technician, &content, now, &format!("visit_planned:{key}:{is_theirs}")).await?;
    Ok(())
}

/// Calls a request off in its customer's place, with its appointment; one without a time is declined.
///
/// # Errors
/// [`Problem::Conflict`] when it is over, or its technician is at work; [`Problem::ChangedMeanwhile`] when another time is agreed than
/// the form showed.
pub async fn cancel(
    app: &App,
    desk: &Desk,
    number: RequestNumber,
    reason: &str,
    seen: &Seen,
    key: Uuid,
) -> Result<(), Problem> {
    retrying(|| async {
        let mut locked = lock(app, number).await?;
        if timeline::is_done(&mut locked.tx, locked.row.id, key).await? {
            return Ok(());
        }
        locked.row.summary.state.after(RequestEvent::Cancel)?;
        admit(&mut locked.tx, &locked.row, seen).await?;
        let shown = facts::watch(&mut locked.tx, &locked.row, locked.now, (ChosenAct::Cancel, seen)).await?;
        cancel_in(&mut locked, desk, &keep_reason(reason)?, key).await?;
        shown.admit(app, &mut locked.tx, seen).await?;
        locked.tx.commit().await?;
        Ok(())
    })
    .await
}

/// The same under the lock of the request, whether it is kept or not.
pub(super) async fn cancel_in(locked: &mut Locked, desk: &Desk, reason: &str, key: Uuid) -> Result<(), Problem> {
    let Locked { tx, row, now } = locked;
    let (now, number) = (*now, row.summary.number);
    let state = row.summary.state.after(RequestEvent::Cancel)?;
    let technician = cases::technician(tx, row.id).await?;
    let called_off = row.agreed.and(row.summary.slot);
    appointments::cancel_confirmed(tx, row.id).await?;
    requests::note_change(tx, row.id, state, 0).await?;
    segments::keep_preparation(tx, row.id, now).await?;
    let kind = if called_off.is_some() { TimelineKind::Cancelled } else { TimelineKind::Declined };
    let event = NewEvent { request: row.id, at: now, kind, slot: None, note: reason, key: Some(key) };
    add_event(tx, desk, &event).await?;
    let content = match called_off {
        Some(slot) => MailContent::Cancelled(changed(row, slot, None, reason)),
        None => MailContent::Declined {
            number,
            program: row.summary.program.clone(),
            work_type: row.summary.work_type.clone(),
            reason: reason.to_owned(),
        },
    };
    let mail_key = format!("{kind}:{}:{}", row.id, row.sequence + 1);
    mails::to_member(tx, row.member, &content, now, &mail_key).await?;
    if let (Some(technician), Some(slot)) = (technician, called_off) {
        let told = (technician.id, desk.id());
        tell_technician(tx, about(row), told, (slot, false), now, &key.to_string()).await?;
    }
    Ok(())
}
