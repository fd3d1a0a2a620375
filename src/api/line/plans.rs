//! When technicians work, and when they deviate from it.

#![expect(clippy::too_many_arguments, reason = "a server function has one per field of its form")]

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{
    base::ids::{PlanExceptionId, StaffId},
    line::plans as view,
    problem::Problem,
};

access! {
    PlansPage: Desk,
    PlanPage: Desk,
    ChangePlan: Manager,
    EnterAbsence: Desk,
    RemoveException: Desk,
    CallInSick: Desk,
}

/// `/settings/plans`.
///
/// # Errors
/// [`Problem::Forbidden`] for all but the desk.
#[server(endpoint = "plans/all", input = GetUrl)]
pub async fn plans_page() -> Result<view::PlansPage, Problem> {
    use crate::server::{request, service::line::plans};
    plans::page(&request::app()?, &request::caller()?.desk()?).await
}

/// `/settings/plans/{person}`.
///
/// # Errors
/// [`Problem::Forbidden`] for all but the desk, [`Problem::NotFound`].
#[server(endpoint = "plans/one", input = GetUrl)]
pub async fn plan_page(person: StaffId) -> Result<view::PlanPage, Problem> {
    use crate::server::{request, service::line::plans};
    plans::plan_page(&request::app()?, &request::caller()?.desk()?, person).await
}

/// Puts a week in the place of what was planned from a day on.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`], [`Problem::NotFound`].
#[server(endpoint = "plans/change")]
pub async fn change_plan(
    person: StaffId,
    #[server(default)] week_first: String,
    #[server(default)] week_last: String,
    #[server(default)] day1: String,
    #[server(default)] day2: String,
    #[server(default)] day3: String,
    #[server(default)] day4: String,
    #[server(default)] day5: String,
    #[server(default)] day6: String,
    #[server(default)] day7: String,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{
            request,
            service::{line::plans, ordering::redistribution},
        },
    };
    let typed =
        view::TypedPlan { first: week_first, last: week_last, days: [day1, day2, day3, day4, day5, day6, day7] };
    let (app, manager) = (request::app()?, request::caller()?.manager()?);
    plans::change_plan(&app, &manager, person, &typed).await?;
    request::see_other(&redistribution::next_page(&app, &manager, &paths::plan(person)).await?)
}

/// Enters an absence, or work on top of the week.
///
/// # Errors
/// [`Problem::Forbidden`] for all but the desk, [`Problem::Invalid`], [`Problem::NotFound`].
#[server(endpoint = "plans/absence")]
pub async fn enter_absence(
    person: StaffId,
    #[server(default)] kind: Option<view::ExceptionKind>,
    #[server(default)] first: String,
    #[server(default)] last: String,
    #[server(default)] from: String,
    #[server(default)] until: String,
    #[server(default)] absence_note: String,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{
            request,
            service::{line::plans, ordering::redistribution},
        },
    };
    let typed = view::TypedException { first, last, from, until, note: absence_note };
    let (app, desk) = (request::app()?, request::caller()?.desk()?);
    plans::add_exception(&app, &desk, person, kind.unwrap_or(view::ExceptionKind::Off), &typed).await?;
    request::see_other(&redistribution::next_page(&app, &desk, &paths::plan(person)).await?)
}

/// Takes an absence back, or work on top of the week.
///
/// # Errors
/// [`Problem::Forbidden`] for all but the desk, [`Problem::NotFound`].
#[server(endpoint = "plans/remove-exception")]
pub async fn remove_exception(id: PlanExceptionId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::line::plans},
    };
    let technician = plans::remove_exception(&request::app()?, &request::caller()?.desk()?, id).await?;
    request::see_other(&paths::plan(technician))
}

/// Enters that a technician is not there today, or from now on, through a day or for today only.
///
/// # Errors
/// [`Problem::Forbidden`] for all but the desk, [`Problem::NotFound`], [`Problem::Invalid`].
#[server(endpoint = "plans/sick-today")]
pub async fn call_in_sick(
    person: StaffId,
    #[server(default)] from_now: bool,
    #[server(default)] last: String,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{
            request,
            service::{line::plans, ordering::redistribution},
        },
    };
    let (app, desk) = (request::app()?, request::caller()?.desk()?);
    plans::call_in_sick(&app, &desk, person, &view::TypedIllness { from_now, last }).await?;
    request::see_other(&redistribution::next_page(&app, &desk, paths::ABSENT).await?)
}
