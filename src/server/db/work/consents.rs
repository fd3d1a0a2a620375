//! Questions for consent to go on above the ceiling, and their answers.

use chrono::{DateTime, Utc};

use super::interventions::InterventionRow;

use crate::{
    model::{
        base::ids::{InterventionId, MemberId},
        work::ceiling::{Consent, ConsentAnswer},
    },
    server::db::{
        DbError, Tx,
        line::catalogue::{natural, small},
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
        small(ceiling)?
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// The latest question of an intervention.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn latest(tx: &mut Tx, intervention: InterventionId) -> Result<Option<Consent>, DbError> {
    sqlx::query!(
        r#"select q.asked_at, q.ceiling_minutes, q.answered_at, m.name as "by?", q.agreed, q.new_ceiling
           from ceiling_consent q left join member m on m.id = q.member_id
           where q.intervention_id = $1 order by q.id desc limit 1"#,
        intervention.0
    )
    .fetch_optional(&mut **tx)
    .await?
    .map(|row| {
        let answer = match (row.answered_at, row.by, row.agreed) {
            (Some(at), Some(by), Some(agreed)) => Some(ConsentAnswer {
                at,
                by,
                agreed,
                new_ceiling: row
                    .new_ceiling
                    .map(|minutes| natural("ceiling_consent.new_ceiling", minutes))
                    .transpose()?,
            }),
            _ => None,
        };
        Ok(Consent {
            asked_at: row.asked_at,
            ceiling_minutes: natural("ceiling_consent.ceiling_minutes", row.ceiling_minutes)?,
            answer,
        })
    })
    .transpose()
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
        new_ceiling.map(small).transpose()?
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}
