//! The lists of a member's requests: what has a time ahead, what waits for one, and what was before.

use chrono::{DateTime, Utc};

use super::sees_all;
use crate::{
    model::{
        base::{bilingual::Bilingual, numbers::RequestNumber, paging::Page, terms::Urgency},
        line::catalogue::SlotChoice,
        ordering::{
            appointments::unmet_since,
            offers::Slot,
            pages::{COUNTED_EARLIER, RequestPlace, RequestSummary},
            request_search::RequestFilter,
            requests::RequestState,
        },
        people::members::Capability,
    },
    server::{
        auth::Member,
        db::{DbError, Tx, codec::Natural, paging::limit},
    },
};

/// Selects requests that a member may see at a moment, whoever buys also those that ask for consent, each with its latest
/// appointment; what follows the macro's text says which, its parameters numbered from 7. One that waits has no time, whatever
/// became of an earlier one.
macro_rules! select_summaries {
    ($member:ident, $now:ident, $condition:literal $(, $argument:expr)*) => {
        sqlx::query_as!(
            RequestSummary,
            r#"select r.number as "number!: RequestNumber",
                      case when a.unmet then 'waiting' else r.state end as "state!: RequestState", array[p.name, p.name_en] as "program!: Bilingual",
                      array[w.name, w.name_en] as "work_type!: Bilingual", r.urgency as "urgency!: Urgency", m.name as ordered_by,
                      r.submitted_at as "submitted_at!",
                      case when r.state <> 'waiting' and a.unmet is not true then a.during end as "slot?: Slot",
                      r.choice as "choice!: SlotChoice",
                      coalesce(a.unmet or r.state = 'waiting' and a.state = 'missed_by_us', false) as "missed_by_us!",
                      r.state = 'in_progress' and exists (
                          select 1 from intervention i join ceiling_consent q on q.intervention_id = i.id
                          where i.request_id = r.id and i.state = 'open' and q.answered_at is null) as "awaits_consent!",
                      o.expires_at as "offered_until?"
               from service_request r
               join program p on p.id = r.program_id
               join work_type w on w.id = r.work_type_id
               join member m on m.id = r.member_id
               left join slot_offer o on o.request_id = r.id and o.is_open and o.expires_at > $5
               left join lateral (
                   select during, state, is_unmet(state, during, attempted_at, $4) as unmet from appointment
                   where request_id = r.id and state <> 'held'
                   order by (state in ('confirmed', 'running')) desc, id desc limit 1
               ) a on true
               where r.customer_id = $1
                 and (r.member_id = $2 or $3
                      or $6 and r.state = 'in_progress' and exists (
                          select 1 from intervention i join ceiling_consent q on q.intervention_id = i.id
                          where i.request_id = r.id and i.state = 'open' and q.answered_at is null)) "# + $condition,
            $member.customer().0,
            $member.id().0,
            sees_all($member),
            unmet_since($now),
            $now,
            $member.may(Capability::Buy)
            $(, $argument)*
        )
    };
}

/// A page of the requests with an agreed time that is ahead or under way, the next first.
///
/// * `after` – when the last one of the page before starts, and its number
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn upcoming(
    tx: &mut Tx,
    member: &Member,
    now: DateTime<Utc>,
    after: Option<(DateTime<Utc>, RequestNumber)>,
    size: usize,
) -> Result<Page<RequestSummary, RequestPlace>, DbError> {
    let found = select_summaries!(
        member,
        now,
        "and r.state in ('scheduled', 'in_progress') and a.state in ('confirmed', 'running') and not a.unmet
         and ($7::timestamptz is null or (lower(a.during), r.number) > ($7, $8))
         order by lower(a.during), r.number limit $9",
        after.map(|(start, _)| start),
        after.map(|(_, number)| number.to_string()),
        limit(size)
    )
    .fetch_all(&mut **tx)
    .await?;
    // Only what is agreed is selected.
    let start = |request: &RequestSummary| request.slot.map_or(now, |slot| slot.start);
    Ok(Page::of(found, size, |last| RequestPlace::Upcoming { start: start(last), number: last.number }))
}

/// How many agreed times, waiting requests and others stand at home.
const AT_HOME: [i64; 3] = [4, 6, 3];

/// The first of what has a time ahead, of what waits and of the rest, for home: each as in its part of the list, all by one
/// statement.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn at_home(
    tx: &mut Tx,
    member: &Member,
    now: DateTime<Utc>,
) -> Result<(Vec<RequestSummary>, Vec<RequestSummary>, Vec<RequestSummary>), DbError> {
    let found = select_summaries!(
        member,
        now,
        "and r.number is not null and (r.id in (
             (select u.id from service_request u
              join appointment b on b.request_id = u.id and b.state in ('confirmed', 'running')
              where u.customer_id = $1 and (u.member_id = $2 or $3) and u.state in ('scheduled', 'in_progress')
              order by lower(b.during), u.number limit $7)
             union all
             (select u.id from service_request u
              where u.customer_id = $1 and (u.member_id = $2 or $3) and u.state = 'waiting' order by u.number limit $8)
             union all
             (select u.id from service_request u
              where u.customer_id = $1 and (u.member_id = $2 or $3) and u.state in ('closed', 'cancelled')
              order by u.number desc limit $9)
             union all
             (select i.request_id from intervention i join ceiling_consent q on q.intervention_id = i.id
              where $6 and i.customer_id = $1 and i.state = 'open' and q.answered_at is null)))
         order by r.number",
        AT_HOME[0],
        AT_HOME[1],
        AT_HOME[2]
    )
    .fetch_all(&mut **tx)
    .await?;
    let is_waiting = |request: &RequestSummary| request.state == RequestState::Waiting;
    let (open, mut over): (Vec<_>, Vec<_>) = found.into_iter().partition(|request| request.state.is_open());
    let (waiting, ahead) = open.into_iter().partition(is_waiting);
    over.reverse();
    Ok((ahead, waiting, over))
}

