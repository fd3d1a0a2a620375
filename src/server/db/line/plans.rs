//! When technicians work and when they are taken: all that offers are computed from.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveTime, Utc};

use crate::model::{
    base::{
        calendar::Interval,
        ids::{RequestId, StaffId},
    },
    ordering::offers::{Busy, ExceptionKind, PlanException, TechnicianPlan},
};
use crate::server::db::{DbError, Tx};

/// The plans of all technicians, with what stands in them between `from` and `to`.
///
/// The hold of `asking`, if any, does not count: its holder still sees the slot.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn technicians(
    tx: &mut Tx,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    now: DateTime<Utc>,
    asking: RequestId,
) -> Result<Vec<TechnicianPlan>, DbError> {
    let mut plans: BTreeMap<StaffId, TechnicianPlan> = BTreeMap::new();
    let mut plan_of = |technician: StaffId, change: &mut dyn FnMut(&mut TechnicianPlan)| {
        change(plans.entry(technician).or_insert_with(|| TechnicianPlan {
            technician,
            skills: Vec::new(),
            week: Default::default(),
            exceptions: Vec::new(),
            busy: Vec::new(),
        }));
    };

    for row in sqlx::query!(
        r#"select technician_id as "technician: StaffId", weekday, starts, ends from working_plan order by 1, 2, 3"#
    )
    .fetch_all(&mut **tx)
    .await?
    {
        let weekday = usize::try_from(row.weekday - 1)
            .ok()
            .filter(|day| *day < 7)
            .ok_or_else(|| DbError::unknown("working_plan.weekday", row.weekday))?;
        let span: (NaiveTime, NaiveTime) = (row.starts, row.ends);
        plan_of(row.technician, &mut |plan| plan.week[weekday].push(span));
    }
    for row in
        sqlx::query!(r#"select technician_id as "technician: StaffId", skill from technician_skill order by 1, 2"#)
            .fetch_all(&mut **tx)
            .await?
    {
        plan_of(row.technician, &mut |plan| plan.skills.push(row.skill.clone()));
    }
    for row in sqlx::query!(
        r#"select technician_id as "technician: StaffId", during as "during: Interval", kind as "kind: ExceptionKind"
           from plan_exception where during && tstzrange($1, $2) order by 1, 2"#,
        from,
        to
    )
    .fetch_all(&mut **tx)
    .await?
    {
        plan_of(row.technician, &mut |plan| {
            plan.exceptions.push(PlanException { during: row.during, kind: row.kind });
        });
    }
    for row in sqlx::query!(
        r#"select technician_id as "technician!: StaffId", starts_at as "starts_at!", ends_at as "ends_at!",
                  urgent as "urgent!"
           from free_busy($1, $2, $3, $4)"#,
        from,
        to,
        now,
        asking.0
    )
    .fetch_all(&mut **tx)
    .await?
    {
        let during = Interval::new(row.starts_at, row.ends_at)
            .ok_or_else(|| DbError::unknown("appointment.during", "an empty range"))?;
        plan_of(row.technician, &mut |plan| plan.busy.push(Busy { during, urgent: row.urgent }));
    }
    Ok(plans.into_values().collect())
}

/// A stored half-open range as the model's.
pub(crate) fn interval(range: &sqlx::postgres::types::PgRange<DateTime<Utc>>) -> Option<Interval> {
    use std::ops::Bound::{Excluded, Included};
    match (range.start, range.end) {
        (Included(start), Excluded(end)) => Interval::new(start, end),
        _ => None,
    }
}
