//! Service requests: drafts, submission, list, page, timeline.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            ids::{CustomerId, MemberId, ProgramId, RequestId, StaffId, WorkTypeId},
            numbers::RequestNumber,
            paging::Page,
            terms::Urgency,
        },
        line::catalogue::SlotChoice,
        minutes::estimate::Estimate,
        ordering::{
            appointments::{AgreedTime, AppointmentState, unmet_since},
            offers::Slot,
            pages::{RequestPlace, RequestSummary},
            requests::{RequestSource, RequestState},
            timeline::TimelineKind,
            urgency::UrgencyClaim,
        },
        people::members::Capability,
        work::cases::SpokenRequest,
    },
    server::{
        auth::Member,
        db::{DbError, Tx, codec::Natural, paging::limit},
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

/// Everything of a request's page that stands in its own row and its agreed time's.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestRow {
    /// Which.
    pub id: RequestId,
    /// Whose.
    pub customer: CustomerId,
    /// The customer's name.
    pub customer_name: String,
    /// Who ordered it.
    pub member: MemberId,
    /// What is to be done.
    pub work_type: WorkTypeId,
    /// As in the list.
    pub summary: RequestSummary,
    /// In the customer's words.
    pub what_happened: String,
    /// What stopped and since when, of an urgent one.
    pub claim: Option<UrgencyClaim>,
    /// Who will sit at the computer.
    pub contact_name: String,
    /// Where to reach that person.
    pub contact_phone: String,
    /// "Ask me above so many minutes."
    pub ceiling_minutes: Option<u32>,
    /// As shown before it was confirmed.
    pub estimate: Option<Estimate>,
    /// The agreed time, if one is agreed.
    pub agreed: Option<AgreedTime>,
    /// Whether the latest time that was agreed will not take place.
    pub is_called_off: bool,
    /// Of the calendar event: rises with each change.
    pub sequence: u32,
    /// The starts that dispatch offers, while the offer is open.
    pub offered: Vec<DateTime<Utc>>,
    /// How it came in.
    pub source: RequestSource,
}

/// A row of [`by_number`] and [`for_staff`]: what a request's page shows of its own row and of its latest appointment.
struct PageRow {
    id: RequestId,
    customer: CustomerId,
    customer_name: String,
    source: RequestSource,
    offered: Option<Vec<DateTime<Utc>>>,
    offered_until: Option<DateTime<Utc>>,
    member: MemberId,
    work_type: WorkTypeId,
    number: RequestNumber,
    state: RequestState,
    program_name: Bilingual,
    work_type_name: Bilingual,
    choice: SlotChoice,
    urgency: Urgency,
    ordered_by: String,
    submitted_at: DateTime<Utc>,
    what_happened: String,
    what_stopped: Option<String>,
    stopped_since: Option<String>,
    contact_name: String,
    contact_phone: String,
    ceiling_minutes: Option<Natural>,
    estimate: Option<serde_json::Value>,
    moves: u32,
    sequence: u32,
    slot: Option<Slot>,
    appointment_state: Option<AppointmentState>,
    agreed_at: Option<DateTime<Utc>>,
    awaits_consent: bool,
}

impl PageRow {
    /// The appointment that is agreed. What is over is no longer: the request may wait for another time.
    fn agreed(&self) -> Option<AgreedTime> {
        let (slot, state) = self.slot.zip(self.appointment_state).filter(|(_, state)| state.blocking())?;
        let agreed_at = self.agreed_at.unwrap_or(self.submitted_at);
        Some(AgreedTime { state, start: slot.start, urgency: self.urgency, moves: self.moves, agreed_at })
    }
}

