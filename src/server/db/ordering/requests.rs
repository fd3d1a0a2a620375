//! The row of a service request: locking it, submitting it, and what changes in it.

pub mod lists;
pub mod page;

use chrono::{DateTime, Utc};

use crate::{
    model::{
        base::{
            ids::{CustomerId, MemberId, ProgramId, RequestId, WorkTypeId},
            numbers::RequestNumber,
            terms::Urgency,
        },
        minutes::estimate::Estimate,
        ordering::{
            requests::{RequestDetails, RequestSource, RequestState},
            urgency::UrgencyClaim,
        },
        people::members::Capability,
        work::cases::SpokenRequest,
    },
    server::{
        auth::Member,
        db::{DbError, Tx, codec::Natural},
    },
};

/// A request as far as changing it needs to know; its row is locked until the transaction ends.
#[derive(Debug, Clone, PartialEq)]
pub struct LockedRequest {
    /// Which.
    pub id: RequestId,
    /// Where it stands.
    pub state: RequestState,
    /// Its number, once submitted.
    pub number: Option<RequestNumber>,
    /// What is to be done, once chosen.
    pub work_type: Option<WorkTypeId>,
    /// How urgent it is, once chosen.
    pub urgency: Option<Urgency>,
    /// How often it was moved.
    pub moves: u32,
}

