//! What stands on the desk's board: who works as a technician, and what takes their time.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use crate::{
    model::{
        base::{bilingual::Bilingual, ids::StaffId, numbers::RequestNumber, terms::Urgency},
        ordering::{
            appointments::{AppointmentState, unmet_since},
            offers::Slot,
        },
        work::{board::Taken, lanes::Colleague, readiness::ReadyAnswer},
    },
    server::db::{DbError, Tx},
};

/// Who works as a technician between two instants, by name: whoever is one, and whoever has something agreed then.
///
/// # Errors
/// When the database fails.
pub async fn technicians(tx: &mut Tx, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Vec<Colleague>, DbError> {
    let found = sqlx::query_as!(
        Colleague,
        r#"select s.id as "id: StaffId", s.name from staff s
           where s.active and 'technician' = any (s.roles)
              or exists (select from appointment a
                         where a.technician_id = s.id and a.during && tstzrange($1, $2)
                           and a.state in ('confirmed', 'running', 'done', 'no_show', 'missed_by_us'))
           order by s.name, s.id"#,
        from,
        to
    );
    Ok(found.fetch_all(&mut **tx).await?)
}

/// What takes the time of each technician between two instants, as it is at `now`, in order of time: live holds, and what was
/// agreed unless it was called off.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn taken(
    tx: &mut Tx,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<HashMap<StaffId, Vec<Taken>>, DbError> {
    let rows = sqlx::query!(
        r#"select a.technician_id as "technician: StaffId", r.number as "number: RequestNumber", a.during as "slot: Slot",
                  appointment_state(a.state, a.during, a.attempted_at, $4) as "state!: AppointmentState",
                  a.urgency as "urgency: Urgency", c.name as customer,
                  array[p.name, p.name_en] as "program!: Bilingual",
                  array[coalesce(w.name, ''), coalesce(w.name_en, '')] as "work_type!: Bilingual",
                  (select y.answer from readiness y where y.appointment_id = a.id) as "said: ReadyAnswer"
           from appointment a
           join service_request r on r.id = a.request_id
           join customer c on c.id = a.customer_id
           join program p on p.id = r.program_id
           left join work_type w on w.id = r.work_type_id
           where a.during && tstzrange($1, $2) and a.state <> 'cancelled'
             and (a.state <> 'held' or a.hold_expires_at > $3)
           order by a.during, a.id"#,
        from,
        to,
        now,
        unmet_since(now)
    );
    let mut taken: HashMap<StaffId, Vec<Taken>> = HashMap::new();
    for row in rows.fetch_all(&mut **tx).await? {
        taken.entry(row.technician).or_default().push(Taken {
            number: row.number,
            slot: row.slot,
            state: row.state,
            urgency: row.urgency,
            customer: row.customer,
            program: row.program,
            work_type: row.work_type,
            said: row.said,
        });
    }
    Ok(taken)
}
