//! Agreed times of which somebody is to be reminded.

use chrono::{DateTime, TimeDelta, Utc};

use crate::model::{
    base::{
        bilingual::Bilingual,
        ids::{AppointmentId, MemberId, RequestId},
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
    /// Of which agreed time.
    pub id: AppointmentId,
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

/// Selects agreed times; the macro's text says which, its parameters numbered from 1.
macro_rules! select_reminders {
    ($which:literal, $($parameter:expr),*) => {
        sqlx::query_as!(
            ReminderRow,
            r#"select a.id as "appointment: AppointmentId", r.id as "id: RequestId", r.member_id as "member: MemberId",
                      r.number as "number!: RequestNumber",
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
               where a.state = 'confirmed' and "# + $which + " order by r.number",
            $($parameter),*
        )
    };
}

/// A row of both queries below.
struct ReminderRow {
    appointment: AppointmentId,
    id: RequestId,
    member: MemberId,
    number: RequestNumber,
    urgency: Urgency,
    sequence: Natural,
    slot: Slot,
    program: Bilingual,
    work_type: Bilingual,
    contact_name: String,
    contact_phone: String,
    estimate: Option<serde_json::Value>,
    agreed_at: DateTime<Utc>,
}

impl From<ReminderRow> for Reminder {
    fn from(row: ReminderRow) -> Self {
        Self {
            id: row.appointment,
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
        }
    }
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
    let found = select_reminders!(
        "a.during && tstzrange($2, $3) and lower(a.during) >= $2
         and not exists (select 1 from request_event e
                         where e.request_id = r.id and e.kind in ('confirmed', 'moved') and e.at >= $1)
         and not exists (select 1 from mail m where m.key = format('reminder:%s:%s', r.id, r.sequence))",
        agreed_before,
        from,
        until
    );
    Ok(found.fetch_all(&mut **tx).await?.into_iter().map(Into::into).collect())
}

/// Agreed times that start after `now` until `until` and were not asked about yet, but for those that were agreed so shortly before
/// their start.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn soon(
    tx: &mut Tx,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
    just_agreed: TimeDelta,
) -> Result<Vec<Reminder>, DbError> {
    let found = select_reminders!(
        "a.during && tstzrange($1, $2, '(]') and lower(a.during) > $1
         and not exists (select 1 from request_event e
                         where e.request_id = r.id and e.kind in ('confirmed', 'moved') and e.at >= lower(a.during) - $3::interval)
         and not exists (select 1 from readiness_link l where l.appointment_id = a.id)",
        now,
        until,
        just_agreed as _
    );
    Ok(found.fetch_all(&mut **tx).await?.into_iter().map(Into::into).collect())
}
