//! Links by which programs open orders.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    model::base::ids::{ApiTokenId, CustomerId, ProgramId},
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

/// Takes a link by which somebody is signed in; whether it is the first time.
///
/// # Errors
/// When the database fails.
pub async fn take(tx: &mut Tx, link: Uuid, token: &SigningToken, now: DateTime<Utc>) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "insert into program_link (id, token_id, customer_id, at) values ($1, $2, $3, $4) on conflict (id) do nothing",
        link,
        token.id.0,
        token.customer.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Forgets links that were taken before `before`.
///
/// # Errors
/// When the database fails.
pub async fn sweep(tx: &mut Tx, before: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!("delete from program_link where at <= $1", before).execute(&mut **tx).await?;
    Ok(())
}
