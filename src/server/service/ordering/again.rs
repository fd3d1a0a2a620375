//! Ordering the same again.

use crate::{
    model::{
        base::{ids::RequestId, numbers::RequestNumber, terms::Urgency},
        ordering::{
            drafts::{DraftStep, Subject, TypedWish},
            requests::RequestDetails,
            urgency::UrgencyClaim,
        },
        problem::{MovedOn, Problem},
    },
    server::{
        app::App,
        auth::Orderer,
        db::ordering::{drafts, requests},
        service::ordering::drafts::{draft, keep_wish},
    },
};

/// Begins the draft `id` with what a request says, unless it has begun, and tells which screen comes next: the times, as nothing is
/// left to be asked. What was urgent then is asked for anew.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::MovedOn`] to a new order for what cannot be ordered any more.
pub async fn order_again(
    app: &App,
    orderer: &Orderer,
    number: RequestNumber,
    id: RequestId,
) -> Result<DraftStep, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.member(orderer.customer()).await?;
    match draft(&mut tx, orderer, id, now).await {
        // The same form again: what was changed since stays.
        Ok(begun) => return Ok(begun.next_step()),
        Err(Problem::NotFound) => {}
        Err(problem) => return Err(problem),
    }
    let row = requests::page::by_number(&mut tx, orderer, number, now).await?.ok_or(Problem::NotFound)?;
    let (program, work_type) = requests::kind_of_work(&mut tx, row.id).await?;
    let typed = TypedWish {
        subject: Subject { program, work_type }.to_string(),
        details: RequestDetails {
            what_happened: row.what_happened,
            contact_name: row.contact_name,
            contact_phone: row.contact_phone,
        },
        urgency: Some(Urgency::Normal),
        claim: UrgencyClaim::default(),
    };
    match keep_wish(&mut tx, orderer, id, &typed, now).await {
        Err(Problem::Invalid { .. }) => return Err(Problem::MovedOn(MovedOn::OrderBegun(id))),
        kept => kept?,
    }
    if row.summary.urgency == Urgency::Urgent {
        drafts::ask_urgency_anew(&mut tx, id).await?;
    }
    let next = draft(&mut tx, orderer, id, now).await?.next_step();
    tx.commit().await?;
    Ok(next)
}
