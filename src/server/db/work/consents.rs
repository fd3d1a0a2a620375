//! Questions for consent to go on above the ceiling, and their answers.

use chrono::{DateTime, Utc};

use super::interventions::InterventionRow;

use crate::{
    model::{
        base::ids::{InterventionId, MemberId, StaffId},
        work::ceiling::{Consent, ConsentAnswer, SpokenAnswer},
    },
    server::db::{
        DbError, Tx,
        codec::{Natural, integer},
    },
};

/// Asks the customer for consent to go on above the ceiling and tells the question's key; none when one is open already.
///
/// # Errors
/// When the database fails.
pub async fn ask(
    tx: &mut Tx,
    intervention: &InterventionRow,
    ceiling: u32,
    at: DateTime<Utc>,
) -> Result<Option<i64>, DbError> {
    Ok(sqlx::query_scalar!(
        "insert into ceiling_consent (customer_id, intervention_id, asked_at, ceiling_minutes)
         values ($1, $2, $3, $4) on conflict do nothing returning id",
        intervention.customer.0,
        intervention.id.0,
        at,
        integer(ceiling)?
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// The latest question of an intervention.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn latest(tx: &mut Tx, intervention: InterventionId) -> Result<Option<Consent>, DbError> {
    Ok(of_intervention(tx, intervention).await?.pop())
}

/// Every question of an intervention with its answer, in the order in which they were asked.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn of_intervention(tx: &mut Tx, intervention: InterventionId) -> Result<Vec<Consent>, DbError> {
    let found = sqlx::query!(
        r#"select q.asked_at, q.ceiling_minutes as "ceiling_minutes: Natural", q.answered_at,
                  coalesce(m.name, q.said_by) as by, q.agreed, q.new_ceiling as "new_ceiling: Natural", q.said_at, q.words
           from ceiling_consent q left join member m on m.id = q.member_id
           where q.intervention_id = $1 order by q.id"#,
        intervention.0
    )
    .fetch_all(&mut **tx)
    .await?;
    let consents = found.into_iter().map(|row| {
        let answer = match (row.answered_at, row.by, row.agreed) {
            (Some(at), Some(by), Some(agreed)) => {
                let spoken = row.said_at.zip(row.words).map(|(at, words)| SpokenAnswer { at, words });
                Some(ConsentAnswer { at, by, spoken, agreed, new_ceiling: row.new_ceiling.map(u32::from) })
            }
            _ => None,
        };
        Consent { asked_at: row.asked_at, ceiling_minutes: row.ceiling_minutes.into(), answer }
    });
    Ok(consents.collect())
}

/// Writes down the answer to the open question; false when there is none. The database raises or lifts the ceiling with it.
///
/// # Errors
/// When the database fails.
pub async fn answer(
    tx: &mut Tx,
    intervention: InterventionId,
    member: MemberId,
    at: DateTime<Utc>,
    agreed: bool,
    new_ceiling: Option<u32>,
) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "update ceiling_consent set answered_at = $2, member_id = $3, agreed = $4, new_ceiling = $5
         where intervention_id = $1 and answered_at is null",
        intervention.0,
        at,
        member.0,
        agreed,
        new_ceiling.map(integer).transpose()?
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// An answer that was given on the telephone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeardAnswer {
    /// Whether the work may go on.
    pub agreed: bool,
    /// Up to how many minutes; none with `agreed` for no limit.
    pub new_ceiling: Option<u32>,
    /// Who said it.
    pub said_by: String,
    /// When.
    pub said_at: DateTime<Utc>,
    /// In which words.
    pub words: String,
}

/// Writes down an answer to the open question that staff heard on the telephone; false when there is none open.
///
/// # Errors
/// When the database fails.
pub async fn record(
    tx: &mut Tx,
    intervention: InterventionId,
    staff: StaffId,
    at: DateTime<Utc>,
    heard: &HeardAnswer,
) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "update ceiling_consent
         set answered_at = $2, staff_id = $3, agreed = $4, new_ceiling = $5, said_by = $6, said_at = $7, words = $8
         where intervention_id = $1 and answered_at is null",
        intervention.0,
        at,
        staff.0,
        heard.agreed,
        heard.new_ceiling.map(integer).transpose()?,
        heard.said_by,
        heard.said_at,
        heard.words
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Who works on an intervention, and whether that clock runs.
///
/// # Errors
/// When the database fails.
pub async fn worker(tx: &mut Tx, intervention: InterventionId) -> Result<Option<(StaffId, bool)>, DbError> {
    let found = sqlx::query!(
        r#"select technician_id as "technician: StaffId", ended_at is null as "runs!" from time_segment
           where intervention_id = $1 order by started_at desc, id desc limit 1"#,
        intervention.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.map(|row| (row.technician, row.runs)))
}

/// Who of the vendor's people wrote the latest answer down; staff only are told.
///
/// # Errors
/// When the database fails.
pub async fn heard_by(tx: &mut Tx, intervention: InterventionId) -> Result<Option<String>, DbError> {
    Ok(sqlx::query_scalar!(
        "select t.name from ceiling_consent q join staff t on t.id = q.staff_id
         where q.intervention_id = $1 order by q.id desc limit 1",
        intervention.0
    )
    .fetch_optional(&mut **tx)
    .await?)
}