impl From<PageRow> for RequestRow {
    fn from(row: PageRow) -> Self {
        Self {
            agreed: row.agreed(),
            is_called_off: row.appointment_state == Some(AppointmentState::Cancelled),
            id: row.id,
            customer: row.customer,
            customer_name: row.customer_name,
            source: row.source,
            offered: row.offered.unwrap_or_default(),
            member: row.member,
            work_type: row.work_type,
            summary: RequestSummary {
                number: row.number,
                state: row.state,
                program: row.program_name,
                work_type: row.work_type_name,
                urgency: row.urgency,
                ordered_by: row.ordered_by,
                submitted_at: row.submitted_at,
                slot: row.slot,
                choice: row.choice,
                missed_by_us: row.state == RequestState::Waiting
                    && row.appointment_state == Some(AppointmentState::MissedByUs),
                awaits_consent: row.awaits_consent,
                offered_until: row.offered_until,
            },
            what_happened: row.what_happened,
            claim: row
                .what_stopped
                .zip(row.stopped_since)
                .map(|(what_stopped, since)| UrgencyClaim { what_stopped, since }),
            contact_name: row.contact_name,
            contact_phone: row.contact_phone,
            ceiling_minutes: row.ceiling_minutes.map(u32::from),
            // An estimate of an older shape is history that nobody can read any more, not a reason to fail.
            estimate: row.estimate.and_then(|json| serde_json::from_value(json).ok()),
            sequence: row.sequence,
        }
    }
}

/// Selects a submitted request by its number as it stands at a moment; what follows the macro's text says for whom, its parameters
/// numbered from 4. One whose time has just passed unmet waits for another one, whether or not that has been written down.
macro_rules! select_request {
    ($wanted:ident, $now:ident, $condition:literal $(, $argument:expr)*) => {
        sqlx::query_as!(
            PageRow,
            r#"select r.id as "id: RequestId", r.customer_id as "customer: CustomerId", c.name as customer_name,
                      r.source as "source: RequestSource", r.member_id as "member: MemberId",
                      r.work_type_id as "work_type!: WorkTypeId", r.number as "number!: RequestNumber",
                      case when is_unmet(a.state, a.during, a.attempted_at, $2) then 'waiting' else r.state end
                          as "state!: RequestState",
                      array[p.name, p.name_en] as "program_name!: Bilingual",
                      array[w.name, w.name_en] as "work_type_name!: Bilingual", w.choice as "choice: SlotChoice", r.urgency as "urgency!: Urgency",
                      m.name as ordered_by, r.submitted_at as "submitted_at!", r.what_happened as "what_happened!",
                      r.what_stopped, r.stopped_since, r.contact_name as "contact_name!",
                      r.contact_phone as "contact_phone!", r.ceiling_minutes as "ceiling_minutes: Natural", r.estimate,
                      r.moves as "moves: Natural",
                      r.sequence + coalesce(is_unmet(a.state, a.during, a.attempted_at, $2), false)::int
                          as "sequence!: Natural",
                      a.during as "slot?: Slot",
                      appointment_state(a.state, a.during, a.attempted_at, $2) as "appointment_state?: AppointmentState",
                      r.state = 'in_progress' and exists (
                          select 1 from intervention i join ceiling_consent q on q.intervention_id = i.id
                          where i.request_id = r.id and i.state = 'open' and q.answered_at is null) as "awaits_consent!",
                      (select max(e.at) from request_event e
                       where e.request_id = r.id and e.kind in ('confirmed', 'moved')) as agreed_at,
                      o.starts as "offered?", o.expires_at as "offered_until?"
               from service_request r
               join customer c on c.id = r.customer_id
               join program p on p.id = r.program_id
               join work_type w on w.id = r.work_type_id
               join member m on m.id = r.member_id
               left join slot_offer o on o.request_id = r.id and o.is_open and o.expires_at > $3
               left join lateral (
                   select during, state, attempted_at from appointment
                   where request_id = r.id and state <> 'held'
                   order by (state in ('confirmed', 'running')) desc, id desc limit 1
               ) a on true
               where r.number = $1 "# + $condition,
            $wanted.to_string(),
            unmet_since($now),
            $now
            $(, $argument)*
        )
    };
}

