//! What was used: sums by month that the database keeps, pools, and the list of interventions.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::types::Json;

use crate::{
    model::{
        base::{
            bilingual::Bilingual,
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

/// The account's balance at the end of each day from `from` to `until`.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn balances_by_day(
    tx: &mut Tx,
    customer: CustomerId,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<(NaiveDate, u32)>, DbError> {
    let found = sqlx::query!(
        r#"select d.day::date as "day!", coalesce(e.balance_after, 0) as "balance!: Natural"
           from generate_series($2::date::timestamp, $3::date::timestamp, interval '1 day') d(day)
           left join lateral (
               select balance_after from ledger_entry
               where customer_id = $1 and at < (d.day + interval '1 day') at time zone 'Europe/Prague'
               order by at desc, seq desc limit 1) e on true
           order by 1"#,
        customer.0,
        from,
        until
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(found.into_iter().map(|row| (row.day, row.balance.into())).collect())
}

/// Minutes drawn from the grants on each day since `from`.
///
/// # Errors
/// When the database fails.
pub async fn draws_by_day(tx: &mut Tx, customer: CustomerId, from: NaiveDate) -> Result<Vec<DayDraw>, DbError> {
    Ok(sqlx::query_as!(
        DayDraw,
        "select day as date, minutes from usage_day where customer_id = $1 and day >= $2 order by day",
        customer.0,
        from
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// What was used in a month by one program, kind of work and person.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    let found = sqlx::query!(
        r#"select u.month, u.program_id as "program_id: ProgramId", array[p.name, p.name_en] as "program!: Bilingual",
                  u.work_type_id as "work_type_id: WorkTypeId", array[w.name, w.name_en] as "work_type!: Bilingual", u.member_id as "member_id: MemberId",
                  array[m.name, ''] as "member!: Bilingual", u.interventions as "interventions: Natural", u.minutes as "minutes: Natural",
                  u.over_minutes as "over_minutes: Natural", u.over_interventions as "over_interventions: Natural",
                  u.amount as "amount: Money"
           from usage_month u
           join program p on p.id = u.program_id
           join work_type w on w.id = u.work_type_id
           join member m on m.id = u.member_id
           where u.customer_id = $1 and u.month >= $2 order by u.month"#,
        customer.0,
        from
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(found
        .into_iter()
        .map(|row| MonthSum {
            month: row.month,
            program: (row.program_id, row.program),
            work_type: (row.work_type_id, row.work_type),
            member: (row.member_id, row.member),
            interventions: row.interventions.into(),
            minutes: row.minutes.into(),
            over_minutes: row.over_minutes.into(),
            over_interventions: row.over_interventions.into(),
            amount: row.amount,
        })
        .collect())
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
    let found = sqlx::query!(
        r#"select i.id, i.ordinal as "ordinal: Natural", i.started_at, r.number as "number!: RequestNumber",
                  array[p.name, p.name_en] as "program!: Bilingual", array[w.name, w.name_en] as "work_type!: Bilingual", m.name as member, v.content as "content: Json<Receipt>"
           from intervention i
           join service_request r on r.id = i.request_id
           join program p on p.id = r.program_id
           join work_type w on w.id = r.work_type_id
           join member m on m.id = r.member_id
           join lateral (
               select content from receipt where intervention_id = i.id order by version desc limit 1) v on true
           where i.customer_id = $1 and i.started_at >= $2 and i.started_at < $3
             and ($4::bigint is null or (i.started_at, i.id) < (select x.started_at, x.id from intervention x where x.id = $4))
             and ($5::bigint is null or r.program_id = $5) and ($6::bigint is null or r.work_type_id = $6)
             and ($7::bigint is null or r.member_id = $7)
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
    Ok(Page::of(found, size, |row| row.id).map(|row| {
        let receipt = row.content.0;
        UsageRow {
            intervention: InterventionRef { number: row.number, ordinal: row.ordinal.into() },
            started_at: row.started_at,
            program: row.program,
            work_type: row.work_type,
            member: row.member,
            minutes: receipt.bill.billed,
            from_pools: by_kind(&receipt),
            over_minutes: receipt.remainder.map_or(0, |remainder| remainder.minutes),
            amount: receipt.remainder.map_or(Money::ZERO, |remainder| remainder.price),
        }
    }))
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
