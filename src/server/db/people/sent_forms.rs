//! What forms with a key have said.

use chrono::{DateTime, Utc};

use crate::{
    model::base::ids::{AttachmentId, LoginId},
    server::db::{DbError, Tx},
};

/// A form: which one, and what it says.
#[derive(Debug, Clone, Copy)]
pub struct Digests {
    /// Of its server function and its key.
    pub form: [u8; 32],
    /// Of its fields.
    pub content: [u8; 32],
}

/// Notes that somebody sends a form; whether it says the same as ever.
///
/// # Errors
/// When the database fails.
pub async fn note(tx: &mut Tx, login: LoginId, sent: &Digests, now: DateTime<Utc>) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "insert into sent_form (login_id, form, content, sent_at) values ($1, $2, $3, $4)
         on conflict (login_id, form) do update set senders = sent_form.senders + 1
         where sent_form.content = excluded.content",
        login.0,
        &sent.form[..],
        &sent.content[..],
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// When a form was sent first, and to which page it has led.
///
/// # Errors
/// When the database fails.
pub async fn first(
    tx: &mut Tx,
    login: LoginId,
    form: [u8; 32],
) -> Result<Option<(DateTime<Utc>, Option<String>)>, DbError> {
    let row =
        sqlx::query!("select sent_at, led_to from sent_form where login_id = $1 and form = $2", login.0, &form[..])
            .fetch_optional(&mut **tx)
            .await?;
    Ok(row.map(|row| (row.sent_at, row.led_to)))
}

/// Takes back that a form was sent, as it was refused.
///
/// # Errors
/// When the database fails.
pub async fn take_back(tx: &mut Tx, login: LoginId, form: [u8; 32]) -> Result<(), DbError> {
    sqlx::query!(
        "update sent_form set senders = senders - 1 where login_id = $1 and form = $2 and senders > 0",
        login.0,
        &form[..]
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!("delete from sent_form where login_id = $1 and form = $2 and senders = 0", login.0, &form[..])
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Notes to which page a form has led.
///
/// # Errors
/// When the database fails.
pub async fn note_led_to(tx: &mut Tx, login: LoginId, form: [u8; 32], page: &str) -> Result<(), DbError> {
    sqlx::query!("update sent_form set led_to = $3 where login_id = $1 and form = $2", login.0, &form[..], page)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// What files are called and how long they are, in an order that is the same whenever they are sent.
///
/// # Errors
/// When the database fails.
pub async fn files(tx: &mut Tx, files: &[AttachmentId]) -> Result<Vec<(String, i32)>, DbError> {
    let ids: Vec<_> = files.iter().map(|file| file.0).collect();
    let rows = sqlx::query!("select name, bytes from attachment where id = any ($1) order by name, bytes", &ids)
        .fetch_all(&mut **tx)
        .await?;
    Ok(rows.into_iter().map(|row| (row.name, row.bytes)).collect())
}

/// Forgets what was sent until an instant, some at a time.
///
/// # Errors
/// When the database fails.
pub async fn sweep(tx: &mut Tx, until: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "delete from sent_form where (login_id, form) in
             (select login_id, form from sent_form where sent_at <= $1 order by sent_at limit 1000)",
        until
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
