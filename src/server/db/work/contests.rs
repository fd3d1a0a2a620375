//! Objections to a segment of a receipt.

use chrono::{DateTime, Utc};

use sqlx::types::Json;

use crate::{
    model::{
        base::{
            ids::{ContestId, InterventionId, SegmentId, StaffId},
            numbers::{InterventionRef, RequestNumber},
            paging::{Page, Queue},
        },
        work::{
            contests::{Contest, ContestDecision, ContestRemark, ContestState},
            pages::{ContestCase, DecidedContest},
            receipts::Receipt,
        },
    },
    server::{
        auth::Member,
        db::{
            DbError, Tx,
            codec::{Natural, integer},
            paging::{limit, queue},
        },
    },
};

struct ContestRow {
    id: ContestId,
    intervention: InterventionId,
    segment: SegmentId,
    by: String,
    at: DateTime<Utc>,
    reason: String,
    state: ContestState,
    accepted_minutes: Option<Natural>,
    decided_at: Option<DateTime<Utc>>,
    answer: String,
}

impl ContestRow {
    fn into_contest(self) -> (InterventionId, Contest) {
        let contest = Contest {
            id: self.id,
            segment: self.segment,
            by: self.by,
            at: self.at,
            reason: self.reason,
            state: self.state,
            accepted_minutes: self.accepted_minutes.map(u32::from),
            decided_at: self.decided_at,
            answer: self.answer,
        };
        (self.intervention, contest)
    }
}

/// Selects objections; what follows the macro's text says which.
macro_rules! select_contests {
    ($condition:literal, $argument:expr) => {
        sqlx::query_as!(
            ContestRow,
            r#"select c.id as "id: ContestId", c.intervention_id as "intervention: InterventionId",
                      c.segment_id as "segment: SegmentId", m.name as by, c.at, c.reason,
                      c.state as "state: ContestState", c.accepted_minutes as "accepted_minutes: Natural", c.decided_at,
                      c.answer
               from contest c join member m on m.id = c.member_id "#
                + $condition,
            $argument
        )
    };
}

/// The objections to an intervention, the oldest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn of_intervention(tx: &mut Tx, intervention: InterventionId) -> Result<Vec<Contest>, DbError> {
    let found = select_contests!("where c.intervention_id = $1 order by c.at, c.id", intervention.0);
    Ok(found.fetch_all(&mut **tx).await?.into_iter().map(|row| row.into_contest().1).collect())
}

/// Objections that wait for a decision, the oldest first, each with the receipt as it stands: all of them, or those to one
/// technician's segments.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn open(tx: &mut Tx, technician: Option<StaffId>, at_most: i64) -> Result<Queue<ContestCase>, DbError> {
    let found = sqlx::query!(
        r#"select c.id as "id: ContestId", c.segment_id as "segment: SegmentId", m.name as by, c.at, c.reason,
                  c.decided_at, c.answer, v.content as "receipt: Json<Receipt>", t.name as "remark_by?",
                  k.at as "remark_at?", k.remark as "remark?", count(*) over () as "total!: Natural"
           from contest c
           join member m on m.id = c.member_id
           left join contest_remark k on k.contest_id = c.id
           left join staff t on t.id = k.staff_id
           join lateral (
               select content from receipt where intervention_id = c.intervention_id order by version desc limit 1) v on true
           where c.state = 'open'
             and ($2::bigint is null or exists (select 1 from time_segment s
                                                where s.id = c.segment_id and s.technician_id = $2))
           order by c.at, c.id limit $1"#,
        at_most,
        technician.map(|id| id.0)
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(queue(
        found,
        |row| row.total,
        |row| ContestCase {
            contest: Contest {
                id: row.id,
                segment: row.segment,
                by: row.by,
                at: row.at,
                reason: row.reason,
                state: ContestState::Open,
                accepted_minutes: None,
                decided_at: row.decided_at,
                answer: row.answer,
            },
            receipt: row.receipt.0,
            remark: row.remark_by.zip(row.remark_at).zip(row.remark).map(|((by, at), remark)| ContestRemark {
                by,
                at,
                remark,
            }),
        },
    ))
}

/// Locks the request that an objection is about, until the transaction ends.
///
/// # Errors
/// When the database fails.
pub async fn lock_request_of(tx: &mut Tx, contest: ContestId) -> Result<(), DbError> {
    sqlx::query!(
        "select r.id from service_request r
         join intervention i on i.request_id = r.id join contest c on c.intervention_id = i.id
         where c.id = $1 for update of r",
        contest.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(())
}

/// Locks an objection until the transaction ends.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn lock(tx: &mut Tx, id: ContestId) -> Result<Option<(InterventionId, Contest)>, DbError> {
    let found = select_contests!("where c.id = $1 for update of c", id.0).fetch_optional(&mut **tx).await?;
    Ok(found.map(ContestRow::into_contest))
}