/// A submitted request by its number as it stands at `now`, if the member may see it.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn by_number(
    tx: &mut Tx,
    member: &Member,
    wanted: RequestNumber,
    now: DateTime<Utc>,
) -> Result<Option<RequestRow>, DbError> {
    let found = select_request!(
        wanted,
        now,
        "and r.customer_id = $4
         and (r.member_id = $5 or $6
              or $7 and exists (select 1 from intervention i join ceiling_consent q on q.intervention_id = i.id
                                where i.request_id = r.id))",
        member.customer().0,
        member.id().0,
        sees_all(member),
        // Whoever may agree to go on above the ceiling has to see what it is about.
        member.may(Capability::Buy)
    );
    Ok(found.fetch_optional(&mut **tx).await?.map(Into::into))
}

/// Any submitted request by its number as it stands at `now`; for a technician, one at which that person works or worked.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn for_staff(
    tx: &mut Tx,
    technician: Option<StaffId>,
    wanted: RequestNumber,
    now: DateTime<Utc>,
) -> Result<Option<RequestRow>, DbError> {
    let found = select_request!(
        wanted,
        now,
        "and ($4::bigint is null
              or exists (select 1 from appointment v
                         where v.request_id = r.id and v.technician_id = $4 and v.state <> 'held'))",
        technician.map(|id| id.0)
    );
    Ok(found.fetch_optional(&mut **tx).await?.map(Into::into))
}

/// Selects requests that a member may see at a moment, each with its latest appointment; what follows the macro's text says
/// which, its parameters numbered from 6. One that waits has no time, whatever became of an earlier one.
macro_rules! select_summaries {
    ($member:ident, $now:ident, $condition:literal $(, $argument:expr)*) => {
        sqlx::query_as!(
            RequestSummary,
            r#"select r.number as "number!: RequestNumber",
                      case when a.unmet then 'waiting' else r.state end as "state!: RequestState", array[p.name, p.name_en] as "program!: Bilingual",
                      array[w.name, w.name_en] as "work_type!: Bilingual", r.urgency as "urgency!: Urgency", m.name as ordered_by,
                      r.submitted_at as "submitted_at!",
                      case when r.state <> 'waiting' and a.unmet is not true then a.during end as "slot?: Slot",
                      w.choice as "choice: SlotChoice",
                      coalesce(a.unmet or r.state = 'waiting' and a.state = 'missed_by_us', false) as "missed_by_us!",
                      r.state = 'in_progress' and exists (
                          select 1 from intervention i join ceiling_consent q on q.intervention_id = i.id
                          where i.request_id = r.id and i.state = 'open' and q.answered_at is null) as "awaits_consent!",
                      o.expires_at as "offered_until?"
               from service_request r
               join program p on p.id = r.program_id
               join work_type w on w.id = r.work_type_id
               join member m on m.id = r.member_id
               left join slot_offer o on o.request_id = r.id and o.is_open and o.expires_at > $5
               left join lateral (
                   select during, state, is_unmet(state, during, attempted_at, $4) as unmet from appointment
                   where request_id = r.id and state <> 'held'
                   order by (state in ('confirmed', 'running')) desc, id desc limit 1
               ) a on true
               where r.customer_id = $1 and (r.member_id = $2 or $3) "# + $condition,
            $member.customer().0,
            $member.id().0,
            sees_all($member),
            unmet_since($now),
            $now
            $(, $argument)*
        )
    };
}

/// A page of the requests with an agreed time that is ahead or under way, the next first.
///
/// * `after` – when the last one of the page before starts, and its number
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn upcoming(
    tx: &mut Tx,
    member: &Member,
    now: DateTime<Utc>,
    after: Option<(DateTime<Utc>, RequestNumber)>,
    size: usize,
) -> Result<Page<RequestSummary, RequestPlace>, DbError> {
    let found = select_summaries!(
        member,
        now,
        "and r.state in ('scheduled', 'in_progress') and a.state in ('confirmed', 'running') and not a.unmet
         and ($6::timestamptz is null or (lower(a.during), r.number) > ($6, $7))
         order by lower(a.during), r.number limit $8",
        after.map(|(start, _)| start),
        after.map(|(_, number)| number.to_string()),
        limit(size)
    )
    .fetch_all(&mut **tx)
    .await?;
    // Only what is agreed is selected.
    let start = |request: &RequestSummary| request.slot.map_or(now, |slot| slot.start);
    Ok(Page::of(found, size, |last| RequestPlace::Upcoming { start: start(last), number: last.number }))
}

