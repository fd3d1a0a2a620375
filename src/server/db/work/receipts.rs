//! Receipts as they were issued, and members' objections to them.

use chrono::{DateTime, Utc};
use sqlx::types::Json;
use uuid::Uuid;

use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            ids::{CustomerId, InterventionId, MemberId, RequestId},
            money::Money,
            numbers::{InterventionRef, RequestNumber},
        },
        work::{pages::ReceiptSummary, receipts::Receipt},
    },
    server::{
        auth::Member,
        db::{
            DbError, Tx,
            codec::{Natural, integer},
        },
    },
};

/// What stands on a receipt beside the intervention's own: who ordered what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The customer's name.
    pub customer: String,
    /// The customer's IČO.
    pub ico: String,
    /// The program.
    pub program: Bilingual,
    /// The kind of work.
    pub work_type: Bilingual,
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
    Ok(sqlx::query_as!(
        Heading,
        r#"select c.name as customer, coalesce(c.ico, '') as "ico!", array[p.name, p.name_en] as "program!: Bilingual", array[w.name, w.name_en] as "work_type!: Bilingual", m.name as ordered_by,
                  m.id as "member: MemberId"
           from service_request r
           join customer c on c.id = r.customer_id
           join program p on p.id = r.program_id
           join work_type w on w.id = r.work_type_id
           join member m on m.id = r.member_id
           where r.id = $1"#,
        request.0
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// The number of the latest version; 0 before the first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn latest_version(tx: &mut Tx, intervention: InterventionId) -> Result<u32, DbError> {
    let version = sqlx::query_scalar!(
        r#"select coalesce(max(version), 0) as "version!: Natural" from receipt where intervention_id = $1"#,
        intervention.0
    );
    Ok(version.fetch_one(&mut **tx).await?.into())
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
        integer(receipt.version)?,
        customer.0,
        receipt.issued_at,
        i32::from(receipt.rule_version),
        integer(receipt.bill.billed)?,
        integer(receipt.draws.iter().map(|draw| draw.minutes).sum::<u32>())?,
        integer(over)?,
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
    Ok(sqlx::query_as!(
        Found,
        r#"select i.id as "intervention: InterventionId", i.request_id as "request: RequestId"
           from intervention i join service_request r on r.id = i.request_id
           where r.number = $1 and i.ordinal = $2 and ($3::bigint is null or i.customer_id = $3)
             and ($4 or r.member_id = $5)"#,
        name.number.to_string(),
        ordinal,
        member.map(|member| member.customer().0),
        sees_all,
        member.map(|member| member.id().0)
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Which file of which receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileOf {
    /// The intervention.
    pub intervention: InterventionRef,
    /// The version of its receipt.
    pub version: u32,
    /// The code of the language.
    pub language: &'static str,
}

/// The PDF of a receipt as it was typeset; none when it never was, or from something else.
///
/// # Errors
/// When the database fails.
pub async fn kept_file(tx: &mut Tx, file: FileOf, made_from: &[u8; 32]) -> Result<Option<Vec<u8>>, DbError> {
    Ok(sqlx::query_scalar!(
        "select f.content from receipt_file f
         join intervention i on i.id = f.intervention_id join service_request r on r.id = i.request_id
         where r.number = $1 and i.ordinal = $2 and f.version = $3 and f.language = $4 and f.made_from = $5",
        file.intervention.number.to_string(),
        integer(file.intervention.ordinal)?,
        integer(file.version)?,
        file.language,
        &made_from[..]
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Keeps the PDF of a receipt in place of one that was made from something else.
///
/// # Errors
/// When the database fails.
pub async fn keep_file(
    tx: &mut Tx,
    file: FileOf,
    made_from: &[u8; 32],
    content: &[u8],
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into receipt_file as f (intervention_id, version, language, customer_id, made_from, content, made_at)
         select i.id, $3, $4, i.customer_id, $5, $6, $7
         from intervention i join service_request r on r.id = i.request_id where r.number = $1 and i.ordinal = $2
         on conflict (intervention_id, version, language) do update
             set made_from = excluded.made_from, content = excluded.content, made_at = excluded.made_at
             where f.made_from <> excluded.made_from",
        file.intervention.number.to_string(),
        integer(file.intervention.ordinal)?,
        integer(file.version)?,
        file.language,
        &made_from[..],
        content,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// All versions of a receipt, the latest first.
///
/// # Errors
/// When the database fails or holds a receipt that cannot be read.
pub async fn versions(tx: &mut Tx, intervention: InterventionId) -> Result<Vec<Receipt>, DbError> {
    let versions = sqlx::query_scalar!(
        r#"select content as "receipt: Json<Receipt>" from receipt where intervention_id = $1 order by version desc"#,
        intervention.0
    );
    Ok(versions.fetch_all(&mut **tx).await?.into_iter().map(|receipt| receipt.0).collect())
}

/// The interventions of a request that have a receipt, in order.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn of_request(tx: &mut Tx, request: RequestId) -> Result<Vec<ReceiptSummary>, DbError> {
    let found = sqlx::query!(
        r#"select r.number as "number!: RequestNumber", i.ordinal as "ordinal: Natural", i.closed_at as "closed_at!",
                  v.billed_minutes as "billed: Natural", i.report
           from intervention i
           join service_request r on r.id = i.request_id
           join lateral (
               select billed_minutes from receipt where intervention_id = i.id order by version desc limit 1) v on true
           where i.request_id = $1 order by i.ordinal"#,
        request.0
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(found
        .into_iter()
        .map(|row| ReceiptSummary {
            intervention: InterventionRef { number: row.number, ordinal: row.ordinal.into() },
            closed_at: row.closed_at,
            billed: row.billed.into(),
            report: row.report,
        })
        .collect())
}
