//! Who waits for an earlier time, and the times that were held for them.

use chrono::{DateTime, Utc};

use crate::{
    model::{
        base::{
            ids::{AppointmentId, CustomerId, EarlierOfferId, LoginId, RequestId},
            numbers::RequestNumber,
            terms::Urgency,
        },
        ordering::{earlier::EarlierOfferState, offers::Slot},
    },
    server::db::{DbError, Tx},
};

/// Lets a request wait for an earlier time; one that does already waits until then.
///
/// # Errors
/// When the database fails.
pub async fn ask(tx: &mut Tx, request: RequestId, now: DateTime<Utc>, until: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "insert into earlier_wish (request_id, customer_id, asked_at, until_at)
         select id, customer_id, $2, $3 from service_request where id = $1
         on conflict (request_id) do update set until_at = excluded.until_at",
        request.0,
        now,
        until
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Lets a request wait no more. What is held for it is free again.
///
/// * `end` – what becomes of what is held
///
/// # Errors
/// When the database fails.
pub async fn leave(tx: &mut Tx, request: RequestId, end: EarlierOfferState) -> Result<(), DbError> {
    sqlx::query!("delete from earlier_wish where request_id = $1", request.0).execute(&mut **tx).await?;
    close(tx, request, end).await
}

/// Offers what is held for a request no more.
///
/// * `end` – what becomes of it
///
/// # Errors
/// When the database fails.
pub async fn close(tx: &mut Tx, request: RequestId, end: EarlierOfferState) -> Result<(), DbError> {
    sqlx::query!("update earlier_offer set state = $2 where request_id = $1 and state = 'open'", request.0, end.code())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Writes down that a hold of a request is offered to it.
///
/// # Errors
/// When the database fails.
pub async fn offer(
    tx: &mut Tx,
    hold: AppointmentId,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<EarlierOfferId, DbError> {
    Ok(sqlx::query_scalar!(
        r#"insert into earlier_offer (customer_id, request_id, technician_id, during, offered_at, expires_at)
           select customer_id, request_id, technician_id, during, $2, $3 from appointment where id = $1
           returning id as "id: EarlierOfferId""#,
        hold.0,
        now,
        until
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Whether something is held for a request by this number.
///
/// # Errors
/// When the database fails.
pub async fn is_open(tx: &mut Tx, id: EarlierOfferId, now: DateTime<Utc>) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from earlier_offer where id = $1 and state = 'open' and expires_at > $2) as "open!""#,
        id.0,
        now
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// For which times a request was asked.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn asked(tx: &mut Tx, request: RequestId) -> Result<Vec<Slot>, DbError> {
    let found = sqlx::query_scalar!(
        r#"select during as "during: Slot" from earlier_offer where request_id = $1 order by during"#,
        request.0
    );
    Ok(found.fetch_all(&mut **tx).await?)
}

/// A request that waits for an earlier time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingRequest {
    /// Its number.
    pub number: RequestNumber,
    /// Whose.
    pub customer: CustomerId,
    /// How urgent it is.
    pub urgency: Urgency,
    /// Since when it waits.
    pub asked_at: DateTime<Utc>,
    /// Who is asked; none for who does not sign in.
    pub login: Option<LoginId>,
}

/// Requests that wait for an earlier time and for which none is held.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn waiting(tx: &mut Tx, now: DateTime<Utc>) -> Result<Vec<WaitingRequest>, DbError> {
    Ok(sqlx::query_as!(
        WaitingRequest,
        r#"select r.number as "number!: RequestNumber", r.customer_id as "customer: CustomerId",
                  r.urgency as "urgency!: Urgency", w.asked_at, l.id as "login?: LoginId"
           from earlier_wish w join service_request r on r.id = w.request_id
           left join login l on l.member_id = r.member_id
           where w.until_at > $1 and r.state = 'scheduled'
             and not exists (select from earlier_offer o where o.request_id = r.id and o.state = 'open')
           order by w.asked_at, r.number"#,
        now
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Ends what is over: offers that nobody has answered, or whose hold is gone as another time was taken; and the waiting of those whose
/// day has come, or who have no agreed time any more.
///
/// # Errors
/// When the database fails.
pub async fn tidy(tx: &mut Tx, now: DateTime<Utc>) -> Result<(), DbError> {
    let expired = EarlierOfferState::Expired.code();
    sqlx::query!("update earlier_offer set state = $2 where state = 'open' and expires_at <= $1", now, expired)
        .execute(&mut **tx)
        .await?;
    sqlx::query!(
        "update earlier_offer o set state = $1
         where o.state = 'open' and not exists (
             select from appointment a where a.request_id = o.request_id and a.technician_id = o.technician_id
               and a.during = o.during and a.state = 'held')",
        EarlierOfferState::Overtaken.code()
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "delete from earlier_wish w using service_request r
         where r.id = w.request_id and (w.until_at <= $1 or r.state <> 'scheduled')",
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
