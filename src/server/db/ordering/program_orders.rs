//! What programs order, and what they read of it.

use chrono::{DateTime, Utc};

use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            ids::{CustomerId, RequestId},
            numbers::RequestNumber,
            paging::Page,
            terms::Urgency,
        },
        ordering::{
            appointments::unmet_since,
            drafts::HeldSlot,
            offers::Slot,
            program_orders::{ProgramReport, ProgramRequest, RequestsWanted},
            requests::RequestState,
        },
    },
    server::db::{DbError, Tx, paging::limit},
};

/// Keeps what a program says of a draft, once.
///
/// # Errors
/// When the database fails.
pub async fn keep_report(
    tx: &mut Tx,
    (request, customer): (RequestId, CustomerId),
    report: &ProgramReport,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into program_report (request_id, customer_id, token_id, program_version, reference)
         values ($1, $2, $3, $4, $5) on conflict (request_id) do nothing",
        request.0,
        customer.0,
        report.token.0,
        report.program_version,
        report.reference
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What a program has called a request; empty where none has.
///
/// # Errors
/// When the database fails.
pub async fn reference(tx: &mut Tx, customer: CustomerId, number: RequestNumber) -> Result<String, DbError> {
    Ok(sqlx::query_scalar!(
        "select q.reference from program_report q join service_request r on r.id = q.request_id
         where r.number = $1 and r.customer_id = $2",
        number.to_string(),
        customer.0
    )
    .fetch_optional(&mut **tx)
    .await?
    .unwrap_or_default())
}

/// What is held for a request at `now`.
///
/// # Errors
/// When the database fails.
pub async fn held(tx: &mut Tx, request: RequestId, now: DateTime<Utc>) -> Result<Option<HeldSlot>, DbError> {
    Ok(sqlx::query_as!(
        HeldSlot,
        r#"select during as "slot: Slot", hold_expires_at as "expires_at!" from appointment
           where request_id = $1 and state = 'held' and hold_expires_at > $2"#,
        request.0,
        now
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// A customer's requests as they stand at `now`, in the order in which they were sent.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn list(
    tx: &mut Tx,
    customer: CustomerId,
    wanted: RequestsWanted,
    size: usize,
    now: DateTime<Utc>,
) -> Result<Page<ProgramRequest, RequestNumber>, DbError> {
    let found = sqlx::query_as!(
        ProgramRequest,
        r#"select r.number as "number!: RequestNumber", s.state as "state!: RequestState",
                  array[p.name, p.name_en] as "program!: Bilingual", array[w.name, w.name_en] as "work_type!: Bilingual",
                  r.urgency as "urgency!: Urgency", r.submitted_at as "submitted_at!",
                  coalesce(e.at, r.submitted_at) as "updated_at!",
                  case when s.state in ('scheduled', 'in_progress') then a.during end as "slot: Slot",
                  coalesce(q.reference, '') as "reference!"
           from service_request r
           join program p on p.id = r.program_id
           join work_type w on w.id = r.work_type_id
           left join program_report q on q.request_id = r.id
           left join lateral (
               select during, state, attempted_at from appointment
               where request_id = r.id and state <> 'held'
               order by (state in ('confirmed', 'running')) desc, id desc limit 1
           ) a on true
           cross join lateral (
               select case when is_unmet(a.state, a.during, a.attempted_at, $2) then 'waiting' else r.state end as state) s
           left join lateral (select max(at) as at from request_event where request_id = r.id) e on true
           where r.customer_id = $1 and r.number is not null
             and ($3::text is null or r.number > $3)
             and ($4::text is null or s.state = $4)
             and ($5::timestamptz is null or e.at > $5)
           order by r.number limit $6"#,
        customer.0,
        unmet_since(now),
        wanted.after.map(|number| number.to_string()),
        wanted.state.map(RequestState::code),
        wanted.updated_after,
        limit(size)
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(Page::of(found, size, |last| last.number))
}
