//! What programs do in a customer's name (design, Interface for programs): they order what then waits for its time, hold one, and agree
//! it; and read what became of it. All else they do as people do, by the same functions.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::{
    attachments::{self, About},
    availability::Availability,
    drafts,
    requests::{self, Picked},
};
use crate::{
    model::{
        base::{
            fields::{FieldCode, FieldProblem},
            ids::{RequestId, WorkTypeId},
            numbers::RequestNumber,
            paging::Page,
            terms::Urgency,
        },
        line::catalogue::{SlotChoice, WorkType},
        ordering::{
            drafts::HeldSlot,
            offers::{Offer, offers},
            program_orders::{ProgramReport, ProgramRequest, RequestsWanted, TypedOrder, field_of_program},
            urgency::UrgencyRefused,
        },
        problem::{MovedOn, Problem},
        work::pages::RequestPage,
    },
    server::{
        app::App,
        auth::{Caller, Member, Orderer, Program},
        db::{
            line::catalogue,
            ordering::{appointments, program_orders as stored},
            retrying,
        },
        service::{line::limits, work::missed},
    },
};

/// How many requests a program reads at once.
const PAGE: usize = 100;
/// What a file of what a program knows is called.
const DIAGNOSTICS: &str = "diagnostika.txt";

/// Sends an order under the identity `id`, whose time is picked afterwards; what the program knows goes with it as a file. Repeating it
/// tells the same number.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, [`Problem::Urgency`]; whatever else keeps a person from ordering.
pub async fn order(
    app: &App,
    (program, caller): (&Program, &Caller),
    id: RequestId,
    typed: &TypedOrder,
    diagnostics: &str,
) -> Result<RequestNumber, Problem> {
    let orderer = caller.may_order()?;
    let report = typed.report(program.token).map_err(|fields| Problem::Invalid { fields })?;
    match drafts::save_wish(app, &orderer, id, &typed.wish()).await {
        Ok(_) => {}
        Err(Problem::MovedOn(MovedOn::Request(number))) => return Ok(number),
        Err(problem) => return Err(for_program(problem)),
    }
    let sent = send(app, (caller, &orderer), id, &report, diagnostics).await.map_err(for_program);
    // Nobody goes on with it: people find none of it among their unfinished orders. What may go better later is tried again.
    if let Err(problem) = &sent
        && problem.status() < 500
        && problem.retry_after_s().is_none()
    {
        drafts::discard(app, &orderer, id).await?;
    }
    sent
}

async fn send(
    app: &App,
    (caller, orderer): (&Caller, &Orderer),
    id: RequestId,
    report: &ProgramReport,
    diagnostics: &str,
) -> Result<RequestNumber, Problem> {
    if !diagnostics.trim().is_empty() && attachments::of_draft(app, orderer, id).await?.is_empty() {
        let file = (DIAGNOSTICS, diagnostics.as_bytes().to_vec());
        attachments::keep(app, caller, About::Draft(id), file).await?;
    }
    drafts::send_to_wait(app, orderer, id, report).await
}

/// A problem by the names that fields of programs have.
fn for_program(problem: Problem) -> Problem {
    match problem {
        Problem::Invalid { fields } => Problem::Invalid {
            fields: fields
                .into_iter()
                .map(|told| FieldProblem::new(field_of_program(&told.field), told.code))
                .collect(),
        },
        problem => problem,
    }
}

/// The kinds of work that can be ordered.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn work_types(app: &App, member: &Member) -> Result<Vec<WorkType>, Problem> {
    let mut tx = app.db.member(member.customer()).await?;
    Ok(catalogue::work_types(&mut tx, app.clock.now()).await?)
}