/// Locks a request that the member may change: their own, or any submitted one of the customer with `see_all`. A draft is
/// nobody's but its author's.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn lock(tx: &mut Tx, member: &Member, id: RequestId) -> Result<Option<LockedRequest>, DbError> {
    Ok(sqlx::query_as!(
        LockedRequest,
        r#"select id as "id: RequestId", state as "state: RequestState", number as "number: RequestNumber",
                  work_type_id as "work_type: WorkTypeId", urgency as "urgency: Urgency", moves as "moves: Natural"
           from service_request
           where id = $1 and customer_id = $2 and (member_id = $3 or ($4 and number is not null))
           for update"#,
        id.0,
        member.customer().0,
        member.id().0,
        sees_all(member)
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Keeps the earliest start that was on offer when the first time was picked: until it is agreed, each pick says it anew.
///
/// # Errors
/// When the database fails.
pub async fn keep_first_offer(tx: &mut Tx, id: RequestId, first: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "update service_request r set first_offer = $2
         where id = $1 and not exists (select from request_event e where e.request_id = r.id and e.kind = 'confirmed')",
        id.0,
        first
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Locks the submitted request of a customer by its number.
///
/// # Errors
/// When the database fails.
pub async fn lock_number(
    tx: &mut Tx,
    customer: CustomerId,
    wanted: RequestNumber,
) -> Result<Option<RequestId>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select id as "id: RequestId" from service_request where number = $1 and customer_id = $2 for update"#,
        wanted.to_string(),
        customer.0
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// What is written when a request is submitted.
pub struct Submission<'a> {
    /// Where it stands from now on.
    pub state: RequestState,
    /// When.
    pub at: DateTime<Utc>,
    /// In which local year its number is.
    pub year: i32,
    /// What was shown.
    pub estimate: &'a Estimate,
}

/// Submits a draft under a fresh number.
///
/// # Errors
/// When the database fails.
pub async fn submit(tx: &mut Tx, id: RequestId, submission: &Submission<'_>) -> Result<RequestNumber, DbError> {
    Ok(sqlx::query_scalar!(
        r#"update service_request
           set state = $2, submitted_at = $3, number = next_request_number($4), estimate = $5, estimated_at = $3,
               classed_at = $3
           where id = $1 and state = 'draft'
           returning number as "number!: RequestNumber""#,
        id.0,
        submission.state.code(),
        submission.at,
        submission.year,
        serde_json::to_value(submission.estimate).map_err(|error| sqlx::Error::Encode(error.into()))?
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Keeps what the request will probably cost at the time that is agreed now.
///
/// # Errors
/// When the database fails.
pub async fn keep_estimate(tx: &mut Tx, id: RequestId, estimate: &Estimate, at: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "update service_request set estimate = $2, estimated_at = $3 where id = $1",
        id.0,
        serde_json::to_value(estimate).map_err(|error| sqlx::Error::Encode(error.into()))?,
        at
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Counts one more change of the agreed time; a move counts towards the limit of moves.
///
/// # Errors
/// When the database fails.
pub async fn note_change(tx: &mut Tx, id: RequestId, after: RequestState, moves: i32) -> Result<(), DbError> {
    sqlx::query!(
        "update service_request set state = $2, moves = moves + $3, sequence = sequence + 1 where id = $1",
        id.0,
        after.code(),
        moves
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Saves what happened and who will sit at the computer, of a request that was sent.
///
/// # Errors
/// When the database fails.
pub async fn save_details(tx: &mut Tx, id: RequestId, details: &RequestDetails) -> Result<(), DbError> {
    sqlx::query!(
        "update service_request set what_happened = $2, contact_name = $3, contact_phone = $4 where id = $1",
        id.0,
        details.what_happened,
        details.contact_name,
        details.contact_phone
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Corrects what a request is about, and how urgent it is; what is agreed stays agreed, and counts as what it is now.
///
/// # Errors
/// When the database fails; `plannable_is_never_urgent` when the work can be planned.
pub async fn reclassify(
    tx: &mut Tx,
    request: RequestId,
    work_type: WorkTypeId,
    urgency: Urgency,
    claim: Option<&UrgencyClaim>,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!(
        "with changed as (
             update service_request
             set work_type_id = $2, urgency = $3, what_stopped = $4, stopped_since = $5, classed_at = $6
             where id = $1 returning id)
         update appointment a set urgency = $3 from changed c where a.request_id = c.id and a.state = 'confirmed'",
        request.0,
        work_type.0,
        urgency.code(),
        claim.map(|claim| claim.what_stopped.as_str()),
        claim.map(|claim| claim.since.as_str()),
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A request that staff write down.
pub struct NewRequest<'a> {
    /// Which it will be: the key of the form.
    pub id: RequestId,
    /// Whose.
    pub customer: CustomerId,
    /// For whom of the customer's people.
    pub member: MemberId,
    /// How it came in.
    pub source: RequestSource,
    /// What was said.
    pub spoken: &'a SpokenRequest,
    /// What an urgent one claims.
    pub claim: Option<&'a UrgencyClaim>,
    /// Which request it goes on from.
    pub follows: Option<RequestId>,
    /// When.
    pub at: DateTime<Utc>,
    /// In which local year its number is.
    pub year: i32,
    /// The number under which it is only tried, and taken back: none of the series is used up.
    pub rehearsed: Option<RequestNumber>,
}

/// Writes down a request that waits for a time; none when the form was sent before.
///
/// # Errors
/// When the database fails.
pub async fn insert_spoken(tx: &mut Tx, new: &NewRequest<'_>) -> Result<Option<RequestNumber>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"insert into service_request (id, customer_id, member_id, number, state, source, program_id, work_type_id, urgency,
                                        what_stopped, stopped_since, what_happened, contact_name, contact_phone, ready,
                                        follows, created_at, submitted_at)
           values ($1, $2, $3, coalesce($15, next_request_number($4)), 'waiting', $16, $5, $6, $7, $8, $9, $10, $11, $12, false, $13,
                   $14, $14)
           on conflict (id) do nothing
           returning number as "number!: RequestNumber""#,
        new.id.0,
        new.customer.0,
        new.member.0,
        new.year,
        new.spoken.program.0,
        new.spoken.work_type.0,
        new.spoken.urgency.code(),
        new.claim.map(|claim| claim.what_stopped.as_str()),
        new.claim.map(|claim| claim.since.as_str()),
        new.spoken.what_happened,
        new.spoken.contact_name,
        new.spoken.contact_phone,
        new.follows.map(|id| id.0),
        new.at,
        new.rehearsed.map(|number| number.to_string()),
        new.source.code()
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Which program a submitted request is about, and what kind of work.
///
/// # Errors
/// When the database fails.
pub async fn kind_of_work(tx: &mut Tx, request: RequestId) -> Result<(ProgramId, WorkTypeId), DbError> {
    let row = sqlx::query!(
        r#"select program_id as "program: ProgramId", work_type_id as "work_type!: WorkTypeId"
           from service_request where id = $1"#,
        request.0
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok((row.program, row.work_type))
}

/// Which request has a number, for staff and without a lock.
///
/// # Errors
/// When the database fails.
pub async fn id_of(tx: &mut Tx, number: RequestNumber) -> Result<Option<RequestId>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select id as "id: RequestId" from service_request where number = $1"#,
        number.to_string()
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// The number of a submitted request.
///
/// # Errors
/// When the database fails.
pub async fn number_of(tx: &mut Tx, request: RequestId) -> Result<Option<RequestNumber>, DbError> {
    let number = sqlx::query_scalar!(
        r#"select number as "number: RequestNumber" from service_request where id = $1"#,
        request.0
    );
    Ok(number.fetch_optional(&mut **tx).await?.flatten())
}

/// Whether a member sees all requests of the customer or their own only.
pub(super) fn sees_all(member: &Member) -> bool {
    member.may(Capability::SeeAll)
}

/// Locks a request and its appointments, so that nobody moves or cancels what a technician begins.
///
/// # Errors
/// When the database fails.
pub async fn lock_for_staff(tx: &mut Tx, wanted: RequestNumber) -> Result<Option<RequestId>, DbError> {
    let id = sqlx::query_scalar!(
        r#"select id as "id: RequestId" from service_request where number = $1 for update"#,
        wanted.to_string()
    );
    Ok(id.fetch_optional(&mut **tx).await?)
}

/// Writes down where a request stands.
///
/// # Errors
/// When the database fails.
pub async fn set_state(tx: &mut Tx, request: RequestId, state: RequestState) -> Result<(), DbError> {
    sqlx::query!("update service_request set state = $2 where id = $1", request.0, state.code())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The urgency of a request: it decides the rate.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn urgency_of(tx: &mut Tx, request: RequestId) -> Result<Urgency, DbError> {
    Ok(sqlx::query_scalar!(r#"select urgency as "urgency!: Urgency" from service_request where id = $1"#, request.0)
        .fetch_one(&mut **tx)
        .await?)
}
