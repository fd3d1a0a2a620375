//! Other providers by which people sign in: whose account there is whose here, and of which addresses they are demanded.

use chrono::{DateTime, Utc};

use crate::{
    model::{base::ids::LoginId, people::providers::Rule},
    server::{
        auth::tokens::TokenHash,
        db::{DbError, Tx},
    },
};

/// Takes an answer; false when it was taken already.
///
/// # Errors
/// When the database fails.
pub async fn take_answer(tx: &mut Tx, state: TokenHash, now: DateTime<Utc>) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "insert into provider_answer (state_hash, taken_at) values ($1, $2) on conflict do nothing",
        &state.0[..],
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Forgets answers that are too old to be brought again, some at a time; two sweeps do not wait for each other.
///
/// # Errors
/// When the database fails.
pub async fn sweep(tx: &mut Tx, before: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "delete from provider_answer where state_hash in (
             select state_hash from provider_answer where taken_at < $1 for update skip locked limit 1000)",
        before
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The address of the sign-in of a person at a provider.
///
/// # Errors
/// When the database fails.
pub async fn email_of(tx: &mut Tx, issuer: &str, subject: &str) -> Result<Option<String>, DbError> {
    Ok(sqlx::query_scalar!(
        "select l.email from provider_identity i join login l on l.id = i.login_id where i.issuer = $1 and i.subject = $2",
        issuer,
        subject
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Remembers whose a person at a provider is here; whose it was before, it stays.
///
/// # Errors
/// When the database fails.
pub async fn remember(
    tx: &mut Tx,
    (issuer, subject): (&str, &str),
    login: LoginId,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into provider_identity (issuer, subject, login_id, made_at) values ($1, $2, $3, $4) on conflict do nothing",
        issuer,
        subject,
        login.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The provider that addresses of a domain are to use.
///
/// # Errors
/// When the database fails.
pub async fn required(tx: &mut Tx, domain: &str) -> Result<Option<String>, DbError> {
    Ok(sqlx::query_scalar!("select provider from required_provider where domain = $1", domain)
        .fetch_optional(&mut **tx)
        .await?)
}

/// For which addresses which provider is the only way, by the domain.
///
/// # Errors
/// When the database fails.
pub async fn rules(tx: &mut Tx) -> Result<Vec<Rule>, DbError> {
    Ok(sqlx::query_as!(Rule, "select domain, provider from required_provider order by domain")
        .fetch_all(&mut **tx)
        .await?)
}

/// Makes a provider the only way for addresses of a domain.
///
/// # Errors
/// When the database fails.
pub async fn put_rule(tx: &mut Tx, rule: &Rule) -> Result<(), DbError> {
    sqlx::query!(
        "insert into required_provider (domain, provider) values ($1, $2)
         on conflict (domain) do update set provider = excluded.provider",
        rule.domain,
        rule.provider
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Lets addresses of a domain sign in in every way again.
///
/// # Errors
/// When the database fails.
pub async fn delete_rule(tx: &mut Tx, domain: &str) -> Result<(), DbError> {
    sqlx::query!("delete from required_provider where domain = $1", domain).execute(&mut **tx).await?;
    Ok(())
}
