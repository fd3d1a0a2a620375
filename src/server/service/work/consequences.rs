//! What an act of the desk would mean (design, Consequences): it is done under the request's lock, read, and taken back, so that what
//! is shown is what would be done and nothing else.

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    board,
    cases::to_case,
    dispatch::{self, Locked, TypedClass, TypedTime, facts::Before, shown_time},
    merging, missed,
};
use crate::{
    model::{
        base::{calendar::to_local, fields::FieldCode, ids::StaffId, numbers::RequestNumber, seen::Seen},
        ordering::{
            offers::{Slot, SlotRefused},
            requests::RequestState,
            urgency::UrgencyClaim,
        },
        problem::Problem,
        work::{
            chosen::ChosenAct,
            consequences::{InTheWay, MEANS, Outcome, PreviewPage, REASON_TO_COME, Refusal, in_the_way},
        },
    },
    server::{
        app::App,
        auth::Desk,
        db::{retrying, work::cases},
        service::ordering::requests::work_type,
    },
};

/// What stands for what stopped, of a request that is not urgent yet: whoever confirms it says so.
const CLAIM_TO_COME: &str = "[………………………]";

/// What would come of an act, or what is in its way.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::Conflict`] when the request can have it done no more.
pub async fn page(app: &App, desk: &Desk, number: RequestNumber, chosen: ChosenAct) -> Result<PreviewPage, Problem> {
    let mut page = retrying(|| async {
        missed::make_room(app).await?;
        let mut locked = match chosen {
            ChosenAct::Merge { into } => merging::lock_both(app, number, into).await?,
            _ => dispatch::lock(app, number).await?,
        };
        if !chosen.act().is_possible(locked.row.summary.state) {
            return Err(Problem::Conflict);
        }
        let case = to_case(&mut locked.tx, desk, locked.row.clone(), locked.now).await?;
        let mut fields = shown_time(&mut locked.tx, &locked.row).await?;
        let before = Before::read(&mut locked.tx, &locked.row, locked.now).await?;
        let outcome = match rehearse(app, &mut locked, desk, chosen).await {
            Ok(()) => {
                let consequences = before.compare(app, &mut locked.tx, chosen.tells_customer()).await?;
                fields = fields.with(MEANS, consequences.shown());
                Outcome::Possible(Box::new(consequences))
            }
            Err(problem) => Outcome::Refused { why: refusal(problem)?, in_the_way: Vec::new() },
        };
        locked.tx.rollback().await?;
        Ok(PreviewPage { case, chosen, outcome, seen: Seen::of(&fields) })
    })
    .await?;
    if let Outcome::Refused { in_the_way, .. } = &mut page.outcome {
        let agreed = page.case.request.summary.slot.map(|slot| slot.start);
        *in_the_way = obstacles(app, desk, number, chosen, agreed).await?;
    }
    Ok(page)
}

/// Does what was chosen, with something in the place of what is still to be typed.
async fn rehearse(app: &App, locked: &mut Locked, desk: &Desk, chosen: ChosenAct) -> Result<(), Problem> {
    let (key, reason) = (app.random.uuid(), REASON_TO_COME.to_owned());
    match chosen {
        ChosenAct::Time { start, technician } => {
            // A first time needs no reason, and its mail says none.
            let is_first = locked.row.summary.state == RequestState::Waiting;
            let reason = if is_first { String::new() } else { reason };
            let typed = TypedTime { start: Some(start), technician, reason, seen: Seen::default() };
            dispatch::set_time_in(locked, desk, &typed, key).await
        }
        ChosenAct::Reassign { technician } => dispatch::reassign_in(locked, desk, technician, &reason, key).await,
        ChosenAct::Reclassify { work_type, urgency } => {
            let to_come = || UrgencyClaim { what_stopped: CLAIM_TO_COME.into(), since: REASON_TO_COME.into() };
            let claim = locked.row.claim.clone().unwrap_or_else(to_come);
            let (work_type, urgency) = (Some(work_type), Some(urgency));
            let typed = TypedClass { work_type, urgency, claim, reason, seen: Seen::default() };
            dispatch::reclassify_in(locked, desk, &typed, key).await
        }
        ChosenAct::Offer { starts } => dispatch::offer_in(locked, desk, starts, key).await,
        ChosenAct::Merge { into } => merging::merge_in(locked, desk, into, key).await,
        ChosenAct::Cancel => dispatch::cancel_in(locked, desk, &reason, key).await,
    }
}

/// Why an act cannot be done, if that is of what was chosen and not of how the request stands.
fn refusal(problem: Problem) -> Result<Refusal, Problem> {
    match problem {
        Problem::SlotTaken => Ok(Refusal::Slot(SlotRefused::Taken)),
        Problem::SlotRefused(refused) => Ok(Refusal::Slot(refused)),
        Problem::Urgency(refused) => Ok(Refusal::Urgency(refused)),
        Problem::Invalid { ref fields } if fields.iter().any(|field| field.field == "into") => {
            Ok(Refusal::CannotGoOn { is_urgent: fields.iter().any(|field| field.code == FieldCode::DoesNotMatch) })
        }
        Problem::Invalid { ref fields } if fields.iter().any(|field| field.code == FieldCode::NotAnEmail) => {
            Ok(Refusal::NobodyIsReached)
        }
        Problem::Invalid { ref fields } if fields.iter().any(|field| field.code == FieldCode::AlreadyUsed) => {
            Ok(Refusal::ChangesNothing)
        }
        other => Err(other),
    }
}

/// What is in the way of a time with somebody: what takes it, that nobody works then, that the work is another's.
async fn obstacles(
    app: &App,
    desk: &Desk,
    number: RequestNumber,
    chosen: ChosenAct,
    agreed: Option<DateTime<Utc>>,
) -> Result<Vec<InTheWay>, Problem> {
    let (start, technician) = match chosen {
        ChosenAct::Time { start, technician: Some(technician) } => (start, technician),
        ChosenAct::Reassign { technician } => (agreed.ok_or(Problem::Conflict)?, technician),
        ChosenAct::Offer { .. }
        | ChosenAct::Time { technician: None, .. }
        | ChosenAct::Reclassify { .. }
        | ChosenAct::Merge { .. }
        | ChosenAct::Cancel => return Ok(Vec::new()),
    };
    let (length, knows) = needs(app, number, technician).await?;
    let board = board::page(app, desk, Some(to_local(start).date())).await?;
    let found = in_the_way(&board, technician, Slot { start, end: start + length }, number);
    Ok(found.into_iter().chain((!knows).then_some(InTheWay::Unskilled)).collect())
}

/// How long the work takes, and whether a technician knows it.
async fn needs(app: &App, number: RequestNumber, technician: StaffId) -> Result<(TimeDelta, bool), Problem> {
    let Locked { mut tx, row, now } = dispatch::lock(app, number).await?;
    let work = work_type(&mut tx, &row, now).await?;
    let knows = cases::who_knows(&mut tx, &work.skill).await?;
    Ok((TimeDelta::minutes(work.slot_minutes.into()), knows.iter().any(|one| one.id == technician)))
}
