//! Plans of technicians and what deviates from them: shown to the desk; weeks are changed by managers, absences entered by the
//! desk. What an entry hits is found by [`redistribution`](crate::server::service::ordering::redistribution).

use chrono::Days;

use crate::{
    model::{
        base::{
            calendar::{Interval, midnight, to_local},
            fields::FieldCode,
            ids::{PlanExceptionId, StaffId},
        },
        line::plans::{ExceptionKind, PlanPage, PlansPage, TypedException, TypedIllness, TypedPlan},
        problem::Problem,
    },
    server::{
        app::App,
        auth::{Desk, Manager},
        db::{line::plans, ordering::redistribution, people::staff, retrying},
    },
};

/// Everybody's plan.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, _: &Desk) -> Result<PlansPage, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.staff().await?;
    Ok(PlansPage { technicians: plans::planned(&mut tx, None, now).await?, today: to_local(now).date() })
}

/// One technician's plan.
///
/// # Errors
/// [`Problem::NotFound`] for who is no technician.
pub async fn plan_page(app: &App, desk: &Desk, technician: StaffId) -> Result<PlanPage, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.staff().await?;
    Ok(PlanPage {
        technician: plans::planned(&mut tx, Some(technician), now).await?.pop().ok_or(Problem::NotFound)?,
        today: to_local(now).date(),
        may_change: desk.is_manager(),
    })
}

/// Puts a week in the place of what was planned from a day on; sent twice it changes nothing.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, also for a day on which the technician does not work here any more;
/// [`Problem::NotFound`] for who is no technician.
pub async fn change_plan(app: &App, _: &Manager, technician: StaffId, typed: &TypedPlan) -> Result<(), Problem> {
    let plan = typed.check(to_local(app.clock.now()).date()).map_err(|fields| Problem::Invalid { fields })?;
    retrying(|| async {
        let mut tx = app.db.staff().await?;
        if !plans::lock_technician(&mut tx, technician).await? {
            return Err(Problem::NotFound);
        }
        // Nothing is planned when the technician does not work here any more: it would be offered, and never be had.
        let leaves_on = staff::leaves_on(&mut tx, technician).await?;
        let plan =
            plan.clone().until(leaves_on).ok_or_else(|| Problem::field("week_first", FieldCode::DoesNotMatch))?;
        plans::put_week(&mut tx, technician, &plan).await?;
        let from = plan.first.map_or_else(|| app.clock.now(), midnight);
        let to = plan.last.map(|last| midnight(last + Days::new(1)));
        redistribution::ask_again(&mut tx, Some(technician), from, to).await?;
        Ok(tx.commit().await?)
    })
    .await
}

/// Enters a deviation from a technician's week. From the moment on at which this returns nothing is agreed in an absence, and
/// what was agreed in it is displaced.
///
/// # Errors
/// As [`change_plan`].
pub async fn add_exception(
    app: &App,
    _: &Desk,
    technician: StaffId,
    kind: ExceptionKind,
    typed: &TypedException,
) -> Result<(), Problem> {
    let today = to_local(app.clock.now()).date();
    let (during, note) = typed.check(today).map_err(|fields| Problem::Invalid { fields })?;
    enter(app, technician, kind, during, &note).await
}

/// Enters that a technician is not there today, or from now on, and perhaps for some days more.
///
/// # Errors
/// [`Problem::NotFound`] for who is no technician, [`Problem::Invalid`] for a day that has passed.
pub async fn call_in_sick(app: &App, _: &Desk, technician: StaffId, typed: &TypedIllness) -> Result<(), Problem> {
    let during = typed.check(app.clock.now()).map_err(|field| Problem::Invalid { fields: vec![field] })?;
    enter(app, technician, ExceptionKind::Off, during, "").await
}

async fn enter(
    app: &App,
    technician: StaffId,
    kind: ExceptionKind,
    during: Interval,
    note: &str,
) -> Result<(), Problem> {
    retrying(|| async {
        let mut tx = app.db.staff().await?;
        // What is being agreed with the technician now stands before this returns, or is refused.
        if !plans::lock_technician(&mut tx, technician).await? {
            return Err(Problem::NotFound);
        }
        let gone_from = staff::leaves_on(&mut tx, technician).await?.map(midnight);
        if kind == ExceptionKind::Extra && gone_from.is_some_and(|gone_from| gone_from < during.end()) {
            return Err(Problem::field("first", FieldCode::DoesNotMatch));
        }
        plans::add_exception(&mut tx, technician, during, kind, note).await?;
        if kind == ExceptionKind::Off {
            let (from, to) = (during.start(), Some(during.end()));
            redistribution::release_holds(&mut tx, Some(technician), from, to).await?;
            redistribution::ask_again(&mut tx, Some(technician), from, to).await?;
        }
        Ok(tx.commit().await?)
    })
    .await
}

/// Takes a deviation back; whose it was. What was moved because of it stays where it is.
///
/// # Errors
/// [`Problem::NotFound`] when it is gone.
pub async fn remove_exception(app: &App, _: &Desk, id: PlanExceptionId) -> Result<StaffId, Problem> {
    let mut tx = app.db.staff().await?;
    let technician = plans::delete_exception(&mut tx, id).await?.ok_or(Problem::NotFound)?;
    tx.commit().await?;
    Ok(technician)
}
