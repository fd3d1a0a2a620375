//! Attempts to reach the customer.

use uuid::Uuid;

use super::visits::Visit;

use crate::{
    model::{
        base::ids::{AppointmentId, StaffId},
        work::attempts::{AttemptChannel, ContactAttempt},
    },
    server::db::{DbError, Tx, line::catalogue::unknown},
};

/// Notes an attempt to reach the customer; a repeated key notes nothing.
///
/// # Errors
/// When the database fails.
pub async fn note(tx: &mut Tx, visit: &Visit, by: StaffId, attempt: &ContactAttempt, key: Uuid) -> Result<(), DbError> {
    sqlx::query!(
        "insert into contact_attempt (customer_id, request_id, appointment_id, staff_id, at, channel, note, key)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (key) do nothing",
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
    sqlx::query!(
        "select at, channel, note from contact_attempt where appointment_id = $1 order by at, id",
        appointment.0
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        Ok(ContactAttempt {
            at: row.at,
            channel: AttemptChannel::from_code(&row.channel)
                .ok_or_else(|| unknown("contact_attempt.channel", row.channel))?,
            note: row.note,
        })
    })
    .collect()
}