/// The times on offer for work of a kind, and how urgent it is taken to be. None where dispatch names the time.
///
/// # Errors
/// [`Problem::Invalid`] for a kind of work that there is not, [`Problem::Urgency`] for what is planned.
pub async fn slots(
    app: &App,
    member: &Member,
    work_type: WorkTypeId,
    urgency: Option<Urgency>,
) -> Result<(Urgency, Vec<Offer>), Problem> {
    let now = app.clock.now();
    let mut tx = app.db.member(member.customer()).await?;
    let work_type = catalogue::work_types(&mut tx, now).await?.into_iter().find(|known| known.id == work_type);
    let work_type = work_type.ok_or_else(|| Problem::field("work_type", FieldCode::Unknown))?;
    let urgency = match (urgency, work_type.plannable) {
        (Some(Urgency::Urgent), true) => return Err(UrgencyRefused::Plannable.into()),
        (Some(urgency), _) => urgency,
        (None, true) => Urgency::Normal,
        (None, false) => return Err(Problem::field("urgency", FieldCode::Missing)),
    };
    if work_type.choice == SlotChoice::Dispatch {
        return Ok((urgency, Vec::new()));
    }
    let availability = Availability::load(&mut tx, now, RequestId(app.random.uuid())).await?;
    let offers = offers(&availability.query(&work_type, urgency));
    app.metrics.offered(offers.len());
    Ok((urgency, offers))
}

/// The times on offer for a request: to pick from while it waits, to move it to once one is agreed.
///
/// # Errors
/// [`Problem::NotFound`], [`Problem::Change`] when it may not be moved any more, [`Problem::Conflict`] when it has no time.
pub async fn slots_of(app: &App, orderer: &Orderer, number: RequestNumber) -> Result<Vec<Offer>, Problem> {
    Ok(requests::move_choice(app, orderer, number).await?.offers)
}

/// Holds a time for a request that waits for one; what was held for it before is given back. Repeating it keeps the hold as it is.
///
/// # Errors
/// [`Problem::SlotTaken`] when somebody was faster, [`Problem::SlotRefused`] when it was never on offer, [`Problem::Conflict`] when the
/// request waits for no time of its customer's.
pub async fn hold(
    app: &App,
    orderer: &Orderer,
    number: RequestNumber,
    start: DateTime<Utc>,
) -> Result<HeldSlot, Problem> {
    retrying(|| async {
        let now = app.clock.now();
        missed::make_room(app).await?;
        let (mut tx, row, _) = requests::lock(app, orderer, number, now).await?;
        if !row.summary.awaits_pick() {
            return Err(Problem::Conflict);
        }
        if let Some(held) = stored::held(&mut tx, row.id, now).await?.filter(|held| held.slot.start == start) {
            return Ok(held);
        }
        let availability = Availability::load(&mut tx, now, row.id).await?;
        let (slot, technicians) = requests::wanted(&mut tx, &row, &availability, start).await?;
        let others = appointments::live_holds(&mut tx, orderer.id(), row.id, now).await?;
        limits::admit_hold(&mut tx, orderer.id(), others, now).await?;
        let expires_at = now + TimeDelta::minutes(i64::from(availability.settings.hold_minutes));
        let urgency = row.summary.urgency;
        appointments::take_slot(&mut tx, now, row.id, &technicians, slot, urgency, expires_at)
            .await?
            .ok_or(Problem::SlotTaken)?;
        tx.commit().await?;
        Ok(HeldSlot { slot, expires_at })
    })
    .await
}

/// Agrees the time that is held. Repeating it under the same key has no further effect.
///
/// # Errors
/// [`Problem::HoldExpired`] when nothing is held any more, [`Problem::Conflict`] when the request waits for no time.
pub async fn confirm(app: &App, orderer: &Orderer, number: RequestNumber, key: Uuid) -> Result<(), Problem> {
    requests::agree(app, orderer, number, Picked::Held, key).await
}

/// Requests of the customer's, in the order in which they were sent.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn list(
    app: &App,
    member: &Member,
    wanted: RequestsWanted,
) -> Result<Page<ProgramRequest, RequestNumber>, Problem> {
    let mut tx = app.db.member(member.customer()).await?;
    Ok(stored::list(&mut tx, member.customer(), wanted, PAGE, app.clock.now()).await?)
}

/// One of them, and what a program calls it.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn one(app: &App, member: &Member, number: RequestNumber) -> Result<(RequestPage, String), Problem> {
    let page = requests::page(app, member, number).await?;
    let mut tx = app.db.member(member.customer()).await?;
    let reference = stored::reference(&mut tx, member.customer(), number).await?;
    Ok((page, reference))
}
