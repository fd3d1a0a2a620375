//! What happened to a request: writing it down, and what people read of it.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            ids::{MessageId, RequestId, StaffId},
        },
        ordering::{
            offers::Slot,
            timeline::{TimelineEntry, TimelineKind},
        },
    },
    server::{
        auth::Member,
        db::{DbError, Tx, ordering::attachments, work::consents::HeardAnswer},
    },
};

/// What happened to a request, the oldest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn of_request(tx: &mut Tx, request: RequestId) -> Result<Vec<TimelineEntry>, DbError> {
    let found = sqlx::query!(
        r#"select e.id as "id: MessageId", e.at, e.kind as "kind: TimelineKind", e.starts_at, e.ends_at, e.note,
                  coalesce(m.name, e.said_by) as by, e.said_at,
                  case when t.id is not null then array[t.text_cs, t.text_en]
                       when o.id is not null then array[o.name, o.name_en] end as "told?: Bilingual",
                  case when p.id is not null then array[p.name, p.name_en] end as "program?: Bilingual"
           from request_event e
           left join api_token a on a.id = e.token_id
           left join program p on p.id = a.program_id
           left join member m on m.id = e.member_id
           left join outage o on o.id = e.outage_id
           left join outage_message t on t.id = e.outage_message_id
           where e.request_id = $1 order by e.at, e.id"#,
        request.0
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut attachments = attachments::of_request(tx, request).await?;
    Ok(found
        .into_iter()
        .map(|row| TimelineEntry {
            at: row.at,
            kind: row.kind,
            by: row.by,
            program: row.program,
            slot: row.starts_at.zip(row.ends_at).map(|(start, end)| Slot { start, end }),
            note: row.note,
            told: row.told,
            said_at: row.said_at,
            attachments: attachments.remove(&row.id).unwrap_or_default(),
        })
        .collect())
}

/// As [`of_request`], naming whoever of the vendor did it, too: for staff.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn for_staff(tx: &mut Tx, request: RequestId) -> Result<Vec<TimelineEntry>, DbError> {
    let names = sqlx::query_scalar!(
        "select s.name as \"name?\" from request_event e left join staff s on s.id = e.staff_id
         where e.request_id = $1 order by e.at, e.id",
        request.0
    )
    .fetch_all(&mut **tx)
    .await?;
    let entries = of_request(tx, request).await?.into_iter().zip(names);
    let named = |(entry, name): (TimelineEntry, Option<String>)| match (&entry.by, name) {
        (Some(said_by), Some(name)) => TimelineEntry { by: Some(format!("{said_by} ({name})")), ..entry },
        (None, Some(name)) => TimelineEntry { by: Some(name), ..entry },
        (_, None) => entry,
    };
    Ok(entries.map(named).collect())
}

/// Writes down what a person of the vendor heard on the telephone.
///
/// # Errors
/// When the database fails.
pub async fn add_heard_event(
    tx: &mut Tx,
    request: RequestId,
    staff: StaffId,
    kind: TimelineKind,
    at: DateTime<Utc>,
    heard: &HeardAnswer,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into request_event (customer_id, request_id, at, kind, staff_id, note, said_by, said_at)
         select customer_id, id, $2, $3, $4, $5, $6, $7 from service_request where id = $1",
        request.0,
        at,
        kind.code(),
        staff.0,
        heard.words,
        heard.said_by,
        heard.said_at
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Something that happened, to be written down.
pub struct NewEvent<'a> {
    /// To which request.
    pub request: RequestId,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub kind: TimelineKind,
    /// The time that was agreed by it.
    pub slot: Option<Slot>,
    /// The reason that was given.
    pub note: &'a str,
    /// The idempotency key of the form that caused it.
    pub key: Option<Uuid>,
}

/// Writes down what a member did.
///
/// # Errors
/// When the database fails.
pub async fn add_event(tx: &mut Tx, member: &Member, event: &NewEvent<'_>) -> Result<(), DbError> {
    sqlx::query!(
        "insert into request_event (customer_id, request_id, at, kind, member_id, starts_at, ends_at, note, key)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        member.customer().0,
        event.request.0,
        event.at,
        event.kind.code(),
        member.id().0,
        event.slot.map(|slot| slot.start),
        event.slot.map(|slot| slot.end),
        event.note,
        event.key
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes down what the desk did in the customer's place.
///
/// # Errors
/// When the database fails.
pub async fn add_desk_event(tx: &mut Tx, staff: StaffId, event: &NewEvent<'_>) -> Result<(), DbError> {
    sqlx::query!(
        "insert into request_event (customer_id, request_id, at, kind, staff_id, starts_at, ends_at, note, key)
         select customer_id, id, $2, $3, $4, $5, $6, $7, $8 from service_request where id = $1",
        event.request.0,
        event.at,
        event.kind.code(),
        staff.0,
        event.slot.map(|slot| slot.start),
        event.slot.map(|slot| slot.end),
        event.note,
        event.key
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes down what a person of the vendor did.
///
/// # Errors
/// When the database fails.
pub async fn add_staff_event(
    tx: &mut Tx,
    request: RequestId,
    staff: StaffId,
    kind: TimelineKind,
    at: DateTime<Utc>,
    note: &str,
    key: Option<Uuid>,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into request_event (customer_id, request_id, at, kind, staff_id, note, key)
         select customer_id, id, $2, $3, $4, $5, $6 from service_request where id = $1",
        request.0,
        at,
        kind.code(),
        staff.0,
        note,
        key
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes down what happened by itself, or by nobody's coming.
///
/// # Errors
/// When the database fails.
pub async fn add_system_event(
    tx: &mut Tx,
    request: RequestId,
    kind: TimelineKind,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into request_event (customer_id, request_id, at, kind)
         select customer_id, id, $2, $3 from service_request where id = $1",
        request.0,
        at,
        kind.code()
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Whether the form with this key has already had its effect on the request.
///
/// # Errors
/// When the database fails.
pub async fn is_done(tx: &mut Tx, request: RequestId, key: Uuid) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select 1 from request_event where request_id = $1 and key = $2) as "done!""#,
        request.0,
        key
    )
    .fetch_one(&mut **tx)
    .await?)
}
