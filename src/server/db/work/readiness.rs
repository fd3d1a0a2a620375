//! What the customer says shortly before the agreed time.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            ids::{AppointmentId, CustomerId, MemberId, RequestId},
            numbers::RequestNumber,
        },
        ordering::{appointments::AppointmentState, offers::Slot},
        work::readiness::ReadyAnswer,
    },
    server::db::{DbError, Tx, mails::reminders::Reminder},
};

/// Makes a link good until its time is over; false where there is one of that time already.
///
/// # Errors
/// When the database fails.
pub async fn add_link(tx: &mut Tx, id: Uuid, about: &Reminder) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "insert into readiness_link (id, customer_id, request_id, appointment_id, member_id, expires_at)
         select $1, a.customer_id, a.request_id, a.id, $3, upper(a.during) from appointment a where a.id = $2
         on conflict on constraint asked_once_of_a_time do nothing",
        id,
        about.id.0,
        about.member.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Lets the link of a request be good until an instant.
///
/// # Errors
/// When the database fails.
pub async fn extend_link(tx: &mut Tx, link: Uuid, until: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!("update readiness_link set expires_at = greatest(expires_at, $2) where id = $1", link, until)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The computers of a request's customer that run its program, by name and TeamViewer number.
///
/// # Errors
/// When the database fails.
pub async fn computers(tx: &mut Tx, request: RequestId) -> Result<Vec<String>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select k.name || ' ' || k.teamviewer_id as "computer!"
           from service_request r
           join computer_program o on o.customer_id = r.customer_id and o.program_id = r.program_id
           join computer k on k.id = o.computer_id
           where r.id = $1 order by k.name, k.id"#,
        request.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// What a link is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Linked {
    /// Whose.
    pub customer: CustomerId,
    /// Who got the mail.
    pub member: MemberId,
    /// Until when it is good.
    pub good_until: DateTime<Utc>,
    /// The request.
    pub request: RequestId,
    /// Its number.
    pub number: RequestNumber,
    /// The program.
    pub program: Bilingual,
    /// Who sits at the computer.
    pub contact_name: String,
    /// Where that person is reached.
    pub contact_phone: String,
    /// The time that the request has now, or had last.
    pub time: Option<LinkedTime>,
    /// The number of the line.
    pub line_phone: String,
}

/// A time, and what was said of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkedTime {
    /// Which.
    pub id: AppointmentId,
    /// From when until when.
    pub slot: Slot,
    /// Where it stands.
    pub state: AppointmentState,
    /// What was said.
    pub answer: Option<ReadyAnswer>,
}

/// What a link is about; for the system.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn find(tx: &mut Tx, link: Uuid, now: DateTime<Utc>) -> Result<Option<Linked>, DbError> {
    let row = sqlx::query!(
        r#"select l.customer_id as "customer: CustomerId", l.member_id as "member: MemberId", l.expires_at,
                  r.id as "request: RequestId", r.number as "number!: RequestNumber",
                  array[p.name, p.name_en] as "program!: Bilingual", r.contact_name as "contact_name!",
                  r.contact_phone as "contact_phone!", a.id as "appointment?: AppointmentId",
                  a.during as "slot?: Slot", a.state as "state?: AppointmentState",
                  y.answer as "answer?: ReadyAnswer", coalesce(line_phone(l.customer_id, $2), '') as "line_phone!"
           from readiness_link l
           join member m on m.id = l.member_id and m.active
           join customer c on c.id = l.customer_id and c.active
           join service_request r on r.id = l.request_id
           join program p on p.id = r.program_id
           left join lateral (
               select id, during, state from appointment
               where request_id = r.id and state <> 'held'
               order by (state in ('confirmed', 'running')) desc, id desc limit 1) a on true
           left join readiness y on y.appointment_id = a.id
           where l.id = $1"#,
        link,
        now
    );
    Ok(row.fetch_optional(&mut **tx).await?.map(|row| Linked {
        customer: row.customer,
        member: row.member,
        good_until: row.expires_at,
        request: row.request,
        number: row.number,
        program: row.program,
        contact_name: row.contact_name,
        contact_phone: row.contact_phone,
        time: row.appointment.zip(row.slot).zip(row.state).map(|((id, slot), state)| LinkedTime {
            id,
            slot,
            state,
            answer: row.answer,
        }),
        line_phone: row.line_phone,
    }))
}

/// Keeps what was said of a time that is still agreed, in the place of what was said before; false of one that is not.
///
/// # Errors
/// When the database fails.
pub async fn say(
    tx: &mut Tx,
    linked: &Linked,
    time: AppointmentId,
    answer: ReadyAnswer,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "insert into readiness as y (appointment_id, customer_id, request_id, member_id, answer, at)
         select a.id, a.customer_id, a.request_id, $2, $3, $4 from appointment a where a.id = $1 and a.state = 'confirmed'
         on conflict (appointment_id) do update set answer = $3, at = $4",
        time.0,
        linked.member.0,
        answer.code(),
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}
