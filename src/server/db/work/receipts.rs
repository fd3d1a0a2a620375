//! Receipts as they were issued, and members' objections to them.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::interventions::small;
use crate::server::db::{
    DbError, Tx,
    line::catalogue::{natural, unknown},
};
use crate::{
    model::{
        base::{
            ids::{ContestId, CustomerId, InterventionId, MemberId, RequestId, SegmentId, StaffId},
            money::Money,
            numbers::InterventionRef,
        },
        work::{
            pages::ReceiptSummary,
            receipts::{Contest, ContestCase, ContestState, Receipt},
        },
    },
    server::auth::Member,
};

/// What stands on a receipt beside the intervention's own: who ordered what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The customer's name.
    pub customer: String,
    /// The customer's IČO.
    pub ico: String,
    /// The program.
    pub program: String,
    /// The kind of work.
    pub work_type: String,
    /// Who ordered it.
    pub ordered_by: String,
    /// That member.
    pub member: MemberId,
}

/// The heading of a request's receipts.
///
/// # Errors
/// When the database fails.
pub async fn heading(tx: &mut Tx, request: RequestId) -> Result<Heading, DbError> {
    let row = sqlx::query!(
        "select c.name as customer, c.ico, p.name as program, w.name as work_type, m.name as ordered_by, m.id as member
         from service_request r
         join customer c on c.id = r.customer_id
         join program p on p.id = r.program_id
         join work_type w on w.id = r.work_type_id
         join member m on m.id = r.member_id
         where r.id = $1",
        request.0
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(Heading {
        customer: row.customer,
        ico: row.ico,
        program: row.program,
        work_type: row.work_type,
        ordered_by: row.ordered_by,
        member: MemberId(row.member),
    })
}

/// The number of the latest version; 0 before the first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn latest_version(tx: &mut Tx, intervention: InterventionId) -> Result<u32, DbError> {
    let version = sqlx::query_scalar!("select max(version) from receipt where intervention_id = $1", intervention.0)
        .fetch_one(&mut **tx)
        .await?;
    natural("receipt.version", version.unwrap_or(0))
}

/// Whether the form with this key has issued a receipt already.
///
/// # Errors
/// When the database fails.
pub async fn is_issued(tx: &mut Tx, key: Uuid) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(r#"select exists (select 1 from receipt where key = $1) as "issued!""#, key)
        .fetch_one(&mut **tx)
        .await?)
}

/// Issues a version of a receipt.
///
/// # Errors
/// When the database fails, or the sums do not add up.
pub async fn issue(
    tx: &mut Tx,
    customer: CustomerId,
    intervention: InterventionId,
    receipt: &Receipt,
    key: Uuid,
) -> Result<(), DbError> {
    let over = receipt.remainder.map_or(0, |remainder| remainder.minutes);
    let price = receipt.remainder.map_or(Money::ZERO, |remainder| remainder.price);
    sqlx::query!(
        "insert into receipt (intervention_id, version, customer_id, at, rule_version, billed_minutes, from_grants,
                              over_minutes, amount, content, key)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        intervention.0,
        small(receipt.version)?,
        customer.0,
        receipt.issued_at,
        i32::from(receipt.rule_version),
        small(receipt.bill.billed)?,
        small(receipt.draws.iter().map(|draw| draw.minutes).sum())?,
        small(over)?,
        price.haler(),
        serde_json::to_value(receipt).map_err(|error| sqlx::Error::Encode(error.into()))?,
        key
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// An intervention that has been closed, as far as its receipt's page needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Which.
    pub intervention: InterventionId,
    /// Of which request.
    pub request: RequestId,
}

/// An intervention by its name for people; `member` restricts it to those that this member may see.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, name: InterventionRef, member: Option<&Member>) -> Result<Option<Found>, DbError> {
    let sees_all = member.is_none_or(|member| {
        use crate::model::people::members::Capability;
        member.may(Capability::SeeAll) || member.may(Capability::SeeBilling)
    });
    // No intervention has a number that the database cannot hold.
    let Ok(ordinal) = i32::try_from(name.ordinal) else {
        return Ok(None);
    };
    let row = sqlx::query!(
        "select i.id, i.request_id
         from intervention i join service_request r on r.id = i.request_id
         where r.number = $1 and i.ordinal = $2 and ($3::bigint is null or i.customer_id = $3)
           and ($4 or r.member_id = $5)",
        name.number.to_string(),
        ordinal,
        member.map(|member| member.customer().0),
        sees_all,
        member.map(|member| member.id().0)
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| Found { intervention: InterventionId(row.id), request: RequestId(row.request_id) }))
}

/// All versions of a receipt, the latest first.
///
/// # Errors
/// When the database fails or holds a receipt that cannot be read.
pub async fn versions(tx: &mut Tx, intervention: InterventionId) -> Result<Vec<Receipt>, DbError> {
    sqlx::query_scalar!("select content from receipt where intervention_id = $1 order by version desc", intervention.0)
        .fetch_all(&mut **tx)
        .await?
        .into_iter()
        .map(read)
        .collect()
}

/// The interventions of a request that have a receipt, in order.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn of_request(tx: &mut Tx, request: RequestId) -> Result<Vec<ReceiptSummary>, DbError> {
    sqlx::query!(
        r#"select r.number as "number!", i.ordinal, i.closed_at as "closed_at!", v.billed_minutes, i.report
           from intervention i
           join service_request r on r.id = i.request_id
           join lateral (
               select billed_minutes from receipt where intervention_id = i.id order by version desc limit 1) v on true
           where i.request_id = $1 order by i.ordinal"#,
        request.0
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        Ok(ReceiptSummary {
            intervention: InterventionRef {
                number: crate::server::db::ordering::appointments::number(&row.number)?,
                ordinal: natural("intervention.ordinal", row.ordinal)?,
            },
            closed_at: row.closed_at,
            billed: natural("receipt.billed_minutes", row.billed_minutes)?,
            report: row.report,
        })
    })
    .collect()
}

/// The objections to an intervention, the oldest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn contests(tx: &mut Tx, intervention: InterventionId) -> Result<Vec<Contest>, DbError> {
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
pub async fn open_contests(tx: &mut Tx) -> Result<Vec<ContestCase>, DbError> {
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
        Ok(ContestCase { contest, receipt: read(row.content)? })
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
pub async fn lock_contest(tx: &mut Tx, id: ContestId) -> Result<Option<(InterventionId, Contest)>, DbError> {
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
pub async fn add_contest(
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

fn read(content: serde_json::Value) -> Result<Receipt, DbError> {
    serde_json::from_value(content).map_err(|error| unknown("receipt.content", error))
}
