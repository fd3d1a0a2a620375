//! Where requests stand in the queue is kept, so that a page of it costs no more the longer it is; the model places them anew
//! when something has changed, before anybody reads it.

use chrono::{DateTime, Utc};

use crate::{
    model::{
        base::{calendar::BusinessCalendar, ids::StaffId, terms::Urgency},
        problem::Problem,
        work::{
            lanes::{Lane, Place, QueueItem, Standing, due, place, waits_for_a_time, waits_since},
            standings::changes_at,
        },
    },
    server::{
        app::App,
        db::{
            Tx,
            line::catalogue,
            locks::{self, Lock},
            retrying,
            work::{
                lanes::{self, OpenCase},
                standings::{self, Placed, Summary},
            },
        },
    },
};

/// A transaction of staff in which the queue is read as it is at `now`, with what it is in numbers for somebody.
pub(super) async fn current(app: &App, viewer: Option<StaffId>, now: DateTime<Utc>) -> Result<(Tx, Summary), Problem> {
    let mut tx = app.db.staff().await?;
    let summary = standings::summary(&mut tx, viewer, now).await?;
    if !summary.is_stale {
        return Ok((tx, summary));
    }
    // Nobody waits for a second connection while holding one.
    drop(tx);
    renew(app).await?;
    let mut tx = app.db.staff().await?;
    let summary = standings::summary(&mut tx, viewer, now).await?;
    Ok((tx, summary))
}

/// Places what may stand elsewhere by now. One transaction does at a time, and reads the facts after it has the turn: what an earlier
/// one has read never overwrites what a later one has.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn renew(app: &App) -> Result<(), Problem> {
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        locks::take(&mut tx, Lock::Standings).await?;
        let changes = standings::changes(&mut tx, now).await?;
        if changes.is_empty() {
            return Ok(());
        }
        let calendar = catalogue::calendar(&mut tx).await?;
        let cases = lanes::open_cases(&mut tx, &changes.requests).await?;
        let placed: Vec<_> = cases.into_iter().filter_map(|case| placed(case, &calendar, now)).collect();
        standings::keep(&mut tx, &changes, &placed).await?;
        Ok(tx.commit().await?)
    })
    .await
}

/// Has everything placed anew, whatever was noted: nothing waits unseen, not even what some change has failed to note.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn renew_all(app: &App) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    standings::note_all(&mut tx).await?;
    tx.commit().await?;
    renew(app).await
}

/// Where a request stands; none for what the desk and technicians have nothing to do with.
fn placed(case: OpenCase, calendar: &BusinessCalendar, now: DateTime<Utc>) -> Option<Placed> {
    let place = place(&case.facts, now);
    if matches!(place, Place::Closed | Place::WithCustomer) {
        return None;
    }
    let (request_id, number, snoozed) = (case.id, case.number, case.snoozed);
    let (urgency, changes_at) = (case.urgency, changes_at(&case.facts, now));
    let item = item(case, calendar, now);
    let lane = item.as_ref().map(|item| item.lane);
    Some(Placed {
        request_id,
        lane,
        due_at: item.as_ref().map(|item| item.standing.due),
        is_normal: urgency != Urgency::Urgent,
        since_at: item.as_ref().map(|item| item.standing.since),
        year: number.year(),
        serial: number.serial(),
        outage_id: item.as_ref().and_then(|item| item.outage.as_ref()).map(|(outage, _)| outage.id),
        claimed_by: item.and_then(|item| item.claimed_by).map(|colleague| colleague.id),
        rests_until: snoozed.filter(|(_, of)| lane == Some(*of)).map(|(until, _)| until),
        changes_at,
    })
}

/// A line of the queue; none for what is in no lane.
pub(super) fn item(case: OpenCase, calendar: &BusinessCalendar, now: DateTime<Utc>) -> Option<QueueItem> {
    let Place::Lane(lane) = place(&case.facts, now) else {
        return None;
    };
    let since = waits_since(lane, &case.facts);
    let due = due(lane, case.facts.time.as_ref(), case.urgency, since, &case.tier, calendar);
    let brought_by = match lane {
        Lane::New | Lane::TimeToChoose | Lane::FollowUp | Lane::NoShow | Lane::MissedByUs => case.changed_by,
        Lane::CallBack => case.moved_by,
        // They come by themselves, or by the customer.
        Lane::OfferLapsed
        | Lane::AnswerCame
        | Lane::Overdue
        | Lane::RunsOver
        | Lane::ConsentAsked
        | Lane::Objection
        | Lane::Outage
        | Lane::Offered => None,
    };
    let rest = case.snoozed.filter(|(_, of)| *of == lane).map(|(until, _)| until);
    Some(QueueItem {
        standing: Standing { due, urgency: case.urgency, since, number: case.number },
        lane,
        customer: case.customer,
        program: case.program,
        work_type: case.work_type,
        what_happened: case.what_happened,
        contact_name: case.contact_name,
        contact_phone: case.contact_phone,
        takes: waits_for_a_time(lane, case.facts.state).then_some(case.slot_minutes),
        claimed_by: case.claimed_by,
        brought_by,
        snoozed_until: rest.filter(|until| now < *until),
        is_back: rest.is_some_and(|until| until <= now),
        outage: case.outage.filter(|_| lane == Lane::Outage).map(|outage| (outage, 1)),
    })
}
