//! When technicians work and when they are taken: all that offers are computed from; and how plans are changed.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveTime, Utc};
use sqlx::postgres::types::PgRange;
use uuid::Uuid;

use crate::model::{
    base::{
        calendar::{Interval, to_local},
        ids::{PlanExceptionId, RequestId, StaffId},
    },
    line::plans::{ExceptionKind, PlannedException, PlannedTechnician, PlannedWeek},
    ordering::{
        appointments::unmet_since,
        offers::{Busy, PlanException, TechnicianPlan},
    },
};
use crate::server::db::{DbError, Tx};

/// The plans of all technicians, with what stands in them between `from` and `to`.
///
/// What `asking` holds or has agreed, if anybody asks, does not count: its holder still sees the slot.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn technicians(
    tx: &mut Tx,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    now: DateTime<Utc>,
    asking: Option<RequestId>,
) -> Result<Vec<TechnicianPlan>, DbError> {
    let mut plans: BTreeMap<StaffId, TechnicianPlan> = BTreeMap::new();
    let mut plan_of = |technician: StaffId, change: &mut dyn FnMut(&mut TechnicianPlan)| {
        change(plans.entry(technician).or_insert_with(|| TechnicianPlan {
            technician,
            skills: Vec::new(),
            is_near: true,
            weeks: Vec::new(),
            exceptions: Vec::new(),
            busy: Vec::new(),
        }));
    };

    for (technician, weeks) in weeks(tx, None, from, Some(to)).await? {
        plan_of(technician, &mut |plan| plan.weeks.clone_from(&weeks));
    }
    for row in
        sqlx::query!(
            r#"select k.technician_id as "technician: StaffId", k.skill,
                      near.region is null or not exists (select from staff_region g where g.staff_id = k.technician_id)
                      or near.region in (select g.region from staff_region g where g.staff_id = k.technician_id) as "is_near!"
               from technician_skill k
               left join (select customer_region(customer_id) as region from service_request where id = $1) near on true
               order by 1, 2"#,
            asking.map(|id| id.0)
        )
        .fetch_all(&mut **tx)
        .await?
    {
        plan_of(row.technician, &mut |plan| {
            plan.skills.push(row.skill.clone());
            plan.is_near = row.is_near;
        });
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
        r#"select technician_id as "technician!: StaffId", tstzrange(starts_at, ends_at) as "during!: Interval",
                  urgent as "urgent!"
           from free_busy($1, $2, $3, $4, $5)"#,
        from,
        to,
        now,
        unmet_since(now),
        asking.map_or(Uuid::nil(), |id| id.0)
    )
    .fetch_all(&mut **tx)
    .await?
    {
        plan_of(row.technician, &mut |plan| plan.busy.push(Busy { during: row.during, urgent: row.urgent }));
    }
    Ok(plans.into_values().collect())
}

/// The weeks of technicians that hold on days between two instants, in order.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn weeks(
    tx: &mut Tx,
    technician: Option<StaffId>,
    from: DateTime<Utc>,
    to: Option<DateTime<Utc>>,
) -> Result<BTreeMap<StaffId, Vec<PlannedWeek>>, DbError> {
    let mut weeks: BTreeMap<StaffId, Vec<PlannedWeek>> = BTreeMap::new();
    for row in sqlx::query!(
        r#"select technician_id as "technician: StaffId", weekday, starts, ends, lower(valid) as "first?",
                  upper(valid) - 1 as "last?"
           from working_plan
           where ($1::bigint is null or technician_id = $1) and valid && daterange($2, $3, '[]')
           order by technician_id, valid, weekday, starts"#,
        technician.map(|id| id.0),
        to_local(from).date(),
        to.map(|to| to_local(to).date())
    )
    .fetch_all(&mut **tx)
    .await?
    {
        let weekday = usize::try_from(row.weekday - 1)
            .ok()
            .filter(|day| *day < 7)
            .ok_or_else(|| DbError::unknown("working_plan.weekday", row.weekday))?;
        let span: (NaiveTime, NaiveTime) = (row.starts, row.ends);
        let planned = weeks.entry(row.technician).or_default();
        if planned.last().is_none_or(|last| (last.first, last.last) != (row.first, row.last)) {
            planned.push(PlannedWeek { first: row.first, last: row.last, week: Default::default() });
        }
        if let Some(last) = planned.last_mut() {
            last.week[weekday].push(span);
        }
    }
    Ok(weeks)
}

