//! A request as the desk sees it, and what staff write about it among themselves.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::standings::item;
use crate::{
    model::{
        base::{fields::keep_lines, ids::StaffId, numbers::RequestNumber, terms::Urgency},
        ordering::{
            offers::{OfferQuery, free_technicians},
            slot_offers::{free_times, free_times_of},
        },
        people::members::Capabilities,
        problem::Problem,
        work::{
            attempts::{AttemptChannel, ContactAttempt},
            cases::{ActPage, CASE_NOTE_MAX, CaseAct, CasePage},
            pages::RequestPage,
        },
    },
    server::{
        app::App,
        auth::{Desk, Staff},
        db::{
            Tx, act_for,
            line::catalogue,
            ordering::{
                outages,
                requests::{self, page::RequestRow},
                timeline,
            },
            work::{cases, lanes, ratings},
        },
        service::ordering::{
            availability::Availability,
            conversations,
            requests::{to_page, work_type},
        },
    },
};

/// The staff's page of a request, in whatever state it is; a technician sees those at which that person works or worked.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn page(app: &App, staff: &Staff, number: RequestNumber) -> Result<CasePage, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.staff().await?;
    let row = find(&mut tx, staff, number, now).await?;
    to_case(&mut tx, staff, row, now).await
}

/// What the desk needs to know before it does something with a request.
///
/// * `technician` – whose free times are shown, for [`CaseAct::Time`]; everybody's
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::Conflict`] when it cannot be done (any more).
pub async fn act_page(
    app: &App,
    desk: &Desk,
    number: RequestNumber,
    act: CaseAct,
    technician: Option<StaffId>,
) -> Result<ActPage, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.staff().await?;
    let row = find(&mut tx, desk, number, now).await?;
    let case = to_case(&mut tx, desk, row.clone(), now).await?;
    if !act.is_possible(row.summary.state) || act == CaseAct::FollowUp && !case.may_be_followed() {
        return Err(Problem::Conflict);
    }
    let mut page = ActPage {
        act,
        times: Vec::new(),
        promised: None,
        can_be_written_to: cases::can_be_written_to(&mut tx, row.member).await?,
        technicians: Vec::new(),
        others: Vec::new(),
        work_types: Vec::new(),
        work_type: row.work_type,
        case,
    };
    match act {
        CaseAct::Time => {
            let (availability, work) =
                (Availability::load(&mut tx, now, row.id).await?, work_type(&mut tx, &row, now).await?);
            let query = availability.query(&work, row.summary.urgency);
            page.times = technician.map_or_else(|| free_times(&query), |one| free_times_of(&query, one));
            if row.summary.urgency == Urgency::Urgent {
                let waiting = lanes::open_cases(&mut tx, &[row.id]).await?.pop();
                let waiting = waiting.and_then(|case| item(case, &availability.calendar, now));
                page.promised = waiting.map(|item| item.standing.due);
            }
            page.technicians = cases::who_knows(&mut tx, &work.skill).await?;
        }
        CaseAct::Reassign => {
            let (availability, work) =
                (Availability::load(&mut tx, now, row.id).await?, work_type(&mut tx, &row, now).await?);
            let query: OfferQuery<'_> = availability.query(&work, row.summary.urgency);
            let start = row.agreed.ok_or(Problem::Conflict)?.start;
            let mut free = free_technicians(&query, start);
            free.retain(|id| page.case.technician.as_ref().is_none_or(|has_it| has_it.id != *id));
            page.technicians = cases::technicians(&mut tx, &free).await?;
        }
        CaseAct::Reclassify => page.work_types = catalogue::work_types(&mut tx, now).await?,
        CaseAct::Merge => {
            page.others = cases::open_requests(&mut tx, row.customer).await?;
            page.others.retain(|other| other.number != number);
        }
        CaseAct::Cancel | CaseAct::FollowUp => {}
    }
    Ok(page)
}

async fn find(tx: &mut Tx, staff: &Staff, number: RequestNumber, now: DateTime<Utc>) -> Result<RequestRow, Problem> {
    let only = (!staff.roles().is_desk()).then(|| staff.id());
    let row = requests::page::for_staff(tx, only, number, now).await?.ok_or(Problem::NotFound)?;
    act_for(tx, row.customer).await?;
    Ok(row)
}

/// A request as the desk sees it, of its row.
pub(super) async fn to_case(
    tx: &mut Tx,
    staff: &Staff,
    row: RequestRow,
    now: DateTime<Utc>,
) -> Result<CasePage, Problem> {
    let calendar = catalogue::calendar(tx).await?;
    let found = lanes::open_cases(tx, &[row.id]).await?.pop();
    let claimed_by = found.as_ref().and_then(|case| case.claimed_by.clone());
    let item = found.and_then(|case| item(case, &calendar, now));
    let (follows, followed_by) = cases::continuations(tx, row.id).await?;
    let may_act = staff.roles().is_desk();
    let mut colleagues = if may_act { lanes::desk(tx).await? } else { Vec::new() };
    colleagues.retain(|colleague| colleague.id != staff.id());
    let timeline = timeline::for_staff(tx, row.id).await?;
    Ok(CasePage {
        customer: row.customer,
        customer_name: row.customer_name.clone(),
        source: row.source,
        lane: item.as_ref().map(|item| item.lane),
        claimed_by,
        snoozed_until: item.and_then(|item| item.snoozed_until),
        technician: cases::technician(tx, row.id).await?,
        offered: row.offered.clone(),
        follows,
        followed_by,
        merged_into: cases::merged_into(tx, row.id).await?,
        merged_from: cases::merged_from(tx, row.id).await?,
        outages: outages::around(tx, row.id).await?,
        conversation: conversations::standing(tx, row.id, true).await?,
        feedback: ratings::of_request(tx, row.id).await?,
        notes: cases::notes(tx, row.id).await?,
        attempts: cases::attempts(tx, row.id).await?,
        colleagues,
        viewer: staff.id(),
        may_act,
        request: RequestPage { timeline, ..to_page(tx, Capabilities::NONE, row, now, &calendar).await? },
    })
}

/// Writes something down about a request: for the colleagues, or what came of an attempt to reach the customer.
///
/// * `channel` – by what means somebody tried to reach the customer, if it was that
///
/// # Errors
/// [`Problem::Invalid`] for a note that says nothing, or too much.
pub async fn add_note(
    app: &App,
    desk: &Desk,
    number: RequestNumber,
    channel: Option<AttemptChannel>,
    note: &str,
    key: Uuid,
) -> Result<(), Problem> {
    // That somebody called and nobody answered needs no words.
    let shortest = usize::from(channel.is_none());
    let note = keep_lines(note, shortest..=CASE_NOTE_MAX).map_err(|code| Problem::field("internal_note", code))?;
    let now = app.clock.now();
    let mut tx = app.db.staff().await?;
    let request = requests::lock_for_staff(&mut tx, number).await?.ok_or(Problem::NotFound)?;
    match channel {
        Some(channel) => {
            let attempt = ContactAttempt { at: now, channel, note };
            cases::add_attempt(&mut tx, request, desk.id(), &attempt, key).await?;
        }
        None => cases::add_note(&mut tx, request, desk.id(), now, &note, key).await?,
    }
    tx.commit().await?;
    Ok(())
}
