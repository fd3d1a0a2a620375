//! Sessions.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::accounts::{PersonRow, person};
use crate::{
    model::{
        base::ids::{CustomerId, LoginId, MemberId, StaffId},
        people::{
            members::{Capability, StaffRole},
            pages::SessionView,
        },
    },
    server::{
        auth::{
            Client, Proof, Session,
            tokens::{Token, TokenHash},
        },
        db::{DbError, Tx},
    },
};

/// How long a session lives.
pub struct Lifetime {
    /// Without being used.
    pub idle: TimeDelta,
    /// In all.
    pub absolute: TimeDelta,
}

/// A working day and a bit without use; two weeks in all.
pub const LIFETIME: Lifetime = Lifetime { idle: TimeDelta::hours(12), absolute: TimeDelta::days(14) };

/// How long a session that has ended is remembered: what its person sends from a page that was open meanwhile is kept for that
/// person (`service::people::kept_forms`).
pub const REMEMBERED: TimeDelta = TimeDelta::days(7);

/// How long it counts that somebody has proved who they are, for what a browser that was left alone must not do.
const FRESH: TimeDelta = TimeDelta::minutes(10);

/// How exactly the last use is kept: writing it at every request would make every read a write.
const SEEN_TO: TimeDelta = TimeDelta::minutes(5);

