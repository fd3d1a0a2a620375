//! Drafts: service requests in the state `draft`, each of the member who began it.

use chrono::{DateTime, Utc};

use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            ids::{ProgramId, RequestId, WorkTypeId},
            terms::Urgency,
        },
        line::catalogue::{Program, SlotChoice},
        ordering::{
            drafts::{Draft, HeldSlot, Subject, Wish},
            offers::Slot,
            pages::Contact,
            urgency::UrgencyClaim,
        },
    },
    server::{
        auth::Member,
        db::{
            DbError, Tx,
            codec::{Natural, integer},
            line::catalogue::WorkTypeRow,
        },
    },
};

struct DraftRow {
    id: RequestId,
    program: ProgramId,
    program_name: Bilingual,
    work_type: Option<WorkTypeId>,
    work_type_name: Option<Bilingual>,
    description: Option<Bilingual>,
    minutes_from: Option<Natural>,
    minutes_to: Option<Natural>,
    slot_minutes: Option<Natural>,
    plannable: Option<bool>,
    skill: Option<String>,
    choice: Option<SlotChoice>,
    urgency: Option<Urgency>,
    what_stopped: Option<String>,
    stopped_since: Option<String>,
    what_happened: Option<String>,
    contact_name: Option<String>,
    contact_phone: Option<String>,
    ceiling_minutes: Option<Natural>,
    created_at: DateTime<Utc>,
    held: Option<Slot>,
    hold_expires_at: Option<DateTime<Utc>>,
}

impl DraftRow {
    /// The kind of work, once it is chosen.
    fn work_type(&mut self) -> Option<WorkTypeRow> {
        Some(WorkTypeRow {
            id: self.work_type?,
            name: self.work_type_name.take()?,
            description: self.description.take()?,
            minutes_from: self.minutes_from?.into(),
            minutes_to: self.minutes_to?.into(),
            slot_minutes: self.slot_minutes?.into(),
            plannable: self.plannable?,
            skill: self.skill.take()?,
            choice: self.choice?,
        })
    }
}

impl From<DraftRow> for Draft {
    fn from(mut row: DraftRow) -> Self {
        Self {
            id: row.id,
            work_type: row.work_type().map(Into::into),
            program: Program { id: row.program, name: row.program_name },
            what_happened: row.what_happened.unwrap_or_default(),
            contact_name: row.contact_name.unwrap_or_default(),
            contact_phone: row.contact_phone.unwrap_or_default(),
            urgency: row.urgency,
            claim: row
                .what_stopped
                .zip(row.stopped_since)
                .map(|(what_stopped, since)| UrgencyClaim { what_stopped, since }),
            ceiling_minutes: row.ceiling_minutes.map(u32::from),
            held: row.held.zip(row.hold_expires_at).map(|(slot, expires_at)| HeldSlot { slot, expires_at }),
            created_at: row.created_at,
        }
    }
}