/// Writes down an objection; false when there is one to the segment already.
///
/// # Errors
/// When the database fails.
pub async fn add(
    tx: &mut Tx,
    member: &Member,
    intervention: InterventionId,
    segment: SegmentId,
    at: DateTime<Utc>,
    reason: &str,
) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "insert into contest (customer_id, intervention_id, segment_id, member_id, at, reason)
         values ($1, $2, $3, $4, $5, $6) on conflict (segment_id) do nothing",
        member.customer().0,
        intervention.0,
        segment.0,
        member.id().0,
        at,
        reason
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes down what was decided about an objection.
///
/// # Errors
/// When the database fails.
pub async fn decide(
    tx: &mut Tx,
    contest: ContestId,
    decision: ContestDecision,
    by: StaffId,
    at: DateTime<Utc>,
    answer: &str,
) -> Result<(), DbError> {
    let (state, minutes) = decision.outcome();
    sqlx::query!(
        "update contest set state = $2, staff_id = $3, decided_at = $4, answer = $5, accepted_minutes = $6
         where id = $1 and state = 'open'",
        contest.0,
        state.code(),
        by.0,
        at,
        answer,
        minutes.map(integer).transpose()?
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Whose segment an objection is about.
///
/// # Errors
/// When the database fails.
pub async fn technician_of(tx: &mut Tx, contest: ContestId) -> Result<Option<StaffId>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select s.technician_id as "technician: StaffId"
           from contest c join time_segment s on s.id = c.segment_id where c.id = $1"#,
        contest.0
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Writes down what the technician says of an objection; false when that was said already.
///
/// # Errors
/// When the database fails.
pub async fn remark(
    tx: &mut Tx,
    contest: ContestId,
    by: StaffId,
    at: DateTime<Utc>,
    remark: &str,
) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "insert into contest_remark (contest_id, customer_id, staff_id, at, remark)
         select id, customer_id, $2, $3, $4 from contest where id = $1 on conflict (contest_id) do nothing",
        contest.0,
        by.0,
        at,
        remark
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What the technician said of an objection.
///
/// # Errors
/// When the database fails.
pub async fn remark_on(tx: &mut Tx, contest: ContestId) -> Result<Option<String>, DbError> {
    Ok(sqlx::query_scalar!("select remark from contest_remark where contest_id = $1", contest.0)
        .fetch_optional(&mut **tx)
        .await?)
}

/// A page of the objections that were decided, the latest first: all of them, or those of a request or of the customers whose
/// names hold what is searched for.
///
/// * `after` – the last one of the page before
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn decided(
    tx: &mut Tx,
    search: &str,
    after: Option<ContestId>,
    size: usize,
) -> Result<Page<DecidedContest, ContestId>, DbError> {
    let found = sqlx::query!(
        r#"select c.id as "id: ContestId", u.name as customer, r.number as "number!: RequestNumber",
                  i.ordinal as "ordinal: Natural", c.state as "state: ContestState",
                  c.accepted_minutes as "accepted_minutes: Natural", c.reason, c.decided_at as "decided_at!",
                  t.name as decided_by, c.answer
           from contest c
           join intervention i on i.id = c.intervention_id
           join service_request r on r.id = i.request_id
           join customer u on u.id = c.customer_id
           join staff t on t.id = c.staff_id
           where c.state <> 'open'
             and ($1 = '' or position($1 in r.number) > 0 or position(searchable($1) in searchable(u.name)) > 0)
             and ($2::bigint is null
                  or (c.decided_at, c.id) < (select l.decided_at, l.id from contest l where l.id = $2))
           order by c.decided_at desc, c.id desc limit $3"#,
        search,
        after.map(|id| id.0),
        limit(size)
    )
    .fetch_all(&mut **tx)
    .await?;
    let page = Page::of(found, size, |last| last.id);
    Ok(page.map(|row| DecidedContest {
        id: row.id,
        customer: row.customer,
        intervention: InterventionRef { number: row.number, ordinal: row.ordinal.into() },
        state: row.state,
        accepted_minutes: row.accepted_minutes.map(u32::from),
        reason: row.reason,
        decided_at: row.decided_at,
        decided_by: row.decided_by,
        answer: row.answer,
    }))
}

/// The objection to a segment, and whose segment it is.
///
/// # Errors
/// When the database fails.
pub async fn on_segment(tx: &mut Tx, segment: SegmentId) -> Result<Option<(ContestId, StaffId)>, DbError> {
    let found = sqlx::query!(
        r#"select c.id as "id: ContestId", s.technician_id as "technician: StaffId"
           from contest c join time_segment s on s.id = c.segment_id where c.segment_id = $1"#,
        segment.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.map(|row| (row.id, row.technician)))
}
