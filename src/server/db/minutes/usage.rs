//! What was used: sums by month that the database keeps, pools, and the list of interventions.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use sqlx::types::Json;

use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            calendar::midnight,
            ids::{CustomerId, GrantId, MemberId, ProgramId, RequestId, WorkTypeId},
            money::Money,
            numbers::{InterventionRef, RequestNumber},
            paging::Page,
        },
        minutes::{
            outlook::Reservation,
            pages::{UsageFilter, UsageRow},
            pools::{Pool, PoolKind},
            usage::DayDraw,
        },
        money::bundles::Bundle,
        ordering::appointments::unmet_since,
        work::receipts::Receipt,
    },
    server::db::{DbError, Tx, codec::Natural, paging::limit},
};

/// Grants that can be drawn at `now` or later, with what is left of each, by the day they begin.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn pools(tx: &mut Tx, customer: CustomerId, now: DateTime<Utc>) -> Result<Vec<Pool>, DbError> {
    Ok(sqlx::query_as!(
        Pool,
        r#"select id as "grant!: GrantId", kind as "kind!: PoolKind", granted as "granted!: Natural",
                  left_minutes as "left!: Natural", 0 as "reserved!: Natural", effective_at as "effective_at!", expires_at
           from grant_balance where customer_id = $1 and (expires_at is null or expires_at > $2)
           order by effective_at, id"#,
        customer.0,
        now
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// What the appointments that are agreed at `now` will probably draw: the upper ends of their frozen estimates, but for that
/// of one request.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn reservations(
    tx: &mut Tx,
    customer: CustomerId,
    except: Option<RequestId>,
    now: DateTime<Utc>,
) -> Result<Vec<Reservation>, DbError> {
    Ok(sqlx::query_as!(
        Reservation,
        r#"select lower(a.during) as "start!", coalesce((r.estimate -> 'minutes' ->> 'to')::int, 0) as "minutes!: Natural"
           from service_request r join appointment a on a.request_id = r.id and a.state in ('confirmed', 'running')
           where r.customer_id = $1 and r.state in ('scheduled', 'in_progress') and r.id is distinct from $2
             and not is_unmet(a.state, a.during, a.attempted_at, $3)
           order by 1"#,
        customer.0,
        except.map(|request| request.0),
        unmet_since(now)
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// When the first intervention since `from` began.
///
/// # Errors
/// When the database fails.
pub async fn first_intervention(
    tx: &mut Tx,
    customer: CustomerId,
    from: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, DbError> {
    Ok(sqlx::query_scalar!(
        "select started_at from intervention where customer_id = $1 and started_at >= $2 order by started_at limit 1",
        customer.0,
        from
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// What was used in a month by one program, kind of work and person.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct MonthSum {
    /// The first day of the month.
    pub month: NaiveDate,
    /// The program.
    pub program: (ProgramId, Bilingual),
    /// The kind of work.
    pub work_type: (WorkTypeId, Bilingual),
    /// Who ordered it.
    pub member: (MemberId, Bilingual),
    /// How many interventions.
    pub interventions: u32,
    /// Billed minutes.
    pub minutes: u32,
    /// Of those, minutes beyond the grants.
    pub over_minutes: u32,
    /// Interventions with such minutes.
    pub over_interventions: u32,
    /// What those cost, excluding VAT.
    pub amount: Money,
}

/// The sums of the months since `from`.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn by_month(tx: &mut Tx, customer: CustomerId, from: NaiveDate) -> Result<Vec<MonthSum>, DbError> {
    let sums = sqlx::query_scalar!(
        r#"select coalesce(jsonb_agg(to_jsonb(s) order by s.month), '[]') as "sums!: Json<Vec<MonthSum>>"
           from usage_sums($1, $2) s"#,
        customer.0,
        from
    );
    Ok(sums.fetch_one(&mut **tx).await?.0)
}

/// What the page of usage asks for.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// From which month on usage is summed.
    pub since: NaiveDate,
    /// The local day.
    pub today: NaiveDate,
    /// Since when draws tell the pace.
    pub pace_from: NaiveDate,
    /// Since when it is told how the account went down.
    pub steps_from: Option<NaiveDate>,
    /// Before when interventions began.
    pub before: DateTime<Utc>,
}

/// What the page of usage shows beside the account.
#[derive(Debug, Clone)]
pub struct Used {
    /// The sums of the months.
    pub sums: Vec<MonthSum>,
    /// When the first intervention of those months began.
    pub first: Option<DateTime<Utc>>,
    /// Bundles on sale, the smallest first.
    pub bundles: Vec<Bundle>,
    /// Minutes drawn from the grants on each day.
    pub draws: Vec<DayDraw>,
    /// The account's balance at the end of each day.
    pub balances: Vec<(NaiveDate, u32)>,
    /// The latest interventions, the newest first.
    pub latest: Page<UsageRow, i64>,
}

/// What the page of usage shows beside the account, by one statement.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn used(tx: &mut Tx, customer: CustomerId, asked: &Asked, size: usize) -> Result<Used, DbError> {
    let row = sqlx::query!(
        r#"select (select coalesce(jsonb_agg(to_jsonb(s) order by s.month), '[]') from usage_sums($1, $2) s)
                      as "sums!: Json<Vec<MonthSum>>",
                  (select started_at from intervention where customer_id = $1 and started_at >= $3
                   order by started_at limit 1) as "first?",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'minutes', minutes, 'price', price,
                                                                'validity_months', validity_months) order by position), '[]')
                   from bundle where on_sale @> $4::date and comes = 'once') as "bundles!: Json<Vec<Bundle>>",
                  (select coalesce(jsonb_agg(jsonb_build_object('date', day, 'minutes', minutes) order by day), '[]')
                   from usage_day where customer_id = $1 and day >= $5) as "draws!: Json<Vec<DayDraw>>",
                  (select coalesce(jsonb_agg(jsonb_build_array(d.day::date, coalesce(e.balance_after, 0)) order by d.day), '[]')
                   from generate_series($6::date::timestamp, $4::date::timestamp, interval '1 day') d(day)
                   left join lateral (
                       select balance_after from ledger_entry
                       where customer_id = $1 and at < (d.day + interval '1 day') at time zone 'Europe/Prague'
                       order by at desc, seq desc limit 1) e on true) as "balances!: Json<Vec<(NaiveDate, u32)>>",
                  (select coalesce(jsonb_agg(to_jsonb(l) order by l.started_at desc, l.id desc), '[]')
                   from (select i.* from usage_interventions($1) i where i.started_at < $7
                         order by i.started_at desc, i.id desc limit $8) l) as "latest!: Json<Vec<Intervention>>""#,
        customer.0,
        asked.since,
        midnight(asked.since),
        asked.today,
        asked.pace_from,
        asked.steps_from,
        asked.before,
        limit(size)
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(Used {
        sums: row.sums.0,
        first: row.first,
        bundles: row.bundles.0,
        draws: row.draws.0,
        balances: row.balances.0,
        latest: Page::of(row.latest.0, size, |last| last.id).map(Into::into),
    })
}

/// An intervention as it is kept.
#[derive(Debug, Deserialize)]
struct Intervention {
    id: i64,
    ordinal: u32,
    started_at: DateTime<Utc>,
    number: RequestNumber,
    program: Json<Bilingual>,
    work_type: Json<Bilingual>,
    member: String,
    receipt: Json<Receipt>,
}

impl From<Intervention> for UsageRow {
    fn from(row: Intervention) -> Self {
        let receipt = row.receipt.0;
        UsageRow {
            intervention: InterventionRef { number: row.number, ordinal: row.ordinal },
            started_at: row.started_at,
            program: row.program.0,
            work_type: row.work_type.0,
            member: row.member,
            minutes: receipt.bill.billed,
            from_pools: by_kind(&receipt),
            over_minutes: receipt.remainder.map_or(0, |remainder| remainder.minutes),
            amount: receipt.remainder.map_or(Money::ZERO, |remainder| remainder.price),
        }
    }
}

/// Interventions from `span.0` until before `span.1` that fit a filter, the newest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn interventions(
    tx: &mut Tx,
    customer: CustomerId,
    filter: &UsageFilter,
    span: (DateTime<Utc>, DateTime<Utc>),
    before: Option<i64>,
    size: usize,
) -> Result<Page<UsageRow, i64>, DbError> {
    let found = sqlx::query_as!(
        Intervention,
        r#"select i.id as "id!", i.ordinal as "ordinal!: Natural", i.started_at as "started_at!",
                  i.number as "number!: RequestNumber", i.program as "program!: Json<Bilingual>",
                  i.work_type as "work_type!: Json<Bilingual>", i.member as "member!", i.receipt as "receipt!: Json<Receipt>"
           from usage_interventions($1) i
           where i.started_at >= $2 and i.started_at < $3
             and ($4::bigint is null or (i.started_at, i.id) < (select x.started_at, x.id from intervention x where x.id = $4))
             and ($5::bigint is null or i.program_id = $5) and ($6::bigint is null or i.work_type_id = $6)
             and ($7::bigint is null or i.member_id = $7)
           order by i.started_at desc, i.id desc limit $8"#,
        customer.0,
        span.0,
        span.1,
        before,
        filter.program.map(|id| id.0),
        filter.work_type.map(|id| id.0),
        filter.member.map(|id| id.0),
        limit(size)
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(Page::of(found, size, |row| row.id).map(Into::into))
}

fn by_kind(receipt: &Receipt) -> Vec<(PoolKind, u32)> {
    let mut kinds: Vec<(PoolKind, u32)> = Vec::new();
    for draw in &receipt.draws {
        match kinds.iter_mut().find(|(kind, _)| *kind == draw.kind) {
            Some((_, minutes)) => *minutes += draw.minutes,
            None => kinds.push((draw.kind, draw.minutes)),
        }
    }
    kinds
}

/// How the things of a filter are called: program, kind of work, person; those that it does not name are left out.
///
/// # Errors
/// When the database fails.
pub async fn names(tx: &mut Tx, customer: CustomerId, filter: &UsageFilter) -> Result<Vec<Bilingual>, DbError> {
    let row = sqlx::query!(
        r#"select (select array[name, name_en] from program where id = $2) as "program: Bilingual",
                  (select array[name, name_en] from work_type where id = $3) as "work_type: Bilingual",
                  (select array[name, ''] from member where id = $4 and customer_id = $1) as "member: Bilingual""#,
        customer.0,
        filter.program.map(|id| id.0),
        filter.work_type.map(|id| id.0),
        filter.member.map(|id| id.0)
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok([row.program, row.work_type, row.member].into_iter().flatten().collect())
}
