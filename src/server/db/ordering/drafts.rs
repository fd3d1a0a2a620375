//! Drafts: service requests in the state `draft`, each of the member who began it.

use chrono::{DateTime, Utc};
use sqlx::postgres::types::PgRange;

use super::appointments::{slot, urgency};
use crate::server::db::{
    DbError, Tx,
    line::catalogue::{natural, slot_choice},
};
use crate::{
    model::{
        base::{
            ids::{ProgramId, RequestId, WorkTypeId},
            terms::Urgency,
        },
        line::catalogue::{MinuteRange, Program, WorkType},
        ordering::{
            drafts::{Draft, HeldSlot},
            requests::RequestDetails,
            urgency::UrgencyClaim,
        },
    },
    server::auth::Member,
};

struct DraftRow {
    id: uuid::Uuid,
    program_id: i64,
    program: String,
    work_type_id: Option<i64>,
    work_type: Option<String>,
    description: Option<String>,
    minutes_from: Option<i32>,
    minutes_to: Option<i32>,
    slot_minutes: Option<i32>,
    plannable: Option<bool>,
    skill: Option<String>,
    choice: Option<String>,
    urgency: Option<String>,
    what_stopped: Option<String>,
    stopped_since: Option<String>,
    what_happened: Option<String>,
    contact_name: Option<String>,
    contact_phone: Option<String>,
    ready: bool,
    ceiling_minutes: Option<i32>,
    created_at: DateTime<Utc>,
    held: Option<PgRange<DateTime<Utc>>>,
    hold_expires_at: Option<DateTime<Utc>>,
}

impl TryFrom<DraftRow> for Draft {
    type Error = DbError;

    fn try_from(row: DraftRow) -> Result<Self, DbError> {
        let work_type = match row {
            DraftRow {
                work_type_id: Some(id),
                work_type: Some(name),
                description: Some(description),
                minutes_from: Some(from),
                minutes_to: Some(to),
                slot_minutes: Some(slot_minutes),
                plannable: Some(plannable),
                skill: Some(skill),
                choice: Some(choice),
                ..
            } => Some(WorkType {
                id: WorkTypeId(id),
                name,
                description,
                typical_minutes: MinuteRange::new(
                    natural("work_type.minutes_from", from)?,
                    natural("work_type.minutes_to", to)?,
                ),
                slot_minutes: natural("work_type.slot_minutes", slot_minutes)?,
                plannable,
                skill,
                choice: slot_choice(choice)?,
            }),
            _ => None,
        };
        let held = match (row.held, row.hold_expires_at) {
            (Some(during), Some(expires_at)) => Some(HeldSlot { slot: slot(&during)?, expires_at }),
            _ => None,
        };
        Ok(Draft {
            id: RequestId(row.id),
            program: Program { id: ProgramId(row.program_id), name: row.program },
            work_type,
            what_happened: row.what_happened.unwrap_or_default(),
            contact_name: row.contact_name.unwrap_or_default(),
            contact_phone: row.contact_phone.unwrap_or_default(),
            ready: row.ready,
            urgency: row.urgency.map(urgency).transpose()?,
            claim: row
                .what_stopped
                .zip(row.stopped_since)
                .map(|(what_stopped, since)| UrgencyClaim { what_stopped, since }),
            ceiling_minutes: row
                .ceiling_minutes
                .map(|minutes| natural("service_request.ceiling_minutes", minutes))
                .transpose()?,
            held,
            created_at: row.created_at,
        })
    }
}

