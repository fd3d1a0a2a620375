//! Answers to mails of ours: about which request, by whom, and by which addresses they are no longer taken.

use chrono::{DateTime, Utc};

use crate::{
    model::base::{
        ids::{CustomerId, MailId, MemberId, RequestId, StaffId},
        numbers::RequestNumber,
    },
    server::db::{DbError, Tx},
};

/// Takes no further answers by the address that a person of a customer has for a request.
///
/// # Errors
/// When the database fails.
pub async fn revoke_reply(
    tx: &mut Tx,
    (customer, request, member): (CustomerId, RequestId, MemberId),
    by: StaffId,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into revoked_reply (customer_id, request_id, member_id, staff_id, at) values ($1, $2, $3, $4, $5)
         on conflict (request_id, member_id) do nothing",
        customer.0,
        request.0,
        member.0,
        by.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Whether answers by the address that a person has for a request are no longer taken.
///
/// # Errors
/// When the database fails.
pub async fn is_reply_revoked(tx: &mut Tx, request: RequestId, member: MemberId) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from revoked_reply where request_id = $1 and member_id = $2) as "is_revoked!""#,
        request.0,
        member.0
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Of which customer a request is.
///
/// # Errors
/// When the database fails.
pub async fn request_of(tx: &mut Tx, number: RequestNumber) -> Result<Option<(RequestId, CustomerId)>, DbError> {
    let found = sqlx::query!(
        r#"select id as "id: RequestId", customer_id as "customer: CustomerId" from service_request where number = $1"#,
        number.to_string()
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.map(|row| (row.id, row.customer)))
}

/// About which request a mail of ours is, and to whom of its customer it goes; none that nobody answers.
///
/// # Errors
/// When the database fails.
pub async fn answered_by(tx: &mut Tx, mail: MailId) -> Result<Option<(RequestNumber, MemberId)>, DbError> {
    let found = sqlx::query!(
        r#"select r.number as "number!: RequestNumber", m.id as "member: MemberId"
           from mail w join service_request r on r.number = w.about and r.customer_id = w.customer_id
           join member m on m.customer_id = w.customer_id and m.active
           left join login l on l.member_id = m.id
           where w.id = $1 and coalesce(l.email, m.email) = w.to_address order by m.id limit 1"#,
        mail.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.map(|row| (row.number, row.member)))
}
