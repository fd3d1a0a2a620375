//! People of the vendor.

use std::collections::BTreeMap;

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{
    base::{ids::StaffId, seen::Seen},
    people::{members::StaffRole, staff as view},
    problem::Problem,
};

access! {
    StaffPage: Manager,
    StaffPersonPage: Manager,
    InviteStaff: Manager confirmed,
    SaveStaff: Manager confirmed,
    ChangeStaffAddress: Manager confirmed,
    SetStaffActive: Manager confirmed,
    NewPasswordLink: Manager confirmed,
    EndStaffSessions: Manager confirmed,
    ForgetStaffFactor: Manager confirmed,
    UnlockStaff: Manager,
}

/// What `/settings/staff` shows.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "staff/page", input = GetUrl)]
pub async fn staff_page() -> Result<view::StaffPage, Problem> {
    use crate::server::{request, service::people::staff};
    staff::page(&request::app()?, &request::caller()?.manager()?).await
}

/// `/settings/staff/{person}`.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::NotFound`].
#[server(endpoint = "staff/person", input = GetUrl)]
pub async fn staff_person_page(person: StaffId) -> Result<view::StaffPersonPage, Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::staff},
    };
    let link = request::handed_over_link(&paths::staff_person(person))?;
    staff::person_page(&request::app()?, &request::caller()?.manager()?, person, link).await
}

/// Invites a person; the page of that person shows the link once.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`] with every field that is not right.
#[server(endpoint = "staff/invite")]
pub async fn invite_staff(
    #[server(default)] name: String,
    #[server(default)] email: String,
    #[server(default)] roles: BTreeMap<StaffRole, bool>,
    #[server(default)] skills: BTreeMap<String, bool>,
    #[server(default)] regions: BTreeMap<String, bool>,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::staff},
    };
    let typed = form((name, email), &roles, skills, regions);
    let (person, token) = staff::invite(&request::app()?, &request::caller()?.confirmed()?.manager()?, &typed).await?;
    request::hand_over_link(&paths::staff_person(person), &token)?;
    request::see_other(&paths::staff_person(person))
}

/// Writes what a person is called, does and knows.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers; see the service for the others.
#[server(endpoint = "staff/save")]
pub async fn save_staff(
    person: StaffId,
    #[server(default)] name: String,
    #[server(default)] roles: BTreeMap<StaffRole, bool>,
    #[server(default)] skills: BTreeMap<String, bool>,
    #[server(default)] regions: BTreeMap<String, bool>,
    #[server(default)] seen: Seen,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::staff},
    };
    let typed = form((name, String::new()), &roles, skills, regions);
    staff::save(&request::app()?, &request::caller()?.confirmed()?.manager()?, person, &typed, &seen).await?;
    request::see_other(&paths::staff_person(person))
}

/// Corrects the address with which a person signs in.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers; see the service for the others.
#[server(endpoint = "staff/change-address")]
pub async fn change_staff_address(
    person: StaffId,
    #[server(default)] email: String,
    #[server(default)] seen: Seen,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::staff},
    };
    staff::change_address(&request::app()?, &request::caller()?.confirmed()?.manager()?, person, &email, &seen).await?;
    request::see_other(&paths::staff_person(person))
}

/// Lets a person go, or come back.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::LastManager`], [`Problem::AppointmentsAhead`],
/// [`Problem::NotFound`].
#[server(endpoint = "staff/set-active")]
pub async fn set_staff_active(person: StaffId, active: bool) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::staff},
    };
    staff::set_active(&request::app()?, &request::caller()?.confirmed()?.manager()?, person, active).await?;
    request::see_other(&paths::staff_person(person))
}

/// Makes a new link by which a person chooses a password; the page of that person shows it once.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::NotFound`].
#[server(endpoint = "staff/new-link")]
pub async fn new_password_link(person: StaffId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::staff},
    };
    let by = request::caller()?.confirmed()?.manager()?.id();
    let token = staff::new_link(&request::app()?, Some(by), person).await?;
    request::hand_over_link(&paths::staff_person(person), &token)?;
    request::see_other(&paths::staff_person(person))
}

/// Lets the next attempt of a person to sign in be looked at, however many have failed.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::NotFound`].
#[server(endpoint = "staff/unlock")]
pub async fn unlock_staff(person: StaffId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::staff},
    };
    staff::unlock(&request::app()?, &request::caller()?.manager()?, person).await?;
    request::see_other(&paths::staff_person(person))
}

/// Signs a person out everywhere.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::NotFound`].
#[server(endpoint = "staff/end-sessions")]
pub async fn end_staff_sessions(person: StaffId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::staff},
    };
    staff::end_sessions(&request::app()?, &request::caller()?.confirmed()?.manager()?, person).await?;
    request::see_other(&paths::staff_person(person))
}

/// Forgets the second factor of who has lost it.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::NotFound`].
#[server(endpoint = "staff/forget-factor")]
pub async fn forget_staff_factor(person: StaffId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::staff},
    };
    staff::forget_factor(&request::app()?, &request::caller()?.confirmed()?.manager()?, person).await?;
    request::see_other(&paths::staff_person(person))
}

#[cfg(feature = "ssr")]
fn form(
    (name, email): (String, String),
    roles: &BTreeMap<StaffRole, bool>,
    skills: BTreeMap<String, bool>,
    regions: BTreeMap<String, bool>,
) -> view::StaffForm {
    let roles = roles.iter().filter(|(_, ticked)| **ticked).map(|(role, _)| *role).collect();
    let ticked =
        |boxes: BTreeMap<String, bool>| boxes.into_iter().filter(|(_, ticked)| *ticked).map(|(code, _)| code).collect();
    view::StaffForm { name, email, roles, skills: ticked(skills), regions: ticked(regions) }
}
