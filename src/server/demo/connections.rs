//! What TeamViewer says in the demo: of one visit otherwise than its clock, and of one that nobody has measured.

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    super::db::Tx,
    people::SCHOOL,
    plan::{Course, Job, Plan, Visit},
};

/// How long before the clock somebody was connected.
const EARLY: TimeDelta = TimeDelta::minutes(3);

/// TeamViewer calls technicians as the vendor does.
pub(super) async fn name_technicians(tx: &mut Tx) -> anyhow::Result<()> {
    sqlx::query!(
        "insert into teamviewer_user (staff_id, name)
         select id, name from staff where 'technician' = any(roles) and active on conflict do nothing"
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The last work for the school that is finished: of it the connection tells more than the clock.
///
/// * `customer_of` – whose a member is
pub(super) fn differs(plan: &Plan, job: &Job, customer_of: impl Fn(usize) -> usize) -> bool {
    let is_told = |job: &&Job| {
        let is_finished =
            job.visits.last().is_some_and(|visit| matches!(visit.course, Course::Worked { finished: true, .. }));
        is_finished && customer_of(job.member) == SCHOOL
    };
    plan.jobs.iter().rev().find(is_told).is_some_and(|told| told.request == job.request)
}

/// Somebody was connected from a little before a visit's clock until it was closed.
pub(super) async fn around_the_clock(
    tx: &mut Tx,
    job: &Job,
    visit: &Visit,
    closed_at: DateTime<Utc>,
) -> anyhow::Result<()> {
    connected(tx, job, visit, (visit.start - EARLY, closed_at)).await
}

/// Somebody was connected at an agreed time of which nobody has measured anything.
pub(super) async fn without_a_clock(tx: &mut Tx, job: &Job, visit: &Visit) -> anyhow::Result<()> {
    connected(tx, job, visit, (visit.start, visit.start + (visit.end - visit.start) / 2)).await
}

async fn connected(
    tx: &mut Tx,
    job: &Job,
    visit: &Visit,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> anyhow::Result<()> {
    sqlx::query!(
        "insert into remote_connection (report_id, user_key, user_name, device_key, device_name, group_name, session_code, notes,
                                        started_at, ended_at, taken_at, technician_id, customer_id, appointment_id)
         select 'demo-' || a.id, '', t.name, '', 'Kancelář', '', '', '', $3, $4, $4, a.technician_id, a.customer_id, a.id
         from appointment a join staff t on t.id = a.technician_id
         where a.request_id = $1 and lower(a.during) = $2 and a.state <> 'cancelled' on conflict do nothing",
        job.request,
        visit.start,
        from,
        until
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
