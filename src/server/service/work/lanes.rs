//! The desk's queue: what waits, in the order of what breaks first; who has it, and what rests.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::standings::{self, item};
use crate::{
    model::{
        base::{
            fields::FieldCode,
            ids::{RequestId, StaffId},
            numbers::RequestNumber,
            terms::Urgency,
        },
        problem::Problem,
        work::{
            attempts::{AttemptChannel, ContactAttempt},
            lanes::{DeskCounts, Lane, Place, QueuePage, QueueView, Rest, near_first, place, rest_until},
            standings::Shown,
        },
    },
    server::{
        app::App,
        auth::Desk,
        db::{
            Tx,
            line::catalogue,
            ordering::requests,
            work::{
                cases, lanes,
                standings::{Summary, first},
            },
        },
    },
};

/// How many lines one sees at once; the others come up as these are done.
const SHOWN: i64 = 100;

/// What waits at the desk: all of it, or a part. What is of the viewer's regions comes first.
///
/// * `everywhere` – whether regions do not matter
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, desk: &Desk, view: QueueView, everywhere: bool) -> Result<QueuePage, Problem> {
    let now = app.clock.now();
    let (mut tx, summary) = standings::current(app, Some(desk.id()), now).await?;
    let calendar = catalogue::calendar(&mut tx).await?;
    let near_to = (summary.has_regions && !everywhere).then(|| desk.id());
    let lines = first(&mut tx, &Shown::of(view, desk.id()), near_to, SHOWN, now).await?;
    let requests: Vec<_> = lines.iter().map(|line| line.request).collect();
    let lines: HashMap<_, _> = lines.into_iter().map(|line| (line.request, line)).collect();
    let cases = lanes::open_cases(&mut tx, &requests).await?;
    // Each is shown as it is at this very moment, and they in the order of what is shown.
    let shown = cases.into_iter().filter_map(|case| {
        let line = *lines.get(&case.id)?;
        let mut item = item(case, &calendar, now)?;
        item.outage = item.outage.map(|(outage, _)| (outage, line.together));
        Some((item, line.is_near))
    });
    let mut items: Vec<_> = shown.collect();
    items.sort_by_key(|(item, is_near)| near_first(&item.standing, *is_near, now));
    let counts = keep_counts(app, &summary, now);
    let counted = || summary.lanes.iter();
    let up = |of: Lane| counted().find(|count| count.lane == of).map_or(0, |count| count.up);
    let (mine, resting) = (counted().map(|count| count.mine).sum(), counted().map(|count| count.resting).sum());
    let since = counted().filter(|count| count.lane.is_ours()).filter_map(|count| count.since).min();
    Ok(QueuePage {
        view,
        lanes: Lane::ALL.iter().map(|lane| (*lane, up(*lane))).filter(|(_, count)| *count > 0).collect(),
        waiting: counts.waiting,
        longest_minutes: since.map_or(0, |since| calendar.working_minutes_between(since, now)),
        mine,
        resting,
        newcomers: summary.newcomers,
        mails: summary.mails,
        total: match view {
            QueueView::All => counts.waiting,
            QueueView::Mine => mine,
            QueueView::Resting => resting,
            QueueView::Lane(lane) => up(lane),
        },
        is_near_first: summary.has_regions.then_some(!everywhere),
        items: items.into_iter().map(|(item, _)| item).collect(),
    })
}

/// Takes a request, hands it to a colleague, or releases it.
///
/// * `from` – who had it when the form was made
/// * `to` – who is to have it; nobody
///
/// # Errors
/// [`Problem::Conflict`] when somebody else has it by now; [`Problem::Invalid`] when nobody of the desk is meant.
pub async fn hand_over(
    app: &App,
    _desk: &Desk,
    number: RequestNumber,
    from: Option<StaffId>,
    to: Option<StaffId>,
) -> Result<(), Problem> {
    let mut tx = app.db.staff().await?;
    let request = requests::lock_for_staff(&mut tx, number).await?.ok_or(Problem::NotFound)?;
    if let Some(to) = to
        && !lanes::desk(&mut tx).await?.iter().any(|colleague| colleague.id == to)
    {
        return Err(Problem::field("to", FieldCode::Unknown));
    }
    if !lanes::hand_over(&mut tx, request, from, to, app.clock.now()).await? {
        return Err(Problem::Conflict);
    }
    tx.commit().await?;
    Ok(())
}

