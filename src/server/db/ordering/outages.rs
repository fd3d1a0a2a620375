//! Outages, what all who belong to them were told, and which requests do.

pub mod belonging;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            ids::{CustomerId, MemberId, OutageId, ProgramId, RequestId, StaffId, WorkTypeId},
            numbers::RequestNumber,
        },
        line::catalogue::Program,
        ordering::{
            drafts::Subject,
            outages::{KnownOutage, OutageEvent, OutageLink, OutageStep, OutageSummary, OutageWords, OutagesOfRequest},
            timeline::TimelineKind,
        },
    },
    server::db::{DbError, Tx, codec::Natural},
};

/// An outage under the lock of its row: whoever joins it waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockedOutage {
    /// Which.
    pub id: OutageId,
    /// The program that it hits.
    pub program: Bilingual,
    /// What it is called, what there is to know, and since when.
    pub words: OutageWords,
    /// When it was over.
    pub resolved_at: Option<DateTime<Utc>>,
    /// Why the minimum was lifted, if it was.
    pub lifted_reason: Option<String>,
}

struct Row {
    id: OutageId,
    program: Bilingual,
    name: Bilingual,
    text: Bilingual,
    began_at: DateTime<Utc>,
    resolved_at: Option<DateTime<Utc>>,
    lifted_reason: Option<String>,
}

impl From<Row> for LockedOutage {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            program: row.program,
            words: OutageWords { name: row.name, text: row.text, began_at: row.began_at },
            resolved_at: row.resolved_at,
            lifted_reason: row.lifted_reason,
        }
    }
}

/// Locks an outage. Before any of its requests: that is the order in which everybody does. Whoever only names it in a row of theirs,
/// as the work on a request does, waits for nobody.
///
/// # Errors
/// When the database fails.
pub async fn lock(tx: &mut Tx, id: OutageId) -> Result<Option<LockedOutage>, DbError> {
    sqlx::query!("select from outage where id = $1 for no key update", id.0).fetch_optional(&mut **tx).await?;
    find(tx, id).await
}

/// An outage as it stands.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, id: OutageId) -> Result<Option<LockedOutage>, DbError> {
    let found = sqlx::query_as!(
        Row,
        r#"select o.id as "id: OutageId", array[p.name, p.name_en] as "program!: Bilingual",
                  array[o.name, o.name_en] as "name!: Bilingual", array[o.text_cs, o.text_en] as "text!: Bilingual",
                  o.began_at, o.resolved_at, o.lifted_reason
           from outage o join program p on p.id = o.program_id where o.id = $1"#,
        id.0
    );
    Ok(found.fetch_optional(&mut **tx).await?.map(Into::into))
}

/// An outage to be written down.
#[derive(Debug, Clone, Copy)]
pub struct NewOutage<'a> {
    /// Which it will be.
    pub id: OutageId,
    /// The program that it hits.
    pub program: ProgramId,
    /// As which kind of work those are kept who join it.
    pub work_type: WorkTypeId,
    /// What it is called, what there is to know, and since when.
    pub words: &'a OutageWords,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: StaffId,
}

/// Writes down an outage; false when the form was sent before.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, new: &NewOutage<'_>) -> Result<bool, DbError> {
    let words = new.words;
    let done = sqlx::query!(
        "insert into outage (id, program_id, work_type_id, name, name_en, text_cs, text_en, began_at, opened_at, opened_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (id) do nothing",
        new.id.0,
        new.program.0,
        new.work_type.0,
        words.name.cs,
        words.name.en,
        words.text.cs,
        words.text.en,
        words.began_at,
        new.at,
        new.by.0
    );
    Ok(done.execute(&mut **tx).await?.rows_affected() == 1)
}

