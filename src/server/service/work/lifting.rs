//! The minimum that a manager lifted for all whom an outage hit (design, Outage): of what begins, at once; of what was billed before,
//! by the next version of its receipt.
//!
//! The decision stands in the outage. What follows from it is done for each request by itself, under its lock, and again until it is
//! done: so a thousand requests hold nobody up, and a process that ends halfway leaves nothing undone.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::settlement::{Occasion, settle_intervention};
use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            ids::{InterventionId, RequestId},
            numbers::RequestNumber,
        },
        mails::{MailContent, OutageMail},
        ordering::outages::OutageStep,
        problem::Problem,
        work::billing::{bill, lifts_minimum},
    },
    server::{
        app::App,
        db::{
            Tx,
            line::catalogue,
            mails,
            ordering::{
                outages::{self, Lifting},
                requests,
            },
            retrying,
            work::{
                interventions::{self, InterventionRow},
                receipts, segments,
            },
        },
    },
};

/// How many requests are asked for at a time.
const MOST: i64 = 100;

/// Lifts the minimum of work that begins now, where it is reached by a decision. What was billed before is not touched here: it is
/// lifted together with its next receipt, or it would be taken for done.
pub(crate) async fn lift_begun(
    tx: &mut Tx,
    request: RequestId,
    (intervention, began_at): (InterventionId, DateTime<Utc>),
) -> Result<(), Problem> {
    match outages::lifting(tx, request).await? {
        Some(lifting) if lifts_minimum(lifting.began_at, began_at) => {
            Ok(interventions::lift_minimum(tx, intervention, lifting.outage).await?)
        }
        _ => Ok(()),
    }
}

/// Lifts the minimum of all work on a request that is reached by a decision, and tells which that is.
async fn lift_of(tx: &mut Tx, request: RequestId) -> Result<Vec<(InterventionRow, Lifting)>, Problem> {
    let Some(lifting) = outages::lifting(tx, request).await? else {
        return Ok(Vec::new());
    };
    let mut lifted = Vec::new();
    for (id, began_at) in interventions::with_minimum(tx, request).await? {
        if lifts_minimum(lifting.began_at, began_at) {
            interventions::lift_minimum(tx, id, lifting.outage).await?;
            let row = interventions::by_id(tx, id).await?.ok_or(Problem::NotFound)?;
            lifted.push((row, lifting.clone()));
        }
    }
    Ok(lifted)
}

/// Lifts what was decided and is not done yet.
///
/// # Errors
/// The first failure's; the others are lifted nevertheless.
pub async fn lift_all(app: &App) -> Result<(), Problem> {
    let (mut outcome, mut last) = (Ok(()), None);
    loop {
        // What fails is passed by: it holds up none behind it, and is tried again another time.
        let numbers = {
            let mut tx = app.db.staff().await?;
            outages::unlifted(&mut tx, last, MOST).await?
        };
        for number in &numbers {
            outcome = outcome.and(lift(app, *number, app.random.uuid()).await);
        }
        last = numbers.last().copied();
        if last.is_none() {
            return outcome;
        }
    }
}

async fn lift(app: &App, number: RequestNumber, key: Uuid) -> Result<(), Problem> {
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        let request = requests::lock_for_staff(&mut tx, number).await?.ok_or(Problem::NotFound)?;
        for (place, (intervention, lifting)) in (0_u128..).zip(lift_of(&mut tx, request).await?) {
            // What is open is billed without it when it is closed.
            if !intervention.is_open {
                let key = Uuid::from_u128(key.as_u128().wrapping_add(place));
                settle_anew(&mut tx, &intervention, &lifting, now, key).await?;
            }
        }
        Ok(tx.commit().await?)
    })
    .await
}

/// Issues the next version of a receipt on which the minimum stands, and tells who ordered it.
async fn settle_anew(
    tx: &mut Tx,
    intervention: &InterventionRow,
    lifting: &Lifting,
    now: DateTime<Utc>,
    key: Uuid,
) -> Result<(), Problem> {
    let segments = segments::of_intervention(tx, intervention.id).await?;
    if bill(&segments, intervention.minimum_minutes, now).top_up() == 0 {
        return Ok(());
    }
    let settings = catalogue::settings(tx, now).await?;
    let report = &intervention.report;
    let occasion = Occasion { now, by: lifting.by, reason: &lifting.reason, report, key };
    let receipt = settle_intervention(tx, &settings, intervention, &occasion).await?;
    let heading = receipts::heading(tx, intervention.request).await?;
    let mail = OutageMail {
        step: OutageStep::MinimumLifted,
        number: intervention.name.number,
        program: heading.program,
        work_type: heading.work_type,
        name: receipt.lifted.map(|lifted| lifted.outage).unwrap_or_default(),
        text: Bilingual::from(lifting.reason.clone()),
        goes_on: false,
        called_off: None,
    };
    let mail_key = format!("minimum_lifted:{}", intervention.id);
    mails::to_member(tx, heading.member, &MailContent::Outage(mail), now, &mail_key).await?;
    Ok(())
}
