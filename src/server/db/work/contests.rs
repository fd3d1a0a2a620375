//! Objections to a segment of a receipt.

use chrono::{DateTime, Utc};

use sqlx::types::Json;

use crate::{
    model::{
        base::{
            ids::{ContestId, InterventionId, SegmentId, StaffId},
            paging::Queue,
        },
        work::{
            contests::{Contest, ContestState},
            pages::ContestCase,
            receipts::Receipt,
        },
    },
    server::{
        auth::Member,
        db::{DbError, Tx, codec::Natural},
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
                      c.state as "state: ContestState", c.decided_at, c.answer
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

/// Objections that wait for a decision, the oldest first, each with the receipt as it stands.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn open(tx: &mut Tx, at_most: i64) -> Result<Queue<ContestCase>, DbError> {
    let found = sqlx::query!(
        r#"select c.id as "id: ContestId", c.segment_id as "segment: SegmentId", m.name as by, c.at, c.reason,
                  c.state as "state: ContestState", c.decided_at, c.answer, v.content as "receipt: Json<Receipt>",
                  count(*) over () as "total!: Natural"
           from contest c
           join member m on m.id = c.member_id
           join lateral (
               select content from receipt where intervention_id = c.intervention_id order by version desc limit 1) v on true
           where c.state = 'open' order by c.at, c.id limit $1"#,
        at_most
    )
    .fetch_all(&mut **tx)
    .await?;
    let total = found.first().map_or(0, |row| row.total.into());
    let rows = found
        .into_iter()
        .map(|row| ContestCase {
            contest: Contest {
                id: row.id,
                segment: row.segment,
                by: row.by,
                at: row.at,
                reason: row.reason,
                state: row.state,
                decided_at: row.decided_at,
                answer: row.answer,
            },
            receipt: row.receipt.0,
        })
        .collect();
    Ok(Queue { rows, total })
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