/// Writes down what an outage is called, what there is to know, and since when.
///
/// # Errors
/// When the database fails.
pub async fn save(tx: &mut Tx, id: OutageId, words: &OutageWords) -> Result<(), DbError> {
    sqlx::query!(
        "update outage set name = $2, name_en = $3, text_cs = $4, text_en = $5, began_at = $6 where id = $1",
        id.0,
        words.name.cs,
        words.name.en,
        words.text.cs,
        words.text.en,
        words.began_at
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes down that an outage is over.
///
/// # Errors
/// When the database fails.
pub async fn resolve(tx: &mut Tx, id: OutageId, at: DateTime<Utc>, by: StaffId) -> Result<(), DbError> {
    sqlx::query!("update outage set resolved_at = $2, resolved_by = $3 where id = $1", id.0, at, by.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Writes down that a manager lifted the minimum.
///
/// # Errors
/// When the database fails.
pub async fn lift_minimum(
    tx: &mut Tx,
    id: OutageId,
    at: DateTime<Utc>,
    by: StaffId,
    reason: &str,
) -> Result<(), DbError> {
    sqlx::query!(
        "update outage set lifted_at = $2, lifted_by = $3, lifted_reason = $4 where id = $1",
        id.0,
        at,
        by.0,
        reason
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A message to all who belong to an outage.
#[derive(Debug, Clone, Copy)]
pub struct NewMessage<'a> {
    /// The key of the form.
    pub key: Uuid,
    /// To which outage.
    pub outage: OutageId,
    /// Whether it is the last one.
    pub is_over: bool,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: StaffId,
    /// What is told.
    pub text: &'a Bilingual,
}

/// Keeps a message; false when it was told before.
///
/// # Errors
/// When the database fails.
pub async fn add_message(tx: &mut Tx, new: &NewMessage<'_>) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "insert into outage_message (id, outage_id, is_over, at, staff_id, text_cs, text_en)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (id) do nothing",
        new.key,
        new.outage.0,
        new.is_over,
        new.at,
        new.by.0,
        new.text.cs,
        new.text.en
    );
    Ok(done.execute(&mut **tx).await?.rows_affected() == 1)
}

/// What was told before under the key of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldMessage {
    /// To which outage.
    pub outage: OutageId,
    /// Whether it was the last one.
    pub is_over: bool,
    /// What was told.
    pub text: Bilingual,
}

/// What was told under a key, if anything was.
///
/// # Errors
/// When the database fails.
pub async fn message_of(tx: &mut Tx, key: Uuid) -> Result<Option<ToldMessage>, DbError> {
    let told = sqlx::query_as!(
        ToldMessage,
        r#"select outage_id as "outage: OutageId", is_over, array[text_cs, text_en] as "text!: Bilingual"
           from outage_message where id = $1"#,
        key
    );
    Ok(told.fetch_optional(&mut **tx).await?)
}

/// What happened to a request by an outage.
#[derive(Debug, Clone, Copy)]
pub struct NewOutageEvent {
    /// To which request.
    pub request: RequestId,
    /// By which outage.
    pub outage: OutageId,
    /// What.
    pub kind: TimelineKind,
    /// When.
    pub at: DateTime<Utc>,
    /// Who of the vendor did it; nobody, where a member did.
    pub staff: Option<StaffId>,
    /// The member who did it.
    pub member: Option<MemberId>,
    /// What was told, by its key.
    pub message: Option<Uuid>,
}

/// Writes down what happened to a request by an outage.
///
/// # Errors
/// When the database fails.
pub async fn add_event(tx: &mut Tx, new: &NewOutageEvent) -> Result<(), DbError> {
    sqlx::query!(
        "insert into request_event (customer_id, request_id, at, kind, staff_id, member_id, outage_id, outage_message_id)
         select customer_id, id, $2, $3, $4, $5, $6, $7 from service_request where id = $1",
        new.request.0,
        new.at,
        new.kind.code(),
        new.staff.map(|id| id.0),
        new.member.map(|id| id.0),
        new.outage.0,
        new.message
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Has a request belong to an outage, or to none.
///
/// # Errors
/// When the database fails, or the outage is over (`outage_is_open`).
pub async fn set(tx: &mut Tx, request: RequestId, outage: Option<OutageId>) -> Result<(), DbError> {
    sqlx::query!("update service_request set outage_id = $2 where id = $1", request.0, outage.map(|id| id.0))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// To which outage a request belongs, and whether that is over.
///
/// # Errors
/// When the database fails.
pub async fn of_request(tx: &mut Tx, request: RequestId) -> Result<Option<(OutageId, bool)>, DbError> {
    let found = sqlx::query!(
        r#"select o.id as "id: OutageId", o.resolved_at is not null as "is_over!"
           from service_request r join outage o on o.id = r.outage_id where r.id = $1"#,
        request.0
    );
    Ok(found.fetch_optional(&mut **tx).await?.map(|row| (row.id, row.is_over)))
}

/// An outage whose minimum a manager lifted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lifting {
    /// Which outage.
    pub outage: OutageId,
    /// When it began.
    pub began_at: DateTime<Utc>,
    /// Who lifted the minimum.
    pub by: StaffId,
    /// Why.
    pub reason: String,
}

/// The lifting that reaches a request: that of the outage to which it belongs.
///
/// # Errors
/// When the database fails.
pub async fn lifting(tx: &mut Tx, request: RequestId) -> Result<Option<Lifting>, DbError> {
    Ok(sqlx::query_as!(
        Lifting,
        r#"select o.id as "outage: OutageId", o.began_at, o.lifted_by as "by!: StaffId", o.lifted_reason as "reason!"
           from service_request r join outage o on o.id = r.outage_id
           where r.id = $1 and o.lifted_at is not null"#,
        request.0
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Requests with work whose minimum was lifted and still stands, by number, from behind one on; so many at a time.
///
/// # Errors
/// When the database fails.
pub async fn unlifted(tx: &mut Tx, after: Option<RequestNumber>, most: i64) -> Result<Vec<RequestNumber>, DbError> {
    let numbers = sqlx::query_scalar!(
        r#"select distinct r.number as "number!: RequestNumber"
           from outage o
           join service_request r on r.outage_id = o.id
           join intervention i on i.request_id = r.id
           where o.lifted_at is not null and i.lifted_by_outage is null and i.started_at >= o.began_at
             and ($1::text is null or r.number > $1)
           order by 1 limit $2"#,
        after.map(|after| after.to_string()),
        most
    );
    Ok(numbers.fetch_all(&mut **tx).await?)
}

/// The outages with which a request has to do: its own, and all that are not over.
///
/// # Errors
/// When the database fails.
pub async fn around(tx: &mut Tx, request: RequestId) -> Result<OutagesOfRequest, DbError> {
    let found = sqlx::query!(
        r#"select o.id as "id: OutageId", array[o.name, o.name_en] as "name!: Bilingual",
                  o.id = r.outage_id as "is_own?", o.resolved_at is not null as "is_over!"
           from service_request r join outage o on o.resolved_at is null or o.id = r.outage_id
           where r.id = $1 order by o.opened_at desc, o.id"#,
        request.0
    );
    let mut around = OutagesOfRequest::default();
    for row in found.fetch_all(&mut **tx).await? {
        let link = OutageLink { id: row.id, name: row.name };
        if row.is_own == Some(true) {
            (around.own, around.is_over) = (Some(link), row.is_over);
        } else {
            around.open.push(link);
        }
    }
    Ok(around)
}

/// The outages that are not over, the latest first: all of them, or those of what a customer runs, with the own request of whoever of
/// the customer's people reads.
///
/// * `of` – the customer, and the member who reads
///
/// # Errors
/// When the database fails.
pub async fn known(tx: &mut Tx, of: Option<(CustomerId, Option<MemberId>)>) -> Result<Vec<KnownOutage>, DbError> {
    let found = sqlx::query!(
        r#"select o.id as "id: OutageId", p.id as "program: ProgramId", array[p.name, p.name_en] as "program_name!: Bilingual",
                  array[o.name, o.name_en] as "name!: Bilingual", array[o.text_cs, o.text_en] as "text!: Bilingual",
                  o.began_at,
                  (select r.number from service_request r
                   where r.outage_id = o.id and r.customer_id = $1 and r.member_id = $2
                     and r.state in ('waiting', 'scheduled', 'in_progress')
                   order by r.number limit 1) as "own: RequestNumber"
           from outage o join program p on p.id = o.program_id
           where o.resolved_at is null
             and ($1::bigint is null or exists (
                 select from licence l where l.program_id = o.program_id and l.customer_id = $1))
           order by o.opened_at desc, o.id"#,
        of.map(|(customer, _)| customer.0),
        of.and_then(|(_, member)| member).map(|member| member.0)
    );
    let known = found.fetch_all(&mut **tx).await?.into_iter().map(|row| KnownOutage {
        id: row.id,
        program: Program { id: row.program, name: row.program_name },
        name: row.name,
        text: row.text,
        began_at: row.began_at,
        own: row.own,
    });
    Ok(known.collect())
}

/// An outage of one of the customer's programs that is not over and can be joined, with as what it is ordered.
///
/// # Errors
/// When the database fails.
pub async fn joinable(
    tx: &mut Tx,
    customer: CustomerId,
    outage: OutageId,
) -> Result<Option<(Bilingual, Subject)>, DbError> {
    let found = sqlx::query!(
        r#"select array[o.name, o.name_en] as "name!: Bilingual", o.program_id as "program: ProgramId",
                  o.work_type_id as "work_type: WorkTypeId"
           from outage o join licence l on l.program_id = o.program_id and l.customer_id = $1
           where o.id = $2 and o.resolved_at is null"#,
        customer.0,
        outage.0
    );
    let found = found.fetch_optional(&mut **tx).await?;
    Ok(found.map(|row| (row.name, Subject { program: row.program, work_type: row.work_type })))
}

/// How many of those that are over the list shows; what is older is found by its requests.
const RESOLVED_SHOWN: i64 = 20;

/// All that are not over, and the latest that are.
///
/// # Errors
/// When the database fails.
pub async fn list(tx: &mut Tx) -> Result<Vec<OutageSummary>, DbError> {
    let found = sqlx::query!(
        r#"select o.id as "id!: OutageId", array[o.name, o.name_en] as "name!: Bilingual",
                  array[p.name, p.name_en] as "program!: Bilingual", o.began_at as "began_at!", o.resolved_at,
                  (select count(*) from service_request r where r.outage_id = o.id)::int as "requests!: Natural"
           from (select * from outage where resolved_at is null
                 union all
                 (select * from outage where resolved_at is not null order by resolved_at desc limit $1)) o
           join program p on p.id = o.program_id
           order by o.resolved_at desc nulls first, o.opened_at desc, o.id"#,
        RESOLVED_SHOWN
    );
    let summaries = found.fetch_all(&mut **tx).await?.into_iter().map(|row| OutageSummary {
        id: row.id,
        name: row.name,
        program: row.program,
        began_at: row.began_at,
        resolved_at: row.resolved_at,
        requests: row.requests.into(),
    });
    Ok(summaries.collect())
}

/// Programs that an outage can hit, by name.
///
/// # Errors
/// When the database fails.
pub async fn programs(tx: &mut Tx) -> Result<Vec<Program>, DbError> {
    Ok(sqlx::query_as!(
        Program,
        r#"select id as "id: ProgramId", array[name, name_en] as "name!: Bilingual" from program
           where active order by name, id"#
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// What happened to an outage, the oldest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn history(tx: &mut Tx, id: OutageId) -> Result<Vec<OutageEvent>, DbError> {
    let found = sqlx::query!(
        r#"select h.at as "at!", h.step as "step!: OutageStep", s.name as "by?", h.number as "number?: RequestNumber",
                  h.told as "told?: Bilingual"
           from (select opened_at as at, 0 as place, 'opened' as step, opened_by as staff_id, null as number,
                        null::text[] as told
                 from outage where id = $1
                 union all
                 select lifted_at, 1, 'minimum_lifted', lifted_by, null, array[lifted_reason, '']
                 from outage where id = $1 and lifted_at is not null
                 union all
                 select at, 2, case when is_over then 'over' else 'news' end, staff_id, null, array[text_cs, text_en]
                 from outage_message where outage_id = $1
                 union all
                 select e.at, 1, case e.kind when 'outage_joined' then 'joined' else 'left' end, e.staff_id, r.number, null
                 from request_event e join service_request r on r.id = e.request_id
                 where e.outage_id = $1 and e.kind in ('outage_joined', 'outage_left')) h
           left join staff s on s.id = h.staff_id
           order by h.at, h.place, h.number"#,
        id.0
    );
    let events = found.fetch_all(&mut **tx).await?.into_iter().map(|row| OutageEvent {
        at: row.at,
        step: row.step,
        by: row.by,
        number: row.number,
        told: row.told,
    });
    Ok(events.collect())
}
