//! Appointments whose technician is not there after all.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{base::ids::StaffId, ordering::redistribution as view, problem::Problem};

access! {
    DisplacedPage: Desk,
    AbsentPage: Desk,
    Redistribute: Desk,
    LeavingPage: Manager,
    LetGo: Manager,
}

/// `/desk/displaced`.
///
/// # Errors
/// [`Problem::Forbidden`] for all but the desk.
#[server(endpoint = "desk/displaced", input = GetUrl)]
pub async fn displaced_page() -> Result<view::DisplacedPage, Problem> {
    use crate::server::{request, service::ordering::redistribution};
    redistribution::page(&request::app()?, &request::caller()?.desk()?).await
}

/// `/desk/absent`, of everybody or one.
///
/// # Errors
/// [`Problem::Forbidden`] for all but the desk, [`Problem::NotFound`] for who is no technician.
#[server(endpoint = "desk/absent", input = GetUrl)]
pub async fn absent_page(person: Option<StaffId>) -> Result<Vec<view::PresentTechnician>, Problem> {
    use crate::server::{request, service::ordering::redistribution};
    redistribution::present(&request::app()?, &request::caller()?.desk()?, person).await
}

/// Carries out what was chosen for displaced appointments.
///
/// # Errors
/// [`Problem::Forbidden`] for all but the desk, [`Problem::PlacesTaken`].
#[server(endpoint = "desk/redistribute")]
pub async fn redistribute(#[server(default)] choices: BTreeMap<String, view::Choice>) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::ordering::redistribution},
    };
    let choices = chosen(choices)?;
    redistribution::apply(&request::app()?, &request::caller()?.desk()?, &choices).await?;
    request::see_other(paths::DISPLACED)
}

/// `/settings/staff/{person}/leave`.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::NotFound`].
#[server(endpoint = "staff/leaving", input = GetUrl)]
pub async fn leaving_page(person: StaffId, from: Option<NaiveDate>) -> Result<view::LeavingPage, Problem> {
    use crate::server::{request, service::ordering::redistribution};
    redistribution::leaving_page(&request::app()?, &request::caller()?.manager()?, person, from).await
}

/// Lets a person go from a day on, with the appointments from then on.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers; see the service for the others.
#[server(endpoint = "staff/let-go")]
pub async fn let_go(
    person: StaffId,
    from: NaiveDate,
    #[server(default)] choices: BTreeMap<String, view::Choice>,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::ordering::redistribution},
    };
    let choices = chosen(choices)?;
    redistribution::let_go(&request::app()?, &request::caller()?.manager()?, person, from, &choices).await?;
    request::see_other(&paths::staff_person(person))
}

/// What was chosen for which appointment.
#[cfg(feature = "ssr")]
fn chosen(
    choices: BTreeMap<String, view::Choice>,
) -> Result<Vec<(crate::model::base::ids::AppointmentId, view::Choice)>, Problem> {
    let numbered = |(id, choice): (String, view::Choice)| Ok((id.parse().map_err(|_| Problem::Malformed)?, choice));
    choices.into_iter().map(numbered).collect()
}
