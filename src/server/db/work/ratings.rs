//! What customers say of the work when it is done.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            ids::{CustomerId, InterventionId, MemberId, RequestId},
            numbers::{InterventionRef, RequestNumber},
        },
        work::ratings::{Feedback, Rating},
    },
    server::db::{
        DbError, Tx,
        codec::{Natural, integer},
    },
};

/// A link that goes with a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewLink {
    /// Which.
    pub id: Uuid,
    /// What it is about.
    pub intervention: InterventionId,
    /// Of which receipt the mail tells.
    pub version: u32,
    /// Who gets the mail.
    pub member: MemberId,
    /// Until when it is good.
    pub expires_at: DateTime<Utc>,
}

/// Makes a link good.
///
/// # Errors
/// When the database fails.
pub async fn add_link(tx: &mut Tx, link: &NewLink) -> Result<(), DbError> {
    sqlx::query!(
        "insert into rating_link (id, customer_id, intervention_id, version, member_id, expires_at)
         select $1, i.customer_id, i.id, $3, $4, $5 from intervention i where i.id = $2",
        link.id,
        link.intervention.0,
        integer(link.version)?,
        link.member.0,
        link.expires_at
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What a link is about, and what was said by now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedWork {
    /// Which intervention.
    pub id: InterventionId,
    /// Whose.
    pub customer: CustomerId,
    /// Who got the mail.
    pub member: MemberId,
    /// Of which receipt it told.
    pub version: u32,
    /// Until when the link is good.
    pub expires_at: DateTime<Utc>,
    /// The intervention, as people name it.
    pub intervention: InterventionRef,
    /// The program.
    pub program: Bilingual,
    /// The kind of work.
    pub work_type: Bilingual,
    /// When the receipt was issued.
    pub closed_at: DateTime<Utc>,
    /// What it bills.
    pub billed: u32,
    /// What was said of the intervention.
    pub rating: Option<Rating>,
    /// When somebody agreed to that receipt.
    pub agreed_at: Option<DateTime<Utc>>,
}

/// What a link is about; for the system.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn find(tx: &mut Tx, link: Uuid) -> Result<Option<LinkedWork>, DbError> {
    let row = sqlx::query!(
        r#"select i.id as "id: InterventionId", l.customer_id as "customer: CustomerId", l.member_id as "member: MemberId",
                  l.version as "version: Natural", l.expires_at, q.number as "number!: RequestNumber",
                  i.ordinal as "ordinal: Natural", array[p.name, p.name_en] as "program!: Bilingual",
                  array[w.name, w.name_en] as "work_type!: Bilingual", c.at, c.billed_minutes as "billed: Natural",
                  g.score as "score?: Natural", g.words as "words?", a.at as "agreed_at?"
           from rating_link l
           join member m on m.id = l.member_id and m.active
           join intervention i on i.id = l.intervention_id
           join service_request q on q.id = i.request_id
           join program p on p.id = q.program_id
           join work_type w on w.id = q.work_type_id
           join receipt c on c.intervention_id = l.intervention_id and c.version = l.version
           left join rating g on g.intervention_id = l.intervention_id
           left join receipt_agreement a on a.intervention_id = l.intervention_id and a.version = l.version
           where l.id = $1"#,
        link
    );
    Ok(row.fetch_optional(&mut **tx).await?.map(|row| LinkedWork {
        id: row.id,
        customer: row.customer,
        member: row.member,
        version: row.version.into(),
        expires_at: row.expires_at,
        intervention: InterventionRef { number: row.number, ordinal: row.ordinal.into() },
        program: row.program,
        work_type: row.work_type,
        closed_at: row.at,
        billed: row.billed.into(),
        rating: row.score.zip(row.words).map(|(score, words)| Rating { score: score.into(), words }),
        agreed_at: row.agreed_at,
    }))
}

/// Keeps what was said of an intervention; false where something was said before.
///
/// # Errors
/// When the database fails.
pub async fn add(tx: &mut Tx, work: &LinkedWork, rating: &Rating, now: DateTime<Utc>) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "insert into rating (intervention_id, customer_id, member_id, at, score, words) values ($1, $2, $3, $4, $5, $6)
         on conflict (intervention_id) do nothing",
        work.id.0,
        work.customer.0,
        work.member.0,
        now,
        integer(rating.score)?,
        rating.words
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes that somebody agrees to what a receipt bills; once is enough.
///
/// # Errors
/// When the database fails.
pub async fn agree(tx: &mut Tx, work: &LinkedWork, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "insert into receipt_agreement (intervention_id, version, customer_id, member_id, at) values ($1, $2, $3, $4, $5)
         on conflict (intervention_id, version) do nothing",
        work.id.0,
        integer(work.version)?,
        work.customer.0,
        work.member.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What was said of the interventions of a request.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn of_request(tx: &mut Tx, request: RequestId) -> Result<Vec<Feedback>, DbError> {
    let rows = sqlx::query!(
        r#"select q.number as "number!: RequestNumber", i.ordinal as "ordinal: Natural",
                  g.score as "score?: Natural", g.words as "words?", a.at as "agreed_at?"
           from intervention i
           join service_request q on q.id = i.request_id
           left join rating g on g.intervention_id = i.id
           left join receipt_agreement a on a.intervention_id = i.id
               and a.version = (select max(c.version) from receipt c where c.intervention_id = i.id)
           where i.request_id = $1 and (g.score is not null or a.at is not null)
           order by i.ordinal"#,
        request.0
    );
    let feedback = rows.fetch_all(&mut **tx).await?.into_iter().map(|row| Feedback {
        intervention: InterventionRef { number: row.number, ordinal: row.ordinal.into() },
        rating: row.score.zip(row.words).map(|(score, words)| Rating { score: score.into(), words }),
        agreed_at: row.agreed_at,
    });
    Ok(feedback.collect())
}
