//! How organisations come in by themselves.

#![expect(clippy::too_many_arguments, reason = "a server function has one per field of its form")]

use std::collections::BTreeMap;

use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use crate::model::{
    base::ids::{BundleId, CustomerId},
    people::registrations as view,
    problem::Problem,
};

access! {
    RegisterPage: Public,
    BeginRegistration: Public,
    RegistrationPage: Public,
    OpenRegistration: Public,
    DeclineAccess: CustomerManager,
    Newcomers: Desk,
    ConfirmCustomer: Desk confirmed,
}

/// `/register`.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
#[server(endpoint = "registrations/form", input = GetUrl)]
pub async fn register_page() -> Result<view::RegisterPage, Problem> {
    use crate::server::{request, service::people::registrations};
    registrations::register_page(&request::app()?).await
}

/// Mails a link to whoever has no access yet; the answer is the same for whoever has.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, [`Problem::Throttled`] after too many of them.
#[server(endpoint = "registrations/begin")]
pub async fn begin_registration(
    #[server(default)] ico: String,
    #[server(default)] organisation: String,
    #[server(default)] region: String,
    #[server(default)] programs: BTreeMap<i64, bool>,
    #[server(default)] name: String,
    #[server(default)] email: String,
    #[server(default)] phone: String,
    bundle: Option<BundleId>,
    key: Uuid,
) -> Result<(), Problem> {
    use crate::{
        model::{base::ids::ProgramId, paths},
        server::{request, service::people::registrations},
    };
    let programs = programs.into_iter().filter_map(|(program, ticked)| ticked.then_some(ProgramId(program))).collect();
    let typed = view::TypedRegistration { ico, organisation, region, programs, name, email, phone, bundle };
    registrations::begin(&request::app()?, &request::client()?, &typed, key, request::locale().code()).await?;
    request::see_other(paths::REGISTER_SENT)
}

/// `/register/open`, where the mailed link leads.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
#[server(endpoint = "registrations/page", input = GetUrl)]
pub async fn registration_page(token: String) -> Result<view::RegistrationPage, Problem> {
    use crate::server::{request, service::people::registrations};
    registrations::page(&request::app()?, &token).await
}

/// Opens a registration, and leads on to what is next.
///
/// # Errors
/// [`Problem::NotFound`] when the link is not good.
#[server(endpoint = "registrations/open")]
pub async fn open_registration(#[server(default)] token: String) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{
            request,
            service::{
                ordering::visitors,
                people::registrations::{self, Opened},
            },
        },
    };
    match visitors::open(&request::app()?, &token).await? {
        Opened::Founded(password) => {
            let bundle = registrations::wanted_bundle(&request::app()?, &token).await?;
            request::see_other(&paths::password_before(&password.to_hex(), bundle))
        }
        Opened::SignsIn => request::see_other(paths::SIGN_IN),
        Opened::Asks => request::see_other(paths::REGISTER_ASKED),
    }
}

/// Forgets that somebody asks for access.
///
/// # Errors
/// [`Problem::Forbidden`] for all but members with `manage`.
#[server(endpoint = "registrations/decline")]
pub async fn decline_access(id: Uuid) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::registrations},
    };
    registrations::decline(&request::app()?, &request::caller()?.may_manage()?, id).await?;
    request::see_other(paths::COLLEAGUES)
}

/// `/desk/newcomers`.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers.
#[server(endpoint = "registrations/newcomers", input = GetUrl)]
pub async fn newcomers() -> Result<view::NewcomersPage, Problem> {
    use crate::server::{request, service::people::registrations};
    registrations::newcomers(&request::app()?, &request::caller()?.desk()?).await
}

/// Confirms a customer that came in by itself.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers, [`Problem::NotFound`].
#[server(endpoint = "registrations/confirm")]
pub async fn confirm_customer(customer: CustomerId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::registrations},
    };
    registrations::nod(&request::app()?, &request::caller()?.confirmed()?.desk()?, customer).await?;
    request::see_other(paths::NEWCOMERS)
}
