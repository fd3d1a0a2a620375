//! What can be put right of an order after it was sent: what was written, and who will sit at the computer (design, Draft).

use uuid::Uuid;

use super::requests::{add_event, lock};
use crate::{
    model::{
        base::{numbers::RequestNumber, seen::Seen},
        ordering::{
            requests::{RequestDetails, RequestState},
            timeline::TimelineKind,
        },
        problem::Problem,
    },
    server::{
        app::App,
        auth::Orderer,
        db::{
            ordering::{
                requests,
                timeline::{self, NewEvent},
            },
            retrying,
        },
    },
};

/// Saves what is put right. The former description stays in the request's course; whoever comes reads the new one.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, [`Problem::ChangedMeanwhile`] when a colleague was faster,
/// [`Problem::Conflict`] for what is over.
pub async fn save(
    app: &App,
    orderer: &Orderer,
    number: RequestNumber,
    typed: &RequestDetails,
    (seen, key): (&Seen, Uuid),
) -> Result<(), Problem> {
    let details = &typed.check().map_err(|fields| Problem::Invalid { fields })?;
    retrying(|| async {
        let now = app.clock.now();
        let (mut tx, row, state) = lock(app, orderer, number, now).await?;
        if timeline::is_done(&mut tx, row.id, key).await? {
            return Ok(());
        }
        if !matches!(state, RequestState::Waiting | RequestState::Scheduled | RequestState::InProgress) {
            return Err(Problem::Conflict);
        }
        let kept = RequestDetails {
            what_happened: row.what_happened.clone(),
            contact_name: row.contact_name.clone(),
            contact_phone: row.contact_phone.clone(),
        };
        seen.admit(&kept.fields(), &details.fields())?;
        if *details == kept {
            return Ok(());
        }
        requests::save_details(&mut tx, row.id, details).await?;
        let former = if details.what_happened == kept.what_happened { "" } else { &kept.what_happened };
        let kind = TimelineKind::DetailsChanged;
        let event = NewEvent { request: row.id, at: now, kind, slot: None, note: former, key: Some(key) };
        add_event(&mut tx, orderer, &event).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}
