//! Where requests stand in the desk's queue, as the model has placed them; and what has changed since.

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use crate::{
    model::{
        base::ids::{OutageId, RequestId, StaffId},
        work::{lanes::Lane, standings::Shown},
    },
    server::db::{DbError, Tx, codec::Natural},
};

/// What has changed since requests were placed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    notes: Vec<i64>,
    /// Which requests may stand elsewhere: because something happened, or because of the time.
    pub requests: Vec<RequestId>,
}

impl Changes {
    /// Whether everything stands where it belongs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.notes.is_empty() && self.requests.is_empty()
    }
}

/// What has changed until `now`. Only for who holds the lock: what is read afterwards is no older than it.
///
/// # Errors
/// When the database fails.
pub async fn changes(tx: &mut Tx, now: DateTime<Utc>) -> Result<Changes, DbError> {
    let notes =
        sqlx::query!(r#"select id, request_id as "request?: RequestId" from desk_change"#).fetch_all(&mut **tx).await?;
    let noted: Vec<Uuid> = notes.iter().filter_map(|note| note.request).map(|request| request.0).collect();
    let is_all = notes.iter().any(|note| note.request.is_none());
    let requests = sqlx::query_scalar!(
        r#"select noted as "id!: RequestId" from unnest($1::uuid[]) noted
           union select request_id from desk_standing where changes_at <= $2 or $3
           union select id from service_request where $3 and state in ('waiting', 'scheduled', 'in_progress')
           union select i.request_id from contest x join intervention i on i.id = x.intervention_id where $3 and x.state = 'open'
           union select request_id from conversation where $3 and waits_since is not null"#,
        &noted,
        now,
        is_all
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(Changes { notes: notes.into_iter().map(|note| note.id).collect(), requests })
}

/// Where a request stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Placed {
    /// Which.
    pub request_id: RequestId,
    /// In which lane; none for what is with its technician.
    pub lane: Option<Lane>,
    /// When what we promise breaks; none in no lane.
    pub due_at: Option<DateTime<Utc>>,
    /// Whether it is not urgent.
    pub is_normal: bool,
    /// Since when it waits there; none in no lane.
    pub since_at: Option<DateTime<Utc>>,
    /// The year of its number.
    pub year: u16,
    /// The serial of its number.
    pub serial: u32,
    /// The outage of which it is one of many.
    pub outage_id: Option<OutageId>,
    /// Who has it.
    pub claimed_by: Option<StaffId>,
    /// Until when it rests, or rested.
    pub rests_until: Option<DateTime<Utc>>,
    /// When time alone may move it.
    pub changes_at: Option<DateTime<Utc>>,
}

/// Keeps where requests stand; what has changed and is not among them stands nowhere any more.
///
/// # Errors
/// When the database fails.
pub async fn keep(tx: &mut Tx, changes: &Changes, placed: &[Placed]) -> Result<(), DbError> {
    let requests: Vec<Uuid> = changes.requests.iter().map(|request| request.0).collect();
    let stay: Vec<Uuid> = placed.iter().map(|placed| placed.request_id.0).collect();
    let rows = serde_json::to_value(placed).map_err(|error| sqlx::Error::Encode(error.into()))?;
    sqlx::query!(
        "with noted as (delete from desk_change where id = any ($1)),
              over as (delete from desk_standing where request_id = any ($2) and request_id <> all ($3))
         insert into desk_standing (request_id, lane, due_at, is_normal, since_at, year, serial, outage_id, claimed_by, rests_until,
                                    changes_at)
         select request_id, lane, due_at, is_normal, since_at, year, serial, outage_id, claimed_by, rests_until, changes_at
         from jsonb_to_recordset($4::jsonb) as r(request_id uuid, lane text, due_at timestamptz, is_normal boolean,
             since_at timestamptz, year integer, serial bigint, outage_id uuid, claimed_by bigint, rests_until timestamptz,
             changes_at timestamptz)
         on conflict (request_id) do update set
             (lane, due_at, is_normal, since_at, year, serial, outage_id, claimed_by, rests_until, changes_at)
             = (excluded.lane, excluded.due_at, excluded.is_normal, excluded.since_at, excluded.year, excluded.serial,
                excluded.outage_id, excluded.claimed_by, excluded.rests_until, excluded.changes_at)",
        &changes.notes,
        &requests,
        &stay,
        rows
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Notes that anything may stand elsewhere.
///
/// # Errors
/// When the database fails.
pub async fn note_all(tx: &mut Tx) -> Result<(), DbError> {
    sqlx::query!("insert into desk_change (request_id) values (null)").execute(&mut **tx).await?;
    Ok(())
}

/// How much stands in a lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LaneCount {
    /// Which.
    pub lane: Lane,
    /// Lines that do not rest.
    pub up: u32,
    /// Lines that rest.
    pub resting: u32,
    /// Lines that the viewer has.
    pub mine: u32,
    /// Since when the one has waited that does not rest and waits longest.
    pub since: Option<DateTime<Utc>>,
}

/// What the queue is, in numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Whether something may stand elsewhere by now.
    pub is_stale: bool,
    /// Whether the viewer looks after some regions first.
    pub has_regions: bool,
    /// How many customers came in by themselves and wait for the nod.
    pub newcomers: u32,
    /// How many mails that came wait for the desk.
    pub mails: u32,
    /// Lanes that have any line.
    pub lanes: Vec<LaneCount>,
}

/// The queue in numbers; without a viewer nothing is anybody's.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn summary(tx: &mut Tx, viewer: Option<StaffId>, now: DateTime<Utc>) -> Result<Summary, DbError> {
    let rows = sqlx::query!(
        r#"select exists (select from desk_change) or exists (select from desk_standing where changes_at <= $2) as "is_stale!",
                  exists (select from staff_region where staff_id = $1) as "has_regions!",
                  (select count(*) from customer where awaits_nod_since is not null and active) as "newcomers!: Natural",
                  (select count(*) from inbound_mail where state = 'waiting') as "mails!: Natural",
                  l.lane as "lane?: Lane", l.up as "up?: Natural", l.resting as "resting?: Natural", l.mine as "mine?: Natural",
                  l.since as "since?"
           from (values (true)) one
           left join (
               select lane, count(*) filter (where not rests) as up, count(*) filter (where rests) as resting,
                      count(*) filter (where claimed_by = $1) as mine, min(since_at) filter (where not rests) as since
               from (select *, coalesce(rests_until > $2, false) as rests from desk_line) line
               group by lane
           ) l on true"#,
        viewer.map(|id| id.0),
        now
    )
    .fetch_all(&mut **tx)
    .await?;
    let first = rows.first();
    Ok(Summary {
        is_stale: first.is_some_and(|row| row.is_stale),
        has_regions: first.is_some_and(|row| row.has_regions),
        newcomers: first.map_or(0, |row| row.newcomers.into()),
        mails: first.map_or(0, |row| row.mails.into()),
        lanes: rows
            .iter()
            .filter_map(|row| {
                Some(LaneCount {
                    lane: row.lane?,
                    up: row.up?.into(),
                    resting: row.resting?.into(),
                    mine: row.mine?.into(),
                    since: row.since,
                })
            })
            .collect(),
    })
}

