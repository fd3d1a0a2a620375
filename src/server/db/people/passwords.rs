//! Links by which people choose a password: those of the vendor and those of customers.

use chrono::{DateTime, Utc};

use crate::model::{
    base::ids::{LoginId, StaffId},
    people::passwords::SignInState,
};
use crate::server::{
    auth::tokens::TokenHash,
    db::{DbError, Tx},
};

/// Whether a person can sign in who has chosen a password, or has a link that is good until then.
pub(super) fn sign_in_state(has_password: bool, link_until: Option<DateTime<Utc>>) -> SignInState {
    match (has_password, link_until) {
        (true, _) => SignInState::Ready,
        (false, Some(until)) => SignInState::Invited { until },
        (false, None) => SignInState::NotInvited,
    }
}

/// Makes a link by which a password is chosen the only one of its sign-in.
///
/// # Errors
/// When the database fails.
pub async fn put_link(
    tx: &mut Tx,
    login: LoginId,
    token: TokenHash,
    made_by: Option<StaffId>,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into password_link (login_id, token_hash, made_by, made_at, expires_at) values ($1, $2, $3, $4, $5)
         on conflict (login_id) do update set token_hash = $2, made_by = $3, made_at = $4, expires_at = $5",
        login.0,
        &token.0[..],
        made_by.map(|id| id.0),
        now,
        expires_at
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Whether a sign-in has a link that was made after an instant.
///
/// # Errors
/// When the database fails.
pub async fn has_link_since(tx: &mut Tx, login: LoginId, since: DateTime<Utc>) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from password_link where login_id = $1 and made_at > $2) as "is_there!""#,
        login.0,
        since
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// For whom a link is: the name and the address; none when it is not good, or its person is gone.
///
/// # Errors
/// When the database fails.
pub async fn of_link(tx: &mut Tx, token: TokenHash, now: DateTime<Utc>) -> Result<Option<(String, String)>, DbError> {
    let row = sqlx::query!(
        r#"select coalesce(f.name, m.name) as "name!", l.email
           from password_link k
           join login l on l.id = k.login_id
           left join staff f on f.id = l.staff_id and f.active
           left join (member m join customer c on c.id = m.customer_id and c.active) on m.id = l.member_id and m.active
           where k.token_hash = $1 and k.expires_at > $2 and num_nonnulls(f.id, m.id) = 1"#,
        &token.0[..],
        now
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| (row.name, row.email)))
}

/// What everybody knows of where somebody signs in with an address: the names of the vendor, of its programs, of the person's organisation.
///
/// # Errors
/// When the database fails.
pub async fn names_around(tx: &mut Tx, email: &str) -> Result<Vec<String>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select name as "name!" from supplier
           union all select name from program
           union all select c.name from login l join member m on m.id = l.member_id join customer c on c.id = m.customer_id
           where l.email = lower($1)"#,
        email
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Uses a link up, whose password is stored: the one sign-in that gets it, and whether it had one before; none when the link is not
/// good.
///
/// # Errors
/// When the database fails.
pub async fn use_link(
    tx: &mut Tx,
    token: TokenHash,
    password_hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<(LoginId, bool)>, DbError> {
    let used = sqlx::query!(
        r#"with used as (delete from password_link where token_hash = $1 and expires_at > $3 returning login_id),
                former as (select l.id, l.password_hash is not null as is_there from login l join used on l.id = used.login_id)
           update login l set password_hash = $2 from former
           where l.id = former.id
             and (exists (select from staff f where f.id = l.staff_id and f.active)
                  or exists (select from member m join customer c on c.id = m.customer_id
                             where m.id = l.member_id and m.active and c.active))
           returning l.id as "id: LoginId", former.is_there as "was_there!""#,
        &token.0[..],
        password_hash,
        now
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(used.map(|used| (used.id, used.was_there)))
}

/// Stores another password.
///
/// # Errors
/// When the database fails.
pub async fn set(tx: &mut Tx, login: LoginId, password_hash: &str) -> Result<(), DbError> {
    sqlx::query!("update login set password_hash = $2 where id = $1", login.0, password_hash)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