/// How many requests have an agreed time that is ahead or under way.
///
/// # Errors
/// When the database fails.
pub async fn upcoming_count(tx: &mut Tx, member: &Member, now: DateTime<Utc>) -> Result<u32, DbError> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!: Natural" from service_request r
           where r.customer_id = $1 and r.state in ('scheduled', 'in_progress')
             and (r.member_id = $2 or $3
                  or $5 and exists (
                      select 1 from intervention i join ceiling_consent q on q.intervention_id = i.id
                      where i.request_id = r.id and i.state = 'open' and q.answered_at is null))
             and exists (select 1 from appointment a where a.request_id = r.id and a.state in ('confirmed', 'running')
                                                         and not is_unmet(a.state, a.during, a.attempted_at, $4))"#,
        member.customer().0,
        member.id().0,
        sees_all(member),
        unmet_since(now),
        member.may(Capability::Buy)
    );
    Ok(count.fetch_one(&mut **tx).await?.into())
}

/// A page of the requests without an agreed time, the oldest first.
///
/// * `after` – the last one of the page before
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn waiting(
    tx: &mut Tx,
    member: &Member,
    now: DateTime<Utc>,
    after: Option<RequestNumber>,
    size: usize,
) -> Result<Page<RequestSummary, RequestPlace>, DbError> {
    let found = select_summaries!(
        member,
        now,
        // That it is open follows from the rest, and keeps what is over from being read.
        "and r.state in ('waiting', 'scheduled', 'in_progress') and (r.state = 'waiting' or a.unmet)
         and r.number > coalesce($7, '') order by r.number limit $8",
        after.map(|number| number.to_string()),
        limit(size)
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(Page::of(found, size, |last| RequestPlace::Waiting(last.number)))
}

/// How many requests have no agreed time.
///
/// # Errors
/// When the database fails.
pub async fn waiting_count(tx: &mut Tx, member: &Member, now: DateTime<Utc>) -> Result<u32, DbError> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!: Natural" from service_request r
           where r.customer_id = $1 and (r.member_id = $2 or $3)
             and (r.state = 'waiting'
                  or r.state = 'scheduled' and exists (
                      select 1 from appointment a
                      where a.request_id = r.id and is_unmet(a.state, a.during, a.attempted_at, $4)))"#,
        member.customer().0,
        member.id().0,
        sees_all(member),
        unmet_since(now)
    );
    Ok(count.fetch_one(&mut **tx).await?.into())
}

/// A page of all other requests that were sent, the newest first.
///
/// * `before` – the last one of the page before
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn earlier(
    tx: &mut Tx,
    member: &Member,
    now: DateTime<Utc>,
    before: Option<RequestNumber>,
    size: usize,
) -> Result<Page<RequestSummary, RequestPlace>, DbError> {
    let found = select_summaries!(
        member,
        now,
        "and r.number < coalesce($7, '9999-999999z') and r.state not in ('draft', 'waiting')
         and not (r.state in ('scheduled', 'in_progress') and a.state in ('confirmed', 'running'))
         order by r.number desc limit $8",
        before.map(|number| number.to_string()),
        limit(size)
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(Page::of(found, size, |last| RequestPlace::Earlier(last.number)))
}

/// A page of the requests that fit a filter, the newest first. A request whose time has just passed unmet is still found by the
/// state that it had.
///
/// * `before` – the last one of the page before
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn found(
    tx: &mut Tx,
    member: &Member,
    filter: &RequestFilter,
    before: Option<RequestNumber>,
    size: usize,
    now: DateTime<Utc>,
) -> Result<Page<RequestSummary, RequestNumber>, DbError> {
    let found = select_summaries!(
        member,
        now,
        "and r.id = any (array(select found_requests($2, $3, $7, $8, $9, $10, $11, $12, $13))) order by r.number desc",
        filter.search,
        filter.state.map(RequestState::code),
        filter.person.map(|person| person.0),
        filter.program.map(|program| program.0),
        filter.year,
        before.map(|number| number.to_string()),
        limit(size)
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(Page::of(found, size, |last| last.number))
}

/// How many requests have had their time, or will have none, up to [`COUNTED_EARLIER`] and one.
///
/// # Errors
/// When the database fails.
pub async fn earlier_count(tx: &mut Tx, member: &Member) -> Result<u32, DbError> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!: Natural" from (
               select from service_request r
               where r.customer_id = $1 and (r.member_id = $2 or $3) and r.state not in ('draft', 'waiting')
                 and not (r.state in ('scheduled', 'in_progress')
                          and exists (select 1 from appointment a where a.request_id = r.id and a.state in ('confirmed', 'running')))
               limit $4) counted"#,
        member.customer().0,
        member.id().0,
        sees_all(member),
        i64::from(COUNTED_EARLIER) + 1
    );
    Ok(count.fetch_one(&mut **tx).await?.into())
}
