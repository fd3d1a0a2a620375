//! The technician's day.

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::{clock, missed::LISTED, visits::running};
use crate::{
    model::{
        base::{
            calendar::{midnight, to_local},
            ids::StaffId,
        },
        ordering::{
            appointments::AppointmentState,
            offers::{Busy, PlanException, Slot, TechnicianPlan},
        },
        problem::Problem,
        work::{
            board::week_of,
            day::{DayGlance, DayTotals, Diary},
            lateness::delays,
            pages::{WorkAppointment, WorkDay},
            segments::effective_seconds,
        },
    },
    server::{
        app::App,
        auth::Technician,
        db::{
            Tx,
            line::{catalogue, plans},
            work::{day, missed, visits},
        },
        service::plausible,
    },
};

/// How many days after the one that is shown are looked through for the next one with work in it.
const LOOKED_AHEAD: Days = Days::new(7);

/// A technician's day, today unless another is named; its week beside it.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, technician: &Technician, date: Option<NaiveDate>) -> Result<WorkDay, Problem> {
    let now = app.clock.now();
    let today = to_local(now).date();
    let date = plausible(date.unwrap_or(today))?;
    let (week, last) = (week_of(date), date + LOOKED_AHEAD);
    let me = technician.id();
    let mut tx = app.db.staff().await?;
    // The day, its week and what follows are read in one.
    let seen = (midnight(week.start), midnight(last + Days::new(1)));
    let appointments = visits::appointments(&mut tx, me, seen, now).await?;
    let agreed: Vec<_> = appointments.iter().map(WorkAppointment::agreed).collect();
    let calendar = catalogue::calendar(&mut tx).await?;
    let plan = plan(&mut tx, me, seen, now).await?;
    let diary = &Diary::new(&calendar, &plan, &agreed, (week.start, last), now);
    let is_shown =
        |glance: &DayGlance| calendar.is_working_day(glance.date) || glance.is_something() || glance.date == date;
    let days = |from: NaiveDate| from.iter_days().map(move |date| diary.glance(date));
    let of_week = days(week.start).take_while(|glance| glance.date < week.end).filter(is_shown).collect();
    let mut after = days(date + Days::new(1)).take_while(|glance| glance.date <= last);
    let following = after.find(DayGlance::is_something);
    let day = Slot { start: midnight(date), end: midnight(date + Days::new(1)) };
    let of_day: Vec<_> = appointments.into_iter().filter(|one| one.slot.overlaps(day)).collect();
    // What was left open on other days is told by itself, and what is ahead of them is not late yet.
    let late: Vec<_> = if date == today { of_day.iter().map(WorkAppointment::agreed).collect() } else { Vec::new() };
    let missed = missed::waiting(&mut tx, Some(me), now, LISTED).await?.rows;
    Ok(WorkDay {
        date,
        kind: calendar.day_kind(date),
        stretches: diary.stretches(date),
        delays: delays(&late, now),
        totals: totals(&mut tx, me, day, diary.glance(date).planned_minutes, &of_day, now).await?,
        appointments: of_day,
        left_open: visits::open_appointments(&mut tx, me, None, midnight(today), now).await?,
        missed: missed.into_iter().map(|case| case.appointment).collect(),
        running: running(&mut tx, technician).await?.map(|running| clock::with_forgotten_since(running, now)),
        next_day: visits::next_start(&mut tx, me, day.end).await?.map(|start| to_local(start).date()),
        week: of_week,
        following,
    })
}

/// What a technician is planned to work between two instants, with what drafts hold of it.
async fn plan(
    tx: &mut Tx,
    technician: StaffId,
    between: (DateTime<Utc>, DateTime<Utc>),
    now: DateTime<Utc>,
) -> Result<TechnicianPlan, Problem> {
    let planned = plans::planned(tx, Some(technician), between.0).await?.pop();
    let (weeks, exceptions) = planned.map(|planned| (planned.weeks, planned.exceptions)).unwrap_or_default();
    let held = day::held(tx, technician, between, now).await?;
    Ok(TechnicianPlan {
        technician,
        skills: Vec::new(),
        is_near: true,
        weeks,
        exceptions: exceptions
            .into_iter()
            .map(|exception| PlanException { during: exception.during, kind: exception.kind })
            .collect(),
        busy: held.into_iter().map(|during| Busy { during, urgent: false }).collect(),
    })
}

/// What a technician's day comes to.
async fn totals(
    tx: &mut Tx,
    technician: StaffId,
    day: Slot,
    planned: u32,
    appointments: &[WorkAppointment],
    now: DateTime<Utc>,
) -> Result<DayTotals, Problem> {
    let between = (day.start, day.end);
    let kept = appointments.iter().filter(|one| one.state != AppointmentState::MissedByUs);
    let agreed: u32 = kept.map(|one| one.slot.minutes()).sum();
    let seconds = effective_seconds(&day::measured(tx, technician, between, now).await?, now);
    Ok(DayTotals {
        planned,
        agreed,
        done: u32::try_from(seconds.div_ceil(60)).unwrap_or(u32::MAX),
        billed: day::billed_minutes(tx, technician, between).await?,
    })
}
