//! Objections to a segment of a receipt.

use chrono::{DateTime, Utc};

use super::receipts;
use crate::{
    model::{
        base::ids::{ContestId, InterventionId, SegmentId, StaffId},
        work::{
            contests::{Contest, ContestState},
            pages::ContestCase,
        },
    },
    server::{
        auth::Member,
        db::{DbError, Tx, line::catalogue::unknown},
    },
};

/// The objections to an intervention, the oldest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn of_intervention(tx: &mut Tx, intervention: InterventionId) -> Result<Vec<Contest>, DbError> {
    sqlx::query_as!(
        ContestRow,
        "select c.id, c.intervention_id, c.segment_id, m.name as by, c.at, c.reason, c.state, c.decided_at, c.answer
         from contest c join member m on m.id = c.member_id
         where c.intervention_id = $1 order by c.at, c.id",
        intervention.0
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| Ok(row.into_contest()?.1))
    .collect()
}

/// Objections that wait for a decision, the oldest first, each with the receipt as it stands.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn open(tx: &mut Tx) -> Result<Vec<ContestCase>, DbError> {
    sqlx::query!(
        "select c.id, c.segment_id, m.name as by, c.at, c.reason, c.state, c.decided_at, c.answer, v.content
         from contest c
         join member m on m.id = c.member_id
         join lateral (
             select content from receipt where intervention_id = c.intervention_id order by version desc limit 1) v on true
         where c.state = 'open' order by c.at, c.id limit 100"
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        let contest = Contest {
            id: ContestId(row.id),
            segment: SegmentId(row.segment_id),
            by: row.by,
            at: row.at,
            reason: row.reason,
            state: state(row.state)?,
            decided_at: row.decided_at,
            answer: row.answer,
        };
        Ok(ContestCase { contest, receipt: receipts::read(row.content)? })
    })
    .collect()
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
    sqlx::query_as!(
        ContestRow,
        "select c.id, c.intervention_id, c.segment_id, m.name as by, c.at, c.reason, c.state, c.decided_at, c.answer
         from contest c join member m on m.id = c.member_id
         where c.id = $1 for update of c",
        id.0
    )
    .fetch_optional(&mut **tx)
    .await?
    .map(ContestRow::into_contest)
    .transpose()
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
    state: ContestState,
    by: StaffId,
    at: DateTime<Utc>,
    answer: &str,
) -> Result<(), DbError> {
    sqlx::query!(
        "update contest set state = $2, staff_id = $3, decided_at = $4, answer = $5 where id = $1 and state = 'open'",
        contest.0,
        state.code(),
        by.0,
        at,
        answer
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

struct ContestRow {
    id: i64,
    intervention_id: i64,
    segment_id: i64,
    by: String,
    at: DateTime<Utc>,
    reason: String,
    state: String,
    decided_at: Option<DateTime<Utc>>,
    answer: String,
}

impl ContestRow {
    fn into_contest(self) -> Result<(InterventionId, Contest), DbError> {
        let contest = Contest {
            id: ContestId(self.id),
            segment: SegmentId(self.segment_id),
            by: self.by,
            at: self.at,
            reason: self.reason,
            state: state(self.state)?,
            decided_at: self.decided_at,
            answer: self.answer,
        };
        Ok((InterventionId(self.intervention_id), contest))
    }
}

fn state(code: String) -> Result<ContestState, DbError> {
    ContestState::from_code(&code).ok_or_else(|| unknown("contest.state", code))
}
