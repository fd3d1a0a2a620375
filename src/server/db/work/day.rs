//! What a technician's day is made of beside the appointments, and what it comes to.

use chrono::{DateTime, Utc};

use crate::{
    model::{
        base::{
            calendar::Interval,
            ids::{SegmentId, StaffId},
        },
        work::segments::{Segment, SegmentKind},
    },
    server::db::{DbError, Tx, codec::Natural},
};

/// Times of a technician between two instants that drafts hold at `now`.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn held(
    tx: &mut Tx,
    technician: StaffId,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    now: DateTime<Utc>,
) -> Result<Vec<Interval>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select during as "during: Interval" from appointment
           where technician_id = $1 and during && tstzrange($2, $3) and state = 'held' and hold_expires_at > $4
           order by during"#,
        technician.0,
        from,
        to,
        now
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// What a technician's clock measured between two instants, cut there, in order of time; one that runs, as far as it counts
/// by `now`.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn measured(
    tx: &mut Tx,
    technician: StaffId,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    now: DateTime<Utc>,
) -> Result<Vec<Segment>, DbError> {
    Ok(sqlx::query_as!(
        Segment,
        r#"select id as "id: SegmentId", kind as "kind: SegmentKind", greatest(started_at, $2) as "started_at!",
                  least(coalesce(ended_at, least(forgotten_from, $4)), $3) as "ended_at?"
           from time_segment
           where technician_id = $1 and tstzrange(started_at, ended_at) && tstzrange($2, $3)
           order by started_at, id"#,
        technician.0,
        from,
        to,
        now
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// How many minutes were billed for interventions on which a technician worked at appointments that began between two instants.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn billed_minutes(
    tx: &mut Tx,
    technician: StaffId,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> Result<u32, DbError> {
    let billed = sqlx::query_scalar!(
        r#"select coalesce(sum(v.billed_minutes), 0)::integer as "billed!: Natural"
           from (select distinct intervention_id from appointment
                 where technician_id = $1 and state <> 'held' and lower(during) >= $2 and lower(during) < $3) a
           join lateral (
               select billed_minutes from receipt
               where intervention_id = a.intervention_id order by version desc limit 1) v on true"#,
        technician.0,
        from,
        to
    );
    Ok(billed.fetch_one(&mut **tx).await?.into())
}
