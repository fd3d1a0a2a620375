//! The desk's queue: what waits, in the order of what breaks first; who has it, and what rests.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::{
    model::{
        base::{
            calendar::BusinessCalendar,
            fields::FieldCode,
            ids::{RequestId, StaffId},
            numbers::RequestNumber,
            terms::Urgency,
        },
        problem::Problem,
        work::{
            attempts::{AttemptChannel, ContactAttempt},
            lanes::{
                DeskCounts, Lane, Place, QueueItem, QueuePage, QueueView, Rest, Standing, due, near_first, place,
                rest_until, together, waits_for_a_time, waits_since,
            },
        },
    },
    server::{
        app::App,
        auth::Desk,
        db::{
            Tx,
            line::catalogue,
            ordering::requests,
            people::registrations,
            work::{
                cases,
                lanes::{self, OpenCase},
            },
        },
    },
};

/// How many lines one sees at once; the others come up as these are done.
const SHOWN: usize = 100;

/// What waits at the desk: all of it, or a part. What is of the viewer's regions comes first.
///
/// * `everywhere` – whether regions do not matter
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, desk: &Desk, view: QueueView, everywhere: bool) -> Result<QueuePage, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.staff().await?;
    let calendar = catalogue::calendar(&mut tx).await?;
    // All of it is read and ordered at each view: the order counts working minutes, by which only the model knows the line's days, and a
    // queue is 500 long at most. What that takes prints `work::board_cost`; more than is shown is told by its number.
    let cases = lanes::open_cases(&mut tx, None, now).await?;
    let mut items = together(cases.into_iter().filter_map(|case| item(case, &calendar, now)).collect());
    keep_counts(app, &items, now);
    let numbers: Vec<_> = items.iter().map(|item| item.standing.number).collect();
    let near = lanes::near(&mut tx, &numbers, desk.id()).await?;
    let newcomers = registrations::awaiting_nod(&mut tx).await?;
    let is_near = |item: &QueueItem| everywhere || near.get(&item.standing.number).is_none_or(|is_near| *is_near);
    items.sort_by_key(|item| near_first(&item.standing, is_near(item), now));
    let count = |view: QueueView| items.iter().filter(|item| view.shows(item, desk.id())).count();
    let lanes = Lane::ALL.iter().map(|lane| (*lane, count(QueueView::Lane(*lane)))).filter(|(_, count)| *count > 0);
    let waiting = items.iter().filter(|item| QueueView::All.shows(item, desk.id()));
    let longest = waiting.map(|item| calendar.working_minutes_between(item.standing.since, now)).max();
    Ok(QueuePage {
        view,
        lanes: lanes.map(|(lane, count)| (lane, small(count))).collect(),
        waiting: small(count(QueueView::All)),
        longest_minutes: longest.unwrap_or(0),
        mine: small(count(QueueView::Mine)),
        resting: small(count(QueueView::Resting)),
        newcomers,
        total: small(count(view)),
        is_near_first: (!near.is_empty()).then_some(!everywhere),
        items: items.into_iter().filter(|item| view.shows(item, desk.id())).take(SHOWN).collect(),
    })
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// A line of the queue; none for what is in no lane.
pub(super) fn item(case: OpenCase, calendar: &BusinessCalendar, now: DateTime<Utc>) -> Option<QueueItem> {
    let Place::Lane(lane) = place(&case.facts, now) else {
        return None;
    };
    let since = waits_since(lane, &case.facts);
    let due = due(lane, case.facts.time.as_ref(), case.urgency, since, &case.tier, calendar);
    let brought_by = match lane {
        Lane::New | Lane::TimeToChoose | Lane::FollowUp | Lane::NoShow | Lane::MissedByUs => case.changed_by,
        Lane::CallBack => case.moved_by,
        // They come by themselves, or by the customer.
        Lane::OfferLapsed
        | Lane::AnswerCame
        | Lane::Overdue
        | Lane::RunsOver
        | Lane::ConsentAsked
        | Lane::Objection
        | Lane::Outage
        | Lane::Offered => None,
    };
    let rest = case.snoozed.filter(|(_, of)| *of == lane).map(|(until, _)| until);
    Some(QueueItem {
        standing: Standing { due, urgency: case.urgency, since, number: case.number },
        lane,
        customer: case.customer,
        program: case.program,
        work_type: case.work_type,
        what_happened: case.what_happened,
        contact_name: case.contact_name,
        contact_phone: case.contact_phone,
        takes: waits_for_a_time(lane, case.facts.state).then_some(case.slot_minutes),
        claimed_by: case.claimed_by,
        brought_by,
        snoozed_until: rest.filter(|until| now < *until),
        is_back: rest.is_some_and(|until| until <= now),
        outage: case.outage.filter(|_| lane == Lane::Outage).map(|outage| (outage, 1)),
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
pub async fn counts(app: &App, _desk: &Desk) -> Result<DeskCounts, Problem> {
    let now = app.clock.now();
    if let Some((read_at, known)) = app.line.desk()
        && read_at <= now
        && now < read_at + COUNTS_BELIEVED
    {
        return Ok(known);
    }
    let mut tx = app.db.staff().await?;
    let calendar = catalogue::calendar(&mut tx).await?;
    let cases = lanes::open_cases(&mut tx, None, now).await?;
    Ok(keep_counts(app, &together(cases.into_iter().filter_map(|case| item(case, &calendar, now)).collect()), now))
}

/// Counts what waits, and keeps that for the navigation.
fn keep_counts(app: &App, items: &[QueueItem], now: DateTime<Utc>) -> DeskCounts {
    let waiting = items.iter().filter(|item| item.snoozed_until.is_none() && item.lane.is_ours());
    let objections = waiting.clone().filter(|item| item.lane == Lane::Objection).count();
    let counts = DeskCounts { waiting: small(waiting.count()), objections: small(objections) };
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
    let found = lanes::open_cases(tx, Some(request), now).await?;
    Ok(found.first().and_then(|case| match place(&case.facts, now) {
        Place::Lane(lane) => Some((lane, case.urgency)),
        _ => None,
    }))
}
