//! The lists of a member's requests: what has a time ahead, what waits for one, and what was before.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::sees_all;
use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            numbers::RequestNumber,
            paging::{CountedPage, Page},
            terms::Urgency,
        },
        line::catalogue::SlotChoice,
        ordering::{
            appointments::unmet_since,
            offers::Slot,
            pages::{COUNTED_EARLIER, RequestList, RequestPlace, RequestSummary},
            request_search::RequestFilter,
            requests::RequestState,
        },
        people::members::Capability,
    },
    server::{
        auth::Member,
        db::{
            DbError, Tx,
            codec::Natural,
            ordering::conversations::{UNREAD, news_since},
            paging::limit,
        },
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

/// A member's list: the beginning of each of its parts, and about which requests there is something unread; or a further page of the
/// part in which `after` is. Two statements, however much stands in it: which requests, and what is said of them.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn list(
    tx: &mut Tx,
    member: &Member,
    now: DateTime<Utc>,
    after: Option<RequestPlace>,
    size: usize,
) -> Result<RequestList, DbError> {
    let listed = listed(tx, member, now, after, size).await?;
    let parts = [&listed.ahead, &listed.waiting, &listed.earlier];
    let shown: Vec<String> =
        parts.iter().flat_map(|part| part.numbers.iter().take(size)).map(RequestNumber::to_string).collect();
    let found = if shown.is_empty() {
        Vec::new()
    } else {
        select_summaries!(member, now, "and r.number = any($7)", &shown).fetch_all(&mut **tx).await?
    };
    let mut summaries: HashMap<RequestNumber, RequestSummary> =
        found.into_iter().map(|summary| (summary.number, summary)).collect();
    // Only what is agreed is among what is ahead.
    let start = |request: &RequestSummary| request.slot.map_or(now, |slot| slot.start);
    Ok(RequestList {
        upcoming: listed
            .ahead
            .page(size, &mut summaries, |last| RequestPlace::Upcoming { start: start(last), number: last.number }),
        waiting: listed.waiting.page(size, &mut summaries, |last| RequestPlace::Waiting(last.number)),
        earlier: listed.earlier.page(size, &mut summaries, |last| RequestPlace::Earlier(last.number)),
        unread: listed.unread,
    })
}

/// Which requests stand in a list, in its order.
struct Listed {
    ahead: Part,
    waiting: Part,
    earlier: Part,
    unread: Vec<RequestNumber>,
}

/// A part of a list.
struct Part {
    /// Those of a page, and the next one if it goes on.
    numbers: Vec<RequestNumber>,
    /// How many there are, where these are not all.
    all: Option<Natural>,
}

impl Part {
    fn page(
        self,
        size: usize,
        summaries: &mut HashMap<RequestNumber, RequestSummary>,
        place: impl Fn(&RequestSummary) -> RequestPlace,
    ) -> CountedPage<RequestSummary, RequestPlace> {
        let goes_on = self.numbers.len() > size;
        let rows: Vec<_> = self.numbers.iter().take(size).filter_map(|number| summaries.remove(number)).collect();
        match self.all {
            None => CountedPage::whole(rows),
            Some(all) => {
                let next = rows.last().filter(|_| goes_on).map(place);
                CountedPage { page: Page { rows, next }, total: all.into() }
            }
        }
    }
}

/// Which requests stand in a list. A part that goes on is counted, the last one up to [`COUNTED_EARLIER`] and one.
///
/// What a function returns has forgotten how its column is ordered, so that is said.
async fn listed(
    tx: &mut Tx,
    member: &Member,
    now: DateTime<Utc>,
    after: Option<RequestPlace>,
    size: usize,
) -> Result<Listed, DbError> {
    let (part, start) = match after {
        None => (None, None),
        Some(RequestPlace::Upcoming { start, .. }) => (Some("ahead"), Some(start)),
        Some(RequestPlace::Waiting(_)) => (Some("waiting"), None),
        Some(RequestPlace::Earlier(_)) => (Some("earlier"), None),
    };
    let row = sqlx::query!(
        r#"with listed as materialized (
               select array(select a.number from requests_ahead($1, $2, $3, $4, $5) a
                            where coalesce($6, 'ahead') = 'ahead'
                              and ($7::timestamptz is null or (a.starts, a.number collate in_numbers) > ($7, $8))
                            order by a.starts, a.number collate in_numbers limit $9) as ahead,
                      array(select w.number from requests_waiting($1, $2, $3, $4, $5) w
                            where coalesce($6, 'waiting') = 'waiting' and w.number collate in_numbers > coalesce($8, '')
                            order by w.number collate in_numbers limit $9) as waiting,
                      array(select e.number from requests_earlier($1, $2, $3, $4) e
                            where coalesce($6, 'earlier') = 'earlier'
                              and e.number collate in_numbers < coalesce($8, '9999-999999z')
                            order by e.number collate in_numbers desc limit $9) as earlier)
           select ahead as "ahead!: Vec<RequestNumber>", waiting as "waiting!: Vec<RequestNumber>",
                  earlier as "earlier!: Vec<RequestNumber>",
                  case when $6 = 'ahead' or cardinality(ahead) = $9
                       then (select count(*) from requests_ahead($1, $2, $3, $4, $5)) end as "all_ahead?: Natural",
                  case when $6 = 'waiting' or cardinality(waiting) = $9
                       then (select count(*) from requests_waiting($1, $2, $3, $4, $5)) end as "all_waiting?: Natural",
                  case when $6 = 'earlier' or cardinality(earlier) = $9
                       then (select count(*) from (select from requests_earlier($1, $2, $3, $4) limit $10) counted)
                       end as "all_earlier?: Natural",
                  case when $6 is null then array(select unread_requests($1, $2, $3, $11, $12)) else '{}' end
                      as "unread!: Vec<RequestNumber>"
           from listed"#,
        member.customer().0,
        member.id().0,
        sees_all(member),
        member.may(Capability::Buy),
        unmet_since(now),
        part,
        start,
        after.map(|place| place.number().to_string()),
        limit(size),
        i64::from(COUNTED_EARLIER) + 1,
        news_since(now),
        UNREAD
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(Listed {
        ahead: Part { numbers: row.ahead, all: row.all_ahead },
        waiting: Part { numbers: row.waiting, all: row.all_waiting },
        earlier: Part { numbers: row.earlier, all: row.all_earlier },
        unread: row.unread,
    })
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
