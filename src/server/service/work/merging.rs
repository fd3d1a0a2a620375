//! What was asked twice is done once (design, Desk): a request ends in favour of another one of its customer.

use uuid::Uuid;

use super::dispatch::{Locked, add_event, facts, lock};
use crate::{
    model::{
        base::{fields::FieldCode, numbers::RequestNumber, seen::Seen, terms::Urgency},
        mails::MailContent,
        ordering::{requests::RequestEvent, timeline::TimelineKind},
        problem::Problem,
        work::{cases::CaseAct, chosen::ChosenAct},
    },
    server::{
        app::App,
        auth::Desk,
        db::{
            OnConstraint, act_for, mails,
            ordering::{
                requests,
                timeline::{self, NewEvent},
            },
            retrying,
            work::cases,
        },
    },
};

/// Ends a request that has no time in favour of another open one of the same customer, which is told.
///
/// # Errors
/// [`Problem::Invalid`] without an open request of that customer to go on with, or for an urgent one into one that is not: what
/// cannot wait would be lost in what can; [`Problem::Conflict`] when it has a time by now, or is over; [`Problem::ChangedMeanwhile`]
/// when it means something else than the form showed, [`Problem::MovedOn`] to what it means when that was not shown.
pub async fn merge(
    app: &App,
    desk: &Desk,
    number: RequestNumber,
    into: Option<RequestNumber>,
    seen: &Seen,
    key: Uuid,
) -> Result<(), Problem> {
    let into = into.ok_or_else(|| Problem::field("into", FieldCode::Missing))?;
    retrying(|| async {
        let mut locked = lock_both(app, number, into).await?;
        if timeline::is_done(&mut locked.tx, locked.row.id, key).await? {
            return Ok(());
        }
        if !CaseAct::Merge.is_possible(locked.row.summary.state) {
            return Err(Problem::Conflict);
        }
        let chosen = ChosenAct::Merge { into };
        let shown = facts::watch(&mut locked.tx, &locked.row, locked.now, (chosen, seen)).await?;
        merge_in(&mut locked, desk, into, key).await?;
        shown.admit(app, &mut locked.tx, seen).await?;
        locked.tx.commit().await?;
        Ok(())
    })
    .await
}

/// The same under the locks of both, whether it is kept or not.
pub(super) async fn merge_in(locked: &mut Locked, desk: &Desk, into: RequestNumber, key: Uuid) -> Result<(), Problem> {
    let Locked { tx, row, now } = locked;
    let (now, number) = (*now, row.summary.number);
    let unfit = || Problem::field("into", FieldCode::Unknown);
    let other = requests::lock_for_staff(tx, into).await?.ok_or_else(unfit)?;
    let open = cases::open_requests(tx, row.customer).await?;
    let goes_on = open.iter().find(|one| one.number == into && into != number).ok_or_else(unfit)?;
    if row.summary.urgency == Urgency::Urgent && goes_on.urgency != Urgency::Urgent {
        return Err(Problem::field("into", FieldCode::DoesNotMatch));
    }
    requests::note_change(tx, row.id, row.summary.state.after(RequestEvent::Cancel)?, 0).await?;
    cases::merge(tx, row.id, other).await.on_constraint("merged_within_a_customer", unfit())?;
    let note = &into.to_string();
    let event = NewEvent { request: row.id, at: now, kind: TimelineKind::Merged, slot: None, note, key: Some(key) };
    add_event(tx, desk, &event).await?;
    let (note, key) = (&number.to_string(), None);
    add_event(tx, desk, &NewEvent { request: other, note, key, ..event }).await?;
    let content = MailContent::Merged {
        number,
        into,
        program: row.summary.program.clone(),
        work_type: row.summary.work_type.clone(),
    };
    Ok(mails::to_member(tx, row.member, &content, now, &format!("merged:{}", row.id)).await?)
}

/// Locks a request and the one in whose favour it is to end, in the order of their numbers: two that are merged into one another at
/// the same moment wait for each other and do not block each other.
pub(super) async fn lock_both(app: &App, number: RequestNumber, into: RequestNumber) -> Result<Locked, Problem> {
    // What became of its time by itself is written down before.
    lock(app, number).await?.tx.rollback().await?;
    let now = app.clock.now();
    let mut tx = app.db.staff().await?;
    for one in [number.min(into), number.max(into)] {
        requests::lock_for_staff(&mut tx, one).await?;
    }
    let row = requests::page::for_staff(&mut tx, None, number, now).await?.ok_or(Problem::NotFound)?;
    act_for(&mut tx, row.customer).await?;
    Ok(Locked { tx, row, now })
}
