//! People of a customer, as those of them who manage keep them.

#![expect(clippy::too_many_arguments, reason = "a server function has one per field of its form")]

use std::collections::BTreeMap;

use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use crate::model::{
    base::{ids::MemberId, seen::Seen},
    people::{
        colleagues as view,
        members::{Capability, ContactRole},
    },
    problem::Problem,
};

access! {
    ColleagueList: CustomerManager,
    ColleaguePage: CustomerManager,
    InviteColleague: CustomerManager confirmed,
    SaveColleague: CustomerManager confirmed,
    ResendInvitation: CustomerManager confirmed,
    RemoveColleague: CustomerManager confirmed,
}

/// `/account/people`.
///
/// # Errors
/// [`Problem::Forbidden`] for all but members with `manage`.
#[server(endpoint = "colleagues", input = GetUrl)]
pub async fn colleague_list() -> Result<view::ColleagueList, Problem> {
    use crate::server::{request, service::people::colleagues};
    colleagues::list(&request::app()?, &request::caller()?.may_manage()?).await
}

/// `/account/people/{member}`, or `…/new` where nobody is named.
///
/// # Errors
/// [`Problem::Forbidden`] for all but members with `manage`, [`Problem::NotFound`].
#[server(endpoint = "colleagues/page", input = GetUrl)]
pub async fn colleague_page(member: Option<MemberId>, asks: Option<Uuid>) -> Result<view::ColleaguePage, Problem> {
    use crate::server::{request, service::people::colleagues};
    colleagues::page(&request::app()?, &request::caller()?.may_manage()?, member, asks).await
}

/// Invites a person by mail.
///
/// # Errors
/// [`Problem::Forbidden`] for all but members with `manage`, [`Problem::Invalid`] with every field that is not right.
#[server(endpoint = "colleagues/invite")]
pub async fn invite_colleague(
    #[server(default)] name: String,
    #[server(default)] phone: String,
    #[server(default)] email: String,
    #[server(default)] is_mailbox: bool,
    #[server(default)] capabilities: BTreeMap<Capability, bool>,
    #[server(default)] contact_roles: BTreeMap<ContactRole, bool>,
    key: Uuid,
) -> Result<(), Problem> {
    use super::members::form;
    use crate::{
        model::{paths, people::members::MemberForm},
        server::{request, service::people::colleagues},
    };
    let typed = MemberForm { is_mailbox, ..form(name, phone, email, capabilities, contact_roles) };
    colleagues::invite(&request::app()?, &request::caller()?.confirmed()?.may_manage()?, &typed, key).await?;
    request::see_other(paths::COLLEAGUES)
}

/// Writes what a person is called, may do and is told; who shall sign in from now on is invited.
///
/// # Errors
/// [`Problem::Forbidden`] for all but members with `manage`, [`Problem::Invalid`], [`Problem::NobodyElseManages`],
/// [`Problem::NotFound`].
#[server(endpoint = "colleagues/save")]
pub async fn save_colleague(
    member: MemberId,
    #[server(default)] name: String,
    #[server(default)] phone: String,
    #[server(default)] email: String,
    #[server(default)] signs_in: bool,
    #[server(default)] is_mailbox: bool,
    #[server(default)] capabilities: BTreeMap<Capability, bool>,
    #[server(default)] contact_roles: BTreeMap<ContactRole, bool>,
    #[server(default)] seen: Seen,
) -> Result<(), Problem> {
    use super::members::form;
    use crate::{
        model::{paths, people::members::MemberForm},
        server::{request, service::people::colleagues},
    };
    let typed = MemberForm { signs_in, is_mailbox, ..form(name, phone, email, capabilities, contact_roles) };
    colleagues::save(&request::app()?, &request::caller()?.confirmed()?.may_manage()?, member, &typed, &seen).await?;
    request::see_other(&paths::colleague(member))
}

/// Sends a new link to a person who has not chosen a password yet.
///
/// # Errors
/// [`Problem::Forbidden`] for all but members with `manage`, [`Problem::NotFound`].
#[server(endpoint = "colleagues/resend")]
pub async fn resend_invitation(member: MemberId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::colleagues},
    };
    colleagues::resend(&request::app()?, &request::caller()?.confirmed()?.may_manage()?, member).await?;
    request::see_other(&paths::colleague(member))
}

/// Lets a person go, or takes an invitation back.
///
/// # Errors
/// [`Problem::Forbidden`] for all but members with `manage`, [`Problem::NobodyElseManages`], [`Problem::Invalid`] while nobody has the
/// open requests, [`Problem::Erasure`], [`Problem::NotFound`].
#[server(endpoint = "colleagues/remove")]
pub async fn remove_colleague(member: MemberId, #[server(default)] heir: String) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::colleagues},
    };
    colleagues::remove(&request::app()?, &request::caller()?.confirmed()?.may_manage()?, member, &heir).await?;
    request::see_other(paths::COLLEAGUES)
}
