//! What was prepared for a time that its customer called off, or that nobody needs since an outage is over.

use uuid::Uuid;

use super::attempts::{Free, close_without_charge};
use crate::{
    model::{
        base::numbers::RequestNumber,
        problem::Problem,
        work::{corrections::CorrectionSource, segments::SegmentKind},
    },
    server::{
        app::App,
        db::{
            ordering::requests,
            retrying,
            work::{interventions, visits},
        },
    },
};

/// How many are asked for at a time.
const MOST: i64 = 100;

/// Closes interventions of requests that ended without their work: calling off in time is free, so what was prepared costs nothing.
/// Customers write nothing to accounts and receipts, hence it is done here.
///
/// # Errors
/// The first failure's; the others are closed nevertheless.
pub async fn close_called_off(app: &App) -> Result<(), Problem> {
    let (mut outcome, mut last) = (Ok(()), None);
    loop {
        // What fails is passed by: it holds up none behind it, and is tried again another time.
        let numbers = {
            let mut tx = app.db.staff().await?;
            interventions::called_off(&mut tx, last, MOST).await?
        };
        for number in &numbers {
            outcome = outcome.and(close(app, *number, app.random.uuid()).await);
        }
        last = numbers.last().copied();
        if last.is_none() {
            return outcome;
        }
    }
}

async fn close(app: &App, number: RequestNumber, key: Uuid) -> Result<(), Problem> {
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        let request = requests::lock_for_staff(&mut tx, number).await?.ok_or(Problem::NotFound)?;
        let visit = visits::latest(&mut tx, number).await?.ok_or(Problem::NotFound)?;
        let open = interventions::latest(&mut tx, request).await?.filter(|latest| latest.is_open);
        if let Some(intervention) = open.filter(|_| !visit.state.is_open()) {
            let free =
                Free { kind: SegmentKind::Waiting, why: CorrectionSource::CalledOff, by: visit.technician, now, key };
            close_without_charge(&mut tx, &visit, &intervention, &free).await?;
            tx.commit().await?;
        }
        Ok(())
    })
    .await
}
