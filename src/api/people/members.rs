//! People of customers, as the vendor's people keep them.

#![expect(clippy::too_many_arguments, reason = "a server function has one per field of its form")]

use std::collections::BTreeMap;

use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use crate::model::{
    base::{
        ids::{CustomerId, MemberId},
        seen::Seen,
    },
    people::members::{self as view, Capability, ContactRole},
    problem::Problem,
};

access! {
    MemberPage: Desk,
    AddMember: Desk confirmed,
    SaveMember: Desk confirmed,
    SetMemberActive: Desk confirmed,
    NewMemberLink: Desk confirmed,
    EndMemberSessions: Desk confirmed,
    ForgetMemberFactor: Desk confirmed,
    UnlockMember: Desk,
}

/// `/desk/customers/{customer}/people/{member}`, or `…/new` where nobody is named.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers, [`Problem::NotFound`].
#[server(endpoint = "members/page", input = GetUrl)]
pub async fn member_page(customer: CustomerId, member: Option<MemberId>) -> Result<view::MemberPage, Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::members},
    };
    let link = match member {
        Some(member) => request::handed_over_link(&paths::member(customer, member))?,
        None => None,
    };
    members::page(&request::app()?, &request::caller()?.desk()?, customer, member, link).await
}

/// Adds a person; who shall sign in gets a link, which the person's page shows once.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers, [`Problem::Invalid`] with every field that is not right.
#[server(endpoint = "members/add")]
pub async fn add_member(
    customer: CustomerId,
    #[server(default)] name: String,
    #[server(default)] phone: String,
    #[server(default)] email: String,
    #[server(default)] signs_in: bool,
    #[server(default)] is_mailbox: bool,
    #[server(default)] capabilities: BTreeMap<Capability, bool>,
    #[server(default)] contact_roles: BTreeMap<ContactRole, bool>,
    key: Uuid,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::members},
    };
    let typed = view::MemberForm { signs_in, is_mailbox, ..form(name, phone, email, capabilities, contact_roles) };
    let desk = request::caller()?.confirmed()?.desk()?;
    let (member, link) = members::add(&request::app()?, &desk, customer, &typed, key).await?;
    let page = paths::member(customer, member);
    if let Some(token) = link {
        request::hand_over_link(&page, &token)?;
    }
    request::see_other(&page)
}

/// Writes what a person is called, may do and is told.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers, [`Problem::Invalid`], [`Problem::NotFound`].
#[server(endpoint = "members/save")]
pub async fn save_member(
    customer: CustomerId,
    member: MemberId,
    #[server(default)] name: String,
    #[server(default)] phone: String,
    #[server(default)] email: String,
    #[server(default)] signs_in: bool,
    #[server(default)] is_mailbox: bool,
    #[server(default)] capabilities: BTreeMap<Capability, bool>,
    #[server(default)] contact_roles: BTreeMap<ContactRole, bool>,
    #[server(default)] knowingly: bool,
    #[server(default)] seen: Seen,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::members},
    };
    let typed = view::MemberForm { signs_in, is_mailbox, ..form(name, phone, email, capabilities, contact_roles) };
    let desk = request::caller()?.confirmed()?.desk()?;
    let link = members::save(&request::app()?, &desk, (customer, member), &typed, knowingly, &seen).await?;
    let page = paths::member(customer, member);
    if let Some(token) = link {
        request::hand_over_link(&page, &token)?;
    }
    request::see_other(&page)
}

/// Lets a person go, or come back.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers, [`Problem::Invalid`], [`Problem::NotFound`].
#[server(endpoint = "members/set-active")]
pub async fn set_member_active(
    customer: CustomerId,
    member: MemberId,
    active: bool,
    #[server(default)] heir: String,
    #[server(default)] knowingly: bool,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::members},
    };
    let desk = request::caller()?.confirmed()?.desk()?;
    members::set_active(&request::app()?, &desk, (customer, member), active, &heir, knowingly).await?;
    request::see_other(&paths::member(customer, member))
}

/// Makes a new link by which a person chooses a password; the person's page shows it once.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers, [`Problem::NotFound`].
#[server(endpoint = "members/new-link")]
pub async fn new_member_link(customer: CustomerId, member: MemberId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::members},
    };
    let token = members::new_link(&request::app()?, &request::caller()?.confirmed()?.desk()?, customer, member).await?;
    let page = paths::member(customer, member);
    request::hand_over_link(&page, &token)?;
    request::see_other(&page)
}

/// Signs a person out everywhere.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers, [`Problem::NotFound`].
#[server(endpoint = "members/end-sessions")]
pub async fn end_member_sessions(customer: CustomerId, member: MemberId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::members},
    };
    members::end_sessions(&request::app()?, &request::caller()?.confirmed()?.desk()?, customer, member).await?;
    request::see_other(&paths::member(customer, member))
}

/// Forgets the second factor of who has lost it.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers, [`Problem::NotFound`].
#[server(endpoint = "members/forget-factor")]
pub async fn forget_member_factor(customer: CustomerId, member: MemberId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::members},
    };
    members::forget_factor(&request::app()?, &request::caller()?.confirmed()?.desk()?, customer, member).await?;
    request::see_other(&paths::member(customer, member))
}

/// Lets the next attempt of a person to sign in be looked at, however many have failed.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers, [`Problem::NotFound`].
#[server(endpoint = "members/unlock")]
pub async fn unlock_member(customer: CustomerId, member: MemberId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::members},
    };
    members::unlock(&request::app()?, &request::caller()?.desk()?, customer, member).await?;
    request::see_other(&paths::member(customer, member))
}

/// What is typed of a person, with those boxes that were ticked.
#[cfg(feature = "ssr")]
pub(super) fn form(
    name: String,
    phone: String,
    email: String,
    capabilities: BTreeMap<Capability, bool>,
    contact_roles: BTreeMap<ContactRole, bool>,
) -> view::MemberForm {
    let capabilities =
        capabilities.into_iter().filter_map(|(capability, ticked)| ticked.then_some(capability)).collect();
    let contact_roles = contact_roles.into_iter().filter_map(|(role, ticked)| ticked.then_some(role)).collect();
    view::MemberForm { name, phone, email, capabilities, contact_roles, ..view::MemberForm::default() }
}