/// Everybody who works as a technician, by name, with what is planned from today on; or the one who is asked for.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn planned(tx: &mut Tx, one: Option<StaffId>, now: DateTime<Utc>) -> Result<Vec<PlannedTechnician>, DbError> {
    let one = one.map(|id| id.0);
    let mut weeks = weeks(tx, one.map(StaffId), now, None).await?;
    let mut exceptions: BTreeMap<StaffId, Vec<PlannedException>> = BTreeMap::new();
    for row in sqlx::query!(
        r#"select id as "id: PlanExceptionId", technician_id as "technician: StaffId", during as "during: Interval",
                  kind as "kind: ExceptionKind", note
           from plan_exception
           where ($1::bigint is null or technician_id = $1) and during && tstzrange($2, null) order by during, id"#,
        one,
        now
    )
    .fetch_all(&mut **tx)
    .await?
    {
        let exception = PlannedException { id: row.id, during: row.during, kind: row.kind, note: row.note };
        exceptions.entry(row.technician).or_default().push(exception);
    }
    let technicians = sqlx::query!(
        r#"select id as "id: StaffId", name, leaves_on from staff
           where ($1::bigint is null or id = $1) and active and 'technician' = any (roles) order by name, id"#,
        one
    )
    .fetch_all(&mut **tx)
    .await?;
    let planned = technicians.into_iter().map(|row| PlannedTechnician {
        id: row.id,
        name: row.name,
        leaves_on: row.leaves_on,
        weeks: weeks.remove(&row.id).unwrap_or_default(),
        exceptions: exceptions.remove(&row.id).unwrap_or_default(),
    });
    Ok(planned.collect())
}

/// Lets nobody agree anything with a technician until the transaction ends; false when there is none such.
///
/// # Errors
/// When the database fails.
pub async fn lock_technician(tx: &mut Tx, technician: StaffId) -> Result<bool, DbError> {
    let found = sqlx::query_scalar!(
        r#"select 1 as "found!" from staff where id = $1 and active and 'technician' = any (roles) for no key update"#,
        technician.0
    );
    Ok(found.fetch_optional(&mut **tx).await?.is_some())
}

/// Puts a week in the place of whatever was planned for its days.
///
/// # Errors
/// When the database fails.
pub async fn put_week(tx: &mut Tx, technician: StaffId, plan: &PlannedWeek) -> Result<(), DbError> {
    // What reaches beyond the new days stays there: before them, after them, or both.
    sqlx::query!(
        "with cut as (
             delete from working_plan where technician_id = $1 and valid && daterange($2, $3, '[]')
             returning weekday, starts, ends, valid)
         insert into working_plan (technician_id, weekday, starts, ends, valid)
         select $1, weekday, starts, ends, rest
         from cut, unnest(datemultirange(valid) - datemultirange(daterange($2, $3, '[]'))) rest",
        technician.0,
        plan.first,
        plan.last
    )
    .execute(&mut **tx)
    .await?;
    for (weekday, spans) in (1..).zip(&plan.week) {
        for (starts, ends) in spans {
            sqlx::query!(
                "insert into working_plan (technician_id, weekday, starts, ends, valid)
                 values ($1, $2, $3, $4, daterange($5, $6, '[]'))",
                technician.0,
                weekday,
                starts,
                ends,
                plan.first,
                plan.last
            )
            .execute(&mut **tx)
            .await?;
        }
    }
    Ok(())
}

/// Enters a deviation from a technician's week; entered twice it is one.
///
/// # Errors
/// When the database fails.
pub async fn add_exception(
    tx: &mut Tx,
    technician: StaffId,
    during: Interval,
    kind: ExceptionKind,
    note: &str,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into plan_exception (technician_id, during, kind, note) values ($1, $2, $3, $4)
         on conflict on constraint excepted_once do update set note = $4",
        technician.0,
        PgRange::from(during.start()..during.end()),
        kind.code(),
        note
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes a deviation back; whose it was, or none when it is gone.
///
/// # Errors
/// When the database fails.
pub async fn delete_exception(tx: &mut Tx, id: PlanExceptionId) -> Result<Option<StaffId>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"delete from plan_exception where id = $1 returning technician_id as "technician: StaffId""#,
        id.0
    )
    .fetch_optional(&mut **tx)
    .await?)
}
