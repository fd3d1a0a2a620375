//! Undoing an order (design, Undo).

use super::requests::{add_event, changed, lock, undo_until};
use crate::{
    model::{
        base::numbers::RequestNumber,
        mails::MailContent,
        ordering::{
            appointments::ChangeRefused,
            requests::{RequestEvent, RequestState},
            timeline::TimelineKind,
        },
        problem::Problem,
    },
    server::{
        app::App,
        auth::Orderer,
        db::{
            mails,
            ordering::{appointments, requests, timeline::NewEvent},
            retrying,
        },
    },
};

/// Takes an order back as if it had never been sent: it costs nothing, asks no cut-off, and counts nowhere. Sent twice, it has one
/// effect.
///
/// # Errors
/// [`Problem::Change`] when its minutes are over, [`Problem::Conflict`] when somebody has begun to work on it.
pub async fn undo(app: &App, orderer: &Orderer, number: RequestNumber) -> Result<(), Problem> {
    retrying(|| async {
        let now = app.clock.now();
        let (mut tx, row, state) = lock(app, orderer, number, now).await?;
        if state == RequestState::Cancelled {
            // The same form again.
            return Ok(());
        }
        let until = undo_until(&mut tx, &row).await?.ok_or(Problem::Conflict)?;
        if now >= until {
            return Err(Problem::Change(ChangeRefused::TooLate { cut_off: until }));
        }
        let state = state.after(RequestEvent::Cancel)?;
        appointments::cancel_confirmed(&mut tx, row.id).await?;
        requests::note_change(&mut tx, row.id, state, 0).await?;
        let kind = TimelineKind::Withdrawn;
        let event = NewEvent { request: row.id, at: now, kind, slot: None, note: "", key: None };
        add_event(&mut tx, orderer, &event).await?;
        if let Some(slot) = row.agreed.and(row.summary.slot) {
            let content = MailContent::Withdrawn(changed(&row, slot, None, ""));
            let mail_key = format!("withdrawn:{}", row.id);
            mails::to_member(&mut tx, row.member, &content, now, &mail_key).await?;
        }
        tx.commit().await?;
        Ok(())
    })
    .await
}