/// Stores a new session.
///
/// * `browser` – by what the browser is known in which it begins: what is turned on in that belongs to it
///
/// # Errors
/// When the database fails.
pub async fn insert(
    tx: &mut Tx,
    token: TokenHash,
    id: Uuid,
    login: LoginId,
    (browser, user_agent): (TokenHash, &str),
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into session (token_hash, id, login_id, created_at, last_seen_at, idle_expires_at,
                              absolute_expires_at, user_agent, browser, confirmed_at)
         values ($1, $2, $3, $4, $4, $5, $6, left($7, 200), $8, $4)",
        &token.0[..],
        id,
        login.0,
        now,
        now + LIFETIME.idle,
        now + LIFETIME.absolute,
        user_agent,
        &browser.0[..]
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A session that lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveSession {
    /// Whose.
    pub session: Session,
    /// The number of the line that this person calls: the customer's region's.
    pub line_phone: String,
    /// Why the person's organisation may neither order nor buy; none if it may.
    pub blocked: Option<String>,
}

/// The live session of a token, its person active.
///
/// * `is_used` – whether this is its person's doing, which is noted; an open page that asks by itself keeps no session alive
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn find(
    tx: &mut Tx,
    token: TokenHash,
    is_used: bool,
    now: DateTime<Utc>,
) -> Result<Option<LiveSession>, DbError> {
    let Some(row) = sqlx::query!(
        r#"select s.id, s.login_id as "login_id: LoginId", s.last_seen_at, s.confirmed_at, l.email,
                  has_second_factor(s.login_id) as "has_factor!",
                  m.id as "member_id?: MemberId", m.name as "member_name?", m.capabilities as "capabilities?: Vec<Capability>",
                  c.id as "customer_id?: CustomerId", c.name as "customer_name?",
                  f.id as "staff_id?: StaffId", f.name as "staff_name?", f.roles as "roles?: Vec<StaffRole>",
                  coalesce(line_phone(m.customer_id, $2), '') as "line_phone!", c.block_reason as "block_reason?"
           from session s
           join login l on l.id = s.login_id
           left join (member m join customer c on c.id = m.customer_id and c.active) on m.id = l.member_id and m.active
           left join staff f on f.id = l.staff_id and f.active
           where s.token_hash = $1 and not s.awaits_factor and s.idle_expires_at > $2 and s.absolute_expires_at > $2
             and num_nonnulls(m.id, f.id) = 1"#,
        &token.0[..],
        now
    )
    .fetch_optional(&mut **tx)
    .await?
    else {
        return Ok(None);
    };
    if is_used && now - row.last_seen_at > SEEN_TO {
        sqlx::query!(
            "update session set last_seen_at = $2, idle_expires_at = $3 where token_hash = $1",
            &token.0[..],
            now,
            now + LIFETIME.idle
        )
        .execute(&mut **tx)
        .await?;
    }
    let session = Session {
        id: row.id,
        login: row.login_id,
        email: row.email,
        person: person(PersonRow {
            member_id: row.member_id,
            member_name: row.member_name,
            capabilities: row.capabilities,
            customer_id: row.customer_id,
            customer_name: row.customer_name,
            staff_id: row.staff_id,
            staff_name: row.staff_name,
            roles: row.roles,
        })?,
        proof: Proof {
            is_fresh: row.confirmed_at.is_some_and(|at| now - at < FRESH),
            has_factor: row.has_factor,
            lacks_factor: false,
        },
    };
    Ok(Some(LiveSession { session, line_phone: row.line_phone, blocked: row.block_reason }))
}

/// A session that begins once its second factor is given.
pub struct WaitingSession {
    /// Which.
    pub id: Uuid,
    /// Whose.
    pub login: LoginId,
    /// With which address.
    pub email: String,
}

/// Holds a session back that was just stored: until its second factor is given it is nobody's, and ends soon.
///
/// # Errors
/// When the database fails.
pub async fn hold_back(tx: &mut Tx, id: Uuid, until: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "update session set awaits_factor = true, confirmed_at = null, idle_expires_at = $2, absolute_expires_at = $2
         where id = $1",
        id,
        until
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The session of a token that waits for a second factor.
///
/// # Errors
/// When the database fails.
pub async fn awaiting_factor(
    tx: &mut Tx,
    token: TokenHash,
    now: DateTime<Utc>,
) -> Result<Option<WaitingSession>, DbError> {
    Ok(sqlx::query_as!(
        WaitingSession,
        r#"select s.id, s.login_id as "login: LoginId", l.email from session s join login l on l.id = s.login_id
           where s.token_hash = $1 and s.awaits_factor and s.idle_expires_at > $2"#,
        &token.0[..],
        now
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Begins a session whose second factor was given, under another token; false when it does not wait any more.
///
/// # Errors
/// When the database fails.
pub async fn begin_after_factor(tx: &mut Tx, id: Uuid, token: TokenHash, now: DateTime<Utc>) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "update session set token_hash = $2, awaits_factor = false, created_at = $3, last_seen_at = $3, confirmed_at = $3,
                            idle_expires_at = $4, absolute_expires_at = $5
         where id = $1 and awaits_factor and idle_expires_at > $3",
        id,
        &token.0[..],
        now,
        now + LIFETIME.idle,
        now + LIFETIME.absolute
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes that a session's person has just proved who they are.
///
/// # Errors
/// When the database fails.
pub async fn note_confirmed(tx: &mut Tx, id: Uuid, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!("update session set confirmed_at = $2 where id = $1", id, now).execute(&mut **tx).await?;
    Ok(())
}

/// Live sessions of a sign-in, the one that asks first, then by last use.
///
/// # Errors
/// When the database fails.
pub async fn list(tx: &mut Tx, login: LoginId, current: Uuid, now: DateTime<Utc>) -> Result<Vec<SessionView>, DbError> {
    Ok(sqlx::query_as!(
        SessionView,
        r#"select id, id = $2 as "current!", created_at, last_seen_at, user_agent from session
           where login_id = $1 and not awaits_factor and idle_expires_at > $3 and absolute_expires_at > $3
           order by 2 desc, last_seen_at desc"#,
        login.0,
        current,
        now
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Whether a session has not ended.
///
/// # Errors
/// When the database fails.
pub async fn lives(tx: &mut Tx, id: Uuid, now: DateTime<Utc>) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from session where id = $1 and idle_expires_at > $2 and absolute_expires_at > $2) as "lives!""#,
        id,
        now
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Whose session the token is, or was: one that has ended is remembered. One that waits for the second factor is nobody's yet.
///
/// # Errors
/// When the database fails.
pub async fn owner(tx: &mut Tx, token: TokenHash) -> Result<Option<LoginId>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select login_id as "login: LoginId" from session where token_hash = $1 and not awaits_factor"#,
        &token.0[..]
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Ends a session of the sign-in, and with it the notifications in its browser; false if none such lives.
///
/// # Errors
/// When the database fails.
pub async fn end(tx: &mut Tx, login: LoginId, id: Uuid, now: DateTime<Utc>) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "update session set idle_expires_at = $3
         where login_id = $1 and id = $2 and idle_expires_at > $3 and absolute_expires_at > $3",
        login.0,
        id,
        now
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "delete from push_device d using session s
         where s.login_id = $1 and s.id = $2 and d.browser = s.browser and d.login_id = $1",
        login.0,
        id
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends every session of the sign-in but one, and all notifications in other browsers than that one's.
///
/// # Errors
/// When the database fails.
pub async fn end_others(tx: &mut Tx, login: LoginId, kept: Uuid, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "update session set idle_expires_at = $3
         where login_id = $1 and id <> $2 and idle_expires_at > $3 and absolute_expires_at > $3",
        login.0,
        kept,
        now
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "delete from push_device
         where login_id = $1 and browser is distinct from (select browser from session where login_id = $1 and id = $2)",
        login.0,
        kept
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Ends every session of a sign-in, and all notifications.
///
/// # Errors
/// When the database fails.
pub async fn delete_all(tx: &mut Tx, login: LoginId) -> Result<(), DbError> {
    sqlx::query!("delete from session where login_id = $1", login.0).execute(&mut **tx).await?;
    sqlx::query!("delete from push_device where login_id = $1", login.0).execute(&mut **tx).await?;
    Ok(())
}

/// Ends all notifications in a browser.
///
/// # Errors
/// When the database fails.
pub async fn forget_browser(tx: &mut Tx, browser: TokenHash) -> Result<(), DbError> {
    sqlx::query!("delete from push_device where browser = $1", &browser.0[..]).execute(&mut **tx).await?;
    Ok(())
}

/// Sweeps sessions that ended and need not be remembered, some at a time; two sweeps do not wait for each other.
///
/// # Errors
/// When the database fails.
pub async fn sweep(tx: &mut Tx, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "delete from session where token_hash in (
             select token_hash from session where idle_expires_at <= $1 or absolute_expires_at <= $1
             for update skip locked limit 1000)",
        now - REMEMBERED
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Ends the session that a browser has, if there is one, for the one that begins in it. Its notifications go on if they are the same
/// person's, even where the browser is known by something else from now on; those of anybody else end.
///
/// * `login`, `browser` – who signs in now, and by what the browser is known from now on
///
/// # Errors
/// When the database fails.
pub async fn replace(tx: &mut Tx, client: &Client, login: LoginId, browser: TokenHash) -> Result<(), DbError> {
    let hash = |token: &Option<Token>| token.as_ref().map(|token| token.hash().0.to_vec());
    let (old, shown) = (hash(&client.token), hash(&client.device));
    let known: Vec<Vec<u8>> = sqlx::query_scalar!(
        r#"select browser as "browser!" from session where token_hash = $1
           union select $2::bytea where $2 is not null union select $3::bytea"#,
        old,
        shown,
        &browser.0[..]
    )
    .fetch_all(&mut **tx)
    .await?;
    sqlx::query!("delete from push_device where browser = any ($1) and login_id <> $2", &known, login.0)
        .execute(&mut **tx)
        .await?;
    sqlx::query!(
        "update push_device set browser = $2
         where id = (select max(id) from push_device where browser = any ($1))
           and not exists (select from push_device where browser = $2)",
        &known,
        &browser.0[..]
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!("delete from session where token_hash = $1", old).execute(&mut **tx).await?;
    Ok(())
}
