//! Mails of what came into a technician's plan and left it, which are told together.

use chrono::{DateTime, Utc};

use crate::{
    model::{
        base::ids::{MailId, StaffId},
        mails::MailContent,
    },
    server::db::{DbError, Tx},
};

/// Takes what waits to be told to the technician to whom a mail goes, the oldest first: it is told by another mail. Nothing when that
/// is no person of the vendor any more, or something of it cannot be read.
///
/// # Errors
/// When the database fails.
pub async fn take(
    tx: &mut Tx,
    mail: MailId,
    now: DateTime<Utc>,
) -> Result<Option<(StaffId, Vec<MailContent>)>, DbError> {
    let rows = sqlx::query!(
        r#"update mail m set state = 'digested'
           from mail this join login l on l.email = this.to_address join staff s on s.id = l.staff_id and s.active
           where this.id = $1 and this.kind = 'visit_planned' and m.to_address = this.to_address and m.kind = this.kind
             and m.state = 'queued' and m.created_at <= $2
           returning m.id, m.content, s.id as "staff: StaffId""#,
        mail.0,
        now
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut told: Vec<_> = rows.into_iter().map(|row| (row.id, row.staff, row.content)).collect();
    told.sort_by_key(|(id, ..)| *id);
    let staff = told.first().map(|(_, staff, _)| *staff);
    // What cannot be read any more fails by itself, and takes nothing with it.
    let contents = told.into_iter().map(|(.., content)| serde_json::from_value(content)).collect::<Result<_, _>>();
    Ok(staff.zip(contents.ok()))
}