/// Who sat at the computer when the member ordered last, else the member.
///
/// # Errors
/// When the database fails.
pub async fn last_contact(tx: &mut Tx, member: &Member) -> Result<Contact, DbError> {
    Ok(sqlx::query_as!(
        Contact,
        r#"select case when m.is_mailbox then '' else coalesce(last.contact_name, m.name) end as "name!", coalesce(last.contact_phone, m.phone) as "phone!"
           from member m
           left join lateral (
               select r.contact_name, r.contact_phone from service_request r
               where r.customer_id = m.customer_id and r.member_id = m.id and r.number is not null
               order by r.number desc limit 1) last on true
           where m.id = $1"#,
        member.id().0
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// How many of a member's requests are looked through for what they order.
const LOOKED_BACK: i64 = 30;

/// What the member ordered last, the latest first, each once.
///
/// # Errors
/// When the database fails.
pub async fn recent_subjects(tx: &mut Tx, member: &Member) -> Result<Vec<Subject>, DbError> {
    Ok(sqlx::query_as!(
        Subject,
        r#"select program_id as "program!: ProgramId", work_type_id as "work_type!: WorkTypeId"
           from (select program_id, work_type_id, number from service_request
                 where customer_id = $1 and member_id = $2 and number is not null
                 order by number desc limit $3) last
           group by program_id, work_type_id order by max(number) desc"#,
        member.customer().0,
        member.id().0,
        LOOKED_BACK
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// The member's own drafts, the newest first: all of them, or the one with the id. A kind of work that was retired since is to
/// be chosen again, and a time that was picked for another length is none.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn list(
    tx: &mut Tx,
    member: &Member,
    only: Option<RequestId>,
    now: DateTime<Utc>,
) -> Result<Vec<Draft>, DbError> {
    let found = sqlx::query_as!(
        DraftRow,
        r#"select r.id as "id: RequestId", r.program_id as "program: ProgramId", array[p.name, p.name_en] as "program_name!: Bilingual",
                  r.work_type_id as "work_type: WorkTypeId", case when w.id is not null then array[w.name, w.name_en] end as "work_type_name?: Bilingual",
                  case when w.id is not null then array[w.description, w.description_en] end as "description?: Bilingual", w.minutes_from as "minutes_from?: Natural",
                  w.minutes_to as "minutes_to?: Natural", w.slot_minutes as "slot_minutes?: Natural",
                  w.plannable as "plannable?", w.skill as "skill?", w.choice as "choice?: SlotChoice",
                  r.urgency as "urgency: Urgency", r.what_stopped, r.stopped_since, r.what_happened, r.contact_name,
                  r.contact_phone, r.ceiling_minutes as "ceiling_minutes: Natural", r.created_at,
                  a.during as "held?: Slot", a.hold_expires_at as "hold_expires_at?"
           from service_request r
           join program p on p.id = r.program_id
           left join work_types_at($4, $4) w on w.id = r.work_type_id and w.active
           left join appointment a on a.request_id = r.id and a.state = 'held' and a.hold_expires_at > $4
               and upper(a.during) - lower(a.during) = w.slot_minutes * interval '1 minute'
           where r.customer_id = $1 and r.member_id = $2 and r.state = 'draft' and ($3::uuid is null or r.id = $3)
           order by r.created_at desc"#,
        member.customer().0,
        member.id().0,
        only.map(|id| id.0),
        now
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(found.into_iter().map(Into::into).collect())
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

/// Saves what is wanted.
///
/// # Errors
/// When the database fails.
pub async fn save_wish(tx: &mut Tx, id: RequestId, wish: &Wish, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "update service_request
         set program_id = $2, work_type_id = $3, urgency = $4, what_stopped = $5, stopped_since = $6, what_happened = $7,
             contact_name = $8, contact_phone = $9, classed_at = $10
         where id = $1 and state = 'draft'",
        id.0,
        wish.subject.program.0,
        wish.subject.work_type.0,
        wish.urgency.code(),
        wish.claim.as_ref().map(|claim| claim.what_stopped.as_str()),
        wish.claim.as_ref().map(|claim| claim.since.as_str()),
        wish.details.what_happened,
        wish.details.contact_name,
        wish.details.contact_phone,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Has the urgency of a draft asked for once more.
///
/// # Errors
/// When the database fails.
pub async fn ask_urgency_anew(tx: &mut Tx, id: RequestId) -> Result<(), DbError> {
    sqlx::query!("update service_request set urgency = null where id = $1 and state = 'draft'", id.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Saves what is agreed by sending it: up to how many minutes nobody needs to be asked, and the promise that TeamViewer and the
/// program will be running.
///
/// # Errors
/// When the database fails.
pub async fn save_promises(tx: &mut Tx, id: RequestId, minutes: Option<u32>) -> Result<(), DbError> {
    sqlx::query!(
        "update service_request set ceiling_minutes = $2, ready = true where id = $1 and state = 'draft'",
        id.0,
        minutes.map(integer).transpose()?
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Throws away the member's oldest drafts when there are more than may be kept, but never the one just begun; with what is
/// held for them.
///
/// # Errors
/// When the database fails.
pub async fn discard_oldest(tx: &mut Tx, member: &Member, just_begun: RequestId) -> Result<(), DbError> {
    sqlx::query!(
        "with old as (
             update service_request set state = 'cancelled'
             where id in (select id from service_request where member_id = $1 and state = 'draft' and id <> $2
                            -- Those of visitors are many people's.
                            and not exists (select from customer c where c.id = customer_id and c.is_of_visitors)
                          order by created_at desc, id offset (select drafts - 1 from line_limit))
             returning id)
         delete from appointment where request_id in (select id from old) and state = 'held'",
        member.id().0,
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
