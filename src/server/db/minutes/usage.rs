//! What was used: sums by month that the database keeps, pools, and the list of interventions.

use chrono::{DateTime, NaiveDate, Utc};

use super::ledger::pool_kind;
use crate::{
    model::{
        base::{
            ids::{CustomerId, GrantId, MemberId, ProgramId, WorkTypeId},
            money::Money,
            numbers::InterventionRef,
        },
        minutes::{
            pages::{UsageFilter, UsageRow},
            pools::{Pool, PoolKind},
            usage::DayDraw,
        },
        work::receipts::Receipt,
    },
    server::db::{
        DbError, Tx,
        line::catalogue::{natural, unknown},
        ordering::appointments::number,
    },
};

/// Grants that can be drawn at `now` or later, with what is left of each, by the day they begin.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn pools(tx: &mut Tx, customer: CustomerId, now: DateTime<Utc>) -> Result<Vec<Pool>, DbError> {
    sqlx::query!(
        r#"select id as "id!", kind as "kind!", granted as "granted!", left_minutes as "left_minutes!",
                  effective_at as "effective_at!", expires_at
           from grant_balance where customer_id = $1 and (expires_at is null or expires_at > $2)
           order by effective_at, id"#,
        customer.0,
        now
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        Ok(Pool {
            grant: GrantId(row.id),
            kind: pool_kind(row.kind)?,
            granted: natural("minute_grant.minutes", row.granted)?,
            left: natural("ledger_entry.grant_balance_after", row.left_minutes)?,
            reserved: 0,
            effective_at: row.effective_at,
            expires_at: row.expires_at,
        })
    })
    .collect()
}

/// Minutes that agreed appointments will probably take: the upper ends of their frozen estimates.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn reserved(tx: &mut Tx, customer: CustomerId) -> Result<u32, DbError> {
    let minutes = sqlx::query_scalar!(
        r#"select coalesce(sum((estimate -> 'minutes' ->> 'to')::int), 0)::int as "minutes!"
           from service_request where customer_id = $1 and state in ('scheduled', 'in_progress')"#,
        customer.0
    )
    .fetch_one(&mut **tx)
    .await?;
    natural("service_request.estimate", minutes)
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
    sqlx::query!(
        r#"select d.day::date as "day!", coalesce(e.balance_after, 0) as "balance!"
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
    .await?
    .into_iter()
    .map(|row| Ok((row.day, natural("ledger_entry.balance_after", row.balance)?)))
    .collect()
}

/// Minutes drawn from the grants on each day since `from`.
///
/// # Errors
/// When the database fails.
pub async fn draws_by_day(tx: &mut Tx, customer: CustomerId, from: NaiveDate) -> Result<Vec<DayDraw>, DbError> {
    let rows = sqlx::query!(
        "select day, minutes from usage_day where customer_id = $1 and day >= $2 order by day",
        customer.0,
        from
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| DayDraw { date: row.day, minutes: row.minutes }).collect())
}

/// What was used in a month by one program, kind of work and person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthSum {
    /// The first day of the month.
    pub month: NaiveDate,
    /// The program.
    pub program: (ProgramId, String),
    /// The kind of work.
    pub work_type: (WorkTypeId, String),
    /// Who ordered it.
    pub member: (MemberId, String),
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
    sqlx::query!(
        "select u.month, u.program_id, p.name as program, u.work_type_id, w.name as work_type, u.member_id,
                m.name as member, u.interventions, u.minutes, u.over_minutes, u.over_interventions, u.amount
         from usage_month u
         join program p on p.id = u.program_id
         join work_type w on w.id = u.work_type_id
         join member m on m.id = u.member_id
         where u.customer_id = $1 and u.month >= $2 order by u.month",
        customer.0,
        from
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        Ok(MonthSum {
            month: row.month,
            program: (ProgramId(row.program_id), row.program),
            work_type: (WorkTypeId(row.work_type_id), row.work_type),
            member: (MemberId(row.member_id), row.member),
            interventions: natural("usage_month.interventions", row.interventions)?,
            minutes: natural("usage_month.minutes", row.minutes)?,
            over_minutes: natural("usage_month.over_minutes", row.over_minutes)?,
            over_interventions: natural("usage_month.over_interventions", row.over_interventions)?,
            amount: Money::from_haler(row.amount),
        })
    })
    .collect()
}

/// Minutes drawn from bundles since `from`, less those returned.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn drawn_from_bundles(tx: &mut Tx, customer: CustomerId, from: DateTime<Utc>) -> Result<u32, DbError> {
    let sum = sqlx::query_scalar!(
        r#"select coalesce(-sum(e.minutes), 0) as "sum!" from ledger_entry e join minute_grant g on g.id = e.grant_id
           where e.customer_id = $1 and e.at >= $2 and e.kind in ('draw', 'return') and g.kind = 'bundle'"#,
        customer.0,
        from
    )
    .fetch_one(&mut **tx)
    .await?;
    // Minutes may have come back that were drawn before.
    u32::try_from(sum.max(0)).map_err(|_| unknown("ledger_entry.minutes", sum))
}

/// Interventions from `from` until before `until` that fit a filter, the newest first, with their keys for paging.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn interventions(
    tx: &mut Tx,
    customer: CustomerId,
    filter: &UsageFilter,
    span: (DateTime<Utc>, DateTime<Utc>),
    before: Option<i64>,
    at_most: i64,
) -> Result<Vec<(i64, UsageRow)>, DbError> {
    sqlx::query!(
        r#"select i.id, i.ordinal, i.started_at, r.number as "number!", p.name as program, w.name as work_type,
                  m.name as member, v.content
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
        at_most
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        let receipt: Receipt =
            serde_json::from_value(row.content).map_err(|error| unknown("receipt.content", error))?;
        let line = UsageRow {
            intervention: InterventionRef {
                number: number(&row.number)?,
                ordinal: natural("intervention.ordinal", row.ordinal)?,
            },
            started_at: row.started_at,
            program: row.program,
            work_type: row.work_type,
            member: row.member,
            minutes: receipt.bill.billed,
            from_pools: by_kind(&receipt),
            over_minutes: receipt.remainder.map_or(0, |remainder| remainder.minutes),
            amount: receipt.remainder.map_or(Money::ZERO, |remainder| remainder.price),
        };
        Ok((row.id, line))
    })
    .collect()
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
pub async fn names(tx: &mut Tx, customer: CustomerId, filter: &UsageFilter) -> Result<Vec<String>, DbError> {
    let row = sqlx::query!(
        r#"select (select name from program where id = $2) as program,
                  (select name from work_type where id = $3) as work_type,
                  (select name from member where id = $4 and customer_id = $1) as member"#,
        customer.0,
        filter.program.map(|id| id.0),
        filter.work_type.map(|id| id.0),
        filter.member.map(|id| id.0)
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok([row.program, row.work_type, row.member].into_iter().flatten().collect())
}