/// How many requests have an agreed time that is ahead or under way.
///
/// # Errors
/// When the database fails.
pub async fn upcoming_count(tx: &mut Tx, member: &Member, now: DateTime<Utc>) -> Result<u32, DbError> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!: Natural" from service_request r
           where r.customer_id = $1 and (r.member_id = $2 or $3) and r.state in ('scheduled', 'in_progress')
             and exists (select 1 from appointment a where a.request_id = r.id and a.state in ('confirmed', 'running')
                                                         and not is_unmet(a.state, a.during, a.attempted_at, $4))"#,
        member.customer().0,
        member.id().0,
        sees_all(member),
        unmet_since(now)
    );
    Ok(count.fetch_one(&mut **tx).await?.into())
}

/// A page of the requests without an agreed time, the oldest first.
///
/// * `after` – the last one of the page before
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn waiting(
    tx: &mut Tx,
    member: &Member,
    now: DateTime<Utc>,
    after: Option<RequestNumber>,
    size: usize,
) -> Result<Page<RequestSummary, RequestPlace>, DbError> {
    let found = select_summaries!(
        member,
        now,
        "and (r.state = 'waiting' or a.unmet) and r.number > coalesce($6, '') order by r.number limit $7",
        after.map(|number| number.to_string()),
        limit(size)
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(Page::of(found, size, |last| RequestPlace::Waiting(last.number)))
}

/// How many requests have no agreed time.
///
/// # Errors
/// When the database fails.
pub async fn waiting_count(tx: &mut Tx, member: &Member, now: DateTime<Utc>) -> Result<u32, DbError> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!: Natural" from service_request r
           where r.customer_id = $1 and (r.member_id = $2 or $3)
             and (r.state = 'waiting'
                  or r.state = 'scheduled' and exists (
                      select 1 from appointment a
                      where a.request_id = r.id and is_unmet(a.state, a.during, a.attempted_at, $4)))"#,
        member.customer().0,
        member.id().0,
        sees_all(member),
        unmet_since(now)
    );
    Ok(count.fetch_one(&mut **tx).await?.into())
}

/// A page of all other requests that were sent, the newest first.
///
/// * `before` – the last one of the page before
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn earlier(
    tx: &mut Tx,
    member: &Member,
    now: DateTime<Utc>,
    before: Option<RequestNumber>,
    size: usize,
) -> Result<Page<RequestSummary, RequestPlace>, DbError> {
    let found = select_summaries!(
        member,
        now,
        "and r.number < coalesce($6, '9999-999999z') and r.state not in ('draft', 'waiting')
         and not (r.state in ('scheduled', 'in_progress') and a.state in ('confirmed', 'running'))
         order by r.number desc limit $7",
        before.map(|number| number.to_string()),
        limit(size)
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(Page::of(found, size, |last| RequestPlace::Earlier(last.number)))
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
           set state = $2, submitted_at = $3, number = next_request_number($4), estimate = $5, estimated_at = $3
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
) -> Result<(), DbError> {
    sqlx::query!(
        "with changed as (
             update service_request set work_type_id = $2, urgency = $3, what_stopped = $4, stopped_since = $5
             where id = $1 returning id)
         update appointment a set urgency = $3 from changed c where a.request_id = c.id and a.state = 'confirmed'",
        request.0,
        work_type.0,
        urgency.code(),
        claim.map(|claim| claim.what_stopped.as_str()),
        claim.map(|claim| claim.since.as_str())
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
           values ($1, $2, $3, next_request_number($4), 'waiting', 'phone', $5, $6, $7, $8, $9, $10, $11, $12, false, $13,
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
        new.at
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

/// Whether a member sees all requests of the customer or their own only.
fn sees_all(member: &Member) -> bool {
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