/// Puts a request off until a day and a time that were typed; it comes back as any other that rests.
///
/// # Errors
/// [`Problem::Conflict`] when it waits for nothing, [`Problem::Invalid`] for a time until which [it may not rest](rest_until).
pub async fn put_off_until(app: &App, _desk: &Desk, number: RequestNumber, typed: &str) -> Result<(), Problem> {
    let now = app.clock.now();
    let mut tx = app.db.staff().await?;
    let request = requests::lock_for_staff(&mut tx, number).await?.ok_or(Problem::NotFound)?;
    let (lane, urgency) = lane_of(&mut tx, request, now).await?.ok_or(Problem::Conflict)?;
    let until = rest_until(typed, lane, urgency, now).map_err(|code| Problem::field("rest_until", code))?;
    lanes::snooze(&mut tx, request, Some((until, lane))).await?;
    tx.commit().await?;
    Ok(())
}

/// How long a process believes what it last counted: the navigation of a page costs no statement, and another process shows what
/// has changed that much later.
const COUNTS_BELIEVED: TimeDelta = TimeDelta::seconds(10);

/// How much waits at the desk.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn counts(app: &App, desk: &Desk) -> Result<DeskCounts, Problem> {
    let now = app.clock.now();
    if let Some((read_at, known)) = app.line.desk()
        && read_at <= now
        && now < read_at + COUNTS_BELIEVED
    {
        return Ok(known);
    }
    let (_, summary) = standings::current(app, Some(desk.id()), now).await?;
    Ok(keep_counts(app, &summary, now))
}

/// Counts what waits, and keeps that for the navigation.
fn keep_counts(app: &App, summary: &Summary, now: DateTime<Utc>) -> DeskCounts {
    let ours = || summary.lanes.iter().filter(|count| count.lane.is_ours());
    let objections = ours().filter(|count| count.lane == Lane::Objection).map(|count| count.up).sum();
    let counts = DeskCounts { waiting: ours().map(|count| count.up).sum(), objections };
    app.line.keep_desk(now, counts);
    counts
}

/// Puts a request off; it comes back by itself, and at once when it waits for something else.
///
/// # Errors
/// [`Problem::Conflict`] when it waits for nothing, [`Problem::Invalid`] for longer than [it may](Rest::is_possible).
pub async fn put_off(app: &App, _desk: &Desk, number: RequestNumber, rest: Option<Rest>) -> Result<(), Problem> {
    let rest = rest.ok_or_else(|| Problem::field("rest", FieldCode::Missing))?;
    let now = app.clock.now();
    let mut tx = app.db.staff().await?;
    let request = requests::lock_for_staff(&mut tx, number).await?.ok_or(Problem::NotFound)?;
    let calendar = catalogue::calendar(&mut tx).await?;
    let rest = match (rest.until(&calendar, now), lane_of(&mut tx, request, now).await?) {
        (Some(_), Some((lane, urgency))) if !rest.is_possible(lane, urgency) => {
            return Err(Problem::field("rest", FieldCode::OutOfRange));
        }
        (Some(until), Some((lane, _))) => Some((until, lane)),
        (Some(_), None) => return Err(Problem::Conflict),
        (None, _) => None,
    };
    lanes::snooze(&mut tx, request, rest).await?;
    tx.commit().await?;
    Ok(())
}

/// Notes that the customer was called of whose time nobody could write: it stands with the attempts, and the request is its
/// technician's again. Said twice, it was one call.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn called(app: &App, desk: &Desk, number: RequestNumber, key: Uuid) -> Result<(), Problem> {
    let mut tx = app.db.staff().await?;
    let request = requests::lock_for_staff(&mut tx, number).await?.ok_or(Problem::NotFound)?;
    if lanes::called(&mut tx, request).await? {
        let attempt = ContactAttempt { at: app.clock.now(), channel: AttemptChannel::Phone, note: String::new() };
        cases::add_attempt(&mut tx, request, desk.id(), &attempt, key).await?;
    }
    Ok(tx.commit().await?)
}

/// The lane in which a request is, if it is in one, and how urgent it is.
pub(super) async fn lane_of(
    tx: &mut Tx,
    request: RequestId,
    now: DateTime<Utc>,
) -> Result<Option<(Lane, Urgency)>, Problem> {
    let found = lanes::open_cases(tx, &[request]).await?;
    Ok(found.first().and_then(|case| match place(&case.facts, now) {
        Place::Lane(lane) => Some((lane, case.urgency)),
        _ => None,
    }))
}
