//! Links by which programs open orders.

use chrono::{DateTime, Utc};

use crate::{
    model::base::ids::{ApiTokenId, CustomerId, ProgramId, RequestId},
    server::{
        auth::tokens::TokenHash,
        db::{DbError, Tx},
    },
};

/// A token by which a link may be signed.
pub struct SigningToken {
    /// Which one it is.
    pub id: ApiTokenId,
    /// Whose.
    pub customer: CustomerId,
    /// For which program.
    pub program: ProgramId,
    /// What is kept of it, which its program can compute, too.
    pub hash: TokenHash,
    /// Whether its customer trusts it to say who sits there.
    pub vouches: bool,
}

/// The good tokens that begin so and may order.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn signing(tx: &mut Tx, prefix: &str) -> Result<Vec<SigningToken>, DbError> {
    let rows = sqlx::query!(
        r#"select t.id as "id: ApiTokenId", t.customer_id as "customer: CustomerId", t.program_id as "program: ProgramId",
                  t.token_hash, t.vouches
           from api_token t
           join licence l on l.customer_id = t.customer_id and l.program_id = t.program_id
           join customer c on c.id = t.customer_id and c.active
           where t.prefix = $1 and t.revoked_at is null and 'order' = any (t.scopes)"#,
        prefix
    )
    .fetch_all(&mut **tx)
    .await?;
    let signing = rows.into_iter().filter_map(|row| {
        let hash = TokenHash(row.token_hash.try_into().ok()?);
        Some(SigningToken { id: row.id, customer: row.customer, program: row.program, hash, vouches: row.vouches })
    });
    Ok(signing.collect())
}

/// Takes a link with what it says; whether it is the first time.
///
/// # Errors
/// When the database fails.
pub async fn take(
    tx: &mut Tx,
    token: &SigningToken,
    (link, says): (RequestId, &str),
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "insert into program_link (id, token_id, customer_id, at, says) values ($1, $2, $3, $4, $5) on conflict (id) do nothing",
        link.0,
        token.id.0,
        token.customer.0,
        now,
        says
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// A link that was taken.
pub struct TakenLink {
    /// By which token it was signed.
    pub token: ApiTokenId,
    /// For which program.
    pub program: ProgramId,
    /// What it says.
    pub says: String,
}

/// What a link of a customer's said that was taken after `since`.
///
/// # Errors
/// When the database fails.
pub async fn taken(
    tx: &mut Tx,
    customer: CustomerId,
    link: RequestId,
    since: DateTime<Utc>,
) -> Result<Option<TakenLink>, DbError> {
    Ok(sqlx::query_as!(
        TakenLink,
        r#"select k.token_id as "token: ApiTokenId", t.program_id as "program: ProgramId", k.says
           from program_link k join api_token t on t.id = k.token_id
           where k.id = $1 and k.customer_id = $2 and k.at > $3"#,
        link.0,
        customer.0,
        since
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Forgets links that were taken before `before`.
///
/// # Errors
/// When the database fails.
pub async fn sweep(tx: &mut Tx, before: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!("delete from program_link where at <= $1", before).execute(&mut **tx).await?;
    Ok(())
}
