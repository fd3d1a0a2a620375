//! Attempts to reach the customer.

use uuid::Uuid;

use super::visits::Visit;

use crate::{
    model::{
        base::ids::{AppointmentId, StaffId},
        work::attempts::{AttemptChannel, ContactAttempt},
    },
    server::db::{DbError, Tx},
};

/// Notes an attempt to reach the customer, at its appointment too; a repeated key notes nothing.
///
/// # Errors
/// When the database fails.
pub async fn note(tx: &mut Tx, visit: &Visit, by: StaffId, attempt: &ContactAttempt, key: Uuid) -> Result<(), DbError> {
    sqlx::query!(
        "with noted as (
             insert into contact_attempt (customer_id, request_id, appointment_id, staff_id, at, channel, note, key)
             values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (key) do nothing
             returning appointment_id, at)
         update appointment a set attempted_at = greatest(a.attempted_at, n.at) from noted n where a.id = n.appointment_id",
        visit.customer.0,
        visit.request.0,
        visit.appointment_id.0,
        by.0,
        attempt.at,
        attempt.channel.code(),
        attempt.note,
        key
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Attempts to reach the customer at an appointment, the oldest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn at_appointment(tx: &mut Tx, appointment: AppointmentId) -> Result<Vec<ContactAttempt>, DbError> {
    Ok(sqlx::query_as!(
        ContactAttempt,
        r#"select at, channel as "channel: AttemptChannel", note from contact_attempt
           where appointment_id = $1 order by at, id"#,
        appointment.0
    )
    .fetch_all(&mut **tx)
    .await?)
}