/// The member's own drafts, the newest first: all of them, or the one with the id.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn list(
    tx: &mut Tx,
    member: &Member,
    only: Option<RequestId>,
    now: DateTime<Utc>,
) -> Result<Vec<Draft>, DbError> {
    sqlx::query_as!(
        DraftRow,
        r#"select r.id, r.program_id, p.name as program, r.work_type_id,
                  w.name as "work_type?", w.description as "description?", w.minutes_from as "minutes_from?",
                  w.minutes_to as "minutes_to?", w.slot_minutes as "slot_minutes?", w.plannable as "plannable?",
                  w.skill as "skill?", w.choice as "choice?",
                  r.urgency, r.what_stopped, r.stopped_since, r.what_happened, r.contact_name, r.contact_phone,
                  r.ready, r.ceiling_minutes, r.created_at, a.during as "held?", a.hold_expires_at as "hold_expires_at?"
           from service_request r
           join program p on p.id = r.program_id
           left join work_type w on w.id = r.work_type_id
           left join appointment a on a.request_id = r.id and a.state = 'held' and a.hold_expires_at > $4
           where r.customer_id = $1 and r.member_id = $2 and r.state = 'draft' and ($3::uuid is null or r.id = $3)
           order by r.created_at desc limit 50"#,
        member.customer().0,
        member.id().0,
        only.map(|id| id.0),
        now
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(TryInto::try_into)
    .collect()
}

/// Begins a draft, unless one with this id has been begun.
///
/// # Errors
/// When the database fails.
pub async fn begin(
    tx: &mut Tx,
    member: &Member,
    id: RequestId,
    program: ProgramId,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into service_request (id, customer_id, member_id, program_id, created_at) values ($1, $2, $3, $4, $5)
         on conflict do nothing",
        id.0,
        member.customer().0,
        member.id().0,
        program.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Saves the program of a draft.
///
/// # Errors
/// When the database fails.
pub async fn save_program(tx: &mut Tx, id: RequestId, program: ProgramId) -> Result<(), DbError> {
    sqlx::query!("update service_request set program_id = $2 where id = $1 and state = 'draft'", id.0, program.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Saves the kind of work; an urgency that was chosen for another kind is asked anew.
///
/// # Errors
/// When the database fails.
pub async fn save_work_type(tx: &mut Tx, id: RequestId, work_type: WorkTypeId) -> Result<(), DbError> {
    sqlx::query!(
        "update service_request
         set urgency = case when work_type_id = $2 then urgency end, work_type_id = $2
         where id = $1 and state = 'draft'",
        id.0,
        work_type.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Saves what happened and who will sit at the computer.
///
/// # Errors
/// When the database fails.
pub async fn save_details(tx: &mut Tx, id: RequestId, details: &RequestDetails) -> Result<(), DbError> {
    sqlx::query!(
        "update service_request set what_happened = $2, contact_name = $3, contact_phone = $4, ready = $5
         where id = $1 and state = 'draft'",
        id.0,
        details.what_happened,
        details.contact_name,
        details.contact_phone,
        details.ready
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Saves the urgency and what an urgent one claims.
///
/// # Errors
/// When the database fails.
pub async fn save_urgency(
    tx: &mut Tx,
    id: RequestId,
    urgency: Urgency,
    claim: Option<&UrgencyClaim>,
) -> Result<(), DbError> {
    sqlx::query!(
        "update service_request set urgency = $2, what_stopped = $3, stopped_since = $4
         where id = $1 and state = 'draft'",
        id.0,
        urgency.code(),
        claim.map(|claim| claim.what_stopped.as_str()),
        claim.map(|claim| claim.since.as_str())
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Saves up to how many minutes nobody needs to be asked.
///
/// # Errors
/// When the database fails.
pub async fn save_ceiling(tx: &mut Tx, id: RequestId, minutes: Option<u32>) -> Result<(), DbError> {
    sqlx::query!(
        "update service_request set ceiling_minutes = $2 where id = $1 and state = 'draft'",
        id.0,
        minutes.and_then(|minutes| i32::try_from(minutes).ok())
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Throws away the member's oldest drafts when there are more than `keep` beside the one just begun, with what is held for
/// them.
///
/// # Errors
/// When the database fails.
pub async fn discard_oldest(tx: &mut Tx, member: &Member, just_begun: RequestId, keep: i64) -> Result<(), DbError> {
    sqlx::query!(
        "with old as (
             update service_request set state = 'cancelled'
             where id in (select id from service_request where member_id = $1 and state = 'draft' and id <> $3
                          order by created_at desc, id offset $2)
             returning id)
         delete from appointment where request_id in (select id from old) and state = 'held'",
        member.id().0,
        keep,
        just_begun.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Throws a draft away. The row stays, cancelled and without a number: its id can never begin another draft.
///
/// # Errors
/// When the database fails.
pub async fn discard(tx: &mut Tx, id: RequestId) -> Result<(), DbError> {
    sqlx::query!("update service_request set state = 'cancelled' where id = $1 and state = 'draft'", id.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
