//! Ordering the same again.

use crate::{
    model::{
        base::{ids::RequestId, numbers::RequestNumber, terms::Urgency},
        ordering::{
            drafts::{Draft, DraftStep, Subject, TypedWish},
            requests::RequestDetails,
            urgency::UrgencyClaim,
        },
        problem::{MovedOn, Problem},
    },
    server::{
        app::App,
        auth::Orderer,
        db::{
            Tx,
            ordering::{drafts, outages, requests},
        },
        service::ordering::drafts::{draft, keep_wish},
    },
};

/// Begins the draft `id` with what a request says, unless it has begun, and tells which screen comes next: the times, as nothing is
/// left to be asked. What was urgent then is asked for anew; and while we know of an outage of the program, the first screen asks
/// whether it is that.
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
        Ok(begun) => return step(&mut tx, orderer, &begun).await,
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
    let draft = draft(&mut tx, orderer, id, now).await?;
    let next = step(&mut tx, orderer, &draft).await?;
    tx.commit().await?;
    Ok(next)
}

/// The screen on which a draft goes on: nobody orders beside an outage of which they could have read.
async fn step(tx: &mut Tx, orderer: &Orderer, draft: &Draft) -> Result<DraftStep, Problem> {
    let known = outages::known(tx, Some((orderer.customer(), Some(orderer.id())))).await?;
    let is_known = known.iter().any(|outage| outage.program.id == draft.program.id);
    Ok(if is_known { DraftStep::What } else { draft.next_step() })
}