/// A line of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// The request, or the one that stands for its outage.
    pub request: RequestId,
    /// How many it stands for.
    pub together: u32,
    /// Whether it is of the viewer's regions, or of none; always where regions do not matter.
    pub is_near: bool,
}

struct LineRow {
    request: RequestId,
    together: Natural,
    is_near: bool,
}

impl From<LineRow> for Line {
    fn from(row: LineRow) -> Self {
        Self { request: row.request, together: row.together.into(), is_near: row.is_near }
    }
}

/// The first lines of a part of the queue, as it is ordered.
///
/// * `near_to` – whose regions come first
///
/// # Errors
/// When the database fails.
pub async fn first(
    tx: &mut Tx,
    shown: &Shown,
    near_to: Option<StaffId>,
    most: i64,
    now: DateTime<Utc>,
) -> Result<Vec<Line>, DbError> {
    let lanes: Vec<String> = shown.lanes.iter().map(ToString::to_string).collect();
    let claimed_by = shown.claimed_by.map(|id| id.0);
    let Some(near_to) = near_to else {
        // The index has this very order, so that no more is read than is shown.
        let lines = sqlx::query_as!(
            LineRow,
            r#"select l.request_id as "request!: RequestId", true as "is_near!",
                      case when l.outage_id is null then 1
                           else (select count(*) from desk_standing s where s.outage_id = l.outage_id) end as "together!: Natural"
               from desk_line l
               where l.lane = any ($1) and ($2::bigint is null or l.claimed_by = $2)
                 and ($3::boolean is null or coalesce(l.rests_until > $4, false) = $3)
               order by l.due_at, l.is_normal, l.since_at, l.year, l.serial
               limit $5"#,
            &lanes,
            claimed_by,
            shown.rests,
            now,
            most
        );
        return Ok(lines.fetch_all(&mut **tx).await?.into_iter().map(Into::into).collect());
    };
    let lines = sqlx::query_as!(
        LineRow,
        r#"select l.request_id as "request!: RequestId", n.is_near as "is_near!",
                  case when l.outage_id is null then 1
                       else (select count(*) from desk_standing s where s.outage_id = l.outage_id) end as "together!: Natural"
           from desk_line l
           join service_request r on r.id = l.request_id
           cross join lateral (select coalesce(
               customer_region(r.customer_id) in (select region from staff_region where staff_id = $6), true) as is_near) n
           where l.lane = any ($1) and ($2::bigint is null or l.claimed_by = $2)
             and ($3::boolean is null or coalesce(l.rests_until > $4, false) = $3)
           order by l.due_at > $4 and not n.is_near, l.due_at, l.is_normal, l.since_at, l.year, l.serial
           limit $5"#,
        &lanes,
        claimed_by,
        shown.rests,
        now,
        most,
        near_to.0
    );
    Ok(lines.fetch_all(&mut **tx).await?.into_iter().map(Into::into).collect())
}

/// Everything that stands in a lane.
///
/// # Errors
/// When the database fails.
pub async fn in_lanes(tx: &mut Tx) -> Result<Vec<RequestId>, DbError> {
    let query =
        sqlx::query_scalar!(r#"select request_id as "id: RequestId" from desk_standing where lane is not null"#);
    Ok(query.fetch_all(&mut **tx).await?)
}
