//! Agreed times of which somebody is to be reminded.

use chrono::{DateTime, Utc};

use crate::model::{
    base::{
        bilingual::Bilingual,
        ids::{MemberId, RequestId},
        numbers::RequestNumber,
        terms::Urgency,
    },
    mails::AppointmentMail,
    ordering::offers::Slot,
};
use crate::server::db::{DbError, Tx, codec::Natural};

/// A reminder that is due.
#[derive(Debug, Clone, PartialEq)]
pub struct Reminder {
    /// Of which request.
    pub request: RequestId,
    /// Who ordered it.
    pub member: MemberId,
    /// Its urgency: it decides the cut-off.
    pub urgency: Urgency,
    /// When its time was agreed.
    pub agreed_at: DateTime<Utc>,
    /// What to say, without the cut-off.
    pub appointment: AppointmentMail,
}

/// Whether the time that somebody is reminded of is still agreed, and work on it has not begun.
///
/// # Errors
/// When the database fails.
pub async fn is_still_agreed(tx: &mut Tx, reminded: &AppointmentMail) -> Result<bool, DbError> {
    let found = sqlx::query_scalar!(
        r#"select exists (
               select 1 from service_request r join appointment a on a.request_id = r.id
               where r.number = $1 and r.state = 'scheduled' and r.sequence::bigint = $2
                 and a.state = 'confirmed' and lower(a.during) = $3) as "found!""#,
        reminded.number.to_string(),
        i64::from(reminded.sequence),
        reminded.slot.start
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(found)
}

/// Agreed times that start in `from..until`, were agreed before `agreed_before` and were not reminded of yet.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn due(
    tx: &mut Tx,
    agreed_before: DateTime<Utc>,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<Reminder>, DbError> {
    let found = sqlx::query!(
        r#"select r.id as "id: RequestId", r.member_id as "member: MemberId", r.number as "number!: RequestNumber",
                  r.urgency as "urgency!: Urgency", r.sequence as "sequence: Natural", a.during as "slot: Slot",
                  array[p.name, p.name_en] as "program!: Bilingual", array[w.name, w.name_en] as "work_type!: Bilingual",
                  r.contact_name as "contact_name!",
                  r.contact_phone as "contact_phone!", r.estimate,
                  coalesce((select max(e.at) from request_event e
                            where e.request_id = r.id and e.kind in ('confirmed', 'moved')), r.submitted_at)
                      as "agreed_at!"
           from appointment a
           join service_request r on r.id = a.request_id
           join program p on p.id = r.program_id
           join work_type w on w.id = r.work_type_id
           where a.state = 'confirmed' and a.during && tstzrange($2, $3) and lower(a.during) >= $2
             and not exists (select 1 from request_event e
                             where e.request_id = r.id and e.kind in ('confirmed', 'moved') and e.at >= $1)
             and not exists (select 1 from mail m where m.key = format('reminder:%s:%s', r.id, r.sequence))
           order by r.number"#,
        agreed_before,
        from,
        until
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(found
        .into_iter()
        .map(|row| Reminder {
            request: row.id,
            member: row.member,
            urgency: row.urgency,
            agreed_at: row.agreed_at,
            appointment: AppointmentMail {
                number: row.number,
                uid: row.id.calendar_uid(),
                sequence: row.sequence.into(),
                slot: row.slot,
                program: row.program,
                work_type: row.work_type,
                contact_name: row.contact_name,
                contact_phone: row.contact_phone,
                cut_off: None,
                // An estimate of an older shape says nothing any more.
                estimate: row.estimate.and_then(|json| serde_json::from_value(json).ok()),
                reason: String::new(),
            },
        })
        .collect())
}
